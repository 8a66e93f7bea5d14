"""The work through the API; and the way to a contact where there is no episode yet."""

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import CareContact, Episode, Goal
from pairs.access.scope import load_scope
from reporting.dashboards.due_items import list_all_due_items
from tests.project.form_filling import fill_form, parse_form
from tests.unit.episodes.factories import VIG_CODE, make_accepted_referral
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db


def call_api(client, name, *args, post=None, **headers):
    address = reverse(name, args=args)
    if post is None:
        answer = client.get(address)
    else:
        answer = client.post(address, post, content_type="application/json", headers=headers)
    return answer.status_code, answer.json()


def test_the_same_refusals_by_api_at_once_by_row(episode, client):
    baby, carer = episode.family.infants.get(), episode.family.caregivers.get()
    people = [
        {"person": str(baby.pk), "attendance": "not_brought"},
        {"person": str(carer.pk), "attendance": "attended"},
    ]
    sent = {"held_on": "2099-01-01", "held_at": "10:00", "minutes": "x", "mechanism": "01", "location": "A01"}
    status, answer = call_api(client, "api-contacts", episode.pk, post=sent | {"participants": people})
    assert (status, set(answer["errors"])) == (400, {"minutes", "held_on", "participants.0.missed_because"})
    people[0]["reason_unknown"] = True
    sent |= {"held_on": timezone.localdate().isoformat(), "held_at": "00:00", "minutes": 20}
    assert call_api(client, "api-contacts", episode.pk, post=sent | {"participants": people})[0] == 201
    assert CareContact.objects.get().notes.get().text == "Baby1 was not brought: reason not known."


def test_the_whole_work_by_api(me, client):
    referral = make_accepted_referral(make_family())
    family = referral.family
    baby, dyad, carer = family.infants.get(), family.dyads.get(), family.caregivers.get()
    today = timezone.localdate().isoformat()
    opening = {"referral": str(referral.pk), "lead": str(me.pk), "opened_on": today}
    opening |= {"focus": [str(dyad.pk)], "interventions": [VIG_CODE], "thrive": "help"}
    key = {"Idempotency-Key": "once"}
    status, made = call_api(client, "api-episodes", post=opening, **key)
    assert status == 201, made
    assert made["interventions"] == [VIG_CODE]
    assert call_api(client, "api-episodes", post=opening, **key) == (200, made)
    contact = {"held_on": today, "held_at": "00:00", "minutes": 50, "mechanism": "01", "location": "A01"}
    contact |= {"happened": "Filmed.", "baby_told": "He smiled.", "sign": True}
    contact["participants"] = [
        {"person": str(baby.pk), "attendance": "attended"},
        {"person": str(carer.pk), "attendance": "late_seen"},
    ]
    assert call_api(client, "api-contacts", made["id"], post=contact, **key)[0] == 422, "one key, one record"
    key = {"Idempotency-Key": "another"}
    for expected in (201, 200):
        status, answer = call_api(client, "api-contacts", made["id"], post=contact, **key)
        assert status == expected, answer
    assert {note["part"] for note in answer["notes"]} == {"happened", "baby_told"}
    assert len(call_api(client, "api-contacts", made["id"])[1]["results"]) == 1
    status, goal = call_api(
        client, "api-goals", made["id"], post={"words": "Bath time", "dyad": str(dyad.pk)}
    )
    assert (status, goal["words"]) == (201, "Bath time")
    ending = {"ended_on": today, "reason": "02", "summary": "Calmer.", "held_next_by": "HV"}
    ending |= {"planned": "yes", "together": "all"}
    status, ended = call_api(client, "api-ending", made["id"], post=ending)
    assert (status, ended["ended_on"]) == (201, today)
    assert [each["words"] for each in call_api(client, "api-episode", made["id"])[1]["goals"]] == [
        "Bath time"
    ]
    assert Goal.objects.count() == 1


def test_the_api_refuses_by_field_and_hides_what_is_not_yours(cast, episode, client):
    wrong = {"held_on": "2020-01-01", "held_at": "00:00", "minutes": 50, "mechanism": "01", "location": "A01"}
    baby = episode.family.infants.get()
    wrong["participants"] = [{"person": str(baby.pk), "attendance": "attended"}]
    status, answer = call_api(client, "api-contacts", episode.pk, post=wrong)
    assert (status, list(answer["errors"])) == (400, ["held_on"])
    assert call_api(client, "api-contacts", episode.pk, post=wrong | {"participants": "x"})[0] == 400
    assert call_api(client, "api-episodes", post={"referral": "x"})[0] == 400
    client.force_login(cast["hyndburn"])
    assert call_api(client, "api-episode", episode.pk) == (404, {"detail": "Not found."})
    assert call_api(client, "api-episodes")[1]["results"] == []
    client.force_login(cast["healthvisitor"])
    assert client.get(reverse("api-episodes")).status_code == 403


@pytest.mark.parametrize(
    ("then", "said"),
    [("contact", True), ("", False), ("nothing", False), ("https://elsewhere.example", False)],
)
def test_log_contact_leads_to_the_contact_where_there_is_no_episode_yet(me, client, then, said):
    referral = make_accepted_referral(make_family())
    address = reverse("open-episode", args=[referral.pk])
    (item,) = (
        each
        for each in list_all_due_items(load_scope(me), timezone.localdate())
        if each.code == "first_contact"
    )
    assert item.href == f"{address}?then=contact"
    path = f"{address}?then={then}"
    page = client.get(path).content.decode()
    assert ("After this you log the contact." in page) == said
    answer = client.post(path, fill_form(parse_form(page)))
    episode = Episode.objects.get()
    name = "new-contact" if said else "episode"
    assert answer.headers["Location"] == reverse(name, args=[episode.pk])
