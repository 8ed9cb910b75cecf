"""RIS, as Zotero, EndNote and Mendeley read it. A partial date keeps its empty parts: 1924/08//."""

from timeline.exports import csl

LABEL = "RIS"
CONTENT_TYPE = "application/x-research-info-systems; charset=utf-8"
KINDS, SINGLE, NEEDS_DAYS = csl.KINDS, csl.SINGLE, csl.NEEDS_DAYS
FOR_CITING = True

# A treaty as LEGAL would become a court case in Zotero.
_TYPES = {
    "entry-encyclopedia": "ENCYC",
    "treaty": "STAT",
    "article-newspaper": "NEWS",
    "webpage": "ELEC",
    "document": "GEN",
}


def render(records, about):
    for record in records:
        yield from _lines(csl.item(record, about))


def _lines(item: dict):
    author = item["author"][0]["literal"] if "author" in item else None
    fields = {
        "TY": _TYPES[item["type"]],
        "ID": item["id"],
        "TI": item["title"],
        "AU": author,
        "T2": item.get("container-title"),
        "PB": item.get("publisher"),
        "DP": item.get("source"),
        "PY": _year(item.get("issued")),
        "DA": _date(item.get("issued")),
        "ET": item.get("version"),
        "AN": item.get("archive_location"),
        "LA": item["language"],
        "N1": item.get("note"),
        "UR": item.get("URL"),
        "Y2": _date(item.get("accessed")),
    }
    yield from (f"{tag}  - {value}\r\n" for tag, value in fields.items() if value)
    yield "ER  - \r\n\r\n"


def _year(variable: dict | None) -> str:
    return f"{variable['date-parts'][0][0]:04}" if variable else ""


def _date(variable: dict | None) -> str:
    """Year, month, day and, where there is more to say, “circa”."""
    if not variable:
        return ""
    year, month, day = [*variable["date-parts"][0], None, None][:3]
    rest = "circa" if variable.get("circa") else ""
    return "/".join([f"{year:04}", *(f"{part:02}" if part else "" for part in (month, day)), rest])
