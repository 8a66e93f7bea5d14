"""What the bulk writer leaves behind is what the rooms' actions and the history triggers would have left."""

from collections import Counter
from datetime import date

import pytest
from django.db import transaction

from outcomes.models import ChosenMeasure
from pairs.service.reference import PLACES
from reporting.demo.rows import ORDER, Rows
from reporting.demo.seeding import GOES_WITH, lay_ground
from reporting.demo.world import Plan, World
from reporting.demo.writer import Writer, event_model
from tests.unit.demo.replay import live_again
from tests.unit.demo.snapshots import snapshot

PLAN = Plan(families=300, months=7, seed=5, until=date(2026, 11, 20))
COVERING = {place: site for place, _, _, _, _, site in PLACES}
# What a life must have in it for us to have lived it through the actions at least once.
MUST_HAVE = {
    "consultation": lambda life: life.referral.thought and life.referral.thought.act,
    "not for us": lambda life: life.referral.response == "none",
    "withdrawn": lambda life: life.referral.steps[-1].status == "withdrawn",
    "more asked": lambda life: any(step.status == "more_asked" for step in life.referral.steps),
    "thought again": lambda life: (
        [s.status for s in life.referral.steps][-3:] == ["not_accepted", "read", "accepted"]
    ),
    "an answer to a question": lambda life: life.referral.additions,
    "no reply": lambda life: any(told.way == "none" for step in life.referral.steps for told in step.replies),
    "a letter": lambda life: any(
        told.way == "letter" for step in life.referral.steps for told in step.replies
    ),
    "asked for help": lambda life: life.referral.door == "self" and life.work and not life.referral.asker,
    "helped to ask": lambda life: life.referral.door == "self" and life.referral.asker,
    "named nobody": lambda life: life.referral.names_nobody,
    "rang": lambda life: life.referral.door == "phone" and life.referral.accepted,
    "wrote an e-mail": lambda life: life.referral.door == "email",
    "undecided": lambda life: life.referral.steps[-1].status == "received",
    "twins": lambda life: len(life.babies) > 1 and life.work,
    "a birth": lambda life: any(baby.birth for baby in life.babies) and life.work,
    "a pair": lambda life: measured(life, lambda m: m.measure == "prfq" and m.timepoint == "end"),
    "declined": lambda life: measured(life, lambda m: m.declined and not m.why),
    "a reason for a no": lambda life: measured(life, lambda m: m.why),
    "two totals": lambda life: measured(life, lambda m: m.measure == "mors_sf" and m.timepoint == "end"),
    "a danger": lambda life: any(alarm.asked_by for alarm in life.alarms),
    "a total with item 10": lambda life: measured(life, lambda m: m.measure == "epds" and m.typed),
    "a bond": lambda life: measured(life, lambda m: m.measure == "pbq"),
    "an item missing": lambda life: measured(life, lambda m: m.measure == "kpcs" and len(m.responses) < 15),
    "does not apply": lambda life: measured(
        life, lambda m: m.measure == "kpcs" and None in m.responses.values()
    ),
    "a film coded": lambda life: measured(life, lambda m: m.measure == "piios" and m.role),
    "in pregnancy": lambda life: measured(life, lambda m: m.measure == "maas"),
    "a plan": lambda life: life.work and life.work.agreed,
    "an ending": lambda life: life.work and life.work.ending and life.work.goals,
    "a draft": lambda life: life.work and any(not contact.signed for contact in life.work.contacts),
    "an aside": lambda life: life.work and any(each.countersigned for each in life.work.asides),
    "an alert": lambda life: life.work and life.alarms,
    "a peer": lambda life: life.grants and life.work,
    "waiting": lambda life: life.referral.accepted and not life.work,
    "no address": lambda life: any(not carer.postcode for carer in life.carers),
}


def measured(life, test):
    return life.work and any(test(each) for each in life.work.measures)


def by_an_action(life):
    """Could every act of this life have been done in PaIRS as it is today?

    Not yet: a referral made before its site opened (the hub covered then, and places keep no history of their
    cover); restricting a family; telling of a loss. Those rows are written in the same way.
    """
    said = life.referral
    quiet = not life.restricted and not any(baby.loss for baby in life.babies)
    return said.site == COVERING[said.place] and quiet


@pytest.fixture(scope="module")
def lives():
    """A handful that has everything in it, numbered as if there were no others."""
    possible = [life for life in World(PLAN).lives() if by_an_action(life)]
    chosen = {}
    for name, test in MUST_HAVE.items():
        for life in [life for life in possible if test(life)][:1]:
            chosen[life.number] = life
        assert any(test(life) for life in possible), f"nobody in this world has {name}"
    numbers, found = World(PLAN), [chosen[number] for number in sorted(chosen)]
    for life in sorted(found, key=lambda life: life.referral.act.at):
        life.referral.reference = numbers.reference("R", life.referral.act.at.year)
    for life in [life for life in found if life.referral.thought]:
        life.referral.thought.reference = numbers.reference("C", life.referral.steps[-1].act.at.year)
    for life in sorted(
        (life for life in found if life.referral.accepted), key=lambda x: x.referral.accepted.at
    ):
        for baby in life.babies:
            baby.reference = numbers.reference("PI", life.referral.accepted.at.year)
    return sorted(found, key=lambda life: life.referral.act.at)


@pytest.fixture
def ground(db):
    return lay_ground(PLAN)


def lived(lives):
    """The database after the actions; nothing of it stays."""
    with transaction.atomic():
        live_again(lives)
        found = snapshot()
        transaction.set_rollback(True)
    return found


def written(ground, lives):
    """The database after the bulk writer; nothing of it stays."""
    with transaction.atomic():
        with Writer(ORDER, ground.users) as writer:
            rows = Rows(ground, writer)
            for life in lives:
                rows.of(life)
        found = snapshot()
        transaction.set_rollback(True)
    return found


def test_seeded_rows_and_their_history_equal_what_actions_and_triggers_write(ground, lives):
    by_actions, by_writer = lived(lives), written(ground, lives)
    for table, rows in by_actions.items():
        assert len(by_writer[table]) == len(rows), table
        for ours, theirs in zip(by_writer[table], rows, strict=True):
            assert ours == theirs, table
    everything = Counter(table for table, rows in by_actions.items() if rows)
    silent = {"supervision.SupervisionSession", "supervision.CaseDecision", "families.FamilyMove"}
    silent |= {"referrals.MatchAnswer"}
    assert {model._meta.label for model in ORDER} - set(everything) == silent


@pytest.mark.django_db
def test_history_has_the_dates_it_would_have_had(ground, lives):
    acts = {life.referral.act.at for life in lives}
    with Writer(ORDER, ground.users) as writer:
        for life in lives:
            Rows(ground, writer).of(life)
    event = event_model("referrals_referral")
    inserts = set(event.objects.filter(pgh_label="insert").values_list("pgh_created_at", flat=True))
    assert inserts == acts
    for act in acts:
        together = event.objects.filter(pgh_label="insert", pgh_created_at=act).values("pgh_context_id")
        assert together.distinct().count() == 1


def test_what_goes_with_a_way_of_working_is_chosen_and_the_core_stays(ground):
    chosen = {each.measure: each for each in ChosenMeasure.objects.prefetch_related("interventions")}
    assert {name for name, each in chosen.items() if each.core} == {"prfq"}
    assert {name: {way.code for way in chosen[name].interventions.all()} for name in GOES_WITH} == {
        name: set(codes) for name, codes in GOES_WITH.items()
    }


def test_triggers_are_on_again(ground, lives, as_owner_cursor):
    with Writer(ORDER, ground.users) as writer:
        Rows(ground, writer).of(lives[0])
    as_owner_cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'")
    assert as_owner_cursor.fetchone() == (0,)


@pytest.fixture
def as_owner_cursor(db):
    from django.db import connection

    with connection.cursor() as cursor:
        yield cursor
