"""Consultation, training and posts in the report of the demo: each figure a second time by SQL, as it is published."""

from decimal import Decimal

from django.db import connection

from pairs.service.report_sections import SectionTable
from reporting.evidence.rules import list_report_periods
from reporting.evidence.sections import list_sections, publish_section_table
from reporting.evidence.snapshot import build_snapshot

HELD = """FROM referrals_consultation held WHERE held.status = 'held' AND held.entered_in_error_at IS NULL
          AND held.sealed_at IS NULL AND held.held_on BETWEEN %(first)s AND %(last)s"""
ATTENDED = """
    FROM training_trainingattendance came
    JOIN training_trainingsession held ON held.id = came.session_id AND held.cancelled_at IS NULL
        AND (held.starts_at AT TIME ZONE 'Europe/London')::date BETWEEN %(first)s AND %(last)s
        AND held.starts_at < now()
    JOIN training_trainingattendee person ON person.id = came.attendee_id
    WHERE came.entered_in_error_at IS NULL AND person.entered_in_error_at IS NULL"""
# Everybody once, as they were at the newest of their sessions.
PEOPLE = f"""
    SELECT DISTINCT ON (1) COALESCE(NULLIF(lower(person.email), ''), lower(person.name || '|' || person.organisation)),
           person.workforce_group, person."group", person.place_id {ATTENDED}
    ORDER BY 1, held.starts_at DESC, came.id DESC"""
FIGURES = {
    "Consultations held, by how they came about": f"SELECT came_by, count(*) {HELD} GROUP BY 1",
    "Consultations held, by outcome": f"SELECT outcome, count(*) {HELD} GROUP BY 1",
    "Professionals in consultations, by profession": f"""
        SELECT profession, count(*) FROM (
            SELECT asker_group AS profession {HELD}
            UNION ALL SELECT other."group" FROM referrals_consultationprofessional other
            WHERE other.entered_in_error_at IS NULL AND other.consultation_id IN (SELECT held.id {HELD})
        ) everybody GROUP BY 1""",
    "Feedback on consultations: it helped to think about the baby and the carers": f"""
        SELECT COALESCE(said.helped_to_think::text, ''), count(*)
        FROM (SELECT held.id {HELD}) held LEFT JOIN referrals_consultationfeedback said
        ON said.consultation_id = held.id GROUP BY 1""",
    "Professionals trained, by level": f"SELECT workforce_group, count(*) FROM ({PEOPLE}) people GROUP BY 1",
    "Professionals trained, by profession": f'SELECT "group", count(*) FROM ({PEOPLE}) people GROUP BY 1',
    "Confidence before and after training": f"""
        SELECT COALESCE(sign(after - before)::text, ''), count(*) FROM (
            SELECT DISTINCT person.id, person.confidence_before AS before, person.confidence_after AS after {ATTENDED}
        ) places GROUP BY 1""",
}
FUNDED = """
    SELECT sum(wte) FROM posts_post WHERE entered_in_error_at IS NULL
    AND daterange(funded_from, funded_until, '[]') @> %(last)s::date AND funded_from IS NOT NULL"""


def count(title, period):
    with connection.cursor() as cursor:
        cursor.execute(FIGURES[title], {"first": period.first, "last": period.last})
        return sorted(number for _, number in cursor.fetchall())


def find_exact(title, period, sections):
    """The counts of the section that the app gives, and the table that is published."""
    for section in sections:
        for table in section.build_tables(period.first, period.last):
            if table.title == title:
                return table
    raise AssertionError(title)


def test_the_figures_of_the_demo_equal_sql_and_are_published(cloned_database):
    """Of each period: exact counts equal SQL's, and the snapshot holds those counts, protected."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(held_on) FROM referrals_consultation WHERE status = 'held'")
        month = cursor.fetchone()[0].replace(day=1)
    found = {period["key"]: period for period in build_snapshot(month)["periods"]}
    counted = dict.fromkeys(FIGURES, 0)
    for period in list_report_periods(month):
        published = {
            table["title"]: table["rows"]
            for section in found[period.key]["sections"]
            for table in section["tables"]
        }
        for title in FIGURES:
            table: SectionTable = find_exact(title, period, list_sections())
            assert sorted(row[1] for row in table.rows if row[1]) == count(title, period), (title, period.key)
            again = publish_section_table(table, period)
            assert published[again["title"]] == again["rows"]
            counted[title] += sum(row[1] for row in table.rows)
        with connection.cursor() as cursor:
            cursor.execute(FUNDED, {"last": period.last})
            funded = cursor.fetchone()[0] or Decimal(0)
        [by_group] = [rows for title, rows in published.items() if title.startswith("Establishment by role")]
        assert Decimal(by_group[-1][1]) == funded
    assert all(counted.values()), counted
