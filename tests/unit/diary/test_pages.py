"""The diary's pages: a visit from booking to its contact, warnings, what to know before one goes, the day on paper."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.diary.actions import add_room, book_appointment, cancel_appointment
from interventions.diary.models import Appointment, Room
from interventions.episodes.actions import mark_contact_in_error, set_goal
from interventions.episodes.models import CareContact
from pairs.access.scope import scope_of
from pairs.audit.models import AccessEntry
from pairs.families.actions import describe_caregiver, record_loss
from pairs.families.models import Caregiver, Caution, RiskAlert
from pairs.service.models import Site
from reporting.desk.referrer import _meets_on
from tests.asking import due_in
from tests.house.forms_filled import filled, form_of
from tests.unit.diary.visits import at, book, everybody, visit_with
from tests.unit.episodes.work import accepted, make_contact, make_episode
from tests.unit.families.people import make_family


def send(client, path, **known):
    """The page's own form, filled in as a browser shows it, and what is known besides."""
    page = client.get(path)
    assert page.status_code == 200, page.status_code
    return client.post(path, as_shown(page, **known))


def as_shown(page, **known):
    """What stands in the page's form, nothing guessed."""
    form = form_of(page.content.decode())
    empty = {
        name: [] for name, field in form["fields"].items() if not any(field["value"]) and not field["choices"]
    }
    buttons = {"prompts": ""} if "prompts" in form["fields"] else {}  # it is not the button that is pressed
    return filled(form, **(empty | buttons | known))


def text_of(client, name, *args, **asked):
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def plain(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture
def episode(me):
    return make_episode(me)


def test_the_second_visit_is_booked_as_the_first_without_typing(me, client, episode):
    make_contact(episode, me, days_ago=7)
    answer = send(client, reverse("new-appointment", args=[episode.pk]))
    row = Appointment.objects.get()
    assert answer.url == reverse("appointment", args=[row.pk])
    assert timezone.localtime(row.starts_at).weekday() == timezone.localdate().weekday()
    assert (row.mechanism, row.location, row.practitioner, row.minutes) == ("01", "A01", me, 60)
    assert row.expected.count() == 2


def test_a_double_click_books_once(me, client, episode):
    path = reverse("new-appointment", args=[episode.pk])
    values = as_shown(client.get(path))
    assert client.post(path, values).url == client.post(path, values).url
    assert Appointment.objects.count() == 1


def test_a_day_gone_by_is_refused_beside_its_field(me, client, episode):
    path = reverse("new-appointment", args=[episode.pk])
    answer = send(client, path, starts_on=at(-2).date().isoformat())
    assert "This day has passed" in answer.content.decode()
    assert not Appointment.objects.exists()


def test_a_clash_is_said_once_and_booked_all_the_same(me, client, episode):
    other = make_episode(me, reference="O")
    book(other, me, days=3, hour=10)
    path = reverse("new-appointment", args=[episode.pk])
    known = {"starts_on": at(3).date().isoformat(), "starts_time": "10:30"}
    page = send(client, path, **known)
    text = page.content.decode()
    assert "booked elsewhere then" in text
    assert "Nothing is saved yet" in text
    assert Appointment.objects.count() == 1
    assert client.post(path, as_shown(page)).status_code == 302
    assert Appointment.objects.count() == 2
    assert plain(text_of(client, "diary", on=at(3).date().isoformat())).count("Clash") == 2


def test_people_to_be_kept_apart_are_warned_about(me, client, episode):
    family = episode.family
    father = Caregiver.objects.create(family=family, given_name="Fred")
    dyad = family.dyads.get()
    type(dyad).objects.create(family=family, infant=dyad.infant, caregiver=father, relationship="father")
    Caution.objects.create(
        family=family,
        kind="keep_apart",
        caregiver=dyad.caregiver,
        kept_from=father,
        what="An order",
        since=at(-9).date(),
    )
    page = send(client, reverse("new-appointment", args=[episode.pk])).content.decode()
    assert "Before you save this" in page
    assert not Appointment.objects.exists()


def test_another_familys_person_at_the_same_hub_is_warned_about_without_a_name(me, client, episode):
    other = make_episode(me, reference="O")
    father, mother = other.family.caregivers.get(), episode.family.caregivers.get()
    father.change(given_name="Fearsome")
    Caution.objects.create(
        family=episode.family,
        kind="keep_apart",
        caregiver=mother,
        kept_from=father,
        what="x",
        since=at(-9).date(),
    )
    book(other, me, days=3, hour=9, location="K01")
    path = reverse("new-appointment", args=[episode.pk])
    known = {"starts_on": at(3).date().isoformat(), "starts_time": "10:10", "location": "K01"}
    page = plain(send(client, path, **known).content.decode())
    assert "somebody who is to be kept apart from Cora Carer is expected at the hub at that time" in page
    later = send(client, path, **(known | {"starts_time": "12:00"}))
    assert later.status_code == 302


def test_moved_changed_cancelled_and_taken_up_again(me, client, episode):
    row = book(episode, me)
    moved = send(client, reverse("move-appointment", args=[row.pk]), starts_on=at(6).date().isoformat())
    new = Appointment.objects.planned().get()
    assert moved.url == reverse("appointment", args=[new.pk])
    send(client, reverse("change-appointment", args=[new.pk]), note="Bring the mat")
    send(client, reverse("cancel-appointment", args=[new.pk]), whose="cancelled_family", why="A cold")
    new.refresh_from_db()
    assert (new.note, new.status) == ("Bring the mat", "cancelled_family")
    assert "Cancelled by the family: A cold" in plain(text_of(client, "appointment", new.pk))
    send(client, reverse("restore-appointment", args=[new.pk]))
    new.refresh_from_db()
    assert new.status == "planned"
    assert "Moved to" in plain(text_of(client, "appointment", row.pk))


def test_from_the_diary_one_click_opens_the_contact_filled_in_and_saving_keeps_the_visit(me, client, episode):
    row = book(episode, me, days=-1, hour=14, minute=30, minutes=50, location="B01")
    day = text_of(client, "diary", on=at(-1).date().isoformat())
    path = reverse("write-up", args=[row.pk])
    assert path in day
    form = form_of(client.get(path).content.decode())
    values = {name: field["value"] for name, field in form["fields"].items()}
    assert (values["held_at"], values["minutes"], values["location"]) == (["14:30"], ["50"], ["B01"])
    answer = client.post(path, as_shown(client.get(path), happened="We played.", sign="on"))
    contact = CareContact.objects.get()
    assert answer.url == reverse("care-contact", args=[contact.pk])
    row.refresh_from_db()
    assert (row.status, row.care_contact) == ("kept", contact)
    assert client.get(path).url == answer.url  # written up already: there it is


def test_what_the_family_cancelled_is_written_up_as_cancelled(me, client, episode):
    row = cancel_appointment(
        appointment=book(episode, me, days=-1), whose="cancelled_family", why="A cold", by=me
    )
    send(client, reverse("write-up", args=[row.pk]), sign="on")
    row.refresh_from_db()
    assert (row.status, row.why) == ("cancelled_family", "A cold")
    attendances = set(row.care_contact.participants.values_list("attendance", flat=True))
    assert attendances == {"cancelled_family"}


def test_a_first_visit_is_written_up_once_the_episode_is_open(me, client):
    referral = accepted(make_family())
    send(client, reverse("new-first-visit", args=[referral.pk]))
    row = Appointment.objects.get()
    assert client.get(reverse("write-up", args=[row.pk])).url == reverse("open-episode", args=[referral.pk])
    assert "First visit" in text_of(client, "diary", on=timezone.localdate(row.starts_at).isoformat())


def test_before_you_knock_says_all_on_one_screen(me, client, episode):
    family = episode.family
    carer, infant = family.caregivers.get(), family.infants.get()
    carer.change(
        said_as="KOR-ah", safe_contact="Text first, after six", needs_interpreter=True, language="Urdu"
    )
    infant.change(said_as="BAY-bee")
    RiskAlert.objects.create(family=family, site=family.site, what="Ring before you go", raised_by=me)
    Caution.objects.create(family=family, kind="lone_worker", what="A large dog", since=at(-9).date())
    set_goal(episode=episode, dyad=family.dyads.get(), words="Calmer bath times", by=me)
    make_contact(episode, me, notes={"next": "Bring the photographs"})
    book(episode, me, note="Ask about sleep")
    page = plain(text_of(client, "before-you-knock", episode.pk))
    for words in (
        "KOR-ah", "BAY-bee", "Text first, after six", "interpreter, Urdu", "Ring before you go", "A large dog",
        "Calmer bath times", "Bring the photographs", "Ask about sleep", "1 Example Street",
    ):  # fmt: skip
        assert words in page, words


def test_the_day_on_paper_counts_as_reading_and_says_shred(me, client, episode):
    book(episode, me, days=2)
    page = plain(text_of(client, "day-sheet", on=at(2).date().isoformat()))
    assert "Shred this after use" in page
    assert "Baby1" in page
    assert AccessEntry.objects.filter(view="day-sheet").latest("at").opened == [episode.family_id]


def test_after_a_loss_the_visit_is_quiet_and_says_what_to_read(me, client, episode):
    row = book(episode, me)
    record_loss(infant=episode.family.infants.get(), loss="death", lost_on=timezone.localdate(), by=me)
    page = plain(text_of(client, "diary", on=at(3).date().isoformat()))
    assert "There has been a loss. Read the record" in page
    assert "keep it for the parents" in text_of(client, "appointment", row.pk)
    assert "Baby1" not in plain(text_of(client, "day-sheet", on=at(3).date().isoformat()))
    send(client, reverse("change-appointment", args=[row.pk]))
    assert Appointment.objects.going_on().count() == 1
    assert list(row.expected.values_list("infant", flat=True)) == [None]


def test_whose_diary_and_from_when(cast, me, client, episode):
    room = add_room(site=episode.site, name="Blue room", access="Hearing loop", by=me)
    book(episode, cast["supervisor"], room=room, location="K01")
    day = at(3).date().isoformat()
    assert "Baby1" not in text_of(client, "diary", on=day)
    for whose in (f"site:{episode.site_id}", f"room:{room.pk}", f"person:{cast['supervisor'].pk}"):
        page = plain(text_of(client, "diary", on=day, whose=whose))
        assert "Baby1" in page
        assert "Hearing loop" in page
    assert "Baby1" in text_of(client, "diary", on=day, view="week", whose=f"room:{room.pk}")
    for bad in ("room:nonsense", "site:", "person:00000000-0000-4000-8000-000000000000", "moon"):
        assert "My diary" in text_of(client, "diary", on="9999-99-99", whose=bad)


def test_a_room_taken_by_a_family_out_of_sight_is_just_taken(cast, me, client, episode):
    room = add_room(site=episode.site, name="Blue room", access="", by=me)
    book(episode, cast["supervisor"], room=room, location="K01")
    episode.family.change(restricted=True)
    page = plain(text_of(client, "diary", on=at(3).date().isoformat(), whose=f"room:{room.pk}"))
    assert "Taken" in page
    assert "Baby1" not in page


def test_the_caseload_the_family_and_the_episode_show_what_is_next(me, client, episode):
    book(episode, me, days=3, hour=10)
    when = f"{at(3):%-d %b %Y}, 10:00"
    assert when in plain(text_of(client, "caseload"))
    assert when in plain(text_of(client, "family", episode.family_id))
    assert when in plain(text_of(client, "episode", episode.pk))
    record_loss(infant=episode.family.infants.get(), loss="death", lost_on=timezone.localdate(), by=me)
    for name, pk in (("caseload", None), ("family", episode.family_id), ("episode", episode.pk)):
        assert when not in plain(text_of(client, name, *([pk] if pk else [])))


def test_rooms_are_kept_by_supervisors(cast, client):
    client.force_login(cast["supervisor"])
    send(client, reverse("rooms"), name="Blue room", access="No steps")
    room = Room.objects.get()
    assert room.site in Site.objects.all()
    send(client, reverse("room", args=[room.pk]), name="Green room")
    room.refresh_from_db()
    assert (room.name, room.retired_on) == ("Green room", None)


@pytest.mark.parametrize(
    ("who", "status"), [("healthvisitor", 403), ("manager", 403), ("peer", 403), ("administrator", 403)]
)
def test_who_has_no_diary(cast, client, who, status):
    client.force_login(cast[who])
    assert client.get(reverse("diary")).status_code == status


def test_a_visit_elsewhere_is_not_there(cast, me, client):
    row = book(make_episode(cast["hyndburn"], reference="H", site="hyndburn"), cast["hyndburn"])
    for name in (
        "appointment",
        "move-appointment",
        "cancel-appointment",
        "write-up",
        "visit-before-you-knock",
    ):
        assert client.get(reverse(name, args=[row.pk])).status_code == 404


def queries(client, path):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def some(me, numbers):
    for number in numbers:
        episode = make_episode(me, reference=f"Q{number}")
        make_contact(episode, me, notes={"next": "Sing"})
        describe_caregiver(caregiver=episode.family.caregivers.get(), by=me, access_needs="No stairs")
        book(episode, me, days=2, hour=8 + number % 10, minute=number)


def test_fifty_visits_cost_what_ten_do(me, client):
    """The day, the week, the day on paper, and before you knock."""
    day = at(2).date().isoformat()
    paths = [
        reverse("diary") + f"?on={day}",
        reverse("diary") + f"?on={day}&view=week",
        reverse("day-sheet") + f"?on={day}",
    ]
    some(me, range(10))
    client.get(paths[0])
    at_ten = [queries(client, path) for path in paths]
    knock = reverse("before-you-knock", args=[Appointment.objects.first().episode_id])
    knocked = queries(client, knock)
    some(me, range(10, 50))
    assert [queries(client, path) for path in paths] == at_ten
    assert queries(client, knock) == knocked
    assert max(*at_ten, knocked) <= 22


def test_a_year_that_nobody_means_is_said_so(me, client, episode):
    path = reverse("new-appointment", args=[episode.pk])
    for year in ("0001", "9999"):
        page = send(client, path, starts_on=f"{year}-12-31", times="26")
        assert "Check the year" in page.content.decode()


def test_a_contact_entered_in_error_leaves_the_visit_to_be_written_up_again(me, client, episode):
    row = book(episode, me, days=-1)
    send(client, reverse("write-up", args=[row.pk]), sign="on", happened="x")
    mark_contact_in_error(contact=CareContact.objects.get(), reason="Another family", by=me)
    day = text_of(client, "diary", on=at(-1).date().isoformat())
    assert reverse("write-up", args=[row.pk]) in day
    due = due_in("interventions.diary")(scope_of(me), timezone.localdate())
    assert [item.subject_id for item in due] == [row.pk]
    send(client, reverse("write-up", args=[row.pk]), sign="on", happened="y")
    row.refresh_from_db()
    assert row.is_written_up
    assert due_in("interventions.diary")(scope_of(me), timezone.localdate()) == []


def test_who_made_the_referral_reads_the_next_date_once_the_family_agreed(cast, me):
    referral = accepted(make_family())
    row = book_appointment(
        work=referral, starts_at=at(3), visit=visit_with(me, everybody(referral.family)), by=me
    )
    assert _meets_on(referral) == row.starts_at
    record_loss(infant=referral.family.infants.get(), loss="death", lost_on=timezone.localdate(), by=me)
    assert _meets_on(referral) is None
