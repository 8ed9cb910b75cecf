"""How a parameter of the public query string is read: fields that forgive what says nothing."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timeline.dates import DateRange, PartialDate


class RepeatedField(forms.Field):
    """A parameter that may be repeated. Empty values are passed over, doubles united.

    `one` reads each value.
    """

    widget = forms.MultipleHiddenInput

    def __init__(self, *, one: forms.Field, **kwargs):
        super().__init__(**kwargs)
        self.one = one

    def clean(self, value):
        texts = [text for text in value or [] if text.strip()]
        return list(dict.fromkeys(self.one.clean(text) for text in texts))


class YearField(forms.CharField):
    """A year from 1 to 9999, as a `DateRange`."""

    def clean(self, value):
        text = super().clean(value)
        if not (text.isascii() and text.isdigit() and len(text) <= 4 and int(text) > 0):
            raise ValidationError(
                _("“%(text)s” is not a year. Write it in digits: 1924."),
                code="invalid",
                params={"text": text[:40]},
            )
        return DateRange(PartialDate(int(text)))


class SlugsField(RepeatedField):
    """Records named by their slugs; one that is not among `records` is an error."""

    def __init__(self, *, records, **kwargs):
        super().__init__(one=forms.SlugField(max_length=80), **kwargs)
        self.records = records

    def clean(self, value):
        slugs = super().clean(value)
        found = self.records.in_bulk(slugs, field_name="slug")
        for slug in slugs:
            if slug not in found:
                raise ValidationError(
                    _("There is no “%(slug)s” here."), code="invalid", params={"slug": slug}
                )
        # An old address may name a record that has since been merged into another.
        return [getattr(found[slug], "merged_into", None) or found[slug] for slug in slugs]


class ChoicesField(forms.MultipleChoiceField):
    """Values of a vocabulary. Empty values are passed over."""

    def to_python(self, value):
        return [text for text in super().to_python(value) if text]
