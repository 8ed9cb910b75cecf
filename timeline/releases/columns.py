"""What a table of a release holds, said once: for the CSV, the schema and the codebook."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    name: str
    about: str
    type: str = "string"
    is_required: bool = False
    is_unique: bool = False
    one_of: tuple[str, ...] = ()
    refers_to: str = ""
    """The table whose slug it holds."""

    def schema(self) -> dict:
        """As a field of the Table Schema (Frictionless)."""
        said = {"name": self.name, "type": self.type, "description": self.about}
        constraints = {}
        if self.is_required:
            constraints["required"] = True
        if self.is_unique:
            constraints["unique"] = True
        if self.one_of:
            constraints["enum"] = list(self.one_of)
        return said | ({"constraints": constraints} if constraints else {})


@dataclass(frozen=True)
class Table:
    name: str
    title: str
    about: str
    columns: list[Column]
    key: list[str] = field(default_factory=lambda: ["slug"])

    def schema(self) -> dict:
        """As a Table Schema, with its keys."""
        links = [
            {
                "fields": column.name,
                "reference": {"resource": column.refers_to, "fields": "slug"},
            }
            for column in self.columns
            if column.refers_to
        ]
        said = {
            "fields": [column.schema() for column in self.columns],
            "missingValues": [""],
            "primaryKey": self.key,
            "foreignKeys": links,
        }
        return {name: value for name, value in said.items() if value}


LANGUAGES = {"en": "English", "tr": "Turkish", "ja": "Japanese"}


def number_and_slug() -> list[Column]:
    return [
        Column(
            "id",
            "The number of the record; its short address is made of it.",
            "integer",
            is_required=True,
            is_unique=True,
        ),
        slug(),
    ]


def slug() -> Column:
    return Column(
        "slug", "The name of the record in addresses; it never changes.", is_required=True
    )


def texts(name: str, about: str, *, is_required: bool = True) -> list[Column]:
    """One text in three languages; only the English one is always there."""
    return [
        Column(
            f"{name}_{code}",
            f"{about}, in {language}." + ("" if code == "en" else " Empty: not translated."),
            is_required=is_required and code == "en",
        )
        for code, language in LANGUAGES.items()
    ]


def when(*, is_required: bool = True) -> list[Column]:
    """A date that says no more than its evidence, and the days it leaves possible."""
    return [
        Column(
            "date",
            "What is known and no more, as EDTF (ISO 8601-2): 1924, 1924-08, 1924-08-06, 1927~ "
            "(about), 1931-01-13/1931-01-18.",
            is_required=is_required,
        ),
        Column("earliest", "The first day that the date leaves possible.", "date"),
        Column("latest", "The last day that the date leaves possible.", "date"),
        Column("precision", "How exactly the date is known.", one_of=("year", "month", "day")),
        Column("approximate", "Whether the date is only about right (circa).", "boolean"),
    ]


def since() -> list[Column]:
    return [
        Column("added", "The day on which the record became public.", "date", is_required=True),
        Column("changed", "The day on which it was last corrected. Empty: never.", "date"),
    ]


def vocabulary(name: str, about: str, choices, *, is_required: bool = True) -> Column:
    return Column(name, about, is_required=is_required, one_of=tuple(choices.values))


def link(name: str, table: str, about: str, *, is_required: bool = True) -> Column:
    return Column(name, about, is_required=is_required, refers_to=table)
