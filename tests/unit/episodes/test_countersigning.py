"""A trainee's note: signed, read by somebody else, countersigned or amended first."""

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import amend_note, ask_for_amendment, countersign, star_contact
from interventions.episodes.actions.countersigning import remove_star
from interventions.episodes.models import CareContact, StarredContact
from pairs.access.scope import load_scope
from pairs.service.actions import assign_role
from pairs.service.refusals import ActionRefused
from tests.app_due_items import make_due_items
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.episodes.test_work_by_api import call_api

pytestmark = pytest.mark.django_db
list_app_due_items = make_due_items("interventions.episodes")


@pytest.fixture
def episode(cast):
    return make_episode(cast["blackburn"])


@pytest.fixture
def note(cast, episode):
    """A trainee's, signed."""
    return make_contact(episode, cast["trainee"])


def get_countersigning(contact):
    return CareContact.objects.get(pk=contact.pk).countersigning


def map_owner_by_code(user):
    items = list_app_due_items(load_scope(user), timezone.localdate())
    return {item.code: item.owner_id for item in items}


def test_a_trainees_note_waits_once_it_is_signed(cast, episode, note):
    assert get_countersigning(note) == "waiting"
    assert make_contact(episode, cast["trainee"], sign=False).countersigning == ""
    assert make_contact(episode, cast["blackburn"]).countersigning == ""


def test_it_is_due_to_the_lead_and_then_to_its_author(cast, note):
    assert map_owner_by_code(cast["blackburn"])["to_countersign"] == cast["blackburn"].pk
    ask_for_amendment(contact=note, reason="Say who held her.", by=cast["blackburn"])
    assert map_owner_by_code(cast["trainee"])["note_returned"] == cast["trainee"].pk
    part = note.notes.get(part="happened")
    amend_note(part=part, text="Cora held her.", reason="As asked", by=cast["trainee"])
    assert "to_countersign" in map_owner_by_code(cast["blackburn"])
    countersign(contact=note, by=cast["supervisor"])
    assert not set(map_owner_by_code(cast["blackburn"])) & {"to_countersign", "note_returned"}
    steps = note.countersign_steps.values_list("status", "reason", "by__username")
    assert list(steps) == [("returned", "Say who held her.", "blackburn"), ("done", "", "supervisor")]


def test_where_the_trainee_leads_it_is_the_sites_supervisors(cast):
    episode = make_episode(cast["trainee"])
    note = make_contact(episode, cast["trainee"])
    assert map_owner_by_code(cast["supervisor"])["to_countersign"] is None
    with pytest.raises(ActionRefused, match="Someone else"):
        countersign(contact=note, by=cast["trainee"])
    countersign(contact=note, by=cast["supervisor"])
    assert get_countersigning(note) == "done"


@pytest.mark.parametrize(
    ("who", "may"), [("trainee", False), ("blackburn", True), ("supervisor", True), ("hyndburn", False)]
)
def test_who_may(cast, note, who, may):
    if may:
        countersign(contact=note, by=cast[who])
        return
    with pytest.raises(ActionRefused):
        countersign(contact=note, by=cast[who])
    assert get_countersigning(note) == "waiting"


def test_another_trainee_may_not_even_as_the_lead(cast, episode, note):
    assign_role(user=cast["blackburn"], role="trainee", site=episode.site)
    with pytest.raises(ActionRefused, match="supervisor of the site"):
        countersign(contact=note, by=cast["blackburn"])


def test_whoever_amended_it_does_not_countersign_it(cast, note):
    part = note.notes.get(part="happened")
    amend_note(part=part, text="Cora held her.", reason="More exact", by=cast["blackburn"])
    with pytest.raises(ActionRefused, match="Someone else"):
        countersign(contact=note, by=cast["blackburn"])


def test_a_trainees_amendment_of_anothers_note_waits_too(cast, episode):
    note = make_contact(episode, cast["blackburn"])
    amend_note(part=note.notes.first(), text="New words", reason="Spelling", by=cast["trainee"])
    assert get_countersigning(note) == "waiting"


def test_it_is_countersigned_once_and_a_return_says_why(cast, note):
    with pytest.raises(ActionRefused) as refused:
        ask_for_amendment(contact=note, reason=" ", by=cast["supervisor"])
    assert "reason" in refused.value.errors
    countersign(contact=note, by=cast["supervisor"])
    for again in (
        lambda: countersign(contact=note, by=cast["supervisor"]),
        lambda: ask_for_amendment(contact=note, reason="x", by=cast["supervisor"]),
    ):
        with pytest.raises(ActionRefused, match="This note is not waiting to be countersigned"):
            again()


def test_the_pages_of_a_countersigner(cast, note, client):
    client.force_login(cast["supervisor"])
    listed, address = reverse("to-countersign"), reverse("countersigning", args=[note.pk])
    assert address in client.get(listed).content.decode()
    assert "Read and countersign" in client.get(reverse("care-contact", args=[note.pk])).content.decode()
    assert "We played on the mat." in client.get(address).content.decode()
    text = client.post(address, {"outcome": "returned", "reason": ""}).content.decode()
    assert "Enter what should be amended" in text
    assert client.post(address, {"outcome": "returned", "reason": "Say who."}).status_code == 302
    assert address not in client.get(listed).content.decode()
    client.force_login(cast["trainee"])
    page = client.get(reverse("care-contact", args=[note.pk])).content.decode()
    assert "Amendment asked for" in page
    assert "Say who." in page
    assert "Read and countersign" not in page


def test_nobody_else_is_asked(cast, note, client):
    for who in ("trainee", "hyndburn"):
        client.force_login(cast[who])
        assert str(note.pk) not in client.get(reverse("to-countersign")).content.decode()
    client.force_login(cast["trainee"])
    address = reverse("countersigning", args=[note.pk])
    assert "Someone else must countersign your note." in client.get(address).content.decode()
    assert client.post(address, {"outcome": "done"}).status_code == 200
    assert get_countersigning(note) == "waiting"
    client.force_login(cast["hyndburn"])
    assert client.post(address, {"outcome": "done"}).status_code == 404


def test_countersigning_by_api(cast, note, client):
    client.force_login(cast["supervisor"])
    status, waiting = call_api(client, "api-to-countersign")
    assert (status, [each["id"] for each in waiting["results"]]) == (200, [str(note.pk)])
    status, step = call_api(client, "api-countersigning", note.pk, post={"outcome": "returned"})
    assert (status, list(step["errors"])) == (400, ["reason"])
    status, step = call_api(client, "api-countersigning", note.pk, post={"outcome": "done"})
    assert (status, step["status"], step["by"]) == (201, "done", str(cast["supervisor"].pk))
    assert call_api(client, "api-to-countersign")[1]["results"] == []


# ---------------------------------------------------------------- the star


def test_a_star_is_ones_own_and_there_once(cast, note, client):
    client.force_login(cast["blackburn"])
    address = reverse("contact-star", args=[note.pk])
    page = reverse("care-contact", args=[note.pk])
    assert "Star it for supervision" in client.get(page).content.decode()
    for _ in range(2):
        assert client.post(address, {"star": "on"}).url == page
    assert StarredContact.objects.active().count() == 1
    assert "Take the star off" in client.get(page).content.decode()
    client.force_login(cast["supervisor"])
    assert "Star it for supervision" in client.get(page).content.decode()
    client.force_login(cast["blackburn"])
    client.post(address, {"star": ""})
    assert not StarredContact.objects.active().exists()
    star_contact(contact=note, by=cast["blackburn"])
    assert StarredContact.objects.count() == 2, "the first stays, taken off"


def test_starred_contacts_stand_on_the_supervision_page(cast, note, client):
    star_contact(contact=note, by=cast["blackburn"])
    seen = {}
    for who in ("blackburn", "supervisor", "trainee", "hyndburn"):
        client.force_login(cast[who])
        seen[who] = (
            reverse("care-contact", args=[note.pk]) in client.get(reverse("supervision")).content.decode()
        )
    assert seen == {"blackburn": True, "supervisor": True, "trainee": False, "hyndburn": False}
    remove_star(contact=note, by=cast["blackburn"])
    client.force_login(cast["supervisor"])
    assert "No starred contacts" in client.get(reverse("supervision")).content.decode()


def test_starring_by_api(cast, note, client):
    client.force_login(cast["blackburn"])
    status, starred = call_api(client, "api-contact-star", note.pk, post={"star": True})
    assert (status, [star["care_contact"] for star in starred["stars"]]) == (201, [str(note.pk)])
    plain = {"id": str(note.pk), "stars": []}
    assert call_api(client, "api-contact-star", note.pk, post={"star": False}) == (201, plain)
