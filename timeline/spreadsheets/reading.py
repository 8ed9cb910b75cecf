"""From a file to a table: the right kind of file, and the right columns."""

import difflib
from collections.abc import Iterable

from django.utils.translation import gettext as _

from timeline.spreadsheets import delimited, workbooks
from timeline.spreadsheets.cells import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    BrokenFile,
    Cell,
    Problem,
    Row,
    Table,
)
from timeline.spreadsheets.columns import SHEETS

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = b"PK\x03\x04"


def read_table(name: str, content: bytes, kind: str) -> Table:
    """The rows of a file of that name, for a kind of `SHEETS`. Raises `BrokenFile`."""
    if len(content) > MOST_BYTES:
        raise BrokenFile(too_large())
    if not content.strip():
        raise BrokenFile(_("The file is empty."))
    return _table(_rows(name, content, kind), kind)


def too_large() -> str:
    return _("The file is larger than %(most)d MB: divide it.") % {
        "most": MOST_BYTES // 1024 // 1024
    }


def _rows(name: str, content: bytes, kind: str) -> Iterable[tuple[int, list[Cell]]]:
    suffix = name.rpartition(".")[2].casefold() if "." in name else ""
    if content.startswith(_OLE):
        # Both an old workbook and one with a password are kept in this container.
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise BrokenFile(_("The workbook is protected by a password: save it without one."))
        raise BrokenFile(_("This is a workbook of the old kind (.xls): save it as .xlsx."))
    if suffix == "xlsm":
        raise BrokenFile(_("The workbook holds macros: save it as a plain workbook (.xlsx)."))
    if suffix == "xlsx":
        return workbooks.read(content, kind)
    if suffix not in ("csv", "tsv", "txt"):
        raise BrokenFile(_("Only .xlsx and .csv files are read; this one is named otherwise."))
    if content.startswith(_ZIP):
        raise BrokenFile(_("The file is named .csv, but it is a workbook: name it .xlsx."))
    return delimited.read(content)


def _table(rows: Iterable[tuple[int, list[Cell]]], kind: str) -> Table:
    table = None
    for number, row in rows:
        if number > MOST_ROWS * 10:
            raise BrokenFile(_("The file has far too many empty rows: delete them."))
        cells = _without_empty_end(row)
        if not cells:
            continue
        if table is None:
            table = Table(_header(cells, kind))
        elif len(table.rows) + len(table.problems) == MOST_ROWS:
            raise BrokenFile(
                _("The file has more than %(most)d rows: divide it.") % {"most": MOST_ROWS}
            )
        else:
            _add(table, number, cells)
    if table is None:
        raise BrokenFile(_("The file is empty."))
    if not table.rows and not table.problems:
        raise BrokenFile(_("The file has names of columns, but no rows under them."))
    return table


def _without_empty_end(row: list[Cell]) -> list[Cell]:
    end = len(row)
    while end and not row[end - 1].text.strip() and not row[end - 1].fault:
        end -= 1
    return row[:end]


def _add(table: Table, number: int, cells: list[Cell]) -> None:
    if len(cells) > len(table.columns):
        message = _("The row has %(n)d cells, but there are only %(most)d columns.")
        params = {"n": len(cells), "most": len(table.columns)}
        table.problems.append(Problem(number, "", message % params))
        return
    empty = [Cell() for _missing in range(len(table.columns) - len(cells))]
    named = zip(table.columns, [*cells, *empty], strict=True)
    table.rows.append(Row(number, {name: cell for name, cell in named if name}))


def _header(cells: list[Cell], kind: str) -> list[str]:
    names = [cell.text.strip().casefold() for cell in cells]
    sheet = SHEETS[kind]
    if len(names) > MOST_COLUMNS:
        raise BrokenFile(
            _("The file has %(n)d columns; a table of %(kind)s has at most %(most)d.")
            % {"n": len(names), "kind": kind, "most": len(sheet.columns)}
        )
    _refuse_other_kind(names, kind)
    for name in names:
        if not name:
            raise BrokenFile(_("A column has no name in the first row."))
        if names.count(name) > 1:
            raise BrokenFile(_("The column “%s” is there twice.") % name)
        if name not in sheet.names:
            raise BrokenFile(_unknown(name, sheet.names))
    if missing := [name for name in sheet.needed if name not in names]:
        raise BrokenFile(
            _("The file has no column “%(missing)s”. It has: %(names)s.")
            % {"missing": "”, “".join(missing), "names": ", ".join(names)[:300]}
        )
    return names


def _refuse_other_kind(names: list[str], kind: str) -> None:
    for other, sheet in SHEETS.items():
        fits = {*sheet.needed} <= {*names} <= {*sheet.names}
        if other != kind and fits and not {*names} <= {*SHEETS[kind].names}:
            raise BrokenFile(
                _("These are the columns of %(other)s, and %(kind)s were to be imported.")
                % {"other": other, "kind": kind}
            )


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    hint = _(" Is “%s” meant?") % near[0] if near else ""
    message = _("There is no column “%(name)s”.%(hint)s The columns are: %(known)s.")
    return message % {"name": name[:60], "hint": hint, "known": ", ".join(known)}
