"""Who is named a second time in the made-up world, and the consultations: what they are made to show."""

from collections import Counter
from datetime import date

import pytest

from pairs.access.scope import scope_of
from pairs.families.models import Infant
from pairs.matching.duplicates import held_like
from pairs.matching.rules.likeness import Described
from pairs.service.models import User
from referrals.models import Consultation, MatchAnswer, Referral
from referrals.rules.clocks import is_return
from referrals.rules.words import CONSULTATION_STATUSES
from reporting.demo.again import ALIKE, RETURNS, again, who_ended, who_goes_on
from reporting.demo.calendar import day_of
from reporting.demo.consulting import consultations, write_consultation
from reporting.demo.rows import ORDER, Rows
from reporting.demo.seeding import lay_ground
from reporting.demo.world import Plan, World
from reporting.demo.writer import Writer
from reporting.desk.returns import returns_of

PLAN = Plan(families=300, months=8, seed=1, until=date(2026, 11, 20))


@pytest.fixture(scope="module")
def told():
    world = World(PLAN)
    lives = list(world.lives())
    ended, going_on = who_ended(PLAN, lives), who_goes_on(lives)
    return {
        "ended": ended[: len(RETURNS)],
        "going on": going_on[: len(ALIKE)],
        "again": list(again(PLAN, world, ended, going_on)),
        "consultations": list(consultations(PLAN, world)),
    }


@pytest.fixture
def written(told, db):
    known = lay_ground(PLAN)
    with Writer(ORDER, known.users) as writer:
        for life in [*told["ended"], *told["going on"], *told["again"]]:
            Rows(known, writer).of(life)
        for made in told["consultations"]:
            write_consultation(known, writer, made)
    return told


def test_some_come_back_and_some_are_only_alike(told):
    assert len(told["again"]) == len(RETURNS) + len(ALIKE)
    references = [life.referral.reference for life in told["again"]]
    assert len(set(references)) == len(references)
    for life in told["again"]:
        assert day_of(life.referral.act.at) < PLAN.until
        assert all(baby.nhs_number is None for baby in life.babies)
    for before, life in zip(told["ended"], told["again"], strict=False):
        assert is_return(ended=before.work.ending.on, received=day_of(life.referral.act.at))


def test_whoever_is_said_to_be_the_same_comes_back(written):
    said = MatchAnswer.objects.filter(answer="same")
    assert said.count() >= sum(said for _, said in RETURNS)
    waiting = Referral.objects.filter(pk__in=[life.referral.id for life in written["again"]])
    assert set(returns_of(waiting)) == set(said.values_list("referral", flat=True))


def test_consultations_are_there_in_every_status_with_their_steps(written):
    found = Counter(Consultation.objects.values_list("status", flat=True))
    assert set(found) == set(dict(CONSULTATION_STATUSES))
    for consultation in Consultation.objects.all():
        steps = list(consultation.steps.all())
        assert steps[0].status == "asked"
        assert steps[-1].status == consultation.status
        assert [step.at for step in steps] == sorted(step.at for step in steps)
        assert day_of(steps[-1].at) < PLAN.until


@pytest.mark.parametrize(("number", "how"), list(enumerate(ALIKE)))
def test_matching_finds_those_who_are_alike(written, number, how):
    """Misspelt, swapped, moved; a brother or sister of the same birth is told apart."""
    life = written["again"][len(RETURNS) + number]
    held = Infant.objects.get(pk=written["going on"][number].babies[0].id)
    assert (held.pk in likeness_of(life, life.babies[0])) == (how != "twin")


def likeness_of(life, baby):
    """Everybody held who is like the named baby."""
    digits = frozenset("".join(filter(str.isdigit, carer.phone)) for carer in life.carers)
    person = Described(
        kind="infant",
        given_name=baby.given_name,
        family_name=baby.family_name,
        birth_date=baby.born,
        phones=digits,
        postcodes=frozenset(carer.postcode for carer in life.carers if carer.postcode),
    )
    return held_like(person, scope_of(User.objects.get(username="supervisor"))).here
