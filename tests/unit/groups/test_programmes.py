"""Programmes, rosters and places through pages, actions and API; merges, adoptions, endings thought through."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import end_episode
from interventions.episodes.models import CareContact
from interventions.groups import actions
from interventions.groups.models import Facilitator, GroupPlace, GroupPlacePerson, Programme
from pairs.access.scope import load_scope
from pairs.families.actions import record_adoption, record_loss
from pairs.families.models import Caregiver, Family, Infant
from pairs.matching.actions import merge_families, merge_people, unmerge
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from reporting.dashboards.timeline import list_family_events
from tests.unit.diary.factories import make_visit
from tests.unit.episodes.factories import make_episode
from tests.unit.groups.factories import (
    CIRCLE_OF_SECURITY,
    build_register_post,
    get_days_ago,
    make_group,
    make_place,
)

pytestmark = pytest.mark.django_db


def get_day_ahead(days):
    """As a form sends it."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.fixture
def programme(me):
    return make_group(me)


NEW_GROUP = {
    "name": "Circle, spring",
    "intervention": CIRCLE_OF_SECURITY,
    "site": "blackburn-with-darwen",
    "sites": ["hyndburn"],
    "capacity": 6,
    "sessions": 3,
    "held_on": "2026-10-19",
    "held_at": "10:00",
    "minutes": 120,
    "location": "K01",
    "room": "Blue room",
}


def test_a_group_is_planned_with_its_weeks(me, client):
    text = client.get(reverse("new-group")).content.decode()
    assert f'value="{CIRCLE_OF_SECURITY}" selected' in text
    client.post(reverse("new-group"), NEW_GROUP)
    programme = Programme.objects.get()
    assert {site.code for site in programme.sites.all()} == {"blackburn-with-darwen", "hyndburn"}
    starts = [timezone.localtime(session.starts_at) for session in programme.sessions.all()]
    assert [f"{start:%d %b %H:%M}" for start in starts] == ["19 Oct 10:00", "26 Oct 10:00", "02 Nov 10:00"]
    assert Facilitator.objects.get().user == me
    page = client.get(reverse("group", args=[programme.pk])).content.decode()
    for words in ("Circle, spring", "Blue room", "0 of 6 taken", "Bilal Blackburn"):
        assert words in page
    assert "Circle, spring" in client.get(reverse("groups")).content.decode()


def test_a_site_where_one_does_not_write_cannot_hold_it(me, client):
    text = client.post(reverse("new-group"), NEW_GROUP | {"site": "hyndburn"}).content.decode()
    assert "There is a problem" in text
    assert not Programme.objects.exists()


def test_several_families_join_from_the_groups_page(me, programme, client):
    episodes = [make_episode(me, reference=each) for each in ("A", "B", "C")]
    address = reverse("new-group-places", args=[programme.pk])
    text = client.get(address).content.decode()
    assert text.count('name="episodes"') == 3
    sent = {"episodes": [each.pk for each in episodes[:2]], "joined_on": get_days_ago(1).isoformat()}
    assert client.post(address, sent).headers["Location"] == reverse("group", args=[programme.pk])
    assert GroupPlacePerson.objects.count() == 4
    assert client.get(address).content.decode().count('name="episodes"') == 1


def test_a_group_has_no_more_places_than_its_capacity(me, client):
    programme = make_group(me, capacity=1)
    episodes = [make_episode(me, reference=each) for each in ("A", "B")]
    sent = {"episodes": [each.pk for each in episodes], "joined_on": get_days_ago(1).isoformat()}
    text = client.post(reverse("new-group-places", args=[programme.pk]), sent).content.decode()
    assert "1 places, and 1 are taken" in text
    assert not GroupPlace.objects.exists()  # all of it or nothing
    make_place(programme, me, reference="D")
    with pytest.raises(ActionRefused, match="already have a place"):
        actions.change_programme(programme=programme, name="x", capacity=0, sites=[], by=me)


def test_a_family_has_one_place_and_its_site_may_join(cast, me, programme):
    place = make_place(programme, me)
    joining = {"people": list(place.episode.family.caregivers.all()), "joined_on": get_days_ago(1), "by": me}
    with pytest.raises(ActionRefused, match="already have a place in this group"):
        actions.join_group(programme=programme, episode=place.episode, **joining)
    with pytest.raises(ActionRefused, match="does not take families from that site"):
        make_place(programme, cast["hyndburn"], site="hyndburn", reference="H")


def test_a_place_through_its_pages(me, programme, client):
    episode = make_episode(me, reference="P", infants=2)
    address = reverse("new-group-place", args=[episode.pk])
    text = client.get(address).content.decode()
    assert text.count("checked") == 3  # both twins and their carer
    one, other = episode.family.infants.order_by("twin_order")
    carer = episode.family.caregivers.get()
    people = [f"infant:{one.pk}", f"caregiver:{carer.pk}"]
    sent = {"programme": programme.pk, "people": people, "joined_on": get_days_ago(3).isoformat()}
    path = client.post(address, sent).headers["Location"]
    place = GroupPlace.objects.get()
    assert path == reverse("group-place", args=[place.pk])
    client.post(reverse("group-guests", args=[place.pk]), {"people": [f"infant:{other.pk}", people[1]]})
    assert {row.person for row in place.people.live()} == {other, carer}
    session = programme.sessions.first()
    (whole,) = GroupPlace.objects.filter(pk=place.pk).with_people()
    client.post(reverse("group-register", args=[session.pk]), build_register_post([whole]))
    text = client.get(path).content.decode()
    for words in (
        "Circle, autumn",
        "Baby2: attended",
        reverse("care-contact", args=[CareContact.objects.get().pk]),
    ):
        assert words in text
    assert "Circle, autumn" in client.get(reverse("episode", args=[episode.pk])).content.decode()
    client.post(
        reverse("leave-group", args=[place.pk]), {"left_on": get_days_ago(0), "because": "They moved"}
    )
    place.refresh_from_db()
    assert (place.left_on, place.left_because) == (get_days_ago(0), "They moved")
    family = Family.objects.with_people().get(pk=episode.family_id)
    titles = [event.title for event in list_family_events(family)]
    assert {"Joined the group Circle, autumn", "Left the group Circle, autumn"} <= set(titles)


def test_somebody_comes_again_whom_we_had_taken_off(me, programme):
    place = make_place(programme, me)
    baby, carer = place.episode.family.infants.get(), place.episode.family.caregivers.get()
    for people in ([carer], [baby, carer], [carer], [baby, carer]):
        actions.change_guests(place=place, people=people, by=me)
        assert {row.person for row in place.people.live()} == set(people)


def test_a_lost_baby_is_never_put_on_a_roster(me, programme, client):
    episode = make_episode(me, reference="L")
    baby, carer = episode.family.infants.get(), episode.family.caregivers.get()
    record_loss(infant=baby, loss="death", lost_on=get_days_ago(1), by=me)
    text = client.get(reverse("new-group-place", args=[episode.pk])).content.decode()
    assert str(baby.pk) not in text
    with pytest.raises(ActionRefused, match="loss"):
        actions.join_group(
            programme=programme, episode=episode, people=[baby, carer], joined_on=get_days_ago(0), by=me
        )


def test_a_session_is_added_moved_and_no_more_once_it_is_registered(me, programme, client):
    address = reverse("new-group-session", args=[programme.pk])
    when = {"held_on": get_day_ahead(30), "held_at": "13:30", "minutes": 90, "location": "K01", "room": ""}
    assert client.post(address, when).status_code == 302
    assert "already a session at that time" in client.post(address, when).content.decode()
    session = programme.sessions.last()
    moved = when | {"held_on": get_day_ahead(31)}
    client.post(reverse("change-group-session", args=[session.pk]), moved)
    session.refresh_from_db()
    assert timezone.localdate(session.starts_at).isoformat() == get_day_ahead(31)
    place = make_place(programme, me)
    first = programme.sessions.first()
    (whole,) = GroupPlace.objects.filter(pk=place.pk).with_people()
    client.post(reverse("group-register", args=[first.pk]), build_register_post([whole]))
    text = client.post(reverse("change-group-session", args=[first.pk]), moved).content.decode()
    assert "This session is registered" in text
    assert (
        "This session is registered"
        in client.post(reverse("cancel-group-session", args=[first.pk]), {"because": "Snow"}).content.decode()
    )


def test_a_session_whose_time_has_passed_is_registered_or_cancelled_and_not_moved(me, programme, client):
    first = programme.sessions.order_by("starts_at").first()
    assert first.starts_at < timezone.now()
    address, before = reverse("change-group-session", args=[first.pk]), first.starts_at
    page = client.get(address).content.decode()
    assert "Write its register, or cancel it" in page
    assert reverse("group-register", args=[first.pk]) in page
    assert address not in client.get(reverse("group", args=[programme.pk])).content.decode()
    moved = {"held_on": get_day_ahead(31), "held_at": "13:30", "minutes": 90, "location": "K01", "room": ""}
    assert "Write its register" in client.post(address, moved).content.decode()
    api = client.patch(reverse("api-group-session", args=[first.pk]), moved, content_type="application/json")
    assert api.status_code == 400
    first.refresh_from_db()
    assert first.starts_at == before
    cancel = reverse("cancel-group-session", args=[first.pk])
    assert client.post(cancel, {"because": "Snow"}).status_code == 302


def test_the_last_of_us_cannot_leave_the_group(me, cast, programme, client):
    held = programme.facilitators.get()
    address = reverse("end-facilitator", args=[held.pk])
    assert "needs a facilitator" in client.post(address, {}).content.decode()
    new = reverse("new-facilitator", args=[programme.pk])
    assert "Choose a colleague" in client.post(new, {"name": "", "user": ""}).content.decode()
    client.post(new, {"user": cast["hub"].pk})
    assert client.post(address, {}).status_code == 302
    held.refresh_from_db()
    assert held.until == get_days_ago(0)


def test_closing_ends_every_place_and_what_was_still_to_come(me, programme, client):
    place = make_place(programme, me)
    client.post(
        reverse("close-group", args=[programme.pk]), {"closed_on": get_days_ago(0), "because": "It is done"}
    )
    place.refresh_from_db()
    assert (place.left_on, place.left_because) == (get_days_ago(0), "The group ended: It is done")
    first, last = programme.sessions.all()
    assert first.cancelled_at is None
    assert last.cancelled_at
    with pytest.raises(ActionRefused, match="closed"):
        make_place(programme, me, reference="Z")


def test_an_ended_episode_comes_off_the_roster_and_frees_its_place(me, client):
    programme = make_group(me, capacity=1)
    place = make_place(programme, me)
    end_episode(
        episode=place.episode, ended_on=get_days_ago(0), reason="02", summary="Calm", held_next_by="HV", by=me
    )
    text = client.get(reverse("group", args=[programme.pk])).content.decode()
    assert "Episode ended" in text
    assert "0 of 1 taken" in text
    make_place(programme, me, reference="N")


def test_two_families_become_one_and_both_places_stand(me, programme, client):
    one, other = (make_place(programme, me, reference=each) for each in ("A", "B"))
    merge = merge_families(
        kept=one.episode.family, merged=other.episode.family, reason="One family twice", by=me
    )
    assert GroupPlace.objects.visible_to(load_scope(me)).count() == 2
    session = programme.sessions.first()
    places = list(GroupPlace.objects.with_people())
    client.post(reverse("group-register", args=[session.pk]), build_register_post(places))
    assert CareContact.objects.count() == 2
    unmerge(merge=merge, by=me, reason="They are two")
    other.episode.refresh_from_db()
    assert other.episode.family_id == other.episode.referral.family_id


def test_two_records_of_a_carer_on_one_roster_become_one(me, programme):
    place = make_place(programme, me)
    family = place.episode.family
    carer = family.caregivers.get()
    twice = Caregiver.objects.create(family=family, given_name="Cora", family_name="Carer")
    everybody = [family.infants.get(), carer, twice]
    actions.change_guests(place=place, people=everybody, by=me)
    merge = merge_people(kept=carer, merged=twice, choices={}, reason="Same", by=me)
    assert place.people.live().count() == 2
    unmerge(merge=merge, by=me, reason="Two")
    assert place.people.live().count() == 3


def test_an_adoption_takes_the_birth_identity_off_the_roster(cast, me, programme, client):
    place = make_place(programme, me, infants=2)
    baby = place.episode.family.infants.get(given_name="Baby1")
    record_adoption(
        infant=baby, adopted_on=get_days_ago(0), given_name="Robin", family_name="Fair",
        site=Site.objects.get(code="hyndburn"), by=cast["governance"],
    )  # fmt: skip
    assert not place.people.live().filter(infant=baby).exists()
    assert (
        "Baby1"
        not in client.get(reverse("group-register", args=[programme.sessions.first().pk])).content.decode()
    )
    assert Infant.objects.live().filter(family=place.episode.family_id).count() == 1


def count_group_queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_more_families_cost_no_more_queries(me, programme, client):
    programme.change(capacity=30)
    session = programme.sessions.first()
    paths = [
        reverse("group", args=[programme.pk]),
        reverse("group-register", args=[session.pk]),
        reverse("groups"),
    ]
    make_place(programme, me, reference="Q0")
    count_group_queries(client, paths[0])  # the session is noted as seen, once a minute
    few = [count_group_queries(client, path) for path in paths]
    for number in range(1, 8):
        make_place(programme, me, reference=f"Q{number}", infants=2)
    assert [count_group_queries(client, path) for path in paths] == few


def test_the_same_by_api(cast, me, client):
    def call_group_api(method, to, *args, **payload):
        path = reverse(to, args=args)
        answer = getattr(client, method)(path, payload, content_type="application/json")
        return answer.status_code, answer.json()

    status, group = call_group_api(
        "post", "api-groups", **NEW_GROUP | {"held_on": get_days_ago(21).isoformat()}
    )
    assert (status, len(group["sessions"]), group["facilitators"][0]["user"]) == (201, 3, str(me.pk))
    assert call_group_api("patch", "api-group", group["id"], capacity=4)[1]["capacity"] == 4
    assert call_group_api("patch", "api-group", group["id"], capacity=400)[0] == 400
    episode = make_episode(me, reference="API")
    baby, carer = episode.family.infants.get(), episode.family.caregivers.get()
    joining = {"programme": group["id"], "joined_on": get_days_ago(30).isoformat()}
    people = [f"infant:{baby.pk}", f"caregiver:{carer.pk}"]
    status, place = call_group_api("post", "api-group-places", episode.pk, people=people, **joining)
    assert (status, place["people"], place["warnings"]) == (201, people, [])
    session = group["sessions"][0]["id"]
    rows = client.get(reverse("api-group-register", args=[session])).json()["rows"]
    assert [guest["attendance"] for guest in rows[0]["guests"]] == ["attended", "attended"]
    guests = [
        {"place": place["id"], "person": guest["person"], "attendance": "attended"}
        for guest in rows[0]["guests"]
    ]
    lines = [{"place": place["id"], "words": "They played."}]
    status, saved = call_group_api(
        "post", "api-group-register", session, guests=guests, lines=lines, note="Quiet."
    )
    assert (status, saved["rows"][0]["care_contact"]) == (201, str(CareContact.objects.get().pk))
    status, answer = call_group_api("post", "api-group-register", session, guests=guests, lines=lines)
    assert (status, list(answer["errors"])) == (400, ["lines.0.words"])
    status, cancelled = call_group_api(
        "post", "api-group-session-cancellation", group["sessions"][1]["id"], because="Snow"
    )
    assert (status, cancelled["cancelled_because"]) == (201, "Snow")
    assert CareContact.objects.count() == 2
    status, left = call_group_api(
        "post", "api-group-place-ending", place["id"], left_on=get_days_ago(0).isoformat(), because="Moved"
    )
    assert (status, left["left_because"]) == (201, "Moved")
    status, ended = call_group_api(
        "post", "api-group-ending", group["id"], closed_on=get_days_ago(0).isoformat(), because="Done"
    )
    assert (status, ended["closed_because"]) == (201, "Done")
    client.force_login(cast["hub"])
    assert client.get(reverse("api-group", args=[group["id"]])).status_code == 404
    assert client.get(reverse("api-groups")).json()["results"] == []


def test_a_session_by_api_is_answered_with_what_else_is_booked_then(me, programme, client):
    """As the page warns: the visit of whoever holds the group, and nothing is forbidden."""
    make_visit(make_episode(me, reference="VISIT"), me, days=5, hour=10)
    when = {
        "held_on": (timezone.localdate() + timedelta(days=5)).isoformat(),
        "minutes": 60,
        "location": "K01",
    }
    path = reverse("api-group-sessions", args=[programme.pk])

    def send(method, path, **changed):
        answer = getattr(client, method)(path, when | changed, content_type="application/json")
        assert answer.status_code in (200, 201), answer.content
        return answer.json()

    clashing, free = send("post", path, held_at="10:15"), send("post", path, held_at="15:00")
    assert len(clashing["warnings"]) == 1
    assert free["warnings"] == []
    detail = reverse("api-group-session", args=[free["id"]])
    assert client.get(detail).json()["warnings"] == []
    moved = send("patch", detail, held_at="10:30")["warnings"]
    assert len(moved) == 1
    assert client.get(detail).json()["warnings"] == moved
