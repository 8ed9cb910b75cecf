"""CSL-JSON, as Zotero and citation services write it."""

import json

from django.utils.translation import gettext as _

from timeline.choices import SourceKind
from timeline.pasting.entry import Pasted, PasteError, inverted, person

_KINDS = {
    "article-newspaper": SourceKind.PRESS,
    "article-journal": SourceKind.SCHOLARLY,
    "paper-conference": SourceKind.SCHOLARLY,
    "thesis": SourceKind.SCHOLARLY,
    "entry-encyclopedia": SourceKind.REFERENCE,
    "entry-dictionary": SourceKind.REFERENCE,
    "treaty": SourceKind.TREATY_TEXT,
}


def read(text: str) -> list[Pasted]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise PasteError(
            _("The text begins like CSL-JSON, but it is not JSON: look at line %(line)d.")
            % {"line": line}
        ) from error
    if isinstance(data, dict):
        data = data.get("items", [data])
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise PasteError(_("CSL-JSON is a list of sources; this is another kind of JSON."))
    return [_pasted(one) for one in data]


def _pasted(item: dict) -> Pasted:
    pasted = Pasted()
    pasted.say("title", _text(item.get("title")))
    pasted.say("author", ", ".join(_names(item.get("author"))))
    pasted.say("publisher", _text(item.get("publisher")))
    pasted.say("publisher", _text(item.get("container-title")))
    pasted.say("url", _text(item.get("URL")))
    pasted.say("archive_location", _text(item.get("archive_location")))
    pasted.say("kind", _KINDS.get(_text(item.get("type"))))
    pasted.say_language(_text(item.get("language")))
    pasted.say_date("date", _date(item.get("issued")))
    pasted.say_date("accessed", _date(item.get("accessed")))
    return pasted


def _text(value) -> str:
    return str(value) if type(value) in (str, int) else ""


def _names(people) -> list[str]:
    if not isinstance(people, list):
        return []
    names = []
    for one in people:
        if isinstance(one, dict):
            family, given = _text(one.get("family")), _text(one.get("given"))
            names.append(_text(one.get("literal")) or person(family, given))
        else:
            names.append(inverted(_text(one)))
    return [name for name in names if name]


def _date(value) -> str:
    """A date of CSL as a text; of a range its beginning alone would say too much."""
    if not isinstance(value, dict):
        return ""
    parts = value.get("date-parts")
    if not isinstance(parts, list) or not parts or not isinstance(parts[0], list):
        return _text(value.get("raw")) or _text(value.get("literal"))
    shown = [
        "-".join(_text(part).zfill(2) for part in one) for one in parts if isinstance(one, list)
    ]
    return "/".join(shown) + ("~" if value.get("circa") else "")
