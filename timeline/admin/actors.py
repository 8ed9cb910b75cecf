from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from timeline.admin.base import CitationInline, CuratedAdmin, PartAdmin
from timeline.admin.checking import CheckedMixin
from timeline.admin.entering import KeepsContext, NewActorForm
from timeline.admin.narrowing import CountryFilter
from timeline.admin.permitted import TabularPart
from timeline.admin.translating import TranslatedMixin
from timeline.models import Actor, Citation, Event, Tenure


class TenureInline(TabularPart):
    model = Tenure
    fk_name = "actor"
    extra = 0
    fields = ["title_en", "title_tr", "title_ja", "institution", "start", "end"]
    autocomplete_fields = ["institution"]
    show_change_link = True  # Its citations have a page of their own.


@admin.register(Actor)
class ActorAdmin(CheckedMixin, TranslatedMixin, KeepsContext, CuratedAdmin):
    form = NewActorForm
    kept = ("kind", "country")
    list_display = ["name_en", "name_tr", "name_ja", "kind", "country", "events", "status"]
    worked_out = ("events",)
    list_filter = ["status", "kind", CountryFilter]
    readonly_fields = [*CuratedAdmin.readonly_fields, "translation_states"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [TenureInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name_en", "name_tr", "name_ja"),
                    "translation_states",
                    "aliases",
                    ("kind", "country", "wikidata"),
                    "slug",
                ]
            },
        ),
        CuratedAdmin.curation_fields,
    ]

    def for_list(self, records):
        return records.with_event_count()

    @admin.display(description=_("events"), ordering="event_count")
    def events(self, actor):
        return actor.event_count

    def refold(self, record):
        super().refold(record)
        # Events are found by the names of those who took part.
        Event.objects.with_actors([record]).refold()


class TenureCitationInline(CitationInline):
    model = Citation
    fields = ["source", "locator", "note"]


@admin.register(Tenure)
class TenureAdmin(PartAdmin):
    """An office, for its citations; it is entered on the page of its holder."""

    owners = ["actor"]
    list_display = ["title_en", "actor", "institution", "start", "end"]
    search_fields = ["title_en", "title_tr", "title_ja", "actor__name_en"]
    autocomplete_fields = ["institution"]
    inlines = [TenureCitationInline]
    list_select_related = ["actor", "institution"]
