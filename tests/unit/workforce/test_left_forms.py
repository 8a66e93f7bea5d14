"""What is sent from an account that was closed meanwhile is kept, and reaches the colleague who takes over."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from interventions.workforce.tasks import check_that_families_have_leads
from pairs.access import page_author
from pairs.access.account_actions import set_account_open
from pairs.access.page_author import KEPT_AFTER_CLOSING
from pairs.families.models import RiskAlert
from pairs.service.work_to_hand_over import list_held_work
from pairs.submissions.models import DRAFT_OFFER_PERIOD, Submission
from tests.unit.families.factories import make_family
from tests.unit.submissions.test_kept_posts import Tab, sign_in
from tests.unit.workforce.factories import hand_over_all

pytestmark = pytest.mark.django_db
WORDS = "She has not slept since Tuesday"


@pytest.fixture
def path(cast):
    return reverse("new-alert", args=[make_family(reference="L").pk])


@pytest.fixture
def window(leaver):
    client = Client(enforce_csrf_checks=True)
    client.force_login(leaver)
    return client


@pytest.fixture
def late(window, path, leaver, cast):
    """What they are answered who send a form after their account has been closed."""
    tab = Tab(window, path)
    set_account_open(user=leaver, is_open=False, by=cast["administrator"])
    return tab.post(WORDS)


def test_it_is_kept_and_its_writer_is_told_who_gets_it(late, leaver):
    text = late.content.decode()
    assert late.status_code == 403
    assert "This account is closed" in text
    assert WORDS not in text
    kept = Submission.objects.get()
    assert (kept.user, kept.data[""]["what"]) == (leaver, [WORDS])
    assert not RiskAlert.objects.exists()


def test_in_a_colleagues_browser_too(window, path, leaver, cast):
    tab = Tab(window, path)
    set_account_open(user=leaver, is_open=False, by=cast["administrator"])
    sign_in(window, cast["supervisor"])
    assert "This account is closed" in tab.post(WORDS).content.decode()
    assert Submission.objects.get().user == leaver


def test_whoever_supervises_passes_it_on_and_the_colleague_saves_it(
    late, leaver, supervisor, colleagues, client
):
    client.force_login(supervisor)
    page = client.get(reverse("hand-overs")).content.decode()
    assert "Sent from a closed account" in page
    assert reverse("hand-over-work", args=[leaver.pk]) in page
    assert "Unfinished form" in client.get(reverse("hand-over-work", args=[leaver.pk])).content.decode()
    hand_over_all(leaver, supervisor)
    assert list_held_work(leaver) == []
    kept = Submission.objects.get()
    assert kept.user in colleagues
    client.force_login(kept.user)
    assert f"draft={kept.pk}" in client.get(reverse("drafts")).content.decode()
    assert WORDS in client.get(f"{kept.path}?draft={kept.pk}").content.decode()
    sent = {"submission": kept.pk, "what": WORDS, "level": "amber"}
    assert client.post(kept.path, sent).status_code == 302
    assert RiskAlert.objects.get().what == WORDS


def test_nobody_else_reads_it(late, cast, client):
    kept = Submission.objects.get()
    for name in ("supervisor", "governance", "trainee"):
        client.force_login(cast[name])
        assert WORDS not in client.get(f"{kept.path}?draft={kept.pk}").content.decode()


def test_what_comes_long_after_is_not_kept(window, path, leaver, cast, monkeypatch):
    tab = Tab(window, path)
    set_account_open(user=leaver, is_open=False, by=cast["administrator"])
    monkeypatch.setattr(page_author, "KEPT_AFTER_CLOSING", timedelta(seconds=-1))
    assert tab.post(WORDS).status_code in (302, 403)
    assert not Submission.objects.exists()


def test_it_is_kept_as_long_as_drafts_are_offered():
    assert KEPT_AFTER_CLOSING == DRAFT_OFFER_PERIOD


def list_told():
    return sorted(address for each in mail.outbox if "closed account" in each.subject for address in each.to)


def test_the_next_morning_supervisors_hear_of_it_once(late, cast):
    check_that_families_have_leads()
    told = list_told()
    assert cast["supervisor"].email in told
    assert cast["administrator"].email in told
    check_that_families_have_leads()
    assert list_told() == told
    Submission.objects.update(updated_at=timezone.now() + timedelta(seconds=5))
    check_that_families_have_leads()
    assert len(list_told()) == 2 * len(told)
