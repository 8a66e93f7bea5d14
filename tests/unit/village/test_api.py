"""The API of the village: what is read can be written back, and lists come by pages."""

import pytest
from django.urls import reverse

from pairs.village import actions
from pairs.village.models import VillageMember
from tests.unit.village.factories import make_village

pytestmark = pytest.mark.django_db


@pytest.fixture
def village_people(cast):
    return make_village(cast["blackburn"])


@pytest.fixture
def post_json(client, cast):
    client.force_login(cast["blackburn"])

    def post(address, pk, /, **payload):
        answer = client.post(reverse(address, args=[pk]), payload, content_type="application/json")
        return answer.status_code, answer.json()

    return post


def test_people_are_named_by_the_ids_that_are_shown(village_people, post_json):
    family, cora, dan, nursery = village_people
    infant = family.infants.get()
    status, gran = post_json(
        "api-village", family.pk, name="Gran", circle="kin", closeness=1, infant=str(infant.pk)
    )
    assert (status, gran["infant"], gran["closeness"]) == (201, str(infant.pk), 1)
    status, agreed = post_json(
        "api-agreements", family.pk, party=str(nursery.pk), what=["involved"], agreed_by=str(cora.pk),
        agreed_on="2026-01-05",
    )  # fmt: skip
    assert (status, agreed["member"], agreed["agreed_by"]) == (201, str(nursery.pk), str(cora.pk))
    status, limit = post_json(
        "api-limits", family.pk, subject=str(cora.pk), not_to=str(dan.pk), reason="Asked", since="2026-01-05"
    )
    assert (status, limit["caregiver"], limit["not_to_caregiver"]) == (201, str(cora.pk), str(dan.pk))


def test_a_letter_is_begun_by_ids(village_people, post_json):
    family, cora, _, _ = village_people
    infant = family.infants.get()
    status, letter = post_json("api-letters", family.pk, to=str(cora.pk), about=[str(infant.pk)])
    assert (status, letter["to_caregiver"], letter["about"]) == (201, str(cora.pk), [str(infant.pk)])
    assert post_json("api-letters", family.pk, to=str(infant.pk), about=[str(infant.pk)])[0] == 400


def test_the_village_comes_fifty_a_page(village_people, client, cast):
    family, *_ = village_people
    for number in range(50):
        VillageMember.objects.create(family=family, kind="kin", name=f"Kin {number}", closeness=2)
    client.force_login(cast["blackburn"])
    path = reverse("api-village", args=[family.pk])
    first = client.get(path).json()
    assert (first["count"], len(first["results"]), first["previous"]) == (51, 50, None)
    last = client.get(first["next"]).json()
    assert (len(last["results"]), last["next"]) == (1, None)
    assert client.get(path, {"page": 3}).status_code == 404


def test_a_pdf_is_asked_for_once_for_one_key(village_people, client, cast):
    family, cora, *_ = village_people
    letter = actions.begin_letter(
        family=family, to=cora, about=list(family.infants.all()), by=cast["blackburn"]
    )
    client.force_login(cast["blackburn"])
    path, key = reverse("api-letter-pdf", args=[letter.pk]), {"Idempotency-Key": "one"}
    assert client.post(path, {}, "application/json", headers=key).status_code == 404  # a draft has none
    actions.sign_letter(letter=letter, by=cast["blackburn"])
    asked = [client.post(path, {}, "application/json", headers=key) for _ in range(2)]
    assert [(each.status_code, each.json()) for each in asked] == [
        (201, {"status": "queued"}),
        (200, {"status": "queued"}),
    ]
    assert client.get(path).status_code == 404  # not made yet
