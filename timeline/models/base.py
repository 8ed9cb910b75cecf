"""What the records have in common."""

import hashlib
from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from timeline.choices import Status, Translation
from timeline.dates import PartialDate

TARGET_LANGUAGES = ("tr", "ja")


def mark_of(texts: Iterable[str]) -> str:
    """Eight hexadecimal digits that change when one of the texts does."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:8]


class Lack(NamedTuple):
    """What a record still needs, in words, and the field or inline of its form to look at."""

    words: str
    field: str

    def __str__(self):
        return str(self.words)


class Localized(NamedTuple):
    """A text and the code of the language it is in."""

    text: str
    language: str


class LocalizedModel(models.Model):
    """A model whose texts stand in columns named after their language: title_en, title_tr …"""

    class Meta:
        abstract = True

    def localized(self, field: str) -> Localized:
        """The text in the reader's language or, where there is none, in English.

        `field` is the name without its language. Where English is missing too (a draft), any
        language serves; where nothing is written, the text is empty.
        """
        wanted = (get_language() or "en")[:2]
        texts = self.in_all_languages(field)
        for language in [wanted, "en", *texts]:
            if texts.get(language):
                return Localized(texts[language], language)
        return Localized("", wanted)

    def in_all_languages(self, field: str) -> dict[str, str]:
        """The texts by language code; a text not yet written is ""."""
        return {code: getattr(self, f"{field}_{code}") for code, _name in settings.LANGUAGES}


class TranslatedModel(LocalizedModel):
    """A model that knows how far its texts are translated.

    `tr_of` and `ja_of` hold the mark of the English text that a translation was made from, so
    that it is stale as soon as the English changes, whatever way that happens.
    """

    TRANSLATED: ClassVar[list[str]] = []

    tr_of = models.CharField(max_length=8, editable=False, default="")
    tr_reviewed = models.BooleanField(editable=False, default=False)
    ja_of = models.CharField(max_length=8, editable=False, default="")
    ja_reviewed = models.BooleanField(editable=False, default=False)

    class Meta:
        abstract = True

    @property
    def english(self) -> dict[str, str]:
        """The English texts that are to be translated, by field."""
        return {field: getattr(self, f"{field}_en") for field in self.TRANSLATED}

    @property
    def english_mark(self) -> str:
        """A short mark of the English texts; it changes when they do."""
        return mark_of(texts["en"] for texts in self.translated_texts())

    def translated_texts(self) -> list[dict[str, str]]:
        """The texts that a translation renders, each by language code, in a fixed order."""
        return [self.in_all_languages(field) for field in self.TRANSLATED]

    def translation(self, language: str) -> Translation:
        """How far the record is translated into "tr" or "ja"."""
        if any(text["en"] and not text[language] for text in self.translated_texts()):
            return Translation.MISSING
        if getattr(self, f"{language}_of") != self.english_mark:
            return Translation.STALE
        if getattr(self, f"{language}_reviewed"):
            return Translation.REVIEWED
        return Translation.UNREVIEWED

    @property
    def translations(self) -> dict[str, Translation]:
        return {language: self.translation(language) for language in TARGET_LANGUAGES}

    def note_translation(self, language: str, *, reviewed: bool = False) -> None:
        """Say that the translation renders the English as it now stands; the caller saves."""
        setattr(self, f"{language}_of", self.english_mark)
        setattr(self, f"{language}_reviewed", reviewed)


class SeededModel(LocalizedModel):
    """A record that the data files hold and that its slug names."""

    slug = models.SlugField(
        _("slug"),
        max_length=80,
        unique=True,
        help_text=_("The name of the record in addresses. It never changes once published."),
    )
    # What load_seeds wrote last, to tell what staff changed since. Empty: never loaded.
    loaded = models.CharField(max_length=64, editable=False, default="")
    # Goes up with every change of the record or of anything that hangs on it; history.note()
    # counts. A form that was opened on an earlier version is not written over a later one.
    version = models.PositiveIntegerField(_("version"), editable=False, default=1)

    class Meta:
        abstract = True


class Record(SeededModel):
    """A record with a status: it is prepared, published and, if need be, withdrawn or merged."""

    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        help_text=_("Only published records are public."),
    )
    reason = models.CharField(
        _("reason for withdrawal"),
        max_length=300,
        blank=True,
        help_text=_("Shown to readers at the old address of a withdrawn record."),
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_from",
        help_text=_("The record to which the old address of a merged record leads."),
    )
    note = models.TextField(
        _("curators’ note"),
        blank=True,
        help_text=_("Doubts, open questions, what was looked for in vain. Not public."),
    )
    # Facts of the record, kept in the data files. When this copy of it was last written is
    # another matter: `created` and `updated`.
    added = models.DateField(
        _("added"), null=True, editable=False, help_text=_("The day it first became public.")
    )
    changed = models.DateField(
        _("changed"), null=True, editable=False, help_text=_("The day it was last corrected.")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    returned = models.TextField(
        _("why it came back"),
        editable=False,
        default="",
        help_text=_("What an editor asks for before the draft is submitted again. Not public."),
    )
    created = models.DateTimeField(_("created"), auto_now_add=True)
    updated = models.DateTimeField(_("last saved"), auto_now=True)
    # The folded words by which the record is found; see RecordQuerySet.refold().
    folded = models.TextField(editable=False, default="")

    class Meta:
        abstract = True
        constraints = [
            CheckConstraint(
                name="%(class)s_status",
                condition=Q(status__in=Status.values),
                violation_error_message=_("There is no such status."),
            ),
            CheckConstraint(
                name="%(class)s_merged_into",
                condition=Q(status=Status.MERGED, merged_into__isnull=False)
                | (~Q(status=Status.MERGED) & Q(merged_into__isnull=True)),
                violation_error_message=_(
                    "A merged record, and no other, names the record it was merged into."
                ),
            ),
            CheckConstraint(
                name="%(class)s_withdrawn_reason",
                condition=~Q(status=Status.WITHDRAWN) | ~Q(reason=""),
                violation_error_message=_("A withdrawn record gives the reason."),
            ),
            CheckConstraint(
                name="%(class)s_added",
                condition=~Q(status__in=[Status.PUBLISHED, Status.WITHDRAWN])
                | Q(added__isnull=False),
                violation_error_message=_("A public record says since when."),
            ),
            CheckConstraint(
                name="%(class)s_changed",
                condition=Q(changed__isnull=True) | Q(changed__gte=F("added")),
                violation_error_message=_("A record is not corrected before it is public."),
            ),
        ]

    def clean(self):
        # The form does not show the status, so the constraint cannot speak for itself there.
        if self.status == Status.WITHDRAWN and not self.reason:
            raise ValidationError({"reason": _("A withdrawn record gives the reason.")})

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED

    @property
    def has_address(self) -> bool:
        """Whether readers have seen the record: its address must go on answering."""
        return self.status in (Status.PUBLISHED, Status.WITHDRAWN, Status.MERGED)

    def missing(self) -> list[Lack]:
        """What the record lacks before it may be published; empty when nothing."""
        return []


def choice_constraint(field: str, choices) -> CheckConstraint:
    """The column holds a value of the vocabulary."""
    return CheckConstraint(
        name=f"%(class)s_{field}", condition=Q(**{f"{field}__in": choices.values})
    )


def refuse_reversed(start: PartialDate | None, end: PartialDate | None) -> None:
    """Raise a `ValidationError` when the start is certainly after the end.

    For `clean()`: Django cannot evaluate the constraint, whose columns the database computes.
    """
    if start and end and start.earliest > end.latest:
        raise ValidationError({"end": _("The start is after the end.")})
