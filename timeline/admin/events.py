from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from timeline.admin.base import CitationInline, CuratedAdmin, EvidenceFormSet, KeptFormSet
from timeline.admin.checking import CheckedMixin
from timeline.admin.disputes import DisputeInline
from timeline.admin.translating import TranslatedMixin
from timeline.models import (
    AgreementLink,
    Citation,
    Event,
    EventLink,
    EventSector,
    Participation,
)


class EventSectorInline(admin.TabularInline):
    model = EventSector
    formset = KeptFormSet
    extra = 1
    max_num = 3
    autocomplete_fields = ["sector"]


class ParticipationInline(admin.TabularInline):
    model = Participation
    extra = 0
    autocomplete_fields = ["actor"]


class EventCitationInline(CitationInline):
    model = Citation
    formset = EvidenceFormSet
    extra = 1


class AgreementLinkInline(admin.TabularInline):
    model = AgreementLink
    extra = 0
    autocomplete_fields = ["agreement"]


class EventLinkInline(admin.TabularInline):
    model = EventLink
    fk_name = "event"
    extra = 0
    autocomplete_fields = ["target"]


@admin.register(Event)
class EventAdmin(CheckedMixin, TranslatedMixin, CuratedAdmin):
    list_display = ["title_en", "start", "end", "kind", "importance", "attestation", "status"]
    list_filter = ["status", "importance", "kind", "sectors"]
    readonly_fields = [*CuratedAdmin.readonly_fields, "translation_states"]
    prepopulated_fields = {"slug": ["title_en"]}
    autocomplete_fields = ["place"]
    inlines = [
        EventSectorInline,
        EventCitationInline,
        ParticipationInline,
        AgreementLinkInline,
        EventLinkInline,
        DisputeInline,
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title_en",
                    "summary_en",
                    ("start", "end", "approximate"),
                    ("kind", "importance", "background"),
                    "place",
                ]
            },
        ),
        (
            _("Translations"),
            {
                "fields": [
                    "translation_states",
                    *("title_tr", "summary_tr", "title_ja", "summary_ja"),
                ]
            },
        ),
        (_("Address"), {"fields": ["slug"]}),
        CuratedAdmin.curation_fields,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_attestation()

    @admin.display(description=_("who attests it"), ordering="attestation")
    def attestation(self, event):
        return event.attestation or _("nobody yet")
