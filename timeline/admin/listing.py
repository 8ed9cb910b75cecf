"""Lists that cost the same however many records there are: first which, then what of them."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

MOST = 2_000
"""So many records are counted and paged through; whoever wants another narrows the list."""
SORTABLE = 3_000
"""Up to so many records, a list can be put in the order of what is worked out for each."""


class LongPaginator(Paginator):
    """Counts no further than anybody pages."""

    @cached_property
    def found(self) -> int:
        return count_up_to(self.object_list, MOST + 1)

    @cached_property
    def count(self):
        return min(self.found, MOST)


class LongChangeList(ChangeList):
    """Reads the numbers of the rows of a page, and only of those rows what they show."""

    is_cut = False
    """Whether there are more records than can be paged through."""

    def get_queryset(self, request, exclude_parameters=None):
        wanted = self.get_ordering_field_columns()  # An address may ask for one that is not there.
        ordered = {name for place, name in enumerate(self.list_display) if place in wanted}
        if ordered & set(self.model_admin.worked_out):
            self.root_queryset = self.model_admin.for_list(self.root_queryset)
        return super().get_queryset(request, exclude_parameters)

    def get_ordering(self, request, queryset):
        *columns, last = super().get_ordering(request, queryset)
        # Equal ones in the direction of the column, so that its index serves both ways.
        if last == "-pk" and columns and not str(columns[-1]).startswith("-"):
            last = "pk"
        return [*columns, last]

    def get_results(self, request):
        super().get_results(request)
        self.is_cut = self.paginator.found > MOST
        if self.is_cut or not (self.query or self.has_active_filters):
            self.full_result_count = self.result_count  # There is no other number to tell.
        numbers = list(self.result_list.prefetch_related(None).values_list("pk", flat=True))
        rows = self.model_admin.for_list(self.model_admin.get_queryset(request))
        found = self.apply_select_related(rows).in_bulk(numbers)
        self.result_list = [found[number] for number in numbers if number in found]


class ListedAdmin(admin.ModelAdmin):
    """A list that stays quick when it is long."""

    list_per_page = 50
    paginator = LongPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    worked_out = ()
    """The columns that `for_list()` works out for each row."""

    def for_list(self, records):
        """The records with what their rows show beyond their own columns."""
        return records

    def get_changelist(self, request, **kwargs):
        return LongChangeList

    def get_sortable_by(self, request):
        columns = super().get_sortable_by(request)
        if self.worked_out and count_up_to(self.model.objects.all(), SORTABLE + 1) > SORTABLE:
            return [column for column in columns if column not in self.worked_out]
        return columns

    def response_action(self, request, queryset):
        # What stands on no page was seen by nobody.
        is_all = request.POST.get("select_across") == "1"
        if is_all and count_up_to(queryset, MOST + 1) > MOST:
            said = _("The list is too long to choose all of it: narrow it first.")
            self.message_user(request, said, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset)


def count_up_to(records, most: int) -> int:
    """How many there are, or `most`; it looks at no more of them."""
    return records.order_by().values("pk")[:most].count()
