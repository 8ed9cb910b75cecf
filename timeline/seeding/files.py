"""The data files: reading them into entries, and writing entries back."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import ValidationError

from timeline.dates import DateRange
from timeline.seeding.schema import KINDS, EventEntry, SeedEntry

BEFORE_THE_CENTURY = "events-before-1924.yaml"


class SeedErrors(Exception):
    """Everything that is wrong with the data files, a line each."""

    def __init__(self, errors: list[str]):
        super().__init__("\n".join(errors))
        self.errors = errors


@dataclass
class Item:
    """An entry and where it stands."""

    entry: SeedEntry
    file: str

    def error(self, path: str, message: str) -> str:
        return f"{self.file}: {self.entry.slug}: {path}: {message}"


@dataclass
class Dataset:
    """All entries by kind, and the errors met while reading them."""

    items: dict[str, list[Item]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    errors: list[str] = field(default_factory=list)
    # The slugs of entries with errors: what refers to them is not wrong as well.
    unreadable: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})


class _Loader(yaml.CBaseLoader):
    """Reads every value as text, so that no date and no “no” changes its meaning."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _value in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    problem=f"“{key}” is given twice", problem_mark=node.start_mark
                )
        return super().construct_mapping(node, deep)


class _Dumper(yaml.CDumper):
    """Writes text plainly: what the loader reads as text needs no quotes."""

    yaml_implicit_resolvers = {}


def _plain(dumper, value):
    return dumper.represent_str(json.dumps(value))


_Dumper.add_representer(bool, _plain)
_Dumper.add_representer(int, _plain)


def file_of(kind: str, entry: SeedEntry) -> str:
    """The name of the file to which an entry belongs."""
    if not isinstance(entry, EventEntry):
        return f"{kind}.yaml"
    year = DateRange.parse(entry.date).start.year
    return BEFORE_THE_CENTURY if year < 1924 else f"events-{year // 10 * 10}s.yaml"


def read(directory: Path) -> Dataset:
    """All entries of the data files, with every error of form; nothing is raised."""
    data = Dataset()
    if not directory.is_dir():
        data.errors.append(f"{directory}: there is no such folder.")
        return data
    names = sorted(path.name for path in directory.glob("*.yaml"))
    for kind in KINDS:
        wanted = f"{kind}.yaml"
        if kind != "events" and wanted not in names:
            data.errors.append(f"{wanted}: the file is missing.")
    for name in names:
        kind = "events" if name.startswith("events-") else name.removesuffix(".yaml")
        if kind in KINDS:
            _read_file(directory / name, kind, data)
        else:
            data.errors.append(f"{name}: not a file of the dataset; see README.md.")
    return data


def _read_file(path: Path, kind: str, data: Dataset) -> None:
    try:
        nodes, loader = _entries_of(path)
    except yaml.YAMLError as error:
        data.errors.append(f"{path.name}: {_yaml_message(error)}")
        return
    except (OSError, ValueError) as error:
        data.errors.append(f"{path.name}: {error}")
        return
    for node in nodes:
        line = node.start_mark.line + 1
        try:
            raw = loader.construct_object(node, deep=True)
            entry = KINDS[kind].model_validate(raw)
        except yaml.YAMLError as error:
            data.errors.append(f"{path.name}: {_yaml_message(error)}")
            data.unreadable[kind] |= {value.value for _key, value in node.value[:1]}
        except ValidationError as error:
            name = raw.get("slug") if isinstance(raw, dict) else None
            data.unreadable[kind].add(str(name))
            data.errors += [
                f"{path.name}: {name or f'line {line}'}: {_where(one)}: {_message(one)}"
                for one in error.errors(include_url=False)
            ]
        else:
            item = Item(entry, path.name)
            data.items[kind].append(item)
            if (right := file_of(kind, entry)) != path.name:
                data.errors.append(item.error("date", f"the entry belongs in {right}."))


def _entries_of(path: Path):
    loader = _Loader(path.read_bytes().decode("utf-8"))
    root = loader.get_single_node()
    if root is None:
        return [], loader
    if not isinstance(root, yaml.SequenceNode):
        raise ValueError("the file is not a list of entries.")
    return root.value, loader


def _yaml_message(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}: {error.problem}" if mark else " ".join(str(error).split())


def _where(error) -> str:
    return ".".join(str(part) for part in error["loc"]) or "entry"


def _message(error) -> str:
    message = error["msg"].removeprefix("Value error, ")
    return "the field is missing." if error["type"] == "missing" else message


def write(directory: Path, entries: dict[str, list[SeedEntry]]) -> dict[str, int]:
    """Write the entries, and return how many stand in each file.

    A file is replaced only when it is complete. Event files that would be empty are removed.
    """
    files: dict[str, list[SeedEntry]] = {f"{kind}.yaml": [] for kind in KINDS if kind != "events"}
    for kind, of_kind in entries.items():
        for entry in of_kind:
            files.setdefault(file_of(kind, entry), []).append(entry)
    directory.mkdir(parents=True, exist_ok=True)
    for name, of_file in files.items():
        unfinished = directory / f"{name}.unfinished"
        unfinished.write_bytes(render(of_file).encode())
        os.replace(unfinished, directory / name)
    for path in directory.glob("events-*.yaml"):
        if path.name not in files:
            path.unlink()
    return {name: len(of_file) for name, of_file in files.items()}


def render(entries: list[SeedEntry]) -> str:
    """The text of one file."""
    return "\n".join(
        yaml.dump(
            [entry.model_dump(mode="json", by_alias=True, exclude_defaults=True)],
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            width=110,
        )
        for entry in entries
    )
