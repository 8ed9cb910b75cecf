"""Sets of positions as whole numbers say what sets would say."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as some

from timeline import bitmaps

POSITIONS = some.sets(some.integers(0, 9_999), max_size=200)


@given(POSITIONS)
def test_what_was_put_in_comes_out_in_order(positions):
    assert list(bitmaps.positions(bitmaps.of(positions, 10_000))) == sorted(positions)


@given(POSITIONS, some.integers(0, 250), some.integers(0, 250))
def test_a_part_is_the_part_of_the_list(positions, start, stop):
    bitmap = bitmaps.of(positions, 10_000)

    assert list(bitmaps.positions(bitmap, start, stop)) == sorted(positions)[start:stop]


@given(POSITIONS, POSITIONS)
def test_they_meet_and_part_as_sets_do(one, other):
    first, second = (bitmaps.of(positions, 10_000) for positions in (one, other))

    assert list(bitmaps.positions(first & second)) == sorted(one & other)
    assert (first & ~second).bit_count() == len(one - other)


@pytest.mark.parametrize("length", [0, 1, 7, 64, 1000])
def test_of_an_order_all_below_a_bound_are_found(length):
    values = array("i", ((n * 7919) % 101 for n in range(length)))
    ordered = bitmaps.Ordered(values)

    for bound in range(-1, 103):
        below = [n for n in range(length) if values[n] < bound]
        assert list(bitmaps.positions(ordered.below(bound))) == below
