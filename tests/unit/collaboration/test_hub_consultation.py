"""Asking the hub: who sees what when, and that access lasts exactly as long as the ask."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from interventions.collaboration import actions
from interventions.collaboration.hub_consultation import actions as hub_consultation_actions
from interventions.collaboration.models import HubRequest, HubRequestStep
from pairs.access.scope import load_scope
from pairs.audit.models import AccessEntry
from pairs.families.actions import grant_family_access, raise_risk_alert
from pairs.families.models import Family, FamilyGrant
from pairs.service.refusals import ActionRefused
from tests.app_due_items import make_due_items
from tests.unit.collaboration.factories import (
    QUESTION_TEXT,
    make_hub_ask,
    make_satellite_family,
    make_taken_ask,
)
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def episode(cast):
    return make_episode(cast["hyndburn"], site="hyndburn", reference="H")


@pytest.fixture
def sign_in_as(cast):
    def make_signed_in_client(username):
        client = Client()
        client.force_login(cast[username])
        return client

    return make_signed_in_client


def list_family_pages(episode, contact):
    """What there is to open about the family: page after page, by API and on paper."""
    family = episode.family
    infant = family.infants.first()
    return [
        *(reverse(name, args=[family.pk]) for name in ("family", "family-people", "family-plan")),
        *(reverse(name, args=[family.pk]) for name in ("family-measures", "sharing", "safeguarding")),
        reverse("episode-measures", args=[episode.pk]),
        reverse("episode", args=[episode.pk]),
        reverse("care-contact", args=[contact.pk]),
        reverse("infant", args=[infant.pk]),
        reverse("dyad", args=[family.dyads.first().pk]),
        reverse("chronology", args=[family.pk]) + "?printed",
        reverse("joint-work", args=[family.pk]),
        reverse("peer-support", args=[family.pk]),
        reverse("family-asks", args=[family.pk]),
        reverse("api-family", args=[family.pk]),
        reverse("api-chronology", args=[family.pk]),
        reverse("api-contacts", args=[episode.pk]),
        reverse("api-family-asks", args=[family.pk]),
    ]


def get_statuses(client, paths):
    return {client.get(path).status_code for path in paths}


def make_family_contact(episode, cast):
    return make_contact(episode, cast["hyndburn"])


def post_contact(client, episode):
    """Log a contact, as the form sends it."""
    path = reverse("api-contacts", args=[episode.pk])
    sent = {
        "held_on": timezone.localdate().isoformat(),
        "held_at": "00:01",
        "minutes": 50,
        "mechanism": "01",
        "location": "A01",
        "happened": "Words",
        "happened_about": "family",
        "participants": [{"person": str(episode.family.infants.first().pk), "attendance": "attended"}],
    }
    return client.post(path, sent, content_type="application/json")


def test_before_it_is_accepted_the_hub_reads_the_question_and_nothing_else(cast, episode, sign_in_as):
    contact = make_family_contact(episode, cast)
    ask, hub = make_hub_ask(cast, episode.family), sign_in_as("hub")
    assert get_statuses(hub, list_family_pages(episode, contact)) == {404}
    page = hub.get(reverse("ask", args=[ask.pk])).content.decode()
    assert QUESTION_TEXT in page
    for hidden in (str(episode.family_id), "Baby1", "Cora", "Hettie"):
        assert hidden not in page
    said = hub.get(reverse("api-ask", args=[ask.pk])).json()
    assert {name for name, value in said.items() if value} | {"until"} == {
        "id", "reference", "site", "wants", "question", "urgency", "asked_at", "status", "until",
    }  # fmt: skip
    listed = hub.get(reverse("hub-asks")).content.decode()
    assert ask.reference in listed
    assert "Baby1" not in listed
    assert sign_in_as("blackburn").get(reverse("ask", args=[ask.pk])).status_code == 404
    assert hub.post(reverse("search"), {"words": "Baby1"}).content.decode().count("PI-H-1") == 0


def test_a_question_with_a_name_in_it_is_refused(cast):
    family = make_satellite_family()
    for words in ("Cora looks away", "How is Baby1?"):
        with pytest.raises(ActionRefused, match="Leave out names"):
            make_hub_ask(cast, family, question=words)
    assert HubRequest.objects.count() == 0


def test_thinking_together_reads_and_does_not_write(cast, episode, sign_in_as):
    contact = make_family_contact(episode, cast)
    make_taken_ask(cast, episode.family)
    assert get_statuses(sign_in_as("hub"), list_family_pages(episode, contact)) == {200}
    assert post_contact(sign_in_as("hub"), episode).status_code == 403
    page = sign_in_as("hub").get(reverse("episode", args=[episode.pk])).content.decode()
    assert "Log a contact" not in page


def test_co_work_reads_and_writes(cast, episode, sign_in_as):
    contact = make_family_contact(episode, cast)
    make_taken_ask(cast, episode.family, wants="co_work")
    assert get_statuses(sign_in_as("hub"), list_family_pages(episode, contact)) == {200}
    assert post_contact(sign_in_as("hub"), episode).status_code == 201
    page = sign_in_as("hub").get(reverse("episode", args=[episode.pk])).content.decode()
    assert "Log a contact" in page


def test_co_work_does_not_carry_what_gives_others_access(cast, episode, sign_in_as):
    ask, family = make_taken_ask(cast, episode.family, wants="co_work"), episode.family
    hub = sign_in_as("hub")
    for name, pk in (
        ("family-moves", family.pk),
        ("new-peer-supporter", family.pk),
        ("new-ask", family.pk),
        ("end-ask", ask.pk),
        ("prolong-ask", ask.pk),
    ):
        path = reverse(name, args=[pk])
        assert hub.get(path).status_code == 403, name
        assert hub.post(path, {}).status_code == 403, name
    page = hub.get(reverse("family", args=[family.pk])).content.decode()
    assert "Move to another site" not in page
    assert "Write a letter" in page


@pytest.mark.parametrize("wants", ["thought", "co_work"])
def test_the_answer_ends_access_at_once(cast, episode, sign_in_as, wants):
    contact = make_family_contact(episode, cast)
    ask, hub = make_taken_ask(cast, episode.family, wants=wants), sign_in_as("hub")
    assert get_statuses(hub, list_family_pages(episode, contact)) == {200}
    answer = hub.post(reverse("answer-ask", args=[ask.pk]), {"words": "Watch the gaze together."})
    assert answer.headers["Location"] == reverse("hub-asks")
    paths = [*list_family_pages(episode, contact), reverse("ask", args=[ask.pk])]
    assert get_statuses(hub, paths) == {404}
    assert post_contact(hub, episode).status_code == 404
    page = sign_in_as("hyndburn").get(reverse("chronology", args=[episode.family_id])).content.decode()
    assert "Watch the gaze together." in page


def test_the_site_that_asked_can_end_it_at_any_time(cast, episode, sign_in_as):
    contact = make_family_contact(episode, cast)
    ask = make_taken_ask(cast, episode.family, wants="co_work")
    answer = sign_in_as("hyndburn").post(reverse("end-ask", args=[ask.pk]), {"words": "They moved away."})
    assert answer.status_code == 302
    assert get_statuses(sign_in_as("hub"), list_family_pages(episode, contact)) == {404}


def test_the_last_day_ends_access_by_itself_and_the_site_may_name_another(cast, episode, sign_in_as):
    contact = make_family_contact(episode, cast)
    ask = make_taken_ask(cast, episode.family, wants="co_work")
    FamilyGrant.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert get_statuses(sign_in_as("hub"), list_family_pages(episode, contact)) == {404}
    assert (
        sign_in_as("hub").get(reverse("ask", args=[ask.pk])).status_code == 200
    )  # the question, to be answered
    until = timezone.localdate() + timedelta(days=3)
    actions.extend_hub_access(ask=ask, until=until, by=cast["hyndburn"])
    assert get_statuses(sign_in_as("hub"), list_family_pages(episode, contact)) == {200}
    grant = FamilyGrant.objects.live().get()
    assert timezone.localtime(grant.expires_at).date() == until + timedelta(days=1)


def test_an_earlier_last_day_shortens_access(cast, episode):
    ask = make_taken_ask(cast, episode.family, days=30)
    actions.extend_hub_access(ask=ask, until=timezone.localdate(), by=cast["hyndburn"])
    assert FamilyGrant.objects.live().get().expires_at == hub_consultation_actions.get_end_of_day(
        timezone.localdate()
    )


def test_each_page_is_logged_with_its_reason(cast, episode, sign_in_as):
    ask = make_taken_ask(cast, episode.family)
    sign_in_as("hub").get(reverse("family", args=[episode.family_id]))
    found = AccessEntry.objects.filter(user=cast["hub"], view="family").get()
    assert ask.reference in found.reason
    assert found.opened == [episode.family_id]
    sign_in_as("hyndburn").get(reverse("family", args=[episode.family_id]))
    assert AccessEntry.objects.filter(user=cast["hyndburn"], view="family").get().reason == ""


def test_governance_reads_who_was_given_access_and_why(cast, episode, sign_in_as):
    ask = make_taken_ask(cast, episode.family)
    actions.answer_hub_request(ask=ask, words="So.", by=cast["hub"])
    page = sign_in_as("governance").get(reverse("access-log"), {"family": episode.family_id}).content.decode()
    assert "Access given beyond the family" in page
    assert f"Think with us: {ask.reference}" in page


def test_a_restricted_family_cannot_be_asked_about_and_restricting_it_ends_access(cast, episode, sign_in_as):
    contact = make_family_contact(episode, cast)
    ask, hub = make_taken_ask(cast, episode.family, wants="co_work"), sign_in_as("hub")
    Family.objects.filter(pk=episode.family_id).update(restricted=True)
    assert get_statuses(hub, list_family_pages(episode, contact)) == {404}
    assert hub.get(reverse("ask", args=[ask.pk])).status_code == 404
    episode.family.refresh_from_db()
    with pytest.raises(ActionRefused, match="restricted"):
        make_hub_ask(cast, episode.family)
    with pytest.raises(ActionRefused, match="restricted"):
        actions.extend_hub_access(ask=ask, until=timezone.localdate(), by=cast["hyndburn"])


def test_an_ask_about_a_family_that_was_restricted_since_is_not_taken_on(cast, sign_in_as):
    family = make_satellite_family()
    ask = make_hub_ask(cast, family)
    Family.objects.filter(pk=family.pk).update(restricted=True)
    assert sign_in_as("hub").get(reverse("ask", args=[ask.pk])).status_code == 404
    assert (
        sign_in_as("hub")
        .post(reverse("take-ask", args=[ask.pk]), {"until": timezone.localdate()})
        .status_code
        == 404
    )
    with pytest.raises(ActionRefused, match="restricted"):
        actions.accept_hub_request(ask=ask, until=timezone.localdate(), by=cast["hub"])
    assert not FamilyGrant.objects.exists()


def test_a_grant_never_makes_a_role(cast, episode, sign_in_as):
    """Somebody who may write nowhere does not write by a grant, nor read without a right to read."""
    for who in ("duty", "manager", "peer"):
        grant_family_access(
            family=episode.family, user=cast[who], purpose="co_work", reason="By mistake", by=cast["hub"]
        )
        assert post_contact(sign_in_as(who), episode).status_code == 403
    for who in ("manager", "peer"):
        assert sign_in_as(who).get(reverse("family", args=[episode.family_id])).status_code == 403


def test_a_deactivated_colleague_reaches_nothing(cast, episode):
    make_taken_ask(cast, episode.family)
    cast["hub"].is_active = False
    assert load_scope(cast["hub"]).granted == {}


def test_only_the_first_of_two_takes_it_on_and_nobody_their_own(cast, episode):
    ask = make_hub_ask(cast, episode.family)
    with pytest.raises(ActionRefused, match="yourself"):
        actions.accept_hub_request(ask=ask, until=timezone.localdate(), by=cast["hyndburn"])
    actions.accept_hub_request(ask=ask, until=timezone.localdate(), by=cast["hub"])
    with pytest.raises(ActionRefused, match="has just"):
        actions.accept_hub_request(ask=ask, until=timezone.localdate(), by=cast["supervisor"])
    assert FamilyGrant.objects.count() == 1


def test_only_whoever_took_it_on_answers(cast, episode, sign_in_as):
    ask = make_taken_ask(cast, episode.family)
    with pytest.raises(ActionRefused, match="Only the person who"):
        actions.answer_hub_request(ask=ask, words="So.", by=cast["supervisor"])
    assert (
        sign_in_as("supervisor").post(reverse("answer-ask", args=[ask.pk]), {"words": "So."}).status_code
        == 404
    )


def test_declined_with_a_reason_nobody_opened_anything(cast, episode, sign_in_as):
    ask = make_hub_ask(cast, episode.family)
    assert sign_in_as("hub").post(reverse("decline-ask", args=[ask.pk]), {"words": ""}).status_code == 200
    answer = sign_in_as("hub").post(reverse("decline-ask", args=[ask.pk]), {"words": "We are three short."})
    assert answer.status_code == 302
    assert not FamilyGrant.objects.exists()
    page = sign_in_as("hyndburn").get(reverse("ask", args=[ask.pk])).content.decode()
    assert "We are three short." in page


def test_the_hub_cannot_ask_itself(cast):
    with pytest.raises(ActionRefused, match="holds this family already"):
        make_hub_ask(cast, make_family("blackpool", reference="B"))


def test_both_sides_are_notified_by_a_link_alone(cast, episode):
    mail.outbox.clear()
    ask = make_taken_ask(cast, episode.family)
    actions.answer_hub_request(ask=ask, words="Watch the gaze.", by=cast["hub"])
    told = {tuple(each.to): each for each in mail.outbox} if mail.outbox else {}
    for each in told.values():
        assert "Baby1" not in each.body + each.subject
        assert "gaze" not in each.body + each.subject


def test_what_is_due_on_each_side(cast, episode):
    ask, due = make_hub_ask(cast, episode.family), make_due_items("interventions.collaboration")
    today = timezone.localdate()
    assert due(load_scope(cast["hub"]), today) == []
    later = today + timedelta(days=2)
    (item,) = due(load_scope(cast["hub"]), later)
    assert (item.code, item.family_id) == ("ask_to_take", None)
    (item,) = due(load_scope(cast["hyndburn"]), later)
    assert (item.code, item.owner_id) == ("ask_not_taken", cast["hyndburn"].pk)
    assert due(load_scope(cast["blackburn"]), later) == []
    actions.accept_hub_request(ask=ask, until=today + timedelta(days=5), by=cast["hub"])
    assert due(load_scope(cast["hyndburn"]), later) == []
    codes = {(each.code, each.owner_id) for each in due(load_scope(cast["hub"]), today + timedelta(days=5))}
    assert ("ask_to_answer", cast["hub"].pk) in codes
    assert {each.code for each in due(load_scope(cast["hyndburn"]), today + timedelta(days=5))} == {
        "ask_not_answered"
    }


def test_question_and_answer_are_never_changed(cast, episode):
    ask = make_hub_ask(cast, episode.family)
    for change in (
        lambda: HubRequest.objects.filter(pk=ask.pk).update(question="Other"),
        lambda: HubRequestStep.objects.filter(ask=ask).update(words="Other"),
        lambda: HubRequestStep.objects.filter(ask=ask).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_an_ask_from_start_to_end_by_the_pages(cast, episode, sign_in_as):
    family = episode.family
    answer = sign_in_as("hyndburn").post(
        reverse("new-ask", args=[family.pk]),
        {"wants": "co_work", "question": QUESTION_TEXT, "urgency": "days", "episode": episode.pk},
    )
    ask = HubRequest.objects.get()
    assert answer.headers["Location"] == reverse("ask", args=[ask.pk])
    until = timezone.localdate() + timedelta(days=20)
    answer = sign_in_as("hub").post(reverse("take-ask", args=[ask.pk]), {"until": until})
    assert answer.headers["Location"] == reverse("family", args=[family.pk])
    page = sign_in_as("hyndburn").get(reverse("family-plan", args=[family.pk])).content.decode()
    assert "Asked of the hub" in page
    assert "Hana Hub" in page
    answer = sign_in_as("hyndburn").post(
        reverse("prolong-ask", args=[ask.pk]), {"until": until + timedelta(days=1)}
    )
    assert answer.status_code == 302
    assert FamilyGrant.objects.live().count() == 1


def test_a_double_click_answers_once(cast, episode, sign_in_as):
    ask, hub = make_taken_ask(cast, episode.family), sign_in_as("hub")
    sent = {"words": "So.", "submission": "7d7e3f0e-3f43-4f47-9a5c-7f0b1b9f0a01"}
    first, second = (hub.post(reverse("answer-ask", args=[ask.pk]), sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert HubRequestStep.objects.filter(ask=ask, status="answered").count() == 1


@pytest.mark.parametrize(("wants", "status"), [("thought", 403), ("co_work", 302)])
def test_thinking_together_neither_answers_an_alert_nor_puts_off_what_is_due(
    cast, episode, sign_in_as, wants, status
):
    family = episode.family
    alert = raise_risk_alert(site=family.site, family=family, what="A worry", by=cast["hyndburn"])
    make_taken_ask(cast, family, wants=wants)
    path = reverse("alert", args=[alert.pk])
    assert sign_in_as("hub").get(path).status_code == 200
    assert sign_in_as("hub").post(path, {"answer": "closed", "note": "Done"}).status_code == status
    assert sign_in_as("hub").get(reverse("new-alert", args=[family.pk])).status_code == 200
    infant = family.infants.get()
    path = reverse("due-decision", args=[infant.pk, "nhs_number_trace"])
    sent = {"until": timezone.localdate() + timedelta(days=3), "why": "Later"}
    assert sign_in_as("hub").get(path).status_code == (403 if status == 403 else 200)
    assert sign_in_as("hub").post(path, sent).status_code == status
