"""From a table to entries, with everything that is wrong by row and column."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from pydantic import ValidationError

from timeline.seeding import checking
from timeline.seeding.files import Dataset, Item
from timeline.spreadsheets import present
from timeline.spreadsheets.cells import Cell, Problem, Row, Table, one_form, unwritable
from timeline.spreadsheets.columns import SHEETS, CitationRow, Sheet

STEP = 250
"""So many rows are checked between two signs of progress."""


@dataclass
class New:
    """A row that becomes a record."""

    row: int
    entry: object

    @property
    def name(self) -> str:
        """By what a curator knows it."""
        said = self.entry
        if isinstance(said, CitationRow):
            return f"{said.event or said.agreement} ← {said.source}"
        return said.slug

    @property
    def title(self) -> str:
        text = getattr(self.entry, "title", None) or getattr(self.entry, "name", None)
        return getattr(text, "en", text) or ""


class _Item(Item):
    """An entry that knows its row: what is wrong with it is told by row and column."""

    def __init__(self, entry, row: int, sheet: Sheet):
        super().__init__(entry, "")
        self.row, self.sheet = row, sheet

    def error(self, path, message):
        return Problem(self.row, self.sheet.column_of(path), message)


@dataclass
class Check:
    """What a table would do.

    `steps()` does the work, from the beginning each time, and yields how many rows are done.
    """

    kind: str
    table: Table
    may_change: Callable[[object], bool] = lambda record: True
    """Whether a citation may be added to a draft; asked once a record."""
    new: list[New] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)

    def steps(self) -> Iterator[int]:
        sheet, items, unreadable = SHEETS[self.kind], [], set()
        self.new, self.same, self.problems = [], 0, list(self.table.problems)
        for number, row in enumerate(self.table.rows, 1):
            problems, entry = _read(row, sheet)
            self.problems += problems
            if entry is not None:
                items.append(_Item(entry, row.number, sheet))
            elif slug := row.cells.get("slug"):
                unreadable.add(slug.text.strip())
            if number % STEP == 0:
                yield number
        self.problems += self._side_by_side(items, unreadable)
        self._compare(items)
        self.problems.sort(key=lambda problem: problem.row)
        yield len(self.table.rows)

    def _side_by_side(self, items: list[_Item], unreadable: set[str]) -> Iterator[Problem]:
        """Doubles, and references into nothing."""
        data = Dataset()
        if self.kind == "citations":
            yield from _doubled_citations(items)
            known = present.Known()
            for item in items:
                for path, target, slug in checking.references(item.entry, ""):
                    if not known(target, slug):
                        yield item.error(path, checking.nothing_there(target, slug))
            return
        data.items[self.kind] = items
        data.unreadable[self.kind] = unreadable
        yield from checking.check(data, present.Known())

    def _compare(self, items: list[_Item]) -> None:
        """Tells new rows from those that are there already; what differs is refused."""
        sheet = SHEETS[self.kind]
        there = present.rows(self.kind, [item.entry for item in items])
        for item in items:
            key, said = present.key(item.entry), item.entry.model_dump(mode="json")
            if key not in there:
                self.new.append(New(item.row, item.entry))
                continue
            cells = dict(zip(sheet.names, sheet.row(said), strict=True))
            differing = [name for name in self.table.columns if cells[name] != there[key].get(name)]
            if not differing:
                self.same += 1
            for name in differing:
                self.problems.append(Problem(item.row, name, _differs(there[key].get(name, ""))))
        self.refuse_targets()

    def refuse_targets(self) -> bool:
        """Whether a new citation is of a record to which none may be added; told as a problem."""
        if self.kind != "citations":
            return False
        targets, allowed = present.Targets(self.may_change), []
        for new in self.new:
            if refusal := targets.refusal(new.entry):
                self.problems.append(Problem(new.row, *refusal))
            else:
                allowed.append(new)
        is_refused = len(allowed) < len(self.new)
        self.new = allowed
        return is_refused


def _differs(text: str) -> str:
    shown = text if len(text) <= 80 else f"{text[:79]}…"
    return (
        _(
            "The record is there already and says “%s”. An import adds records and changes none: "
            "correct it in its form, or take the row out."
        )
        % shown
    )


def _read(row: Row, sheet: Sheet) -> tuple[list[Problem], object | None]:
    """The entry that a row makes, or what is wrong with its cells."""
    problems, raw = [], {} if sheet.entry is CitationRow else {"status": "draft"}
    for column in sheet.columns:
        cell = row.cells.get(column.name, Cell())
        text = one_form(cell.text)
        if fault := _fault(cell, is_date=column.form.is_date):
            problems.append(Problem(row.number, column.name, fault))
        elif text:
            try:
                column.put(raw, column.form.read(text))
            except ValueError as error:
                problems.append(Problem(row.number, column.name, str(error)))
    refused = {problem.column for problem in problems}
    try:
        entry = sheet.entry.model_validate(raw)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            column = sheet.column_of(".".join(map(str, one["loc"])))
            if column not in refused or not column:
                problems.append(Problem(row.number, column, _message(one)))
        return problems, None
    return problems, None if problems else entry


def _fault(cell: Cell, *, is_date: bool) -> str:
    if cell.fault:
        return cell.fault
    if cell.is_day and not is_date:
        return _("The spreadsheet program has made a date of it. Format the column as text.")
    if character := unwritable(cell.text):
        return _("The cell holds a control character (%s), which nobody can see.") % character
    return ""


def _message(error) -> str:
    limits = error.get("ctx", {})
    match error["type"]:
        case "missing" | "string_too_short":
            return _("The cell is empty, and this is needed.")
        case "string_too_long":
            return _("The text is longer than %d characters.") % limits["max_length"]
        case "too_long":
            return _("At most %d can be given here.") % limits["max_length"]
        case "string_pattern_mismatch":
            shown = str(error["input"])[:60]
            return _("“%s” does not have the form that is expected here.") % shown
        case _other:
            return error["msg"].removeprefix("Value error, ")


def _doubled_citations(items: list[_Item]) -> Iterator[Problem]:
    seen = set()
    for item in items:
        key = present.key(item.entry)
        if key in seen:
            yield item.error("source", _("An earlier row cites the same source for the same."))
        seen.add(key)
