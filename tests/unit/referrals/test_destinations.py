"""The signposting directory: who reads it, who keeps it, what is retired, and when it is due to be checked."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import scope_of
from pairs.service.models import Place
from pairs.service.refusals import Refused
from referrals.actions.destinations import check_destination, keep_destination, retire_destination
from referrals.models import Destination
from referrals.rules.directory import needs_checking
from tests.asking import due_in

SAID = {"name": "Example Family Hub", "offers": "Tea and company", "phone": "01632 960555"}
SAID |= {"website": "", "email": "", "how_to_start": ""}
YEAR = timedelta(days=365)
due_items = due_in("referrals")


def keep(*places, **changes):
    return keep_destination(places=Place.objects.filter(code__in=places), **SAID | changes)


@pytest.mark.parametrize(
    ("checked", "due"),
    [(None, True), (date(2025, 11, 21), True), (date(2025, 11, 22), False), (date(2026, 11, 21), False)],
)
def test_a_check_holds_for_a_year(checked, due):
    assert needs_checking(checked_on=checked, on=date(2026, 11, 21), holds=YEAR) is due


@pytest.fixture
def seen(client, cast):
    def as_seen(username, name, *args, post=None, query=""):
        client.force_login(cast[username])
        address = reverse(name, args=args) + query
        return client.get(address) if post is None else client.post(address, post)

    return as_seen


def test_the_empty_directory_says_what_to_do(seen):
    assert "Add the family hub" in seen("supervisor", "destinations").content.decode()
    duty = seen("duty", "destinations").content.decode()
    assert "Ask a supervisor" in duty
    assert reverse("new-destination") not in duty


def test_it_is_listed_by_place_with_what_is_everywhere(cast, seen):
    keep("blackburn-with-darwen", name="Blackburn Hub")
    keep("hyndburn", name="Hyndburn Hub")
    keep(name="Helpline")
    text = seen("duty", "destinations", query="?place=hyndburn").content.decode()
    assert "Hyndburn Hub" in text
    assert "Helpline" in text
    assert "Blackburn Hub" not in text
    assert seen("duty", "destinations", query="?place=nowhere").status_code == 200
    rows = seen("duty", "api-destinations", query="?place=hyndburn").json()["results"]
    assert [row["name"] for row in rows] == ["Helpline", "Hyndburn Hub"]
    assert seen("duty", "api-destinations", query="?place=nowhere").status_code == 400


@pytest.mark.parametrize(("who", "reads", "keeps"), [
    ("supervisor", 200, 200), ("duty", 200, 403), ("blackburn", 200, 403), ("healthvisitor", 403, 403),
    ("manager", 403, 403),
])  # fmt: skip
def test_who_reads_and_who_keeps_it(cast, seen, who, reads, keeps):
    kept = keep()
    assert seen(who, "destinations").status_code == reads
    assert seen(who, "destination", kept.pk).status_code == reads
    assert seen(who, "new-destination").status_code == keeps
    assert seen(who, "retire-destination", kept.pk).status_code == keeps
    if keeps == 403:
        for name in ("destination", "check-destination", "retire-destination"):
            assert seen(who, name, kept.pk, post=SAID).status_code == 403
    kept.refresh_from_db()
    assert kept.retired_on is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": "EXAMPLE family hub"}, "name"), ({"name": "Other", "phone": ""}, "phone")],
)
def test_a_name_stands_once_and_a_family_can_begin(changes, field):
    keep()
    with pytest.raises(Refused) as refused:
        keep(**changes)
    assert set(refused.value.errors) == {field}
    assert Destination.objects.count() == 1


def test_supervisors_add_change_check_and_retire_by_page(cast, seen):
    answer = seen(
        "supervisor", "new-destination", post=SAID | {"places": ["hyndburn"], "website": "hub.example"}
    )
    kept = Destination.objects.get()
    assert answer.url == reverse("destination", args=[kept.pk])
    assert (kept.website, kept.checked_on) == ("https://hub.example", timezone.localdate())
    Destination.objects.update(checked_on=date(2020, 1, 1))
    assert "To be checked" in seen("supervisor", "destination", kept.pk).content.decode()
    seen("supervisor", "check-destination", kept.pk, post={})
    kept.refresh_from_db()
    assert kept.checked_on == timezone.localdate()
    seen("supervisor", "destination", kept.pk, post=SAID | {"offers": "More tea"})
    kept.refresh_from_db()
    assert (kept.offers, kept.places.count()) == ("More tea", 0)
    assert "Retire" in seen("supervisor", "retire-destination", kept.pk).content.decode()
    seen("supervisor", "retire-destination", kept.pk, post={})
    assert not Destination.objects.offered().exists()
    assert "Example Family Hub" in seen("duty", "destinations", query="?retired=1").content.decode()
    bad = seen("supervisor", "new-destination", post=SAID | {"website": "javascript:alert(1)"})
    assert bad.status_code == 200
    assert Destination.objects.count() == 1


def test_what_is_brought_back_is_to_be_checked(cast):
    kept = retire_destination(destination=retire_destination(destination=keep()))
    assert (kept.retired_on, kept.checked_on) == (None, None)
    check_destination(destination=kept)
    assert kept.checked_on == timezone.localdate()
    assert Destination.objects.offered().get() == kept


def test_an_unchecked_entry_is_due_to_supervisors(cast):
    keep()
    on = timezone.localdate()
    assert due_items(scope_of(cast["supervisor"]), on) == []
    (item,) = due_items(scope_of(cast["supervisor"]), on + YEAR)
    assert (item.code, item.who) == ("destination_unchecked", "Example Family Hub")
    assert due_items(scope_of(cast["duty"]), on + YEAR) == []
