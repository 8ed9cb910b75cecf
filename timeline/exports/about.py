"""What a file says of itself."""

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True)
class About:
    """The question a file answers, and the answer as a whole."""

    kind: str
    """The kind of its records: "events", "actors", "agreements", "sources"."""
    count: int
    """How many records it holds; a file with fewer is broken."""
    url: str
    """Its own address."""
    page: str
    """The address of the page that shows the same records."""
    site: str
    """How the site is reached: https://example.org."""
    publisher: str = ""
    """The name of the site."""
    title: str = ""
    """What it holds, in words of its language."""
    language: str = "en"
    """The language of a format that speaks only one."""
    languages: tuple[str, ...] = ("en", "tr", "ja")
    """Those of the texts, where a format holds several."""
    updated: datetime.date | None = None
    """When one of its records was last corrected or added; None when it holds none."""
    release: str | None = None
    """The newest release."""
    released: datetime.date | None = None
    """The day of that release."""
    day: datetime.date | None = None
    """The day on which the file is read."""
    left_out: int = 0
    """How many records answer the question and cannot be said in this format."""
    is_one: bool = field(default=False)
    """Whether it is the file of one record rather than of a list."""

    def holds(self, record: dict) -> bool:
        """Whether the newest release has the record as it now stands."""
        return bool(self.released) and record["updated"] <= self.released.isoformat()
