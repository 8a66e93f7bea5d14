"""The ladder of a year's babies a second time: who was referred, and how far each had come by its end, in other SQL."""

from collections import defaultdict

from tests.unit.evidence.independent_counts import (
    BY_REFERRAL,
    ETHNIC_GROUPS,
    FIRST_CONTACT_DAY_SQL,
    HELD_DAY_SQL,
    LIVE_EPISODES_SQL,
    LOCAL_DAY,
    NTH_DAY_SQL,
    PAIRED_SQL,
    QUINTILES,
    add_dates,
    query,
)

RECEIVED, DECIDED = LOCAL_DAY.format("r.received_at"), LOCAL_DAY.format("r.decided_at")
BASE_SQL = BY_REFERRAL.replace(
    "r.imd_decile, 0",
    f"r.imd_decile, r.id, r.status = 'accepted' AND {DECIDED} <= %(last)s, {HELD_DAY_SQL} <= %(last)s",
)
# Of each baby in an episode: its referral, the days of its first contact and of two contacts, its end, and its pair.
WORK_SQL = f"""SELECT r.id, i.id, {FIRST_CONTACT_DAY_SQL} <= %(last)s, {NTH_DAY_SQL.format(n=1)} <= %(last)s,
    e.ended_on <= %(last)s AND {PAIRED_SQL}, e.id FROM {LIVE_EPISODES_SQL}"""
# First and last rating of a goal that was never reworded, and of a GAD-7 by the same carer: how many points better.
GOALS_SQL = """SELECT g.episode_id, d.infant_id,
    (array_agg(t.score ORDER BY t.rated_on DESC))[1] - (array_agg(t.score ORDER BY t.rated_on))[1]
    FROM episodes_goal g JOIN families_dyad d ON d.id = g.dyad_id JOIN outcomes_goalrating t ON t.goal_id = g.id
    WHERE g.entered_in_error_at IS NULL AND t.entered_in_error_at IS NULL AND g.closed_as <> 'reworded'
    GROUP BY g.id, g.episode_id, d.infant_id HAVING count(*) > 1"""
ANXIETY_SQL = f"""SELECT e.id, d.infant_id, (a.scores->>'total')::float - (b.scores->>'total')::float
    FROM outcomes_assessment a JOIN outcomes_assessment b
      ON (a.dyad_id, a.measure, a.rater_id) = (b.dyad_id, b.measure, b.rater_id) AND a.episode_id = b.episode_id
    JOIN families_dyad d ON d.id = a.dyad_id JOIN episodes_episode e ON e.id = a.episode_id
    WHERE a.measure = 'gad7' AND a.completed_on < b.completed_on AND NOT a.declined AND NOT b.declined
      AND a.entered_in_error_at IS NULL AND b.entered_in_error_at IS NULL AND d.entered_in_error_at IS NULL
      AND a.completed_on >= {NTH_DAY_SQL.format(n=0)} AND b.completed_on >= {NTH_DAY_SQL.format(n=1)}"""
RELIABLE_ANXIETY, RELIABLE_GOAL = 4, 3  # points, as NHS England publishes them


def recount_followed(first, last):
    """{step: [(place, ethnicity, quintile)]}, a row a baby."""
    newest = {}
    for baby, received, *rest in query(BASE_SQL + add_dates(RECEIVED), first, last):
        if baby not in newest or received > newest[baby][0]:
            newest[baby] = (received, *rest)
    work = {(referral, baby): rest for referral, baby, *rest in query(WORK_SQL, first, last)}
    moves = list_moves(first, last)
    found = defaultdict(list)
    for baby, (_, place, ethnicity, decile, referral, accepted, held) in newest.items():
        met, again, paired, episode = work.get((referral, baby), (None, None, None, None))
        moved = moves[episode, baby]
        better = any(move >= 1 for move in moved) and not any(move <= -1 for move in moved)
        for step, reached in (
            ("followed_accepted", accepted), ("followed_first_contact", met or held), ("followed_engaged", again),
            ("followed_with_pair", paired), ("followed_judged", moved), ("followed_better", better),
        ):  # fmt: skip
            if not reached:
                break
            found[step].append((place, ETHNIC_GROUPS[ethnicity], QUINTILES[decile]))
    return found


def list_moves(first, last):
    """{(episode, baby): moves, each in thresholds: 1 and more is a reliable improvement}."""
    found = defaultdict(list)
    for sql, threshold in ((GOALS_SQL, RELIABLE_GOAL), (ANXIETY_SQL, RELIABLE_ANXIETY)):
        for episode, baby, points in query(sql, first, last):
            found[episode, baby].append(float(points) / threshold)
    return found
