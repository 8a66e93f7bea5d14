"""The pages of the work, as those who may and those who may not."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import CareContact, Episode, Goal
from pairs.families.models import Caregiver, Dyad
from pairs.submissions.models import Submission
from tests.cast import PASSWORD
from tests.unit.episodes.factories import VIG_CODE, make_accepted_referral, make_contact
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db


def build_contact_form(episode, **changed):
    """What a browser posts for a contact with everybody there, and what is changed about it."""
    people = [*episode.family.infants.all(), *episode.family.caregivers.all()]
    posted = {
        "held_on": timezone.localdate().isoformat(),
        "held_at": "00:00",
        "minutes": "60",
        "mechanism": "01",
        "location": "A01",
        "interventions": [VIG_CODE],
        "happened": "We watched the film.",
        "baby_told": "He reached out.",
        "sign": "on",
        "form-TOTAL_FORMS": str(len(people)),
        "form-INITIAL_FORMS": str(len(people)),
    }
    for number, person in enumerate(people):
        posted |= {f"form-{number}-person": str(person.pk), f"form-{number}-attendance": "attended"}
    return posted | changed


def get_submission_token(text):
    return re.search(r'name="submission" value="([^"]+)"', text)[1]


def test_opening_an_episode_with_what_is_known_filled_in(me, client):
    referral = make_accepted_referral(make_family())
    address = reverse("open-episode", args=[referral.pk])
    text = client.get(address).content.decode()
    assert f'value="{VIG_CODE}" checked' in text
    assert "Baby1" in text
    posted = {
        "lead": me.pk,
        "opened_on": timezone.localdate(),
        "focus": [referral.family.dyads.get().pk],
        "interventions": [VIG_CODE],
        "thrive": "help",
    }
    answer = client.post(address, posted)
    assert answer.headers["Location"] == reverse("episode", args=[Episode.objects.get().pk])
    page = client.get(answer.headers["Location"]).content.decode()
    for words in ("Video Interaction Guidance", "Getting Help", "Baby1", "Log a contact"):
        assert words in page
    assert "already has an open episode" in client.post(address, posted).content.decode()


def test_a_contact_is_filled_in_and_saved_once(episode, client):
    address = reverse("new-contact", args=[episode.pk])
    text = client.get(address).content.decode()
    for words in (
        'value="60"',
        "Cora Carer",
        "What the baby told us",
        "data-autosave",
        f'value="{VIG_CODE}" checked',
    ):
        assert words in text
    assert not Submission.objects.exists()
    posted = build_contact_form(episode, submission=get_submission_token(text))
    first, second = client.post(address, posted), client.post(address, posted)
    contact = CareContact.objects.get()
    assert first.url == second.url == reverse("family", args=[episode.family_id])
    assert contact.signed_at
    note = reverse("care-contact", args=[contact.pk])
    confirmed = client.get(first.url).content.decode()
    for words in ("Contact saved.", f'href="{note}">Read the note', "Book the next visit"):
        assert words in confirmed
    assert "Contact saved." not in client.get(first.url).content.decode()
    page = client.get(note).content.decode()
    for words in ("He reached out.", "About: Baby1", "Signed by Bilal Blackburn", "Amend"):
        assert words in page


def test_the_next_contact_begins_as_the_last_one_went(me, episode, client):
    make_contact(episode, me, mechanism="11", location="X01")
    text = client.get(reverse("new-contact", args=[episode.pk])).content.decode()
    assert '<option value="11" selected' in text
    assert '<option value="X01" selected' in text


MISSED = {"form-0-attendance": "not_brought", "form-1-attendance": "did_not_attend", "happened": "We waited."}


def list_error_links(text):
    """[(message, the id that its link focuses)] of the error summary; the page has every such id once."""
    summary = text.partition("nhsuk-error-summary__list")[2].partition("</ul>")[0]
    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary)
    assert len(links) == summary.count("<li>"), "each is a link"
    assert all(text.count(f'id="{target}"') == 1 for target, _ in links)
    return [(message, target) for target, message in links]


def test_why_is_asked_of_each_person_who_did_not_come(episode, client):
    address = reverse("new-contact", args=[episode.pk])
    text = client.post(address, build_contact_form(episode, **MISSED)).content.decode()
    assert list_error_links(text) == [
        ("Enter why Baby1 was not brought, or tick “Reason not known”.", "id_form-0-missed_because"),
        ("Enter why Cora Carer did not attend, or tick “Reason not known”.", "id_form-1-missed_because"),
    ]
    told = {"form-0-missed_because": "The bus did not come.", "form-1-reason_unknown": "on"}
    assert client.post(address, build_contact_form(episode, **MISSED, **told)).status_code == 302
    note = CareContact.objects.get().notes.get(part="happened")
    assert note.text == (
        "Baby1 was not brought: The bus did not come.\nCora Carer did not attend: reason not known.\n\nWe waited."
    )


def test_no_reason_is_kept_of_somebody_who_came_after_all(episode, client):
    posted = build_contact_form(episode, **{"form-0-missed_because": "A cold", "form-0-reason_unknown": "on"})
    assert client.post(reverse("new-contact", args=[episode.pk]), posted).status_code == 302
    assert CareContact.objects.get().notes.get(part="happened").text == "We watched the film."


def test_all_that_is_wrong_is_said_at_once_with_links(episode, client):
    """Fields, the rules of the day and of each person, together."""
    wrong = MISSED | {"held_on": "2099-01-01", "minutes": "other", "minutes-other": "soon"}
    wrong |= {"form-1-attendance": "not_brought"}
    text = client.post(
        reverse("new-contact", args=[episode.pk]), build_contact_form(episode, **wrong)
    ).content.decode()
    assert [target for _, target in list_error_links(text)] == [
        "id_held_on",
        "id_minutes",
        "id_form-0-missed_because",
        "id_form-1-attendance",
    ]
    assert "Cora Carer: “Was not brought” is for the baby" in text
    assert 'value="soon"' in text


def test_nobody_expected_leads_to_the_first_person(episode, client):
    nobody = build_contact_form(episode, **{"form-0-attendance": "", "form-1-attendance": ""})
    text = client.post(reverse("new-contact", args=[episode.pk]), nobody).content.decode()
    assert list_error_links(text) == [("Choose who was expected.", "id_form-0-attendance")]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"minutes": "30"}, 30),
        ({"minutes": "other", "minutes-other": "45"}, 45),
        ({"minutes": "90", "minutes-other": "45"}, 90),
        ({"minutes": "50"}, 50),
    ],
)
def test_minutes_are_a_button_or_a_number(episode, client, sent, kept):
    assert (
        client.post(
            reverse("new-contact", args=[episode.pk]), build_contact_form(episode, **sent)
        ).status_code
        == 302
    )
    assert CareContact.objects.get().minutes == kept


def test_what_was_to_come_next_and_the_goals_are_at_hand(me, episode, client):
    make_contact(episode, me, notes={"next": "Bring the photographs."})
    goal = Goal.objects.create(
        episode=episode, dyad=episode.focus.get(), words="To play together", set_on=timezone.localdate()
    )
    text = client.get(reverse("new-contact", args=[episode.pk])).content.decode()
    assert "Bring the photographs." in text
    assert "To play together" in text
    assert reverse("rate-goal", args=[goal.pk]) in text


def test_more_carers_cost_no_more_queries(episode, client):
    address = reverse("new-contact", args=[episode.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    carer = Caregiver.objects.create(family=episode.family, given_name="Cor", safe_contact="After six.")
    Dyad.objects.create(
        family=episode.family, infant=episode.family.infants.get(), caregiver=carer, relationship="father"
    )
    with CaptureQueriesContext(connection) as more:
        assert "After six." in client.get(address).content.decode()
    assert len(more) == len(few)


def test_over_six_people_are_folded(episode, client):
    baby = episode.family.infants.get()
    for number in range(6):
        carer = Caregiver.objects.create(family=episode.family, given_name=f"Carer{number}")
        Dyad.objects.create(family=episode.family, infant=baby, caregiver=carer, relationship="other")
    text = client.get(reverse("new-contact", args=[episode.pk])).content.decode()
    shown, _, folded = text.partition("Show all 8")
    assert (shown.count('class="pairs-person"'), folded.count('class="pairs-person"')) == (6, 2)


def test_a_form_with_errors_preserves_the_typed_text(episode, client):
    address = reverse("new-contact", args=[episode.pk])
    for wrong in (
        {"form-0-attendance": "did_not_attend"},
        {"form-0-person": "no id"},
        {"form-0-person": "00000000-0000-4000-8000-000000000000"},
        {"happened_about": "infant:x"},
        {"held_on": "2030-01-01"},
        {"form-TOTAL_FORMS": "many"},
        {"minutes": "-1"},
    ):
        answer = client.post(address, build_contact_form(episode, **wrong))
        assert answer.status_code == 200, wrong
        assert "There is a problem" in answer.content.decode()
        assert "He reached out." in answer.content.decode()
    assert not CareContact.objects.exists()


def test_a_locked_session_saves_what_was_written(episode, client, settings):
    address = reverse("new-contact", args=[episode.pk])
    text = client.get(address).content.decode()
    session = client.session
    session["last_seen"] = 1
    session.save()
    answer = client.post(
        address, build_contact_form(episode, submission=get_submission_token(text), baby_told="He slept.")
    )
    assert answer.headers["Location"] == reverse("unlock")
    assert not CareContact.objects.exists()
    unlocked = client.post(reverse("unlock"), {"password": PASSWORD})
    assert unlocked.headers["Location"].startswith(f"{address}?draft=")
    text = client.get(unlocked.headers["Location"]).content.decode()
    assert "He slept." in text
    assert "There is a problem" not in text
    client.post(
        address, build_contact_form(episode, submission=get_submission_token(text), baby_told="He slept.")
    )
    assert CareContact.objects.get().notes.filter(text="He slept.").exists()


def test_an_unsigned_contact_goes_on_then_is_signed_and_amended(me, episode, client):
    contact = make_contact(episode, me, sign=False)
    address = reverse("care-contact", args=[contact.pk])
    assert "Save unsigned" in client.get(address).content.decode()
    client.post(address, {"happened": "We sang.", "baby_told": "", "next": "", "sign": "on"})
    contact.refresh_from_db()
    assert contact.signed_at
    note = contact.notes.get(part="happened")
    amend = reverse("amend-note", args=[note.pk])
    assert "We sang." in client.get(amend).content.decode()
    client.post(amend, {"text": "We sang on the mat.", "reason": "More exact"})
    text = client.get(address).content.decode()
    for words in ("We sang on the mat.", "We sang.", "More exact", "As it was before"):
        assert words in text


def test_entering_in_error_needs_a_reason_and_hides_the_contact(me, episode, client):
    contact = make_contact(episode, me)
    address = reverse("contact-in-error", args=[contact.pk])
    assert "is hidden from this record" in client.get(address).content.decode()
    assert "There is a problem" in client.post(address, {"reason": ""}).content.decode()
    assert client.post(address, {"reason": "Wrong family"}).status_code == 302
    assert client.get(reverse("care-contact", args=[contact.pk])).status_code == 404
    timeline = client.get(reverse("chronology", args=[episode.family_id])).content.decode()
    assert reverse("care-contact", args=[contact.pk]) not in timeline
    assert "We played on the mat." not in timeline


def test_a_second_click_on_entered_in_error_lands_with_the_first(cast, me, episode, client):
    contact, other = make_contact(episode, me), make_contact(episode, me, days_ago=2)
    address = reverse("contact-in-error", args=[contact.pk])
    posted = {
        "reason": "Wrong family",
        "submission": get_submission_token(client.get(address).content.decode()),
    }
    landed = [client.post(address, posted) for _ in range(2)]
    assert {answer.url for answer in landed} == {reverse("episode", args=[episode.pk])}
    assert client.post(address, posted | {"submission": ""}).status_code == 404
    client.force_login(cast["hyndburn"])
    for elsewhere in (contact, other):
        path = reverse("contact-in-error", args=[elsewhere.pk])
        assert client.post(path, posted).status_code == 404


PAGE_NAMES = ("episode", "new-contact", "new-goal", "end-episode")


@pytest.mark.parametrize("name", PAGE_NAMES)
@pytest.mark.parametrize(("who", "status"), [("hyndburn", 404), ("healthvisitor", 403), ("peer", 403)])
def test_who_may_not_reach_the_work(cast, episode, client, name, who, status):
    client.force_login(cast[who])
    assert client.get(reverse(name, args=[episode.pk])).status_code == status


@pytest.mark.parametrize(("who", "status"), [("hyndburn", 404), ("healthvisitor2", 403), ("manager", 403)])
def test_who_may_not_reach_a_contact(cast, me, episode, client, who, status):
    contact = make_contact(episode, me)
    note = contact.notes.first()
    client.force_login(cast[who])
    for name, pk in (
        ("care-contact", contact.pk),
        ("contact-in-error", contact.pk),
        ("amend-note", note.pk),
        ("open-episode", episode.referral_id),
    ):
        assert client.get(reverse(name, args=[pk])).status_code == status
