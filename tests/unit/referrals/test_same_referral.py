"""The same referral by form, by phone and by the API is the same record, column for column."""

import json
import uuid

import pytest
from django.urls import reverse

from pairs.service.models import Place, Site
from referrals.models import Referral
from tests.unit.referrals.requests import BABIES, CARERS, INVOLVED, JSON, NOTICED, PAGES, PERMISSION, refer

pytestmark = pytest.mark.django_db
# How it came in, when, and by whose account: the one thing that differs between the doors.
OF_THE_DOOR = {"id", "reference", "door", "source_code", "received_at", "read_by_time", "created_at"}
OF_THE_ACCOUNT = {"referrer_id", "team_id"}
OF_THE_ROW = {"id", "referral_id", "created_at"}
ASKER = {name: value for name, value in INVOLVED.items() if name.startswith("asker_")}
PHONE_PAGES = {
    "permission": PERMISSION | ASKER | {"source_code": "A2"},
    "babies": BABIES,
    "carers": CARERS,
    "noticed": NOTICED,
    "involved": {name: value for name, value in INVOLVED.items() if name not in ASKER},
}


def columns(row, but):
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in but
    }


def whole(referral, but):
    """Everything that is kept of it: its own columns, its concerns, everybody named."""
    return {
        "referral": columns(referral, but),
        "concerns": sorted(each.code for each in referral.concerns.all()),
        "infants": [columns(each, OF_THE_ROW) for each in referral.infants.all()],
        "caregivers": [columns(each, OF_THE_ROW) for each in referral.caregivers.all()],
        "steps": [each.status for each in referral.steps.all()],
    }


@pytest.fixture
def by_pages(client, cast):
    """A referral written page by page at a door."""

    def send(username, prefix, pages):
        client.force_login(cast[username])
        token = uuid.uuid4()
        for slug, values in pages.items():
            answer = client.post(reverse(f"{prefix}-page", args=[token, slug]), values)
            assert answer.status_code == 302, answer.content.decode()
        answer = client.post(reverse(f"{prefix}-check", args=[token]))
        assert answer.status_code == 302, answer.content.decode()
        return Referral.objects.latest("received_at")

    return send


@pytest.fixture
def by_api(client, cast):
    def send(**changes):
        client.force_login(cast["healthvisitor"])
        answer = client.post(
            reverse("api-referrals"), json.dumps(JSON | changes), content_type="application/json"
        )
        assert answer.status_code == 201, answer.content
        return Referral.objects.get(pk=answer.json()["id"])

    return send


def test_by_form_and_by_api(by_pages, by_api):
    form, api = by_pages("healthvisitor", "refer", PAGES), by_api()
    assert (form.door, api.door) == ("professional", "api")
    assert (form.referrer, form.team) == (api.referrer, api.team)
    assert whole(form, OF_THE_DOOR) == whole(api, OF_THE_DOOR)


def test_by_form_and_by_phone(by_pages):
    form, phone = (
        by_pages("healthvisitor", "refer", PAGES),
        by_pages("duty", "phone-in", PHONE_PAGES),
    )
    assert (phone.door, phone.source_code, phone.referrer) == ("phone", "A2", None)
    assert (form.source_code, form.asker_name) == ("A2", "Helen Visitor")
    but = OF_THE_DOOR | OF_THE_ACCOUNT
    assert whole(form, but) == whole(phone, but)


def test_nothing_that_is_asked_is_lost(by_pages):
    """No column of what may be said stands empty once every question is answered."""
    referral = by_pages("healthvisitor", "refer", PAGES)
    told = {
        name: getattr(referral, name) for name in (*NOTICED, *INVOLVED) if name not in ("concerns", "place")
    }
    assert [name for name, value in told.items() if not value] == []
    mother = referral.caregivers.get(main_carer=True)
    assert (mother.may_text, mother.may_call, mother.may_post) == (True, False, None)
    assert (mother.language, mother.needs_interpreter) == ("Urdu", True)
    assert (mother.communication_needs, mother.access_needs) == ("Easy words", "No stairs")


def test_the_account_fills_in_who_asks(client, cast):
    client.force_login(cast["healthvisitor"])
    token = uuid.uuid4()
    client.post(reverse("refer-page", args=[token, "permission"]), PERMISSION)
    page = client.get(reverse("refer-page", args=[token, "involved"])).content.decode()
    for words in (str(cast["healthvisitor"]), cast["healthvisitor"].team.organisation):
        assert f'value="{words}"' in page


def test_every_district_has_a_site_that_reads_it(cast):
    """Wherever in the area a baby lives, somebody reads the referral; and a worry about safety turns nobody away."""
    assert Place.objects.exists()
    for place in Place.objects.all():
        worry = {"permission": "lawful_basis", "permission_reason": "Child protection plan; court work"}
        referral = refer(cast["healthvisitor"], place=place.code, **worry)
        assert referral.site in (place.covering_site, Site.objects.hub())
        assert referral.status == "received"
