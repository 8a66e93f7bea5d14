"""The paired rate a second time: one SQL statement, written from the NHS rule, against what the product says.

On the demo's families as they are, and with every measure that can be recorded, in every way that makes no pair.
"""

from collections import Counter
from datetime import date, timedelta
from random import Random

from django.db import connection, transaction

from interventions.episodes.models import Episode
from outcomes.measures import list_offered_measures
from outcomes.models import Assessment
from outcomes.summary import (
    annotate_contact_days,
    build_goal_parts,
    build_measure_parts,
    present_episode_outcomes,
)
from pairs.access.prepared_records import PreparedRecords
from pairs.access.scope import load_scope
from pairs.families.models import Dyad, Infant
from pairs.service.models import User
from reporting.evidence.indicators import compute_indicators, load_places
from reporting.evidence.rules import Period
from tests.unit.outcomes.test_permitted_scores import AGES, AT_ANY_TIME, IN_PREGNANCY

# The first on or after contact 1, the last on or after contact 2, by the same person (of a film: the same role), of
# the same dyad, in the same version and form, within the age window, not on one day, with a part scored both times.
PAIRS_SQL = """
WITH came AS (
  SELECT c.episode_id, (c.starts_at AT TIME ZONE 'Europe/London')::date AS day,
         row_number() OVER (PARTITION BY c.episode_id ORDER BY c.starts_at) AS nth
  FROM episodes_carecontact c
  WHERE c.entered_in_error_at IS NULL AND c.sealed_at IS NULL AND c.mechanism IN ('01', '02', '04', '11')
    AND EXISTS (SELECT FROM episodes_participant p WHERE p.care_contact_id = c.id AND p.entered_in_error_at IS NULL
                AND p.sealed_at IS NULL AND p.attendance IN ('attended', 'late_seen'))
), contacts AS (
  SELECT episode_id, min(day) FILTER (WHERE nth = 1) AS one, min(day) FILTER (WHERE nth = 2) AS two
  FROM came GROUP BY episode_id
), ages AS (SELECT * FROM unnest(%(measures)s::text[], %(whens)s::text[], %(weeks)s::int[], %(months)s::int[],
                                 %(untils)s::int[]) AS t (measure, at, weeks, months, until)
), asked AS (
  SELECT a.*, d.infant_id, coalesce(a.rater_id::text, nullif(a.rater_role, ''), a.rated_by_staff_id::text) AS who,
    NOT a.declined
    AND EXISTS (SELECT FROM jsonb_each(a.scores) s WHERE s.value <> 'null')
    AND CASE ages.at
      WHEN 'any' THEN true
      WHEN 'pregnancy' THEN i.birth_date IS NULL OR a.completed_on < i.birth_date
      ELSE i.birth_date <= a.completed_on
        AND a.completed_on >= (i.birth_date + make_interval(months => ages.months, weeks => ages.weeks))::date
        AND (ages.until IS NULL OR a.completed_on < (i.birth_date + make_interval(months => ages.until))::date)
      END AS counts
  FROM outcomes_assessment a JOIN families_dyad d ON d.id = a.dyad_id JOIN families_infant i ON i.id = d.infant_id
  JOIN ages ON ages.measure = a.measure
  WHERE a.entered_in_error_at IS NULL AND a.sealed_at IS NULL
), ends AS (
  SELECT asked.episode_id, asked.measure, asked.dyad_id, asked.infant_id,
    min(completed_on) FILTER (WHERE counts AND completed_on >= one) AS begun,
    max(completed_on) FILTER (WHERE counts AND completed_on >= two) AS again,
    (array_agg(scores ORDER BY completed_on) FILTER (WHERE counts AND completed_on >= one))[1] AS first_scores,
    (array_agg(scores ORDER BY completed_on DESC) FILTER (WHERE counts AND completed_on >= two))[1] AS last_scores
  FROM asked LEFT JOIN contacts USING (episode_id)
  GROUP BY asked.episode_id, asked.measure, asked.dyad_id, asked.infant_id, measure_version, form, who
)
SELECT episode_id, measure, dyad_id, infant_id, bool_or(coalesce(begun < again AND EXISTS (
  SELECT FROM jsonb_each(first_scores) f JOIN jsonb_each(last_scores) l USING (key)
  WHERE f.value <> 'null' AND l.value <> 'null'), false)) AS paired
FROM ends GROUP BY episode_id, measure, dyad_id, infant_id
"""
# Of the babies whose work ended, each once with the newest referral: how many, and with how many the core is paired.
ENDED_SQL = f"""
WITH pairs AS ({PAIRS_SQL}), ended AS (
  SELECT DISTINCT ON (i.id) e.id AS episode_id, i.id AS infant_id
  FROM episodes_episode e JOIN referrals_referral r ON r.id = e.referral_id
  JOIN episodes_episode_focus x ON x.episode_id = e.id JOIN families_dyad d ON d.id = x.dyad_id
  JOIN families_infant i ON i.id = d.infant_id
  WHERE e.ended_on IS NOT NULL AND e.entered_in_error_at IS NULL AND r.patient_id IS NULL
  ORDER BY i.id, r.received_at DESC)
SELECT count(*), count(*) FILTER (WHERE EXISTS (
  SELECT FROM pairs JOIN outcomes_chosenmeasure chosen ON chosen.measure = pairs.measure
    AND cardinality(chosen.core_for) > 0
  WHERE pairs.paired AND pairs.episode_id = ended.episode_id AND pairs.infant_id = ended.infant_id))
FROM ended
"""


def build_age_arrays():
    """The pinned ages as arrays: one row a measure."""
    known = {each.id: AGES.get(each.id, ("born", 0, 0, None)) for each in list_offered_measures()}
    known |= dict.fromkeys(IN_PREGNANCY, ("pregnancy", 0, 0, None)) | dict.fromkeys(
        AT_ANY_TIME, ("any", 0, 0, None)
    )
    whens, weeks, months, untils = (list(each) for each in zip(*known.values(), strict=True))
    return {"measures": list(known), "whens": whens, "weeks": weeks, "months": months, "untils": untils}


def query_with_ages(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql, build_age_arrays())
        return cursor.fetchall()


def list_pairs_by_sql(episodes):
    rows = query_with_ages(PAIRS_SQL)
    return {
        (episode, measure, dyad): paired for episode, measure, dyad, _, paired in rows if episode in episodes
    }


OUTCOME_PARTS = PreparedRecords(
    lambda scope, episode: build_measure_parts(episode) | build_goal_parts(episode)
)


def list_pairs_by_product(scope, episodes):
    """What the episode's page says of each measure and dyad."""
    return {
        (episode.pk, each["id"], each["dyad"]): each["paired"]
        for episode in episodes.values()
        for each in present_episode_outcomes(OUTCOME_PARTS.rows(scope, episode=episode.pk), episode)[
            "measures"
        ]
    }


def compare_both_ways():
    """Both ways for each visible episode and the indicator; how often each measure is paired or not."""
    scope = load_scope(User.objects.get(username="supervisor"))
    episodes = {each.pk: each for each in Episode.objects.visible_to(scope)}
    ours, theirs = list_pairs_by_product(scope, episodes), list_pairs_by_sql(set(episodes))
    assert ours == theirs, {key: (ours.get(key), theirs.get(key)) for key in ours.keys() ^ theirs.keys()}
    found = compute_indicators(Period("year", "All years", date(2020, 1, 1), date(2100, 1, 1)), load_places())
    assert (found.counts["ended"].total(), found.counts["ended_with_pair"].total()) == query_with_ages(
        ENDED_SQL
    )[0]
    return Counter((measure, paired) for (_, measure, _), paired in ours.items())


def test_on_the_demo_as_it_is(cloned_database):
    counted = compare_both_ways()
    assert counted["prfq", True]
    assert counted["prfq", False]
    assert len({measure for measure, _ in counted}) > 3
    assert any(paired and measure != "prfq" for measure, paired in counted)


def test_with_every_measure_in_every_way(cloned_database):
    """Which families a roll of the dice meets depends on their ids: it is rolled until each measure is paired."""
    wanted = {(measure.id, True) for measure in list_offered_measures() if measure.scales}
    wanted |= {(measure.id, False) for measure in list_offered_measures()}
    counted = set()
    for roll in range(8):
        if not wanted - counted:
            break
        counted |= set(count_with(Random(roll)))
    assert wanted - counted == set(), "the comparison says nothing of these"


def count_with(dice):
    with transaction.atomic():
        make_every_third_unborn()
        Assessment.objects.bulk_create(generate_assessments(dice))
        counted = compare_both_ways()
        transaction.set_rollback(True)
    return counted


def make_every_third_unborn():
    for infant in list(Infant.objects.filter(lost_on=None).order_by("pk"))[::3]:
        infant.change(birth_date=None, nhs_number=None, estimated_due_date=date(2099, 1, 1))


def generate_assessments(dice):
    """Some of each measure for each dyad of an episode, many of them wrong in one of the ways there are."""
    by = User.objects.get(username="supervisor")
    days_of = {each.episode_id: each.contact_days for each in annotate_contact_days(Assessment.objects.all())}
    for episode in Episode.objects.order_by("pk"):
        days = days_of.get(episode.pk, [])
        for dyad in (
            Dyad.objects.live().filter(family=episode.family_id).select_related("infant").order_by("pk")
        ):
            for sheet in list_offered_measures():
                yield from generate_dyad_assessments(dice, episode, dyad, sheet, days, by)


def generate_dyad_assessments(dice, episode, dyad, sheet, days, by):
    """On days of their own, as the action sees to it; mostly the same form, or one of many forms is hardly paired."""
    usual = dice.choice(sheet.forms or [""])
    near = [
        dice.choice(days) if days and dice.random() < 0.7 else episode.opened_on
        for _ in range(dice.randrange(1, 6))
    ]
    for day in {each + timedelta(days=dice.choice((-9, -1, 0, 0, 1, 40))) for each in near}:
        declined = dice.random() < 0.1
        scores = {scale.id: None if dice.random() < 0.2 else 3.0 for scale in sheet.scales}
        rated = {"rater_id": dyad.caregiver_id} if sheet.completed_by == "carer" else {"rated_by_staff": by}
        yield Assessment(
            episode=episode,
            dyad=dyad,
            measure=sheet.id,
            measure_version=sheet.version if dice.random() < 0.85 else "0",
            form=usual if dice.random() < 0.85 else dice.choice(sheet.forms or [""]),
            timepoint="review",
            completed_on=day,
            declined=declined,
            scores={} if declined else scores,
            rater_role=dice.choice(("coder", "practitioner")) if sheet.completed_by == "coder" else "",
            scoring_version="1",
            recorded_by=by,
            **rated,
        )
