"""The public query string: what may be asked in an address, and what it means.

Pages, files, feeds and the API hand these filtersets the same `QueryDict`. Names and values
are addresses that people keep: add to them, never rename them.
"""

from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from timeline import choices
from timeline.dates import DateRange, PartialDate
from timeline.fields import PartialDateFormField
from timeline.models import Actor, Agreement, Event, Place, Sector, Source, Story
from timeline.parameters import ChoicesField, RepeatedField, SlugsField, YearField

EARLIEST, LATEST = PartialDate(1), PartialDate(9999)


class Dates(TextChoices):
    CERTAIN = "certain", _("Without doubtful dates")


class Order(TextChoices):
    OLDEST = "oldest", _("Oldest first")
    NEWEST = "newest", _("Newest first")


class ParameterFilter(django_filters.Filter):
    """A parameter read by a field of that class; extra arguments go to the field."""

    def __init__(self, field_class, **kwargs):
        self.field_class = field_class
        super().__init__(**kwargs)


def _words():
    return ParameterFilter(forms.CharField, method="search", label=_("Words"), max_length=200)


def _records(label, records, method):
    return ParameterFilter(SlugsField, method=method, label=label, records=records)


def _vocabulary(label, values, **kwargs):
    return ParameterFilter(
        ChoicesField, label=label, choices=values.choices, lookup_expr="in", **kwargs
    )


class PublicFilter(django_filters.FilterSet):
    """A filterset that finds nothing when a value cannot be read, never everything."""

    def filter_queryset(self, queryset):
        return self.without() if self.is_valid() else queryset.none()

    def without(self, *names):
        """What would be found if these parameters were not given."""
        found = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            if name not in names:
                found = self.filters[name].filter(found, value)
        return found

    @property
    def question(self) -> str:
        """What was asked as a query string, in one order whatever order it came in."""
        asked = [(name, value) for name in self.filters for value in sorted(self._values(name))]
        return urlencode(asked)

    def _values(self, name: str) -> set[str]:
        return {value.strip() for value in self.data.getlist(name) if value.strip()}

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order is asked for."""
        values = self.form.cleaned_data.items() if self.is_valid() else []
        return any(value for name, value in values if name != "order")

    def search(self, records, name, value):
        return records.matching(value)


class PeriodForm(forms.Form):
    """Refuses a period that ends before it begins."""

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("from"), cleaned.get("to")
        if since and until and since.earliest > until.latest:
            self.add_error("to", _("The end of the period lies before its start."))
        return cleaned


class EventFilter(PublicFilter):
    """What may be asked of the timeline."""

    q = _words()
    year = ParameterFilter(RepeatedField, method="in_years", label=_("Year"), one=YearField())
    since = ParameterFilter(PartialDateFormField, method="in_period", label=_("From"))
    until = ParameterFilter(PartialDateFormField, method="in_period", label=_("To"))
    dates = ParameterFilter(
        ChoicesField, method="of_certain_date", label=_("Dates"), choices=Dates.choices
    )
    sector = _records(_("Sector"), Sector.objects.all(), "of_sectors")
    kind = _vocabulary(_("Kind"), choices.Kind)
    actor = _records(_("Actor"), Actor.objects.answering(), "with_actors")
    agreement = _records(_("Agreement"), Agreement.objects.answering(), "touching")
    source = _records(_("Source"), Source.objects.answering(), "resting_on")
    country = ParameterFilter(
        ChoicesField,
        label=_("Country"),
        field_name="place__country",
        lookup_expr="in",
        choices=Place.objects.countries,
    )
    place = _records(_("Place"), Place.objects.all(), "at_places")
    attestation = _vocabulary(_("Who attests it"), choices.Attestation, method="attested_by")
    importance = _vocabulary(_("Importance"), choices.Importance)
    disputed = ParameterFilter(
        ChoicesField,
        method="is_disputed",
        label=_("Disagreement"),
        choices=[("yes", _("Sources disagree")), ("no", _("Undisputed"))],
    )
    order = ParameterFilter(
        forms.ChoiceField, method="in_order", label=_("Order"), choices=Order.choices
    )

    class Meta:
        model = Event
        fields = []  # Nothing is public unless it is declared above.
        form = PeriodForm

    @classmethod
    def get_filters(cls):
        # `from` is a word of Python, so the class cannot declare it.
        public = {"since": "from", "until": "to"}
        return {public.get(name, name): one for name, one in super().get_filters().items()}

    @property
    def vague(self):
        """The events found whose date, once better known, may fall outside what was asked."""
        return self.qs.perhaps_outside(*self.demands)

    @property
    def demands(self) -> tuple[list[DateRange], list[DateRange]]:
        """What is asked of the date: from … to, and one of the years."""
        asked = self.form.cleaned_data
        since, until = asked.get("from"), asked.get("to")
        period = [DateRange(since or EARLIEST, until or LATEST)] if since or until else []
        return period, asked.get("year", [])

    def of_certain_date(self, events, name, answers):
        return events.certainly_inside(*self.demands)

    def in_years(self, events, name, years):
        return events.overlapping_any(years)

    def in_period(self, events, name, date):
        return events.overlapping(self.bound(name, date))

    @staticmethod
    def bound(name, date):
        """What one end of a period asks by itself: both together mean what lies between them."""
        return DateRange(date, LATEST) if name in ("since", "from") else DateRange(EARLIEST, date)

    def of_sectors(self, events, name, sectors):
        return events.of_sectors(sectors)

    def with_actors(self, events, name, actors):
        return events.with_actors(actors)

    def touching(self, events, name, agreements):
        return events.touching(agreements)

    def resting_on(self, events, name, sources):
        return events.resting_on(sources)

    def at_places(self, events, name, places):
        return events.filter(place__in=places)

    def attested_by(self, events, name, attestations):
        return events.attested_by(attestations)

    def is_disputed(self, events, name, answers):
        return events.disputed(*(answer == "yes" for answer in answers))

    def in_order(self, events, name, value):
        return events.in_order(newest_first=value == Order.NEWEST)


class ActorFilter(PublicFilter):
    q = _words()
    kind = _vocabulary(_("Kind"), choices.ActorKind)
    country = ParameterFilter(
        ChoicesField, label=_("Country"), lookup_expr="in", choices=Actor.objects.countries
    )

    class Meta:
        model = Actor
        fields = []


class AgreementFilter(PublicFilter):
    q = _words()
    kind = _vocabulary(_("Kind"), choices.AgreementKind)
    sector = _records(_("Sector"), Sector.objects.all(), "of_sectors")
    standing = _vocabulary(_("Standing"), choices.Standing)

    class Meta:
        model = Agreement
        fields = []

    def of_sectors(self, agreements, name, sectors):
        return agreements.of_sectors(sectors)


class SourceFilter(PublicFilter):
    q = _words()
    kind = _vocabulary(_("Kind"), choices.SourceKind)
    side = _vocabulary(_("Side"), choices.Side)
    language = ParameterFilter(
        ChoicesField, label=_("Language"), lookup_expr="in", choices=Source.objects.languages
    )

    class Meta:
        model = Source
        fields = []


class StoryFilter(PublicFilter):
    q = _words()
    sector = _records(_("Sector"), Sector.objects.all(), "of_sectors")

    class Meta:
        model = Story
        fields = []

    def of_sectors(self, stories, name, sectors):
        return stories.of_sectors(sectors)
