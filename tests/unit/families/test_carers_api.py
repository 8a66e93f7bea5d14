"""The API of carers, dyads and addresses: the pages' forms, actions and refusals."""

import pytest
from django.urls import reverse
from rest_framework import serializers

from pairs.api.form_schema import build_form_fields
from pairs.families.forms import CompleteCarerForm
from pairs.families.models import Address, Caregiver, ExclusionGroup


@pytest.fixture
def call_api(client, cast):
    def call_as(who, method, name, *args, payload=None, **headers):
        client.force_login(cast[who])
        options = {"data": payload, "content_type": "application/json"} if payload is not None else {}
        answer = getattr(client, method)(reverse(name, args=args), **options, headers=headers)
        return answer.status_code, answer.json()

    return call_as


def test_a_carer_is_added_once_for_one_key(family, call_api):
    infant = family.infants.get()
    payload = {
        "family": str(family.pk),
        "given_name": "Dan",
        "may_text": False,
        "dyads": [{"infant": str(infant.pk), "relationship": "father", "lives_with": True}],
    }
    key = {"Idempotency-Key": "one"}
    status, made = call_api("duty", "post", "api-caregivers", payload=payload, **key)
    assert (status, made["given_name"], made["may_text"]) == (201, "Dan", False)
    assert call_api("duty", "post", "api-caregivers", payload=payload, **key) == (200, made)
    assert Caregiver.objects.get(pk=made["id"]).dyads.get().lives_with is True


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"family": "x"}, "family"),
        ({"given_name": ""}, "given_name"),
        ({"nhs_number": "123"}, "nhs_number"),
        ({"may_text": "perhaps"}, "may_text"),
        ({"born": "1990-01-01"}, "born"),
        ({"dyads": "x"}, "dyads"),
        ({"dyads": [{"infant": "x"}]}, "dyads.0.infant"),
    ],
)
def test_errors_are_named_by_field(family, call_api, change, field):
    payload = {"family": str(family.pk), "given_name": "Dan"} | change
    status, said = call_api("duty", "post", "api-caregivers", payload=payload)
    assert (status, list(said["errors"])) == (400, [field])


def test_a_change_leaves_the_rest(family, call_api):
    carer = family.caregivers.get()
    group = ExclusionGroup.objects.first()
    carer.exclusion_groups.add(group)
    Caregiver.objects.update(may_call=True, birth_date="1996-03-27", nhs_number="9990000018")
    status, said = call_api(
        "duty", "patch", "api-caregiver", carer.pk, payload={"ethnicity": "Z", "may_text": None}
    )
    assert status == 200, said
    kept = ("phone", "may_call", "may_text", "birth_date", "nhs_number", "ethnicity", "exclusion_groups")
    assert [said[name] for name in kept] == [
        "01632 960001", True, None, "1996-03-27", "9990000018", "Z", [group.code],
    ]  # fmt: skip
    assert call_api("duty", "patch", "api-caregiver", carer.pk, payload=[])[0] == 400
    assert call_api("blackburn", "get", "api-caregiver", carer.pk) == (200, said)
    assert call_api("hyndburn", "patch", "api-caregiver", carer.pk, payload={})[0] == 404


def test_a_dyad_is_read_and_changed(family, call_api):
    dyad = family.dyads.get()
    status, said = call_api("duty", "patch", "api-dyad", dyad.pk, payload={"restrictions": "Supervised only"})
    assert (status, said["restrictions"], said["main_carer"]) == (200, "Supervised only", True)
    assert call_api("duty", "patch", "api-dyad", dyad.pk, payload={"since": "2099-01-01"})[0] == 400
    assert call_api("hyndburn", "get", "api-dyad", dyad.pk)[0] == 404


def test_addresses_are_listed_and_added(family, call_api):
    carer = family.caregivers.get()
    payload = {"caregiver": str(carer.pk), "kind_of_address": "refuge", "lines": "A secret", "moved_on": True}
    status, said = call_api("duty", "post", "api-addresses", payload=payload)
    assert (status, said["shown"]) == (201, ["Refuge (address hidden)"])
    status, listed = call_api("blackburn", "get", "api-addresses")
    assert (status, len(listed["results"])) == (200, 2)
    assert "A secret" not in str(listed)
    assert Address.objects.current().get().lines == "A secret"
    both = payload | {"infant": str(family.infants.get().pk)}
    assert call_api("duty", "post", "api-addresses", payload=both)[0] == 400
    assert call_api("hyndburn", "post", "api-addresses", payload=payload)[0] == 404


def test_what_is_known_is_described_as_it_is_shown():
    known = build_form_fields(CompleteCarerForm)
    assert isinstance(known["may_text"], serializers.BooleanField)
    assert known["may_text"].allow_null
    assert isinstance(known["disability"], serializers.ChoiceField)


def test_carers_come_by_pages(family, call_api):
    status, listed = call_api("blackburn", "get", "api-caregivers")
    assert (status, listed["count"], listed["next"], listed["previous"]) == (200, 1, None, None)
    assert listed["results"][0]["id"] == str(family.caregivers.get().pk)
    assert call_api("hyndburn", "get", "api-caregivers")[1]["count"] == 0
