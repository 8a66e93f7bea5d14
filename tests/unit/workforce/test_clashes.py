"""What a hand-over says before it is done: who is booked already; and what becomes of forms about no family."""

import re
import uuid

import pytest
from django.urls import reverse

from interventions.diary.models import Appointment
from interventions.workforce.actions import undo_hand_over
from interventions.workforce.held_rows import list_held_rows
from interventions.workforce.models import HandOver
from pairs.access.scope import load_scope
from pairs.service.work_to_hand_over import list_held_work
from pairs.submissions.models import Submission
from tests.unit.diary.factories import make_visit
from tests.unit.episodes.factories import make_episode
from tests.unit.workforce.factories import hand_over_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_at_once(leaver, colleagues):
    """A visit of the leaver's at a time when the colleague who would take it has one of their own."""
    own = make_episode(colleagues[0], reference="C1")
    make_visit(own, colleagues[0], days=3, hour=9)
    return make_visit(make_episode(leaver, reference="C2"), leaver, days=3, hour=9)


def build_posted(leaver, supervisor, to):
    rows = list_held_rows(leaver, load_scope(supervisor))
    posted = {"why": "Leaves", "work-TOTAL_FORMS": len(rows), "work-INITIAL_FORMS": len(rows)}
    for number, each in enumerate(rows):
        posted |= {f"work-{number}-what": each.key, f"work-{number}-to": to.pk}
    return posted | {"submission": uuid.uuid4()}


def test_a_clash_is_said_before_anything_is_handed_over(client, leaver, supervisor, colleagues, two_at_once):
    client.force_login(supervisor, backend="pairs.access.backends.StaffBackend")
    address = reverse("hand-over-work", args=[leaver.pk])
    posted = build_posted(leaver, supervisor, colleagues[0])
    page = client.post(address, posted).content.decode()
    assert f"<li>{colleagues[0]}: " in page
    assert "Nothing is saved yet" in page
    assert not HandOver.objects.exists()
    warned = re.search(r'name="warned" value="([^"]+)"', page)[1]
    assert client.post(address, posted | {"warned": warned}).status_code == 302
    two_at_once.refresh_from_db()
    assert two_at_once.practitioner == colleagues[0]


def test_whoever_is_free_is_not_warned_of(client, leaver, supervisor, colleagues, two_at_once):
    Appointment.objects.exclude(pk=two_at_once.pk).update(starts_at="2027-06-01T09:00:00Z")
    client.force_login(supervisor, backend="pairs.access.backends.StaffBackend")
    posted = build_posted(leaver, supervisor, colleagues[0])
    assert client.post(reverse("hand-over-work", args=[leaver.pk]), posted).status_code == 302


def test_a_form_about_no_family_ends_unread_and_comes_back(leaver, supervisor, cast):
    draft = Submission.objects.create(
        user=leaver, kind="new-supervision", path=reverse("plan-supervision"), data={"": {"note": ["mine"]}}
    )
    assert [work.rule.code for work in list_held_work(leaver)] == ["own-form"]
    assert list_held_rows(leaver, load_scope(supervisor)) == []  # for whoever keeps accounts alone
    hand_over = hand_over_all(leaver, cast["administrator"])
    assert list_held_work(leaver) == []
    assert not Submission.objects.offered().exists()
    assert "mine" not in str(hand_over.moved)
    undo_hand_over(hand_over=hand_over, by=cast["administrator"])
    assert Submission.objects.offered().get() == draft


def test_forms_are_looked_up_together(leaver, django_assert_num_queries):
    for number in range(3):
        episode = make_episode(leaver, reference=f"F{number}")
        path = reverse("new-contact", args=[episode.pk])
        Submission.objects.create(user=leaver, kind="new-contact", path=path, data={"": {"note": ["begun"]}})
    forms = next(work for work in list_held_work(leaver) if work.rule.code == "form")
    with django_assert_num_queries(1):
        assert len(set(forms.rows.values_list("held_family", flat=True))) == 3
