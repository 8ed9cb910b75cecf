from django.contrib import admin
from django.forms import Script
from django.forms.models import BaseInlineFormSet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from timeline import checks, history
from timeline.admin.base import CitationInline, CuratedAdmin, EvidenceFormSet, KeptFormSet
from timeline.admin.checking import CheckedMixin
from timeline.admin.disputes import DisputeInline
from timeline.admin.entering import KeepsContext, KeptRows, NewEventForm
from timeline.admin.offices import office_at
from timeline.admin.permitted import TabularPart
from timeline.admin.translating import TranslatedMixin
from timeline.choices import Action, Attestation
from timeline.models import (
    AgreementLink,
    Citation,
    Event,
    EventLink,
    EventSector,
    Participation,
)


class EventSectorInline(KeptRows, TabularPart):
    model = EventSector
    kept_as = "sector_links"
    formset = KeptFormSet
    extra = 1
    max_num = 3
    autocomplete_fields = ["sector"]


class ParticipationFormSet(BaseInlineFormSet):
    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        # The very event of the form: its date is known before it is saved.
        form.instance.event = self.instance
        return form


class ParticipationInline(TabularPart):
    model = Participation
    formset = ParticipationFormSet
    extra = 0
    autocomplete_fields = ["actor"]
    readonly_fields = ["office"]

    class Media:
        js = [Script("js/offices.js", type="module")]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("actor__tenures")

    @admin.display(description=_("office on the day"))
    def office(self, participation):
        actor = participation.actor if participation.actor_id else None
        said = office_at(actor, participation.event) if actor else ""
        line = '<output data-office="{}">{}</output>'
        return format_html(line, reverse("entering:office"), said)


class EventCitationInline(KeptRows, CitationInline):
    model = Citation
    kept_as = "citations"
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
class EventAdmin(CheckedMixin, TranslatedMixin, KeepsContext, CuratedAdmin):
    form = NewEventForm
    kept = ("kind", "place")
    kept_rows = (("sector_links", "sector", 3), ("citations", "source", 3))
    list_display = ["title_en", "start", "end", "kind", "importance", "attestation", "status"]
    worked_out = ("attestation",)
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

    def for_list(self, records):
        return records.with_attestation()

    @admin.display(description=_("who attests it"), ordering="attestation")
    def attestation(self, event):
        return Attestation(event.attestation).label if event.attestation else _("nobody yet")
