"""A district that nobody knows: it can be said at every entry point, the hub takes it, and it is known nowhere."""

import pytest
from django import forms
from django.urls import reverse

from pairs.service.models import Place, Site
from referrals.actions import make_referral
from referrals.actions.consultations import ask_for_consultation
from referrals.forms.districts import NOT_STATED, DistrictField
from referrals.models import Referral
from referrals.summary import describe_district, summarise_draft
from tests.unit.referrals.factories import CARER, INFANT, PERMISSION, REFERRAL_JSON, make_test_referral

pytestmark = pytest.mark.django_db
WITHOUT_POSTCODE = CARER | {"postcode": ""}


@pytest.mark.parametrize(
    ("typed", "errors", "found"),
    [
        (NOT_STATED, [], None),
        ("hyndburn", [], "hyndburn"),
        ("", ["Choose it"], None),
        ("nowhere", ["Select a valid choice. That choice is not one of the available choices."], None),
    ],
)
def test_a_district_is_chosen_or_not_known(cast, typed, errors, found):
    class Form(forms.Form):
        place = DistrictField("Where?", "Choose it")

    form = Form({"place": typed})
    form.is_valid()
    assert form.errors.get("place", []) == errors
    assert getattr(form.cleaned_data.get("place"), "code", None) == found
    assert [value for value, _ in form.fields["place"].choices][-1] == NOT_STATED


def test_a_referral_without_district_is_the_hubs_and_says_so_everywhere(cast, client):
    client.force_login(cast["healthvisitor"])
    carers = [each | {"postcode": ""} for each in REFERRAL_JSON["caregivers"]]
    sent = REFERRAL_JSON | {"place": NOT_STATED, "caregivers": carers}
    made = client.post("/api/v1/referrals/", sent, content_type="application/json")
    assert made.status_code == 201, made.content
    referral = Referral.objects.get()
    assert (referral.place_assumed, referral.site, referral.known_place) == (True, Site.objects.hub(), None)
    client.force_login(cast["supervisor"])
    for name, *args in (("triage",), ("decide-referral", referral.pk), ("referral", referral.pk)):
        page = client.get(reverse(name, args=args)).content.decode()
        assert f"{referral.site} assumed" in page, name
    assert client.get(f"/api/v1/referrals/{referral.pk}/").json()["place"] is None


def test_the_postcode_of_the_main_carer_says_it_where_nobody_else_does(cast, monkeypatch):
    here = Place.objects.get(code="hyndburn")
    monkeypatch.setattr(
        "referrals.actions.submit.find_place_of_postcode", lambda postcode: here if postcode else None
    )
    told = {"by": cast["healthvisitor"], "infants": [INFANT]}
    by_postcode = make_test_referral_without_place(**told, caregivers=[CARER])
    unknown = make_test_referral_without_place(**told, caregivers=[WITHOUT_POSTCODE])
    assert (by_postcode.place, by_postcode.place_assumed) == (here, False)
    assert unknown.place_assumed


def make_test_referral_without_place(by, infants, caregivers):
    return make_referral(
        by=by, place=None, infants=infants, caregivers=caregivers, concerns=[], entry_point="professional",
        noticed="Baby kicks.", **PERMISSION,
    )  # fmt: skip


def test_a_consultation_without_district_is_the_hubs(cast):
    asked = ask_for_consultation(by=cast["healthvisitor"], about="Who looks at whom", place=None)
    assert (asked.site, asked.place_assumed, asked.known_place) == (Site.objects.hub(), True, None)
    assert describe_district(asked) == f"Not stated ({asked.site} assumed)"


def test_a_draft_shows_that_it_is_not_stated(cast):
    details = PERMISSION | {"place": None, "infants": [], "caregivers": [], "concerns": []}
    meeting = {row["key"]: row["value"] for row in summarise_draft(details)["meeting"]}
    assert meeting["District"] == "Not stated"


def test_a_referral_with_a_district_has_it(cast):
    assert make_test_referral(cast["healthvisitor"]).place_assumed is False
