"""The sources of a page: each listed once, numbered in the order of its first mark."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from timeline.choices import Part, Side
from timeline.models import Citation, Source


@dataclass
class Note:
    """A source as a page lists it, with everything it is cited for there."""

    number: int
    source: Source
    citations: list[Citation] = field(default_factory=list)


class Footnotes:
    """Give it the citations in the order in which a page is read; it gives back the marks."""

    def __init__(self) -> None:
        self._notes: dict[int, Note] = {}

    def mark(self, citations: Iterable[Citation]) -> list[Note]:
        """The notes to be marked at one spot, lowest number first."""
        marked = {}
        for citation in citations:
            number = len(self._notes) + 1
            note = self._notes.setdefault(citation.source_id, Note(number, citation.source))
            note.citations.append(citation)
            marked[note.number] = note
        return [marked[number] for number in sorted(marked)]

    def mark_parts(self, citations: Iterable[Citation], order: Iterable[Part]) -> dict:
        """The marks of each part of a record; the parts are read in that order."""
        by_part = defaultdict(list)
        for citation in citations:
            by_part[citation.part].append(citation)
        return {part.value: self.mark(by_part[part]) for part in order}

    def mark_disputes(self, disputes) -> list[dict]:
        """The questions in dispute, each claim with its marks."""
        return [
            {
                "question": dispute,
                "claims": [
                    {"claim": claim, "marks": self.mark(claim.citations.all())}
                    for claim in dispute.claims.all()
                ],
            }
            for dispute in disputes
        ]

    def __iter__(self) -> Iterator[Note]:
        return iter(self._notes.values())

    def __len__(self) -> int:
        return len(self._notes)

    @property
    def by_side(self) -> dict[Side, int]:
        """How many of the sources tell each side's account; a side without any is left out."""
        sides = [note.source.side for note in self]
        return {side: sides.count(side) for side in Side if side in sides}


EVENT_PARTS = [Part.DATE, Part.TITLE, Part.SUMMARY, Part.PARTICIPANTS, Part.PLACE]
"""The parts of an event in the order in which its page is read."""
AGREEMENT_PARTS = [Part.DATE, Part.SUMMARY, Part.PARTICIPANTS, Part.PLACE]
"""Those of an agreement, after its title and its dates."""


def of_record(record) -> Footnotes:
    """The sources of a record as its page numbers them; needs what `for_page()` loads."""
    notes = Footnotes()
    if hasattr(record, "tenures"):
        for tenure in record.tenures.all():
            notes.mark(tenure.citations.all())
        return notes
    if hasattr(record, "dates"):
        notes.mark_parts(record.citations.all(), [Part.TITLE])
        for date in record.dates.all():
            notes.mark(date.citations.all())
    parts = AGREEMENT_PARTS if hasattr(record, "dates") else EVENT_PARTS
    notes.mark_parts(record.citations.all(), parts)
    notes.mark_disputes(record.disputes.all())
    return notes
