"""A workbook of one sheet (Office Open XML), written as it is read: none of it is kept.

Texts are texts here, whatever sign they begin with, so nothing is put before them. Dates are
texts too: a spreadsheet knows neither a month without its day nor a day before 1900.
"""

import io
import re
import zipfile
from xml.sax.saxutils import escape

from timeline.exports.table import columns

LABEL = "Excel"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"events", "actors", "agreements", "sources"}
SINGLE = set()
NEEDS_DAYS = False
LANGUAGES_TOGETHER = True

MOST_ROWS, MOST_LETTERS = 1_048_576, 32_767
_PIECE = 64 * 1024

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# The same bytes whenever it is made.
_TIME = (1980, 1, 1, 0, 0, 0)


class TooLarge(Exception):
    """More than a sheet or a cell can hold: no part of it is passed off as the whole."""


class _Pipe(io.RawIOBase):
    """What the archive writes to; what was written is taken out as it comes."""

    def __init__(self):
        self._pieces, self.size = [], 0

    def writable(self):
        return True

    def write(self, data):
        self._pieces.append(bytes(data))
        self.size += len(data)
        return len(data)

    def taken(self) -> bytes:
        data, self._pieces, self.size = b"".join(self._pieces), [], 0
        return data


def render(records, about):
    pipe = _Pipe()
    table = columns(about.kind, about.languages)
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts(about.kind).items():
            archive.writestr(_member(name), _XML + text)
        yield pipe.taken()
        with archive.open(_member("xl/worksheets/sheet1.xml"), "w") as sheet:
            sheet.write((_XML + _SHEET_HEAD + _row(1, [name for name, _cell in table])).encode())
            for number, record in enumerate(records, 2):
                sheet.write(_row(number, [cell(record) for _name, cell in table]).encode())
                if pipe.size > _PIECE:
                    yield pipe.taken()
            sheet.write(b"</sheetData></worksheet>")
    yield pipe.taken()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _TIME)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _row(number: int, values: list) -> str:
    if number > MOST_ROWS:
        raise TooLarge(f"A sheet holds {MOST_ROWS} rows.")
    return f'<row r="{number}">{"".join(map(_cell, values))}</row>'


def _cell(value) -> str:
    match value:
        case None | "":
            return "<c/>"
        case bool():
            return f'<c t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f"<c><v>{value}</v></c>"
    if len(value) > MOST_LETTERS:
        raise TooLarge(f"A cell holds {MOST_LETTERS} characters.")
    return f'<c t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'


# What XML cannot hold, and what only looks like the code of such a character.
_CODED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def _text(value: str) -> str:
    return escape(_CODED.sub(lambda match: f"_x{ord(match[0]):04X}_", value))


_SHEET_HEAD = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    "</sheetView></sheetViews><sheetData>"
)


def _parts(title: str) -> dict[str, str]:
    """Everything in the package but the sheet."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{title}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
    }
