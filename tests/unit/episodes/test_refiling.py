"""A contact in the wrong record goes where it belongs: once and whole, and governance is notified."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import amend_note, refile_contact
from interventions.episodes.models import CareContact, NotePart, Participant
from pairs.access.scope import load_scope
from pairs.service.refusals import ActionRefused
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.episodes.test_pages import get_submission_token
from tests.unit.episodes.test_work_by_api import call_api

pytestmark = pytest.mark.django_db


@pytest.fixture
def wrong_episode(me):
    return make_episode(me, reference="W")


@pytest.fixture
def right_episode(me):
    return make_episode(me, reference="R")


def list_attended_people(episode):
    people = [*episode.family.infants.all(), *episode.family.caregivers.all()]
    return [(person, "attended") for person in people]


def refile_to(contact, to, by, **changed):
    usual = {"participants": list_attended_people(to), "reason": "Two tabs were open"}
    return refile_contact(contact=contact, to=to, by=by, **usual | changed)


def test_the_refiled_contact_is_the_same_in_the_right_record(cast, me, wrong_episode, right_episode):
    contact = make_contact(wrong_episode, me, days_ago=3)
    first = contact.notes.get(part="happened")
    amend_note(part=first, text="We sang on the mat.", reason="Wrong word", by=cast["supervisor"])
    CareContact.objects.filter(pk=contact.pk).update(created_at=timezone.now() - timedelta(days=3))
    contact.refresh_from_db()
    moved = CareContact.objects.get(pk=refile_to(contact, right_episode, cast["supervisor"]).pk)
    same = (
        "starts_at",
        "minutes",
        "mechanism",
        "location",
        "practitioner_id",
        "signed_at",
        "created_at",
        "kind",
    )
    assert [getattr(moved, name) for name in same] == [getattr(contact, name) for name in same]
    assert moved.refiled_from == contact
    assert {str(each.person) for each in moved.participants.all()} == {
        str(person) for person, _ in list_attended_people(right_episode)
    }
    rows = {row.text: row for row in moved.notes.all()}
    old = {row.text: row for row in contact.notes.all()}
    assert set(rows) == set(old)
    for text, row in rows.items():
        assert (row.signed_at, row.created_at, row.written_by) == (
            old[text].signed_at,
            old[text].created_at,
            old[text].written_by,
        )
    assert rows["We sang on the mat."].amends == rows["We played on the mat."]
    assert rows["She looked up and smiled."].infant == right_episode.family.infants.get()
    assert moved.interventions.count() == contact.interventions.count()


def test_the_copy_is_sealed_and_governance_alone_reads_it(cast, me, wrong_episode, right_episode):
    contact = make_contact(wrong_episode, me)
    refile_to(contact, right_episode, me)
    scope = load_scope(me)
    assert list(CareContact.objects.visible_to(scope).values_list("episode", flat=True)) == [right_episode.pk]
    assert NotePart.objects.visible_to(scope).count() == 2
    assert (
        Participant.objects.visible_to(scope).filter(infant__in=wrong_episode.family.infants.all()).count()
        == 0
    )
    assert [message.to for message in mail.outbox] == [["governance@pairs.example"]]
    sealed = CareContact.objects.including_sealed(load_scope(cast["governance"])).get(pk=contact.pk)
    assert sealed.refiled_as.episode == right_episode
    assert sealed.entered_in_error_reason == "Two tabs were open"


def test_governance_reads_the_sealed_copy_and_nobody_else_does(
    cast, me, wrong_episode, right_episode, client
):
    contact = make_contact(wrong_episode, me)
    moved = refile_to(contact, right_episode, me)
    address = reverse("sealed-contact", args=[contact.pk])
    for who, status in (("blackburn", 403), ("supervisor", 403), ("governance", 200)):
        client.force_login(cast[who])
        assert client.get(address).status_code == status, who
    text = client.get(address).content.decode()
    for words in ("We played on the mat.", "Two tabs were open", reverse("care-contact", args=[moved.pk])):
        assert words in text
    assert address in client.get(reverse("sealed-contacts")).content.decode()
    assert client.get(reverse("sealed-contact", args=[moved.pk])).status_code == 404


def test_what_a_refiling_refuses_leaves_everything_as_it_was(me, wrong_episode, right_episode):
    contact, late = make_contact(wrong_episode, me, days_ago=9), make_episode(me, reference="L", days_ago=2)
    for to, field, changed in [
        (wrong_episode, "belongs_to", {}),
        (late, "belongs_to", {}),
        (
            right_episode,
            "participants",
            {"participants": list_attended_people(wrong_episode)},
        ),  # the other family's people
        (right_episode, "participants", {"participants": []}),
        (right_episode, "reason", {"reason": " "}),
    ]:
        with pytest.raises(ActionRefused) as refused:
            refile_to(contact, to, me, **changed)
        assert field in refused.value.errors
    contact.refresh_from_db()
    assert contact.entered_in_error_at is None
    assert CareContact.objects.count() == 1
    refile_to(contact, right_episode, me)
    with pytest.raises(ActionRefused, match="already marked"):
        refile_to(contact, right_episode, me)


def test_a_trainees_note_is_read_again_in_the_right_record(cast, wrong_episode, right_episode):
    contact = make_contact(wrong_episode, cast["trainee"])
    assert refile_to(contact, right_episode, cast["blackburn"]).countersigning == "waiting"


def test_on_the_page_people_are_chosen_in_a_second_step(me, wrong_episode, right_episode, client):
    contact = make_contact(wrong_episode, me)
    address = reverse("contact-in-error", args=[contact.pk])
    text = client.get(address).content.decode()
    assert str(right_episode.pk) in text
    posted = {
        "submission": get_submission_token(text),
        "reason": "Wrong tab",
        "belongs_to": str(right_episode.pk),
    }
    text = client.post(address, posted).content.decode()
    assert "Move to the right record" in text
    assert "There is a problem" not in text
    assert not CareContact.objects.get(pk=contact.pk).entered_in_error_at
    rows = {"people_of": str(right_episode.pk), "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"}
    for number, (person, came) in enumerate(list_attended_people(right_episode)):
        rows |= {f"form-{number}-person": str(person.pk), f"form-{number}-attendance": came}
    first, second = client.post(address, posted | rows), client.post(address, posted | rows)
    moved = CareContact.objects.get(episode=right_episode)
    assert first.url == second.url == reverse("care-contact", args=[moved.pk])
    page = client.get(first.url).content.decode()
    assert "it had been recorded in the wrong place" in page
    assert str(wrong_episode.family.infants.get().pk) not in page


def test_people_chosen_for_one_episode_do_not_go_into_another(me, wrong_episode, right_episode, client):
    third = make_episode(me, reference="X")
    contact = make_contact(wrong_episode, me)
    posted = {"reason": "x", "belongs_to": str(third.pk), "people_of": str(right_episode.pk)}
    posted |= {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
    answer = client.post(reverse("contact-in-error", args=[contact.pk]), posted)
    assert answer.status_code == 200
    assert str(third.family.infants.get().pk) in answer.content.decode()
    assert not CareContact.objects.get(pk=contact.pk).entered_in_error_at


@pytest.mark.parametrize("reference", ["R-R", "r-r", "PI-R-1"])
def test_the_episode_is_found_by_its_human_reference(me, wrong_episode, right_episode, client, reference):
    contact = make_contact(wrong_episode, me)
    posted = {"reason": "Wrong tab", "reference": reference}
    text = client.post(reverse("contact-in-error", args=[contact.pk]), posted).content.decode()
    assert f'name="people_of" value="{right_episode.pk}"' in text


def test_an_episode_out_of_scope_is_treated_as_missing(cast, me, wrong_episode, client):
    elsewhere = make_episode(cast["hyndburn"], reference="H", site="hyndburn")
    contact = make_contact(wrong_episode, me)
    address, said = reverse("contact-in-error", args=[contact.pk]), []
    for reference in ("R-H", "R-NOBODY", "PI-H-1"):
        text = client.post(address, {"reason": "x", "reference": reference}).content.decode()
        said.append("No other episode that you may write in has this reference" in text)
    assert said == [True, True, True]
    text = client.post(address, {"reason": "x", "belongs_to": str(elsewhere.pk)}).content.decode()
    assert "There is a problem" in text
    assert (
        call_api(
            client, "api-contact-in-error", contact.pk, post={"reason": "x", "belongs_to": str(elsewhere.pk)}
        )[0]
        == 404
    )
    assert not CareContact.objects.get(pk=contact.pk).entered_in_error_at


def test_the_same_by_api(me, wrong_episode, right_episode, client):
    contact, other = make_contact(wrong_episode, me), make_contact(wrong_episode, me, days_ago=2)
    rows = [
        {"person": str(person.pk), "attendance": came} for person, came in list_attended_people(right_episode)
    ]
    asked = {"reason": "Wrong tab", "belongs_to": str(right_episode.pk), "participants": rows}
    status, made = call_api(client, "api-contact-in-error", contact.pk, post=asked)
    assert (status, CareContact.objects.get(pk=made["refiled_as"]).episode) == (201, right_episode)
    assert call_api(client, "api-contact-in-error", other.pk, post={"reason": "Never was"}) == (
        201,
        {"refiled_as": None},
    )
    assert call_api(client, "api-contact-in-error", other.pk, post={"reason": "x"})[0] == 404


def test_a_liaison_is_refiled_without_people_and_without_the_others_village(
    me, wrong_episode, right_episode, client
):
    from interventions.episodes.actions import Colleague
    from pairs.village.models import VillageMember
    from tests.unit.episodes.test_contact_kinds import record_liaison

    nurse = VillageMember.objects.create(
        family=wrong_episode.family, kind="professional", name="Nell", closeness=2
    )
    contact = record_liaison(wrong_episode, me, others=[Colleague(name="Nell", member=nurse)])
    posted = {"reason": "Wrong family", "belongs_to": str(right_episode.pk)}
    assert client.post(reverse("contact-in-error", args=[contact.pk]), posted).status_code == 302
    moved = CareContact.objects.get(episode=right_episode)
    assert [(each.name, each.member) for each in moved.colleagues.all()] == [("Nell", None)]
