"""A loss: nothing automatic about that baby leaves or appears; the twin, the carers and what is urgent go on."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.actions import add_caregiver, raise_risk_alert, record_loss, undo_loss, update_caregiver
from pairs.families.banner import build_banner
from pairs.families.models import Family, Infant, UndoneLoss
from pairs.jobs.models import Job, OutboxEmail
from pairs.jobs.suppression import tag_emails_about
from pairs.jobs.tasks import deliver_email
from pairs.service.refusals import ActionRefused
from pairs.web.formats import format_day
from reporting.dashboards.due_items import list_all_due_items
from tests.project.factories import sample_families
from tests.project.form_filling import parse_form
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.families.factories import make_family

LONG_AGO = date(2026, 1, 1)


@pytest.fixture
def sample_family(cast):
    """One of everything at Blackburn with Darwen: the elder baby is in focus, six weeks old and more."""
    return sample_families.build_sample_families(cast)["blackburn"]


@pytest.fixture
def use_outbox(settings):
    settings.EMAIL_BACKEND = "pairs.jobs.outbox.OutboxBackend"
    settings.OUTBOX_DELIVERY = "django.core.mail.backends.locmem.EmailBackend"


def record_loss_of(infant, by, loss=None):
    return record_loss(
        infant=infant,
        loss=loss or ("death" if infant.birth_date else "miscarriage"),
        lost_on=timezone.localdate(),
        by=by,
    )


def list_due_within_a_year(home, cast):
    in_a_year = timezone.localdate() + timedelta(days=365)
    return list_all_due_items(load_scope(cast["blackburn"]), in_a_year, families=[home.family.pk])


def test_each_kind_of_loss_is_stored_as_recorded(cast):
    infant = make_family(born=None).infants.get()
    record_loss_of(infant, cast["duty"], "termination")
    infant.refresh_from_db()
    assert (infant.loss, infant.lost_on) == ("termination", timezone.localdate())
    with pytest.raises(ActionRefused, match="already"):
        record_loss_of(infant, cast["duty"])


def test_what_is_due_about_the_baby_goes_and_what_is_due_about_others_stays(sample_family, cast):
    elder = sample_family.objects["subject_id"]
    episode = sample_family.objects["episode_id"]
    episode.review_on = timezone.localdate()
    episode.save()
    before = {item.code for item in list_due_within_a_year(sample_family, cast)}
    assert {"nhs_number_trace", "plan_review", "risk_alert"} <= before
    record_loss_of(elder, cast["blackburn"])
    after = list_due_within_a_year(sample_family, cast)
    about_the_baby = {
        "nhs_number_trace",
        "plan_review",
        "start_measure",
        "pair_closing",
        "missed_contacts",
        "waiting_contact",
        "cancelled_visit",
        "visit_to_write_up",
    }
    assert {item.code for item in after} == before - about_the_baby
    assert "risk_alert" in {item.code for item in after}
    naming = [item for item in after if elder.given_name in f"{item.who} {item.title} {item.why}"]
    assert {(item.kind, item.code) for item in naming} <= {
        ("safety", "concern_answer"),
        ("clinical", "recording"),
    }, naming


def test_missed_contacts_of_a_baby_who_has_died_ask_for_no_thought(sample_family, cast):
    from interventions.episodes.models import CareContact, Participant

    elder, episode = sample_family.objects["subject_id"], sample_family.objects["episode_id"]
    for days in (1, 2):
        contact = CareContact.objects.create(
            episode=episode,
            starts_at=timezone.now() - timedelta(days=days),
            minutes=50,
            mechanism="01",
            location="A01",
            practitioner=sample_family.worker,
        )
        Participant.objects.create(care_contact=contact, infant=elder, attendance="not_brought")
    assert "missed_contacts" in {item.code for item in list_due_within_a_year(sample_family, cast)}
    record_loss_of(elder, cast["blackburn"])
    assert "missed_contacts" not in {item.code for item in list_due_within_a_year(sample_family, cast)}


def test_a_family_not_seen_yet_still_has_its_first_contact_due_with_a_warning(sample_family, cast):
    for infant in Infant.objects.active().filter(family=sample_family.family):
        record_loss_of(infant, cast["blackburn"])
    firsts = [item for item in list_due_within_a_year(sample_family, cast) if item.code == "first_contact"]
    assert firsts
    assert all(item.why == "A loss is recorded. Read the record first." for item in firsts)


def test_no_page_asks_or_offers_anything_about_the_baby(sample_family, cast, client):
    elder, unborn = sample_family.objects["subject_id"], sample_family.objects["infant_id"]
    client.force_login(cast["blackburn"])
    family, episode = sample_family.family.pk, sample_family.objects["episode_id"].pk
    people = reverse("family-people", args=[family])
    assert reverse("birth", args=[unborn.pk]) in client.get(people).content.decode()
    for infant in (elder, unborn):
        record_loss_of(infant, cast["blackburn"])
    for path in (people, reverse("family", args=[family])):
        assert "/birth/" not in client.get(path).content.decode()
    contact = parse_form(client.get(reverse("new-contact", args=[episode])).content.decode())["fields"]
    measure = get_main(client.get(reverse("new-assessment", args=[episode])))
    page = get_main(client.get(reverse("episode", args=[episode])))
    for infant in (elder, unborn):
        offered = re.findall(f"{infant.given_name}[^<]*", measure) if infant.given_name else []
        assert all(", before " in words for words in offered), "a measure of before may still be typed"
        here = [name for name, field in contact.items() if str(infant.pk) in field["value"]]
        said = [contact[name.replace("person", "attendance")]["value"] for name in here]
        assert not any("".join(each) for each in said), "may have come before, and is not expected"
    assert "Record a measure" not in page
    assert not re.search("/goals/[^/]+/rating/", page)
    assert client.get(reverse("birth", args=[unborn.pk])).status_code == 404


def get_main(page):
    """What stands below the banner, which goes on naming the baby."""
    return page.content.decode().partition("<main")[2]


def test_a_contact_with_those_who_grieve_is_recorded_and_counts(sample_family, cast, client):
    record_loss_of(sample_family.objects["subject_id"], cast["blackburn"])
    record_loss_of(sample_family.objects["infant_id"], cast["blackburn"])
    client.force_login(cast["blackburn"])
    episode = sample_family.objects["episode_id"]
    before = episode.contacts.count()
    contact = {
        "held_on": timezone.localdate().isoformat(),
        "held_at": "00:00",
        "minutes": 60,
        "mechanism": "01",
        "location": "A01",
        "participants": [{"person": str(sample_family.objects["caregiver_id"].pk), "attendance": "attended"}],
    }
    path = reverse("api-contacts", args=[episode.pk])
    answer = client.post(path, contact, content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert episode.contacts.count() == before + 1


def test_the_surviving_twin_goes_on(cast):
    one, two = make_family(born=LONG_AGO, infants=2).infants.order_by("twin_order")
    record_loss_of(one, cast["duty"])
    two.refresh_from_db()
    assert (two.lost_on, two.loss) == (None, "")
    items = list_all_due_items(load_scope(cast["blackburn"]), timezone.localdate(), families=[two.family_id])
    assert [(item.code, item.subject_id) for item in items] == [("nhs_number_trace", two.pk)]


def test_an_email_about_the_baby_is_stopped_at_the_moment_of_sending(cast, use_outbox):
    one, two = make_family(infants=2).infants.order_by("twin_order")
    for infant in (one, two):
        with tag_emails_about(infant.pk):
            send_mail("Reminder", "See the link.", None, ["parent@pairs.example"])
    send_mail("About nobody", "See the link.", None, ["parent@pairs.example"])
    Infant.objects.filter(pk=one.pk).update(lost_on=timezone.localdate(), loss="death")
    deliver_all()
    assert sorted(email.subject for email in mail.outbox) == ["About nobody", "Reminder"]
    stopped = OutboxEmail.objects.get(about_people=[one.pk])
    assert stopped.sent_at is None
    assert stopped.stopped_at
    assert not Job.objects.exclude(status=Job.DONE).exists()


def deliver_all():
    for job in Job.objects.filter(status=Job.QUEUED):
        deliver_email(str(job.pk))


def test_undoing_sends_nothing_and_what_was_stopped_stays_stopped(cast, use_outbox):
    infant = make_family().infants.get()
    with tag_emails_about(infant.pk):
        send_mail("Before", "See the link.", None, ["parent@pairs.example"])
    lost = record_loss_of(infant, cast["duty"])
    with tag_emails_about(infant.pk):
        send_mail("After", "See the link.", None, ["parent@pairs.example"])
    written = OutboxEmail.objects.count()
    undo_loss(infant=lost, reason="Another family's baby", by=cast["duty"])
    assert OutboxEmail.objects.count() == written
    deliver_all()
    assert mail.outbox == []
    with tag_emails_about(infant.pk):
        send_mail("Later", "See the link.", None, ["parent@pairs.example"])
    deliver_all()
    assert [email.subject for email in mail.outbox] == ["Later"]


def test_a_risk_alert_is_still_sent(cast, use_outbox):
    family = make_family()
    record_loss_of(family.infants.get(), cast["duty"])
    raise_risk_alert(site=family.site, family=family, what="She said she cannot go on", by=cast["blackburn"])
    deliver_all()
    assert {email.subject for email in mail.outbox} == {"A risk alert needs you today"}


def test_undoing_needs_a_reason_and_preserves_what_was_recorded(cast):
    infant = record_loss_of(make_family().infants.get(), cast["duty"])
    with pytest.raises(ActionRefused):
        undo_loss(infant=infant, reason=" ", by=cast["duty"])
    undo_loss(infant=infant, reason="The wrong twin", by=cast["duty"])
    infant.refresh_from_db()
    assert (infant.lost_on, infant.loss) == (None, "")
    undone = UndoneLoss.objects.get()
    assert (undone.loss, undone.reason, undone.undone_by) == ("death", "The wrong twin", cast["duty"])
    with pytest.raises(ActionRefused, match="No loss"):
        undo_loss(infant=infant, reason="again", by=cast["duty"])


def test_the_page_asks_first_and_brings_the_child_death_review_to_mind(cast, client):
    born = make_family(reference="A").infants.get()
    unborn = make_family(born=None, reference="B").infants.get()
    client.force_login(cast["duty"])
    page = client.get(reverse("loss", args=[born.pk])).content.decode()
    assert "child death review" in page
    assert "Has Baby1 died?" in page
    assert 'value="miscarriage"' not in page
    page = client.get(reverse("loss", args=[unborn.pk])).content.decode()
    assert "Has this baby died?" in page
    assert "child death review" not in page
    answer = client.post(reverse("loss", args=[born.pk]), {"loss": "miscarriage", "lost_on": "2026-11-01"})
    assert "This baby has a date of birth" in answer.content.decode()
    sent = client.post(reverse("loss", args=[born.pk]), {"loss": "death", "lost_on": "2026-11-01"})
    assert sent.status_code == 302
    page = client.get(sent["Location"]).content.decode()
    assert "Born 1 June 2026, died 1 November 2026" in page
    assert reverse("loss-in-error", args=[born.pk]) in page


def test_the_page_warns_where_the_baby_was_seen_after_that_day(cast, client):
    episode, today = make_episode(cast["blackburn"]), timezone.localdate()
    infant = episode.family.infants.get()
    for days_ago in (9, 4):
        make_contact(episode, cast["blackburn"], days_ago=days_ago)
    client.force_login(cast["blackburn"])

    def send(**more):
        return client.post(reverse("loss", args=[infant.pk]), {"loss": "death"} | more)

    page = send(lost_on=today - timedelta(days=6)).content.decode()
    seen = today - timedelta(days=4)
    assert (
        f"1 contact after this date says that the baby was there: the last was on {format_day(seen)}." in page
    )
    assert "2 contacts after this date say" in send(lost_on=today - timedelta(days=12)).content.decode()
    infant.refresh_from_db()
    assert infant.lost_on is None
    sent = send(lost_on=today - timedelta(days=6), warned=parse_form(page)["fields"]["warned"]["value"])
    assert sent.status_code == 302
    infant.refresh_from_db()
    assert infant.lost_on == today - timedelta(days=6)


def test_no_warning_where_the_last_contact_was_that_day(cast, client):
    episode = make_episode(cast["blackburn"])
    infant = episode.family.infants.get()
    make_contact(episode, cast["blackburn"], days_ago=4)
    client.force_login(cast["blackburn"])
    day = timezone.localdate() - timedelta(days=4)
    assert (
        client.post(reverse("loss", args=[infant.pk]), {"loss": "death", "lost_on": day}).status_code == 302
    )


def test_the_api_records_a_loss_and_takes_it_back(cast, client):
    infant = make_family().infants.get()
    client.force_login(cast["duty"])
    path, undo = (reverse(name, args=[infant.pk]) for name in ("api-loss", "api-loss-in-error"))
    answer = client.post(path, {"loss": "death", "lost_on": "2026-05-01"}, content_type="application/json")
    assert answer.json() == {"errors": {"lost_on": ["This is before the baby was born."]}}
    answer = client.post(path, {"loss": "death", "lost_on": "2026-11-01"}, content_type="application/json")
    assert (answer.status_code, answer.json()["loss"]) == (201, "death")
    answer = client.post(undo, {"reason": "The wrong twin"}, content_type="application/json")
    assert (answer.status_code, answer.json()["loss"]) == (201, "")


@pytest.mark.parametrize(
    ("loss", "born", "said"),
    [
        ("death", date(2026, 6, 1), "Born 1 June 2026, died 1 November 2026"),
        ("stillbirth", None, "Stillborn 1 November 2026"),
        ("miscarriage", None, "Miscarriage, 1 November 2026"),
        ("termination", None, "The pregnancy ended 1 November 2026"),
    ],
)
def test_the_banner_says_it_gently_and_asks_for_no_number(cast, loss, born, said):
    family = make_family(born=born)
    record_loss(infant=family.infants.get(), loss=loss, lost_on=date(2026, 11, 1), by=cast["duty"])
    person = build_banner(Family.objects.with_people().get(pk=family.pk))["people"][0]
    assert (person["born"], person["lost"]) == (said, True)


def test_an_email_for_a_carer_who_has_died_is_stopped_and_their_partners_is_not(cast, use_outbox):
    family = make_family()
    mother = family.caregivers.get()
    partner = add_caregiver(family=family, given_name="Dan", by=cast["duty"])
    for carer in (mother, partner):
        with tag_emails_about(carer.pk):
            send_mail(f"For {carer.pk}", "See the link.", None, ["parent@pairs.example"])
    update_caregiver(caregiver=mother, died_on=timezone.localdate(), by=cast["duty"])
    assert OutboxEmail.objects.get(about_people=[mother.pk]).body == ""
    with tag_emails_about(mother.pk):
        send_mail("Later", "See the link.", None, ["parent@pairs.example"])
    deliver_all()
    assert [each.subject for each in mail.outbox] == [f"For {partner.pk}"]
