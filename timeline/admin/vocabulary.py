from django.contrib import admin

from timeline.admin.base import VocabularyAdmin
from timeline.admin.merging import MergeAdmin
from timeline.admin.narrowing import CountryFilter
from timeline.admin.past import PastAdmin
from timeline.models import CoverageStatement, Place, Sector


@admin.register(Sector)
class SectorAdmin(VocabularyAdmin):
    list_display = ["position", "name_en", "name_tr", "name_ja", "slug"]
    list_display_links = ["name_en"]


@admin.register(Place)
class PlaceAdmin(MergeAdmin, VocabularyAdmin):
    list_display = ["name_en", "name_tr", "name_ja", "country", "slug"]
    list_filter = [CountryFilter]
    search_fields = ["name_en", "name_tr", "name_ja", "aliases", "slug"]


@admin.register(CoverageStatement)
class CoverageStatementAdmin(PastAdmin):
    list_display = ["__str__", "judged_by", "judged_on"]
    list_filter = ["research", "sectors"]
    autocomplete_fields = ["sectors"]
    search_fields = ["slug", "note_en"]
