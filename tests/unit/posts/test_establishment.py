"""The establishment: the strategy's own totals, and posts funded and filled counted a second time in SQL."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from interventions.posts.actions import change_post, remove_filling
from interventions.posts.establishment import Filled, list_establishment, list_years
from interventions.posts.models import PlanLine, Post
from interventions.posts.report_sections import REPORT_SECTIONS
from pairs.service.models import Site
from reporting.evidence.snapshot import build_snapshot
from tests.unit.posts.factories import FIRST, make_holding, make_post

DAY = timedelta(days=1)
ON = date(2026, 10, 31)
# Table 4 as it is printed, by role group and band: total by 2030, and the additional capacity that the recommended
# model would need. It prints no total where no post is planned, and no recommendation where none is made.
PRINTED = {
    ("consultant_psychologist", "8c"): ("0.5", "1.56"),
    ("psychologist", "8b"): ("0.6", "5.65"),
    ("psychologist", "8a"): ("2.1", "-2.10"),
    ("service_manager", "8a"): ("1", "-1.00"),
    ("therapist", "7"): ("2.56", "16.19"),
    ("practitioner", "7"): ("8", "-1.75"),
    ("assistant", "4"): ("1", "-1.00"),
    ("peer_support", "4"): ("0", "6.25"),
    ("administration", "4"): ("1.6", "4.65"),
}
# (role group, band) → funded and filled, without a model, a QuerySet or a rule of ours.
BY_GROUP = """
SELECT p."group", p.band, sum(p.wte), sum(coalesce(h.filled, 0))
FROM posts_post p
JOIN service_site s ON s.id = p.site_id
LEFT JOIN (
    SELECT post_id, sum(wte) AS filled FROM posts_postholding
    WHERE entered_in_error_at IS NULL AND sealed_at IS NULL
      AND daterange(starts_on, ends_on, '[]') @> %(day)s::date
    GROUP BY post_id
) h ON h.post_id = p.id
WHERE p.entered_in_error_at IS NULL AND p.sealed_at IS NULL AND p.funded_from IS NOT NULL
  AND daterange(p.funded_from, p.funded_until, '[]') @> %(day)s::date
GROUP BY 1, 2
"""


def test_the_plan_has_the_totals_and_gaps_that_the_strategy_prints(db):
    rows = list_establishment([], PlanLine.objects.all())
    assert {(row.group, row.band): (row.planned, row.gap) for row in rows} == {
        key: (Decimal(total), Decimal(gap)) for key, (total, gap) in PRINTED.items()
    }
    sums = [sum(getattr(row, name) for row in rows) for name in ("at_start", "additional", "planned")]
    assert sums == [Decimal("5.36"), Decimal("12"), Decimal("17.36")]
    assert sum(row.recommended for row in rows) == Decimal("45.81")
    assert sum(row.gap for row in rows) == Decimal("28.45")


@pytest.fixture
def posts(cast):
    """Full, part filled, vacant, ended, planned with and without a date; people who came, left, and never were."""
    whole = make_post(cast)
    make_holding(cast, whole, wte="0.60", ends_on=ON - DAY)
    make_holding(cast, whole, "trainee", "0.40")
    make_holding(cast, whole, "hyndburn", "0.50", ON)
    wrong = make_holding(cast, whole, "hub", "0.10", ON + 10 * DAY)
    remove_filling(holding=wrong, reason="Someone else", by=cast["administrator"])
    make_post(cast, "hyndburn", wte=Decimal("2.56"), band="7", group="practitioner")
    make_post(cast, "blackpool", funded_until=ON - DAY)
    make_post(cast, "blackpool", funded_until=ON, wte=Decimal("0.50"), band="6")
    make_post(cast, "preston", funded_from=ON + DAY)
    make_post(cast, "preston", funded_from=None, wte=Decimal("3"))
    return Post.objects.all()


def count_independently(day):
    with connection.cursor() as cursor:
        cursor.execute(BY_GROUP, {"day": day})
        return {(group, band): (funded, filled) for group, band, funded, filled in cursor.fetchall()}


@pytest.mark.parametrize("day", [FIRST - DAY, FIRST, ON - DAY, ON, ON + DAY, ON + 10 * DAY])
def test_funded_and_filled_equal_independent_sql(posts, day):
    rows = list_establishment(Post.objects.live().funded_on(day).with_filled(day), [])
    found = {(row.group, row.band): (row.now.funded, row.now.filled) for row in rows}
    assert found == count_independently(day)


def test_the_reports_snapshot_has_the_same_figures(posts):
    tables = build_snapshot(date(2026, 10, 1))["periods"][0]["sections"]
    workforce = next(each for each in tables if each["title"] == "Workforce")
    by_group, by_site = workforce["tables"]
    counted = count_independently(ON)
    funded, filled = (sum(each[place] for each in counted.values()) for place in (0, 1))
    assert [Decimal(text) for text in by_group["rows"][-1][1:]] == [
        funded, filled, funded - filled, Decimal("17.36"), Decimal("45.81"), Decimal("28.45"),
    ]  # fmt: skip
    assert sum(Decimal(row[1]) for row in by_site["rows"]) == funded
    assert [row[0] for row in by_site["rows"]] == [site.name for site in Site.objects.all()]


def test_a_band_that_no_plan_names_has_a_row_of_its_own(posts):
    (section,) = REPORT_SECTIONS
    by_group, _ = section.build_tables(ON, ON)
    names = [row[0] for row in by_group.rows]
    assert "Parent-infant therapist (band 6)" in names[len(PRINTED) :]


def test_years_count_posts_by_their_dates_and_leave_undated_ones_out(posts, cast):
    ending = Post.objects.get(site__code="preston", funded_from=ON + DAY)
    facts = (
        "title",
        "group",
        "band",
        "wte",
        "funded_from",
        "no_direct_work",
        "is_recruit_to_train",
        "course",
    )
    known = {name: getattr(ending, name) for name in facts}
    change_post(post=ending, by=cast["administrator"], funded_until=date(2028, 3, 30), **known)
    years = list_years(Post.objects.live().unended(ON), ON, 2030)
    assert [(year.name, year.funded) for year in years] == [
        ("2026/27", Decimal("4.56")), ("2027/28", Decimal("3.56")), ("2028/29", Decimal("3.56")),
        ("2029/30", Decimal("3.56")),
    ]  # fmt: skip


def test_nothing_is_funded_where_there_is_no_post(db):
    assert sum((row.now for row in list_establishment([], PlanLine.objects.all())), Filled()) == Filled()
