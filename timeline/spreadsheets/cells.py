"""What stands in one cell, what is wrong with it, and the guard against formulas."""

import re
from dataclasses import dataclass, field

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 10_000
MOST_COLUMNS = 60

# Control characters other than tab and line ends, and what is no character at all.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


class BrokenFile(ValueError):
    """Why a file cannot be read at all, in words for whoever sent it."""


@dataclass(frozen=True)
class Problem:
    """What is wrong in a row; `column` is empty where it is the row as a whole."""

    row: int
    column: str
    message: str


@dataclass
class Cell:
    """The text of a cell and what the file says of it."""

    text: str = ""
    fault: str = ""
    """Why its text cannot be trusted, in words; empty when it can."""
    is_day: bool = False
    """Whether the spreadsheet program holds it for a day of the calendar."""


@dataclass
class Row:
    number: int
    cells: dict[str, Cell]


@dataclass
class Table:
    """The rows of a file by the names of their columns, and what was wrong with whole rows."""

    columns: list[str]
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def guarded(text: str) -> str:
    """The text as it is written into a cell: no program takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that was written; what was typed without a guard stays as it is."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def one_form(text: str) -> str:
    """Line ends and outer white space in one form: both differ between programs."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def unwritable(text: str) -> str:
    """The first character that no record can hold, as U+0007; empty where there is none."""
    found = _UNWRITABLE.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""


def writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)
