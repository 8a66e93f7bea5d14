"""The signposting directory: who reads it, who keeps it, what is retired, and when it is due to be checked."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.service.models import Place
from pairs.service.refusals import ActionRefused
from referrals.actions.destinations import check_destination, retire_destination, save_directory_entry
from referrals.models import Destination
from referrals.rules.directory import needs_checking
from tests.app_due_items import make_due_items

DESTINATION_DATA = {"name": "Example Family Hub", "offers": "Tea and company", "phone": "01632 960555"}
DESTINATION_DATA |= {"website": "", "email": "", "how_to_start": ""}
ONE_YEAR = timedelta(days=365)
list_app_due_items = make_due_items("referrals")


def save_test_destination(*places, **changes):
    return save_directory_entry(places=Place.objects.filter(code__in=places), **DESTINATION_DATA | changes)


@pytest.mark.parametrize(
    ("checked", "due"),
    [(None, True), (date(2025, 11, 21), True), (date(2025, 11, 22), False), (date(2026, 11, 21), False)],
)
def test_a_check_holds_for_a_year(checked, due):
    assert needs_checking(checked_on=checked, on=date(2026, 11, 21), holds=ONE_YEAR) is due


@pytest.fixture
def open_page(client, cast):
    def get_page_as(username, name, *args, post=None, query=""):
        client.force_login(cast[username])
        address = reverse(name, args=args) + query
        return client.get(address) if post is None else client.post(address, post)

    return get_page_as


def test_the_empty_directory_says_what_to_do(open_page):
    assert "Add the family hub" in open_page("supervisor", "destinations").content.decode()
    duty = open_page("duty", "destinations").content.decode()
    assert "Ask a supervisor" in duty
    assert reverse("new-destination") not in duty


def test_it_is_listed_by_place_with_entries_for_everywhere(cast, open_page):
    save_test_destination("blackburn-with-darwen", name="Blackburn Hub")
    save_test_destination("hyndburn", name="Hyndburn Hub")
    save_test_destination(name="Helpline")
    text = open_page("duty", "destinations", query="?place=hyndburn").content.decode()
    assert "Hyndburn Hub" in text
    assert "Helpline" in text
    assert "Blackburn Hub" not in text
    assert open_page("duty", "destinations", query="?place=nowhere").status_code == 200
    rows = open_page("duty", "api-destinations", query="?place=hyndburn").json()["results"]
    assert [row["name"] for row in rows] == ["Helpline", "Hyndburn Hub"]
    assert open_page("duty", "api-destinations", query="?place=nowhere").status_code == 400


@pytest.mark.parametrize(("who", "reads", "keeps"), [
    ("supervisor", 200, 200), ("duty", 200, 403), ("blackburn", 200, 403), ("healthvisitor", 403, 403),
    ("manager", 403, 403),
])  # fmt: skip
def test_who_reads_and_who_manages_it(cast, open_page, who, reads, keeps):
    kept = save_test_destination()
    assert open_page(who, "destinations").status_code == reads
    assert open_page(who, "destination", kept.pk).status_code == reads
    assert open_page(who, "new-destination").status_code == keeps
    assert open_page(who, "retire-destination", kept.pk).status_code == keeps
    if keeps == 403:
        for name in ("destination", "check-destination", "retire-destination"):
            assert open_page(who, name, kept.pk, post=DESTINATION_DATA).status_code == 403
    kept.refresh_from_db()
    assert kept.retired_on is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": "EXAMPLE family hub"}, "name"), ({"name": "Other", "phone": ""}, "phone")],
)
def test_a_name_stands_once_and_a_family_can_begin(changes, field):
    save_test_destination()
    with pytest.raises(ActionRefused) as refused:
        save_test_destination(**changes)
    assert set(refused.value.errors) == {field}
    assert Destination.objects.count() == 1


def test_supervisors_add_change_check_and_retire_by_page(cast, open_page):
    answer = open_page(
        "supervisor",
        "new-destination",
        post=DESTINATION_DATA | {"places": ["hyndburn"], "website": "hub.example"},
    )
    kept = Destination.objects.get()
    assert answer.url == reverse("destination", args=[kept.pk])
    assert (kept.website, kept.checked_on) == ("https://hub.example", timezone.localdate())
    Destination.objects.update(checked_on=date(2020, 1, 1))
    assert "To be checked" in open_page("supervisor", "destination", kept.pk).content.decode()
    open_page("supervisor", "check-destination", kept.pk, post={})
    kept.refresh_from_db()
    assert kept.checked_on == timezone.localdate()
    open_page("supervisor", "destination", kept.pk, post=DESTINATION_DATA | {"offers": "More tea"})
    kept.refresh_from_db()
    assert (kept.offers, kept.places.count()) == ("More tea", 0)
    assert "Retire" in open_page("supervisor", "retire-destination", kept.pk).content.decode()
    open_page("supervisor", "retire-destination", kept.pk, post={})
    assert not Destination.objects.offered().exists()
    assert "Example Family Hub" in open_page("duty", "destinations", query="?retired=1").content.decode()
    bad = open_page(
        "supervisor", "new-destination", post=DESTINATION_DATA | {"website": "javascript:alert(1)"}
    )
    assert bad.status_code == 200
    assert Destination.objects.count() == 1


def test_two_clicks_on_retire_retire_it_once(cast, open_page):
    kept, token = save_test_destination(), {"submission": str(uuid.uuid4())}
    for _ in range(2):
        assert open_page("supervisor", "retire-destination", kept.pk, post=token).status_code == 302
    kept.refresh_from_db()
    assert kept.retired_on == timezone.localdate()


def test_a_restored_entry_is_due_for_checking(cast):
    kept = retire_destination(destination=retire_destination(destination=save_test_destination()))
    assert (kept.retired_on, kept.checked_on) == (None, None)
    check_destination(destination=kept)
    assert kept.checked_on == timezone.localdate()
    assert Destination.objects.offered().get() == kept


def test_an_unchecked_entry_is_due_to_supervisors(cast):
    save_test_destination()
    on = timezone.localdate()
    assert list_app_due_items(load_scope(cast["supervisor"]), on) == []
    (item,) = list_app_due_items(load_scope(cast["supervisor"]), on + ONE_YEAR)
    assert (item.code, item.who) == ("destination_unchecked", "Example Family Hub")
    assert list_app_due_items(load_scope(cast["duty"]), on + ONE_YEAR) == []
