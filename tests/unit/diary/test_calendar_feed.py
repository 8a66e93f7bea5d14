"""A calendar for other programs: its text, its token, and that it names nobody."""

import re
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from interventions.diary.calendar_feed import CalendarEntry, escape_text, fold_line, render_calendar
from interventions.diary.models import CalendarToken
from pairs.audit.models import AccessEntry
from pairs.families.actions import record_loss
from tests.unit.diary.factories import get_time, make_visit
from tests.unit.episodes.factories import make_episode

LONDON = ZoneInfo("Europe/London")


def make_entry(starts_at, summary="Family visit, family hub"):
    return CalendarEntry(
        id=UUID(int=1),
        written_at=datetime(2026, 11, 1, tzinfo=UTC),
        starts_at=starts_at,
        minutes=90,
        summary=summary,
        where="Room 1, Hub",
        href="https://pairs.example/appointments/1/",
        changed_at=datetime(2026, 11, 2, tzinfo=UTC),
        changes=3,
    )


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        (datetime(2026, 10, 24, 10, 0, tzinfo=LONDON), "20261024T090000Z"),  # summer time
        (datetime(2026, 10, 25, 10, 0, tzinfo=LONDON), "20261025T100000Z"),  # the day the clocks went back
        (datetime(2027, 3, 28, 10, 0, tzinfo=LONDON), "20270328T090000Z"),
    ],
)
def test_ten_oclock_is_ten_oclock_whatever_the_clocks_do(local, utc):
    assert f"DTSTART:{utc}\r\n" in render_calendar("Diary", [make_entry(local)])


def test_an_entry_has_its_end_and_its_page():
    lines = render_calendar("Diary", [make_entry(datetime(2026, 11, 19, 10, tzinfo=LONDON))]).split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTEND:20261119T113000Z" in lines
    assert "SUMMARY:Family visit\\, family hub" in lines
    assert "UID:00000000-0000-0000-0000-000000000001@pairs" in lines


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a, b; c", "a\\, b\\; c"),
        ("back\\slash", "back\\\\slash"),
        ("two\nlines\r\nthree", "two\\nlines\\nthree"),
    ],
)
def test_text_is_escaped(text, written):
    assert escape_text(text) == written


@pytest.mark.parametrize("text", ["x" * 75, "x" * 76, "ü" * 100, "a" * 74 + "€" + "b" * 200, "😀" * 60])
def test_no_line_is_longer_than_75_octets_and_no_character_is_cut(text):
    pieces = fold_line(text).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == text
    assert all(piece.startswith(" ") for piece in pieces[1:])


def test_a_program_is_told_what_is_newer():
    text = render_calendar("Diary", [make_entry(datetime(2026, 11, 19, 10, tzinfo=LONDON))])
    for line in ("SEQUENCE:3", "LAST-MODIFIED:20261102T000000Z", "DTSTAMP:20261102T000000Z"):
        assert f"{line}\r\n" in text


def create_feed_address(client):
    page = client.post(reverse("my-calendar")).content.decode()
    return re.search(r"/calendar/[\w-]+\.ics", page)[0]


def test_made_shown_once_read_without_a_cookie_and_revoked(me, client):
    episode = make_episode(me)
    make_visit(episode, me, days=2, note="Bring the red book for Baby1", place="1 Example Street")
    path = create_feed_address(client)
    assert path not in client.get(reverse("my-calendar")).content.decode()
    answer = Client().get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert not answer.cookies
    assert answer.content.decode().count("BEGIN:VEVENT") == 1
    client.post(reverse("revoke-calendar"))
    assert Client().get(path).status_code == 404


def test_it_names_nobody(me, client):
    episode = make_episode(me)
    make_visit(episode, me, days=2, note="Bring the red book for Baby1", place="1 Example Street")
    text = Client().get(create_feed_address(client)).content.decode()
    for word in ("Baby1", "Cora", "Carer", "Example Street", "red book", str(episode.family_id)):
        assert word not in text
    assert "Family visit\\, family's home" in text


def test_a_new_address_takes_the_place_of_the_old(me, client):
    first, second = create_feed_address(client), create_feed_address(client)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert CalendarToken.objects.filter(user=me, revoked_at=None).count() == 1


def test_a_token_is_stored_only_as_a_hash(me, client):
    token = create_feed_address(client).removeprefix("/calendar/").removesuffix(".ics")
    assert token not in str(list(CalendarToken.objects.values()))


def test_a_closed_account_has_no_calendar(me, client):
    path = create_feed_address(client)
    me.is_active = False
    me.save()
    assert Client().get(path).status_code == 404


def test_only_my_own_visits_that_go_on_and_that_i_may_see(cast, me, client):
    mine, theirs = make_episode(me, reference="M"), make_episode(cast["supervisor"], reference="S")
    make_visit(theirs, cast["supervisor"], days=2)
    make_visit(theirs, cast["supervisor"], days=3, colleagues=[me])
    gone = make_visit(mine, me, days=4)
    record_loss(infant=mine.family.infants.get(), loss="death", lost_on=get_time(0).date(), by=me)
    assert gone.expected.count() == 2
    path = create_feed_address(client)
    assert Client().get(path).content.decode().count("BEGIN:VEVENT") == 1
    theirs.family.change(restricted=True)
    assert Client().get(path).content.decode().count("BEGIN:VEVENT") == 0


def test_reading_it_is_logged(me, client):
    episode = make_episode(me)
    make_visit(episode, me, days=2)
    Client().get(create_feed_address(client))
    entry = AccessEntry.objects.get(view="calendar")
    assert (entry.user_id, entry.listed) == (me.pk, [episode.family_id])


def test_too_many_are_turned_away(me, client, settings):
    settings.PUBLIC_LIMITS = settings.PUBLIC_LIMITS | {"calendar": {"from_one": 2}}
    path = create_feed_address(client)
    assert [Client().get(path).status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(
    ("who", "status"), [("healthvisitor", 403), ("manager", 403), ("peer", 403), ("duty", 403)]
)
def test_who_has_no_calendar(cast, client, who, status):
    client.force_login(cast[who])
    assert client.get(reverse("my-calendar")).status_code == status


def test_a_program_that_has_it_already_is_told_so_until_a_visit_changes(cast):
    episode = make_episode(cast["blackburn"])
    _, token = CalendarToken.issue(user=cast["blackburn"])
    address = reverse("calendar", args=[token])
    first = Client().get(address)
    assert (
        first.headers["Cache-Control"] == "private, no-cache"
    )  # kept by the program, and asked about each time
    again = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_visit(episode, cast["blackburn"])
    changed = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (changed.status_code, changed.headers["ETag"] != first.headers["ETag"]) == (200, True)
