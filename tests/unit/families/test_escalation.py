"""An alert that nobody has seen by 16:00 is passed on, by name and role, and on each working day until it is seen."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from pairs.families.actions import answer_risk_alert, escalate_unseen_alert, raise_risk_alert
from pairs.families.models import RiskAlert
from pairs.families.rules import get_last_escalation_time
from pairs.families.tasks import escalate_unseen_alerts
from pairs.service.models import User
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
FRIDAY_MORNING = datetime(2026, 11, 20, 9, 30, tzinfo=LONDON)
FRIDAY_16 = datetime(2026, 11, 20, 16, 0, tzinfo=LONDON)


@pytest.fixture
def alert(cast):
    family = make_family()
    made = raise_risk_alert(site=family.site, family=family, what="She cannot go on", by=cast["blackburn"])
    RiskAlert.objects.filter(pk=made.pk).update(created_at=FRIDAY_MORNING)
    mail.outbox.clear()
    return made


def escalate_at(monkeypatch, moment):
    monkeypatch.setattr("pairs.families.tasks.timezone.now", lambda: moment)
    escalate_unseen_alerts()


def list_steps(alert):
    return list(alert.steps.exclude(kind="raised").values_list("kind", "by"))


def test_an_alert_unseen_at_16_goes_to_the_supervisors(monkeypatch, alert):
    escalate_at(monkeypatch, FRIDAY_16 - timedelta(minutes=1))
    assert (list_steps(alert), mail.outbox) == ([], [])
    for moment in (FRIDAY_16, FRIDAY_16 + timedelta(minutes=10), FRIDAY_16 + timedelta(days=2)):
        escalate_at(monkeypatch, moment)
    assert list_steps(alert) == [("escalated", None)]
    assert [message.to for message in mail.outbox] == [["supervisor@pairs.example"]]
    assert str(alert.pk) in mail.outbox[0].body
    assert "cannot go on" not in mail.outbox[0].body + mail.outbox[0].subject
    alert.refresh_from_db()
    assert alert.seen_at is None  # passed on is not seen


@pytest.mark.parametrize("kind", ["seen", "action", "closed"])
def test_a_seen_alert_is_not_escalated(monkeypatch, cast, alert, kind):
    answer_risk_alert(alert=alert, kind=kind, note="Rang her", by=cast["duty"])
    escalate_at(monkeypatch, FRIDAY_16)
    assert mail.outbox == []


def test_raised_after_16_on_a_friday_it_waits_for_monday(monkeypatch, alert):
    RiskAlert.objects.filter(pk=alert.pk).update(created_at=FRIDAY_16)
    escalate_at(monkeypatch, FRIDAY_16 + timedelta(days=2, hours=23))
    assert mail.outbox == []
    escalate_at(monkeypatch, FRIDAY_16 + timedelta(days=3))
    assert len(mail.outbox) == 1


def test_summer_time_is_16_by_the_clock_on_the_wall(monkeypatch, alert):
    RiskAlert.objects.filter(pk=alert.pk).update(created_at=datetime(2026, 7, 1, 9, 0, tzinfo=LONDON))
    escalate_at(monkeypatch, datetime(2026, 7, 1, 14, 59, tzinfo=ZoneInfo("UTC")))
    assert mail.outbox == []
    escalate_at(monkeypatch, datetime(2026, 7, 1, 15, 0, tzinfo=ZoneInfo("UTC")))
    assert len(mail.outbox) == 1


def test_an_alert_entered_in_error_is_not_escalated(monkeypatch, alert):
    RiskAlert.objects.filter(pk=alert.pk).update(entered_in_error_at=timezone.now())
    escalate_at(monkeypatch, FRIDAY_16)
    assert mail.outbox == []


def test_without_a_supervisor_it_is_logged_and_tried_again(monkeypatch, cast, alert):
    User.objects.filter(username="supervisor").update(is_active=False)
    escalate_at(monkeypatch, FRIDAY_16)
    assert (list_steps(alert), mail.outbox) == ([], [])
    User.objects.filter(username="supervisor").update(is_active=True)
    escalate_at(monkeypatch, FRIDAY_16 + timedelta(minutes=10))
    assert len(mail.outbox) == 1


def test_a_second_worker_writes_no_second_step(alert):
    """The alert's row is locked meanwhile."""
    assert escalate_unseen_alert(alert=alert, at=FRIDAY_16)
    assert escalate_unseen_alert(alert=alert, at=FRIDAY_16) is None


MONDAY_16 = FRIDAY_16 + timedelta(days=3)


def test_it_goes_on_each_working_day_until_somebody_has_seen_it(monkeypatch, cast, alert):
    for moment in (FRIDAY_16, MONDAY_16 - timedelta(minutes=1), MONDAY_16, MONDAY_16 + timedelta(hours=3)):
        escalate_at(monkeypatch, moment)
    assert len(list_steps(alert)) == 2
    escalate_at(monkeypatch, MONDAY_16 + timedelta(days=1))
    assert len(list_steps(alert)) == 3
    answer_risk_alert(alert=alert, kind="seen", note="", by=cast["duty"])
    mail.outbox.clear()
    escalate_at(monkeypatch, MONDAY_16 + timedelta(days=2))
    assert mail.outbox == []


def test_missed_days_are_not_made_up_for_with_many(monkeypatch, alert):
    escalate_at(monkeypatch, FRIDAY_16 + timedelta(days=14, hours=1))
    escalate_at(monkeypatch, FRIDAY_16 + timedelta(days=14, hours=2))
    assert len(list_steps(alert)) == 1


def test_who_was_told_is_said_by_name_and_role(monkeypatch, cast, alert, client):
    escalate_at(monkeypatch, FRIDAY_16)
    first = alert.steps.get(kind="escalated").note
    assert first == f"Told: {cast['supervisor']} (supervisor)"
    escalate_at(monkeypatch, MONDAY_16)
    note = alert.steps.filter(kind="escalated").latest("at").note
    for words in (f"{cast['supervisor']} (supervisor)", f"{cast['duty']} (duty)"):
        assert words in note
        assert words in mail.outbox[-1].body
    client.force_login(cast["duty"])
    assert f"{cast['duty']} (duty)" in client.get(reverse("alert", args=[alert.pk])).content.decode()


@pytest.mark.parametrize(
    ("raised", "now", "last"),
    [
        (FRIDAY_MORNING, FRIDAY_16 - timedelta(minutes=1), None),
        (FRIDAY_MORNING, FRIDAY_16, FRIDAY_16),
        (FRIDAY_MORNING, FRIDAY_16 + timedelta(days=2), FRIDAY_16),
        (FRIDAY_16, FRIDAY_16 + timedelta(days=1), None),
        (FRIDAY_16, MONDAY_16 + timedelta(hours=20), MONDAY_16),
    ],
)
def test_the_last_moment_it_was_to_be_passed_on(raised, now, last):
    assert get_last_escalation_time(raised, now) == last


def test_the_timetable_asks_every_ten_minutes(settings):
    line = settings.TIMETABLE["alerts that no one has seen"]
    assert line["task"] == escalate_unseen_alerts.name
    assert (line["minute"], line.get("hour", "*")) == ("*/10", "*")
