"""Files that cannot be imported, or only in part: what people send, and what is said of it."""

import datetime
import io
import zipfile

from openpyxl import Workbook

HEADER = ["slug", "title", "language", "kind", "side", "date", "url", "note"]
GOOD = ["a-report", "A report", "en", "official", "japan", "1924-08", "https://example.org/", ""]


def csv(*rows, header=HEADER, delimiter=","):
    """A file with these rows; none of their cells needs quotation marks."""
    return "\n".join(delimiter.join(row) for row in (header, *(rows or [GOOD]))).encode()


def row(**said):
    """The good row, but for what is said."""
    return list((dict(zip(HEADER, GOOD, strict=True)) | said).values())


def xlsx(*rows, header=HEADER, name="sources", change=None, formats=None):
    """A workbook with these rows; `change` may spoil it."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    sheet.append(header)
    for one in rows or [GOOD]:
        sheet.append(one)
    for cell, shown_as in (formats or {}).items():
        sheet[cell].number_format = shown_as
    if change:
        change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_member(name, content=b"x"):
    """The good workbook with one more file in its package."""
    out = io.BytesIO(xlsx())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return out.getvalue()


def package(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return out.getvalue()


def replaced(name, old, new):
    """The good workbook with other bytes in one of its files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as read, zipfile.ZipFile(out, "w") as written:
        for one in read.namelist():
            content = read.read(one)
            assert one != name or old in content
            written.writestr(one, content.replace(old, new) if one == name else content)
    return out.getvalue()


def _ole(stream):
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 504 + stream.encode("utf-16-le")


def _encrypted_flag():
    """A workbook whose package says of its files that they are encrypted."""
    content = bytearray(xlsx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


BILLION_LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet '
)

FILES = {
    # The file as a whole
    "empty": ("x.csv", b"", "The file is empty."),
    "blank": ("x.csv", b"\n \r\n", "The file is empty."),
    "blank rows": ("x.csv", b",,,\n,,\n", "The file is empty."),
    "no rows": ("x.csv", csv().partition(b"\n")[0], "names of columns, but no rows"),
    "no rows xlsx": (
        "x.xlsx",
        xlsx(change=lambda book, sheet: sheet.delete_rows(2)),
        "names of columns, but no rows",
    ),
    "Latin-1": ("x.csv", csv(row(title="G\xfcl")).replace(b"\xc3\xbc", b"\xfc"), "Line 2 is not"),
    "Shift-JIS": (
        "x.csv",
        ",".join(HEADER).encode() + "\n土".encode("shift-jis"),
        "not written in UTF-8",
    ),
    "NUL bytes": ("x.csv", csv().replace(b"report", b"re\x00port"), "Line 2 holds a NUL"),
    "UTF-16 without a mark": ("x.csv", csv().decode().encode("utf-16-le"), "a NUL character"),
    "quotation marks": (
        "x.csv",
        csv() + b'\n"open,row',
        "row that begins on line 3 cannot be read",
    ),
    "picture": ("x.png", b"\x89PNG", "Only .xlsx and .csv files are read"),
    "no suffix": ("x", csv(), "Only .xlsx and .csv files are read"),
    "xls": ("x.xls", _ole("Workbook"), "a workbook of the old kind (.xls)"),
    "xls named xlsx": ("x.xlsx", _ole("Workbook"), "a workbook of the old kind (.xls)"),
    "password": ("x.xlsx", _ole("EncryptedPackage"), "protected by a password"),
    "encrypted package": ("x.xlsx", _encrypted_flag(), "protected by a password"),
    "macros": ("x.xlsm", xlsx(), "holds macros"),
    "macros renamed": ("x.xlsx", with_member("xl/vbaProject.bin"), "holds macros"),
    "linked": (
        "x.xlsx",
        with_member("xl/externalLinks/externalLink1.xml"),
        "linked to other files",
    ),
    "csv named xlsx": ("x.xlsx", csv(), "not an Excel workbook"),
    "xlsx named csv": ("x.csv", xlsx(), "named .csv, but it is a workbook"),
    "cut off": ("x.xlsx", xlsx()[:2000], "not an Excel workbook (.xlsx), or it was cut off"),
    "other archive": ("x.xlsx", package(a="b"), "a packed archive, but not an Excel workbook"),
    "zip bomb": (
        "x.xlsx",
        with_member("xl/worksheets/sheet2.xml", b"\x00" * (61 * 1024 * 1024)),
        "far larger than any table",
    ),
    "many members": (
        "x.xlsx",
        package(**{f"xl/{n}": "" for n in range(501)}),
        "far larger than any table",
    ),
    "entities": (
        "x.xlsx",
        replaced("xl/worksheets/sheet1.xml", b"<worksheet ", BILLION_LAUGHS),
        "The workbook is damaged",
    ),
    "not XML": (
        "x.xlsx",
        replaced("xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData"),
        "The workbook is damaged",
    ),
    "no sheet": (
        "x.xlsx",
        replaced("xl/workbook.xml", b"<sheets>", b"<sheetz>"),
        "The workbook is damaged",
    ),
    "wrong sheets": (
        "x.xlsx",
        xlsx(name="one", change=lambda book, sheet: book.create_sheet("two")),
        "several sheets (one, two), none of them named “sources”",
    ),
    "merged": (
        "x.xlsx",
        xlsx(change=lambda book, sheet: sheet.merge_cells("A2:B2")),
        "The cells A2:B2 are merged",
    ),
    # Its columns
    "missing column": (
        "x.csv",
        csv(GOOD[1:], header=HEADER[1:]),
        "has no column “slug”. It has: title,",
    ),
    "unknown column": (
        "x.csv",
        csv([*GOOD, ""], header=[*HEADER, "publsher"]),
        "no column “publsher”. Is “publisher” meant?",
    ),
    "column twice": (
        "x.csv",
        csv([*GOOD, ""], header=[*HEADER, "title"]),
        "“title” is there twice",
    ),
    "unnamed column": ("x.csv", csv([*GOOD, ""], header=["", *HEADER]), "A column has no name"),
    "other kind": (
        "x.csv",
        b"slug,name_en,kind\na,A,person",
        "These are the columns of actors, and sources were",
    ),
    "too many columns": ("x.csv", csv(header=[f"c{n}" for n in range(61)]), "has 61 columns"),
    "too wide": (
        "x.xlsx",
        xlsx(change=lambda book, sheet: setattr(sheet["XFD2"], "value", "far out")),
        "to the right of column 60",
    ),
    "empty rows": ("x.csv", b",\n" * 100_001 + csv(), "far too many empty rows"),
    "no header": ("x.csv", b"\n".join([",".join(GOOD).encode()] * 2), "There is no column"),
}

ROWS = {
    # Its cells: the row and the column in which something is wrong, and what
    "short text": (csv(row(title="")), "title", "The cell is empty"),
    "long title": (csv(row(title="x" * 401)), "title", "longer than 400 characters"),
    "bad slug": (csv(row(slug="A report")), "slug", "“A report” is not a slug"),
    "unknown word": (csv(row(kind="novel")), "kind", "“novel” is none of: treaty-text,"),
    "bad address": (csv(row(url="example.org")), "url", "“example.org” does not have the form"),
    "script": (csv(row(url="javascript:alert(1)")), "url", "does not have the form"),
    "control character": (csv(row(title="A\x07")), "title", "a control character (U+0007)"),
    "more cells": (csv([*GOOD, "more"]), "", "The row has 9 cells, but there are only 8 columns."),
    "vague day": (csv(row(date="8/6/1924")), "date", "“8/6/1924” is not read as a date"),
    "Aug-24": (csv(row(date="Aug-24")), "date", "“Aug-24” is not read as a date"),
    "1924.0": (csv(row(date="1924.0")), "date", "“1924.0” is a number"),
    "45000": (csv(row(date="45000")), "date", "“45000” is a number"),
    "circa": (csv(row(date="c. 1924")), "date", "cannot be called approximate"),
    "formula": (xlsx(row(note="=1+1")), "note", "holds a formula"),
    "error": (xlsx(row(note="#REF!")), "note", "an error of the spreadsheet: #REF!"),
    "day number": (xlsx(row(date=45000)), "date", "“45000” is a number"),
    "fraction": (xlsx(row(note=1.5)), "note", "made a number of it (1.5)"),
    "month made a day": (
        xlsx(row(date=datetime.datetime(1924, 8, 1)), formats={"F2": "mmm-yy"}),
        "date",
        "made a date of it (1924-08-01 00:00:00), more exact than what was typed",
    ),
    "time": (
        xlsx(row(date=datetime.datetime(1924, 8, 1, 12, 30)), formats={"F2": "d/m/yy h:mm"}),
        "date",
        "more exact than what was typed",
    ),
    "day in a text": (
        xlsx(row(note=datetime.datetime(1924, 8, 6)), formats={"H2": "dd/mm/yyyy"}),
        "note",
        "has made a date of it",
    ),
}
