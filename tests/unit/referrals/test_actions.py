"""A referral made and answered: what is written, what is refused, who is notified."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import ProgrammingError, connection, transaction

from pairs.families.models import Address, Caregiver, Dyad, Family, Infant
from pairs.geography.models import Area, Postcode
from pairs.service.models import Place, Site
from pairs.service.refusals import ActionRefused
from referrals.actions import accept_referral, change_referral_status, decide_referral, mark_referral_read
from referrals.initial_concerns import INITIAL_CONCERNS
from referrals.models import Concern, Destination, Referral
from referrals.reference_data import load_reference_data
from tests.unit.referrals.factories import BORN, CARER, FATHER, INFANT, REPLIES, make_test_referral

pytestmark = pytest.mark.django_db
NHS_NUMBER = "9990000018"


@pytest.fixture
def blackburn(cast):
    return Site.objects.get(code="blackburn-with-darwen")


def accept_with_replies(referral, by, site=None, **changes):
    details = {"response": "direct", "thrive": "help", "thrive_reason": "Asks for time together"} | changes
    return accept_referral(referral=referral, site=site or referral.site, by=by, replies=REPLIES, **details)


def create_postcode():
    Area.objects.create(
        lsoa_code="E01099999", imd_version=2025, lsoa_name="Example 001A", lad_code="E06000008",
        lad_name="Blackburn with Darwen", imd_rank=10, imd_decile=1, imd_score=70,
    )  # fmt: skip
    Postcode.objects.create(
        postcode="BB1 7AA", lsoa_code="E01099999", lad_code="E06000008", icb_code="E54000048"
    )


def test_it_is_stored_as_written_at_the_covering_site(cast, blackburn):
    create_postcode()
    referral = make_test_referral(cast["healthvisitor"], concerns=list(Concern.objects.all()[:2]))
    assert referral.reference.startswith("R-")
    assert (referral.site, referral.source_code, referral.team) == (
        blackburn,
        "A2",
        cast["healthvisitor"].team,
    )
    assert (referral.lsoa_code, referral.imd_decile, referral.imd_version) == ("E01099999", 1, "2025")
    assert [step.status for step in referral.steps.all()] == ["received"]
    assert (referral.infants.count(), referral.caregivers.count(), referral.concerns.count()) == (1, 2, 2)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE referrals_referral SET noticed = 'other'")


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("permission_reason", {"permission": "lawful_basis"}),
        ("infants", {"infants": []}),
        ("infants.0.birth_date", {"infants": [INFANT | {"birth_date": BORN - timedelta(days=3000)}]}),
        ("infants.1.nhs_number", {"infants": [INFANT | {"birth_date": BORN, "nhs_number": NHS_NUMBER}] * 2}),
    ],
)
def test_it_is_refused_beside_the_field(cast, field, changes):
    with pytest.raises(ActionRefused) as refused:
        make_test_referral(cast["healthvisitor"], **changes)
    assert field in refused.value.errors
    assert not Referral.objects.exists()


def test_a_number_already_held_says_no_more_than_a_possible_match(cast):
    born = INFANT | {
        "birth_date": BORN,
        "estimated_due_date": None,
        "nhs_number": NHS_NUMBER,
        "given_name": "Ada",
    }
    first, second = (make_test_referral(cast["healthvisitor"], infants=[born]) for _ in range(2))
    family = accept_with_replies(first, cast["duty"])
    again = make_test_referral(
        cast["healthvisitor2"], infants=[born]
    )  # the referrer learns of nobody, and the number stays in the referral
    assert again.infants.get().nhs_number == NHS_NUMBER
    with pytest.raises(ActionRefused, match="We already have a record with the NHS number of Ada"):
        accept_with_replies(second, cast["duty"])
    Family.objects.filter(pk=family.pk).update(restricted=True)
    with pytest.raises(ActionRefused, match="the hub will check") as refused:
        accept_with_replies(second, cast["duty"])
    assert "Ada" not in str(refused.value)


def test_the_family_is_created_from_the_referral(cast, blackburn):
    create_postcode()
    referral = make_test_referral(cast["healthvisitor"], infants=[INFANT, INFANT])
    family = accept_with_replies(referral, cast["duty"])
    one, two = family.infants.order_by("twin_order")
    mother, father = family.caregivers.order_by("-given_name")
    assert (one.twin_order, two.twin_order, one.plurality) == (1, 2, 2)
    assert one.reference.startswith("PI-")
    assert one.carried_by == mother
    assert (mother.phone, mother.needs_interpreter, mother.safe_contact) == (
        "01632 960001",
        True,
        "Text first.",
    )
    assert father.safe_contact == ""
    assert Dyad.objects.filter(family=family).count() == 4
    assert Dyad.objects.filter(main_carer=True).count() == 2
    assert Address.objects.get(caregiver=mother).imd_decile == 1
    assert (family.site, family.place) == (blackburn, referral.place)
    assert {each.became for each in referral.infants.all()} == {one, two}
    referral.refresh_from_db()
    assert (referral.status, referral.family, referral.thrive) == ("accepted", family, "help")
    assert referral.decided_at


def test_accepting_twice_makes_one_family(cast):
    referral = make_test_referral(cast["healthvisitor"])
    assert accept_with_replies(referral, cast["duty"]) == accept_with_replies(
        Referral.objects.get(), cast["duty"]
    )
    assert (Family.objects.count(), Infant.objects.count(), Caregiver.objects.count()) == (1, 1, 2)


def test_a_person_only_mentioned_stays_text(cast):
    referral = make_test_referral(cast["healthvisitor"])
    father = referral.caregivers.get(given_name="Dan")
    family = accept_with_replies(referral, cast["duty"], left_out=[father.pk])
    assert [carer.given_name for carer in family.caregivers.all()] == ["Mia"]
    again = make_test_referral(cast["healthvisitor"], caregivers=[CARER])
    with pytest.raises(ActionRefused):
        accept_with_replies(again, cast["duty"], left_out=[carer.pk for carer in again.caregivers.all()])


def test_a_site_that_is_not_open_takes_nobody(cast):
    referral = make_test_referral(cast["healthvisitor"], caregivers=[FATHER])
    with pytest.raises(ActionRefused) as refused:
        accept_with_replies(referral, cast["duty"], site=Site.objects.get(code="preston"))
    assert "site" in refused.value.errors
    assert not Family.objects.exists()


def test_not_for_us_needs_a_reason_and_a_destination_and_is_answered(cast):
    referral = make_test_referral(cast["healthvisitor"])
    with pytest.raises(ActionRefused) as refused:
        decide_referral(referral=referral, response="none", by=cast["duty"])
    assert set(refused.value.errors) == {"reason", "destinations"}
    decide_referral(
        referral=referral,
        response="none",
        by=cast["duty"],
        reason="They have found help",
        destinations=[Destination.objects.create(name="Family hub")],
        replies=REPLIES,
    )
    referral.refresh_from_db()
    assert (referral.status, referral.response) == ("not_accepted", "none")
    assert referral.steps.get(status="not_accepted").destination == "Family hub"
    (letter,) = [each for each in mail.outbox if each.to == ["healthvisitor@pairs.example"]]
    assert letter.to == ["healthvisitor@pairs.example"]
    assert referral.reference in letter.subject
    assert "Family hub" not in letter.body
    assert "Mia" not in letter.body + letter.subject


def test_read_then_consultation_then_no_second_decision(cast):
    referral = make_test_referral(cast["healthvisitor"])
    mark_referral_read(referral=referral, by=cast["duty"])
    decide_referral(referral=referral, response="consultation", by=cast["duty"], replies=REPLIES)
    with pytest.raises(ActionRefused):
        change_referral_status(referral=referral, to="accepted", by=cast["duty"], replies=REPLIES)
    assert [step.status for step in referral.steps.all()] == ["received", "read", "consultation"]


def test_history_is_written_of_every_row(cast):
    referral = make_test_referral(cast["healthvisitor"], concerns=[Concern.objects.first()])
    accept_with_replies(referral, cast["duty"])
    assert referral.events.count() >= 2
    for named in (*referral.infants.all(), *referral.caregivers.all()):
        assert named.events.count() == 2  # named, then became
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM referrals_referralconcernevent")
        assert cursor.fetchone() == (1,)


def test_the_concerns_load_once():
    load_reference_data()
    assert Concern.objects.count() == len(INITIAL_CONCERNS)


def test_until_a_covering_site_opens_the_hub_covers(cast):
    preston = Place.objects.get(code="preston")
    preston.covering_site = Site.objects.get(code="preston")  # planned: no opening date yet
    preston.save()
    assert make_test_referral(cast["healthvisitor"], place="preston").site.is_hub
