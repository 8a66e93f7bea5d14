"""A loss: nothing automatic about that baby leaves or appears; the twin, the carers and what is urgent go on."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import scope_of
from pairs.families.actions import raise_risk_alert, record_loss, undo_loss
from pairs.families.banner import banner_of
from pairs.families.models import Family, Infant, UndoneLoss
from pairs.jobs.models import Job, OutboxEmail
from pairs.jobs.quiet import about_infant
from pairs.jobs.tasks import deliver_email
from pairs.service.refusals import Refused
from reporting.desk.due_items import everything_due
from tests.house import world
from tests.unit.families.people import make_family

LONG_AGO = date(2026, 1, 1)


@pytest.fixture
def home(cast):
    """One of everything at Blackburn with Darwen: the elder baby is in focus, six weeks old and more."""
    return world.build(cast)["blackburn"]


@pytest.fixture
def outbox(settings):
    settings.EMAIL_BACKEND = "pairs.jobs.outbox.OutboxBackend"
    settings.OUTBOX_DELIVERY = "django.core.mail.backends.locmem.EmailBackend"


def lose(infant, by, loss=None):
    return record_loss(
        infant=infant,
        loss=loss or ("death" if infant.birth_date else "miscarriage"),
        lost_on=timezone.localdate(),
        by=by,
    )


def due(home, cast):
    in_a_year = timezone.localdate() + timedelta(days=365)
    return everything_due(scope_of(cast["blackburn"]), in_a_year, families=[home.family.pk])


def test_each_kind_is_kept_as_it_was_said(cast):
    infant = make_family(born=None).infants.get()
    lose(infant, cast["duty"], "termination")
    infant.refresh_from_db()
    assert (infant.loss, infant.lost_on) == ("termination", timezone.localdate())
    with pytest.raises(Refused, match="already"):
        lose(infant, cast["duty"])


def test_what_is_due_about_the_baby_goes_and_what_is_due_about_others_stays(home, cast):
    elder = home.objects["subject_id"]
    episode = home.objects["episode_id"]
    episode.review_on = timezone.localdate()
    episode.save()
    before = {item.code for item in due(home, cast)}
    assert {"nhs_number_trace", "plan_review", "risk_alert"} <= before
    lose(elder, cast["blackburn"])
    after = due(home, cast)
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


def test_missed_contacts_of_a_baby_who_has_died_ask_for_no_thought(home, cast):
    from interventions.episodes.models import CareContact, Participant

    elder, episode = home.objects["subject_id"], home.objects["episode_id"]
    for days in (1, 2):
        contact = CareContact.objects.create(
            episode=episode,
            starts_at=timezone.now() - timedelta(days=days),
            minutes=50,
            mechanism="01",
            location="A01",
            practitioner=home.worker,
        )
        Participant.objects.create(care_contact=contact, infant=elder, attendance="not_brought")
    assert "missed_contacts" in {item.code for item in due(home, cast)}
    lose(elder, cast["blackburn"])
    assert "missed_contacts" not in {item.code for item in due(home, cast)}


def test_a_family_not_seen_yet_is_still_met_and_who_reads_it_is_warned(home, cast):
    for infant in Infant.objects.active().filter(family=home.family):
        lose(infant, cast["blackburn"])
    firsts = [item for item in due(home, cast) if item.code == "first_contact"]
    assert firsts
    assert all(item.why == "There has been a loss. Read the record first." for item in firsts)


def test_no_page_asks_or_offers_anything_about_the_baby(home, cast, client):
    elder, unborn = home.objects["subject_id"], home.objects["infant_id"]
    client.force_login(cast["blackburn"])
    family, episode = home.family.pk, home.objects["episode_id"].pk
    assert reverse("birth", args=[unborn.pk]) in client.get(reverse("family", args=[family])).content.decode()
    for infant in (elder, unborn):
        lose(infant, cast["blackburn"])
    assert "/birth/" not in client.get(reverse("family", args=[family])).content.decode()
    contact = main_of(client.get(reverse("new-contact", args=[episode])))
    measure = main_of(client.get(reverse("new-assessment", args=[episode])))
    page = main_of(client.get(reverse("episode", args=[episode])))
    for infant in (elder, unborn):
        assert str(infant.pk) not in contact
        assert infant.given_name not in contact + measure
    assert "Record a measure" not in page
    assert "Rate this goal" not in page
    assert client.get(reverse("birth", args=[unborn.pk])).status_code == 404


def main_of(page):
    """What stands below the banner, which goes on naming the baby."""
    return page.content.decode().partition("<main")[2]


def test_a_contact_with_those_who_grieve_is_recorded_and_counts(home, cast, client):
    lose(home.objects["subject_id"], cast["blackburn"])
    lose(home.objects["infant_id"], cast["blackburn"])
    client.force_login(cast["blackburn"])
    episode = home.objects["episode_id"]
    before = episode.contacts.count()
    contact = {
        "held_on": timezone.localdate().isoformat(),
        "held_at": "00:00",
        "minutes": 60,
        "mechanism": "01",
        "location": "A01",
        "participants": [{"person": str(home.objects["caregiver_id"].pk), "attendance": "attended"}],
    }
    path = reverse("api-contacts", args=[episode.pk])
    answer = client.post(path, contact, content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert episode.contacts.count() == before + 1


def test_the_surviving_twin_goes_on(cast):
    one, two = make_family(born=LONG_AGO, infants=2).infants.order_by("twin_order")
    lose(one, cast["duty"])
    two.refresh_from_db()
    assert (two.lost_on, two.loss) == (None, "")
    items = everything_due(scope_of(cast["blackburn"]), timezone.localdate(), families=[two.family_id])
    assert [(item.code, item.subject_id) for item in items] == [("nhs_number_trace", two.pk)]


def test_an_email_about_the_baby_is_stopped_at_the_moment_of_sending(cast, outbox):
    one, two = make_family(infants=2).infants.order_by("twin_order")
    for infant in (one, two):
        with about_infant(infant.pk):
            send_mail("Reminder", "See the link.", None, ["parent@pairs.example"])
    send_mail("About nobody", "See the link.", None, ["parent@pairs.example"])
    Infant.objects.filter(pk=one.pk).update(lost_on=timezone.localdate(), loss="death")
    deliver_all()
    assert sorted(email.subject for email in mail.outbox) == ["About nobody", "Reminder"]
    stopped = OutboxEmail.objects.get(about_infant=one.pk)
    assert stopped.sent_at is None
    assert stopped.stopped_at
    assert not Job.objects.exclude(status=Job.DONE).exists()


def deliver_all():
    for job in Job.objects.filter(status=Job.QUEUED):
        deliver_email(str(job.pk))


def test_undoing_sends_nothing_and_what_was_stopped_stays_stopped(cast, outbox):
    infant = make_family().infants.get()
    with about_infant(infant.pk):
        send_mail("Before", "See the link.", None, ["parent@pairs.example"])
    lost = lose(infant, cast["duty"])
    with about_infant(infant.pk):
        send_mail("After", "See the link.", None, ["parent@pairs.example"])
    written = OutboxEmail.objects.count()
    undo_loss(infant=lost, reason="Another family's baby", by=cast["duty"])
    assert OutboxEmail.objects.count() == written
    deliver_all()
    assert mail.outbox == []
    with about_infant(infant.pk):
        send_mail("Later", "See the link.", None, ["parent@pairs.example"])
    deliver_all()
    assert [email.subject for email in mail.outbox] == ["Later"]


def test_a_risk_alert_still_speaks(cast, outbox):
    family = make_family()
    lose(family.infants.get(), cast["duty"])
    raise_risk_alert(site=family.site, family=family, what="She said she cannot go on", by=cast["blackburn"])
    deliver_all()
    assert {email.subject for email in mail.outbox} == {"A risk alert needs you today"}


def test_undoing_needs_a_reason_and_keeps_what_had_been_said(cast):
    infant = lose(make_family().infants.get(), cast["duty"])
    with pytest.raises(Refused):
        undo_loss(infant=infant, reason=" ", by=cast["duty"])
    undo_loss(infant=infant, reason="The wrong twin", by=cast["duty"])
    infant.refresh_from_db()
    assert (infant.lost_on, infant.loss) == (None, "")
    undone = UndoneLoss.objects.get()
    assert (undone.loss, undone.reason, undone.undone_by) == ("death", "The wrong twin", cast["duty"])
    with pytest.raises(Refused, match="No loss"):
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
    person = banner_of(Family.objects.with_people().get(pk=family.pk))["people"][0]
    assert (person["born"], person["lost"]) == (said, True)
