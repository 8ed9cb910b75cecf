"""Rows separated by commas, semicolons or tabs."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from timeline.spreadsheets.cells import MOST_BYTES, BrokenFile, Cell, guarded, unguarded, writable

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def read(content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    """The rows with the line on which each ends. Raises `BrokenFile`."""
    text = _decoded(content)
    header = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    csv.field_size_limit(MOST_BYTES)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for row in rows:
            yield begun, [Cell(unguarded(value)) for value in row]
            begun = rows.line_num + 1
    except csv.Error as error:
        raise BrokenFile(
            _(
                "The row that begins on line %(line)d cannot be read: a quotation mark is opened "
                "and not closed, or stands where none may stand. Inside a cell in quotation "
                "marks each of them is written twice."
            )
            % {"line": begun}
        ) from error


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BrokenFile(
            _(
                "Line %(line)d is not written in UTF-8. Save the file again as “CSV UTF-8”: in "
                "any other encoding letters such as ş and 土 would be lost or changed."
            )
            % {"line": line}
        ) from error
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise BrokenFile(
            _("Line %(line)d holds a NUL character: this is not a text file, or a damaged one.")
            % {"line": line}
        )
    return text


def write(columns: list[str], rows: Iterable[list[str]]) -> bytes:
    """The rows as CSV that spreadsheet programs open in the right encoding."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([guarded(writable(text)) for text in row] for row in rows)
    return codecs.BOM_UTF8 + out.getvalue().encode()
