"""What curators meet on every form: search that folds, status by action, the public page."""

from typing import ClassVar

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from timeline import curation, wording
from timeline.admin.choosing import found_by_folded_names
from timeline.admin.entering import preview_links
from timeline.admin.guide import GuidedMixin
from timeline.admin.merging import MergeAdmin
from timeline.admin.moves import MovesAdmin
from timeline.admin.past import PartPastAdmin, PastAdmin
from timeline.admin.permitted import PermittedPartAdmin, TabularPart
from timeline.admin.refusals import say_refused
from timeline.choices import Stance, Status
from timeline.models import Event
from timeline.models.base import TARGET_LANGUAGES, TranslatedModel
from timeline.roles import Act


class VocabularyAdmin(PastAdmin):
    """Places and sectors: named, without a status."""

    list_display = ["name_en", "name_tr", "name_ja", "slug"]
    search_fields = ["name_en", "name_tr", "name_ja", "slug"]
    prepopulated_fields = {"slug": ["name_en"]}

    def get_search_results(self, request, queryset, search_term):
        return found_by_folded_names(queryset, search_term), False

    def refold(self, record):
        # Events are found by the names of their places.
        Event.objects.filter(place__slug=record.slug).refold()


class CuratedAdmin(GuidedMixin, MergeAdmin, PastAdmin, MovesAdmin):
    """A record with a status, in the plain form of the admin."""

    save_on_top = True
    readonly_fields = [
        *("status", "merged_into", "public_page"),
        *("added", "changed", "created", "created_by", "updated"),
    ]
    actions = ["merge_two", "review_turkish", "review_japanese"]
    curation_fields = (
        _("Curation"),
        {
            "fields": [
                ("status", "public_page"),
                "note",
                "merged_into",
                ("added", "changed"),
                ("created", "created_by", "updated"),
            ]
        },
    )
    search_fields = ["slug"]  # Turns the search box on; get_search_results() does the work.

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False

    def get_fieldsets(self, request, record=None):
        fieldsets = super().get_fieldsets(request, record)
        if record and record.status == Status.WITHDRAWN:
            return [*fieldsets, (_("Withdrawal"), {"fields": ["reason"]})]
        return fieldsets

    def get_readonly_fields(self, request, record=None):
        fields = super().get_readonly_fields(request, record)
        # The address of a record that readers have seen stays what it is.
        return [*fields, "slug"] if record and record.has_address else fields

    def get_prepopulated_fields(self, request, record=None):
        return {} if record and record.has_address else self.prepopulated_fields

    def save_model(self, request, record, form, change):
        # A translation that was touched renders the English as it now stands; one that was not
        # goes stale by itself when the English changes.
        for language in TARGET_LANGUAGES if isinstance(record, TranslatedModel) else ():
            if any(f"{field}_{language}" in form.changed_data for field in record.TRANSLATED):
                record.note_translation(language)
        super().save_model(request, record, form, change)

    def refold(self, record):
        """Bring every searched text that holds words of the record up to date."""
        type(record).objects.filter(pk=record.pk).refold()

    @admin.display(description=_("public page"))
    def public_page(self, record):
        if not record.pk or not record.is_published:
            return preview_links(record) if record.pk else _("not public")
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), _("open"))

    @admin.action(description=_("Turkish is right: mark as reviewed"), permissions=["review"])
    def review_turkish(self, request, records):
        self._review(request, records, "tr")

    @admin.action(description=_("Japanese is right: mark as reviewed"), permissions=["review"])
    def review_japanese(self, request, records):
        self._review(request, records, "ja")

    def _review(self, request, records, language):
        plain = self.model.objects.filter(pk__in=list(records.values_list("pk", flat=True)))
        try:
            count = curation.review_translation(plain, language, by=request.user)
        except ValidationError as refusal:
            say_refused(request, refusal)
            return
        done = ngettext("%d translation reviewed.", "%d translations reviewed.", count) % count
        self.message_user(request, done, messages.SUCCESS)

    def has_review_permission(self, request):
        return self.may(request, Act.REVIEW)

    def get_actions(self, request):
        actions = super().get_actions(request)
        if not issubclass(self.model, TranslatedModel):
            for name in ("review_turkish", "review_japanese"):
                actions.pop(name, None)
        return actions

    @admin.display(description=_("translations"))
    def translation_states(self, record):
        states = record.translations.items()
        return format_html_join(
            ", ", "{}: {}", ((wording.language(code), state.label) for code, state in states)
        )


class PartAdmin(PermittedPartAdmin, PartPastAdmin):
    """What hangs on a record and has a page of its own, for what hangs on it in turn."""

    owners: ClassVar[list[str]] = []
    """The fields that say to what it belongs. It is entered there, and stays there."""

    def get_readonly_fields(self, request, part=None):
        return [*super().get_readonly_fields(request, part), *self.owners]


class KeptFormSet(BaseInlineFormSet):
    """Refuses to take from a published record the last of what publication needs."""

    refusal = _("A published record keeps at least one of these.")

    def counts(self, row: dict) -> bool:
        return True

    def clean(self):
        super().clean()
        rows = (form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data"))
        left = any(row and not row.get("DELETE") and self.counts(row) for row in rows)
        if self.instance.is_published and not left:
            raise ValidationError(self.refusal)


class EvidenceFormSet(KeptFormSet):
    refusal = _("A published record keeps at least one supporting citation.")

    def counts(self, row):
        source = row.get("source")
        return row.get("stance") == Stance.SUPPORTS and source and source.is_published


class CitationInline(TabularPart):
    """What the record rests on. The foreign key follows from the form it stands in."""

    extra = 0
    autocomplete_fields = ["source"]
    fields = ["source", "part", "stance", "locator", "note"]
