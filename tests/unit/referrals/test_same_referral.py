"""The same referral by form, by phone and by the API is the same record, column for column."""

import json
import uuid

import pytest
from django.urls import reverse

from pairs.service.models import Place, Site
from referrals.models import Referral
from tests.unit.referrals.factories import (
    BABIES,
    CARERS,
    DRAFT_PAGES,
    INVOLVED,
    NOTICED,
    PERMISSION,
    REFERRAL_JSON,
    make_test_referral,
)

pytestmark = pytest.mark.django_db
# How it came in, when, and by whose account: the one thing that differs between entry points.
ENTRY_POINT_FIELDS = {
    "id",
    "reference",
    "entry_point",
    "source_code",
    "received_at",
    "read_by_time",
    "created_at",
}
ACCOUNT_FIELDS = {"referrer_id", "team_id"}
ROW_FIELDS = {"id", "referral_id", "created_at"}
ASKER_DATA = {name: value for name, value in INVOLVED.items() if name.startswith("asker_")}
PHONE_PAGES = {
    "permission": PERMISSION | ASKER_DATA | {"source_code": "A2"},
    "babies": BABIES,
    "carers": CARERS,
    "noticed": NOTICED,
    "involved": {name: value for name, value in INVOLVED.items() if name not in ASKER_DATA},
}


def get_columns(row, but):
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in but
    }


def get_whole_referral(referral, but):
    """Everything that is kept of it: its own columns, its concerns, everybody named."""
    return {
        "referral": get_columns(referral, but),
        "concerns": sorted(each.code for each in referral.concerns.all()),
        "infants": [get_columns(each, ROW_FIELDS) for each in referral.infants.all()],
        "caregivers": [get_columns(each, ROW_FIELDS) for each in referral.caregivers.all()],
        "steps": [each.status for each in referral.steps.all()],
    }


@pytest.fixture
def refer_by_pages(client, cast):
    """A referral written page by page at an entry point."""

    def send_pages(username, prefix, pages):
        client.force_login(cast[username])
        token = uuid.uuid4()
        for slug, values in pages.items():
            answer = client.post(reverse(f"{prefix}-page", args=[token, slug]), values)
            assert answer.status_code == 302, answer.content.decode()
        answer = client.post(reverse(f"{prefix}-check", args=[token]))
        assert answer.status_code == 302, answer.content.decode()
        return Referral.objects.latest("received_at")

    return send_pages


@pytest.fixture
def refer_by_api(client, cast):
    def send_json(**changes):
        client.force_login(cast["healthvisitor"])
        answer = client.post(
            reverse("api-referrals"), json.dumps(REFERRAL_JSON | changes), content_type="application/json"
        )
        assert answer.status_code == 201, answer.content
        return Referral.objects.get(pk=answer.json()["id"])

    return send_json


def test_by_form_and_by_api(refer_by_pages, refer_by_api):
    form, api = refer_by_pages("healthvisitor", "refer", DRAFT_PAGES), refer_by_api()
    assert (form.entry_point, api.entry_point) == ("professional", "api")
    assert (form.referrer, form.team) == (api.referrer, api.team)
    assert get_whole_referral(form, ENTRY_POINT_FIELDS) == get_whole_referral(api, ENTRY_POINT_FIELDS)


def test_by_form_and_by_phone(refer_by_pages):
    form, phone = (
        refer_by_pages("healthvisitor", "refer", DRAFT_PAGES),
        refer_by_pages("duty", "phone-in", PHONE_PAGES),
    )
    assert (phone.entry_point, phone.source_code, phone.referrer) == ("phone", "A2", None)
    assert (form.source_code, form.asker_name) == ("A2", "Helen Visitor")
    but = ENTRY_POINT_FIELDS | ACCOUNT_FIELDS
    assert get_whole_referral(form, but) == get_whole_referral(phone, but)


def test_no_answer_is_lost(refer_by_pages):
    """No column of what may be said stands empty once every question is answered."""
    referral = refer_by_pages("healthvisitor", "refer", DRAFT_PAGES)
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


def test_every_district_has_a_site_that_triages_it(cast):
    """Wherever in the area a baby lives, somebody reads the referral; and a worry about safety turns nobody away."""
    assert Place.objects.exists()
    for place in Place.objects.all():
        worry = {"permission": "lawful_basis", "permission_reason": "Child protection plan; court work"}
        referral = make_test_referral(cast["healthvisitor"], place=place.code, **worry)
        assert referral.site in (place.covering_site, Site.objects.hub())
        assert referral.status == "received"
