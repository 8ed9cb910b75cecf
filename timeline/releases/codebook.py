"""The codebook of a release, made from the very columns that its tables are made of."""

import datetime

from timeline.releases.columns import Column, Table
from timeline.releases.rows import Rows
from timeline.releases.tables import TABLES

HEAD = """# Codebook

{title}
Release {number}, {day}

Each table is a CSV file in UTF-8 (with a byte order mark), its first line naming the columns. An
empty cell says that nothing is recorded. Records are named by their slug. A date says no more than
is known: a text such as `1924-08` is a month, never its first day. A text that a spreadsheet could
take for a formula has one apostrophe before it, and so has one that begins with an apostrophe: who
takes away a first apostrophe has the text again.

`datapackage.json` says the same for programs (Frictionless Data Package). `tombstones.csv` lists
what was public once and is no longer. `SHA256SUMS` is checked with `sha256sum -c SHA256SUMS`.

Licence: CC BY 4.0, see `LICENSE`. How to cite: see `CITATION.cff`.
"""


def text(number: str, day: datetime.date, title: str, rows: Rows) -> str:
    """The whole codebook in Markdown."""
    head = HEAD.format(title=title, number=number, day=day.isoformat())
    return head + "".join(_table(table, len(rows.get(table.name, []))) for table in TABLES)


def _table(table: Table, count: int) -> str:
    lines = [f"\n## {table.name}.csv\n", f"{table.about} Rows: {count}.\n"]
    if table.key:
        lines.append(f"Key: {', '.join(f'`{name}`' for name in table.key)}.\n")
    lines += ["| column | type | what it holds |", "|---|---|---|"]
    lines += [f"| `{one.name}` | {one.type} | {meaning(one)} |" for one in table.columns]
    return "\n".join(lines) + "\n"


def meaning(column: Column) -> str:
    """What a column holds, with its values and where it leads, as one line."""
    said = column.about
    if column.refers_to:
        said += f" A slug of `{column.refers_to}`."
    if column.one_of:
        said += f" One of: {', '.join(f'`{value}`' for value in column.one_of)}."
    return said
