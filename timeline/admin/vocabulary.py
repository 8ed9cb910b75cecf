from django.contrib import admin

from timeline.admin.base import VocabularyAdmin
from timeline.admin.merging import MergeAdmin
from timeline.admin.past import PastAdmin
from timeline.models import CoverageStatement, Place, Sector


@admin.register(Sector)
class SectorAdmin(VocabularyAdmin):
    list_display = ["position", "name_en", "name_tr", "name_ja", "slug"]
    list_display_links = ["name_en"]


@admin.register(Place)
class PlaceAdmin(MergeAdmin, VocabularyAdmin):
    list_display = ["name_en", "name_tr", "name_ja", "country", "slug"]
    list_filter = ["country"]
    search_fields = ["name_en", "name_tr", "name_ja", "aliases", "slug"]

    def get_search_results(self, request, queryset, search_term):
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        is_choice = request.resolver_match.url_name == "autocomplete"
        return (found.standing() if is_choice else found), may_repeat


@admin.register(CoverageStatement)
class CoverageStatementAdmin(PastAdmin):
    list_display = ["__str__", "judged_by", "judged_on"]
    list_filter = ["research", "sectors"]
    filter_horizontal = ["sectors"]
    search_fields = ["slug", "note_en"]
