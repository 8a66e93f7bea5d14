"""Pregnancies and births: twins, midnight, one more than was known, and putting right what was written."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.families.actions import add_baby, record_pregnancy, register_births, update_infant
from pairs.families.history import list_infant_changes
from pairs.families.models import Dyad, Infant
from pairs.service.refusals import ActionRefused
from tests.unit.families.factories import BIRTH_DAY, DUE, make_family

NEXT_DAY = BIRTH_DAY + timedelta(days=1)


@pytest.fixture
def twins(cast):
    """Unborn twins, their family, and somebody who may register them."""
    family = make_family(born=None, infants=2)
    one, two = family.infants.order_by("twin_order")
    Infant.objects.filter(pk=two.pk).update(pregnancy=one.pregnancy)
    two.refresh_from_db()
    return one, two


def build_baby(infant, **known):
    plain = {
        "infant": infant and infant.pk,
        "outcome": "born",
        "birth_date": BIRTH_DAY,
        "given_name": "",
        "family_name": "",
        "sex": "",
        "birth_weight_grams": None,
        "gestation_weeks": None,
        "neonatal_stay": "",
        "home_on": None,
        "nhs_number": "",
    }
    return plain | known


def test_twins_are_registered_together_each_in_their_own_row(cast, twins):
    one, two = twins
    babies = [
        build_baby(one, given_name="Ada", sex="female", birth_weight_grams=2400, gestation_weeks=36),
        build_baby(two, birth_date=NEXT_DAY, neonatal_stay="now", nhs_number="9990000018"),
    ]
    register_births(infant=one, babies=babies, by=cast["duty"])
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.birth_date, one.given_name, one.birth_weight_grams) == (BIRTH_DAY, "Ada", 2400)
    assert (two.birth_date, two.neonatal_stay, two.nhs_number) == (NEXT_DAY, "now", "9990000018")
    assert (one.pregnancy, one.nhs_number_status, two.nhs_number_status) == (two.pregnancy, "08", "02")
    assert Infant.objects.count() == 2


def test_one_twin_is_lost_at_the_same_birth(cast, twins):
    one, two = twins
    babies = [build_baby(one), build_baby(two, outcome="stillbirth", given_name="Bo", gestation_weeks=36)]
    register_births(infant=one, babies=babies, by=cast["duty"])
    two.refresh_from_db()
    assert (two.loss, two.lost_on, two.birth_date, two.given_name) == ("stillbirth", BIRTH_DAY, None, "Bo")
    assert Infant.objects.active().get() == one


def test_a_stillbirth_on_a_day_to_come_is_refused_beside_the_day(cast, twins):
    one, two = twins
    babies = [build_baby(one), build_baby(two, outcome="stillbirth", birth_date=date(2126, 1, 1))]
    with pytest.raises(ActionRefused) as refused:
        register_births(infant=one, babies=babies, by=cast["duty"])
    assert list(refused.value.errors) == ["babies.1.birth_date"]
    assert not Infant.objects.exclude(birth_date=None).exists()


def test_the_other_twin_may_come_later(cast, twins):
    one, two = twins
    register_births(infant=one, babies=[build_baby(one), build_baby(two, outcome="not_yet")], by=cast["duty"])
    two.refresh_from_db()
    assert two.birth_date is None
    with pytest.raises(ActionRefused) as refused:
        register_births(infant=one, babies=[build_baby(two), build_baby(one)], by=cast["duty"])
    assert list(refused.value.errors) == ["babies.1.birth_date"]


def test_a_mistake_in_one_row_registers_nobody(client, cast, twins):
    one, two = twins
    client.force_login(cast["duty"])
    home_on = (BIRTH_DAY + timedelta(days=8)).isoformat()
    rows = build_birth_post(one, two) | {"babies-1-neonatal_stay": "no", "babies-1-home_on": home_on}
    page = client.post(reverse("birth", args=[one.pk]), rows)
    assert "home since" in page.content.decode()
    assert not Infant.objects.exclude(birth_date=None).exists()


def build_birth_post(*infants, **more):
    rows = {
        "birth_date": BIRTH_DAY.isoformat(),
        "babies-TOTAL_FORMS": len(infants),
        "babies-INITIAL_FORMS": 0,
    }
    for number, infant in enumerate(infants):
        rows |= {f"babies-{number}-infant": infant.pk if infant else "", f"babies-{number}-outcome": "born"}
    return rows | more


def test_a_baby_more_than_was_known_has_a_record_and_the_same_carers(client, cast):
    infant = make_family(born=None).infants.get()
    Dyad.objects.update(restrictions="Supervised contact only")
    client.force_login(cast["duty"])
    rows = build_birth_post(infant, None) | {"babies-1-given_name": "Bo"}
    assert client.post(reverse("birth", args=[infant.pk]), rows).status_code == 302
    one, two = Infant.objects.order_by("twin_order")
    assert (one.plurality, two.plurality, two.twin_order) == (2, 2, 2)
    assert (two.pregnancy, two.carried_by, two.birth_date) == (one.pregnancy, one.carried_by, BIRTH_DAY)
    assert two.reference != one.reference
    assert {dyad.restrictions for dyad in Dyad.objects.filter(infant=two)} == {"Supervised contact only"}


def test_a_row_left_empty_is_nobody(client, cast):
    infant = make_family(born=None).infants.get()
    client.force_login(cast["duty"])
    client.post(reverse("birth", args=[infant.pk]), build_birth_post(infant, None))
    assert Infant.objects.count() == 1


def test_without_scripts_a_row_is_asked_for(client, cast):
    infant = make_family(born=None).infants.get()
    client.force_login(cast["duty"])
    page = client.post(
        reverse("birth", args=[infant.pk]), build_birth_post(infant, another="1")
    ).content.decode()
    assert 'name="babies-1-given_name"' in page
    assert not Infant.objects.exclude(birth_date=None).exists()


@pytest.mark.parametrize("total", ["", "x", "-1", "9999999999"])
def test_a_forged_number_of_rows_is_no_error_of_ours(client, cast, total):
    infant = make_family(born=None).infants.get()
    client.force_login(cast["duty"])
    for more in ({}, {"another": "1"}):
        rows = build_birth_post(infant) | {"babies-TOTAL_FORMS": total} | more
        assert client.post(reverse("birth", args=[infant.pk]), rows).status_code == 200


def test_another_familys_baby_is_no_baby_of_this_pregnancy(client, cast):
    infant = make_family(born=None, reference="A").infants.get()
    stranger = make_family(born=None, reference="B").infants.get()
    client.force_login(cast["duty"])
    answer = client.post(reverse("birth", args=[infant.pk]), build_birth_post(infant, stranger))
    assert "Choose from the babies of this pregnancy" in answer.content.decode()
    assert not Infant.objects.exclude(birth_date=None).exists()


def test_an_unusual_number_is_asked_about_once(client, cast):
    infant = make_family(born=None).infants.get()
    client.force_login(cast["duty"])
    path, rows = (
        reverse("birth", args=[infant.pk]),
        build_birth_post(infant) | {"babies-0-nhs_number": "320 000 0007"},
    )
    page = client.post(path, rows).content.decode()
    assert "Check it, then tick" in page
    assert 'name="babies-0-nhs_number_is_right"' in page
    assert client.post(path, rows | {"babies-0-nhs_number_is_right": "on"}).status_code == 302
    assert Infant.objects.get().nhs_number == "3200000007"


def test_a_pregnancy_in_a_family_we_hold(cast):
    family = make_family()
    due = timezone.localdate() + timedelta(days=100)
    first = record_pregnancy(
        family=family, estimated_due_date=due, plurality=2, carried_by=None, by=cast["duty"]
    )
    together = Infant.objects.carried_with(first)
    assert [(each.twin_order, each.plurality, each.carried_by) for each in together] == [
        (1, 2, None),
        (2, 2, None),
    ]
    assert len({each.reference for each in together}) == 2
    assert not Dyad.objects.filter(infant__in=together).exists()


def test_whoever_carries_the_pregnancy_is_of_the_family(cast):
    family, other = make_family(reference="A"), make_family(reference="B")
    with pytest.raises(ActionRefused) as refused:
        record_pregnancy(
            family=family,
            estimated_due_date=timezone.localdate(),
            plurality=1,
            carried_by=other.caregivers.get(),
            by=cast["duty"],
        )
    assert list(refused.value.errors) == ["carried_by"]


def test_the_twin_of_a_born_baby_without_a_due_date_is_born_too(cast):
    one = make_family().infants.get()
    two = add_baby(infant=one, by=cast["duty"])
    one.refresh_from_db()
    assert (two.birth_date, one.plurality, two.pregnancy) == (one.birth_date, 2, one.pregnancy)


def test_details_are_corrected_and_the_earlier_values_shown(client, cast):
    infant = make_family().infants.get()
    client.force_login(cast["duty"])
    details = {
        "given_name": "Adah",
        "said_as": "AY-da",
        "birth_date": "2026-06-02",
        "neonatal_stay": "yes",
        "home_on": "2026-06-20",
        "nhs_number": "999 000 0018",
        "nhs_number_status": "01",
    }
    assert client.post(reverse("infant-details", args=[infant.pk]), details).status_code == 302
    infant.refresh_from_db()
    assert (infant.given_name, infant.nhs_number, infant.nhs_number_status) == ("Adah", "9990000018", "01")
    change = list_infant_changes(infant)[0]
    assert change.who == str(cast["duty"])
    assert ("Given name", "Baby1", "Adah") in change.fields
    assert ("Date of birth", "1 June 2026", "2 June 2026") in change.fields
    page = client.get(reverse("infant", args=[infant.pk])).content.decode()
    assert "Baby1" in page
    assert "AY-da" in page


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"birth_date": date(2126, 1, 1)}, "birth_date"),
        ({"neonatal_stay": "yes", "home_on": date(2026, 5, 1)}, "home_on"),
        ({"nhs_number": "", "nhs_number_status": "01"}, "nhs_number_status"),
        ({"nhs_number": "9990000018", "nhs_number_status": "02"}, "nhs_number"),
    ],
)
def test_details_that_cannot_be_are_refused_beside_the_field(cast, change, field):
    Infant.objects.filter(family=make_family(reference="A")).update(nhs_number="9990000018")
    infant = make_family(reference="B").infants.get()
    with pytest.raises(ActionRefused) as refused:
        update_infant(infant=infant, by=cast["duty"], **change)
    assert list(refused.value.errors) == [field]


def test_a_birth_registered_by_mistake_is_undone(client, cast, twins):
    one, two = twins
    register_births(
        infant=one, babies=[build_baby(one, neonatal_stay="now"), build_baby(two)], by=cast["duty"]
    )
    client.force_login(cast["duty"])
    details = {"given_name": "", "estimated_due_date": DUE.isoformat(), "nhs_number_status": "03"}
    assert client.post(reverse("infant-details", args=[one.pk]), details).status_code == 302
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.birth_date, one.neonatal_stay, two.birth_date) == (None, "", BIRTH_DAY)


def test_an_unborn_baby_has_no_details_of_a_birth(client, cast):
    infant = make_family(born=None).infants.get()
    client.force_login(cast["duty"])
    page = client.get(reverse("infant-details", args=[infant.pk])).content.decode()
    assert "nhs_number" not in page
    answer = client.patch(
        reverse("api-infant", args=[infant.pk]), {"nhs_number": "9990000018"}, content_type="application/json"
    )
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["nhs_number"])


def test_the_api_changes_what_is_sent_and_nothing_else(client, cast):
    infant = make_family().infants.get()
    client.force_login(cast["duty"])
    path = reverse("api-infant", args=[infant.pk])
    answer = client.patch(path, {"said_as": "AY-da"}, content_type="application/json")
    assert answer.status_code == 200
    assert (answer.json()["said_as"], answer.json()["given_name"]) == ("AY-da", "Baby1")
    assert client.get(path).json()["birth_date"] == "2026-06-01"


def test_the_api_registers_births_through_the_same_form(client, cast, twins):
    one, two = twins
    client.force_login(cast["duty"])
    path = reverse("api-birth", args=[one.pk])
    babies = [{"infant": str(one.pk)}, {"infant": str(two.pk), "outcome": "stillbirth"}]
    wrong = client.post(path, {"birth_date": "2126-01-01", "babies": babies}, content_type="application/json")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["babies.0.birth_date"])
    answer = client.post(
        path, {"birth_date": BIRTH_DAY.isoformat(), "babies": babies}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["birth_date"]) == (201, BIRTH_DAY.isoformat())
    two.refresh_from_db()
    assert two.loss == "stillbirth"


def test_the_queries_of_the_infants_page(client, cast, django_assert_max_num_queries):
    infant = make_family(infants=2).infants.order_by("twin_order").first()
    client.force_login(cast["duty"])
    client.get(reverse("infant", args=[infant.pk]))
    with django_assert_max_num_queries(16):
        client.get(reverse("infant", args=[infant.pk]))


def test_of_two_who_add_the_same_baby_one_does(cast):
    one = make_family().infants.get()
    add_baby(infant=one, by=cast["duty"], babies=1)
    with pytest.raises(ActionRefused, match="There are now 2 babies in this pregnancy"):
        add_baby(infant=one, by=cast["blackburn"], babies=1)
    assert one.family.infants.count() == 2
