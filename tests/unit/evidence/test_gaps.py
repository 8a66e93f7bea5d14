"""The equity gap by quarter: ratios of published counts and populations, drawn of signed editions alone."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.jobs.models import Job
from reporting.evidence.gaps import build_gaps, list_gap_trends
from reporting.evidence.models import Report
from reporting.evidence.populations import Populations
from reporting.evidence.rules import DEFINITIONS_VERSION, QUINTILE_NAMES
from tests.unit.evidence.published_periods import QUARTER, make_published

FIFTHS = QUINTILE_NAMES[:5]
CHILDREN = Populations(
    whole=60_000,
    by_axis={
        "quintile": dict(zip(FIFTHS, (20_000, 10_000, 10_000, 10_000, 10_000), strict=True)),
        "ethnicity": {"White": 50_000, "Asian or Asian British": 10_000},
    },
)


def make_quarter(**axes):
    """``axes``: {axis: {label: shown}}; each group its own label, but for those joined with “not known”."""
    divided = [
        ("seen", axis, "groups", {label: (shown, label.split(" + ")) for label, shown in groups.items()})
        for axis, groups in axes.items()
    ]
    return make_published(QUARTER, {"seen": 100}, divided)


def find_gap(axis, **axes):
    (found,) = [each for each in build_gaps(make_quarter(**axes), CHILDREN) if each["axis"] == axis]
    return found["rate"], found["low"], found["high"]


def test_the_most_deprived_fifth_is_compared_with_all_the_rest():
    """60 of 20,000 over 40 of 40,000 is 3; limits 3 x exp(∓1.96 sqrt(1/60 + 1/40))."""
    shown = dict(zip(FIFTHS, (60, 10, 10, 10, 10), strict=True)) | {"Not known": 15}
    assert find_gap("quintile", quintile=shown) == (3.0, 2.01, 4.48)


def test_all_other_groups_are_compared_with_the_largest():
    """30 of 10,000 over 60 of 50,000 is 2.5."""
    shown = {"White": 60, "Asian or Asian British": 30, "Not known": None}
    assert find_gap("ethnicity", ethnicity=shown) == (2.5, 1.61, 3.88)


@pytest.mark.parametrize(
    "shown",
    [
        {FIFTHS[0]: 60, FIFTHS[1]: None, FIFTHS[2]: 10},  # one of the rest is *
        {FIFTHS[0]: None, FIFTHS[1]: 20},
        {FIFTHS[0]: 60, f"{FIFTHS[1]} + Not known": 40},  # joined with those of whom it is not known
        {FIFTHS[0]: 60},
        {},
    ],
)
def test_there_is_no_ratio_where_a_part_of_it_is_not_published(shown):
    assert find_gap("quintile", quintile=shown) == (None, None, None)


def test_there_is_no_ratio_without_a_population():
    shown = dict(zip(FIFTHS, (60, 10, 10, 10, 10), strict=True))
    (gap, _) = build_gaps(make_quarter(quintile=shown), Populations())
    assert gap["rate"] is None


# ---------------------------------------------------------------- over the quarters
def keep_report(month, quarter, rate, *, edition=1, signed_by=None):
    first = date(2026, 3 * quarter - 2, 1)
    gaps = [{"axis": "quintile", "rate": rate, "low": 1.1, "high": 4.0}]
    signed = {"signed_by": signed_by, "signed_at": timezone.now()} if signed_by else {}
    return Report.objects.create(
        month=date(2026, month, 1),
        version=DEFINITIONS_VERSION,
        edition=edition,
        reason="Late notes" if edition > 1 else "",
        job=Job.objects.create(task="none", key=f"gap {month} {edition}", status="done"),
        snapshot={
            "gaps": gaps,
            "periods": [{}, {"first": f"{first:%Y-%m-%d}", "name": f"Quarter {quarter}"}, {}],
        },
        computed_at=timezone.now(),
        **signed,
    )


@pytest.mark.django_db
def test_the_chart_is_of_signed_quarters_once_each_by_their_newest_edition(cast):
    manager = cast["manager"]
    keep_report(3, 1, 1.5, signed_by=manager)
    keep_report(4, 1, 1.5, signed_by=manager)  # the same quarter, published again as it was
    keep_report(6, 2, 2.0, signed_by=manager)
    keep_report(6, 2, 2.5, edition=2, signed_by=manager)
    keep_report(6, 2, 9.0, edition=3)
    keep_report(9, 3, 9.0)
    (trend,) = list_gap_trends(load_scope(manager))
    assert [(row["label"], row["rate"]) for row in trend["rows"]] == [("Quarter 1", 1.5), ("Quarter 2", 2.5)]
    assert trend["table"][0] == ["Quarter 1", "1.50", "1.10 to 4.00"]
    assert list_gap_trends(load_scope(cast["hyndburn"])) == []


@pytest.mark.django_db
def test_a_quarter_without_a_ratio_is_named_and_none_with_one_is_no_chart(cast):
    manager = cast["manager"]
    keep_report(3, 1, None, signed_by=manager)
    assert list_gap_trends(load_scope(manager)) == []
    keep_report(6, 2, 2.0, signed_by=manager)
    (trend,) = list_gap_trends(load_scope(manager))
    assert trend["table"][0] == ["Quarter 1", "Not shown", ""]


@pytest.mark.django_db
def test_a_manager_sees_the_gap_with_its_table_and_who_compares_with_whom(cast, sign_in_as):
    client = sign_in_as("manager")
    assert "once an" in client.get(reverse("service-now")).content.decode()
    keep_report(3, 1, 1.5, signed_by=cast["manager"])
    page = client.get(reverse("service-now")).content.decode()
    assert "The most deprived fifth with the rest" in page
    assert "1.10 to 4.00" in page
    assert "no difference: 1" in page
