"""A table as text: UTF-8 with the mark by which Excel knows it, one record a line.

A text that a spreadsheet could take for a formula has one apostrophe before it, and so has a
text that begins with one: who takes away a first apostrophe has the text again.
"""

import csv

from timeline.exports.table import columns

LABEL = "CSV"
CONTENT_TYPE = "text/csv; charset=utf-8; header=present"
KINDS = {"events", "actors", "agreements", "sources"}
SINGLE = set()
NEEDS_DAYS = False
LANGUAGES_TOGETHER = True

# As they are on a Japanese keyboard too.
_STARTS_OF_FORMULAS = tuple("=+-@＝＋－＠")


class _Line:
    """What the writer of the standard library writes to: it gives the line back."""

    def write(self, line: str) -> str:
        return line


def render(records, about):
    table = columns(about.kind, about.languages)
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow([name for name, _cell in table])
    for record in records:
        yield writer.writerow([safe(cell(record)) for _name, cell in table])


def safe(value):
    """The value as a cell that no spreadsheet computes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # A carriage return or a tab before it does not keep a formula from being one.
        is_formula = value.lstrip().startswith(_STARTS_OF_FORMULAS)
        is_marked = value.startswith(("'", "\t", "\r", "\n"))
        return f"'{value}" if is_formula or is_marked else value
    return value
