"""Who was still waiting at the end of a period: babies referred who had had no first contact by then, by how long.

The clock is that of `counting.FIRST_CONTACTS_SQL`: from the referral's receipt to the first attended direct contact or
indirect activity. A referral waits until then, or until it is not accepted, withdrawn, or its work ends; a baby who
waits by several referrals waits since the oldest.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pairs.service.report_sections import ReportSection, SectionTable
from referrals.rules.choices import ReferralState
from reporting.evidence import counting
from reporting.evidence.indicators import build_query_bounds, fetch_rows
from reporting.evidence.rules import Period

WEEK_BANDS = (4, 12, 18)
DAYS_A_WEEK = 7
ENDING_STATES = [ReferralState.NOT_ACCEPTED, ReferralState.WITHDRAWN]

# A referral is as it was that day: its newest step before the end of it says where it stood.
_OPEN_THEN = """,
    step AS NOT MATERIALIZED (SELECT id, referral_id, status, at FROM referrals_referralstatus),
    open_then AS (
        SELECT period.number, period.last, period.stop, referral.id AS referral_id, referral.received_at,
               episode.id AS episode_id
        FROM period
        JOIN referral ON referral.received_at < period.stop
         AND referral.patient_id IS NULL -- a carer's own help is not the baby's
        LEFT JOIN episode ON episode.referral_id = referral.id
        LEFT JOIN LATERAL (
            SELECT step.status FROM step
            WHERE step.referral_id = referral.id AND step.at < period.stop
            ORDER BY step.at DESC, step.id DESC LIMIT 1
        ) newest ON true
        WHERE (newest.status IS NULL OR NOT newest.status = ANY(%(ending)s))
          AND (episode.ended_on IS NULL OR episode.ended_on > period.last)
    )"""
_MET_BY_THEN = """,
    direct AS (
        SELECT contact.*, number, referral_id
        FROM open_then JOIN direct_contact contact USING (episode_id) WHERE contact.starts_at < stop
    ),
    spoken AS (
        SELECT liaison.*, number, referral_id
        FROM open_then JOIN liaison USING (episode_id) WHERE liaison.starts_at < stop
    )"""
STILL_WAITING_SQL = f"""{counting.PERIODS}{_OPEN_THEN}{_MET_BY_THEN}{counting.REACHED}{counting.INDIRECT},
    met AS MATERIALIZED (
        SELECT number, referral_id, child_id FROM reached
        UNION ALL
        SELECT indirect.number, indirect.referral_id, baby.child_id
        FROM indirect JOIN baby ON baby.id = indirect.infant_id
        UNION ALL
        SELECT open_then.number, open_then.referral_id, coalesce(baby.child_id, named.id)
        FROM open_then
        JOIN consultation ON consultation.referral_id = open_then.referral_id
         AND consultation.held_on <= open_then.last
        JOIN named ON named.referral_id = consultation.referral_id
        LEFT JOIN baby ON baby.id = named.became_id
    ),
    waiting AS (
        SELECT open_then.*, coalesce(baby.child_id, named.id) AS child_id
        FROM open_then
        JOIN named ON named.referral_id = open_then.referral_id
        LEFT JOIN baby ON baby.id = named.became_id
        WHERE (named.became_id IS NULL OR baby.id IS NOT NULL)
          AND (baby.lost_on IS NULL OR baby.lost_on > open_then.last)
    )
    SELECT number, (received_at AT TIME ZONE %(zone)s)::date FROM (
        SELECT DISTINCT ON (number, child_id) *
        FROM waiting
        WHERE NOT EXISTS (
            SELECT FROM met
            WHERE (met.number, met.referral_id, met.child_id)
                = (waiting.number, waiting.referral_id, waiting.child_id))
        ORDER BY number, child_id, received_at, referral_id
    ) child"""


def list_waiting_since(periods: Sequence[Period]) -> list[list[date]]:
    """Of each period the day each baby's wait began who was still waiting at the end of its last day."""
    found: list[list[date]] = [[] for _ in periods]
    asked = build_query_bounds(periods) | {"ending": ENDING_STATES}
    for number, received in fetch_rows(STILL_WAITING_SQL, asked):
        found[number].append(received)
    return found


def build_tables(first: date, last: date) -> Sequence[SectionTable]:
    """At the end of the period's last day."""
    (waiting,) = list_waiting_since([Period("", "", first, last)])
    return build_waiting_tables(waiting, last)


def build_waiting_tables(waiting: Sequence[date], on: date) -> Sequence[SectionTable]:
    """Of those who are found to be waiting on that day, each since when."""
    days = [(on - since).days for since in waiting]
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
