"""Every indicator counted a second time: other SQL, one baby a row, grouped by hand, and the MHSDS rule by hand."""

import re
from statistics import median

from django.db import connection

PLACE = "CASE WHEN r.place_assumed THEN 'Not known' ELSE p.name END"
LOCAL_DAY = "({} AT TIME ZONE 'Europe/London')::date"
ETHNIC_GROUPS = {
    **dict.fromkeys("ABC", "White"), **dict.fromkeys("DEFG", "Mixed or multiple"),
    **dict.fromkeys("HJKLR", "Asian or Asian British"), **dict.fromkeys("MNP", "Black or Black British"),
    "S": "Other ethnic group", "Z": "Not stated", "99": "Not known",
}  # fmt: skip
QUINTILES = {
    None: "Not known", 1: "1 (most deprived)", 2: "1 (most deprived)", 3: "2", 4: "2", 5: "3", 6: "3",
    7: "4", 8: "4", 9: "5 (least deprived)", 10: "5 (least deprived)",
}  # fmt: skip

# A direct contact at which anybody was seen, and whether this baby was reached by it.
ATTENDED_SQL = """c.entered_in_error_at IS NULL AND c.mechanism IN ('01', '02', '04', '11') AND EXISTS (
    SELECT FROM episodes_participant q WHERE q.care_contact_id = c.id AND q.entered_in_error_at IS NULL
    AND q.attendance IN ('attended', 'late_seen'))"""
REACHES_BABY_SQL = """c.entered_in_error_at IS NULL AND c.mechanism IN ('01', '02', '04', '11') AND (
    i.id IN (SELECT infant_id FROM episodes_participant q WHERE q.care_contact_id = c.id
             AND q.entered_in_error_at IS NULL AND q.attendance IN ('attended', 'late_seen'))
    OR (NOT EXISTS (SELECT FROM episodes_participant q WHERE q.care_contact_id = c.id AND q.infant_id IS NOT NULL
                    AND q.entered_in_error_at IS NULL)
        AND EXISTS (SELECT FROM episodes_participant q WHERE q.care_contact_id = c.id
                    AND q.caregiver_id IS NOT NULL AND q.entered_in_error_at IS NULL
                    AND q.attendance IN ('attended', 'late_seen'))
        AND EXISTS (SELECT FROM episodes_episode_focus x JOIN families_dyad d ON d.id = x.dyad_id
                    WHERE x.episode_id = e.id AND d.infant_id = i.id AND d.entered_in_error_at IS NULL)))"""
LIVE_EPISODES_SQL = """episodes_episode e
    JOIN referrals_referral r ON r.id = e.referral_id
    JOIN families_infant i ON i.family_id = e.family_id
    JOIN service_place p ON p.id = r.place_id
    WHERE e.entered_in_error_at IS NULL AND r.entered_in_error_at IS NULL AND i.entered_in_error_at IS NULL"""
BY_EPISODE = (
    f"SELECT i.id, r.received_at, {PLACE}, i.ethnicity, r.imd_decile, {{more}} FROM {LIVE_EPISODES_SQL}"
)
BY_REFERRAL = f"""
    SELECT coalesce(n.became_id, n.id), r.received_at, {PLACE},
           CASE WHEN n.became_id IS NULL THEN n.ethnicity ELSE i.ethnicity END, r.imd_decile, 0
    FROM referrals_referredinfant n JOIN referrals_referral r ON r.id = n.referral_id
    JOIN service_place p ON p.id = r.place_id LEFT JOIN families_infant i ON i.id = n.became_id
    WHERE n.entered_in_error_at IS NULL AND r.entered_in_error_at IS NULL AND i.entered_in_error_at IS NULL"""
NTH_DAY_SQL = f"""(SELECT {LOCAL_DAY.format("c.starts_at")} FROM episodes_carecontact c WHERE c.episode_id = e.id
    AND {ATTENDED_SQL} ORDER BY c.starts_at OFFSET {{n}} LIMIT 1)"""
PAIRED_SQL = f"""EXISTS (
    SELECT FROM outcomes_assessment a JOIN outcomes_assessment b
      ON (a.dyad_id, a.measure, a.measure_version, a.rater_id) = (b.dyad_id, b.measure, b.measure_version, b.rater_id)
      AND a.episode_id = b.episode_id AND a.completed_on < b.completed_on
    JOIN families_dyad d ON d.id = a.dyad_id
    WHERE a.episode_id = e.id AND d.infant_id = i.id AND a.measure = 'prfq' AND NOT a.declined AND NOT b.declined
      AND a.entered_in_error_at IS NULL AND b.entered_in_error_at IS NULL AND d.entered_in_error_at IS NULL
      AND a.completed_on >= {NTH_DAY_SQL.format(n=0)} AND b.completed_on >= {NTH_DAY_SQL.format(n=1)}
      AND a.completed_on >= i.birth_date AND b.completed_on < i.birth_date + interval '60 months')"""
# Liaison about this baby: a note names them, or no note names anybody and they are in focus.
SPEAKS_OF_BABY_SQL = """c.entered_in_error_at IS NULL AND c.kind = 'liaison' AND (
    EXISTS (SELECT FROM episodes_notepart n LEFT JOIN families_dyad d ON d.id = n.dyad_id
            WHERE n.care_contact_id = c.id AND n.entered_in_error_at IS NULL AND i.id IN (n.infant_id, d.infant_id))
    OR (NOT EXISTS (SELECT FROM episodes_notepart n WHERE n.care_contact_id = c.id AND n.entered_in_error_at IS NULL
                    AND (n.infant_id IS NOT NULL OR n.dyad_id IS NOT NULL OR n.caregiver_id IS NOT NULL))
        AND EXISTS (SELECT FROM episodes_episode_focus x JOIN families_dyad d ON d.id = x.dyad_id
                    WHERE x.episode_id = e.id AND d.infant_id = i.id AND d.entered_in_error_at IS NULL)))"""
# PRFQ is the core from birth to three: two days of the work, the second on or after contact 2, at that age and in life.
LAST_FITTING_DAY_SQL = "least(e.ended_on, (i.birth_date + interval '36 months')::date - 1, i.lost_on - 1)"
FITS_SQL = f"""(i.birth_date IS NOT NULL
    AND {LAST_FITTING_DAY_SQL} > greatest({NTH_DAY_SQL.format(n=0)}, i.birth_date)
    AND {LAST_FITTING_DAY_SQL} >= {NTH_DAY_SQL.format(n=1)})"""
FIRST_CONTACT_DAY_SQL = f"""(SELECT min({LOCAL_DAY.format("c.starts_at")}) FROM episodes_carecontact c
    WHERE c.episode_id = e.id AND ({REACHES_BABY_SQL} OR {SPEAKS_OF_BABY_SQL}))"""
HELD_DAY_SQL = """(SELECT min(t.held_on) FROM referrals_consultation t
    WHERE t.referral_id = r.id AND t.status = 'held' AND t.entered_in_error_at IS NULL)"""


def query(sql, first, last):
    with connection.cursor() as cursor:
        cursor.execute(sql, {"first": first, "last": last})
        return cursor.fetchall()


def add_dates(what):
    return f" AND {what} BETWEEN %(first)s AND %(last)s"


def keep_newest_per_baby(rows):
    """Each baby once, with the newest referral: [(place, ethnicity, quintile, more)]."""
    newest = {}
    for baby, received, *rest in rows:
        if baby not in newest or received > newest[baby][0]:
            newest[baby] = (received, *rest)
    return [(p, ETHNIC_GROUPS[e], QUINTILES[d], more) for _, p, e, d, more in newest.values()]


def recount(first, last):
    """{indicator: [(place, ethnicity, quintile, more)]}, a row a baby (an attendance, for the last two)."""
    received, decided = LOCAL_DAY.format("r.received_at"), LOCAL_DAY.format("r.decided_at")
    ended = keep_newest_per_baby(
        query(
            BY_EPISODE.format(
                more=f"CASE WHEN {NTH_DAY_SQL.format(n=1)} IS NULL THEN 0 WHEN {PAIRED_SQL} THEN 3 "
                f"WHEN {FITS_SQL} THEN 2 ELSE 1 END"
            )
            + add_dates("e.ended_on"),
            first,
            last,
        )
    )
    first_contact = keep_newest_per_baby(
        [
            *query(
                BY_EPISODE.format(more=f"{FIRST_CONTACT_DAY_SQL} - {received}")
                + add_dates(FIRST_CONTACT_DAY_SQL),
                first,
                last,
            ),
            *query(
                BY_REFERRAL.replace("r.imd_decile, 0", f"r.imd_decile, {HELD_DAY_SQL} - {received}")
                + add_dates(HELD_DAY_SQL),
                first,
                last,
            ),
        ]
    )
    seen = BY_EPISODE.format(more="0") + (
        f" AND EXISTS (SELECT FROM episodes_carecontact c WHERE c.episode_id = e.id AND {REACHES_BABY_SQL}"
        f"{add_dates(LOCAL_DAY.format('c.starts_at'))})"
    )
    expected = list_attendances(first, last)
    return {
        "referred": keep_newest_per_baby(query(BY_REFERRAL + add_dates(received), first, last)),
        "accepted": keep_newest_per_baby(
            query(BY_REFERRAL + add_dates(decided) + " AND r.status = 'accepted'", first, last)
        ),
        "not_accepted": keep_newest_per_baby(
            query(BY_REFERRAL + add_dates(decided) + " AND r.status = 'not_accepted'", first, last)
        ),
        "seen": keep_newest_per_baby(query(seen, first, last)),
        "first_contact": first_contact,
        "within_limit": [row for row in first_contact if row[3] <= 28],
        "ended": ended,
        "ended_engaged": [row for row in ended if row[3] >= 1],
        "ended_none_fits": [row for row in ended if row[3] == 1],
        "ended_fitting": [row for row in ended if row[3] >= 2],
        "ended_with_pair": [row for row in ended if row[3] == 3],
        "expected": expected,
        "not_brought": [row for row in expected if row[3] == "not_brought"],
    }


def list_attendances(first, last):
    rows = query(
        f"""SELECT {PLACE}, i.ethnicity, r.imd_decile, t.attendance
        FROM episodes_participant t JOIN episodes_carecontact c ON c.id = t.care_contact_id
        JOIN episodes_episode e ON e.id = c.episode_id JOIN referrals_referral r ON r.id = e.referral_id
        JOIN families_infant i ON i.id = t.infant_id JOIN service_place p ON p.id = r.place_id
        WHERE t.attendance NOT IN ('cancelled_family', 'cancelled_service', 'did_not_attend')
        AND t.entered_in_error_at IS NULL AND c.entered_in_error_at IS NULL AND e.entered_in_error_at IS NULL
        AND r.entered_in_error_at IS NULL
        AND i.entered_in_error_at IS NULL{add_dates(LOCAL_DAY.format("c.starts_at"))}""",
        first,
        last,
    )
    return [(p, ETHNIC_GROUPS[e], QUINTILES[d], more) for p, e, d, more in rows]


def round_by_mhsds(count):
    """NHS England's rule below national level, as it is written: 0 to 4 a star, else to the nearest 5."""
    return "*" if count < 5 else str(round(count / 5) * 5)


WORDS = {
    "fewer than one in eight": (0, 0.125), "about a quarter": (0.125, 0.375), "about half": (0.375, 0.625),
    "about three quarters": (0.625, 0.875), "more than seven in eight": (0.875, 1.001),
}  # fmt: skip


def find_share_error(text, part, whole):
    """ "" when a printed share says the truth of these exact parts, else what is wrong with it."""
    if text == "*":
        return ""
    if "*" in (round_by_mhsds(part), round_by_mhsds(whole)):
        return "a part of it is hidden"
    if text in WORDS:
        return "" if WORDS[text][0] <= part / whole < WORDS[text][1] else "other words"
    percent, low, high = map(int, re.fullmatch(r"(\d+)% \((\d+) to (\d+)%\)", text).groups())
    truth = 100 * part / whole
    if whole < 28:
        return "too few for per cent"
    return "" if abs(percent - truth) <= 2.5 and low <= truth <= high else "off the truth"


def compute_median(days):
    return "*" if len(days) < 5 else str(int(median(days) + 0.5))
