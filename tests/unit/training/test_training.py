"""Training: planned, held, who came, confidence, certificates; who sees what; what is refused beside which field."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.diary.engagements import load_engagements
from interventions.training import actions
from interventions.training.documents import CERTIFICATE, build_certificate
from interventions.training.models import TrainingAttendee, TrainingSession, TrainingTopic
from interventions.training.topics import TOPICS
from pairs.access.scope import load_scope
from pairs.documents.actions import request_pdf
from pairs.documents.pdf import render_document
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from pairs.service.work_to_hand_over import list_held_work
from tests.app_due_items import make_due_items
from tests.unit.training.factories import make_attendee, make_programme, make_session

pytestmark = pytest.mark.django_db
list_app_due_items = make_due_items("interventions.training")


@pytest.fixture
def by(cast):
    return cast["blackburn"]


@pytest.fixture
def programme(by):
    return make_programme(by)


@pytest.fixture
def show(client, cast):
    def get_page_as(username, name, *args, post=None):
        client.force_login(cast[username])
        path = reverse(name, args=args)
        return client.get(path) if post is None else client.post(path, post)

    return get_page_as


def record(session, by, *came):
    return actions.record_attendance(session=session, came=came, by=by)


def test_a_new_service_begins_with_the_pathways_topics(db):
    assert [(each.code, each.name) for each in TrainingTopic.objects.all()] == TOPICS
    assert all("4.5" in each.source for each in TrainingTopic.objects.all())


def test_supervisors_keep_the_topics(show, programme):
    form = {"name": "Fathers and babies", "recommended_by": ""}
    assert show("supervisor", "training-topics", post=form).status_code == 302
    page = show("supervisor", "training-topics", post=form | {"name": "fathers and babies"})
    assert "There is a topic of this name already." in page.content.decode()
    assert (
        "Enter a name in letters."
        in show("supervisor", "training-topics", post={"name": "!"}).content.decode()
    )
    assert show("supervisor", "retire-training-topic", post={"topic": "attachment"}).status_code == 302
    assert "Attachment and bonding" not in show("supervisor", "training-topics").content.decode()
    assert "attachment" in programme.topics.values_list("code", flat=True)
    assert show("blackburn", "training-topics").status_code == 403


# ---------------------------------------------------------------- from the plan to the certificate
def test_by_pages_from_the_plan_to_the_certificate(show, by):
    plan = {"name": "Babies first", "site": "blackburn-with-darwen", "topics": ["attachment"], "places": "9"}
    path = show("blackburn", "new-training", post=plan).url
    pk = path.rstrip("/").rpartition("/")[2]
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    session = {
        "held_on": day,
        "starts": "09:00",
        "ends": "11:30",
        "place": "blackpool",
        "trainer": str(by.pk),
    }
    assert show("blackburn", "new-training-session", pk, post=session).status_code == 302
    person = {"name": "Mel Example", "group": "midwife", "workforce_group": "universal", "place": "blackpool"}
    assert show("blackburn", "new-training-attendee", pk, post=person).status_code == 302
    attendee, held = TrainingAttendee.objects.get(), TrainingSession.objects.get()
    assert (
        show("blackburn", "training-register", held.pk, post={"came": [str(attendee.pk)]}).status_code == 302
    )
    chosen = {"attendees": [str(attendee.pk)]}
    assert show("blackburn", "issue-certificates", pk, post=chosen).status_code == 302
    page = show("blackburn", "training-certificate", attendee.pk).content.decode()
    for words in ("Mel Example", "2 hours 30 minutes", "Attachment and bonding", "Make a PDF"):
        assert words in page
    assert "Mel Example" in show("blackburn", "training-programme", pk).content.decode()


def test_the_certificate_is_a_pdf(by, programme):
    attendee, session = make_attendee(programme, by), make_session(programme, by)
    record(session, by, attendee)
    actions.issue_certificates(programme=programme, attendees=[attendee], by=by)
    found = request_pdf(document=CERTIFICATE, record=attendee)
    assert found.job.key.startswith("training-certificate:")
    assert render_document(CERTIFICATE, build_certificate(CERTIFICATE.get_records().get())).startswith(
        b"%PDF"
    )


def test_a_certificate_for_nobody_or_for_who_was_not_there_is_refused_beside_the_field(show, by, programme):
    absent, came = make_attendee(programme, by, "Abi Absent"), make_attendee(programme, by, "Cal Came")
    record(make_session(programme, by), by, came)
    page = show("blackburn", "issue-certificates", programme.pk, post={})
    assert "Choose who receives a certificate" in page.content.decode()
    both = {"attendees": [str(absent.pk), str(came.pk)]}
    page = show("blackburn", "issue-certificates", programme.pk, post=both).content.decode()
    assert "No session attended: Abi Absent" in page
    assert 'href="#id_attendees' in page
    assert not TrainingAttendee.objects.exclude(certificate_on=None).exists()


def test_who_has_a_certificate_came(by, programme):
    attendee, session = make_attendee(programme, by), make_session(programme, by)
    record(session, by, attendee)
    actions.issue_certificates(programme=programme, attendees=[attendee], by=by)
    with pytest.raises(ActionRefused):
        record(session, by)
    with pytest.raises(ActionRefused):
        actions.remove_attendee(attendee=attendee, reason="A mistake", by=by)


# ---------------------------------------------------------------- refused
SESSION = {"starts": "10:00", "ends": "12:00", "place": "blackpool"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends": "09:00"}, "The end is before the start"),
        ({"ends": "10:00"}, "The end is before the start"),
        ({"starts": "06:00", "ends": "23:00"}, "at most 12 hours"),
        ({"held_on": "2035-01-01"}, "Check the year"),
        ({"place": ""}, "Choose the district"),
        ({"trainer": ""}, "Choose who trains"),
        ({"second_trainer": "same"}, "Choose someone else"),
    ],
)
def test_a_session_is_refused_beside_its_field(show, by, programme, changes, words):
    session = SESSION | {"held_on": timezone.localdate().isoformat(), "trainer": str(by.pk)} | changes
    if session.get("second_trainer"):
        session["second_trainer"] = session["trainer"]
    assert words in show("blackburn", "new-training-session", programme.pk, post=session).content.decode()
    assert not TrainingSession.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"confidence_before": 11}, "confidence_before"),
        ({"confidence_after": 5}, "confidence_after"),
        ({"email": "MEL@maternity.example"}, "email"),
    ],
)
def test_an_attendee_is_refused_beside_the_field(by, programme, changes, field):
    make_attendee(programme, by)
    with pytest.raises(ActionRefused) as refused:
        make_attendee(programme, by, **{"name": "Nat Example"} | changes)
    assert set(refused.value.errors) == {field}


def test_there_are_no_more_people_than_places(by):
    programme = make_programme(by, places=1)
    attendee = make_attendee(programme, by)
    with pytest.raises(ActionRefused):
        make_attendee(programme, by, "Nat Example")
    values = {"programme": programme, "name": "Babies", "by": by}
    with pytest.raises(ActionRefused):
        actions.change_programme(topics=[], places=1, **values)
    actions.remove_attendee(attendee=attendee, reason="Came down with a cold", by=by)
    assert make_attendee(programme, by, "Nat Example").pk


def test_no_register_of_what_has_not_been_or_was_cancelled(by, programme):
    attendee, coming = make_attendee(programme, by), make_session(programme, by, days_ago=-3)
    with pytest.raises(ActionRefused):
        record(coming, by, attendee)
    actions.cancel_session(session=coming, because="The trainer is ill", by=by)
    with pytest.raises(ActionRefused):
        record(coming, by, attendee)
    held = make_session(programme, by)
    record(held, by, attendee)
    with pytest.raises(ActionRefused):
        actions.cancel_session(session=held, because="Too late", by=by)


def test_a_register_may_be_corrected_and_says_who_came(by, programme):
    first, second = make_attendee(programme, by), make_attendee(programme, by, "Nat Example")
    session = make_session(programme, by)
    record(session, by, first)
    record(session, by, second)
    assert [row.attendee for row in session.attendances.live()] == [second]


# ---------------------------------------------------------------- work, and who sees it
def test_it_is_in_the_diary_due_and_handed_over(cast, by, programme):
    make_attendee(programme, by)
    session = make_session(programme, by, second_trainer=cast["supervisor"])
    start = session.starts_at - timedelta(hours=1)
    for who in (by, cast["supervisor"]):
        scope = load_scope(who)
        found = load_engagements(scope, start, start + timedelta(hours=3), staff=[who.pk])
        assert [(each.kind, each.minutes, each.is_visible) for each in found] == [("Training", 120, True)]
    due = list_app_due_items(load_scope(by), timezone.localdate())
    assert [item.code for item in due] == ["training_register"]
    assert not any("training" in each.one for each in list_held_work(by))
    make_session(programme, by, days_ago=-3)
    assert any("training" in each.one for each in list_held_work(by))


@pytest.mark.parametrize(
    ("who", "programme_status", "attendee_status"),
    [
        ("supervisor", 200, 200),
        ("hyndburn", 404, 404),
        ("manager", 404, 403),
        ("duty", 403, 403),
        ("healthvisitor", 403, 403),
        ("peer", 403, 403),
    ],
)
def test_who_sees_a_programme_and_who_its_people(show, by, programme, who, programme_status, attendee_status):
    attendee = make_attendee(programme, by)
    assert show(who, "training-programme", programme.pk).status_code == programme_status
    assert show(who, "training-attendee", attendee.pk).status_code == attendee_status


def test_who_reads_reports_sees_their_sites_programme_and_no_name(show, cast):
    programme = make_programme(cast["hub"], site=Site.objects.get(code="blackpool"))
    make_attendee(programme, cast["hub"])
    page = show("manager", "training-programme", programme.pk).content.decode()
    assert "1 of 12 taken" in page
    assert "Mel Example" not in page
