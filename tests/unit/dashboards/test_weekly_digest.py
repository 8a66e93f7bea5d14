"""The weekly e-mail: what is new and due in numbers, once a week, quiet, and no more when somebody has left."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.workforce.models import Absence
from pairs.families.actions import raise_risk_alert
from pairs.families.due import CLINICAL, SAFETY, DueItem
from pairs.service.refusals import ActionRefused
from reporting.dashboards import tasks
from reporting.dashboards.digest import choose_digests
from reporting.dashboards.models import DailyDigest
from reporting.dashboards.weekly_digest import (
    WeekCount,
    build_weekly_text,
    count_week,
    get_monday,
    list_weekly_readers,
    send_weekly_digest,
)
from tests.unit.families.factories import make_family

ON = date(2026, 11, 30)  # a Monday
LONG_AGO = timedelta(days=7)


def make_item(days, *, code="plan_review", kind=CLINICAL):
    """Whose day is so many days after ON."""
    return DueItem(
        code=code,
        kind=kind,
        title="Review",
        subject_id=uuid4(),
        href="/",
        due_on=ON + timedelta(days=days),
        family_id=None,
        site_id=None,
    )


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-8, WeekCount(overdue=1)),
        (-7, WeekCount(overdue=1)),
        (-6, WeekCount(new=1, overdue=1)),
        (0, WeekCount(new=1)),
        (1, WeekCount(coming=1)),
        (7, WeekCount(coming=1)),
        (8, WeekCount()),
    ],
)
def test_what_counts_as_new_overdue_and_coming(days, expected):
    assert count_week([make_item(days)], ON) == expected


def test_safety_is_never_overdue_and_what_only_waits_is_not_either():
    assert count_week([make_item(-20, code="risk_alert", kind=SAFETY)], ON) == WeekCount(safety=1)
    assert count_week([make_item(-20, code="unsigned_contact")], ON) == WeekCount()


@pytest.mark.parametrize("days", range(7))
def test_a_week_begins_on_monday(days):
    assert get_monday(ON + timedelta(days=days)) == ON


def test_it_holds_numbers_and_two_links():
    text = build_weekly_text(WeekCount(new=3, safety=1, overdue=2, coming=4))
    assert text.startswith(
        "New in the last seven days: 3\nAbout safety: 1\nOverdue: 2\nDue in the next seven days: 4\n"
    )
    assert reverse("worklist") in text
    assert reverse("my-digest") in text


# ---------------------------------------------------------------- sending
def send_all(on=None):
    on = on or timezone.localdate()
    return [send_weekly_digest(user_id=pk, on=on) for pk in list_weekly_readers(on)]


@pytest.fixture
def reader(cast, mailoutbox):
    """A practitioner with something about safety to do, who asked for the weekly e-mail in an earlier week."""
    family = make_family(born=date(2026, 1, 1))
    raise_risk_alert(site=family.site, family=family, what="Afraid of him", by=cast["blackburn"])
    mailoutbox.clear()
    choose_digests(user=cast["blackburn"], wanted=False, weekly=True)
    DailyDigest.objects.update(week_looked_on=timezone.localdate() - LONG_AGO)
    return cast["blackburn"]


@pytest.mark.django_db
def test_one_e_mail_a_week_without_a_name(reader, mailoutbox):
    assert (send_all(), send_all()) == ([True], [])
    assert not send_weekly_digest(user_id=reader.pk, on=timezone.localdate())
    [mail] = mailoutbox
    assert mail.to == [reader.email]
    assert "About safety: 1" in mail.body
    for secret in ("Afraid", "Carer", "Cora", "PI-", "/families/", str(reader)):
        assert secret not in mail.subject + mail.body
    assert send_all(timezone.localdate() + LONG_AGO) == [True]


@pytest.mark.django_db
def test_whoever_asks_gets_the_first_one_in_the_next_week(cast):
    choose_digests(user=cast["blackburn"], wanted=False, weekly=True)
    assert send_all() == []
    assert list_weekly_readers(timezone.localdate() + LONG_AGO) == [cast["blackburn"].pk]
    choose_digests(user=cast["blackburn"], wanted=True, weekly=True)
    assert list_weekly_readers(timezone.localdate() + LONG_AGO) == [cast["blackburn"].pk]


@pytest.mark.django_db
def test_nothing_to_do_sends_nothing_that_week(cast, mailoutbox):
    choose_digests(user=cast["hyndburn"], wanted=False, weekly=True)
    assert send_all(timezone.localdate() + LONG_AGO) == [False]
    assert mailoutbox == []


@pytest.mark.django_db
def test_it_stops_when_somebody_leaves(reader, mailoutbox):
    reader.is_active = False
    reader.save(update_fields=["is_active"])
    assert send_all() == []
    assert not send_weekly_digest(user_id=reader.pk, on=timezone.localdate())
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
def test_nothing_is_sent_while_somebody_is_away(reader, mailoutbox):
    today = timezone.localdate()
    site = reader.groups.get().roleatsite.site
    Absence.objects.create(person=reader, site=site, starts_on=today, ends_on=today)
    assert send_all() == [False]
    assert mailoutbox == []


@pytest.mark.django_db
def test_the_task_waits_for_the_morning(reader, monkeypatch):
    monkeypatch.setattr(tasks, "is_digest_time", lambda now: False)
    assert tasks.send_weekly_digests() == 0
    monkeypatch.setattr(tasks, "is_digest_time", lambda now: True)
    assert tasks.send_weekly_digests() == 1


@pytest.mark.django_db
def test_without_an_address_one_cannot_ask(cast):
    cast["blackburn"].email = ""
    with pytest.raises(ActionRefused, match="no e-mail address"):
        choose_digests(user=cast["blackburn"], wanted=False, weekly=True)


@pytest.mark.django_db
def test_one_chooses_it_on_ones_own_account(client, cast):
    client.force_login(cast["blackburn"])
    client.post(reverse("my-digest"), {"weekly": "on"})
    assert "Once a week" in client.get(reverse("my-account")).content.decode()
    client.post(reverse("my-digest"), {"weekly": "on", "wanted": "on"})
    assert "On working days, and once a week" in client.get(reverse("my-account")).content.decode()
    client.post(reverse("my-digest"), {})
    assert not DailyDigest.objects.filter(weekly=True).exists()
