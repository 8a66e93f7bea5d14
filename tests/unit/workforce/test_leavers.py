"""Everything a colleague holds goes to others at once and back in one step; nothing that names them is left."""

import re
from collections import Counter
from datetime import UTC

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from interventions.diary.models import Appointment, CalendarToken
from interventions.episodes.models import Episode
from interventions.groups.models import Facilitator
from interventions.plans.models import CoWorker
from interventions.supervision.models import (
    CaseDecision,
    PlannedSupervision,
    SupervisionAgreement,
    SupervisionSession,
)
from interventions.workforce.actions import undo_hand_over
from interventions.workforce.models import Absence, LeadChange
from pairs.service.models import User
from pairs.service.work_to_hand_over import list_held_kinds, list_held_work
from pairs.submissions.models import Submission
from tests.unit.groups.factories import make_group
from tests.unit.workforce.factories import (
    ACTS,
    HELD_BY_ID,
    NOT_HELD,
    OF_THE_ACCOUNT,
    PAST,
    hand_over_all,
    hold_everything,
    list_asked_keys,
    list_relations_to_people,
    list_rows_naming,
)

pytestmark = pytest.mark.django_db


def test_nothing_is_left_behind_and_everything_comes_back(leaver, supervisor, colleagues, site, cast):
    episodes, group = hold_everything(leaver, supervisor, colleagues, site)
    before = list_rows_naming(leaver)
    held = {work.rule.code: work.count for work in list_held_work(leaver)}
    assert set(held) == {
        "lead", "alert", "form", "co-work", "visit", "along", "group", "hub-question", "supervision-had", "action",
        "cover", "supervision-of-their-own",
    }  # fmt: skip
    hand_over = hand_over_all(leaver, cast["administrator"])
    assert list_held_work(leaver) == []
    assert not set(list_rows_naming(leaver)) - PAST
    today = timezone.localdate()
    assert not CoWorker.objects.live().filter(user=leaver, until=None).exists()
    assert not Facilitator.objects.live().filter(user=leaver, until=None).exists()
    assert not PlannedSupervision.objects.standing().filter(supervisee=leaver).exists()
    assert SupervisionAgreement.objects.get(supervisee=leaver).ends_on == today
    assert set(LeadChange.objects.live().values_list("episode", flat=True)) == {each.pk for each in episodes}
    for episode in episodes:
        episode.refresh_from_db()
        assert episode.lead != leaver
        leads = set(Appointment.objects.filter(episode=episode).values_list("practitioner", flat=True))
        assert leads == {episode.lead_id}
    undo_hand_over(hand_over=hand_over, by=cast["administrator"])
    after = list_rows_naming(leaver)
    assert {key: ids for key, ids in after.items() if key in before} == before
    assert {work.rule.code: work.count for work in list_held_work(leaver)} == held
    assert not LeadChange.objects.live().exists()
    assert group.facilitators.live().filter(until=None).count() == 1
    assert Absence.objects.get().cover == leaver
    assert not CoWorker.objects.live().current(today).exclude(user=leaver).exists()


def read_calendar(user):
    """Starts of the events that this person's calendar program is given."""
    CalendarToken.objects.live().filter(user=user).update(revoked_at=timezone.now())
    _, token = CalendarToken.issue(user=user)
    feed = Client().get(reverse("calendar", args=[token])).content.decode()
    return sorted(re.findall(r"DTSTART\S*:(\S+)", feed))


def test_a_leaver_with_forty_families_at_once_and_back_in_one_step(
    leaver, supervisor, colleagues, site, cast
):
    episodes, _ = hold_everything(leaver, supervisor, colleagues, site, families=40)
    make_group(leaver)
    session = SupervisionSession.objects.get()
    for episode in episodes[:20]:
        CaseDecision.objects.create(session=session, family=episode.family, decision="Call", owner=leaver)
    for episode in episodes[1:3]:
        path = reverse("new-contact", args=[episode.pk])
        Submission.objects.create(user=leaver, kind="new-contact", path=path, data={"": {"note": ["begun"]}})
    own = PlannedSupervision.objects.get().starts_at.astimezone(UTC)
    of_their_own = f"{own:%Y%m%dT%H%M%SZ}"  # supervision of their own is cancelled
    counts = {work.rule.code: work.count for work in list_held_work(leaver)}
    assert counts | {"lead": 40, "action": 60, "form": 3, "group": 2} == counts
    assert counts["visit"] >= 25
    takers = list(User.objects.with_permission("write_records", "supervise").exclude(pk=leaver.pk))
    calendars = {person.pk: read_calendar(person) for person in (leaver, *takers)}
    coming = [each for each in calendars[leaver.pk] if each[:8] > f"{timezone.localdate():%Y%m%d}"]
    hand_over = hand_over_all(leaver, cast["administrator"])
    assert list_held_work(leaver) == []
    assert not set(list_rows_naming(leaver)) - PAST
    today = f"{timezone.localdate():%Y%m%d}"
    assert [
        each for each in read_calendar(leaver) if each[:8] > today
    ] == []  # a group's past sessions stay theirs
    taken = Counter(each for person in takers for each in read_calendar(person))
    taken -= Counter(each for person in takers for each in calendars[person.pk])
    assert set(taken) >= set(coming) - {of_their_own}  # every visit and group is in somebody's calendar now
    loads = [Episode.objects.open().filter(lead=person).count() for person in (*colleagues, supervisor)]
    assert max(loads) - min(loads) <= 40 / 2
    undo_hand_over(hand_over=hand_over, by=cast["administrator"])
    assert {work.rule.code: work.count for work in list_held_work(leaver)} == counts
    assert {person.pk: read_calendar(person) for person in (leaver, *takers)} == calendars


def test_every_relation_to_a_person_is_handed_over_or_is_no_work(leaver):
    """From the registry of models: a table added next year has to be in ``held_work``, or here with a reason."""
    held = {key for work in list_held_kinds(leaver) for key in list_asked_keys(work.rows.query.where, leaver)}
    assert len(held) > 20
    relations = set(list_relations_to_people())
    known = {
        (table, key)
        for table, key in relations
        if (table, key) in held | HELD_BY_ID | set(NOT_HELD) or key in ACTS or table in OF_THE_ACCOUNT
    }
    assert relations - known == set()
    assert held <= relations
    assert not held & set(NOT_HELD)
    assert set(NOT_HELD) <= relations
