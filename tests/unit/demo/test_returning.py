"""Families referred again in the demo data, and the consultations: what they are generated to show."""

from collections import Counter
from datetime import date

import pytest

from pairs.access.scope import load_scope
from pairs.demo.calendar import to_local_date
from pairs.demo.generator import SeedPlan, ServiceGenerator
from pairs.demo.scenario_rows import WRITE_ORDER, ScenarioRows
from pairs.demo.scenarios.consultations import build_consultations, write_consultation
from pairs.demo.scenarios.returning import (
    RETURNING_CASES,
    SIMILAR_NAMING,
    seed_returning,
    select_ended,
    select_ongoing,
)
from pairs.demo.seeding import seed_reference_data
from pairs.demo.writer import BulkWriter
from pairs.families.models import Infant
from pairs.matching.duplicates import find_matches
from pairs.matching.rules.evidence import PersonDescription
from pairs.service.models import User
from referrals.models import Consultation, MatchAnswer, Referral
from referrals.rules.choices import ConsultationStatus
from referrals.rules.clocks import is_return
from reporting.dashboards.returning_referrals import find_returns

PLAN = SeedPlan(families=300, months=8, seed=1, until=date(2026, 11, 20))


@pytest.fixture(scope="module")
def returning_scenarios():
    world = ServiceGenerator(PLAN)
    lives = list(world.generate_families())
    ended, going_on = select_ended(PLAN, lives), select_ongoing(lives)
    return {
        "ended": ended[: len(RETURNING_CASES)],
        "going on": going_on[: len(SIMILAR_NAMING)],
        "again": list(seed_returning(PLAN, world, ended, going_on)),
        "consultations": list(build_consultations(PLAN, world)),
    }


@pytest.fixture
def written_scenarios(returning_scenarios, db):
    ids = seed_reference_data(PLAN)
    with BulkWriter(WRITE_ORDER, ids.users) as writer:
        for life in [
            *returning_scenarios["ended"],
            *returning_scenarios["going on"],
            *returning_scenarios["again"],
        ]:
            ScenarioRows(ids, writer).of(life)
        for made in returning_scenarios["consultations"]:
            write_consultation(ids, writer, made)
    return returning_scenarios


def test_some_come_back_and_some_are_only_alike(returning_scenarios):
    assert len(returning_scenarios["again"]) == len(RETURNING_CASES) + len(SIMILAR_NAMING)
    references = [life.referral.reference for life in returning_scenarios["again"]]
    assert len(set(references)) == len(references)
    for life in returning_scenarios["again"]:
        assert to_local_date(life.referral.act.at) < PLAN.until
        assert all(baby.nhs_number is None for baby in life.babies)
    for before, life in zip(returning_scenarios["ended"], returning_scenarios["again"], strict=False):
        assert is_return(ended=before.work.ending.on, received=to_local_date(life.referral.act.at))


def test_a_baby_matched_to_an_earlier_one_returns(written_scenarios):
    said = MatchAnswer.objects.filter(answer="same")
    assert said.count() >= sum(said for _, said in RETURNING_CASES)
    waiting = Referral.objects.filter(pk__in=[life.referral.id for life in written_scenarios["again"]])
    assert set(find_returns(waiting)) == set(said.values_list("referral", flat=True))


def test_consultations_are_there_in_every_status_with_their_steps(written_scenarios):
    found = Counter(Consultation.objects.values_list("status", flat=True))
    assert set(found) == set(ConsultationStatus.values)
    for consultation in Consultation.objects.all():
        steps = list(consultation.steps.all())
        assert steps[0].status == "asked"
        assert steps[-1].status == consultation.status
        assert [step.at for step in steps] == sorted(step.at for step in steps)
        assert to_local_date(steps[-1].at) < PLAN.until


@pytest.mark.parametrize(("number", "how"), list(enumerate(SIMILAR_NAMING)))
def test_matching_finds_those_who_are_alike(written_scenarios, number, how):
    """Misspelt, swapped, moved; a brother or sister of the same birth is told apart."""
    life = written_scenarios["again"][len(RETURNING_CASES) + number]
    held = Infant.objects.get(pk=written_scenarios["going on"][number].babies[0].id)
    assert (held.pk in find_likeness(life, life.babies[0])) == (how != "twin")


def find_likeness(life, baby):
    """Everybody held who is like the named baby."""
    digits = frozenset("".join(filter(str.isdigit, carer.phone)) for carer in life.carers)
    person = PersonDescription(
        kind="infant",
        given_name=baby.given_name,
        family_name=baby.family_name,
        birth_date=baby.born,
        phones=digits,
        postcodes=frozenset(carer.postcode for carer in life.carers if carer.postcode),
    )
    return find_matches(person, load_scope(User.objects.get(username="supervisor"))).here
