"""Consultations, training and outreach of the demo: what the report counts of them equals independent SQL."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from interventions.training.models import TrainingAttendee
from interventions.training.rules import WorkforceGroup
from pairs.demo import seeding
from pairs.demo import texts_hub_work as words
from pairs.demo.generator import SeedPlan, ServiceGenerator
from pairs.demo.scenario_rows import WRITE_ORDER, ScenarioRows
from pairs.demo.scenarios.consultations import build_consultations, write_consultation
from pairs.demo.scenarios.hub_work import seed_consultation_log, seed_outreach, seed_training
from pairs.demo.seeding import seed_reference_data
from pairs.demo.writer import BulkWriter
from pairs.families.models import Sequence
from referrals.rules.choices import ConsultationOutcome, ConsultationRoute, ProfessionalGroup
from reporting.evidence.rules import Period, get_previous_month
from reporting.evidence.sections import build_sections, list_sections
from reporting.evidence.snapshot import build_snapshot
from tests.cast import find_cast
from tests.unit.evidence.independent_counts import round_by_mhsds

pytestmark = pytest.mark.django_db
LIVE = "entered_in_error_at IS NULL AND sealed_at IS NULL"
HELD_SQL = f"""
    SELECT * FROM referrals_consultation
    WHERE status = 'held' AND held_on BETWEEN %(first)s AND %(last)s AND {LIVE}"""
# Each person once, as of their newest session.
PEOPLE_SQL = """
    SELECT DISTINCT ON (coalesce(nullif(lower(who.email), ''), lower(who.name) || '|' || lower(who.organisation)))
           who.workforce_group, who."group", who.place_id
    FROM training_trainingattendance came
    JOIN training_trainingsession session ON session.id = came.session_id
    JOIN training_trainingattendee who ON who.id = came.attendee_id
    WHERE session.cancelled_at IS NULL AND came.entered_in_error_at IS NULL
      AND (session.starts_at AT TIME ZONE 'Europe/London')::date BETWEEN %(first)s AND %(last)s
    ORDER BY coalesce(nullif(lower(who.email), ''), lower(who.name) || '|' || lower(who.organisation)),
             session.starts_at DESC"""
NEWEST_SQL = """
    SELECT DISTINCT ON (place_id, workforce_group) place_id, workforce_group, headcount
    FROM training_workforcefigure WHERE as_of <= %(last)s
    ORDER BY place_id, workforce_group, as_of DESC"""
IN_PLACES_SQL = "JOIN service_place place ON place.id = one.place_id GROUP BY place.name"


@pytest.fixture(scope="module")
def year(module_transaction):
    """The demo's hub work, and the year to today as a period that holds all of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seeding, "make_cast", find_cast)
        return seed_hub_work()


def seed_hub_work():
    plan = SeedPlan(families=60, months=6, seed=3, until=timezone.localdate())
    ids, world = seed_reference_data(plan), ServiceGenerator(plan)
    with BulkWriter(WRITE_ORDER, ids.users) as writer:
        rows = ScenarioRows(ids, writer)
        for life in world.generate_families():
            rows.of(life)
        for made in build_consultations(plan, world):
            write_consultation(ids, writer, made)
    Sequence.objects.bulk_create(
        Sequence(kind=kind, year=year, last=last) for (kind, year), last in world.given.items()
    )
    seed_consultation_log()
    seed_training()
    seed_outreach()
    return Period("year", "the year", plan.until - timedelta(days=365), plan.until)


def count_by_sql(period, sql):
    """{label: count} of a statement that gives the two."""
    with connection.cursor() as cursor:
        cursor.execute(sql, {"first": period.first, "last": period.last})
        return dict(cursor.fetchall())


OURS = ("Consultation", "Outreach", "Training delivered")


def list_tables(period):
    """Exact, as each app gives them."""
    sections = [each for each in list_sections() if each.title in OURS]
    assert sorted(each.title for each in sections) == sorted(OURS)
    return [table for each in sections for table in each.build_tables(period.first, period.last)]


def list_counts(period):
    """{title: counts that are not nought}, as the report counts."""
    return {
        table.title: {label: count for label, count, *_ in table.rows if count}
        for table in list_tables(period)
    }


def relabel(choices, counts):
    return {choices(code).label: count for code, count in counts.items()}


def test_consultations_equal_independent_sql(year):
    found = list_counts(year)
    by = {
        name: count_by_sql(year, f"SELECT {name}, count(*) FROM ({HELD_SQL}) one GROUP BY 1")
        for name in ("came_by", "outcome", "named")
    }
    assert found["Consultations held, by how they came about"] == relabel(ConsultationRoute, by["came_by"])
    assert found["Consultations held, by outcome"] == relabel(ConsultationOutcome, by["outcome"])
    naming = {("Named" if named else "Not named"): count for named, count in by["named"].items()}
    assert found["Consultations held, by whether the family was named"] == naming
    in_places = f"SELECT place.name, count(*) FROM ({HELD_SQL} AND NOT place_assumed) one {IN_PLACES_SQL}"
    places = {**found["Consultations held, by district"]}
    not_known = places.pop("Not known", 0)
    assert places == count_by_sql(year, in_places)
    assert not_known + sum(places.values()) == sum(by["came_by"].values())
    assert by["came_by"]["drop_in"] == by["came_by"]["phone"] == 2
    assert by["came_by"].keys() >= {"request", "referral"}


def test_professionals_in_consultations_equal_independent_sql(year):
    who = f"""
        SELECT who, count(*) FROM (
            SELECT asker_group AS who FROM ({HELD_SQL}) held
            UNION ALL
            SELECT other."group" FROM referrals_consultationprofessional other
            JOIN ({HELD_SQL}) held ON held.id = other.consultation_id
        ) one GROUP BY 1"""
    counted = count_by_sql(year, who)
    not_known = counted.pop("", 0)
    found = list_counts(year)["Professionals in consultations, by profession"]
    assert found.pop("Not known", 0) == not_known
    assert found == relabel(ProfessionalGroup, counted)


def test_training_reach_equals_independent_sql(year):
    found = list_counts(year)
    levels = count_by_sql(year, f"SELECT workforce_group, count(*) FROM ({PEOPLE_SQL}) one GROUP BY 1")
    groups = count_by_sql(year, f'SELECT "group", count(*) FROM ({PEOPLE_SQL}) one GROUP BY 1')
    assert found["Professionals trained, by level"] == relabel(WorkforceGroup, levels)
    assert found["Professionals trained, by profession"] == relabel(ProfessionalGroup, groups)
    in_places = count_by_sql(year, f"SELECT place.name, count(*) FROM ({PEOPLE_SQL}) one {IN_PLACES_SQL}")
    places = {**found["Professionals trained, by district"]}
    assert places.pop("Not known") == sum(levels.values()) - sum(in_places.values()) > 0
    assert places == in_places
    reached = f"""
        SELECT place.name, count(*) FROM ({PEOPLE_SQL}) who
        JOIN ({NEWEST_SQL}) one ON one.place_id = who.place_id AND one.workforce_group = who.workforce_group
        {IN_PLACES_SQL}"""
    assert found["Reach of training, by district"] == count_by_sql(year, reached)
    workforce = f"SELECT place.name, sum(headcount)::int FROM ({NEWEST_SQL}) one {IN_PLACES_SQL}"
    (table,) = (each for each in list_tables(year) if "Workforce" in each.headings)
    shown = {name: int(headcount) for name, _, headcount in table.rows}
    assert shown == count_by_sql(year, workforce)


def test_outreach_equals_independent_sql(year):
    held = """
        SELECT * FROM outreach_outreachsession
        WHERE recorded_on IS NOT NULL
          AND (starts_at AT TIME ZONE 'Europe/London')::date BETWEEN %(first)s AND %(last)s"""
    found = list_counts(year)
    sessions = count_by_sql(year, f"SELECT place.name, count(*) FROM ({held}) one {IN_PLACES_SQL}")
    parents = count_by_sql(year, f"SELECT place.name, sum(parents)::int FROM ({held}) one {IN_PLACES_SQL}")
    followed = f"""
        SELECT place.name, count(*) FROM ({held}) one
        JOIN referrals_referral followed ON followed.outreach_session_id = one.id {IN_PLACES_SQL}"""
    assert found["Outreach sessions, by district"] == sessions
    assert found["Parents and carers reached, by district"] == parents
    assert found["Referrals after outreach, by district"] == count_by_sql(year, followed)
    assert sum(sessions.values()) == len(words.OUTREACH)


def test_confidence_and_certificates_are_of_those_who_came(year):
    came = set(TrainingAttendee.objects.who_came().values_list("pk", flat=True))
    rated = TrainingAttendee.objects.exclude(confidence_after=None)
    certified = TrainingAttendee.objects.exclude(certificate_on=None)
    assert 0 < rated.count() < len(came)
    assert {each.pk for each in (*rated, *certified)} <= came


def test_the_snapshot_has_them_with_small_numbers_protected(year):
    published = [table for each in build_sections(year) if each["title"] in OURS for table in each["tables"]]
    for table, exact in zip(published, list_tables(year), strict=True):
        for (label, text, *_), (name, count, *_) in zip(table["rows"], exact.rows, strict=False):
            assert label == name
            assert text in ("*", round_by_mhsds(count)), (table["title"], label)
            assert count >= 5 or text == "*"
    snapshot = build_snapshot(get_previous_month(timezone.localdate()))
    for period in snapshot["periods"]:
        assert {each["title"] for each in period["sections"]} >= set(OURS)
