"""Two saves that wait for each other's rows: one is saved, and whoever sent the other is told and keeps their words."""

import threading
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from pairs.families.actions import same_birth
from pairs.families.models import Infant
from pairs.submissions.deadlocks import SAME_MOMENT
from tests.at_once import run_at_once
from tests.cast import make_cast
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.parametrize("cloned_database", ["prepared"], indirect=True)


@pytest.fixture
def twins(cloned_database, monkeypatch):
    """Of each twin (a client, the record): each one's save holds its own row, and waits for the other's."""
    cast, family = make_cast(), make_family(infants=2)
    family.infants.update(pregnancy=uuid.uuid4())
    barrier, lock = threading.Barrier(2), same_birth._lock_family_infants

    def lock_own_row_first(infant):
        Infant.objects.select_for_update().get(pk=infant.pk)
        barrier.wait(timeout=60)
        return lock(infant)

    monkeypatch.setattr(same_birth, "_lock_family_infants", lock_own_row_first)
    clients = Client(raise_request_exception=False), Client(raise_request_exception=False)
    for each in clients:
        each.force_login(cast["duty"])
    return [*zip(clients, family.infants.order_by("reference"), strict=True)]


def save_at_once(twins, name, **how):
    sent = {"together": [], "plurality": 3}
    posts = [
        lambda client=client, infant=infant: client.post(reverse(name, args=[infant.pk]), sent, **how)
        for client, infant in twins
    ]
    return sorted(run_at_once(posts), key=lambda answer: answer.status_code)


def test_a_page_is_shown_again_with_its_words(twins):
    again, saved = save_at_once(twins, "same-birth")
    assert (again.status_code, saved.status_code) == (200, 302)
    page = again.content.decode()
    assert SAME_MOMENT in page
    assert 'value="3"' in page
    assert Infant.objects.filter(plurality=3).count() == 1


def test_the_api_answers_with_a_conflict(twins):
    saved, refused = save_at_once(twins, "api-same-birth", content_type="application/json")
    assert (saved.status_code, refused.status_code) == (201, 409)
    assert refused.json() == {"errors": {"": [SAME_MOMENT]}}
