from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from timeline.admin.base import CitationInline, CuratedAdmin, EvidenceFormSet, PartAdmin
from timeline.admin.checking import CheckedMixin
from timeline.admin.disputes import DisputeInline
from timeline.admin.permitted import TabularPart
from timeline.admin.translating import TranslatedMixin
from timeline.models import Agreement, AgreementDate, Citation


class AgreementDateInline(TabularPart):
    model = AgreementDate
    extra = 0
    fields = ["kind", "date", "approximate", "place"]
    autocomplete_fields = ["place"]
    show_change_link = True  # Its citations have a page of their own.


class AgreementEvidenceFormSet(EvidenceFormSet):
    def clean(self):
        # A citation of one of its dates supports an agreement as well; a new one has none yet.
        dates = self.instance.pk and self.instance.dates.prefetch_related("citations__source")
        if not any(one.supports for date in dates or [] for one in date.citations.all()):
            super().clean()


class AgreementCitationInline(CitationInline):
    model = Citation
    formset = AgreementEvidenceFormSet


@admin.register(Agreement)
class AgreementAdmin(CheckedMixin, TranslatedMixin, CuratedAdmin):
    list_display = ["title_en", "kind", "standing", "status"]
    list_filter = ["status", "kind", "standing", "sectors"]
    readonly_fields = [*CuratedAdmin.readonly_fields, "translation_states"]
    prepopulated_fields = {"slug": ["title_en"]}
    autocomplete_fields = ["parties", "sectors"]
    inlines = [AgreementDateInline, AgreementCitationInline, DisputeInline]
    fieldsets = [
        (None, {"fields": ["title_en", "summary_en", ("kind", "standing"), "parties", "sectors"]}),
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


class DateCitationInline(CitationInline):
    model = Citation
    fields = ["source", "locator", "note"]


@admin.register(AgreementDate)
class AgreementDateAdmin(PartAdmin):
    """A typed date, for its citations; it is entered on the page of its agreement."""

    owners = ["agreement"]
    list_display = ["agreement", "kind", "date", "place"]
    list_select_related = ["agreement", "place"]
    search_fields = ["agreement__title_en"]
    autocomplete_fields = ["place"]
    inlines = [DateCitationInline]
