from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from timeline.admin.base import CitationInline
from timeline.admin.entering import Entered
from timeline.models import Citation, Claim, Dispute


class DisputeInline(admin.StackedInline):
    """The questions on which sources disagree; the claims stand on the question's own page."""

    model = Dispute
    extra = 0
    show_change_link = True
    fields = [
        "about",
        ("question_en", "question_tr", "question_ja"),
        ("reason_en", "reason_tr", "reason_ja"),
    ]


class ClaimFormSet(BaseInlineFormSet):
    def clean(self):
        super().clean()
        claims = [
            form.cleaned_data
            for form in self.forms
            if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
        ]
        preferred = sum(bool(claim.get("preferred")) for claim in claims)
        if len(claims) < 2 or preferred != 1:
            raise ValidationError(
                _("A question has at least two claims, and exactly one of them is preferred.")
            )


class ClaimInline(Entered, admin.StackedInline):
    model = Claim
    formset = ClaimFormSet
    extra = 2
    max_num = 10
    show_change_link = True
    fields = [
        "preferred",
        ("start", "end", "approximate"),
        ("value_en", "value_tr", "value_ja"),
    ]


@admin.register(Dispute)
class DisputeAdmin(Entered, admin.ModelAdmin):
    list_display = ["question_en", "about", "record"]
    list_filter = ["about"]
    list_select_related = ["event", "agreement"]
    search_fields = ["question_en", "event__title_en", "agreement__title_en"]
    autocomplete_fields = ["event", "agreement"]
    inlines = [ClaimInline]


class ClaimCitationInline(CitationInline):
    model = Citation
    fields = ["source", "locator", "note"]


@admin.register(Claim)
class ClaimAdmin(Entered, admin.ModelAdmin):
    """One claim, for its citations; it is entered on the page of its question."""

    list_display = ["__str__", "dispute", "preferred"]
    list_select_related = ["dispute"]
    search_fields = ["value_en", "dispute__question_en"]
    autocomplete_fields = ["dispute"]
    inlines = [ClaimCitationInline]
