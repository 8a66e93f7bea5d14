"""The API of referral: the same forms, the same refusals by field, once a key."""

import json
import uuid

import pytest
from django.urls import reverse

from pairs.api.schema import list_optional_keys
from pairs.families.models import Family
from referrals.api.referrals import ReferralOut
from referrals.models import Referral
from tests.unit.referrals.factories import REFERRAL_JSON, make_test_referral

pytestmark = pytest.mark.django_db
DECISION_JSON = {
    "response": "direct",
    "site": "blackburn-with-darwen",
    "thrive": "help",
    "thrive_reason": "Time together",
    "replies": [
        {"to": to, "way": "phone", "recipient": "Mia Example", "text": "We rang you."}
        for to in ("referrer", "family")
    ],
}


@pytest.fixture
def call_api(client, cast):
    def call_api_as(username, name, *args, send=None, key=None):
        client.force_login(cast[username])
        address, headers = reverse(name, args=args), {"Idempotency-Key": key} if key else {}
        if send is None:
            return client.get(address)
        return client.post(address, json.dumps(send), content_type="application/json", headers=headers)

    return call_api_as


def test_the_same_referral_by_api(call_api):
    answer = call_api("healthvisitor", "api-referrals", send=REFERRAL_JSON)
    assert answer.status_code == 201, answer.content
    referral = Referral.objects.get()
    assert (referral.entry_point, referral.noticed, referral.place.code) == (
        "api",
        REFERRAL_JSON["noticed"],
        REFERRAL_JSON["place"],
    )
    assert [each.code for each in referral.concerns.all()] == ["reading-cues"]
    assert answer.json()["reference"] == referral.reference
    assert "noticed" not in answer.json()


def test_a_retry_with_the_key_makes_one(call_api):
    answers = [call_api("healthvisitor", "api-referrals", send=REFERRAL_JSON, key="k1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()
    assert Referral.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"noticed": ""}, "noticed"),
        ({"noticed": "a\x00b"}, "noticed"),
        ({"noticed": "x" * 10_001}, "noticed"),
        ({"noticed": {"a": 1}}, "noticed"),
        ({"permission": "lawful_basis"}, "permission_reason"),
        ({"place": "atlantis"}, "place"),
        ({"status": "accepted"}, "status"),
        ({"infants": "x"}, "infants"),
        ({"infants": []}, "infants"),
        ({"infants": [{}] * 4}, "infants"),
        ({"infants": [{"born": "born", "birth_date": "2019-01-01"}]}, "infants.0.birth_date"),
        ({"infants": [{"born": "unborn", "estimated_due_date": "soon"}]}, "infants.0.estimated_due_date"),
        ({"caregivers": [{"given_name": "Mia"}]}, "caregivers.0.relationship"),
        ({"concerns": ["nothing"]}, "concerns"),
        ({"concerns": [["reading-cues"]]}, "concerns"),
        ({"concerns": {"code": "reading-cues"}}, "concerns"),
        ({"others_involved": "a\x00b"}, "others_involved"),
        ({"who_comes": "\ud800"}, "who_comes"),
        ({"unsafe_times": "x" * 201}, "unsafe_times"),
        ({"asker_email": "nobody"}, "asker_email"),
        ({"asker_group": "king"}, "asker_group"),
        ({"asker_phone": [1]}, "asker_phone"),
        ({"first_visit_together": [True]}, "first_visit_together"),
        ({"infants": [{"born": "born", "birth_date": "0001-01-01"}]}, "infants.0.birth_date"),
        ({"infants": [{"born": "born", "birth_date": "9999-12-31"}]}, "infants.0.birth_date"),
        ({"infants": [{"born": "unborn", "estimated_due_date": "0001-01-01"}]}, "infants.0.birth_date"),
        (
            {"infants": [{"born": "unborn", "estimated_due_date": "9999-12-31"}]},
            "infants.0.estimated_due_date",
        ),
        ({"infants": [{"born": "born", "birth_date": 20260101}]}, "infants.0.birth_date"),
        ({"infants": [{"born": "born", "birth_date": "2026-02-29"}]}, "infants.0.birth_date"),
        ({"infants": [{"born": True}]}, "infants.0.born"),
        ({"infants": [None]}, "infants"),
        (
            {"caregivers": [{"given_name": "Mia", "relationship": "mother", "may_call": 7}]},
            "caregivers.0.may_call",
        ),
        ({"caregivers": [{"given_name": "Mia", "relationship": "mother", "may_call": [1]}]}, "may_call"),
        ({"caregivers": [{"given_name": "\x00", "relationship": "mother"}]}, "given_name"),
        (
            {"caregivers": [{"given_name": "Mia", "relationship": "mother", "birth_date": "0000-00-00"}]},
            "caregivers.0.birth_date",
        ),
        ({"caregivers": [{"given_name": "Mia", "relationship": "mother", "became": "x"}]}, "became"),
    ],
)
def test_a_refusal_names_the_field(call_api, change, field):
    answer = call_api("healthvisitor", "api-referrals", send=REFERRAL_JSON | change)
    assert answer.status_code == 400
    assert field in answer.json()["errors"], answer.json()
    assert not Referral.objects.exists()


@pytest.mark.parametrize("body", ["", "[]", "null", "7", '"text"', "{", "[" * 900, '{"noticed": 1e999}'])
def test_what_is_no_object_is_refused_kindly(client, cast, body):
    client.force_login(cast["healthvisitor"])
    answer = client.post(reverse("api-referrals"), body, content_type="application/json")
    assert answer.status_code == 400
    assert not Referral.objects.exists()


def test_a_referrer_lists_their_own(cast, call_api):
    make_test_referral(cast["healthvisitor"])
    assert len(call_api("healthvisitor", "api-referrals").json()["results"]) == 1
    assert call_api("healthvisitor2", "api-referrals").json()["results"] == []
    assert call_api("manager", "api-referrals").status_code == 403


def test_who_reads_what_of_one(cast, call_api):
    referral = make_test_referral(cast["healthvisitor"])
    assert "noticed" not in call_api("healthvisitor", "api-referral", referral.pk).json()
    assert call_api("duty", "api-referral", referral.pk).json()["noticed"] == referral.noticed
    same = {call_api(who, "api-referral", referral.pk).content for who in ("healthvisitor2", "hyndburn")}
    assert same == {call_api("hyndburn", "api-referral", uuid.uuid4()).content}


def test_what_only_some_readers_are_told_is_declared_optional(cast, call_api):
    referral = make_test_referral(cast["healthvisitor"])
    told = [set(call_api(who, "api-referral", referral.pk).json()) for who in ("healthvisitor", "duty")]
    assert set(ReferralOut.Meta.fields) == told[0] | told[1]
    assert list_optional_keys(ReferralOut) == told[0] ^ told[1]


def test_duty_decides_once_for_one_key(cast, call_api):
    referral = make_test_referral(cast["healthvisitor"])
    answers = [
        call_api("duty", "api-referral-decision", referral.pk, send=DECISION_JSON, key="d") for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json()["family"] == str(Family.objects.get().pk)
    assert (
        call_api("healthvisitor", "api-referral-decision", referral.pk, send=DECISION_JSON).status_code == 403
    )


def test_a_decision_is_refused_by_field(cast, call_api):
    referral = make_test_referral(cast["healthvisitor"])
    answer = call_api("duty", "api-referral-decision", referral.pk, send={"response": "none"})
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"reason", "destinations"}
