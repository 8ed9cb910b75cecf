"""What needs work: each question is asked by a list in the admin, and counted on its first page."""

import datetime
from typing import Self

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import SHA256, Concat, Substr

from timeline.choices import LinkStatus, ReportState, Stance, Status, Translation
from timeline.querysets.base import RecordQuerySet

LANGUAGES = ("tr", "ja")
ALL = 10**9
GIVEN_UP = 3
"""From so many attempts in succession on, an address that does not answer is taken for dead."""


class Sha256(SHA256):
    """Django's own asks PostgreSQL for an extension; every server since 11 has this built in."""

    def as_postgresql(self, compiler, connection, **context):
        template = "ENCODE(SHA256(CONVERT_TO(%(expressions)s, 'UTF8')), 'hex')"
        return super().as_sql(compiler, connection, template=template, **context)


def _mark(fields: list[str]) -> Substr:
    """What `models.base.mark_of()` says of some columns, worked out by the database."""
    texts = [part for field in fields for part in (Value("\x1f"), F(f"{field}_en"))][1:]
    joined = Concat(*texts, output_field=TextField()) if len(texts) > 1 else texts[0]
    return Substr(Sha256(joined), 1, 8)


class WorkQuerySet(RecordQuerySet):
    """Records with a status."""

    def awaiting_review(self) -> Self:
        return self.filter(status=Status.IN_REVIEW)

    def returned_to(self, user) -> Self:
        """Drafts that an editor gave back to whoever entered them, with a note."""
        return self.filter(status=Status.DRAFT, created_by=user.pk).exclude(returned="")

    def at_work(self) -> Self:
        """Records that are public, or on their way."""
        return self.filter(status__in=[Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED])

    def own(self, name: str) -> QuerySet:
        """What hangs on each record, for a subquery; the foreign key is named after the model."""
        return self.related(name).filter(**{self.model._meta.model_name: OuterRef("pk")})


class CheckedQuerySet(WorkQuerySet):
    """Records that curators translate, and compare with their sources."""

    def translated(self, language: str, state: str) -> Self:
        """Records whose translation into "tr" or "ja" is in the state.

        The answer is that of `TranslatedModel.translation()`.
        """
        missing = self._untranslated(language)
        if state == Translation.MISSING:
            return self.filter(missing)
        there = self.exclude(missing).alias(english_now=_mark(self.model.TRANSLATED))
        of = f"{language}_of"
        if state == Translation.STALE:
            return there.exclude(**{of: F("english_now")})
        is_reviewed = {f"{language}_reviewed": state == Translation.REVIEWED}
        return there.filter(**{of: F("english_now")}, **is_reviewed)

    def _untranslated(self, language: str) -> Q:
        fields = self.model.TRANSLATED
        lacks = (~Q(**{f"{field}_en": ""}) & Q(**{f"{field}_{language}": ""}) for field in fields)
        return Q(*lacks, _connector=Q.OR)

    def count_by_translation(self) -> dict[tuple[str, str], int]:
        """By language and state, how many records `translated()` finds."""
        asked = {}
        for language in LANGUAGES:
            there = {f"lacks_{language}": False}
            is_current = Q(**{f"{language}_of": F("english_now")}, **there)
            reviewed = f"{language}_reviewed"
            asked |= {
                (language, Translation.MISSING): Q(**{f"lacks_{language}": True}),
                (language, Translation.STALE): Q(**there)
                & ~Q(**{f"{language}_of": F("english_now")}),
                (language, Translation.REVIEWED): is_current & Q(**{reviewed: True}),
                (language, Translation.UNREVIEWED): is_current & Q(**{reviewed: False}),
            }
        lacks = {
            f"lacks_{language}": ExpressionWrapper(
                self._untranslated(language), output_field=BooleanField()
            )
            for language in LANGUAGES
        }
        marked = self.order_by().annotate(english_now=_mark(self.model.TRANSLATED), **lacks)
        # Behind a limit each mark is worked out once, and not for each question again.
        found = marked[:ALL].aggregate(
            **{
                f"{language}_is_{state}": Count("pk", filter=q)
                for (language, state), q in asked.items()
            }
        )
        return {(language, state): found[f"{language}_is_{state}"] for language, state in asked}

    def to_translate(self, language: str, state: str) -> Self:
        """The published ones among them."""
        return self.published().translated(language, state)

    def with_check(self) -> Self:
        """Adds `checked_on`, the day of the last check, and `check_is_current`; or None."""
        last = self.own("checks").order_by("-on", "-pk")
        return self.annotate(
            checked_on=Subquery(last.values("on")[:1]),
            check_is_current=Subquery(last.values("is_current")[:1]),
        )

    def never_checked(self) -> Self:
        return self.published().filter(~Exists(self.own("checks")))

    def changed_since_check(self) -> Self:
        return self.published().with_check().filter(check_is_current=False)

    def not_checked_since(self, day: datetime.date) -> Self:
        """Records whose last check still holds, but is older than that."""
        return self.published().with_check().filter(check_is_current=True, checked_on__lt=day)


class DisputedQuerySet(CheckedQuerySet):
    """Records on which sources may disagree."""

    def disputed_without_reason(self) -> Self:
        """Records that a source disputes although no question says what is preferred and why.

        Either there is none, or one of them gives no reason or prefers no claim.
        """
        questions = self.own("disputes")
        contradicted = Exists(self.own("citations").filter(stance=Stance.DISPUTES))
        return self.at_work().filter(
            Exists(questions.unexplained()) | (contradicted & ~Exists(questions))
        )


class LinkCheckQuerySet(QuerySet):
    """What came of asking for the addresses of sources."""

    def present(self) -> Self:
        """Of the addresses that the sources give now."""
        columns = ("url", "copy_url", "archived_url")
        same = (Q(column=name, address=F(f"source__{name}")) for name in columns)
        return self.filter(Q(*same, _connector=Q.OR))

    def dead(self) -> Self:
        """Gone, or not to be reached several times in succession."""
        silent = Q(status__in=[LinkStatus.TIMEOUT, LinkStatus.UNREACHABLE], failures__gte=GIVEN_UP)
        return self.present().filter(Q(status=LinkStatus.MISSING) | silent)

    def moved(self) -> Self:
        return self.present().filter(status=LinkStatus.MOVED)


class ReportQuerySet(QuerySet):
    """Errors that readers reported."""

    def open(self) -> Self:
        return self.filter(state__in=[ReportState.RECEIVED, ReportState.LOOKED_AT])

    def for_page(self) -> Self:
        """With the record that each is about."""
        return self.select_related("event", "agreement", "actor", "source")
