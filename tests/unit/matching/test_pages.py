"""The pages and the API of duplicates and merging: who may, what they say, and that a second click merges nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pairs.families.models import Caregiver, Family, Infant
from pairs.matching.actions import merge_people
from pairs.matching.models import Merge, NotTheSame
from tests.unit.families.factories import make_family
from tests.unit.matching.factories import get_only, make_family_twice

pytestmark = pytest.mark.django_db


@pytest.fixture
def carers(me):
    return tuple(get_only(family.caregivers) for family in make_family_twice())


def get_page(client, name, *args, **asked):
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def build_merge_path(kept, merged):
    return f"{reverse('merge-caregiver', args=[kept.pk])}?other={merged.pk}"


def test_the_queue_shows_both_records_and_the_evidence(client, carers):
    text = get_page(client, "duplicates", of="caregiver")
    assert "Strong match" in text
    assert "same name; same phone; same postcode" in text
    for reference, name in (("PI-A-1", "Amira"), ("PI-B-1", "Yusuf")):
        Infant.objects.filter(reference=reference).update(given_name=name)
    assert "No possible duplicates" in get_page(client, "duplicates")
    assert get_page(client, "duplicates", of="nonsense", page="99")


def test_comparing_marks_what_differs(client, carers):
    one, other = carers
    Caregiver.objects.filter(pk=other.pk).update(phone="01632 960002", language="Urdu")
    text = get_page(client, "caregiver-duplicates", one.pk, other=other.pk)
    for words in (
        "01632 960001",
        "01632 960002",
        "Differs",
        "keep the record on the left",
        "Two different people",
    ):
        assert words in text


def test_why_two_cannot_be_merged_is_said_before_anybody_tries(client, me):
    family = make_family(infants=2)
    one, other = family.infants.all()
    Infant.objects.update(pregnancy=one.pregnancy)
    text = get_page(client, "infant-duplicates", one.pk, other=other.pk)
    assert "same pregnancy" in text
    assert reverse("merge-infant", args=[one.pk]) not in text


def test_not_the_same_takes_the_pair_out_of_the_queue(client, carers):
    one, other = carers
    at = f"{reverse('caregiver-duplicates', args=[one.pk])}?other={other.pk}"
    assert "error" in client.post(at, {"other": other.pk, "reason": ""}).content.decode()
    answer = client.post(at, {"other": other.pk, "reason": "Two cousins"})
    assert answer.headers["Location"] == reverse("duplicates")
    assert NotTheSame.objects.get().reason == "Two cousins"
    assert "Strong match" not in get_page(client, "duplicates", of="caregiver")


def test_merging_says_what_moves_and_asks_what_differs(client, carers):
    one, other = carers
    Caregiver.objects.filter(pk=other.pk).update(phone="01632 960002")
    text = client.get(build_merge_path(one, other)).content.decode()
    for words in (
        "1 relationship",
        "the two families become one",
        "Phone, and whether it is safe",
        "Merge the two",
    ):
        assert words in text
    sent = {"other": other.pk, "reason": "I know her", "families_too": "on"}
    refused = client.post(build_merge_path(one, other), sent)
    assert (refused.status_code, Merge.objects.count()) == (200, 0)
    answer = client.post(build_merge_path(one, other), sent | {"phone": "merged"})
    assert answer.headers["Location"] == reverse("merge", args=[Merge.objects.get().pk])
    assert Caregiver.objects.get(pk=one.pk).phone == "01632 960002"


def test_a_second_click_lands_where_the_first_did(client, carers):
    one, other = carers
    sent = {
        "other": other.pk, "reason": "I know her", "families_too": "on",
        "submission": "00000000-0000-4000-8000-00000000abcd",
    }  # fmt: skip
    first, second = (
        client.post(build_merge_path(one, other), sent),
        client.post(build_merge_path(one, other), sent),
    )
    assert first.headers["Location"] == second.headers["Location"]
    assert Merge.objects.count() == 1


def test_families_stay_apart_unless_somebody_ticks_the_box(client, carers):
    one, other = carers
    answer = client.post(build_merge_path(one, other), {"other": other.pk, "reason": "I know her"})
    assert "These records are in two families" in answer.content.decode()
    assert Family.objects.live().count() == 2


def test_the_address_of_a_merged_record_leads_on_to_the_one_that_was_kept(client, me, cast):
    """Of the baby, its carer and its family: a page that was kept open, a link in a mail, a client of the API."""
    one, other = make_family_twice()
    baby, twice = get_only(one.infants), get_only(other.infants)
    merge = merge_people(kept=baby, merged=twice, choices={}, reason="One", families_too=True, by=me)
    for name, kept, merged in (("infant", baby, twice), ("family", one, other), ("api-infant", baby, twice)):
        answer = client.get(reverse(name, args=[merged.pk]), {"from": "mail"})
        assert (answer.status_code, answer["Location"]) == (302, reverse(name, args=[kept.pk]) + "?from=mail")
        assert client.get(answer["Location"]).status_code == 200
    client.force_login(cast["hyndburn"])
    assert client.get(reverse("infant", args=[twice.pk])).status_code == 404
    client.force_login(me)
    client.post(reverse("merge", args=[merge.pk]), {"reason": "Two cousins"})
    assert client.get(reverse("infant", args=[twice.pk])).status_code == 200


def test_a_merge_is_undone_from_its_page(client, me, carers):
    one, other = carers
    merge = merge_people(kept=one, merged=other, choices={}, reason="One", families_too=True, by=me)
    assert "1 relationship" in get_page(client, "merge", merge.pk)
    assert "I know" not in get_page(client, "merges")
    client.post(reverse("merge", args=[merge.pk]), {"reason": "Two sisters"})
    assert "Two sisters" in get_page(client, "merge", merge.pk)
    assert "Undone" in get_page(client, "merges")
    assert Caregiver.objects.live().filter(pk=other.pk).exists()


@pytest.mark.parametrize("named", ["nobody", "hyndburn", "infant", "itself", "nonsense", "restricted"])
def test_another_record_out_of_scope_is_not_found(client, me, named):
    mine = get_only(make_family().caregivers)
    known = {
        "nobody": lambda: "00000000-0000-4000-8000-000000000000",
        "hyndburn": lambda: get_only(make_family(site="hyndburn", reference="H").caregivers).pk,
        "restricted": lambda: get_only(make_family(restricted=True, reference="R").caregivers).pk,
        "infant": lambda: get_only(mine.family.infants).pk,
        "itself": lambda: mine.pk,
        "nonsense": lambda: "nonsense",
    }
    other = known[named]()
    for name in ("caregiver-duplicates", "merge-caregiver"):
        for ask in (client.get, client.post):
            at = f"{reverse(name, args=[mine.pk])}?other={other}"
            answer = ask(at) if ask == client.get else ask(at, {"reason": "x"})
            wanted = (200, 302) if named == "nonsense" else (404,)
            assert answer.status_code in wanted, (name, ask)
    assert not Merge.objects.exists()


@pytest.mark.parametrize("who", ["healthvisitor", "manager", "peer", "governance"])
def test_who_may_not(cast, client, who):
    client.force_login(cast[who])
    for name in ("duplicates", "merges"):
        assert client.get(reverse(name)).status_code == 403


# ---------------------------------------------------------------- the API


def post_once(client, name, pk, **payload):
    headers = {"Idempotency-Key": name}
    return client.post(reverse(name, args=[pk]), payload, content_type="application/json", headers=headers)


def test_the_api_finds_merges_and_undoes(client, carers):
    one, other = carers
    Caregiver.objects.filter(pk=other.pk).update(phone="01632 960001", language="Urdu")
    (pair,) = client.get(reverse("api-duplicates"), {"of": "caregiver"}).json()["results"]
    assert {pair["one"], pair["other"]} == {str(one.pk), str(other.pk)}
    assert "same phone" in pair["evidence"]
    sent = {"other": str(other.pk), "reason": "I know her", "families_too": True}
    made = post_once(client, "api-caregiver-merges", one.pk, **sent)
    again = post_once(client, "api-caregiver-merges", one.pk, **sent)
    assert (made.status_code, again.status_code) == (201, 200)
    assert made.json() == again.json()
    undone = post_once(client, "api-merge-undoing", made.json()["id"], reason="Two sisters")
    assert undone.json()["undone_reason"] == "Two sisters"
    assert client.get(reverse("api-merge", args=[made.json()["id"]])).json()["undone_at"]
    told = post_once(client, "api-caregiver-not-the-same", one.pk, other=str(other.pk), reason="Two sisters")
    assert told.status_code == 201
    assert client.get(reverse("api-duplicates"), {"of": "caregiver"}).json()["results"] == []


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "other"),
        ({"other": ["a"]}, "other"),
        ({"reason": "x"}, "other"),
        ({"reason": ""}, "reason"),
        ({"phone": "theirs", "reason": "x"}, "phone"),
        ({"nonsense": "x", "reason": "x"}, "nonsense"),
        ({"reason": "x", "phone": "kept"}, "families_too"),
    ],
)
def test_the_api_says_by_field_what_is_wrong(client, carers, sent, field):
    one, other = carers
    Caregiver.objects.filter(pk=other.pk).update(phone="01632 960002")
    if field != "other":
        sent = {"other": str(other.pk)} | sent
    answer = post_once(client, "api-caregiver-merges", one.pk, **sent)
    assert answer.status_code == 400
    assert field in answer.json()["errors"]
    assert not Merge.objects.exists()


def test_the_api_finds_nobody_out_of_scope(client, me):
    mine = get_only(make_family().caregivers)
    other = get_only(make_family(site="hyndburn", reference="H").caregivers)
    for name in ("api-caregiver-merges", "api-caregiver-not-the-same"):
        assert post_once(client, name, mine.pk, other=str(other.pk), reason="x").status_code == 404
    assert client.get(reverse("api-duplicates"), {"of": "stranger"}).status_code == 400


# ---------------------------------------------------------------- what pages cost


def count_page_queries(client, path):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_twenty_pairs_cost_what_two_do(client, me):
    make_family_twice()
    at = f"{reverse('duplicates')}?of=caregiver"
    client.get(at)
    before = count_page_queries(client, at)
    for number in range(4):
        make_family(reference=f"Q{number}")
    assert count_page_queries(client, at) == before
    assert before <= 18
    print(f"queue {before} queries")


def test_comparing_and_merging_cost_no_more_when_much_hangs_on_them(client, carers):
    one, other = carers
    paths = (
        f"{reverse('caregiver-duplicates', args=[one.pk])}?other={other.pk}",
        build_merge_path(one, other),
    )
    client.get(paths[0])
    before = [count_page_queries(client, path) for path in paths]
    for family in (one.family, other.family):
        for number in range(5):
            Caregiver.objects.create(family=family, given_name=f"Other{number}")
    assert [count_page_queries(client, path) for path in paths] == before
    print(f"compare {before[0]}, merge {before[1]} queries")
    assert before[0] <= 40
