"""The map: every ring and side, and no two names over each other, however many people there are."""

import itertools

import pytest

from pairs.village.models import VillageMember
from pairs.village.rules import Closeness, MemberKind
from pairs.village.village_map import CENTRE_RADIUS, CENTRE_X, MIN_HEIGHT, RING_RADII, ROW_HEIGHT, place_dots

CROWD_SIZES = [
    *((count, rings) for count in (1, 2, 3, 7, 24) for rings in ((1, 2, 3), (1,), (3,))),
    (30, (1, 2, 3)),
]


def make_crowd(count, rings):
    kinds = MemberKind.values
    return [
        VillageMember(
            name=f"Person number {number} with a name that goes on",
            role="Somebody",
            kind=kinds[number % 4],
            closeness=rings[number % len(rings)],
        )
        for number in range(count)
    ]


@pytest.mark.parametrize(("count", "rings"), CROWD_SIZES)
def test_no_two_names_overlap(count, rings):
    height = max(MIN_HEIGHT, (count + 1) // 2 * ROW_HEIGHT + 40)
    dots = place_dots(make_crowd(count, rings), height)
    assert len(dots) == count
    for one, other in itertools.combinations(dots, 2):
        assert one.anchor != other.anchor or abs(one.label_y - other.label_y) >= 40
        assert abs(one.x - other.x) > 16 or abs(one.y - other.y) > 16 or one.ring != other.ring
    for dot in dots:
        assert 18 <= dot.label_y <= height - 20
        assert len(dot.name) <= 30


@pytest.mark.parametrize(("count", "rings"), CROWD_SIZES)
def test_each_is_on_the_ring_of_their_closeness(count, rings):
    height = max(MIN_HEIGHT, (count + 1) // 2 * ROW_HEIGHT + 40)
    for dot in place_dots(make_crowd(count, rings), height):
        distance = ((dot.x - CENTRE_X) ** 2 + (dot.y - height / 2) ** 2) ** 0.5
        assert distance == pytest.approx(RING_RADII[dot.ring])
        assert distance > CENTRE_RADIUS


def test_shapes_tell_the_kinds_apart_without_colour():
    marks = {}
    for dot in place_dots(make_crowd(4, (1,)), MIN_HEIGHT):
        corners = [tuple(map(float, each.split(","))) for each in dot.mark.split()]
        marks[dot.kind] = tuple((round(x - dot.x), round(y - dot.y)) for x, y in corners)
    assert len(set(marks.values())) == len(MemberKind)
    assert set(Closeness.values) == RING_RADII.keys()
