"""What a release says differently from the one before."""

import csv
import io
from collections import defaultdict

from timeline.releases.rows import RECORDS, Rows

KINDS = ["added", "corrected", "withdrawn", "merged"]
# The column by which the rows of other tables belong to a record.
OWNER = {"events": "event", "actors": "actor", "agreements": "agreement", "stories": "story"}
_PARTS = {
    "events": ["event_sectors", "participants", "event_agreements", "event_links"],
    "actors": ["offices"],
    "agreements": ["agreement_dates", "agreement_sectors", "parties"],
    "stories": ["story_sectors", "story_steps", "step_events"],
}
_EVIDENCE = ["disputes", "claims", "citations"]

Changes = dict[str, dict[str, list[str]]]


def read(tables: dict[str, bytes]) -> Rows:
    """The rows of a release from its CSV files."""
    return {
        name.removesuffix(".csv"): _rows(content)
        for name, content in tables.items()
        if name.endswith(".csv")
    }


def _rows(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def between(before: Rows, after: Rows) -> Changes:
    """By kind of record, the slugs of those added, corrected, withdrawn and merged since.

    Both as `read()` gives them. Only columns that both have are compared: a new column corrects
    no record.
    """
    gone = [
        (one["kind"], one["slug"], one["status"])
        for one in after["tombstones"]
        if one not in before["tombstones"]
    ]
    changes = {}
    for kind in RECORDS:
        old, new = _records(kind, before, after), _records(kind, after, before)
        changes[kind] = {
            "added": [slug for slug in new if slug not in old],
            "corrected": [slug for slug in new if slug in old and new[slug] != old[slug]],
            "withdrawn": [slug for of, slug, status in gone if (of, status) == (kind, "withdrawn")],
            "merged": [slug for of, slug, status in gone if (of, status) == (kind, "merged")],
        }
    return changes


def text(number: str, last: str, changes: Changes, tombstones: list[dict]) -> str:
    """What changed, in Markdown; `last` is the number of the release before, or ""."""
    lines = [f"# What changed in release {number}\n"]
    lines.append(f"Since release {last}.\n" if last else "The first release.\n")
    reasons = {(one["kind"], one["slug"]): one for one in tombstones}
    for kind, found in changes.items() if last else []:
        for what in KINDS:
            if found[what]:
                lines.append(f"## {kind} {what}: {len(found[what])}\n")
                lines += [_line(slug, reasons.get((kind, slug))) for slug in found[what]]
                lines.append("")
    if last and not any(any(found.values()) for found in changes.values()):
        lines.append("Nothing.\n")
    return "\n".join(lines)


def _line(slug: str, tombstone: dict | None) -> str:
    if not tombstone:
        return f"- `{slug}`"
    if tombstone["merged_into"]:
        return f"- `{slug}`: merged into `{tombstone['merged_into']}`"
    return f"- `{slug}`: {tombstone['reason']}"


def _records(kind: str, here: Rows, there: Rows) -> dict[str, list]:
    """What is said of each record: its own row, and the rows that hang on it."""
    said = {row["slug"]: [_shared(kind, row, there)] for row in here.get(kind, [])}
    owner = OWNER.get(kind)
    hanging = defaultdict(list)
    for table in [*_PARTS.get(kind, []), *(_EVIDENCE if owner else [])]:
        for row in here.get(table, []):
            if row.get(owner):
                hanging[row[owner]].append((table, _shared(table, row, there)))
    for slug, rows in hanging.items():
        if slug in said:
            said[slug] += rows
    return said


def _shared(table: str, row: dict, there: Rows) -> dict:
    """The columns that both releases have. A number that only counts says nothing of a record."""
    other = there.get(table)
    names = other[0] if other else row
    ignored = {"number"} if table == "citations" else set()
    return {name: row[name] for name in row if name in names and name not in ignored}
