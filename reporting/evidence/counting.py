"""The SQL of the indicators: each query gives babies (or attendances) by place, ethnic category and decile.

Whatever is counted hangs off the referral: the place and the deprivation decile are the referral's own, as they
were on the day. The ethnic category is the baby's. What counts is said by ``build_counted_tables``; a
child who would be
counted twice in a period, under one record or several, is counted once, with the newest referral.
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
    """
    views = [
        f"{name} AS NOT MATERIALIZED ({compile_statement(rows).sql})"
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

# Of a contact, the babies it reached: those who were seen; where no baby was expected, those in focus of an
# episode whose carer was seen (an unborn baby, or a carer's own hour).
REACHED_SQL = """,
    reached AS (
        SELECT contact.episode_id, contact.starts_at, baby.id AS baby_id, baby.child_id
        FROM direct_contact contact
        JOIN came ON came.care_contact_id = contact.id
        JOIN baby ON baby.id = came.infant_id
        WHERE {about}
        UNION
        SELECT contact.episode_id, contact.starts_at, baby.id, baby.child_id
        FROM direct_contact contact
        JOIN came ON came.care_contact_id = contact.id AND came.caregiver_id IS NOT NULL
        JOIN episodes_episode_focus focus ON focus.episode_id = contact.episode_id
        JOIN dyad ON dyad.id = focus.dyad_id
        JOIN baby ON baby.id = dyad.infant_id
        WHERE {about}
          AND NOT EXISTS (
            SELECT FROM participant other
            WHERE other.care_contact_id = contact.id AND other.infant_id IS NOT NULL)
    )"""
IN_PERIOD_SQL = "contact.starts_at >= %(start)s AND contact.starts_at < %(stop)s"
OF_EPISODES_IN_PERIOD_SQL = """{contact}.episode_id IN (
    SELECT episode_id FROM contact WHERE starts_at >= %(start)s AND starts_at < %(stop)s)"""

# The referral and the baby behind what is counted, which says which ``episode_id`` and ``baby_id``.
REFERRAL_AND_BABY = """
    JOIN episode ON episode.id = {of}.episode_id
    JOIN referral ON referral.id = episode.referral_id
     AND referral.patient_id IS NULL -- a carer's own help is not the baby's
    JOIN baby ON baby.id = {of}.baby_id"""

# Each child who is named in a referral of that kind, with the newest.
_NAMED_CHILDREN_SQL = """
        SELECT DISTINCT ON (coalesce(baby.child_id, named.id)) coalesce(baby.child_id, named.id) AS child_id,
               referral.id AS referral_id, referral.status, referral.decided_at, referral.known_place_id AS place,
               coalesce(baby.ethnicity, named.ethnicity) AS category, referral.imd_decile AS decile
        FROM referral
        JOIN named ON named.referral_id = referral.id
        LEFT JOIN baby ON baby.id = named.became_id
        WHERE (named.became_id IS NULL OR baby.id IS NOT NULL) AND {which}
        ORDER BY coalesce(baby.child_id, named.id), referral.received_at DESC, referral.id"""
_REFERRALS_SQL = f"""
    SELECT place, category, decile, count(*) FROM ({_NAMED_CHILDREN_SQL}
    ) child GROUP BY place, category, decile"""

RECEIVED_IN_PERIOD = "referral.received_at >= %(start)s AND referral.received_at < %(stop)s"
REFERRED_SQL = _REFERRALS_SQL.format(which=RECEIVED_IN_PERIOD)
DECIDED_SQL = _REFERRALS_SQL.format(
    which="referral.decided_at >= %(start)s AND referral.decided_at < %(stop)s AND referral.status = %(status)s"
)

SEEN_SQL = f"""{REACHED_SQL.format(about=IN_PERIOD_SQL)}
    SELECT place, category, decile, count(*) FROM (
        SELECT DISTINCT ON (baby.child_id) referral.known_place_id AS place, baby.ethnicity AS category,
               referral.imd_decile AS decile
        FROM reached {REFERRAL_AND_BABY.format(of="reached")}
        ORDER BY baby.child_id, referral.received_at DESC, referral.id, baby.id
    ) child GROUP BY place, category, decile"""

# Indirect activity (MHSDS MHS204): work about a baby without them. Liaison is about the babies whom its note names;
# where it names nobody, about those in focus. A consultation that was held is about those whom its referral names.
INDIRECT_SQL = """,
    named_liaison AS (
        SELECT liaison.episode_id, liaison.starts_at, coalesce(about.infant_id, dyad.infant_id) AS infant_id
        FROM liaison
        JOIN about ON about.care_contact_id = liaison.id
        LEFT JOIN dyad ON dyad.id = about.dyad_id
        WHERE {about}
    ),
    indirect AS (
        SELECT episode_id, starts_at, infant_id FROM named_liaison WHERE infant_id IS NOT NULL
        UNION
        SELECT liaison.episode_id, liaison.starts_at, dyad.infant_id
        FROM liaison
        JOIN episodes_episode_focus focus ON focus.episode_id = liaison.episode_id
        JOIN dyad ON dyad.id = focus.dyad_id
        WHERE {about} AND NOT EXISTS (SELECT FROM about WHERE about.care_contact_id = liaison.id)
    )"""

# The days in London of the referral and of the first contact after it, where that fell in the period: what lies
# between them is referrals.rules.clocks' matter. A baby whom only a consultation is about may have no record yet.
_FIRST_CONTACTS_SQL = f"""{REACHED_SQL.format(about=OF_EPISODES_IN_PERIOD_SQL.format(contact="contact"))}{
    INDIRECT_SQL.format(about=OF_EPISODES_IN_PERIOD_SQL.format(contact="liaison"))
},
    met AS (
        SELECT episode.referral_id, reached.child_id, baby.ethnicity AS category,
               (reached.starts_at AT TIME ZONE %(zone)s)::date AS day
        FROM reached JOIN episode ON episode.id = reached.episode_id JOIN baby ON baby.id = reached.baby_id
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
    first AS (
        SELECT DISTINCT ON (met.referral_id, met.child_id) met.*, referral.known_place_id AS place,
               referral.imd_decile AS decile, referral.received_at,
               (referral.received_at AT TIME ZONE %(zone)s)::date AS received
        FROM met JOIN referral ON referral.id = met.referral_id
         AND referral.patient_id IS NULL -- a carer's own help is not the baby's
        WHERE met.day >= (referral.received_at AT TIME ZONE %(zone)s)::date
        ORDER BY met.referral_id, met.child_id, met.day, met.category
    )"""
FIRST_CONTACT_SQL = f"""{_FIRST_CONTACTS_SQL}
    SELECT place, category, decile, received, day, count(*) FROM (
        SELECT DISTINCT ON (child_id) place, category, decile, received, day
        FROM first WHERE day BETWEEN %(first)s AND %(last)s
        ORDER BY child_id, received_at DESC, referral_id
    ) child GROUP BY place, category, decile, received, day"""

# The babies referred in the period, each with what had become of that referral by the period's end: whether it was
# accepted, whether there was a first contact after it, and its episode with the records of the child in its focus.
FOLLOWED_SQL = f"""{_FIRST_CONTACTS_SQL},
    cohort AS ({_NAMED_CHILDREN_SQL.format(which=RECEIVED_IN_PERIOD)})
    SELECT cohort.place, cohort.category, cohort.decile,
           cohort.status = 'accepted' AND cohort.decided_at < %(stop)s,
           EXISTS (SELECT FROM first WHERE first.referral_id = cohort.referral_id
                     AND first.child_id = cohort.child_id AND first.day <= %(last)s),
           episode.id, episode.ended_on,
           ARRAY(SELECT baby.id FROM episodes_episode_focus focus
                 JOIN dyad ON dyad.id = focus.dyad_id JOIN baby ON baby.id = dyad.infant_id
                 WHERE focus.episode_id = episode.id AND baby.child_id = cohort.child_id)
    FROM cohort LEFT JOIN episode ON episode.referral_id = cohort.referral_id"""

# Attendances of babies, not babies: 3 over 5 + 6 + 7 + 3 of NHS Data Dictionary ATTENDED OR DID NOT ATTEND.
EXPECTED_SQL = f"""
    SELECT referral.known_place_id, baby.ethnicity, referral.imd_decile, visit.not_brought, count(*)
    FROM (
        SELECT contact.episode_id, expected.infant_id AS baby_id, expected.not_brought
        FROM contact
        JOIN expected ON expected.care_contact_id = contact.id
        WHERE {IN_PERIOD_SQL}
    ) visit {REFERRAL_AND_BABY.format(of="visit")}
    GROUP BY 1, 2, 3, 4"""

# Every baby in focus of an episode that ended in the period; the pairing rule is asked in Python.
ENDED_SQL = f"""
    SELECT DISTINCT ON (baby.child_id) ended.episode_id, baby.id, referral.known_place_id, baby.ethnicity,
           referral.imd_decile, baby.birth_date, baby.lost_on, ended.ended_on
    FROM (
        SELECT episode.id AS episode_id, dyad.infant_id AS baby_id, episode.ended_on
        FROM episode
        JOIN episodes_episode_focus focus ON focus.episode_id = episode.id
        JOIN dyad ON dyad.id = focus.dyad_id
        WHERE episode.ended_on BETWEEN %(first)s AND %(last)s
    ) ended {REFERRAL_AND_BABY.format(of="ended")}
    ORDER BY baby.child_id, referral.received_at DESC, referral.id, baby.id"""

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
