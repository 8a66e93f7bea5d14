"""How often somebody has supervision, pro rata and with leave taken out, and who is overdue."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from interventions.supervision.actions import change_agreement
from interventions.supervision.agreement_rows import SupervisionStatus
from interventions.supervision.frequency import annotate_standing, read_standing
from interventions.supervision.models import SupervisionAgreement, SupervisionSession
from interventions.supervision.rules import (
    Frequency,
    assess_standing,
    find_agreement_errors,
    get_due_day,
    get_interval_days,
    is_new_to_under_twos,
    suggest_next_day,
)
from interventions.supervision.views import summarise_agreements
from interventions.workforce.actions import record_absence
from interventions.workforce.models import Absence
from pairs.access.scope import load_scope
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from tests.app_due_items import make_due_items
from tests.unit.supervision.factories import get_site, make_agreement, make_session

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 2)
SELF_AUDIT = Frequency(new_days=7, usual_days=14, new_years=3)
list_app_due_items = make_due_items("interventions.supervision")


def test_the_defaults_are_those_of_the_self_audit_tool():
    """One hour weekly with under three years of work with under-twos, one hour fortnightly otherwise."""
    found = (
        settings.SUPERVISION_EVERY_DAYS_NEW,
        settings.SUPERVISION_EVERY_DAYS,
        settings.SUPERVISION_NEW_YEARS,
    )
    assert found == (7, 14, 3)


@pytest.mark.parametrize(
    ("since", "new"),
    [
        (None, False),
        (date(2023, 11, 2), False),
        (date(2023, 11, 3), True),
        (date(2026, 11, 2), True),
        (date(2010, 1, 1), False),
    ],
)
def test_who_is_new(since, new):
    assert is_new_to_under_twos(since=since, on=MONDAY, years=3) is new


@pytest.mark.parametrize(
    ("agreed", "since", "percent", "days"),
    [
        (None, None, 100, 14),
        (None, date(2025, 1, 1), 100, 7),
        (None, None, 50, 28),
        (None, date(2025, 1, 1), 60, 12),
        (None, None, 80, 18),
        (21, date(2025, 1, 1), 50, 21),  # what the two agreed, whatever the hours
    ],
)
def test_how_often(agreed, since, percent, days):
    found = get_interval_days(
        every_days=agreed, under_twos_since=since, working_percent=percent, on=MONDAY, usual=SELF_AUDIT
    )
    assert found == days


AWAY = [(MONDAY + 5 * DAY, MONDAY + 9 * DAY)]


@pytest.mark.parametrize(
    ("interval", "away", "days"),
    [
        (14, (), 14),
        (7, AWAY, 12),  # five days away put it off by five
        (4, AWAY, 4),  # before they go
        (5, AWAY, 10),  # it would have been the first day away
        (7, [*AWAY, (MONDAY + 12 * DAY, MONDAY + 12 * DAY)], 13),
    ],
)
def test_when_it_is_due(interval, away, days):
    assert get_due_day(since=MONDAY, interval=interval, away=away) == MONDAY + days * DAY


@pytest.mark.parametrize(
    ("interval", "away", "on", "days"),
    [
        (14, (), MONDAY, 14),
        (12, (), MONDAY, 11),  # a Saturday: the Friday before
        (14, [(MONDAY + 14 * DAY, MONDAY + 15 * DAY)], MONDAY, 16),
        (7, (), MONDAY + 20 * DAY, 21),  # long over: the next working day
    ],
)
def test_the_day_that_is_suggested(interval, away, on, days):
    assert suggest_next_day(held_on=MONDAY, interval=interval, away=away, on=on) == MONDAY + days * DAY


@pytest.mark.parametrize(
    ("held", "away", "on", "overdue", "expected", "counted"),
    [
        ((), (), MONDAY + 14 * DAY, 0, 1, 0),  # a starter is due after the first interval
        ((), (), MONDAY + 15 * DAY, 1, 1, 0),
        ((MONDAY + 14 * DAY,), (), MONDAY + 20 * DAY, 0, 1, 1),
        ((MONDAY + 14 * DAY,), (), MONDAY + 30 * DAY, 2, 2, 1),
        ((), [(MONDAY + 10 * DAY, MONDAY + 30 * DAY)], MONDAY + 30 * DAY, 0, 0, 0),  # nobody away is overdue
        (
            (),
            [(MONDAY + 16 * DAY, MONDAY + 19 * DAY)],
            MONDAY + 20 * DAY,
            2,
            1,
            0,
        ),  # two of those days they were in
        ((MONDAY,), (), MONDAY + 200 * DAY, 186, 6, 0),  # twelve weeks are counted
    ],
)
def test_where_an_agreement_stands(held, away, on, overdue, expected, counted):
    found = assess_standing(starts_on=MONDAY, held=held, interval=14, away=away, on=on)
    assert (found.overdue_days, found.expected, found.held) == (overdue, expected, counted)


RIGHT = {
    "is_same_person": False, "may_supervise": True, "may_write": True, "exists": False, "starts_on": MONDAY,
    "ends_on": None, "under_twos_since": None, "on": MONDAY, "supervisor": "A", "supervisee": "B", "site": "C",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, set()),
        ({"is_same_person": True}, {"supervisor"}),
        ({"may_supervise": False}, {"supervisor"}),
        ({"may_write": False, "exists": True}, {"supervisee"}),
        ({"exists": True}, {"kind"}),
        ({"ends_on": MONDAY - DAY, "under_twos_since": MONDAY + DAY}, {"ends_on", "under_twos_since"}),
        ({"starts_on": MONDAY + 400 * DAY}, {"starts_on"}),
    ],
)
def test_every_error_of_an_agreement_comes_at_once(changed, fields):
    assert set(find_agreement_errors(**RIGHT | changed)) == fields


@pytest.mark.django_db
def test_what_an_agreement_refuses_and_a_second_one_after_the_first(cast):
    agreed = make_agreement(cast)
    with pytest.raises(ActionRefused) as refused:
        make_agreement(cast, supervisor=cast["blackburn"])
    assert set(refused.value.errors) == {"supervisor", "kind"}
    today = timezone.localdate()
    change_agreement(
        agreement=agreed, every_days=None, minutes=60, under_twos_since=None, working_percent=100,
        ends_on=today, by=cast["supervisor"],
    )  # fmt: skip
    assert make_agreement(cast, days_ago=-1).starts_on == today + DAY
    assert SupervisionAgreement.objects.count() == 2


# The same a second time, by the database alone and in another way: days counted by a series, per agreement.
COMPLIANCE_SQL = """
WITH agreed AS (
    SELECT id, supervisee_id, site_id, kind, starts_on, GREATEST(starts_on, %(on)s::date - 83) AS counted_from,
           COALESCE(every_days, ROUND((CASE WHEN under_twos_since + INTERVAL '3 years' > %(on)s THEN 7 ELSE 14 END)
                                      * 100.0 / working_percent))::int AS every
      FROM supervision_supervisionagreement
), present AS (
    SELECT agreed.id, day::date FROM agreed, generate_series(starts_on, %(on)s::date + 400, '1 day') AS day
     WHERE NOT EXISTS (SELECT 1 FROM workforce_absence away
                        WHERE away.person_id = supervisee_id AND away.site_id = agreed.site_id
                          AND cancelled_at IS NULL AND day BETWEEN away.starts_on AND away.ends_on)
), held AS (
    SELECT agreed.id, session.held_on FROM agreed JOIN supervision_supervisionsession session
        USING (supervisee_id, site_id, kind) WHERE held_on >= starts_on
), due AS (
    SELECT agreed.id, (SELECT day FROM present
                        WHERE present.id = agreed.id
                          AND day > COALESCE((SELECT MAX(held_on) FROM held WHERE held.id = agreed.id), starts_on)
                        ORDER BY day OFFSET every - 1 LIMIT 1) AS due_on FROM agreed
)
SELECT agreed.id, due_on,
       (SELECT COUNT(*) FROM present WHERE present.id = agreed.id AND day > due_on AND day <= %(on)s),
       (SELECT COUNT(*) FROM present WHERE present.id = agreed.id AND day BETWEEN counted_from AND %(on)s) / every,
       (SELECT COUNT(*) FROM held WHERE held.id = agreed.id AND held_on BETWEEN counted_from AND %(on)s)
  FROM agreed JOIN due USING (id)
"""


def count_by_sql(on):
    with connection.cursor() as cursor:
        cursor.execute(COMPLIANCE_SQL, {"on": on})
        return {pk: tuple(rest) for pk, *rest in cursor.fetchall()}


def count_by_rules(on):
    rows = annotate_standing(SupervisionAgreement.objects.all(), timezone.now())
    standings = {row.pk: read_standing(row, on) for row in rows}
    return {pk: (it.due_on, it.overdue_days, it.expected, it.held) for pk, it in standings.items()}


@pytest.mark.django_db
def test_who_is_overdue_equals_an_independent_count(cast):
    """Part-timers, leave, starters, those who are new, what was agreed, and a session that another person gave."""
    today = timezone.localdate()
    make_agreement(cast, days_ago=200, working_percent=60)
    make_agreement(cast, days_ago=5, kind="reflective", every_days=28)
    make_agreement(cast, "hyndburn", days_ago=150, under_twos_since=today - timedelta(days=700))
    make_agreement(
        cast, "trainee", days_ago=90, under_twos_since=today - timedelta(days=30), working_percent=50
    )
    for who, days in (
        ("blackburn", 70),
        ("blackburn", 40),
        ("hyndburn", 9),
        ("trainee", 30),
        ("trainee", 89),
    ):
        make_session(cast, who, days_ago=days)
    for days_ago, length in ((60, 12), (20, 3), (5, 8)):
        Absence.objects.create(
            site=get_site(cast["blackburn"]), person=cast["blackburn"],
            starts_on=today - days_ago * DAY, ends_on=today - (days_ago - length) * DAY,
        )  # fmt: skip
    record_absence(
        person=cast["trainee"], site=get_site(cast["trainee"]), starts_on=today - 3 * DAY, ends_on=today + DAY,
        cover=None, by=cast["supervisor"],
    )  # fmt: skip
    found = count_by_rules(today)
    assert len(found) == 4
    assert found == count_by_sql(today)
    assert any(overdue for _, overdue, _, _ in found.values())


def test_on_the_demo_it_equals_it_as_well(cloned_database):
    """Its part-timers and those who are new, with leave, a starter and a session that the cover gave on top."""
    today = timezone.localdate()
    away, started, covered, *_ = agreed = list(SupervisionAgreement.objects.order_by("supervisee__username"))
    assert {each.working_percent for each in agreed} > {100}
    assert any(each.under_twos_since for each in agreed)
    for days_ago, length in ((40, 9), (4, 6)):
        Absence.objects.create(
            site=away.site, person=away.supervisee,
            starts_on=today - days_ago * DAY, ends_on=today - (days_ago - length) * DAY,
        )  # fmt: skip
    started.change(starts_on=today - 4 * DAY)
    cover = User.objects.get(username="hub")
    SupervisionSession.objects.create(
        site=covered.site, supervisor=cover, supervisee=covered.supervisee, kind=covered.kind, held_on=today
    )
    found = count_by_rules(today)
    assert len(found) == len(agreed)
    assert found == count_by_sql(today)
    assert found[covered.pk][1] == 0
    assert any(held for *_, held in found.values())


@pytest.mark.django_db
def test_the_next_date_is_due_until_it_is_set_and_is_nobody_elses(cast):
    today = timezone.localdate()
    agreed = make_agreement(cast, days_ago=20)
    (item,) = list_app_due_items(load_scope(cast["supervisor"]), today)
    assert (item.code, item.subject_id, item.why) == ("supervision_undated", agreed.pk, "Overdue by 6 days.")
    assert list_app_due_items(load_scope(cast["blackburn"]), today) == []
    make_session(cast, next_at=timezone.now() + timedelta(days=14))
    assert list_app_due_items(load_scope(cast["supervisor"]), today) == []
    (to_record,) = list_app_due_items(load_scope(cast["supervisor"]), today + timedelta(days=15))
    assert to_record.code == "supervision_to_record"


def test_the_page_says_as_many_of_each_as_its_rows_are_marked():
    """A next date that is late is no "all in time"."""
    rows = [
        SimpleNamespace(status=each) for each in (SupervisionStatus.LATE, *[SupervisionStatus.IN_TIME] * 2)
    ]
    assert summarise_agreements(rows) == "1 with a late next date."
    rows += [SimpleNamespace(status=SupervisionStatus.OVERDUE)] * 2 + [
        SimpleNamespace(status=SupervisionStatus.UNDATED)
    ]
    assert summarise_agreements(rows) == "2 overdue, 1 without a next date, 1 with a late next date."
    assert summarise_agreements(rows[1:3]) == "All supervision is in time, with a next date."
    assert summarise_agreements([]) == ""
