from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timeline.choices import AgreementRelation, EventRelation, Importance, Kind, Role
from timeline.dates import DateRange, Precision
from timeline.fields import DateBound, PartialDateField
from timeline.models.actors import Actor
from timeline.models.agreements import Agreement, Titled
from timeline.models.base import Lack, choice_constraint, refuse_reversed
from timeline.models.vocabulary import Place, Sector
from timeline.querysets import EventQuerySet, LinkQuerySet, ParticipationQuerySet


class Event(Titled):
    """Something that happened between the two countries and can be cited."""

    start = PartialDateField(
        _("date, or from"),
        help_text=_("1924, 1924-08 or 1924-08-03: what the evidence says and no more."),
    )
    end = PartialDateField(
        _("to"), null=True, blank=True, help_text=_("Only for what lasted longer than a day.")
    )
    approximate = models.BooleanField(
        _("about"), default=False, help_text=_("The sources give the date as circa.")
    )
    start_earliest = DateBound(of="start", end="earliest")
    start_latest = DateBound(of="start", end="latest")
    end_earliest = DateBound(of="end", otherwise="start", end="earliest")
    end_latest = DateBound(of="end", otherwise="start", end="latest")
    background = models.BooleanField(
        _("background"),
        default=False,
        help_text=_("Happened before 1924 and explains what came later."),
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    importance = models.CharField(
        _("importance"),
        max_length=8,
        choices=Importance,
        default=Importance.STANDARD,
        help_text=_("Landmark: what any history of the relationship must name."),
    )
    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        help_text=_("The day of an event is the civil date at its place."),
    )
    sectors = models.ManyToManyField(
        Sector, verbose_name=_("sectors"), through="EventSector", related_name="events"
    )

    objects = EventQuerySet.as_manager()

    class Meta(Titled.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["start_earliest", "start_latest", "slug"]
        indexes = [
            # As readers see them, and as curators do.
            models.Index(fields=["status", "start_earliest", "start_latest", "slug"]),
            models.Index(name="event_order", fields=["start_earliest", "start_latest", "slug"]),
            # In each of these orders curators leaf through drafts and all.
            *(
                models.Index(name=f"event_by_{column}", fields=[column])
                for column in ("title_en", "start", "end", "kind", "importance")
            ),
        ]
        constraints = [
            *Titled.Meta.constraints,
            choice_constraint("kind", Kind),
            choice_constraint("importance", Importance),
            CheckConstraint(
                name="event_start_not_after_end",
                condition=Q(start_earliest__lte=F("end_latest")),
                violation_error_message=_("The start is after the end."),
            ),
        ]

    def __str__(self):
        return f"{self.title_en} ({self.start})"

    def get_absolute_url(self):
        return reverse("event", args=[self.slug])

    @property
    def when(self) -> DateRange:
        return DateRange(self.start, self.end, self.approximate)

    @property
    def is_landmark(self) -> bool:
        return self.importance == Importance.LANDMARK

    @property
    def year(self) -> int:
        """The year in which a list places the event: that of its start."""
        return self.start.year

    @property
    def decade(self) -> int:
        return self.year // 10 * 10

    @property
    def shown_precision(self) -> str:
        """How exact a line or a bar for the date may look: day, month or year."""
        return Precision.YEAR if self.approximate else self.when.precision

    def searched_texts(self) -> list[str]:
        names = [
            name
            for participation in self.participants.all()
            for name in participation.actor.all_names
        ]
        return [*self.own_texts(), *names, *(self.place.all_names if self.place else [])]

    def clean(self):
        super().clean()
        refuse_reversed(self.start, self.end)

    def missing(self) -> list[Lack]:
        lacks = super().missing()
        if not self.sector_links.all():
            lacks.append(Lack(_("a sector"), "sector_links"))
        if not any(citation.supports for citation in self.citations.all()):
            lacks.append(Lack(_("a supporting citation"), "citations"))
        return lacks


class EventSector(models.Model):
    """A sector of an event; the first is the main one, and there are at most three."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sector_links")
    sector = models.ForeignKey(
        Sector, verbose_name=_("sector"), on_delete=models.PROTECT, related_name="event_links"
    )
    rank = models.PositiveSmallIntegerField(
        _("rank"), choices=[(1, _("main")), (2, _("second")), (3, _("third"))], default=1
    )

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["rank"]
        constraints = [
            UniqueConstraint(
                name="eventsector_sector_once",
                fields=["event", "sector"],
                violation_error_message=_("The sector is already given."),
            ),
            UniqueConstraint(
                name="eventsector_rank_once",
                fields=["event", "rank"],
                violation_error_message=_("Two sectors have the same rank."),
            ),
            CheckConstraint(name="eventsector_rank", condition=Q(rank__in=[1, 2, 3])),
        ]

    def __str__(self):
        return str(self.sector)


class Participation(models.Model):
    """An actor in an event, and in which role."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participants")
    actor = models.ForeignKey(
        Actor,
        verbose_name=_("actor"),
        on_delete=models.PROTECT,
        related_name="participations",
    )
    role = models.CharField(_("role"), max_length=11, choices=Role, default=Role.PARTICIPANT)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["id"]
        constraints = [
            choice_constraint("role", Role),
            UniqueConstraint(
                name="participation_once",
                fields=["event", "actor", "role"],
                violation_error_message=_("The actor already stands here in this role."),
            ),
        ]

    def __str__(self):
        return f"{self.actor} ({self.get_role_display()})"


class AgreementLink(models.Model):
    """What an event did to an agreement."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="agreement_links")
    agreement = models.ForeignKey(
        Agreement,
        verbose_name=_("agreement"),
        on_delete=models.PROTECT,
        related_name="event_links",
    )
    relation = models.CharField(_("what was done to it"), max_length=18, choices=AgreementRelation)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement concerned")
        verbose_name_plural = _("agreements concerned")
        ordering = ["id"]
        constraints = [
            choice_constraint("relation", AgreementRelation),
            UniqueConstraint(
                name="agreementlink_once",
                fields=["event", "agreement", "relation"],
                violation_error_message=_("The agreement is already given."),
            ),
        ]

    def __str__(self):
        return f"{self.get_relation_display()}: {self.agreement}"


class EventLink(models.Model):
    """How one event stands to another, said from one side only."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="related")
    target = models.ForeignKey(
        Event,
        verbose_name=_("other event"),
        on_delete=models.CASCADE,
        related_name="related_from",
    )
    relation = models.CharField(_("relation"), max_length=12, choices=EventRelation)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("related event")
        verbose_name_plural = _("related events")
        ordering = ["id"]
        constraints = [
            choice_constraint("relation", EventRelation),
            UniqueConstraint(
                name="eventlink_once",
                fields=["event", "target", "relation"],
                violation_error_message=_("The relation is already given."),
            ),
            CheckConstraint(
                name="eventlink_other_event",
                condition=~Q(event=F("target")),
                violation_error_message=_("An event cannot be related to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.get_relation_display()} {self.target}"

    @property
    def seen_from_target(self) -> str:
        """The relation in words, as it reads on the page of the other event."""
        return _SEEN_FROM_TARGET[self.relation]


_SEEN_FROM_TARGET = {
    EventRelation.LEADS_TO: _("led to this"),
    EventRelation.FOLLOWS: _("followed from this"),
    EventRelation.COMMEMORATES: _("commemorates this"),
    EventRelation.PART_OF: _("part of this"),
}
