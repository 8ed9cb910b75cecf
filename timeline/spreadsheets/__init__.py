"""Spreadsheets: records as rows, out of the database and, as drafts, into it."""

from timeline.spreadsheets import delimited, workbooks
from timeline.spreadsheets.cells import MOST_BYTES, MOST_ROWS, BrokenFile, Problem
from timeline.spreadsheets.checking import Check
from timeline.spreadsheets.columns import SHEETS
from timeline.spreadsheets.explaining import explained
from timeline.spreadsheets.present import all_rows
from timeline.spreadsheets.reading import read_table, too_large
from timeline.spreadsheets.saving import Refused, save, work

__all__ = [
    "MOST_BYTES",
    "MOST_ROWS",
    "SHEETS",
    "BrokenFile",
    "Check",
    "Problem",
    "Refused",
    "export",
    "read_table",
    "save",
    "template",
    "too_large",
    "work",
]


def template(kind: str, suffix: str) -> bytes:
    """An empty sheet of a kind: the names of its columns, and in a workbook what they hold."""
    return _written(kind, suffix, [])


def export(kind: str, suffix: str) -> bytes:
    """Every record of a kind as a row; imported again, it changes nothing."""
    return _written(kind, suffix, all_rows(kind))


def _written(kind: str, suffix: str, rows) -> bytes:
    sheet = SHEETS[kind]
    if suffix == "csv":
        return delimited.write(sheet.names, rows)
    return workbooks.write(kind, sheet.names, rows, explained(kind))
