"""How partial dates are stored, compared in the database and typed into forms."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Concat, Length, Substr
from django.db.models.lookups import Exact, In, IsNull
from django.utils.translation import gettext_lazy as _

from timeline.dates import PartialDate

DATE_FORMS = _("1924, 1924-08 or 1924-08-03.")

_LEAP_YEARS_OF_A_CENTURY = [f"{year:02}" for year in range(4, 100, 4)]
_LEAP_CENTURIES = [f"{century:02}" for century in range(0, 100, 4)]


def read_partial_date(text):
    """The `PartialDate` that the text means, or a `ValidationError` naming the form expected."""
    try:
        return PartialDate.parse(text.strip())
    except ValueError as error:
        raise ValidationError(
            _("“%(text)s” is not a date. Write a year, a month or a day: %(forms)s"),
            code="invalid",
            params={"text": text[:40], "forms": DATE_FORMS},
        ) from error


class PartialDateFormField(forms.CharField):
    """A text field whose value is a `PartialDate` or None."""

    def __init__(self, **kwargs):
        # Read by no one who means well beyond ten characters; the error quotes the start.
        kwargs.pop("max_length", None)
        super().__init__(**kwargs)

    def to_python(self, value):
        if isinstance(value, PartialDate):
            return value
        text = super().to_python(value)
        return read_partial_date(text) if text else None

    def prepare_value(self, value):
        return str(value) if isinstance(value, PartialDate) else value


class PartialDateField(models.CharField):
    """A `PartialDate`, stored as its own ISO 8601 text, or NULL when not known."""

    description = _("A year, a month or a day")

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return value if value is None else PartialDate.parse(value)

    def to_python(self, value):
        if value is None or value == "" or isinstance(value, PartialDate):
            return value or None
        return read_partial_date(value)

    def get_prep_value(self, value):
        value = self.to_python(value)
        return value if value is None else str(value)

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def run_validators(self, value):
        # The validators of CharField measure text; parsing has already judged this.
        return

    def formfield(self, **kwargs):
        defaults = {"form_class": PartialDateFormField, "empty_value": None}
        return super().formfield(**(defaults | kwargs))


class DateBound(models.GeneratedField):
    """The first or the last day that a partial date may mean, as ISO text.

    `of` names the date, `otherwise` the date that stands in when `of` is empty, `end` is
    "earliest" or "latest". The database computes it, so no way of saving can leave it stale.
    """

    def __init__(self, *, of, end, otherwise=None, **kwargs):
        self.of, self.end, self.otherwise = of, end, otherwise
        date = Coalesce(F(of), F(otherwise)) if otherwise else F(of)
        bound = _first_day(date) if end == "earliest" else _last_day(date)
        super().__init__(
            # Django joins an unknown date as if it were an empty one.
            expression=Case(When(IsNull(date, False), then=bound), default=None),
            output_field=models.CharField(max_length=10, null=True),
            db_persist=True,
        )

    def deconstruct(self):
        name, path, _args, _kwargs = super().deconstruct()
        return name, path, [], {"of": self.of, "end": self.end, "otherwise": self.otherwise}


def _first_day(date):
    # What is missing of a first of January, from the character where the text ends.
    return Concat(date, Substr(Value("-01-01"), Length(date) - 3))


def _last_day(date):
    year_of_century, century, month = Substr(date, 3, 2), Substr(date, 1, 2), Substr(date, 6, 2)
    leap = Q(In(year_of_century, _LEAP_YEARS_OF_A_CENTURY)) | Q(
        Exact(year_of_century, Value("00")), In(century, _LEAP_CENTURIES)
    )
    return Case(
        When(Exact(Length(date), 10), then=date),
        When(Exact(Length(date), 4), then=Concat(date, Value("-12-31"))),
        When(In(month, ["04", "06", "09", "11"]), then=Concat(date, Value("-30"))),
        When(Q(Exact(month, Value("02"))) & leap, then=Concat(date, Value("-29"))),
        When(Exact(month, Value("02")), then=Concat(date, Value("-28"))),
        default=Concat(date, Value("-31")),
    )
