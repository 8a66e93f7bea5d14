"""The daily e-mail: asked for, on working days, in numbers without names, once, and nothing when there is nothing."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.families.actions import raise_risk_alert
from pairs.jobs.models import Job, OutboxEmail
from pairs.service.refusals import ActionRefused
from reporting.dashboards import tasks
from reporting.dashboards.digest import (
    build_digest_text,
    choose_digests,
    is_digest_time,
    list_digest_readers,
    send_digest,
)
from reporting.dashboards.models import DailyDigest
from reporting.dashboards.urgent_count import UrgentCount
from tests.unit.families.factories import make_family

ALERT_WORDS = "Afraid of him"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 30, 8, 0, tzinfo=UTC), True),  # a Monday
        (datetime(2026, 11, 30, 6, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 30, 12, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 28, 8, 0, tzinfo=UTC), False),  # a Saturday
        (datetime(2026, 11, 29, 8, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 25, 8, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 28, 8, 0, tzinfo=UTC), False),  # the substitute of Boxing Day
        (datetime(2026, 7, 6, 6, 0, tzinfo=UTC), True),  # seven by the clock in summer
        (datetime(2026, 7, 6, 11, 0, tzinfo=UTC), False),
    ],
)
def test_in_the_morning_of_a_working_day(moment, expected):
    assert is_digest_time(moment) is expected


def test_it_holds_numbers_and_two_links():
    text = build_digest_text(UrgentCount(safety=1, overdue=12, today=0))
    assert text.startswith("About safety: 1\nOverdue: 12\nDue today: 0\n")
    assert reverse("worklist") in text
    assert reverse("my-digest") in text


@pytest.fixture
def reader(cast, mailoutbox):
    """A practitioner with something about safety to do, who asked for the e-mail."""
    family = make_family(born=date(2026, 1, 1))
    raise_risk_alert(site=family.site, family=family, what=ALERT_WORDS, by=cast["blackburn"])
    mailoutbox.clear()  # what the alert itself has sent
    choose_digests(user=cast["blackburn"], wanted=True, weekly=False)
    return cast["blackburn"]


def send_all():
    on = timezone.localdate()
    return [send_digest(user_id=pk, on=on) for pk in list_digest_readers(on)]


@pytest.mark.django_db
def test_one_e_mail_a_day_without_a_name(reader, mailoutbox):
    assert (send_all(), send_all()) == ([True], [])
    assert not send_digest(user_id=reader.pk, on=timezone.localdate())
    [mail] = mailoutbox
    assert mail.to == [reader.email]
    for secret in (ALERT_WORDS, "Carer", "Cora", "PI-", "/families/"):
        assert secret not in mail.subject + mail.body
    assert mail.subject.startswith("To do today: ")


@pytest.mark.django_db
def test_it_is_an_e_mail_like_any_other_to_be_tried_again(reader, settings):
    settings.EMAIL_BACKEND = "pairs.jobs.outbox.OutboxBackend"
    send_all()
    job = Job.objects.get(pk=OutboxEmail.objects.get().job_id)
    assert (job.task, job.status) == ("jobs.deliver_email", Job.QUEUED)


@pytest.mark.django_db
def test_nothing_to_do_sends_nothing_that_day(cast, mailoutbox):
    choose_digests(user=cast["hyndburn"], wanted=True, weekly=False)
    assert (send_all(), send_all()) == ([False], [])
    assert mailoutbox == []


@pytest.mark.django_db
def test_who_left_gets_none(reader, mailoutbox):
    reader.is_active = False
    reader.save(update_fields=["is_active"])
    assert send_all() == []
    assert not send_digest(user_id=reader.pk, on=timezone.localdate())
    assert mailoutbox == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [lambda user: user.groups.clear(), lambda user: setattr(user, "email", "")]
)
def test_without_a_role_or_an_address_there_is_none(reader, change):
    change(reader)
    reader.save()
    assert send_all() == [False]


@pytest.mark.django_db
def test_nobody_gets_it_without_asking(reader, cast):
    choose_digests(user=reader, wanted=False, weekly=False)
    assert send_all() == []


@pytest.mark.django_db
def test_the_task_waits_for_the_morning(reader, monkeypatch):
    monkeypatch.setattr(tasks, "is_digest_time", lambda now: False)
    assert tasks.send_daily_digests() == 0
    monkeypatch.setattr(tasks, "is_digest_time", lambda now: True)
    assert tasks.send_daily_digests() == 1


@pytest.mark.django_db
def test_without_an_address_one_cannot_ask(cast):
    cast["blackburn"].email = ""
    with pytest.raises(ActionRefused, match="no e-mail address"):
        choose_digests(user=cast["blackburn"], wanted=True, weekly=False)


# ---------------------------------------------------------------- page and API
@pytest.mark.django_db
def test_one_chooses_it_on_ones_own_account(client, cast):
    client.force_login(cast["blackburn"])
    assert "E-mails about your to-do list" in client.get(reverse("my-account")).content.decode()
    assert client.post(reverse("my-digest"), {"wanted": "on"}).url == reverse("my-account")
    assert DailyDigest.objects.get(wanted=True).user == cast["blackburn"]
    assert "On working days" in client.get(reverse("my-account")).content.decode()
    client.post(reverse("my-digest"), {})
    assert not DailyDigest.objects.filter(wanted=True).exists()


@pytest.mark.django_db
def test_the_same_by_the_api(client, cast):
    client.force_login(cast["duty"])
    answer = client.post(reverse("api-my-digest"), {"wanted": True}, content_type="application/json")
    assert answer.json() == {"wanted": True, "weekly": False}
    assert DailyDigest.objects.filter(user=cast["duty"], wanted=True).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["manager", "healthvisitor", "administrator"])
def test_who_has_no_list_is_not_offered_it(client, cast, username):
    client.force_login(cast[username])
    assert "E-mails about your to-do list" not in client.get(reverse("my-account")).content.decode()
    assert client.get(reverse("my-digest")).status_code == 403
