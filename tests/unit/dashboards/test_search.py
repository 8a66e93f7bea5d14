"""The search page and its API: what a row says, the families opened last, who may not, what is written down."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pairs.audit.models import AccessEntry
from tests.unit.episodes.factories import make_accepted_referral, make_episode
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def okafor_family():
    family = make_family(reference="O")
    family.caregivers.update(family_name="Okafor", phone="07700 900123")
    return family


def search_by_page(client, sought):
    answer = client.post(reverse("search"), {"sought": sought})
    assert answer.status_code == 200
    return answer.content.decode()


def search_by_api(client, sought):
    return client.post(reverse("api-search"), {"sought": sought}, content_type="application/json")


def test_a_row_says_who_where_why_and_what_is_under_way(me, client, okafor_family):
    text = search_by_page(client, "okafor")
    for words in (
        "1 family, best match first",
        "Baby1",
        "born 1 Jun 2026",
        "Cora Okafor: name",
        "Blackburn",
    ):
        assert words in text
    assert reverse("family", args=[okafor_family.pk]) in text
    assert "No open work" in text
    assert "phone" in search_by_page(client, "07700900123")


def test_a_row_says_whether_work_is_open(me, client):
    open_family = make_episode(me, reference="E").family
    waiting = make_accepted_referral(make_family(reference="W")).family
    found = {row["family"]: row["status"] for row in search_by_api(client, "Cora Carer").json()["results"]}
    assert found[str(open_family.pk)] == "open"
    assert found[str(waiting.pk)] == "waiting"


def test_a_referral_is_found_by_its_reference(cast, me, client):
    referral = make_accepted_referral(make_family(reference="W"), reference="R-2026-00042")
    for sought in ("R-2026-00042", "r 2026 42"):
        assert reverse("referral", args=[referral.pk]) in search_by_page(client, sought)
    assert search_by_api(client, "R-2026-00042").json()["referrals"][0]["reference"] == "R-2026-00042"
    client.force_login(cast["hyndburn"])
    assert reverse("referral", args=[referral.pk]) not in search_by_page(client, "R-2026-00042")


def test_what_is_found_is_written_down_as_listed_and_what_was_typed_nowhere(me, client, okafor_family):
    make_family(reference="other").caregivers.update(given_name="Zed", family_name="Quite")
    search_by_page(client, "okafor")
    entry = AccessEntry.objects.get(view="search")
    assert (entry.listed, entry.opened) == ([okafor_family.pk], [])
    assert "okafor" not in str(vars(entry)).lower()


def test_nothing_typed_shows_the_families_opened_last(cast, me, client, okafor_family):
    other = make_family(reference="other")
    moved = make_family(reference="moved")
    for family in (other, moved, okafor_family):
        client.get(reverse("family", args=[family.pk]))
    moved.restricted = True
    moved.save()
    text = client.get(reverse("search")).content.decode()
    assert "Families you opened recently" in text
    at = [text.find(reverse("family", args=[family.pk])) for family in (okafor_family, other, moved)]
    assert 0 < at[0] < at[1]
    assert at[2] == -1, "no longer in scope"
    client.force_login(cast["supervisor"])
    assert "No recently opened families" in client.get(reverse("search")).content.decode()


@pytest.mark.parametrize(
    ("sought", "says"),
    [
        ("Nowhere Nobody", "No family found"),
        ("12", "Enter a little more"),
        ("9990001234", "its digits do not add up"),
        ("y" * 121, "has room for 120 characters"),
    ],
)
def test_nothing_found_says_what_to_try(me, client, okafor_family, sought, says):
    assert says in search_by_page(client, sought)


def test_another_sites_family_is_not_found_by_page_or_api(cast, client, okafor_family):
    client.force_login(cast["hyndburn"])
    assert "No family found" in search_by_page(client, "okafor")
    assert search_by_api(client, "okafor").json()["results"] == []


@pytest.mark.parametrize("who", ["healthvisitor", "manager", "peer", "governance", "administrator"])
def test_who_may_not_search_has_no_search_box_and_no_page(cast, client, who):
    client.force_login(cast[who])
    assert "pairs-find" not in client.get(reverse("home")).content.decode()
    assert client.post(reverse("search"), {"sought": "okafor"}).status_code == 403
    assert search_by_api(client, "okafor").status_code == 403


def test_the_api_says_who_was_found_and_why(me, client, okafor_family):
    found = search_by_api(client, "okafor 1/6/2026").json()["results"][0]
    assert found["family"] == str(okafor_family.pk)
    assert {"name": "Cora Okafor", "why": ["name"]} in found["matched"]
    assert {"name": "Baby1", "why": ["date of birth"]} in found["matched"]
    assert search_by_api(client, {"a": 1}).status_code == 400


def list_search_queries(client, sought):
    with CaptureQueriesContext(connection) as seen:
        search_by_page(client, sought)
    return [each["sql"] for each in seen]


def test_twenty_families_cost_what_one_does(me, client, okafor_family):
    search_by_page(client, "okafor")
    one = list_search_queries(client, "okafor")
    for number in range(25):
        make_family(reference=f"N{number}", infants=2).caregivers.update(family_name="Okafor")
    assert len(list_search_queries(client, "okafor")) == len(one)
    own = [sql for sql in one if "FROM families_" in sql or 'FROM "families_' in sql]
    own = [sql for sql in own if "service_sitepermission" not in sql]  # the scope: what one may do where
    assert len(own) == 5, (
        "the finding, the families, their infants, their carers, how each is written in a row"
    )
