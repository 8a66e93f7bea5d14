"""Who was still waiting at the end of a period: babies referred who had had no first contact by then, by how long.

The clock is that of `counting.FIRST_CONTACTS_SQL`: from the referral's receipt to the first attended direct contact or
indirect activity. A referral waits until then, or until it is not accepted, withdrawn, or its work ends; a baby who
waits by several referrals waits since the oldest.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from pairs.matching.counted import load_children_by_record
from pairs.service.report_sections import ReportSection, SectionTable
from pairs.web.local_days import get_start_of_day
from referrals.rules.choices import ReferralState
from reporting.evidence import counting

WEEK_BANDS = (4, 12, 18)
DAYS_A_WEEK = 7
ENDING_STATES = [ReferralState.NOT_ACCEPTED, ReferralState.WITHDRAWN]

# A referral is as it was that day: its newest step before the end of it says where it stood.
_OPEN_THEN = """
    open_then AS (
        SELECT referral.id, referral.received_at, episode.id AS episode_id
        FROM referral
        LEFT JOIN episode ON episode.referral_id = referral.id
        LEFT JOIN LATERAL (
            SELECT step.status FROM step
            WHERE step.referral_id = referral.id AND step.at < %(stop)s
            ORDER BY step.at DESC, step.id DESC LIMIT 1
        ) newest ON true
        WHERE referral.patient_id IS NULL -- a carer's own help is not the baby's
          AND referral.received_at < %(stop)s
          AND (newest.status IS NULL OR NOT newest.status = ANY(%(ending)s))
          AND (episode.ended_on IS NULL OR episode.ended_on > %(last)s)
    )"""
_MET_BY_THEN = """,
    direct AS (
        SELECT * FROM direct_contact
        WHERE starts_at < %(stop)s AND episode_id IN (SELECT episode_id FROM open_then)
    ),
    spoken AS (
        SELECT * FROM liaison WHERE starts_at < %(stop)s AND episode_id IN (SELECT episode_id FROM open_then)
    )"""
_TABLES = ", step AS NOT MATERIALIZED (SELECT id, referral_id, status, at FROM referrals_referralstatus),"
STILL_WAITING_SQL = f"""{_TABLES}{_OPEN_THEN}{_MET_BY_THEN}{counting.REACHED}{counting.INDIRECT},
    met AS MATERIALIZED (
        SELECT episode.referral_id, reached.child_id
        FROM reached JOIN episode ON episode.id = reached.episode_id
        UNION ALL
        SELECT episode.referral_id, baby.child_id
        FROM indirect JOIN episode ON episode.id = indirect.episode_id JOIN baby ON baby.id = indirect.infant_id
        UNION ALL
        SELECT consultation.referral_id, coalesce(baby.child_id, named.id)
        FROM consultation
        JOIN named ON named.referral_id = consultation.referral_id
        LEFT JOIN baby ON baby.id = named.became_id
        WHERE consultation.held_on <= %(last)s
    )
    SELECT (received_at AT TIME ZONE %(zone)s)::date FROM (
        SELECT DISTINCT ON (coalesce(baby.child_id, named.id)) open_then.received_at
        FROM open_then
        JOIN named ON named.referral_id = open_then.id
        LEFT JOIN baby ON baby.id = named.became_id
        WHERE (named.became_id IS NULL OR baby.id IS NOT NULL)
          AND (baby.lost_on IS NULL OR baby.lost_on > %(last)s)
          AND NOT EXISTS (
            SELECT FROM met
            WHERE met.referral_id = open_then.id AND met.child_id = coalesce(baby.child_id, named.id))
        ORDER BY coalesce(baby.child_id, named.id), open_then.received_at, open_then.id
    ) child"""


def list_waiting_since(on: date) -> list[date]:
    """The day each baby's wait began who was still waiting at the end of that day."""
    known = load_children_by_record()
    asked = {
        "records": list(known),
        "children": list(known.values()),
        "last": on,
        "stop": get_start_of_day(on + timedelta(days=1)),
        "zone": settings.TIME_ZONE,
        "ending": ENDING_STATES,
    }
    with connection.cursor() as cursor:
        cursor.execute(counting.build_tables_sql() + STILL_WAITING_SQL, asked)
        return [received for (received,) in cursor.fetchall()]


def build_tables(first: date, last: date) -> Sequence[SectionTable]:
    """At the end of the period's last day."""
    days = [(last - since).days for since in list_waiting_since(last)]
    return [SectionTable("Babies still waiting for a first contact", ("How long", "Babies"), list_rows(days))]


def list_rows(days: Sequence[int]) -> list[Any]:
    """Everyone, then those over 4, 12 and 18 weeks: each row is within the one before."""
    over = [(f"Over {weeks} weeks", sum(day > weeks * DAYS_A_WEEK for day in days)) for weeks in WEEK_BANDS]
    return [("All who were waiting", len(days)), *over]


STILL_WAITING = ReportSection(
    "Still waiting",
    "Babies who had been referred and had had no first contact by the end of the period’s last day, by how long they "
    "had waited then. Those whose referral was not accepted or was withdrawn, or whose work had ended, are left out.",
    build_tables,
)
