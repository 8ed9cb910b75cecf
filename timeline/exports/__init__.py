"""The formats in which records can be taken along.

A format is a module with

- `LABEL`, what a link to it is called, and `CONTENT_TYPE`;
- `KINDS`, the kinds of records it can say, and `SINGLE`, those of which it can say one alone;
- `NEEDS_DAYS`, whether it can only say what is dated to the day;
- `NEWEST_FIRST = True`, if it lists records by when they were added or corrected;
- `FOR_CITING = True`, if it is one that reference managers read;
- `LANGUAGES_TOGETHER = True`, if it holds all languages side by side, or those asked for;
- `render(records, about)`, which yields the file piece by piece, as text or bytes.

It takes records in their shape and never sees a model. Its file is as long as it takes: nothing
is held back, cut or put in place of what is not there.
"""

from timeline.exports import atom, bib, csl, csv, ics, json, jsonld, ris, timelinejs, xlsx
from timeline.exports.about import About

__all__ = ["FORMATS", "About"]

# By the suffix of the address.
FORMATS = {
    "csv": csv,
    "xlsx": xlsx,
    "json": json,
    "jsonld": jsonld,
    "ics": ics,
    "atom": atom,
    "bib": bib,
    "ris": ris,
    "csl.json": csl,
    "timelinejs.json": timelinejs,
}
