"""How the lanes are looked at: the part of the address that is not about which records."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from timeline.choices import Attestation, Kind, Research
from timeline.facets import FIRST_YEAR, LAST_YEAR
from timeline.lanes import Window, Zoom
from timeline.models import Event, Sector
from timeline.models.base import Localized
from timeline.parameters import SlugsField

CENTURY = Window(FIRST_YEAR, LAST_YEAR)
BY = {
    "sector": pgettext_lazy("lanes by", "Sector"),
    "kind": pgettext_lazy("lanes by", "Kind"),
    "side": pgettext_lazy("lanes by", "Who attests it"),
}
FACET_OF = {"sector": "sector", "kind": "kind", "side": "attestation"}
"""The facet whose values are the lanes."""
ZOOMS = {
    Zoom.CENTURY: _("Century"),
    Zoom.DECADE: _("Decade"),
    Zoom.YEARS: _("Three years"),
}


class LookForm(forms.Form):
    """How the lanes are looked at; which records they hold is the matter of `EventFilter`."""

    by = forms.ChoiceField(label=_("Lanes by"), choices=BY.items(), required=False)
    zoom = forms.ChoiceField(label=_("Zoom"), choices=ZOOMS.items(), required=False)
    at = forms.IntegerField(
        label=pgettext_lazy("lanes", "Place"),
        min_value=CENTURY.first,
        max_value=CENTURY.last,
        required=False,
    )
    event = SlugsField(
        label=_("Record"), records=Event.objects.published().for_cards(), required=False
    )


@dataclass
class Look:
    """A view of the lanes: what each lane is, how near, where, and the selected event."""

    by: str
    zoom: Zoom
    place: int
    event: Event | None
    century = CENTURY

    @classmethod
    def of(cls, form: LookForm) -> "Look":
        said = form.cleaned_data
        event = next(iter(said["event"]), None)
        place = said["at"] or (event.year if event else CENTURY.last)
        place = min(max(place, CENTURY.first), CENTURY.last)
        return cls(said["by"] or "sector", Zoom(said["zoom"] or Zoom.CENTURY), place, event)

    @property
    def is_near(self) -> bool:
        return self.zoom is not Zoom.CENTURY

    @property
    def window(self) -> Window:
        return Window.around(self.place, self.zoom, CENTURY)

    @property
    def headings(self) -> dict[str, Localized]:
        """The lanes by name, in their fixed order."""
        if self.by == "sector":
            return {sector.slug: sector.heading for sector in Sector.objects.all()}
        labels = (Kind if self.by == "kind" else Attestation).choices
        return {value: Localized(str(label), get_language()) for value, label in labels}

    def open_years(self, name: str, research: dict[str, dict[int, Research]]) -> list[int]:
        """The years in view for which an absence in the lane says nothing: nobody looked.

        Statements are made by sector. A lane of another kind takes in all of them.
        """
        states = [research[name]] if self.by == "sector" else list(research.values())
        return [
            year
            for year in self.window.years
            if any(state[year] == Research.NOT_YET for state in states)
        ]
