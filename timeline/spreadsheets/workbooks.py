"""Rows of an Excel workbook. Nothing in it is calculated, followed or guessed."""

import datetime
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from defusedxml import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from timeline.spreadsheets.cells import MOST_COLUMNS, BrokenFile, Cell, guarded, unguarded, writable

MOST_UNPACKED = 60 * 1024 * 1024
MOST_MEMBERS = 500
# What the library raises at a file that is not what it says.
_DAMAGE = (
    *(InvalidFileException, DefusedXmlException, SyntaxError, zipfile.BadZipFile, zlib.error),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError, NotImplementedError),
    *(OverflowError, OSError, EOFError),
)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z0-9:]+)"')
_IN_QUOTES = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def read(content: bytes, name: str) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of the sheet of that name, or of the only one. Raises `BrokenFile`."""
    _look_inside(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that do not matter here
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            sheet = _sheet(book, name)
            _refuse_merged(content, sheet)
            sheet.reset_dimensions()  # what a file says of its size is not always so
            for number, row in enumerate(sheet.iter_rows(), 1):
                yield number, _cells(row)
    except BrokenFile:
        raise
    except _DAMAGE as error:
        raise BrokenFile(
            _("The workbook is damaged: open it in your spreadsheet program and save it again.")
        ) from error


def _look_inside(content: bytes) -> None:
    """Refuse what is no workbook, or not a harmless one, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise BrokenFile(
            _("The file is not an Excel workbook (.xlsx), or it was cut off on its way.")
        ) from error
    if sum(one.file_size for one in members) > MOST_UNPACKED or len(members) > MOST_MEMBERS:
        raise BrokenFile(
            _("Unpacked, the workbook is far larger than any table of records: it is not opened.")
        )
    names = [one.filename for one in members]
    if any(one.flag_bits & 1 for one in members):
        raise BrokenFile(_("The workbook is protected by a password: save it without one."))
    if "[Content_Types].xml" not in names or not any(n.startswith("xl/work") for n in names):
        raise BrokenFile(_("The file is a packed archive, but not an Excel workbook (.xlsx)."))
    if any(name.endswith("vbaProject.bin") for name in names):
        raise BrokenFile(_("The workbook holds macros: save it as a plain workbook (.xlsx)."))
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise BrokenFile(
            _("Cells of the workbook are linked to other files: paste their values instead.")
        )


def _sheet(book, name: str):
    by_name = {sheet.title.strip().casefold(): sheet for sheet in book.worksheets}
    if name in by_name:
        return by_name[name]
    if len(book.worksheets) == 1:
        return book.worksheets[0]
    raise BrokenFile(
        _("The workbook has several sheets (%(sheets)s), none of them named “%(name)s”.")
        % {"sheets": ", ".join(sheet.title for sheet in book.worksheets), "name": name}
    )


def _refuse_merged(content: bytes, sheet) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        found = _MERGED.search(package.read(sheet._worksheet_path))
    if found:
        raise BrokenFile(
            _("The cells %(cells)s are merged: to which row their text belongs cannot be told.")
            % {"cells": found.group(1).decode()}
        )


def _cells(row) -> list[Cell]:
    """The cells of a row; formatting that reaches to the edge of a sheet is no cell."""
    if any(cell.value is not None for cell in row[MOST_COLUMNS:]):
        raise BrokenFile(
            _("Something stands to the right of column %(most)d: no table of records is so wide.")
            % {"most": MOST_COLUMNS}
        )
    return [_cell(cell) for cell in row[:MOST_COLUMNS]]


def _cell(cell) -> Cell:
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if value is None:
        return Cell()
    if kind == "f" or not isinstance(value, str | int | float | datetime.date | datetime.time):
        return Cell(fault=_("The cell holds a formula. Copy the column and paste its values."))
    if kind == "e":
        return Cell(fault=_("The cell shows an error of the spreadsheet: %s.") % value)
    if isinstance(value, str):
        return Cell(unguarded(value))
    if isinstance(value, bool):
        return Cell(str(value).lower())
    if isinstance(value, datetime.date | datetime.time):
        return _day(value, cell.number_format or "")
    if value == int(value):
        return Cell(str(int(value)))
    return Cell(
        fault=_(
            "The spreadsheet program has made a number of it (%s). Format the column as text and "
            "write it again."
        )
        % value
    )


def _day(value, shown_as: str) -> Cell:
    """A day of the calendar; where only its month or year is shown, the program made the day up."""
    pattern = _IN_QUOTES.sub("", shown_as).lower()
    is_day = "d" in pattern and isinstance(value, datetime.datetime) and not _has_time(value)
    if is_day:
        return Cell(value.date().isoformat(), is_day=True)
    return Cell(
        fault=_(
            "The spreadsheet program has made a date of it (%s), more exact than what was typed. "
            "Format the column as text and write it again: 1924, 1924-08 or 1924-08-06."
        )
        % value
    )


def _has_time(value: datetime.datetime) -> bool:
    return value.time() != datetime.time()


def write(name: str, columns: list[str], rows: Iterable[list[str]], key=()) -> bytes:
    """A workbook with the rows as text, and a second sheet that explains the columns."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    sheet.append([_text_cell(sheet, column, bold=True) for column in columns])
    for row in rows:
        sheet.append([_text_cell(sheet, text) for text in row])
    if key:
        explained = book.create_sheet("columns")
        for line in key:
            explained.append([_text_cell(explained, text) for text in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet, text: str, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, guarded(writable(text)))
    cell.number_format = "@"  # text: the program leaves 1924-08 as it is
    if bold:
        cell.font = Font(bold=True)
    return cell
