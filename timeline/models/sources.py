from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timeline.choices import Part, Side, SourceKind, Stance
from timeline.fields import DateBound, PartialDateField
from timeline.models.base import Localized, Record, choice_constraint
from timeline.querysets import CitationQuerySet, SourceQuerySet

CITED = ["event", "agreement", "agreement_date", "tenure", "claim", "story_step"]


class Source(Record):
    """A document on which statements of the record rest."""

    title = models.CharField(
        _("title"), max_length=400, help_text=_("As printed, in the language of the document.")
    )
    language = models.CharField(
        _("language"),
        max_length=3,
        help_text=_("The language of the document, as an ISO 639 code: en, tr, ja."),
    )
    author = models.CharField(_("author"), max_length=200, blank=True)
    publisher = models.CharField(
        _("publisher"),
        max_length=200,
        blank=True,
        help_text=_("One publisher, one spelling: look at what is there first."),
    )
    date = PartialDateField(_("date of the document"), null=True, blank=True)
    date_earliest = DateBound(of="date", end="earliest")
    kind = models.CharField(_("kind"), max_length=12, choices=SourceKind)
    side = models.CharField(
        _("side"),
        max_length=8,
        choices=Side,
        help_text=_("Whose account it is. An ambassador’s article abroad is the sender’s."),
    )
    url = models.URLField(_("web address"), max_length=600, blank=True)
    copy_url = models.URLField(
        _("address of a copy"),
        max_length=600,
        blank=True,
        help_text=_("Where a copy was read, when not at the publisher’s own address."),
    )
    archived_url = models.URLField(_("archived copy"), max_length=600, blank=True)
    accessed = PartialDateField(_("read on"), null=True, blank=True)
    archive_location = models.CharField(
        _("place in an archive"),
        max_length=200,
        blank=True,
        help_text=_("Shelf mark or file number of a document that is kept on paper."),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["publisher", "date", "slug"]
        indexes = [
            models.Index(name="source_in_order", fields=["publisher", "date", "slug"]),
            *(
                models.Index(name=f"source_by_{column}", fields=[column])
                for column in ("title", "date", "kind", "side", "language")
            ),
        ]
        constraints = [
            *Record.Meta.constraints,
            choice_constraint("kind", SourceKind),
            choice_constraint("side", Side),
            CheckConstraint(name="source_title", condition=~Q(title="")),
        ]

    def __str__(self):
        return ", ".join(str(part) for part in (self.title, self.publisher, self.date) if part)

    def get_absolute_url(self):
        return reverse("source", args=[self.slug])

    @property
    def heading(self) -> Localized:
        return Localized(self.title, self.language)

    def searched_texts(self) -> list[str]:
        return [self.title, self.author, self.publisher]


class Citation(models.Model):
    """What one source says of one thing: exactly one of the targets below."""

    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="citations"
    )
    event = models.ForeignKey(
        "Event", null=True, blank=True, on_delete=models.CASCADE, related_name="citations"
    )
    agreement = models.ForeignKey(
        "Agreement", null=True, blank=True, on_delete=models.CASCADE, related_name="citations"
    )
    agreement_date = models.ForeignKey(
        "AgreementDate", null=True, blank=True, on_delete=models.CASCADE, related_name="citations"
    )
    tenure = models.ForeignKey(
        "Tenure", null=True, blank=True, on_delete=models.CASCADE, related_name="citations"
    )
    claim = models.ForeignKey(
        "Claim", null=True, blank=True, on_delete=models.CASCADE, related_name="citations"
    )
    story_step = models.ForeignKey(
        "StoryStep", null=True, blank=True, on_delete=models.CASCADE, related_name="citations"
    )
    part = models.CharField(
        _("part"),
        max_length=12,
        choices=Part,
        default=Part.SUMMARY,
        help_text=_("Which part of the record it speaks of; the note mark stands after it."),
    )
    stance = models.CharField(_("stance"), max_length=8, choices=Stance, default=Stance.SUPPORTS)
    locator = models.CharField(
        _("where"),
        max_length=100,
        blank=True,
        help_text=_("Paragraph, page or article: ¶ 3, p. 12, art. 4. Empty when not known."),
    )
    note = models.CharField(
        _("what it says"),
        max_length=400,
        blank=True,
        help_text=_("In English, in our own words. Shown with the source."),
    )

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["id"]
        constraints = [
            choice_constraint("part", Part),
            choice_constraint("stance", Stance),
            CheckConstraint(
                name="citation_one_target",
                condition=Q(
                    *(
                        Q(**{f"{other}__isnull": other != target for other in CITED})
                        for target in CITED
                    ),
                    _connector=Q.OR,
                ),
                violation_error_message=_("A citation has exactly one target."),
            ),
            *(
                UniqueConstraint(
                    name=f"citation_once_per_{target}",
                    fields=[target, "source", "part", "locator"],
                    violation_error_message=_("This source is already cited for this part."),
                )
                for target in CITED
            ),
        ]

    def __str__(self):
        return f"{self.source} {self.locator}".strip()

    @property
    def supports(self) -> bool:
        """Whether readers can see that the source says so."""
        return self.stance == Stance.SUPPORTS and self.source.is_published

    @property
    def target(self):
        """The thing it speaks of."""
        return next(getattr(self, name) for name in CITED if getattr(self, f"{name}_id"))

    @property
    def record(self):
        """The event, agreement, actor or story to whose page the citation belongs."""
        return getattr(self.target, "record", self.target)
