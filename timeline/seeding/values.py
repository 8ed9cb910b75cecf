"""The values of the data files: each checks what was written and says what it expected."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from timeline.dates import DateRange, PartialDate


def one_of(vocabulary):
    def check(value: str) -> str:
        if value not in vocabulary.values:
            said = _("“%(value)s” is none of: %(words)s.")
            raise ValueError(said % {"value": value, "words": ", ".join(vocabulary.values)})
        return value

    return Annotated[str, AfterValidator(check)]


def _reads(parse):
    def check(value: str) -> str:
        # What is written back is what was read, in its one canonical form.
        return str(parse(value))

    return Annotated[str, AfterValidator(check)]


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", value) or len(value) > 80:
        said = _("“%s” is not a slug: lower-case letters, digits and hyphens, at most 80.")
        raise ValueError(said % value[:100])
    return value


def _truth(value: object) -> object:
    if value not in ("true", "false", True, False):
        raise ValueError(_("“%s” is neither true nor false.") % value)
    return value in ("true", True)


def first_day(partial: str | None) -> str:
    return PartialDate.parse(partial).earliest.isoformat() if partial else ""


def at_most(length: int):
    return Annotated[str, StringConstraints(min_length=1, max_length=length)]


class Reference(NamedTuple):
    """Marks a field whose slugs lead to records of that kind (see `KINDS`)."""

    kind: str


def to(kind: str):
    return Annotated[Slug, Reference(kind)]


def perhaps_to(kind: str):
    return Annotated[Slug | None, Reference(kind)]


def several(kind: str, **limits):
    return Annotated[list[Slug], Reference(kind), Field(**limits)]


def _state(value: str) -> str:
    if not re.fullmatch(r"(unreviewed|reviewed) [0-9a-f]{8}", value):
        raise ValueError(
            f"“{value[:40]}” is not “unreviewed” or “reviewed” with the mark of the English text."
        )
    return value


Mark = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]
TranslationState = Annotated[str, AfterValidator(_state)]
Slug = Annotated[str, AfterValidator(_slug)]
Truth = Annotated[bool, BeforeValidator(_truth)]
Edtf = _reads(DateRange.parse)
Partial = _reads(PartialDate.parse)
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=600)]
Day = _reads(date.fromisoformat)
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Coordinate = Annotated[Decimal, Field(ge=-180, le=180, decimal_places=4)]
