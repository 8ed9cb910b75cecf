"""The picture of two records that are one, and of those that name them: plain data, no database."""

from collections.abc import Iterable
from copy import deepcopy

from timeline.pictures import REFERENCES

# Lines of a list that say the same although they differ elsewhere.
KEYS = {
    "citations": ("source", "part", "locator"),
    "participants": ("actor", "role"),
    "agreements": ("agreement", "relation"),
    "related": ("event", "relation"),
    "dates": ("kind", "date"),
    "offices": ("title", "institution", "start", "end"),
    "disputes": ("about", "question"),
}
# What is named in a list once, whoever names it.
NAMED = ("sectors", "parties", "events")
UNITED = [*KEYS, "sectors", "parties"]
MOST_SECTORS = 3
# What is not chosen: it belongs to the one record or follows from the merger.
NOT_CHOSEN = {
    *UNITED,
    *("id", "slug", "status", "reason", "merged_into", "added", "changed"),
    *("aliases", "translations"),
}


def choosable(kept: dict, given_up: dict) -> list[str]:
    """The fields in which the two differ, and of which either may stand."""
    names = dict.fromkeys([*kept, *given_up])
    return [
        name for name in names if name not in NOT_CHOSEN and kept.get(name) != given_up.get(name)
    ]


def united(kind: str, kept: dict, given_up: dict, fields: Iterable[str] = ()) -> dict:
    """The picture of the record that stays, with the named fields of the other."""
    result = deepcopy(kept)
    for name in fields:
        if name in given_up:
            result[name] = deepcopy(given_up[name])
        else:
            result.pop(name, None)
    for name in UNITED:
        lines = [*kept.get(name, []), *given_up.get(name, [])]
        if lines:
            result[name] = lines
    if kind == "events" and "sectors" in result:
        result["sectors"] = list(dict.fromkeys(result["sectors"]))[:MOST_SECTORS]
    if kind in ("actors", "places"):
        result["aliases"] = _all_names(result, kept, given_up)
    if "translations" in kept or "translations" in given_up:
        result["translations"] = _marks(kept, given_up, fields)
    result = {name: said for name, said in result.items() if said not in ([], {})}
    return renamed(kind, result, kind, given_up["slug"], kept["slug"])


def _marks(kept: dict, given_up: dict, fields: Iterable[str]) -> dict:
    """Texts that are all taken from one record keep what is known of their translation."""
    texts = {name for name in ("name", "title", "summary") if name in {**kept, **given_up}}
    source = given_up if texts <= set(fields) else kept
    return source.get("translations", {})


def _all_names(result: dict, kept: dict, given_up: dict) -> list[str]:
    """Every name that one of the two had and that is not that of the record."""
    called = set(result["name"].values())
    names = [*kept.get("aliases", []), *given_up.get("aliases", [])]
    names += [*kept["name"].values(), *given_up["name"].values()]
    return [name for name in dict.fromkeys(names) if name not in called]


def renamed(kind: str, picture: dict, target: str, old: str, new: str) -> dict:
    """The picture with every reference to one record turned into one to another, each once."""
    result = _renamed(kind, picture, target, old, new)
    own = result.get("slug")
    if kind == "events" and "related" in result:
        result["related"] = [one for one in result["related"] if one["event"] != own]
    return _without_doubles(result)


def _renamed(kind: str, said: dict, target: str, old: str, new: str) -> dict:
    result = {}
    for name, value in said.items():
        leads_to = kind if name == "merged_into" else REFERENCES.get(name)
        if isinstance(value, list):
            value = [
                _renamed(kind, one, target, old, new)
                if isinstance(one, dict)
                else new
                if leads_to == target and one == old
                else one
                for one in value
            ]
        elif leads_to == target and value == old:
            value = new
        result[name] = value
    return result


def _without_doubles(said: dict) -> dict:
    result = {}
    for name, value in said.items():
        if name in NAMED:
            value = list(dict.fromkeys(value))
        elif name in KEYS:
            value = _collapsed(name, [_without_doubles(one) for one in value])
        elif isinstance(value, list):
            value = [_without_doubles(one) if isinstance(one, dict) else one for one in value]
        result[name] = value
    return result


def _collapsed(name: str, lines: list[dict]) -> list[dict]:
    """Each line once. What only the double says goes over to the one that stays."""
    kept: dict[str, dict] = {}
    for line in lines:
        key = repr([line.get(column) for column in KEYS[name]])
        first = kept.setdefault(key, line)
        if first is not line:
            for column, value in line.items():
                if column == "citations":
                    both = [*first.get(column, []), *value]
                    first[column] = _collapsed(column, both)
                elif not first.get(column):
                    first[column] = value
    return list(kept.values())
