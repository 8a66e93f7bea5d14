"""Groups, consultations and supervision: in the diary, in the calendar feed, and in the warning of a clash."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from interventions.diary.actions import change_appointment, copy_visit
from interventions.diary.booking_warnings import list_booking_warnings
from interventions.diary.models import Appointment
from interventions.groups.actions import cancel_session
from interventions.groups.models import Facilitator, GroupSession
from interventions.supervision.actions import cancel_supervision, plan_supervision
from interventions.supervision.models import PlannedSupervision, SupervisionSession
from pairs.families.models import Family
from pairs.service.models import Place, Site
from pairs.service.refusals import ActionRefused
from referrals.actions.consultations import arrange_consultation, ask_for_consultation
from tests.project.form_filling import fill_form, parse_form
from tests.unit.diary.factories import build_visit, get_time, list_family_members, make_visit
from tests.unit.diary.test_calendar_feed import create_feed_address
from tests.unit.episodes.factories import make_episode
from tests.unit.groups.factories import make_group, make_place

NAMES = {"group": "Group session", "consultation": "Consultation", "supervision": "Supervision session"}
ALL_KINDS = tuple(NAMES)


def engage(kind, cast, me):
    """Something of that kind in three days at ten, with me."""
    if kind == "group":
        group = make_group(me, sessions=1)
        GroupSession.objects.filter(programme=group).update(starts_at=get_time())
        return group.sessions.get()
    if kind == "consultation":
        asked = ask_for_consultation(
            about="A baby who looks away", place=Place.objects.first(), named=False, by=cast["healthvisitor"]
        )
        arrange_consultation(consultation=asked, clinician=me, at=get_time(), by=cast["duty"])
        return asked
    return plan_supervision(
        site=Site.objects.hub(), supervisee=me, starts_at=get_time(), minutes=60, by=cast["supervisor"]
    )


def get_main(page):
    """Without the header, whose menu has a link to all consultations."""
    return page.content.decode().partition("<main")[2]


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_it_is_in_my_diary_and_on_paper_and_takes_the_time_of_a_visit(cast, me, client, kind):
    engage(kind, cast, me)
    visit = make_visit(make_episode(me), me, minute=30)
    day = {"on": get_time().date().isoformat(), "view": "day"}
    page = get_main(client.get(reverse("diary"), day))
    assert NAMES[kind] in page
    assert page.count("Someone going to this visit is booked elsewhere at that time") == 2
    assert NAMES[kind] in client.get(reverse("day-sheet"), day).content.decode()
    next_day = {"on": get_time(4).date().isoformat(), "view": "day"}
    other_day = get_main(client.get(reverse("diary"), next_day))
    assert NAMES[kind] not in other_day
    assert "booked elsewhere" in " ".join(list_warnings(visit, get_time(minute=30)))
    assert not list_warnings(visit, get_time(hour=14))


def list_warnings(visit, start):
    family = load_family(visit.family_id)
    wanted = build_visit(visit.practitioner, list_family_members(family))
    return list_booking_warnings(family, visit.site_id, wanted, [start], besides=visit.pk)


def load_family(pk):
    return Family.objects.with_people().get(pk=pk)


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_it_is_in_my_calendar_and_names_nobody(cast, me, client, kind):
    engage(kind, cast, me)
    text = Client().get(create_feed_address(client)).content.decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert f"SUMMARY:{kind.capitalize()}" in text
    for word in ("Circle", "looks away", "Cora", "Healthvisitor", "healthvisitor"):
        assert word not in text
    client.force_login(cast["hyndburn"])
    assert "VEVENT" not in Client().get(create_feed_address(client)).content.decode()


def test_what_was_cancelled_is_in_no_diary(cast, me, client):
    group, _asked, planned = (engage(kind, cast, me) for kind in ALL_KINDS)
    cancel_session(session=group, because="Snow", by=me)
    cancel_supervision(planned=planned, by=cast["supervisor"])
    assert Client().get(create_feed_address(client)).content.decode().count("BEGIN:VEVENT") == 1


def test_a_family_in_a_group_is_not_visited_at_its_time(cast, me):
    other = cast["supervisor"]
    group = make_group(other, sessions=1)
    GroupSession.objects.filter(programme=group).update(starts_at=get_time())
    place = make_place(group, me)
    family = load_family(place.episode.family_id)
    wanted = build_visit(me, list_family_members(family))
    warned = list_booking_warnings(family, place.episode.site_id, wanted, [get_time(minute=30)])
    assert "another visit or a group at that time" in " ".join(warned)


def test_somebody_elses_is_taken_time_and_no_more(cast, me, client):
    """A colleague's supervision: when, but not what."""
    engage("supervision", cast, me)
    client.force_login(cast["blackburn2"] if "blackburn2" in cast else cast["hyndburn"])
    page = client.get(
        reverse("diary"), {"on": get_time().date().isoformat(), "whose": f"person:{me.pk}"}
    ).content.decode()
    assert "supervision" not in page.lower().split("<main")[1]


def test_each_change_of_a_visit_is_a_newer_one_in_the_calendar(me, client):
    row = make_visit(make_episode(me), me)
    path = create_feed_address(client)
    assert "SEQUENCE:0" in Client().get(path).content.decode()
    change_appointment(appointment=row, visit=copy_visit(row, minutes=45), by=me)
    assert "SEQUENCE:1" in Client().get(path).content.decode()


# ---------------------------------------------------------------- supervision is planned on its pages


def test_supervision_is_planned_recorded_or_cancelled_on_its_pages(cast, me, client):
    supervisor = cast["supervisor"]
    client.force_login(supervisor)
    posted = {
        "supervisee": me.pk, "site": Site.objects.hub().pk, "minutes": 60,
        "starts_on": get_time().date().isoformat(), "starts_time": "10:00", "sort": "clinical",
    }  # fmt: skip
    make_visit(make_episode(me), me, minute=30)
    warned = client.post(reverse("plan-supervision"), posted)
    assert "booked elsewhere" in warned.content.decode()
    assert not PlannedSupervision.objects.exists()
    shown = fill_form(parse_form(warned.content.decode()))
    assert client.post(reverse("plan-supervision"), shown).status_code == 302
    planned = PlannedSupervision.objects.get()
    assert str(planned.pk) in client.get(reverse("supervision")).content.decode()
    path = reverse("planned-supervision", args=[planned.pk])
    held = fill_form(parse_form(client.get(path).content.decode()))
    assert held["next_time"] == ["10:00"]
    assert client.post(path, held).status_code == 302
    planned.refresh_from_db()
    session = SupervisionSession.objects.get()
    assert (planned.held_as, session.supervisee) == (session, me)
    assert PlannedSupervision.objects.standing().get().starts_at > planned.starts_at
    assert str(planned.pk) not in client.get(reverse("supervision")).content.decode()
    assert client.get(reverse("cancel-supervision", args=[planned.pk])).status_code == 404
    with pytest.raises(ActionRefused, match="already"):
        cancel_supervision(planned=planned, by=supervisor)


@pytest.mark.parametrize("days", [-1, 400])
def test_supervision_is_planned_for_a_coming_day(cast, me, days):
    with pytest.raises(ActionRefused) as refused:
        plan_supervision(
            site=Site.objects.hub(), supervisee=me, minutes=60, by=cast["supervisor"],
            starts_at=timezone.localtime() + timedelta(days=days),
        )  # fmt: skip
    assert "starts_on" in refused.value.errors


# ---------------------------------------------------------------- whatever is planned warns of what is booked


def post_twice(client, path, **posted):
    """Post a page's form as it is filled in; what it warned of, after which it is sent once more and saved."""
    shown = fill_form(parse_form(client.get(path).content.decode())) | posted
    warned = client.post(path, shown)
    assert warned.status_code == 200
    again = fill_form(parse_form(warned.content.decode())) | posted
    assert client.post(path, again).status_code == 302
    return warned.content.decode()


def at_half_past_ten():
    return {"held_on": get_time().date().isoformat(), "held_at": "10:30"}


@pytest.fixture
def booked(me):
    """A visit of mine in three days, from ten to eleven."""
    return make_visit(make_episode(me), me)


def test_planning_a_group_warns_of_what_its_planner_is_booked_for(me, client, booked):
    path = reverse("new-group")
    said = post_twice(client, path, name="Circle", sessions="2", **at_half_past_ten())
    assert "Booking clash" in said
    assert "booked elsewhere" in said
    assert GroupSession.objects.count() == 2


def test_another_session_and_a_session_moved_warn_of_who_holds_it_but_not_of_themselves(me, client, booked):
    group = make_group(me, sessions=1)
    said = post_twice(client, reverse("new-group-session", args=[group.pk]), **at_half_past_ten())
    assert "booked elsewhere" in said
    first, _second = group.sessions.order_by("-starts_at")
    change = reverse("change-group-session", args=[first.pk])
    moved = {"held_on": get_time(5).date().isoformat(), "held_at": "10:30"}
    assert (
        client.post(change, fill_form(parse_form(client.get(change).content.decode())) | moved).status_code
        == 302
    )
    half_an_hour_on = moved | {"held_at": "11:00"}  # overlaps nothing but what it was
    shown = fill_form(parse_form(client.get(change).content.decode())) | half_an_hour_on
    assert client.post(change, shown).status_code == 302


def test_a_group_warns_of_its_families_visits_and_a_family_of_the_groups_sessions(cast, me, client):
    other = cast["supervisor"]
    group = make_group(other, sessions=1)
    GroupSession.objects.filter(programme=group).update(starts_at=get_time(4))
    place = make_place(group, me)
    make_visit(place.episode, me)
    held = Facilitator.objects.create(programme=group, user=me)
    Appointment.objects.update(practitioner=other)  # so that nobody of the group's is booked
    Facilitator.objects.filter(user=other).update(until=timezone.localdate() - timedelta(days=1))
    assert held
    said = post_twice(client, reverse("new-group-session", args=[group.pk]), **at_half_past_ten())
    assert "another visit or a group at that time" in said


def test_who_is_added_to_a_group_is_warned_of_for_its_coming_sessions(cast, me, client):
    group = make_group(me, sessions=1)
    GroupSession.objects.filter(programme=group).update(starts_at=get_time(minute=30))
    colleague = cast["supervisor"]
    make_visit(make_episode(me), colleague)
    said = post_twice(
        client, reverse("new-facilitator", args=[group.pk]), user=str(colleague.pk), name="", organisation=""
    )
    assert "booked elsewhere" in said


def test_arranging_a_consultation_warns_of_what_whoever_thinks_with_them_is_booked_for(
    cast, me, client, booked
):
    asked = ask_for_consultation(
        about="A baby who looks away",
        place=Place.objects.get(code="blackburn-with-darwen"),
        named=False,
        by=cast["healthvisitor"],
    )
    client.force_login(cast["duty"])
    posted = {"clinician": str(me.pk), "on": get_time().date().isoformat(), "at": "10:30"}
    path = reverse("consultation-arrangement", args=[asked.pk])
    assert "booked elsewhere" in post_twice(client, path, **posted)
    asked.refresh_from_db()
    assert asked.clinician == me
    later = {"clinician": str(me.pk), "on": get_time().date().isoformat(), "at": "11:15"}
    assert client.post(path, later).status_code == 302  # its own old time is in nobody's way
