"""The SQL of the indicators: each query gives babies (or attendances) by period, place, ethnic category and decile.

Whatever is counted hangs off the referral: the place and the deprivation decile are the referral's own, as they
were on the day. The ethnic category is the baby's. What counts is said by ``build_counted_tables``; a child who would
be counted twice in a period, under one record or several, is counted once, with the newest referral.

A statement counts any number of periods at once: its rows begin with the period's number.
"""

from functools import cache

from django.db.models import Case, Q, QuerySet, When

from interventions.episodes.models import CareContact, Episode, NotePart, Participant
from interventions.episodes.rules import Attendance
from pairs.access.statements import compile_statement
from pairs.families.models import Dyad, Infant
from pairs.matching.counted import select_counted
from referrals.models import Consultation, Referral, ReferredInfant

# A district that only stands in is not known: nothing assumed is counted as if somebody had said it.
KNOWN_PLACE = Case(When(place_assumed=False, then="place_id"))


def build_counted_tables() -> dict[str, QuerySet]:
    """The tables of these statements by their names there: rows that count, as everywhere else they are chosen."""
    contacts, people = select_counted(CareContact.objects.all()), select_counted(Participant.objects.all())
    return {
        "contact": contacts.values("id", "episode_id", "starts_at"),
        "direct_contact": contacts.direct().values("id", "episode_id", "starts_at"),
        "participant": people.values("care_contact_id", "infant_id"),
        "came": people.attended().values("care_contact_id", "infant_id", "caregiver_id"),
        "expected": people.expected().values(
            "care_contact_id", "infant_id", not_brought=Q(attendance=Attendance.NOT_BROUGHT)
        ),
        "liaison": contacts.liaison().values("id", "episode_id", "starts_at"),
        "about": select_counted(NotePart.objects.exclude(infant=None, dyad=None, caregiver=None)).values(
            "care_contact_id", "infant_id", "dyad_id"
        ),
        "consultation": select_counted(Consultation.objects.held()).values("referral_id", "held_on"),
        "dyad": select_counted(Dyad.objects.all()).values("id", "infant_id"),
        "episode": select_counted(Episode.objects.all()).values("id", "referral_id", "ended_on"),
        "referral": select_counted(Referral.objects.annotate(known_place_id=KNOWN_PLACE)).values(
            "id",
            "known_place_id",
            "received_at",
            "decided_at",
            "status",
            "patient_id",
            "imd_decile",
            "imd_version",
        ),
        "named": select_counted(ReferredInfant.objects.all()).values(
            "id", "referral_id", "became_id", "ethnicity"
        ),
        "record": Infant.objects.valid().values("id", "ethnicity", "birth_date", "lost_on"),
    }


@cache
def build_tables_sql() -> str:
    """``build_counted_tables`` as the beginning of a statement, folded into it by PostgreSQL; and every
    baby's child.

    In no order: PostgreSQL would sort the whole table first, and could not fold it in.
    """
    views = [
        f"{name} AS NOT MATERIALIZED ({compile_statement(rows.order_by()).sql})"
        for name, rows in build_counted_tables().items()
    ]
    return f"WITH {', '.join(views)}".replace("%", "%%") + BABY


# Each record of a baby with the record that the child goes by now, after a merge or an adoption.
BABY = """,
    baby AS (
        SELECT record.id, record.ethnicity, record.birth_date, record.lost_on,
               coalesce(same.child_id, record.id) AS child_id
        FROM record
        LEFT JOIN unnest(%(records)s::uuid[], %(children)s::uuid[]) AS same (record_id, child_id)
          ON same.record_id = record.id
    )"""

# The periods that are counted, of days and of the midnights in London that begin and end them.
PERIODS = """,
    period AS (
        SELECT *
        FROM unnest(
            %(numbers)s::int[], %(firsts)s::date[], %(lasts)s::date[],
            %(starts)s::timestamptz[], %(stops)s::timestamptz[]
        ) AS period (number, first, last, start, stop)
    )"""

# Of ``direct``, the direct contacts that a statement asks about, each baby that was reached, at least once: those who
# were seen; where no baby was expected, those in focus of an episode whose carer was seen (an unborn baby, or a
# carer's own hour).
REACHED = """,
    reached AS MATERIALIZED (
        SELECT direct.*, baby.id AS baby_id, baby.child_id, baby.ethnicity AS category
        FROM direct
        JOIN came ON came.care_contact_id = direct.id
        JOIN baby ON baby.id = came.infant_id
        UNION ALL
        SELECT direct.*, baby.id, baby.child_id, baby.ethnicity
        FROM direct
        JOIN came ON came.care_contact_id = direct.id AND came.caregiver_id IS NOT NULL
        JOIN episodes_episode_focus focus ON focus.episode_id = direct.episode_id
        JOIN dyad ON dyad.id = focus.dyad_id
        JOIN baby ON baby.id = dyad.infant_id
        WHERE NOT EXISTS (
            SELECT FROM participant other
            WHERE other.care_contact_id = direct.id AND other.infant_id IS NOT NULL)
    )"""

# The referral and the baby behind what is counted, which says which ``episode_id`` and ``baby_id``.
REFERRAL_AND_BABY = """
    JOIN episode ON episode.id = {of}.episode_id
    JOIN referral ON referral.id = episode.referral_id
     AND referral.patient_id IS NULL -- a carer's own help is not the baby's
    JOIN baby ON baby.id = {of}.baby_id"""

# Each child who is named in a referral of that moment in a period, with the newest.
_NAMED_CHILDREN_SQL = """
        SELECT DISTINCT ON (number, name, child_id) period.number, period.stop, {name} AS name,
               coalesce(baby.child_id, named.id) AS child_id, referral.id AS referral_id, referral.status,
               referral.decided_at, referral.known_place_id AS place,
               coalesce(baby.ethnicity, named.ethnicity) AS category, referral.imd_decile AS decile
        FROM period
        JOIN referral ON referral.{moment} >= period.start AND referral.{moment} < period.stop
        JOIN named ON named.referral_id = referral.id
        LEFT JOIN baby ON baby.id = named.became_id
        WHERE (named.became_id IS NULL OR baby.id IS NOT NULL) AND {which}
        ORDER BY number, name, child_id, referral.received_at DESC, referral.id, named.id"""
_BY_CELL = """
    SELECT number, name, place, category, decile, count(*) FROM ({children}
    ) child GROUP BY number, name, place, category, decile"""
_RECEIVED_SQL = _NAMED_CHILDREN_SQL.format(name="'referred'::text", moment="received_at", which="true")

REFERRED_SQL = PERIODS + _BY_CELL.format(children=_RECEIVED_SQL)
DECIDED_SQL = PERIODS + _BY_CELL.format(
    children=_NAMED_CHILDREN_SQL.format(
        name="referral.status", moment="decided_at", which="referral.status = ANY(%(statuses)s)"
    )
)

_SEEN_CHILDREN_SQL = f"""
        SELECT DISTINCT ON (seen.number, baby.child_id) seen.number, 'seen' AS name, referral.known_place_id AS place,
               baby.ethnicity AS category, referral.imd_decile AS decile
        FROM (SELECT DISTINCT number, episode_id, baby_id FROM reached) seen {REFERRAL_AND_BABY.format(of="seen")}
        ORDER BY seen.number, baby.child_id, referral.received_at DESC, referral.id, baby.id"""
SEEN_SQL = f"""{PERIODS},
    direct AS (
        SELECT contact.id, contact.episode_id, period.number
        FROM period
        JOIN direct_contact contact ON contact.starts_at >= period.start AND contact.starts_at < period.stop
    ){REACHED}{_BY_CELL.format(children=_SEEN_CHILDREN_SQL)}"""

# What each count of babies is counted by: those whose rows need no more than to be added up.
BABIES_SQL = {
    "referred": REFERRED_SQL,
    "accepted": DECIDED_SQL,
    "not_accepted": DECIDED_SQL,
    "seen": SEEN_SQL,
}

# Indirect activity (MHSDS MHS204): work about a baby without them. Liaison, as far as a statement asks about it in
# ``spoken``, is about the babies whom its note names; where it names nobody, about those in focus. A consultation that
# was held is about those whom its referral names.
INDIRECT = """,
    indirect AS MATERIALIZED (
        SELECT spoken.*, coalesce(about.infant_id, dyad.infant_id) AS infant_id
        FROM spoken
        JOIN about ON about.care_contact_id = spoken.id
        LEFT JOIN dyad ON dyad.id = about.dyad_id
        UNION ALL
        SELECT spoken.*, dyad.infant_id
        FROM spoken
        JOIN episodes_episode_focus focus ON focus.episode_id = spoken.episode_id
        JOIN dyad ON dyad.id = focus.dyad_id
        WHERE NOT EXISTS (SELECT FROM about WHERE about.care_contact_id = spoken.id)
    )"""

# The first contact of each baby after each referral, where it fell between two days, the newest referral first. Its
# days are those in London of the referral and of the contact: what lies between them is referrals.rules.clocks'
# matter. A baby whom only a consultation is about may have no record yet.
FIRST_CONTACTS_SQL = f""",
    met_lately AS (
        SELECT episode_id FROM contact WHERE starts_at >= %(start)s AND starts_at < %(stop)s
        UNION
        SELECT episode.id FROM consultation JOIN episode ON episode.referral_id = consultation.referral_id
        WHERE consultation.held_on BETWEEN %(first)s AND %(last)s
    ),
    direct AS (SELECT * FROM direct_contact WHERE episode_id IN (SELECT episode_id FROM met_lately)),
    spoken AS (SELECT * FROM liaison WHERE episode_id IN (SELECT episode_id FROM met_lately)){REACHED}{INDIRECT},
    met AS MATERIALIZED (
        SELECT episode.referral_id, reached.child_id, reached.category,
               (reached.starts_at AT TIME ZONE %(zone)s)::date AS day
        FROM reached JOIN episode ON episode.id = reached.episode_id
        UNION ALL
        SELECT episode.referral_id, baby.child_id, baby.ethnicity, (indirect.starts_at AT TIME ZONE %(zone)s)::date
        FROM indirect JOIN episode ON episode.id = indirect.episode_id JOIN baby ON baby.id = indirect.infant_id
        UNION ALL
        SELECT consultation.referral_id, coalesce(baby.child_id, named.id),
               coalesce(baby.ethnicity, named.ethnicity), consultation.held_on
        FROM consultation
        JOIN named ON named.referral_id = consultation.referral_id
        LEFT JOIN baby ON baby.id = named.became_id
        WHERE consultation.held_on <= %(last)s AND (named.became_id IS NULL OR baby.id IS NOT NULL)
    ),
    received AS (
        SELECT *, (received_at AT TIME ZONE %(zone)s)::date AS day
        FROM referral
        WHERE patient_id IS NULL -- a carer's own help is not the baby's
    ),
    first AS (
        SELECT DISTINCT ON (referral_id, child_id) * FROM (
            SELECT met.referral_id, met.child_id, met.category, min(met.day) AS day
            FROM met JOIN received ON received.id = met.referral_id
            WHERE met.day >= received.day
            GROUP BY met.referral_id, met.child_id, met.category
        ) earliest
        ORDER BY referral_id, child_id, day, category
    )
    SELECT first.referral_id, first.child_id, received.known_place_id, first.category, received.imd_decile,
           received.day, first.day
    FROM first JOIN received ON received.id = first.referral_id
    WHERE first.day BETWEEN %(first)s AND %(last)s
    ORDER BY received.received_at DESC, first.referral_id"""

# The babies referred in the period, each with what had become of that referral by the period's end: whether it was
# accepted, and its episode with the records of the child in its focus.
FOLLOWED_SQL = f"""{PERIODS},
    cohort AS ({_RECEIVED_SQL}),
    focused AS (
        SELECT focus.episode_id, baby.child_id, array_agg(DISTINCT baby.id) AS records
        FROM episodes_episode_focus focus
        JOIN dyad ON dyad.id = focus.dyad_id
        JOIN baby ON baby.id = dyad.infant_id
        GROUP BY focus.episode_id, baby.child_id
    )
    SELECT cohort.number, cohort.referral_id, cohort.child_id, cohort.place, cohort.category, cohort.decile,
           cohort.status = 'accepted' AND cohort.decided_at < cohort.stop, episode.id, episode.ended_on,
           coalesce(focused.records, '{{}}')
    FROM cohort
    LEFT JOIN episode ON episode.referral_id = cohort.referral_id
    LEFT JOIN focused ON focused.episode_id = episode.id AND focused.child_id = cohort.child_id"""

# Attendances of babies, not babies: 3 over 5 + 6 + 7 + 3 of NHS Data Dictionary ATTENDED OR DID NOT ATTEND.
EXPECTED_SQL = f"""{PERIODS}
    SELECT visit.number, referral.known_place_id, baby.ethnicity, referral.imd_decile, visit.not_brought, count(*)
    FROM (
        SELECT period.number, contact.episode_id, expected.infant_id AS baby_id, expected.not_brought
        FROM period
        JOIN contact ON contact.starts_at >= period.start AND contact.starts_at < period.stop
        JOIN expected ON expected.care_contact_id = contact.id
    ) visit {REFERRAL_AND_BABY.format(of="visit")}
    GROUP BY 1, 2, 3, 4, 5"""

# Every baby in focus of an episode that ended in the period; the pairing rule is asked in Python.
ENDED_SQL = f"""{PERIODS}
    SELECT DISTINCT ON (ended.number, baby.child_id) ended.number, ended.episode_id, baby.id, referral.known_place_id,
           baby.ethnicity, referral.imd_decile, baby.birth_date, baby.lost_on, ended.ended_on
    FROM (
        SELECT period.number, episode.id AS episode_id, dyad.infant_id AS baby_id, episode.ended_on
        FROM period
        JOIN episode ON episode.ended_on BETWEEN period.first AND period.last
        JOIN episodes_episode_focus focus ON focus.episode_id = episode.id
        JOIN dyad ON dyad.id = focus.dyad_id
    ) ended {REFERRAL_AND_BABY.format(of="ended")}
    ORDER BY ended.number, baby.child_id, referral.received_at DESC, referral.id, baby.id"""

# The local day of each direct contact where anybody expected was seen, in order.
CONTACT_DAYS_SQL = """
    SELECT contact.episode_id, (contact.starts_at AT TIME ZONE %(zone)s)::date
    FROM direct_contact contact
    WHERE contact.episode_id = ANY(%(episodes)s)
      AND EXISTS (SELECT FROM came WHERE came.care_contact_id = contact.id)
    ORDER BY contact.starts_at"""

INDEX_VERSIONS = """
    SELECT imd_version, count(*) FROM referral
    WHERE received_at >= %(start)s AND received_at < %(stop)s GROUP BY 1 ORDER BY 1"""
