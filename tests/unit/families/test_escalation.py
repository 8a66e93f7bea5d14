"""An alert that nobody has seen by 16:00 goes to the supervisors: once, and only then."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from pairs.families.actions import answer_risk_alert, escalate_unseen_alert, raise_risk_alert
from pairs.families.models import RiskAlert, RiskAlertStep
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


def test_an_alert_unseen_at_16_goes_to_the_supervisors_once(monkeypatch, alert):
    escalate_at(monkeypatch, FRIDAY_16 - timedelta(minutes=1))
    assert (list_steps(alert), mail.outbox) == ([], [])
    for moment in (FRIDAY_16, FRIDAY_16 + timedelta(minutes=10), FRIDAY_16 + timedelta(days=3)):
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


def test_two_workers_at_once_write_one_step(alert):
    assert escalate_unseen_alert(alert=alert, at=FRIDAY_16)
    assert escalate_unseen_alert(alert=alert, at=FRIDAY_16) is None
    with pytest.raises(IntegrityError, match="an_alert_is_escalated_once"), transaction.atomic():
        RiskAlertStep.objects.create(alert=alert, kind="escalated", by=None, at=FRIDAY_16)


def test_the_timetable_asks_every_ten_minutes(settings):
    line = settings.TIMETABLE["alerts that no one has seen"]
    assert line["task"] == escalate_unseen_alerts.name
    assert (line["minute"], line.get("hour", "*")) == ("*/10", "*")
