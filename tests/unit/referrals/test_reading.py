"""A new referral is read in time: who hears when, each once; who is named to read; what is due to whom."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import scope_of
from pairs.families.due import SAFETY
from pairs.service.models import Site
from pairs.service.refusals import Refused
from referrals.actions import mark_read
from referrals.actions.reading import name_first_readers, tell_of_unread
from referrals.bank_holidays import ENGLAND
from referrals.models import FirstReader, ReadingNotice
from referrals.rules.reading import DEPUTY, READER, SUPERVISORS, deputy_at, read_by
from referrals.tasks import chase_unread_referrals
from tests.asking import due_in
from tests.unit.referrals.requests import refer

due_items = due_in("referrals")


@pytest.fixture
def readers(cast):
    site = Site.objects.get(code="blackburn-with-darwen")
    return name_first_readers(
        site=site, reader=cast["duty"], deputy=cast["supervisor"], by=cast["supervisor"]
    )


def told():
    """Who was written to since the last time this was asked."""
    people = sorted(address.partition("@")[0] for each in mail.outbox for address in each.to)
    mail.outbox.clear()
    return people


def test_the_reader_hears_at_once_with_a_reference_and_a_link_alone(cast, readers):
    referral = refer(cast["healthvisitor"])
    referral.refresh_from_db()
    assert referral.read_by_time == read_by(referral.received_at, ENGLAND)
    (letter,) = mail.outbox
    assert letter.to == ["duty@pairs.example"]
    assert referral.reference in letter.subject
    assert reverse("decide-referral", args=[referral.pk]) in letter.body
    for words in ("Mia", "Dan", "Baby kicks", "BB1"):
        assert words not in letter.subject + letter.body


def test_then_the_deputy_then_the_supervisors_each_once(cast, readers):
    referral = refer(cast["healthvisitor"])
    assert told() == ["duty"]
    late = read_by(referral.received_at, ENGLAND) + timedelta(minutes=1)
    steps = [
        (referral.received_at, [], []),
        (deputy_at(referral.received_at, ENGLAND), [DEPUTY], ["supervisor"]),
        (late, [SUPERVISORS], ["supervisor"]),
        (late + timedelta(days=9), [], []),
    ]
    for now, whom, people in steps:
        assert tell_of_unread(referral=referral, now=now) == whom
        assert told() == people
    assert set(ReadingNotice.objects.values_list("whom", flat=True)) == {READER, DEPUTY, SUPERVISORS}


def test_nobody_is_told_once_it_is_read_or_withdrawn(cast, readers):
    referral = refer(cast["healthvisitor"])
    mark_read(referral=referral, by=cast["duty"])
    told()
    assert tell_of_unread(referral=referral, now=timezone.now() + timedelta(days=9)) == []
    assert told() == []


def test_where_nobody_is_named_everybody_who_triages_there_hears(cast):
    refer(cast["healthvisitor"])
    assert told() == ["duty", "supervisor"]
    FirstReader.objects.create(
        site=Site.objects.get(code="blackburn-with-darwen"), reader=cast["duty"], deputy=cast["supervisor"]
    )
    cast["duty"].is_active = False
    cast["duty"].save()
    refer(cast["healthvisitor"])
    assert told() == ["supervisor"]  # the reader has left: whoever is there


def test_the_timetable_tells_of_all_that_wait_and_heals_what_was_missed(cast, readers, monkeypatch):
    referrals = [refer(cast["healthvisitor"]) for _ in "ab"]
    told()
    assert chase_unread_referrals() == 0
    late = read_by(referrals[1].received_at, ENGLAND) + timedelta(minutes=1)
    monkeypatch.setattr("referrals.actions.reading.timezone.now", lambda: late)
    assert [chase_unread_referrals(), chase_unread_referrals()] == [2, 0]
    assert told() == ["supervisor"] * 4  # of each: as the deputy, and as the supervisor


def test_unread_is_safety_the_readers_first_and_everybodys_when_an_hour_is_left(cast, readers, monkeypatch):
    referral = refer(cast["healthvisitor"])
    scope, on = scope_of(cast["duty"]), timezone.localdate()

    def item_at(moment):
        monkeypatch.setattr("referrals.due.timezone.now", lambda: moment)
        return next(each for each in due_items(scope, on) if each.code == "unread_referral")

    first = item_at(referral.received_at)
    assert (first.kind, first.owner_id, first.who) == (SAFETY, cast["duty"].pk, referral.reference)
    assert first.why == "Read within 4 h of working time"
    last = item_at(deputy_at(referral.received_at, ENGLAND))
    assert (last.owner_id, last.why) == (None, "Read within 1 h of working time")
    assert item_at(read_by(referral.received_at, ENGLAND) + timedelta(minutes=5)).why.startswith("Late by")


@pytest.mark.parametrize(
    ("reader", "deputy", "field"),
    [("duty", "duty", "deputy"), ("blackburn", "duty", "reader"), ("duty", "hyndburn", "deputy")],
)
def test_readers_are_two_people_who_triage_there(cast, reader, deputy, field):
    site = Site.objects.get(code="blackburn-with-darwen")
    with pytest.raises(Refused) as refused:
        name_first_readers(site=site, reader=cast[reader], deputy=cast[deputy], by=cast["supervisor"])
    assert field in refused.value.errors
    assert not FirstReader.objects.exists()


def test_supervisors_name_them_on_a_page(cast, client):
    client.force_login(cast["supervisor"])
    page = reverse("first-readers")
    assert "Nobody named" in client.get(page).content.decode()
    posted = {"site": "hyndburn", "reader": cast["duty"].pk, "deputy": cast["supervisor"].pk}
    assert (
        "has to be somebody else" in client.post(page, posted | {"deputy": cast["duty"].pk}).content.decode()
    )
    assert client.post(page, posted).url == page
    assert (
        client.post(page, posted | {"reader": cast["supervisor"].pk, "deputy": cast["duty"].pk}).url == page
    )
    named = FirstReader.objects.get()
    assert (named.site.code, named.reader, named.deputy) == ("hyndburn", cast["supervisor"], cast["duty"])
    for who in ("duty", "blackburn", "governance"):
        client.force_login(cast[who])
        assert client.get(page).status_code == 403
