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
from pairs.access.scope import load_scope
from pairs.audit.models import AccessEntry
from pairs.families.actions import record_loss, update_caregiver
from pairs.families.models import Caregiver, Caution, RiskAlert
from pairs.service.models import Site
from referrals.referrer_progress import load_referrer_views
from tests.app_due_items import make_due_items
from tests.project.form_filling import fill_form, parse_form
from tests.unit.diary.factories import build_visit, get_time, list_family_members, make_visit
from tests.unit.episodes.factories import make_accepted_referral, make_contact, make_episode
from tests.unit.families.factories import make_family


def send_page_form(client, path, **known):
    """The page's own form, filled in as a browser shows it, and what is known besides."""
    page = client.get(path)
    assert page.status_code == 200, page.status_code
    return client.post(path, fill_in_shown_form(page, **known))


def fill_in_shown_form(page, **known):
    """What stands in the page's form, nothing guessed."""
    form = parse_form(page.content.decode())
    empty = {
        name: [] for name, field in form["fields"].items() if not any(field["value"]) and not field["choices"]
    }
    buttons = {"prompts": ""} if "prompts" in form["fields"] else {}  # it is not the button that is pressed
    return fill_form(form, **(empty | buttons | known))


def get_page_text(client, name, *args, **asked):
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def strip_tags(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_second_visit_is_booked_as_the_first_without_typing(me, client, episode):
    make_contact(episode, me, days_ago=7)
    answer = send_page_form(client, reverse("new-appointment", args=[episode.pk]))
    row = Appointment.objects.get()
    assert answer.url == reverse("appointment", args=[row.pk])
    assert timezone.localtime(row.starts_at).weekday() == timezone.localdate().weekday()
    assert (row.mechanism, row.location, row.practitioner, row.minutes) == ("01", "A01", me, 60)
    assert row.expected.count() == 2


def test_a_double_click_books_once(me, client, episode):
    path = reverse("new-appointment", args=[episode.pk])
    values = fill_in_shown_form(client.get(path))
    assert client.post(path, values).url == client.post(path, values).url
    assert Appointment.objects.count() == 1


def test_a_day_gone_by_is_refused_beside_its_field(me, client, episode):
    path = reverse("new-appointment", args=[episode.pk])
    answer = send_page_form(client, path, starts_on=get_time(-2).date().isoformat())
    assert "This day has passed" in answer.content.decode()
    assert not Appointment.objects.exists()


def test_a_clash_is_warned_of_once_and_can_be_booked(me, client, episode):
    other = make_episode(me, reference="O")
    make_visit(other, me, days=3, hour=10)
    path = reverse("new-appointment", args=[episode.pk])
    known = {"starts_on": get_time(3).date().isoformat(), "starts_time": "10:30"}
    page = send_page_form(client, path, **known)
    text = page.content.decode()
    assert "booked elsewhere at that time" in text
    assert "Nothing is saved yet" in text
    assert Appointment.objects.count() == 1
    assert client.post(path, fill_in_shown_form(page)).status_code == 302
    assert Appointment.objects.count() == 2
    shown = strip_tags(get_page_text(client, "diary", on=get_time(3).date().isoformat()))
    assert shown.count("Clash: change") == 2  # and the key of the colours has the word once more


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
        since=get_time(-9).date(),
    )
    page = send_page_form(client, reverse("new-appointment", args=[episode.pk])).content.decode()
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
        since=get_time(-9).date(),
    )
    make_visit(other, me, days=3, hour=9, location="K01")
    path = reverse("new-appointment", args=[episode.pk])
    known = {"starts_on": get_time(3).date().isoformat(), "starts_time": "10:10", "location": "K01"}
    page = strip_tags(send_page_form(client, path, **known).content.decode())
    assert "someone who must be kept apart from Cora Carer is expected at the hub at that time" in page
    later = send_page_form(client, path, **(known | {"starts_time": "12:00"}))
    assert later.status_code == 302


def test_a_visit_is_moved_changed_cancelled_and_restored(me, client, episode):
    row = make_visit(episode, me)
    moved = send_page_form(
        client, reverse("move-appointment", args=[row.pk]), starts_on=get_time(6).date().isoformat()
    )
    new = Appointment.objects.planned().get()
    assert moved.url == reverse("appointment", args=[new.pk])
    send_page_form(client, reverse("change-appointment", args=[new.pk]), note="Bring the mat")
    send_page_form(
        client, reverse("cancel-appointment", args=[new.pk]), whose="cancelled_family", why="A cold"
    )
    new.refresh_from_db()
    assert (new.note, new.status) == ("Bring the mat", "cancelled_family")
    assert "Cancelled by the family: A cold" in strip_tags(get_page_text(client, "appointment", new.pk))
    send_page_form(client, reverse("restore-appointment", args=[new.pk]))
    new.refresh_from_db()
    assert new.status == "planned"
    assert "Moved to" in strip_tags(get_page_text(client, "appointment", row.pk))


def test_from_the_diary_one_click_opens_the_filled_in_contact_and_saving_completes_the_visit(
    me, client, episode
):
    row = make_visit(episode, me, days=-1, hour=14, minute=30, minutes=50, location="B01")
    day = get_page_text(client, "diary", on=get_time(-1).date().isoformat())
    path = reverse("write-up", args=[row.pk])
    assert path in day
    form = parse_form(client.get(path).content.decode())
    values = {name: field["value"] for name, field in form["fields"].items()}
    assert (values["held_at"], values["location"]) == (["14:30"], ["B01"])
    assert (values["minutes"], values["minutes-other"]) == (["other"], ["50"])
    answer = client.post(path, fill_in_shown_form(client.get(path), happened="We played.", sign="on"))
    contact = CareContact.objects.get()
    assert answer.url == reverse("family", args=[episode.family_id])
    row.refresh_from_db()
    assert (row.status, row.care_contact) == ("kept", contact)
    note = reverse("care-contact", args=[contact.pk])
    assert client.get(path).url == note  # written up already: there it is


def test_what_the_family_cancelled_is_written_up_as_cancelled(me, client, episode):
    row = cancel_appointment(
        appointment=make_visit(episode, me, days=-1), whose="cancelled_family", why="A cold", by=me
    )
    send_page_form(client, reverse("write-up", args=[row.pk]), sign="on")
    row.refresh_from_db()
    assert (row.status, row.why) == ("cancelled_family", "A cold")
    attendances = set(row.care_contact.participants.values_list("attendance", flat=True))
    assert attendances == {"cancelled_family"}


def test_a_first_visit_is_written_up_once_the_episode_is_open(me, client):
    referral = make_accepted_referral(make_family())
    send_page_form(client, reverse("new-first-visit", args=[referral.pk]))
    row = Appointment.objects.get()
    assert "First visit" in get_page_text(client, "diary", on=timezone.localdate(row.starts_at).isoformat())
    opening = client.get(reverse("write-up", args=[row.pk])).url
    assert opening.startswith(reverse("open-episode", args=[referral.pk]))
    assert "After this you write up the visit." in client.get(opening).content.decode()
    assert send_page_form(client, opening).url == reverse("write-up", args=[row.pk])


def test_the_visit_briefing_shows_everything_on_one_screen(me, client, episode):
    family = episode.family
    carer, infant = family.caregivers.get(), family.infants.get()
    carer.change(
        said_as="KOR-ah", safe_contact="Text first, after six", needs_interpreter=True, language="Urdu"
    )
    infant.change(said_as="BAY-bee")
    RiskAlert.objects.create(family=family, site=family.site, what="Ring before you go", raised_by=me)
    Caution.objects.create(family=family, kind="lone_worker", what="A large dog", since=get_time(-9).date())
    set_goal(episode=episode, dyad=family.dyads.get(), words="Calmer bath times", by=me)
    make_contact(episode, me, notes={"next": "Bring the photographs"})
    make_visit(episode, me, note="Ask about sleep")
    page = strip_tags(get_page_text(client, "before-you-knock", episode.pk))
    for words in (
        "KOR-ah", "BAY-bee", "Text first, after six", "interpreter, Urdu", "Ring before you go", "A large dog",
        "Calmer bath times", "Bring the photographs", "Ask about sleep", "1 Example Street",
    ):  # fmt: skip
        assert words in page, words


def test_the_printed_day_is_logged_as_reading_and_says_shred(me, client, episode):
    make_visit(episode, me, days=2)
    page = strip_tags(get_page_text(client, "day-sheet", on=get_time(2).date().isoformat()))
    assert "Shred this after use" in page
    assert "Baby1" in page
    assert AccessEntry.objects.filter(view="day-sheet").latest("at").opened == [episode.family_id]


def test_after_a_loss_the_visit_sends_nothing_and_says_what_to_read(me, client, episode):
    row = make_visit(episode, me)
    record_loss(infant=episode.family.infants.get(), loss="death", lost_on=timezone.localdate(), by=me)
    page = strip_tags(get_page_text(client, "diary", on=get_time(3).date().isoformat()))
    assert "A loss is recorded. Read the record" in page
    assert "keep it for the parents" in get_page_text(client, "appointment", row.pk)
    assert "Baby1" not in strip_tags(get_page_text(client, "day-sheet", on=get_time(3).date().isoformat()))
    send_page_form(client, reverse("change-appointment", args=[row.pk]))
    assert Appointment.objects.going_on().count() == 1
    assert list(row.expected.values_list("infant", flat=True)) == [None]


def test_whose_diary_and_from_when(cast, me, client, episode):
    room = add_room(site=episode.site, name="Blue room", access="Hearing loop", by=me)
    make_visit(episode, cast["supervisor"], room=room, location="K01")
    day = get_time(3).date().isoformat()
    assert "Baby1" not in get_page_text(client, "diary", on=day)
    for whose in (f"site:{episode.site_id}", f"room:{room.pk}", f"person:{cast['supervisor'].pk}"):
        page = strip_tags(get_page_text(client, "diary", on=day, whose=whose, view="day"))
        assert "Baby1" in page
        assert "Hearing loop" in page
    assert "Baby1" in get_page_text(client, "diary", on=day, view="week", whose=f"room:{room.pk}")
    for bad in ("room:nonsense", "site:", "person:00000000-0000-4000-8000-000000000000", "moon"):
        assert "My diary" in get_page_text(client, "diary", on="9999-99-99", whose=bad)


def test_a_room_booked_for_a_hidden_family_is_shown_only_as_taken(cast, me, client, episode):
    room = add_room(site=episode.site, name="Blue room", access="", by=me)
    make_visit(episode, cast["supervisor"], room=room, location="K01")
    episode.family.change(restricted=True)
    page = strip_tags(
        get_page_text(client, "diary", on=get_time(3).date().isoformat(), whose=f"room:{room.pk}")
    )
    assert "Taken" in page
    assert "Baby1" not in page


def test_the_caseload_the_family_and_the_episode_show_what_is_next(me, client, episode):
    make_visit(episode, me, days=3, hour=10)
    when = f"{get_time(3):%-d %b %Y}, 10:00"
    soon = f"Next: {get_time(3):%a %-d %b} 10:00"
    assert soon in strip_tags(get_page_text(client, "caseload"))
    assert soon.removeprefix("Next: ") in strip_tags(get_page_text(client, "family", episode.family_id))
    assert when in strip_tags(get_page_text(client, "episode", episode.pk))
    record_loss(infant=episode.family.infants.get(), loss="death", lost_on=timezone.localdate(), by=me)
    for name, pk in (("caseload", None), ("family", episode.family_id), ("episode", episode.pk)):
        text = strip_tags(get_page_text(client, name, *([pk] if pk else [])))
        assert when not in text
        assert "Next visit" not in text
        assert (soon.removeprefix("Next: ") in text) == (name == "family")  # there it is to keep or cancel


def test_rooms_are_managed_by_supervisors(cast, client):
    client.force_login(cast["supervisor"])
    send_page_form(client, reverse("rooms"), name="Blue room", access="No steps")
    room = Room.objects.get()
    assert room.site in Site.objects.all()
    send_page_form(client, reverse("room", args=[room.pk]), name="Green room")
    room.refresh_from_db()
    assert (room.name, room.retired_on) == ("Green room", None)


@pytest.mark.parametrize(("who", "back"), [("supervisor", "diary"), ("administrator", "settings")])
def test_the_rooms_lead_back_to_a_page_that_lets_one_in(cast, client, who, back):
    client.force_login(cast[who])
    assert f'href="{reverse(back)}">' in client.get(reverse("rooms")).content.decode().split("<h1")[0]
    assert client.get(reverse(back)).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"), [("healthvisitor", 403), ("manager", 403), ("peer", 403), ("administrator", 403)]
)
def test_who_has_no_diary(cast, client, who, status):
    client.force_login(cast[who])
    assert client.get(reverse("diary")).status_code == status


def test_another_sites_visit_is_not_found(cast, me, client):
    row = make_visit(make_episode(cast["hyndburn"], reference="H", site="hyndburn"), cast["hyndburn"])
    for name in (
        "appointment",
        "move-appointment",
        "cancel-appointment",
        "write-up",
        "visit-before-you-knock",
    ):
        assert client.get(reverse(name, args=[row.pk])).status_code == 404


def count_queries_of_page(client, path):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def make_several(me, numbers):
    for number in numbers:
        episode = make_episode(me, reference=f"Q{number}")
        make_contact(episode, me, notes={"next": "Sing"})
        update_caregiver(caregiver=episode.family.caregivers.get(), by=me, access_needs="No stairs")
        make_visit(episode, me, days=2, hour=8 + number % 10, minute=number)


def test_fifty_visits_cost_what_ten_do(me, client):
    """The day, the week, the printed day, and the visit briefing."""
    day = get_time(2).date().isoformat()
    paths = [
        reverse("diary") + f"?on={day}&view=day",
        reverse("diary") + f"?on={day}",
        reverse("day-sheet") + f"?on={day}",
    ]
    make_several(me, range(10))
    client.get(paths[0])
    at_ten = [count_queries_of_page(client, path) for path in paths]
    knock = reverse("before-you-knock", args=[Appointment.objects.first().episode_id])
    knocked = count_queries_of_page(client, knock)
    make_several(me, range(10, 50))
    assert [count_queries_of_page(client, path) for path in paths] == at_ten
    assert count_queries_of_page(client, knock) == knocked
    assert max(*at_ten, knocked) <= 22


def test_an_implausible_year_is_explained(me, client, episode):
    path = reverse("new-appointment", args=[episode.pk])
    for year in ("0001", "9999"):
        page = send_page_form(client, path, starts_on=f"{year}-12-31", times="26")
        assert "Check the year" in page.content.decode()


def test_a_contact_entered_in_error_leaves_the_visit_to_be_written_up_again(me, client, episode):
    row = make_visit(episode, me, days=-1)
    send_page_form(client, reverse("write-up", args=[row.pk]), sign="on", happened="x")
    mark_contact_in_error(contact=CareContact.objects.get(), reason="Another family", by=me)
    day = get_page_text(client, "diary", on=get_time(-1).date().isoformat())
    assert reverse("write-up", args=[row.pk]) in day
    due = make_due_items("interventions.diary")(load_scope(me), timezone.localdate())
    assert [item.subject_id for item in due] == [row.pk]
    send_page_form(client, reverse("write-up", args=[row.pk]), sign="on", happened="y")
    row.refresh_from_db()
    assert row.is_written_up
    assert make_due_items("interventions.diary")(load_scope(me), timezone.localdate()) == []


def test_who_made_the_referral_reads_the_next_date_once_the_family_agreed(cast, me):
    referral = make_accepted_referral(make_family())
    row = book_appointment(
        work=referral,
        starts_at=get_time(3),
        visit=build_visit(me, list_family_members(referral.family)),
        by=me,
    )

    def get_next_date():
        return load_referrer_views(cast["healthvisitor"], [referral])[referral.pk].facts.booked

    assert get_next_date() == row.starts_at
    record_loss(infant=referral.family.infants.get(), loss="death", lost_on=timezone.localdate(), by=me)
    assert get_next_date() is None
