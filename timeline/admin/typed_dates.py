"""Dates as curators write them, in every form of the admin, and read back to them."""

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline import wording
from timeline.dates import DateRange, PartialDate
from timeline.fields import PartialDateField, PartialDateFormField
from timeline.reading_dates import LONGEST, Doubt, Reading, UnreadableDate, read

FORMS = gettext_lazy(
    "1924, 1924-08, 8/1924, August 1924, 1924-08-06, 6.8.1924, 6 August 1924, 6 Ağustos 1924, "
    "1924年8月6日, 大正13年8月6日; about: c. 1927, yaklaşık 1927, 1927年頃"
)


def read_date(text: str) -> Reading:
    """What the text says, or a `ValidationError` that tells why not and which forms are read."""
    try:
        return read(text)
    except UnreadableDate as error:
        refusal = _refusals()[error.doubt]
        params = {"text": text[:LONGEST], "forms": FORMS}
        raise ValidationError(refusal, code=str(error.doubt), params=params) from error


def _refusals() -> dict[Doubt, str]:
    return {
        Doubt.UNKNOWN: _("“%(text)s” is not read as a date. What is read: %(forms)s."),
        Doubt.AMBIGUOUS: _(
            "“%(text)s” could be read in two ways: some write the day first, others the month. "
            "Write 6.8.1924 (the day first), 6 August 1924 or 1924-08-06."
        ),
        Doubt.MISSING: _("“%(text)s” does not exist in the calendar."),
        Doubt.OUT_OF_ERA: _("“%(text)s” lies outside that era. Check the year, or write 1924."),
    }


def in_words(reading: Reading) -> dict[str, str]:
    """A reading as it is shown back: in the curator's language, and as EDTF."""
    when = DateRange(reading.date, approximate=reading.approximate)
    return {"words": wording.date_range(when), "edtf": str(when)}


class TypedDateInput(AdminTextInputWidget):
    """A text field, and under it what its text is read as."""

    class Media:
        js = [forms.Script("js/typed-dates.js", type="module")]

    def render(self, name, value, attrs=None, renderer=None):
        asked = {"autocomplete": "off", "data-typed-date": reverse("entering:date")}
        field = super().render(name, value, (attrs or {}) | asked, renderer)
        context = {"field": field, "reading": _reading(value)}
        return render_to_string("admin/entering/_typed_date.html", context)


def _reading(value) -> dict[str, str] | None:
    try:
        return in_words(read(str(value))) if value else None
    except UnreadableDate:
        return None  # The error stands beside the field.


class TypedDateField(PartialDateFormField):
    """A form field that reads a date in whatever way it is written."""

    widget = TypedDateInput

    def to_python(self, value):
        if isinstance(value, PartialDate):
            return value
        text = forms.CharField.to_python(self, value)
        return read_date(text).date if text else None

    def has_changed(self, initial, data):
        # “c. 1927” says more than 1927: it ticks the box beside it.
        return says_about(data) or super().has_changed(initial, data)


def says_about(text) -> bool:
    """Whether a text typed into a date field calls the date approximate."""
    try:
        return bool(text) and read(str(text)).approximate
    except UnreadableDate:
        return False


def plainly(text: str) -> str:
    """A date as its field shows it once it is saved; what says more, or is none, as it is."""
    try:
        reading = read(text)
    except UnreadableDate:
        return text
    return text if reading.approximate else str(reading.date)


class TypedDatesForm(forms.ModelForm):
    """A form in which “c. 1927” ticks “about”, or is refused where there is no such box."""

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        for name, field in self.fields.items():
            if isinstance(field, TypedDateField) and says_about(self[name].data):
                self._note_about(name, cleaned)
        return cleaned

    def _note_about(self, name, cleaned):
        try:
            self._meta.model._meta.get_field("approximate")
        except FieldDoesNotExist:
            refusal = _("This date cannot be called approximate: write what is certain of it.")
            self.add_error(name, refusal)
        else:
            cleaned["approximate"] = True


class TypedDates:
    """For admin classes and inlines: every partial date of the form is typed freely."""

    form = TypedDatesForm
    formfield_overrides = {PartialDateField: {"form_class": TypedDateField}}


def reading_view(request):
    """What a text is read as, for the script that shows it while one types."""
    text = request.GET.get("text", "").strip()
    if not text:
        return JsonResponse({})
    try:
        return JsonResponse(in_words(read_date(text)))
    except ValidationError as refusal:
        return JsonResponse({"error": " ".join(refusal.messages)})
