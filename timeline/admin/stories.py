"""Stories, with their steps in order; what a step tells of beyond its events is cited there."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from timeline.admin.base import CitationInline, CuratedAdmin, PartAdmin
from timeline.admin.permitted import StackedPart
from timeline.models import Citation, Story, StoryStep
from timeline.models.base import TARGET_LANGUAGES

TOLD = ("heading", "text")
"""What of a step is translated."""


class StoryStepInline(StackedPart):
    """The steps; they stand in the order of their numbers."""

    model = StoryStep
    extra = 0
    show_change_link = True  # Its citations have a page of their own.
    autocomplete_fields = ["events"]
    fields = [
        ("position", "anchor"),
        *("heading_en", "text_en", "events"),
        *("heading_tr", "text_tr", "heading_ja", "text_ja"),
    ]


@admin.register(Story)
class StoryAdmin(CuratedAdmin):
    list_display = ["title_en", "status", "translation_states"]
    list_filter = ["status", "sectors"]
    readonly_fields = [*CuratedAdmin.readonly_fields, "translation_states"]
    prepopulated_fields = {"slug": ["title_en"]}
    autocomplete_fields = ["sectors"]
    inlines = [StoryStepInline]
    fieldsets = [
        (None, {"fields": ["title_en", "standfirst_en", "sectors"]}),
        (
            _("Translations"),
            {
                "fields": [
                    "translation_states",
                    *("title_tr", "standfirst_tr", "title_ja", "standfirst_ja"),
                ]
            },
        ),
        (_("Address"), {"fields": ["slug"]}),
        CuratedAdmin.curation_fields,
    ]

    def for_list(self, records):
        return records.for_translation()

    def has_merge_permission(self, request):
        # Two stories are two tellings: neither is the other's double.
        return False

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        touched = {name for row in formset.forms for name in row.changed_data}
        story = Story.objects.get(pk=form.instance.pk)
        for language in TARGET_LANGUAGES:
            own = {f"{field}_{language}" for field in Story.TRANSLATED} & {*form.changed_data}
            if own or touched & {f"{field}_{language}" for field in TOLD}:
                story.note_translation(language)
        story.save(update_fields=["tr_of", "tr_reviewed", "ja_of", "ja_reviewed", "updated"])


class StepCitationInline(CitationInline):
    model = Citation
    fields = ["source", "stance", "locator", "note"]


@admin.register(StoryStep)
class StoryStepAdmin(PartAdmin):
    """A step, for its citations; it is written on the page of its story."""

    owners = ["story", "heading_en", "text_en"]
    fields = owners
    list_display = ["story", "position", "heading_en"]
    list_display_links = ["heading_en"]
    list_select_related = ["story"]
    search_fields = ["heading_en", "story__title_en"]
    inlines = [StepCitationInline]
