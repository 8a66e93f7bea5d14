"""An NHS number is one person's, across babies and carers: every way in, and the database itself."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from pairs.families.models import Caregiver, Infant
from tests.unit.families.factories import make_family
from tests.unit.referrals.factories import BORN, CARER, INFANT, build_decision_post, make_test_referral

NUMBER = "9990000018"


@pytest.fixture
def family(cast):
    """The carer has the number."""
    made = make_family(born=BORN)
    made.caregivers.update(nhs_number=NUMBER, nhs_number_status="01")
    return made


@pytest.fixture
def as_duty(client, cast):
    client.force_login(cast["duty"])
    return client


@pytest.mark.parametrize("by_api", [False, True])
def test_a_carers_number_is_refused_for_the_baby(as_duty, family, by_api):
    baby = family.infants.get()
    sent = {"nhs_number": NUMBER, "nhs_number_status": "02", "birth_date": str(BORN)}
    if by_api:
        path = reverse("api-infant", args=[baby.pk])
        answer = as_duty.patch(path, sent, content_type="application/json")
        assert answer.status_code == 400
    else:
        answer = as_duty.post(reverse("infant-details", args=[baby.pk]), sent)
    assert "Possible match: the hub will check" in answer.content.decode()
    baby.refresh_from_db()
    assert baby.nhs_number is None


@pytest.mark.parametrize("by_api", [False, True])
def test_it_is_refused_at_the_birth(as_duty, family, by_api):
    unborn = make_family(born=None, reference="U").infants.get()
    if by_api:
        sent = {"birth_date": str(BORN), "babies": [{"infant": str(unborn.pk), "nhs_number": NUMBER}]}
        path = reverse("api-birth", args=[unborn.pk])
        answer = as_duty.post(path, sent, content_type="application/json")
    else:
        sent = {"birth_date": str(BORN), "babies-TOTAL_FORMS": 1, "babies-INITIAL_FORMS": 0}
        sent |= {"babies-0-infant": str(unborn.pk), "babies-0-outcome": "born", "babies-0-nhs_number": NUMBER}
        answer = as_duty.post(reverse("birth", args=[unborn.pk]), sent)
    assert "Possible match: the hub will check" in answer.content.decode()
    unborn.refresh_from_db()
    assert (unborn.birth_date, unborn.nhs_number) == (None, None)


def test_a_babys_number_is_refused_for_a_carer(as_duty, family):
    other = make_family(reference="O")
    Infant.objects.filter(family=other).update(nhs_number="9990000026")
    carer = other.caregivers.get()
    path = reverse("api-caregiver", args=[carer.pk])
    answer = as_duty.patch(path, {"nhs_number": "9990000026"}, content_type="application/json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["nhs_number"])


def test_a_referred_baby_with_a_carers_number_is_registered_without_it(as_duty, cast, family):
    named = INFANT | {
        "given_name": "Ada",
        "birth_date": BORN,
        "estimated_due_date": None,
        "nhs_number": NUMBER,
    }
    referral = make_test_referral(cast["healthvisitor"], infants=[named], caregivers=[CARER])
    posted = build_decision_post(referral)
    assert as_duty.post(reverse("decide-referral", args=[referral.pk]), posted).status_code == 302
    baby = Infant.objects.get(given_name="Ada")
    assert (baby.nhs_number, baby.nhs_number_status) == (None, "05")


def test_the_database_refuses_it_whichever_comes_second(family):
    baby, carer = family.infants.get(), family.caregivers.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Infant.objects.filter(pk=baby.pk).update(nhs_number=NUMBER)
    Caregiver.objects.filter(pk=carer.pk).update(nhs_number=None, nhs_number_status="03")
    Infant.objects.filter(pk=baby.pk).update(nhs_number=NUMBER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Caregiver.objects.create(family=family, given_name="Dan", nhs_number=NUMBER)
    baby.refresh_from_db()
    baby.enter_in_error(reason="Typed twice", by=None)
    assert Caregiver.objects.create(family=family, given_name="Dan", nhs_number=NUMBER).pk
    with pytest.raises(IntegrityError), transaction.atomic():
        baby.change(entered_in_error_at=None, entered_in_error_by=None, entered_in_error_reason="")
