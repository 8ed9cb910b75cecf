"""Lists of what needs work: the first page of the admin counts them and leads to them."""

from django.contrib.admin import SimpleListFilter, site
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timeline import queues
from timeline.admin import counting
from timeline.models import Event

FEW = 200


class QueueFilter(SimpleListFilter):
    """Only those of the records that need a certain work."""

    title = _("needs work")
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        return [(queue.name, queue.label) for queue in queues.of_model(model_admin.model)]

    def queryset(self, request, queryset):
        for queue in queues.of_model(queryset.model):
            if queue.name == self.value():
                return _narrowed(queryset, queue, request.user)
        return queryset


def _narrowed(records, queue, user):
    """Those in the queue. Where they are few, all records were gone through to find them: once."""
    if queue.follows_from_record:
        every = queue.of(queue.model.objects.order_by(), user).values_list("pk", flat=True)
        found = counting.kept(f"queue:{queue.full_name}", lambda: list(every[: FEW + 1])).numbers
        if len(found) <= FEW:
            return records.filter(pk__in=found)
    return queue.of(records, user)


class QueuedMixin:
    """An admin whose list can be narrowed to what needs work."""

    def get_list_filter(self, request):
        return [QueueFilter, *super().get_list_filter(request)]


def first_page(request):
    """The first page of the admin, with what needs work above everything else."""
    every = [queue for group in queues.GROUPS for queue in group.queues]
    shared = [queue for queue in every if queue.follows_from_record]
    own = [queue for queue in every if queue not in shared and _may_see(request, queue.model)]
    kept = counting.kept("queues", lambda: queues.lengths(shared, request.user), is_patient=True)
    counts = kept.numbers | queues.lengths(own, request.user)
    extra = {"queues": told(request, counts), "counted_before": kept.is_older and kept.at}
    if _may_see(request, Event):
        extra["thin"] = thin_spans()
    return site.index(request, extra)


def told(request, counts: dict[str, int]) -> list[dict]:
    """Every queue that the curator may see, with the length and the address of each list."""
    found = []
    for group in queues.GROUPS:
        rows = {}
        for queue in group.queues:
            if _may_see(request, queue.model):
                row = rows.setdefault(queue.name, {"label": queue.label, "lists": []})
                row["lists"].append(_list(queue, counts))
        if rows:
            found.append({"heading": group.heading, "rows": list(rows.values())})
    return found


def thin_spans() -> list[dict]:
    """How many years, and how many decades of a sector, have few records."""
    page = reverse("thin")
    counts = counting.kept("thin", _thin_counts, is_patient=True).numbers
    return [
        {
            "label": _("with few records"),
            "lists": [
                {"kind": _("years"), "count": counts["years"], "url": f"{page}#years"},
                {
                    "kind": _("sectors in a decade"),
                    "count": counts["sectors"],
                    "url": f"{page}#sectors",
                },
            ],
        }
    ]


def _thin_counts() -> dict[str, int]:
    return {"years": len(queues.thin_years()), "sectors": len(queues.thin_sectors())}


def _may_see(request, model) -> bool:
    return site.get_model_admin(model).has_view_permission(request)


def _list(queue, counts) -> dict:
    options = queue.model._meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    return {
        "name": queue.full_name,
        "kind": options.verbose_name_plural,
        "count": counts[queue.full_name],
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
