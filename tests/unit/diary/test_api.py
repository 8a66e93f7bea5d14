"""The diary's API: the pages' own forms and actions, and what they warn of in the answer."""

import pytest
from django.urls import reverse

from interventions.diary.models import Appointment, Room, query_record_writers
from interventions.episodes.models import CareContact
from tests.unit.diary.factories import get_time, make_visit
from tests.unit.episodes.factories import make_accepted_referral, make_episode
from tests.unit.families.factories import make_family


def call_api(client, method, address, *args, **payload):
    return getattr(client, method)(reverse(address, args=args), payload, content_type="application/json")


def build_booking(family, me, **other):
    facts = {
        "starts_on": get_time(3).date().isoformat(),
        "starts_time": "10:00",
        "minutes": 60,
        "mechanism": "01",
    }
    facts |= {"location": "A01", "practitioner": str(me.pk)}
    return facts | {"expected": [str(each.pk) for each in family.caregivers.live()]} | other


def test_booked_once_for_one_key_with_its_warnings(me, client, episode):
    make_visit(make_episode(me, reference="O"), me, days=3, hour=10)
    path = reverse("api-appointments", args=[episode.pk])
    sent = {"content_type": "application/json", "headers": {"Idempotency-Key": "k"}}
    first, again = (client.post(path, build_booking(episode.family, me, times=2), **sent) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert any("booked elsewhere" in words for words in first.json()["warnings"])
    assert Appointment.objects.filter(episode=episode).count() == 2
    assert len(client.get(path).json()["results"]) == 2


def test_somebody_named_twice_is_expected_once(me, client, episode):
    carer = str(episode.family.caregivers.get().pk)
    answer = call_api(
        client,
        "post",
        "api-appointments",
        episode.pk,
        **build_booking(episode.family, me, expected=[carer, carer]),
    )
    assert (answer.status_code, answer.json()["expected"]) == (201, [carer])


def test_errors_are_named_by_field(me, client, episode):
    answer = call_api(
        client,
        "post",
        "api-appointments",
        episode.pk,
        **build_booking(episode.family, me, starts_on="2020-01-01"),
    )
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["starts_on"])
    stranger = str(make_family(reference="X").caregivers.get().pk)
    answer = call_api(
        client,
        "post",
        "api-appointments",
        episode.pk,
        **build_booking(episode.family, me, expected=[stranger]),
    )
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["expected"])


def test_a_visit_is_changed_moved_cancelled_restored_and_read(me, client, episode):
    row = make_visit(episode, me)
    changed = call_api(client, "patch", "api-appointment", row.pk, note="Bring the mat")
    assert (changed.json()["note"], changed.json()["minutes"]) == ("Bring the mat", 60)
    when = {"starts_on": get_time(4).date().isoformat(), "starts_time": "11:00", "minutes": 45}
    new = call_api(client, "post", "api-appointment-moving", row.pk, **when).json()["id"]
    cancelled = call_api(
        client, "post", "api-appointment-cancelling", new, whose="cancelled_service", why="Leave"
    )
    assert cancelled.json()["status"] == "cancelled_service"
    assert call_api(client, "post", "api-appointment-restoring", new).json()["status"] == "planned"
    day = client.get(reverse("api-diary"), {"on": get_time(4).date().isoformat()}).json()["results"]
    assert [each["id"] for each in day] == [new]


def test_written_up(me, client, episode):
    row = make_visit(episode, me, days=-1)
    carer = episode.family.caregivers.get()
    contact = {
        "held_on": get_time(-1).date().isoformat(),
        "held_at": "10:00",
        "minutes": 50,
        "mechanism": "01",
        "location": "A01",
        "happened": "Words",
        "participants": [{"person": str(carer.pk), "attendance": "attended"}],
    }
    answer = call_api(client, "post", "api-appointment-contact", row.pk, **contact)
    assert answer.status_code == 201
    row.refresh_from_db()
    assert row.care_contact == CareContact.objects.get(pk=answer.json()["id"])
    assert call_api(client, "post", "api-appointment-contact", row.pk, **contact).status_code == 400
    assert CareContact.objects.count() == 1


def test_a_first_visit(me, client):
    family = make_family()
    referral = make_accepted_referral(family)
    answer = call_api(client, "post", "api-first-visits", referral.pk, **build_booking(family, me))
    assert (answer.status_code, answer.json()["referral"]) == (201, str(referral.pk))


def test_what_stands_against_a_visit_is_read_with_it_and_not_with_one_that_is_cancelled(me, client, episode):
    row = make_visit(episode, me, days=3, hour=10)
    make_visit(make_episode(me, reference="O"), me, days=3, hour=10)
    (warning,) = call_api(client, "get", "api-appointment", row.pk).json()["warnings"]
    assert "booked elsewhere" in warning
    changed = call_api(client, "patch", "api-appointment", row.pk, note="Bring the mat").json()
    assert changed["warnings"] == [warning]
    call_api(client, "post", "api-appointment-cancelling", row.pk, whose="cancelled_service", why="Leave")
    assert call_api(client, "get", "api-appointment", row.pk).json()["warnings"] == []


def test_people_of_a_visit_are_read_as_they_are_written(me, client, episode):
    along = [str(query_record_writers([episode.site_id]).exclude(pk=me.pk)[0].pk)]
    sent = build_booking(episode.family, me, colleagues=along)
    made = call_api(client, "post", "api-appointments", episode.pk, **sent).json()
    assert (made["practitioner"], made["colleagues"]) == (str(me.pk), along)
    again = {name: made[name] for name in ("practitioner", "colleagues", "expected")}
    assert call_api(client, "patch", "api-appointment", made["id"], **again).status_code == 200


def test_colleagues_who_were_there_are_written_up_too(me, client, episode):
    row = make_visit(episode, me, days=-1)
    contact = {
        "held_on": get_time(-1).date().isoformat(),
        "held_at": "10:00",
        "minutes": 50,
        "mechanism": "01",
        "location": "A01",
        "happened": "Words",
        "participants": [{"person": str(episode.family.caregivers.get().pk), "attendance": "attended"}],
        "others": [{"name": "Hope Visitor", "role": "Health visitor"}],
    }
    made = call_api(client, "post", "api-appointment-contact", row.pk, **contact).json()
    assert [each["name"] for each in made["colleagues"]] == ["Hope Visitor"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("whose", "person:00000000-0000-4000-8000-000000000000"),
        ("view", "year"),
        ("on", "soon"),
        ("on", "1990-01-01"),
    ],
)
def test_a_diary_that_is_not_there_is_refused_and_not_another_shown(me, client, name, value):
    answer = client.get(reverse("api-diary"), {name: value})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [name])


def test_a_page_of_the_diary_that_is_not_there(me, client, episode):
    make_visit(episode, me, days=3)
    asked = {"on": get_time(3).date().isoformat()}
    day = client.get(reverse("api-diary"), asked).json()
    assert (day["count"], day["next"], len(day["results"])) == (1, None, 1)
    assert client.get(reverse("api-diary"), asked | {"page": 2}).status_code == 404


def test_rooms_by_api(cast, client):
    client.force_login(cast["supervisor"])
    made = call_api(client, "post", "api-rooms", site="blackburn-with-darwen", name="Blue room", access="")
    assert made.status_code == 201
    changed = call_api(client, "patch", "api-room", made.json()["id"], in_use=False)
    assert changed.json()["retired_on"]
    assert [each["name"] for each in client.get(reverse("api-rooms")).json()["results"]] == ["Blue room"]
    client.force_login(cast["blackburn"])
    assert call_api(client, "post", "api-rooms", site="blackburn-with-darwen", name="Red").status_code == 403
    assert Room.objects.count() == 1
