"""What may be read of a whole: small groups joined, shares that hide their parts; and everything to a team."""

import itertools
import random
from datetime import date

import pytest

from reporting.evidence.rules import build_month_period
from reporting.performance.counting.babies import get_age_band
from reporting.performance.figures import Division, MeanChange, Share, Spread, Whole, divide, divide_yes
from reporting.performance.protection import protect_wholes
from reporting.performance.published import ALL_OTHERS, ExactPublisher, ProtectedPublisher, Release
from tests.unit.evidence.independent_counts import round_by_mhsds

OCTOBER = build_month_period(date(2026, 10, 1))


def make_whole(counts, *, shares=(), name="seen", **how):
    return Whole(name, "Babies", sum(counts.values()), (Division("Kind", counts, **how),), tuple(shares))


def list_texts(whole):
    rows = ProtectedPublisher().list_rows(whole, whole.divisions[0])
    return [(row.label, row.shown.text) for row in rows]


@pytest.mark.parametrize(
    ("counts", "texts"),
    [
        ({"a": 23, "b": 4, "c": 3, "d": 2}, [("a", "25"), (ALL_OTHERS, "10")]),
        ({"a": 23, "b": 17}, [("a", "25"), ("b", "15")]),
        ({"a": 40, "b": 12, "c": 1}, [("a", "40"), (ALL_OTHERS, "15")]),
        ({"a": 40, "b": 0}, []),
        ({"a": 3, "b": 4, "c": 2}, []),
        ({"a": 2, "b": 1}, []),
    ],
)
def test_small_groups_are_joined_until_they_can_be_shown(counts, texts):
    assert list_texts(make_whole(counts)) == texts


def test_a_total_under_five_is_a_star_and_nothing_of_it_is_shown():
    whole = make_whole({"a": 4, "b": 0}, shares=[Share("a of all", "Kind", ("a",))])
    publisher = ProtectedPublisher()
    assert publisher.get_total(whole).text == "*"
    assert publisher.list_rows(whole, whole.divisions[0]) == []
    assert publisher.get_share(whole, whole.shares[0]) == "*"
    assert publisher.describe_spread(whole, Spread("Wait", "seen", "days", [1, 2, 3, 4])) == ("*", "*")
    assert publisher.describe_mean(whole, MeanChange("Change", "seen", [1, 2, 3, 4])) == "*"


def test_means_and_high_percentiles_need_more_people_than_a_median():
    publisher = ProtectedPublisher()
    whole = make_whole({"a": 7, "b": 0})
    days = [float(day) for day in range(7)]
    assert publisher.describe_spread(whole, Spread("Wait", "seen", "days", days)) == ("3 days", "*")
    assert publisher.describe_mean(whole, MeanChange("Change", "seen", days)) == "*"
    more = make_whole({"a": 11, "b": 0}, name="more")
    assert publisher.describe_spread(more, Spread("Wait", "more", "days", list(range(11)))) == (
        "5 days",
        "9 days",
    )
    assert publisher.describe_mean(more, MeanChange("Change", "more", [-1.0] * 11)) == "−1.0 (−1.0 to −1.0)"


def test_a_division_that_does_not_add_up_is_refused():
    with pytest.raises(ValueError, match="does not add up"):
        Whole("seen", "Babies", 9, (Division("Kind", {"a": 8}),))


def test_a_team_reads_exact_numbers_with_their_parts():
    whole = Whole(
        "seen",
        "Babies",
        7,
        (divide("Kind", ("a", "b", "c"), ["a"] * 6 + ["b"]), divide_yes("Father", "He came", "Not so", 2, 7)),
        (Share("a of all", "Kind", ("a",)), Share("none", "Kind", ("c",), ("c",))),
    )
    exact = ExactPublisher()
    assert [(row.label, row.shown.text) for row in exact.list_rows(whole, whole.divisions[0])] == [
        ("a", "6"),
        ("b", "1"),
    ]
    assert exact.list_rows(whole, whole.divisions[1])[0].shown.value == 2
    assert exact.get_share(whole, whole.shares[0]).startswith("86% (6 of 7; ")
    assert exact.get_share(whole, whole.shares[1]) == "–"


# ---------------------------------------------------------------- the attack
def make_random_whole(number):
    rng = random.Random(number)
    counts = {label: rng.choice([0, 0, 1, 2, 3, 4, 5, 7, 12, 30]) for label in "abcdef"}
    labels = [label for label, count in counts.items() for _ in range(count)]
    rng.shuffle(labels)
    yes = rng.randint(0, len(labels))
    return Whole(
        f"whole {number}",
        "Babies",
        len(labels),
        (Division("Kind", counts), divide_yes("Also", "yes", "no", yes, len(labels))),
        (Share("a", "Kind", ("a",)), Share("ab", "Kind", ("a",), ("a", "b")), Share("yes", "Also", ("yes",))),
    )


@pytest.mark.parametrize("number", range(25))
def test_no_small_group_can_be_worked_out_by_trying_every_number(number):
    """All pairs of numbers for a part and the rest of each axis, by brute force: three or more for what is small."""
    whole = make_random_whole(number)
    releases, _ = protect_wholes([whole], OCTOBER, None)
    release = releases[whole.name]
    if release.total.shown is None:
        assert not any(release.get_grouping(axis) for axis in release.ladders)
        return
    totals = range(max(5, release.total.shown - 2), release.total.shown + 3)
    for axis in ("Kind", "Also"):
        if rows := list(release.get_grouping(axis).values()):
            check_rows(release, axis, rows, totals)


def check_rows(release, axis, rows, totals):
    """Each printed row, and what is left beside them, where nothing else of the axis is said."""
    shown = [release.get_figure(axis, members).shown for members in rows]
    bounds = [(0, 4) if each is None else (each - 2, each + 2) for each in shown]
    left = set()
    for total in totals:
        lows, highs = sum(low for low, _ in bounds), sum(high for _, high in bounds)
        left |= {total - each for each in range(lows, highs + 1) if total - each >= 0}
    all_labels = {label for members in rows for label in members}
    if all_labels != set(release.whole.get_division(axis).counts):
        assert len(left) >= 3
    for members in rows:
        exact = release.whole.count_labels(axis, members)
        assert release.get_figure(axis, members).text == round_by_mhsds(exact)


def test_a_share_that_gives_a_part_away_is_said_in_words_or_not_at_all():
    for part, whole in itertools.product(range(30, 60), (60, 61, 62)):
        if part <= whole:
            made = make_whole({"a": part, "b": whole - part}, shares=[Share("a", "Kind", ("a",))])
            release = protect_wholes([made], OCTOBER, None)[0][made.name]
            said = release.get_share(made.shares[0]).bounds
            if said is None:
                continue
            assert said.hold(part, whole)
            near = range(release.total.shown - 2, release.total.shown + 3)
            fits = {(n, of) for of in near for n in range(of + 1) if said.hold(n, of)}
            assert (
                min(len({n for n, _ in fits}), len({of for _, of in fits}), len({of - n for n, of in fits}))
                >= 3
            )


def test_repairs_end_with_nothing_divided():
    release = Release(make_whole({"a": 20, "b": 20, "c": 20}))
    while release.make_coarser({"Kind"}):
        pass
    assert release.get_grouping("Kind") == {}
    assert release.total.text == "60"


# ---------------------------------------------------------------- small things
@pytest.mark.parametrize(
    ("born", "due", "band"),
    [
        (None, date(2026, 12, 1), "Unborn"),
        (None, date(2026, 9, 1), "Not known"),
        (None, None, "Not known"),
        (date(2026, 10, 2), None, "Unborn"),
        (date(2026, 10, 1), None, "Under 28 days"),
        (date(2026, 9, 3), None, "28 days to under 3 months"),
        (date(2026, 7, 2), None, "28 days to under 3 months"),
        (date(2026, 7, 1), None, "3 to under 6 months"),
        (date(2025, 10, 1), None, "1 year"),
        (date(2023, 10, 1), None, "3 and 4 years"),
        (date(2021, 10, 2), None, "3 and 4 years"),
        (date(2021, 10, 1), None, "5 years and over"),
    ],
)
def test_the_age_of_a_baby_on_the_day_of_the_referral(born, due, band):
    assert get_age_band(born, due, date(2026, 10, 1)) == band
