from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from timeline import checks, history
from timeline.admin.base import CitationInline, CuratedAdmin, EvidenceFormSet, KeptFormSet
from timeline.admin.checking import CheckedMixin
from timeline.admin.disputes import DisputeInline
from timeline.admin.permitted import TabularPart
from timeline.admin.translating import TranslatedMixin
from timeline.choices import Action
from timeline.models import (
    AgreementLink,
    Citation,
    Event,
    EventLink,
    EventSector,
    Participation,
)


class EventSectorInline(TabularPart):
    model = EventSector
    formset = KeptFormSet
    extra = 1
    max_num = 3
    autocomplete_fields = ["sector"]


class ParticipationInline(TabularPart):
    model = Participation
    extra = 0
    autocomplete_fields = ["actor"]


class EventCitationInline(CitationInline):
    model = Citation
    formset = EvidenceFormSet
    extra = 1


class AgreementLinkInline(TabularPart):
    model = AgreementLink
    extra = 0
    autocomplete_fields = ["agreement"]


class EventLinkInline(TabularPart):
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

    def _note_deletion(self, request, records):
        super()._note_deletion(request, records)
        # With an event go the relations that other events say they have to it.
        EventLink.objects.filter(target__in=records, event__in=records).delete()
        sides = Event.objects.filter(related__target__in=records).distinct()
        others = list(sides.values_list("pk", flat=True))
        history.keep("events", others)
        EventLink.objects.filter(target__in=records).delete()
        history.note("events", others, Action.CHANGED, by=request.user)
        checks.refresh(Event, Event.objects.filter(pk__in=others).values_list("slug", flat=True))

    def get_queryset(self, request):
        return super().get_queryset(request).with_attestation()

    @admin.display(description=_("who attests it"), ordering="attestation")
    def attestation(self, event):
        return event.attestation or _("nobody yet")
