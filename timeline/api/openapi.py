"""What OpenAPI says of the API, drawn from the filtersets and the shapes that do the work."""

from typing import Any

from django.forms import CharField, ChoiceField, Field, IntegerField
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import override
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from pydantic import BaseModel, create_model

from timeline.fields import PartialDateFormField
from timeline.parameters import ChoicesField, RepeatedField, SlugsField, YearField
from timeline.questions import FieldsField, PageForm, asked_of
from timeline.records import SHAPES

WORDS = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
YEAR = r"^(?!0+$)[0-9]{1,4}$"
CODE = r"^[A-Za-z]{2,3}$"
SLUG = r"^[-a-zA-Z0-9_]{1,80}$"
DATE = r"^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


class BadQuestion(BaseModel):
    """What cannot be read, by parameter."""

    errors: dict[str, list[str]]


class Refusal(BaseModel):
    detail: str


class Withdrawn(BaseModel):
    """A record that was public, and the reason why it no longer is."""

    status: str
    slug: str
    reason: str


def _described(**said):
    return extend_schema_view(get=extend_schema(**said))


def of_list(kind: str):
    """A decorator: the parameters and answers of a list."""
    page = create_model(
        f"{SHAPES[kind].__name__.removesuffix('Record')}Page",
        count=(int, ...),
        next=(str | None, ...),
        previous=(str | None, ...),
        release=(str | None, ...),
        results=(list[SHAPES[kind]], ...),
    )
    return _described(
        operation_id=f"list_{kind}",
        tags=[kind],
        description="Values of one parameter are joined by “or”, parameters by “and”. A parameter "
        "that is unknown, empty or unreadable is answered with 400.",
        summary=f"The {kind} that the filters find, page by page.",
        parameters=parameters(kind),
        responses={200: page, 304: None, 400: BadQuestion, 429: Refusal},
    )


def of_one(kind: str):
    """A decorator: the parameters and answers of a single record."""
    form = PageForm({}, kind=kind)
    asked = [_parameter(name, form.fields[name]) for name in ("lang", "fields")]
    slug = OpenApiParameter(
        "slug", {"type": "string", "pattern": SLUG}, OpenApiParameter.PATH, required=True
    )
    gone = {} if kind == "sectors" else {301: None, 410: Withdrawn}
    return _described(
        operation_id=f"get_{kind}",
        tags=[kind],
        description="An old address of a merged record leads on; that of a withdrawn one gives the "
        "reason.",
        summary=f"One record of the {kind}.",
        parameters=[slug, *asked],
        responses={200: SHAPES[kind], 304: None, 400: BadQuestion, 404: Refusal, 429: Refusal}
        | gone,
    )


def parameters(kind: str) -> list[OpenApiParameter]:
    with override("en"):
        return [_parameter(name, field) for name, field in asked_of(kind).items()]


def _parameter(name: str, field: Field) -> OpenApiParameter:
    schema = schema_of(field)
    is_list = schema["type"] == "array"
    return OpenApiParameter(
        name,
        schema,
        OpenApiParameter.QUERY,
        description=str(field.label or ""),
        style="form" if is_list else None,
        explode=not isinstance(field, FieldsField) if is_list else None,
    )


def schema_of(field: Field) -> dict[str, Any]:
    """What a parameter may look like."""
    if isinstance(field, RepeatedField | ChoicesField | FieldsField):
        return {"type": "array", "items": _schema(field), "minItems": 1}
    return _schema(field)


def _schema(field: Field) -> dict[str, Any]:
    """What one value may look like."""
    match field:
        case SlugsField():
            return {"type": "string", "pattern": SLUG}
        case RepeatedField(one=YearField()):
            return {"type": "string", "pattern": YEAR}
        case FieldsField():
            return {"type": "string", "enum": field.known}
        case ChoicesField(choices=CallableChoiceIterator()):  # codes found in the records
            return {"type": "string", "pattern": CODE}
        case ChoiceField():
            return {"type": "string", "enum": [value for value, _label in field.choices if value]}
        case PartialDateFormField():
            return {"type": "string", "pattern": DATE}
        case IntegerField():
            return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
        case CharField():
            return {"type": "string", "pattern": WORDS, "maxLength": field.max_length}
    raise TypeError(field)
