"""The demo has what use brings and plans forget, one of each to look at."""

from datetime import timedelta

import pytest
from django.utils import timezone

from interventions.diary.booking_warnings import load_engaged_slots
from interventions.diary.models import Appointment
from pairs.audit.models import AccountEvent, AccountEventKind
from pairs.demo.generator import SeedPlan, ServiceGenerator
from pairs.demo.scenario_rows import WRITE_ORDER, ScenarioRows
from pairs.demo.scenarios.groups import seed_groups
from pairs.demo.scenarios.hard_cases import NAMES_IN_THEIR_SCRIPT, seed_hard_cases
from pairs.demo.seeding import seed_reference_data
from pairs.demo.writer import BulkWriter
from pairs.emergency_access.models import EmergencyAccess
from pairs.families.choices import AddressKind
from pairs.families.models import Address, Caregiver, Infant, Sequence
from pairs.restrictions.models import OwnRecordAnswer
from pairs.subject_access.models import BundleEntry, HarmView, SubjectAccessRequest
from referrals.actions.differences import list_open_differences
from referrals.models import Referral, ReferredInfant


@pytest.fixture
def seeded(db):
    plan = SeedPlan(families=90, months=6, seed=1, until=timezone.localdate())
    ids = seed_reference_data(plan)
    world = ServiceGenerator(plan)
    lives = list(world.generate_families())
    with BulkWriter(WRITE_ORDER, ids.users) as writer:
        for life in lives:
            ScenarioRows(ids, writer).of(life)
    Sequence.objects.bulk_create(
        Sequence(kind=kind, year=year, last=last) for (kind, year), last in world.given.items()
    )
    seed_groups(lives)
    pairs_before = Infant.objects.filter(plurality=2).count()
    seed_hard_cases(plan, ids, lives)
    return pairs_before


def test_there_is_one_of_each(seeded):
    for given, family in NAMES_IN_THEIR_SCRIPT:
        assert Caregiver.objects.filter(given_name=given, family_name=family).exists()
    assert Address.objects.current().filter(kind=AddressKind.NO_FIXED_ABODE).exists()
    assert Infant.objects.filter(plurality=2).count() == seeded + 2
    assert ReferredInfant.objects.exclude(lost_on=None).exists()
    assert AccountEvent.objects.filter(kind=AccountEventKind.LOCKED_OUT).exists()
    differing = Referral.objects.filter(caregivers__differs__contains=[{}]).with_people().distinct()
    assert any(list_open_differences(each) for each in differing)
    assert EmergencyAccess.objects.to_review().exists()
    assert OwnRecordAnswer.objects.live().exists()
    assert SubjectAccessRequest.objects.open().count() == 3
    assert BundleEntry.objects.undecided().exists()
    assert HarmView.objects.unanswered().exists()
    visit = Appointment.objects.get()
    around = {"staff": [visit.practitioner_id], "families": []}
    taken = load_engaged_slots(visit.starts_at, visit.starts_at + timedelta(hours=1), **around)
    assert any(slot.starts_at < visit.starts_at < slot.ends_at for slot in taken)
