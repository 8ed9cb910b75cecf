"""Dates, countries and languages in the reader's language."""

from collections.abc import Iterable

from babel import Locale
from babel.core import UnknownLocaleError
from babel.numbers import format_percent
from django.utils.dates import MONTHS
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from timeline.dates import DateRange, PartialDate, Precision, whole_months


def _locale() -> Locale:
    return Locale.parse((get_language() or "en")[:2])


def country(code: str) -> str:
    """The name of a country by its ISO 3166 code; an unknown code stands for itself."""
    return _locale().territories.get(code, code)


def language(code: str) -> str:
    """The name of a language by its ISO 639 code; an unknown code stands for itself."""
    try:
        return Locale.parse(code).get_display_name(_locale()) or code
    except (UnknownLocaleError, ValueError):
        return code


def partial_date(date: PartialDate) -> str:
    """A date in words, no more exact than it is known: “August 1924”, 「1924年8月」."""
    return _PATTERNS[date.precision]() % _parts(date)


def date_range(when: DateRange) -> str:
    """A date or an interval in words: “13–18 January 1931”, “c. 1927”."""
    text = _interval(when.start, when.end) if when.end else partial_date(when.start)
    # Translators: a date that is only approximately known.
    return pgettext("date", "c. %(date)s") % {"date": text} if when.approximate else text


def decade(first: int) -> str:
    """A decade by its first year: “1920s”, “1920’ler”, 「1920年代」."""
    # Turkish adds -lar after on, otuz, kırk, altmış and doksan, -ler after the others.
    if first % 100 in (10, 30, 40, 60, 90):
        return pgettext("decade; in Turkish with -lar", "%(decade)ds") % {"decade": first}
    return pgettext("decade; in Turkish with -ler", "%(decade)ds") % {"decade": first}


def percent(number: int) -> str:
    """A whole number of per cent: “12%”, “%12”."""
    return format_percent(number / 100, locale=_locale())


def listed(texts: Iterable[str]) -> str:
    """The texts one after the other, as the reader's language sets them apart."""
    return pgettext("between two of a list", ", ").join(texts)


def what_is_unknown(when: DateRange) -> str:
    """What of the date no source gives, in words; "" when the day is known."""
    if when.approximate:
        return _("date approximate")
    return {
        Precision.YEAR: _("month and day not known"),
        Precision.MONTH: _("day not known"),
        Precision.DAY: "",
    }[when.precision]


def time_between(since: DateRange, until: DateRange) -> str:
    """How much later something happened: “3 years 5 months”; "" unless both days are known."""
    if since.is_vague or until.is_vague:
        return ""
    days = (until.earliest - since.latest).days
    if days < 1:
        return _("same day")
    years, months = divmod(whole_months(since.latest, until.earliest), 12)
    parts = {
        "years": ngettext("%(n)d year", "%(n)d years", years) % {"n": years},
        "months": ngettext("%(n)d month", "%(n)d months", months) % {"n": months},
    }
    if years and months:
        # Translators: a length of time, such as “3 years 5 months”.
        return pgettext("length of time", "%(years)s %(months)s") % parts
    if years or months:
        return parts["years"] if years else parts["months"]
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


# Month names are words; the Japanese ones are 1月 to 12月.
_PATTERNS = {
    Precision.YEAR: lambda: pgettext("date", "%(year)d"),
    Precision.MONTH: lambda: pgettext("date", "%(month)s %(year)d"),
    Precision.DAY: lambda: pgettext("date", "%(day)d %(month)s %(year)d"),
}


def _parts(date: PartialDate, prefix: str = "") -> dict:
    return {
        f"{prefix}year": date.year,
        f"{prefix}month": MONTHS.get(date.month, ""),
        f"{prefix}day": date.day,
    }


def _interval(start: PartialDate, end: PartialDate) -> str:
    parts = _parts(start) | _parts(end, "last_")
    match start.precision, end.precision, start.year == end.year:
        case Precision.DAY, Precision.DAY, True if start.month == end.month:
            pattern = pgettext("date", "%(day)d–%(last_day)d %(month)s %(year)d")
        case Precision.DAY, Precision.DAY, True:
            pattern = pgettext("date", "%(day)d %(month)s – %(last_day)d %(last_month)s %(year)d")
        case Precision.MONTH, Precision.MONTH, True:
            pattern = pgettext("date", "%(month)s–%(last_month)s %(year)d")
        case Precision.YEAR, Precision.YEAR, _different:
            pattern = pgettext("date", "%(year)d–%(last_year)d")
        case _other:
            pattern = pgettext("date", "%(start)s – %(end)s")
            parts |= {"start": partial_date(start), "end": partial_date(end)}
    return pattern % parts
