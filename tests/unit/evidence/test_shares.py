"""Printed shares: true to the exact parts, never a rounded count over a rounded count, and never telling the parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.evidence.disclosure import Published, publish_count
from reporting.evidence.shares import publish_share
from tests.unit.evidence.independent_counts import find_share_error


def share(part, whole):
    return publish_share(part, whole, publish_count(part), publish_count(whole))


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (
            13,
            17,
            "*",
        ),  # rounded over rounded it was 100%; "three quarters" could only be 13 or 14 of 15 to 17
        (24, 38, "65% (49 to 78%)"),
        (420, 640, "66% (62 to 70%)"),
        (4, 50, "*"),
        (2, 3, "*"),
        (40, 40, "more than seven in eight"),  # 100% would say that nobody waited longer
        (9, 26, "about a quarter"),
        (14, 27, "about half"),
    ],
)
def test_a_share_in_the_finest_form_that_is_safe(part, whole, text):
    assert share(part, whole).text == text


def test_a_share_is_withheld_with_either_of_its_counts():
    assert publish_share(40, 60, Published(None), publish_count(60)).text == "*"
    assert publish_share(40, 60, publish_count(40), Published(None)).text == "*"


@given(st.integers(0, 900), st.integers(1, 900))
def test_what_is_printed_is_true_of_the_exact_parts(part, whole):
    if part <= whole:
        assert find_share_error(share(part, whole).text, part, whole) == ""


@given(st.integers(5, 260), st.integers(5, 260))
def test_three_numbers_or_more_remain_for_part_whole_and_rest(part, whole):
    """Every pair of counts that would be printed alike, by trying them all."""
    if part > whole:
        return
    seen = (publish_count(part), publish_count(whole), share(part, whole))
    if seen[2].text == "*":
        return
    alike = [
        (a, b)
        for b in range(whole - 5, whole + 6)
        for a in range(max(part - 5, 0), min(part + 5, b) + 1)
        if b > 0 and (publish_count(a), publish_count(b)) == seen[:2] and _fits(seen[2], a, b)
    ]
    assert (part, whole) in alike
    assert len({a for a, _ in alike}) >= 3
    assert len({b for _, b in alike}) >= 3
    assert len({b - a for a, b in alike}) >= 3


def _fits(printed, part, whole):
    if printed.words:
        return find_share_error(printed.text, part, whole) == ""
    half_step = (printed.bounds.high - printed.bounds.low) / 4
    return printed.shown - half_step <= 100 * part / whole < printed.shown + half_step
