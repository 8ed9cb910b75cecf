"""The year strip draws what it counts, and says it in words."""

import pytest
from django.http import QueryDict

from timeline.facets import Year
from timeline.tests.factories import EventFactory
from timeline.views import strip


def test_a_column_stacks_what_is_in_view_what_is_vague_and_the_rest():
    drawn = strip.bars([Year(1924), Year(1925, in_view=3, vague=1, total=6)])

    assert (drawn.height, drawn.in_view, drawn.vague, drawn.other, drawn.pins) == (
        strip.SCALE,
        "M1.1 38h0.75v2h-0.75z",
        "M1.1 37h0.75v1h-0.75z",
        "M1.1 34h0.75v3h-0.75z",
        "",
    )


def test_the_tallest_year_sets_the_height():
    assert strip.bars([Year(1924, total=7), Year(1925, total=52)]).height == 52


@pytest.mark.django_db
def test_a_landmark_is_pinned_above_its_column_and_named():
    landmark = EventFactory(title_en="Relations begin")
    year = Year(1924, in_view=1, total=2, landmarks=[landmark])

    [cell] = strip.cells([year], QueryDict("sector=trade"))

    assert strip.bars([year]).pins == "M0.475 0v38"
    assert cell.label == "1924: 2 records, 1 in this view. Landmark: Relations begin"
    assert cell.url == "?sector=trade&year=1924"
