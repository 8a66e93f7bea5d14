"""Contacts of every kind: how a baby was there, messages, liaison, joint contacts; and what counts as seen."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import Colleague, record_care_contact
from interventions.episodes.models import CareContact, Episode
from pairs.access.scope import load_scope
from pairs.service.refusals import ActionRefused
from pairs.village.models import VillageMember
from referrals.referrer_progress import load_referrer_views
from reporting.dashboards.timeline import list_family_events
from tests.app_due_items import make_due_items
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.episodes.test_pages import build_contact_form, get_submission_token
from tests.unit.episodes.test_work_by_api import call_api
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db
MAX_QUERIES = 32
list_app_due_items = make_due_items("interventions.episodes")


@pytest.fixture
def nurse(episode):
    return VillageMember.objects.create(
        family=episode.family, kind="professional", name="Nell Nurse", role="Health visitor", closeness=2
    )


NELL_COLLEAGUE = Colleague(name="Nell Nurse", role="Health visitor")


def record_liaison(episode, by, others=(NELL_COLLEAGUE,), **changed):
    usual = {
        "kind": "liaison",
        "starts_at": timezone.localtime() - timedelta(days=1),
        "minutes": 15,
        "mechanism": "02",
        "location": "X01",
        "participants": [],
        "interventions": [],
        "notes": {"happened": "She sees them on Friday."},
        "sign": True,
    }
    return record_care_contact(episode=episode, others=others, by=by, **usual | changed)


def get_baby_presence(contact):
    row = contact.participants.get(infant__isnull=False)
    return row.present, row.seen, row.observed


def test_a_baby_who_came_was_there_and_seen_unless_said(me, episode):
    baby = episode.family.infants.get()
    assert get_baby_presence(make_contact(episode, me)) == (True, True, False)
    assert get_baby_presence(make_contact(episode, me, babies={baby.pk: "observed"})) == (True, True, True)
    assert get_baby_presence(make_contact(episode, me, babies={baby.pk: "present"})) == (True, False, False)
    assert get_baby_presence(make_contact(episode, me, infant="not_brought")) == (False, False, False)
    assert get_baby_presence(make_contact(episode, me, mechanism="02")) == (True, False, False)
    carer = make_contact(episode, me).participants.get(infant=None)
    assert (carer.present, carer.seen, carer.observed) == (None, None, None)


def test_an_unborn_baby_is_there_and_not_seen(me):
    episode = make_episode(me, born=None)
    assert get_baby_presence(make_contact(episode, me)) == (True, False, False)


def test_what_cannot_have_been_is_refused_and_nothing_is_saved(me, episode):
    baby = episode.family.infants.get()
    with pytest.raises(ActionRefused) as refused:
        make_contact(episode, me, infant="not_brought", babies={baby.pk: "observed"})
    assert "participants" in refused.value.errors
    assert not CareContact.objects.exists()


def test_the_page_states_how_the_baby_was_present(me, episode, client):
    address = reverse("new-contact", args=[episode.pk])
    text = client.get(address).content.decode()
    assert re.search('value="seen" id="[^"]+" checked', text)
    client.post(address, build_contact_form(episode, **{"form-0-baby": "observed"}))
    contact = CareContact.objects.get()
    assert get_baby_presence(contact) == (True, True, True)
    assert "observed with carer" in client.get(reverse("care-contact", args=[contact.pk])).content.decode()
    changed = {"form-0-baby": "observed", "form-0-attendance": "not_brought"}
    changed["form-0-missed_because"] = "Asleep"
    assert client.post(address, build_contact_form(episode, **changed)).status_code == 302
    assert get_baby_presence(CareContact.objects.latest("created_at")) == (False, False, False)


def test_a_joint_contact_names_who_worked_along(cast, me, episode, nurse, client):
    address = reverse("new-contact", args=[episode.pk])
    assert "Nell Nurse (Health visitor)" in client.get(address).content.decode()
    rows = {
        "others-TOTAL_FORMS": "3",
        "others-INITIAL_FORMS": "0",
        "others-0-who": f"villagemember:{nurse.pk}",
    }
    rows |= {
        "others-1-name": "Sam Speech",
        "others-1-role": "Therapist",
        "others-2-who": f"user:{cast['supervisor'].pk}",
    }
    assert client.post(address, build_contact_form(episode, **rows)).status_code == 302
    contact = CareContact.objects.get()
    assert [str(each) for each in contact.colleagues.all()] == [
        "Nell Nurse (Health visitor)",
        "Sam Speech (Therapist)",
        "Sunita Supervisor",
    ]
    nurse.change(role="School nurse")
    assert contact.colleagues.first().role == "Health visitor", "as it was then"
    page = client.get(reverse("chronology", args=[episode.family_id])).content.decode()
    assert "with Sam Speech (Therapist)" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"others-0-who": "user:00000000-0000-4000-8000-000000000000"},
        {"others-0-who": "words"},
        {"others-0-role": "Nurse"},
        {"others-0-who": "x", "others-0-name": "Sam"},
    ],
)
def test_a_colleague_who_cannot_be_is_refused_beside_the_field(episode, client, wrong):
    posted = build_contact_form(episode, **{"others-TOTAL_FORMS": "1", "others-INITIAL_FORMS": "0"}, **wrong)
    text = client.post(reverse("new-contact", args=[episode.pk]), posted).content.decode()
    assert "There is a problem" in text
    assert "He reached out." in text
    assert not CareContact.objects.exists()


def test_somebody_of_another_familys_village_is_refused(me, episode):
    other = make_family(reference="O")
    stranger = VillageMember.objects.create(family=other, kind="professional", name="Stranger", closeness=2)
    with pytest.raises(ActionRefused):
        record_liaison(episode, me, others=[Colleague(name="Stranger", member=stranger)])
    assert not CareContact.objects.exists()


def test_a_message_is_logged_with_one_carer_and_is_not_seeing_them(me, episode, client):
    address, carer = reverse("new-message", args=[episode.pk]), episode.family.caregivers.get()
    text = client.get(address).content.decode()
    assert f'value="{carer.pk}" checked' in text
    posted = {"submission": get_submission_token(text), "held_on": timezone.localdate(), "held_at": "00:00"}
    posted |= {"mechanism": "09", "carers": [str(carer.pk)], "happened": "See you on Friday.", "sign": "on"}
    first, second = client.post(address, posted), client.post(address, posted)
    contact = CareContact.objects.get()
    assert first.url == second.url == reverse("family", args=[episode.family_id])
    assert (contact.kind, contact.mechanism, contact.minutes) == ("message", "09", 0)
    page = client.get(reverse("care-contact", args=[contact.pk])).content.decode()
    assert "See you on Friday." in page
    assert "Who came" not in page
    assert is_nobody_seen(me, episode)


def test_a_liaison_is_logged_with_whom_and_is_not_seeing_them(me, episode, nurse, client):
    address = reverse("new-liaison", args=[episode.pk])
    text = client.get(address).content.decode()
    posted = {
        "submission": get_submission_token(text),
        "held_on": timezone.localdate(),
        "held_at": "00:00",
        "minutes": "15",
    }
    posted |= {"mechanism": "02", "happened": "She sees them on Friday.", "sign": "on"}
    posted |= {"others-TOTAL_FORMS": "1", "others-INITIAL_FORMS": "0"}
    assert "Enter who you spoke to." in client.post(address, posted).content.decode()
    assert client.post(address, posted | {"others-0-who": f"villagemember:{nurse.pk}"}).status_code == 302
    contact = CareContact.objects.get()
    assert (contact.kind, contact.participants.count(), contact.colleagues.get().member) == (
        "liaison",
        0,
        nurse,
    )
    assert is_nobody_seen(me, episode)
    for name, pk in (
        ("family", episode.family_id),
        ("chronology", episode.family_id),
    ):
        assert "Nell Nurse (Health visitor)" in client.get(reverse(name, args=[pk])).content.decode(), name


def is_nobody_seen(me, episode):
    """Neither caseload, due list nor referrer takes it for a contact with the family."""
    row = Episode.objects.with_work().get(pk=episode.pk)
    codes = {item.code for item in list_app_due_items(load_scope(me), timezone.localdate())}
    told = load_referrer_views(me, [episode.referral])[episode.referral_id].facts
    return (row.last_seen_at, row.attendances, told.meetings) == (None, [], ()) and "first_contact" in codes


def test_a_message_and_a_liaison_stop_no_clock(me, episode):
    from reporting.dashboards.waits import build_due_queries

    record_liaison(episode, me)
    make_contact(episode, me, mechanism="09", location="X01")
    assert CareContact.objects.filter(kind="message").count() == 1
    assert is_nobody_seen_by_clock(me, episode)
    assert build_due_queries


def is_nobody_seen_by_clock(me, episode):
    from pairs.access.batch_query import Query, run_queries
    from referrals.models import Referral
    from reporting.dashboards.referral_events import build_event_fields, parse_subjects

    rows = run_queries([Query(Referral.objects.filter(pk=episode.referral_id), build_event_fields())])
    return all(not person.events.contacts for row in rows for person in parse_subjects(row))


def test_the_database_enforces_that_written_contacts_are_messages(me, episode):
    contact = make_contact(episode, me)
    for wrong in ({"mechanism": "09"}, {"kind": "message"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CareContact.objects.filter(pk=contact.pk).update(**wrong)


def test_a_late_entry_is_marked_wherever_it_is_read(me, episode, client, settings):
    contact = make_contact(episode, me, days_ago=3)
    on_time = make_contact(episode, me, days_ago=0, minutes=0)
    address = reverse("care-contact", args=[contact.pk])
    assert "Late entry" in client.get(address).content.decode()
    assert "Late entry" not in client.get(reverse("care-contact", args=[on_time.pk])).content.decode()
    assert "Late entry" in client.get(reverse("contact-as-text", args=[contact.pk])).content.decode()
    titles = [event.title for event in list_family_events(episode.family) if event.kind == "contact"]
    assert sum("late entry" in title for title in titles) == 1
    settings.LATE_ENTRY_HOURS = 24 * 30
    assert "Late entry" not in client.get(address).content.decode()


def test_the_same_by_api(cast, me, episode, nurse, client):
    baby, carer = episode.family.infants.get(), episode.family.caregivers.get()
    when = {"held_on": timezone.localdate().isoformat(), "held_at": "00:00"}
    contact = when | {"minutes": 50, "mechanism": "01", "location": "A01"}
    contact["participants"] = [{"person": str(baby.pk), "attendance": "attended", "baby": "observed"}]
    contact["others"] = [{"who": f"villagemember:{nurse.pk}"}, {"name": "Sam", "role": "Therapist"}]
    status, made = call_api(client, "api-contacts", episode.pk, post=contact)
    assert status == 201, made
    assert [each["who"] for each in made["colleagues"]] == ["Nell Nurse (Health visitor)", "Sam (Therapist)"]
    assert made["participants"][0]["observed"] is True
    message = when | {"mechanism": "05", "carers": [str(carer.pk)], "happened": "Hello", "sign": True}
    status, made = call_api(client, "api-messages", episode.pk, post=message)
    assert (status, made.get("kind"), made.get("signed_at") is not None) == (201, "message", True), made
    talk = when | {"minutes": 10, "mechanism": "02", "happened": "Spoke"}
    status, made = call_api(client, "api-liaisons", episode.pk, post=talk)
    assert (status, list(made["errors"])) == (400, ["others"])
    status, made = call_api(client, "api-liaisons", episode.pk, post=talk | {"others": [{"name": "Sam"}]})
    assert (status, made["kind"]) == (201, "liaison")
    wrong = message | {"carers": [str(make_family(reference="S").caregivers.get().pk)]}
    assert call_api(client, "api-messages", episode.pk, post=wrong)[0] == 400


def test_an_unsigned_note_is_gone_on_with_by_api(cast, me, episode, client):
    contact = make_contact(episode, me, sign=False)
    address = reverse("api-contact", args=[contact.pk])
    answer = client.patch(address, {"next": "Film."}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    texts = {note["part"]: note["text"] for note in answer.json()["notes"]}
    assert texts == {
        "happened": "We played on the mat.",
        "baby_told": "She looked up and smiled.",
        "next": "Film.",
    }
    answer = client.patch(address, {"sign": True}, content_type="application/json")
    assert answer.json()["signed_at"]
    assert client.patch(address, {"next": "More."}, content_type="application/json").status_code == 400


def test_prompts_are_hidden_for_good_and_nothing_typed_is_lost(cast, me, episode, client):
    address = reverse("new-contact", args=[episode.pk])
    assert "What might help with" in client.get(address).content.decode()
    text = client.post(address, build_contact_form(episode, prompts="hide", minutes="x")).content.decode()
    assert "He reached out." in text
    assert "There is a problem" not in text
    assert "What might help with" not in text
    assert not CareContact.objects.exists()
    assert "What might help with" not in client.get(address).content.decode()
    client.post(address, build_contact_form(episode, prompts="show"))
    assert "What might help with" in client.get(address).content.decode()
    client.force_login(cast["supervisor"])
    assert "What might help with" in client.get(address).content.decode()


def test_a_wish_about_prompts_that_no_button_sends_changes_nothing(cast, me, episode, client):
    address = reverse("new-contact", args=[episode.pk])
    assert client.post(address, build_contact_form(episode, prompts="infant:x")).status_code == 302
    assert "What might help with" in client.get(address).content.decode()


def test_what_was_begun_here_and_never_saved_is_offered_again(cast, me, episode, client):
    address = reverse("new-contact", args=[episode.pk])
    token = get_submission_token(client.get(address).content.decode())
    typed = {"kind": "new-contact", "page": "", "path": address, "happened": "We sang."}
    client.post(reverse("autosave", args=[token]), typed)
    text = client.get(address).content.decode()
    assert f'href="?draft={token}"' in text
    assert "We sang." in client.get(f"{address}?draft={token}").content.decode()
    assert "You started this form" not in client.get(f"{address}?draft={token}").content.decode()
    other = make_episode(me, reference="O")
    assert "You started this form" not in client.get(reverse("new-contact", args=[other.pk])).content.decode()
    client.post(address, build_contact_form(episode, submission=token))
    assert "You started this form" not in client.get(address).content.decode()
    client.force_login(cast["supervisor"])
    assert "You started this form" not in client.get(address).content.decode()


def count_page_queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def make_more_contacts(me, episode, first, last):
    for number in range(first, last):
        make_contact(episode, me, days_ago=number + 1)
        make_episode(me, reference=f"Q{number}")


def test_form_and_contact_ask_as_often_at_few_as_at_many(me, episode, client):
    contact = make_contact(episode, me)
    pages = [
        reverse("new-contact", args=[episode.pk]),
        reverse("new-message", args=[episode.pk]),
        reverse("new-liaison", args=[episode.pk]),
        reverse("care-contact", args=[contact.pk]),
        reverse("contact-in-error", args=[contact.pk]),
        reverse("contact-as-text", args=[contact.pk]),
        reverse("to-countersign"),
        reverse("supervision"),
    ]
    make_more_contacts(me, episode, 0, 2)
    for page in pages:
        count_page_queries(client, page)  # what is kept from the first time on is asked for
    few = [count_page_queries(client, page) for page in pages]
    make_more_contacts(me, episode, 2, 12)
    assert [count_page_queries(client, page) for page in pages] == few
    assert max(few) <= MAX_QUERIES, dict(zip(pages, few, strict=True))
