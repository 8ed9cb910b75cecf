"""The files of a release: the same bytes from the same data, number and day."""

import csv
import datetime
import hashlib
import io
import json
import zipfile

import yaml

from timeline.exports.csv import safe
from timeline.releases import codebook
from timeline.releases.columns import Table
from timeline.releases.rows import Rows
from timeline.releases.tables import TABLES

NAME = "japan-turkiye-timeline"
TITLE = "Japan–Türkiye: a sourced timeline, 1924–2025"
ABOUT = (
    "Relations between Japan and Türkiye, 1924–2025: events, actors, agreements and the sources "
    "on which every statement rests, in English, Turkish and Japanese."
)
AUTHORS = "Japan–Türkiye timeline contributors"
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # Without it Excel does not see that it is UTF-8.

Files = dict[str, bytes]


def files(number: str, day: datetime.date, rows: Rows, changes: str) -> Files:
    """Each file by its name, SHA256SUMS last."""
    made = {f"{table.name}.csv": _csv(table, rows.get(table.name, [])) for table in TABLES}
    made |= {
        "datapackage.json": _datapackage(number, day, made),
        "CODEBOOK.md": codebook.text(number, day, TITLE, rows).encode(),
        "CHANGES.md": changes.encode(),
        "CITATION.cff": _citation(number, day),
        "LICENSE": _licence().encode(),
    }
    sums = "".join(f"{checksum(content)}  {name}\n" for name, content in sorted(made.items()))
    return made | {"SHA256SUMS": sums.encode()}


def archive_name(number: str) -> str:
    return f"{NAME}-{number}.zip"


def archive(number: str, day: datetime.date, made: Files) -> bytes:
    """All of the files in one folder; nothing of when or where it was packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, content in made.items():
            entry = zipfile.ZipInfo(
                f"{NAME}-{number}/{name}", (day.year, day.month, day.day, 0, 0, 0)
            )
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            file.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()


def checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _csv(table: Table, rows: list[dict]) -> bytes:
    text = io.StringIO()
    text.write(BOM)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    for row in rows:
        writer.writerow(_cell(row.get(column.name), column.type) for column in table.columns)
    return text.getvalue().encode()


def _cell(value, kind: str) -> str:
    if value is None:
        return ""
    # Numbers and dates come as text, too; only what people wrote could be a formula.
    return str(safe(value) if kind in ("string", "boolean") else value)


def _datapackage(number: str, day: datetime.date, tables: Files) -> bytes:
    return _json(
        {
            "profile": "tabular-data-package",
            "name": NAME,
            "title": TITLE,
            "description": ABOUT,
            "version": number,
            "created": f"{day.isoformat()}T00:00:00Z",
            "licenses": [LICENCE],
            "contributors": [{"title": AUTHORS, "role": "author"}],
            "keywords": ["Japan", "Türkiye", "diplomatic history", "timeline"],
            "resources": [
                {
                    "profile": "tabular-data-resource",
                    "name": table.name,
                    "title": table.title,
                    "description": table.about,
                    "path": f"{table.name}.csv",
                    "format": "csv",
                    "mediatype": "text/csv",
                    "encoding": "utf-8",
                    "bytes": len(tables[f"{table.name}.csv"]),
                    "hash": f"sha256:{checksum(tables[f'{table.name}.csv'])}",
                    "schema": table.schema(),
                }
                for table in TABLES
            ],
        }
    )


def _citation(number: str, day: datetime.date) -> bytes:
    said = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": TITLE,
        "abstract": ABOUT,
        "authors": [{"name": AUTHORS}],
        "version": number,
        "date-released": day.isoformat(),
        "license": LICENCE["name"],
        "keywords": ["Japan", "Türkiye", "diplomatic history", "timeline"],
    }
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=96).encode()


def _licence() -> str:
    return (
        f"{TITLE}\n© the {AUTHORS}\n\n"
        f"These data are licensed under {LICENCE['title']} (CC BY 4.0):\n{LICENCE['path']}\n"
        f"Legal code: {LICENCE['path']}legalcode\n\n"
        "You may copy, change and publish them, for any purpose, if you name the\n"
        "Japan–Türkiye timeline, link to the licence and say what you changed. The\n"
        "documents they cite belong to their authors and publishers and are not covered.\n"
    )


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
