"""What was typed into a form of something that is no longer there."""

from django.http import QueryDict

from timeline.admin.conflicts import MOST_ROWS


def as_new(data: QueryDict, formsets: list) -> QueryDict:
    """The same form for something new: none of its rows is in the database."""
    said = data.copy()
    for formset in formsets:
        prefix = formset.get_default_prefix()
        said[f"{prefix}-INITIAL_FORMS"] = "0"
        for number in range(MOST_ROWS):
            for name in ("id", formset.fk.name):
                said.pop(f"{prefix}-{number}-{name}", None)
    for name in ("_version", "_loaded"):
        said.pop(name, None)
    return said


def typed(data: QueryDict, fields: dict) -> list[tuple[str, str]]:
    """What was typed, with the labels of the fields, to be copied."""
    return [
        (str(field.label), text)
        for name, field in fields.items()
        for text in data.getlist(name)
        if text.strip()
    ]
