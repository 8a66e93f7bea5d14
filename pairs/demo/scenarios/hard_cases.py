"""What use brings and plans forget: other scripts, no fixed abode, one birth, a clash, two sources that differ.

Written through the apps' own actions for a few of the families whose work goes on.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from interventions.diary.actions import Visit, book_appointment
from interventions.episodes.rules import Location, Mechanism
from interventions.groups.models import GroupSession
from pairs.access.account_actions import record_account_event
from pairs.audit.models import AccountEventKind
from pairs.demo.acts import act_as
from pairs.demo.generator import SeedPlan
from pairs.demo.scenario_rows import ReferenceIds
from pairs.demo.scenarios.context import build_contexts, select_families
from pairs.demo.scenarios.records import FamilyScenario
from pairs.demo.scenarios.retention import seed_retention
from pairs.demo.scenarios.subject_access import seed_subject_access
from pairs.demo.scenarios.unusual_reading import seed_unusual_reading
from pairs.demo.scenarios.village import FamilyContext
from pairs.families.actions import add_address, add_baby, update_caregiver
from pairs.families.choices import AddressKind, Loss
from pairs.families.models import Caregiver
from pairs.service.models import User
from referrals.actions.differences import carry_to_record
from referrals.actions.named_people import record_named_loss
from referrals.models import Referral, ReferredCaregiver, ReferredInfant
from referrals.rules.choices import ReferralState

# As their owners write them; the name beside it is how we say and print it.
NAMES_IN_THEIR_SCRIPT = (("آمنہ", "خان"), ("Олена", "Коваль"), ("ਗੁਰਪ੍ਰੀਤ", "ਸਿੰਘ"), ("小丽", "王"))
SIGN_IN_STORY = (
    AccountEventKind.FAILED,
    AccountEventKind.FAILED,
    AccountEventKind.LOCKED_OUT,
    AccountEventKind.SIGNED_IN,
)


def seed_hard_cases(plan: SeedPlan, ids: ReferenceIds, lives: list[FamilyScenario]) -> int:
    """Give them these cases; how many there are."""
    found = list(build_contexts(plan, ids, select_families(lives)))
    living = [each for each in found if all(not baby.lost_on for baby in each.infants)]
    cases = (_say_names_in_their_script, _say_no_fixed_abode, _add_twin_to_a_pregnancy)
    made = sum(case(living[20:]) for case in cases) + _clash_with_a_group(living)
    made += _differ_from_a_referral() + _lose_a_baby_before_the_decision() + _tell_a_sign_in_story()
    return made + seed_unusual_reading(living) + seed_retention(living) + seed_subject_access(living)


def _say_names_in_their_script(found: Sequence[FamilyContext]) -> int:
    for (given, family), context in zip(NAMES_IN_THEIR_SCRIPT, found, strict=False):
        with act_as(context.by.pk):
            update_caregiver(
                caregiver=context.carers[-1], by=context.by, given_name=given, family_name=family
            )
    return min(len(found), len(NAMES_IN_THEIR_SCRIPT))


def _say_no_fixed_abode(found: Sequence[FamilyContext]) -> int:
    for context in found[4:5]:
        with act_as(context.by.pk):
            where = {"kind": AddressKind.NO_FIXED_ABODE, "lines": "With friends in turn", "postcode": ""}
            add_address(
                family=context.family, person=context.carers[0], since=context.on, by=context.by, **where
            )
    return len(found[4:5])


def _add_twin_to_a_pregnancy(found: Sequence[FamilyContext]) -> int:
    """A scan shows two: the second baby is of the same birth."""
    unborn = [each for each in found[5:] if len(each.infants) == 1 and not each.infants[0].birth_date]
    for context in unborn[:1]:
        with act_as(context.by.pk):
            add_baby(infant=context.infants[0], by=context.by)
    return len(unborn[:1])


def _clash_with_a_group(found: Sequence[FamilyContext]) -> int:
    """A visit in the time of a group that the practitioner holds: the diary says so."""
    for context in found:
        session = (
            GroupSession.objects.filter(
                programme__facilitators__user=context.by, cancelled_at=None, starts_at__gt=timezone.now()
            )
            .order_by("starts_at")
            .first()
        )
        if session and context.episode:
            visit = Visit(
                minutes=60, mechanism=Mechanism.FACE_TO_FACE, location=Location.FAMILY_HOME, practitioner=context.by,
                expected=[*context.infants, context.carers[0]],
            )  # fmt: skip
            starts_at = session.starts_at + timedelta(minutes=30)
            with act_as(context.by.pk):
                book_appointment(work=context.episode, starts_at=starts_at, visit=visit, by=context.by)
            return 1
    return 0


def _differ_from_a_referral() -> int:
    """A carer's own referral says another language and no calls: it waits beside the record until somebody chooses."""
    linked = ReferredCaregiver.objects.live().filter(
        became__isnull=False, referral__status=ReferralState.ACCEPTED, referral__episode__ended_on=None
    )
    named = linked.select_related("became", "referral").order_by("-referral__received_at", "order").first()
    if named is None:
        return 0
    duty = User.objects.get(username="duty")
    carer = Caregiver.objects.get(pk=named.became_id)
    with act_as(duty.pk):
        update_caregiver(caregiver=carer, by=duty, phone="01632 960999", language="English")
        carer.refresh_from_db()
        carry_to_record(named, carer, by=duty)
    return 1


def _lose_a_baby_before_the_decision() -> int:
    """Told at triage: the place of the baby who died is kept, and the referral waits for its decision."""
    waiting = Referral.objects.live().undecided().order_by("received_at").values("pk")
    named = ReferredInfant.objects.live().filter(referral__in=waiting, lost_on=None, birth_date__isnull=False)
    named = named.filter(became=None).order_by("-referral__received_at").first()
    if named is None:
        return 0
    duty = User.objects.get(username="duty")
    with act_as(duty.pk):
        record_named_loss(named=named, loss=Loss.DEATH, lost_on=timezone.localdate(), by=duty)
    return 1


def _tell_a_sign_in_story() -> int:
    """Somebody mistyped until they had to wait, and then signed in: their own page and governance's show it."""
    user = User.objects.get(username="blackburn")
    for kind in SIGN_IN_STORY:
        record_account_event(kind, user=user)
    return 1
