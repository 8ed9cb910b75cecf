"""What curators meet on every form: search that folds, status by action, the public page."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from timeline import curation, wording
from timeline.admin.choosing import found_by_folded_names
from timeline.admin.entering import Entered, preview_links
from timeline.choices import Stance
from timeline.models import Event
from timeline.models.base import TARGET_LANGUAGES, TranslatedModel


class VocabularyAdmin(admin.ModelAdmin):
    """Places and sectors: named, without a status."""

    list_display = ["name_en", "name_tr", "name_ja", "slug"]
    search_fields = ["name_en", "name_tr", "name_ja", "slug"]
    prepopulated_fields = {"slug": ["name_en"]}

    def get_search_results(self, request, queryset, search_term):
        return found_by_folded_names(queryset, search_term), False

    def save_model(self, request, record, form, change):
        super().save_model(request, record, form, change)
        # Events are found by the names of their places.
        Event.objects.filter(place__slug=record.slug).refold()


class CuratedAdmin(Entered, admin.ModelAdmin):
    """A record with a status, which changes by an action and never in the form."""

    list_per_page = 50
    save_on_top = True
    readonly_fields = [
        *("status", "merged_into", "public_page"),
        *("added", "changed", "created", "updated"),
    ]
    actions = ["publish", "withdraw", "review_turkish", "review_japanese"]
    curation_fields = (
        _("Curation"),
        {
            "fields": [
                ("status", "public_page"),
                "note",
                ("reason", "merged_into"),
                ("added", "changed", "created", "updated"),
            ]
        },
    )
    search_fields = ["slug"]  # Turns the search box on; get_search_results() does the work.

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False

    def get_readonly_fields(self, request, record=None):
        fields = super().get_readonly_fields(request, record)
        # The address of a record that readers have seen stays what it is.
        return [*fields, "slug"] if record and record.has_address else fields

    def get_prepopulated_fields(self, request, record=None):
        return {} if record and record.has_address else self.prepopulated_fields

    def has_delete_permission(self, request, record=None):
        # What readers have seen is withdrawn, with a reason, and not deleted.
        if record and record.has_address:
            return False
        return super().has_delete_permission(request, record)

    def save_model(self, request, record, form, change):
        # A translation that was touched renders the English as it now stands; one that was not
        # goes stale by itself when the English changes.
        for language in TARGET_LANGUAGES if isinstance(record, TranslatedModel) else ():
            if any(f"{field}_{language}" in form.changed_data for field in record.TRANSLATED):
                record.note_translation(language)
        super().save_model(request, record, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            curation.note_correction(form.instance)
        self.refold(form.instance)

    def refold(self, record):
        """Bring every searched text that holds words of the record up to date."""
        type(record).objects.filter(pk=record.pk).refold()

    @admin.display(description=_("public page"))
    def public_page(self, record):
        if not record.pk or not record.is_published:
            return preview_links(record) if record.pk else _("not public")
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), _("open"))

    @admin.action(description=_("Publish the selected records"), permissions=["change"])
    def publish(self, request, records):
        self._move(
            request,
            curation.publish,
            records,
            lambda n: ngettext("%d record published.", "%d records published.", n) % n,
        )

    @admin.action(description=_("Withdraw the selected records"), permissions=["change"])
    def withdraw(self, request, records):
        self._move(
            request,
            curation.withdraw,
            records,
            lambda n: ngettext("%d record withdrawn.", "%d records withdrawn.", n) % n,
        )

    @admin.action(description=_("Turkish is right: mark as reviewed"), permissions=["change"])
    def review_turkish(self, request, records):
        self._review(request, records, "tr")

    @admin.action(description=_("Japanese is right: mark as reviewed"), permissions=["change"])
    def review_japanese(self, request, records):
        self._review(request, records, "ja")

    def _review(self, request, records, language):
        self._move(
            request,
            partial(curation.review_translation, language=language),
            records,
            lambda n: ngettext("%d translation reviewed.", "%d translations reviewed.", n) % n,
        )

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

    def _move(self, request, move, records, done):
        try:
            count = move(records)
        except ValidationError as refusal:
            for message in refusal.messages:
                self.message_user(request, message, messages.ERROR)
            return
        self.message_user(request, done(count), messages.SUCCESS)
        for record in records:
            self.log_change(request, record, done(count))


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


class CitationInline(Entered, admin.TabularInline):
    """What the record rests on. The foreign key follows from the form it stands in."""

    extra = 0
    autocomplete_fields = ["source"]
    fields = ["source", "part", "stance", "locator", "note"]
