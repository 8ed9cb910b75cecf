"""Lists of what needs work: the first page of the admin counts them and leads to them."""

from django.contrib.admin import SimpleListFilter, site
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timeline import queues
from timeline.models import Event


class QueueFilter(SimpleListFilter):
    """Only those of the records that need a certain work."""

    title = _("needs work")
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        return [(queue.name, queue.label) for queue in queues.of_model(model_admin.model)]

    def queryset(self, request, queryset):
        for queue in queues.of_model(queryset.model):
            if queue.name == self.value():
                return queue.of(queryset)
        return queryset


class QueuedMixin:
    """An admin whose list can be narrowed to what needs work."""

    def get_list_filter(self, request):
        return [QueueFilter, *super().get_list_filter(request)]


def first_page(request):
    """The first page of the admin, with what needs work above everything else."""
    extra = {"queues": counted(request)}
    if _may_see(request, Event):
        extra["thin"] = thin_places()
    return site.index(request, extra)


def counted(request) -> list[dict]:
    """Every queue that the curator may see, with its length and the address of its list."""
    found = []
    for group in queues.GROUPS:
        rows = [_row(request, queue) for queue in group.queues if _may_see(request, queue.model)]
        if rows:
            found.append({"heading": group.heading, "rows": rows})
    return found


def thin_places() -> list[dict]:
    """How many years, and how many decades of a sector, have few records."""
    page = reverse("thin")
    return [
        {"label": _("years"), "count": len(queues.thin_years()), "url": f"{page}#years"},
        {
            "label": _("sectors in a decade"),
            "count": len(queues.thin_sectors()),
            "url": f"{page}#sectors",
        },
    ]


def _may_see(request, model) -> bool:
    return site.get_model_admin(model).has_view_permission(request)


def _row(request, queue) -> dict:
    # The same records as in the list, whoever looks.
    records = site.get_model_admin(queue.model).get_queryset(request)
    options = queue.model._meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    return {
        "name": f"{options.model_name}-{queue.name}",
        "kind": options.verbose_name_plural,
        "label": queue.label,
        "count": queue.of(records).order_by().count(),
        "url": f"{address}?queue={queue.name}",
    }


def thin(request):
    """Years and sectors with few records."""
    context = site.each_context(request) | {
        "title": _("Thin years and sectors"),
        "years": queues.thin_years(),
        "sectors": queues.thin_sectors(),
        "few": queues.THIN,
    }
    return TemplateResponse(request, "admin/thin.html", context)
