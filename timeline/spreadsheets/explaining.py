"""What each column holds, for the second sheet of a template."""

from django.utils.translation import gettext as _

from timeline import choices
from timeline.spreadsheets.columns import SHEETS

_KINDS = {
    "events": choices.Kind,
    "actors": choices.ActorKind,
    "agreements": choices.AgreementKind,
    "sources": choices.SourceKind,
}
_WORDS = {
    "importance": choices.Importance,
    "standing": choices.Standing,
    "side": choices.Side,
    "part": choices.Part,
    "stance": choices.Stance,
}


def explained(kind: str) -> list[list[str]]:
    """The lines of that sheet: a column, whether it is needed, what it holds."""
    sheet = SHEETS[kind]
    return [
        [column.name, _("needed") if column.name in sheet.needed else "", _holds(column.name, kind)]
        for column in sheet.columns
    ]


def _holds(name: str, kind: str) -> str:
    if vocabulary := _KINDS.get(kind) if name == "kind" else _WORDS.get(name):
        return ", ".join(vocabulary.values)
    if name == "agreements":
        return f"slug: {'/'.join(choices.AgreementRelation.values)}; …"
    if name == "related":
        return f"slug: {'/'.join(choices.EventRelation.values)}; …"
    if name == "participants":
        return f"slug: {'/'.join(choices.Role.values)}; …"
    if name == "dates":
        return f"{'/'.join(choices.AgreementDateKind.values)}: 1930-10-11, ankara; …"
    if name == "date" and kind == "events":
        return "1924, 1924-08, 1924-08-06, 1927~, 1931-01-13/1931-01-18"
    return _plainly().get(name, "")


def _plainly() -> dict[str, str]:
    slug = _("the slug of a record")
    return {
        "slug": _("lower-case letters, digits and hyphens; the name of the record in addresses"),
        "language": _("the language of the document, as an ISO 639 code: en, tr, ja"),
        "country": _("an ISO 3166 code: JP, TR"),
        "aliases": _("other names, one to a line"),
        "background": _("true, or empty"),
        "sectors": _(
            "slugs, separated by semicolons; of an event at most three, the main one first"
        ),
        "parties": _("slugs, separated by semicolons"),
        "date": "1924, 1924-08, 1924-08-06",
        "accessed": "1924, 1924-08, 1924-08-06",
        "note": _("a note for curators, not for readers; of a citation: what the source says"),
        **dict.fromkeys(("place", "event", "agreement", "source"), slug),
    }
