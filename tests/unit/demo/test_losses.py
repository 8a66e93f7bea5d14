"""Nothing of the demo goes on after a loss as if the baby lived; what follows is a call, and a visit to decide on."""

import pytest
from django.utils import timezone

from interventions.diary.models import Appointment
from interventions.episodes.models import CareContact, Participant
from interventions.plans.models import Plan
from pairs.demo.generator import SeedPlan, ServiceGenerator
from pairs.demo.scenario_rows import WRITE_ORDER, ScenarioRows
from pairs.demo.scenarios.context import seed_context, select_families
from pairs.demo.scenarios.losses import LOSSES
from pairs.demo.seeding import save_given_references, seed_reference_data
from pairs.demo.writer import BulkWriter
from pairs.families.models import Infant
from pairs.village.models import Letter

HELD = 50


@pytest.fixture
def lost_babies(db):
    """Those whom these families lost, with the context of all written."""
    plan = SeedPlan(families=160, months=8, seed=1, until=timezone.localdate())
    ids = seed_reference_data(plan)
    world = ServiceGenerator(plan)
    lives = select_families(list(world.generate_families()))[:HELD]
    save_given_references(world)
    with BulkWriter(WRITE_ORDER, ids.users) as writer:
        for life in lives:
            ScenarioRows(ids, writer).of(life)
    seed_context(plan, ids, lives)
    return list(Infant.objects.exclude(lost_on=None))


def test_after_a_loss_there_is_a_call_and_one_visit_to_decide_on(lost_babies):
    assert len(lost_babies) >= LOSSES
    calls = 0
    for baby in lost_babies:
        of_family = {"family": baby.family_id}
        after = CareContact.objects.filter(episode__family=baby.family_id, starts_at__date__gt=baby.lost_on)
        assert not Participant.objects.filter(care_contact__in=after, infant__isnull=False).exists()
        assert {contact.minutes for contact in after} <= {20}
        assert not Plan.objects.filter(episode__family=baby.family_id).exists()
        assert not Letter.objects.filter(**of_family).exists()
        assert not Appointment.objects.filter(**of_family).exclude(note="").exists()
        calls += after.count()
    assert calls >= LOSSES
    assert Appointment.objects.to_keep_or_cancel().count() == 1


def test_nobody_past_their_first_weeks_is_seen_on_a_neonatal_unit(lost_babies):
    for each in Participant.objects.filter(care_contact__location="E02", infant__isnull=False):
        assert (each.care_contact.starts_at.date() - each.infant.birth_date).days < 91
