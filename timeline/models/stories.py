"""Guided paths through the record: a sourced essay whose steps are events."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from timeline.choices import Status
from timeline.models.base import Lack, Localized, LocalizedModel, Record, TranslatedModel
from timeline.models.events import Event
from timeline.models.vocabulary import Sector
from timeline.querysets import StoryQuerySet, StoryStepQuerySet

FEWEST_STEPS = 3
"""A path with fewer steps leads nowhere."""


class Story(TranslatedModel, Record):
    """A short essay, told by the editors, that leads through the record step by step."""

    TRANSLATED: ClassVar[list[str]] = ["title", "standfirst"]

    title_en = models.CharField(_("title (English)"), max_length=200)
    title_tr = models.CharField(_("title (Turkish)"), max_length=200, blank=True)
    title_ja = models.CharField(_("title (Japanese)"), max_length=200, blank=True)
    standfirst_en = models.TextField(
        _("standfirst (English)"),
        blank=True,
        help_text=_("A sentence or two under the title: what the story is about."),
    )
    standfirst_tr = models.TextField(_("standfirst (Turkish)"), blank=True)
    standfirst_ja = models.TextField(_("standfirst (Japanese)"), blank=True)
    sectors = models.ManyToManyField(
        Sector, verbose_name=_("sectors"), blank=True, related_name="stories"
    )

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["id"]
        constraints = [
            *Record.Meta.constraints,
            CheckConstraint(
                name="story_published_texts",
                condition=~Q(status=Status.PUBLISHED) | ~(Q(title_en="") | Q(standfirst_en="")),
                violation_error_message=_(
                    "A published story has an English title and an English standfirst."
                ),
            ),
        ]

    def __str__(self):
        return self.title_en

    def get_absolute_url(self):
        return reverse("story", args=[self.slug])

    @property
    def heading(self) -> Localized:
        return self.localized("title")

    @property
    def lead(self) -> Localized:
        """The standfirst, as a page is described by it elsewhere."""
        return self.localized("standfirst")

    def translated_texts(self) -> list[dict[str, str]]:
        """Its own and those of its steps: a story is translated when all of it is."""
        steps = self.steps.all() if self.pk else []
        of_steps = [step.in_all_languages(field) for step in steps for field in ("heading", "text")]
        return [*super().translated_texts(), *of_steps]

    def own_texts(self) -> list[str]:
        """Every text in every language."""
        return [text for texts in self.translated_texts() for text in texts.values()]

    def searched_texts(self) -> list[str]:
        return self.own_texts()

    def missing(self) -> list[Lack]:
        needed = [
            Lack(_("an English title"), "title_en"),
            Lack(_("an English standfirst"), "standfirst_en"),
        ]
        lacks = [lack for lack in needed if not getattr(self, lack.field)]
        if not self.sectors.all():
            lacks.append(Lack(_("a sector"), "sectors"))
        steps = list(self.steps.all())
        if (short := FEWEST_STEPS - len(steps)) > 0:
            more = ngettext("%(n)d more step", "%(n)d more steps", short) % {"n": short}
            lacks.append(Lack(more, "steps"))
        for step in steps:
            if not step.text_en:
                words = _("an English text of the step “%(step)s”") % {"step": step.anchor}
                lacks.append(Lack(words, "steps"))
            if not step.told:
                words = _("a published event in the step “%(step)s”") % {"step": step.anchor}
                lacks.append(Lack(words, "steps"))
        return lacks


class StoryStep(LocalizedModel):
    """One step of a story: a paragraph, and the events of the record that it tells of."""

    story = models.ForeignKey(
        Story, verbose_name=_("story"), on_delete=models.CASCADE, related_name="steps"
    )
    position = models.PositiveSmallIntegerField(
        _("place in the order"),
        default=0,
        help_text=_("Steps stand by this number; gaps do no harm."),
    )
    anchor = models.CharField(
        _("anchor"),
        max_length=60,
        validators=[
            RegexValidator(
                r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z", _("Lower-case letters, digits and hyphens.")
            ),
        ],
        help_text=_("The name of the step in addresses. It never changes once published."),
    )
    heading_en = models.CharField(_("heading (English)"), max_length=200)
    heading_tr = models.CharField(_("heading (Turkish)"), max_length=200, blank=True)
    heading_ja = models.CharField(_("heading (Japanese)"), max_length=200, blank=True)
    text_en = models.TextField(
        _("text (English)"),
        blank=True,
        help_text=_("One paragraph. What goes beyond the events is cited on the step’s own page."),
    )
    text_tr = models.TextField(_("text (Turkish)"), blank=True)
    text_ja = models.TextField(_("text (Japanese)"), blank=True)
    events = models.ManyToManyField(
        Event,
        verbose_name=_("events"),
        blank=True,
        related_name="story_steps",
        help_text=_("Shown in the order of time."),
    )

    objects = StoryStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of the story")
        verbose_name_plural = _("steps of the story")
        ordering = ["position", "id"]
        constraints = [
            UniqueConstraint(
                name="storystep_anchor_once",
                fields=["story", "anchor"],
                violation_error_message=_("Another step of the story has this anchor."),
            ),
        ]

    def __str__(self):
        return self.heading_en

    def get_absolute_url(self):
        return f"{self.story.get_absolute_url()}#{self.fragment}"

    @property
    def heading(self) -> Localized:
        return self.localized("heading")

    @property
    def fragment(self) -> str:
        """How the page names the step; apart from everything else that has a name there."""
        return f"step-{self.anchor}"

    @property
    def record(self) -> Story:
        return self.story

    @property
    def told(self) -> list[Event]:
        """The events that readers may open, in the order of time; needs `events`.

        One that was merged is replaced by the record in which it went up.
        """
        led_on = [event.merged_into or event for event in self.events.all()]
        public = dict.fromkeys(event for event in led_on if event.is_published)
        return sorted(public, key=lambda one: (one.start_earliest, one.start_latest, one.slug))

    @property
    def withdrawn(self) -> int:
        """How many of its events readers once saw and may no longer open; needs `events`."""
        led_on = {event.merged_into or event for event in self.events.all()}
        return sum(event.status == Status.WITHDRAWN for event in led_on)
