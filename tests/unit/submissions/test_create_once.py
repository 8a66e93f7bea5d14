"""The API's Idempotency-Key: one record for one key of one address; what is refused leaves the key free."""

import pytest
from django.urls import reverse

from interventions.episodes.models import Episode, Goal
from pairs.submissions.models import Submission
from referrals.models import Referral
from tests.unit.episodes.work import accepted, make_episode
from tests.unit.families.people import make_family
from tests.unit.referrals.requests import JSON, refer

KEY = {"Idempotency-Key": "k"}
HEADER = "Idempotency-Key"


@pytest.fixture
def call(client, cast):
    """POST as somebody: (status, JSON)."""

    def as_called(username, name, *args, send, **headers):
        client.force_login(cast[username])
        address = reverse(name, args=args)
        answer = client.post(address, send, content_type="application/json", headers=KEY | headers)
        return answer.status_code, answer.json()

    return as_called


def goal_of(episode):
    return {"words": "Bath time", "dyad": str(episode.focus.get().pk)}


def test_the_same_record_again(cast, call):
    episode = make_episode(cast["blackburn"])
    first = call("blackburn", "api-goals", episode.pk, send=goal_of(episode))
    again = call("blackburn", "api-goals", episode.pk, send=goal_of(episode))
    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]
    assert Goal.objects.count() == 1


def test_without_a_key_each_call_makes_one(cast, call):
    episode = make_episode(cast["blackburn"])
    for _ in range(2):
        assert call("blackburn", "api-goals", episode.pk, send=goal_of(episode), **{HEADER: ""})[0] == 201
    assert Goal.objects.count() == 2
    assert not Submission.objects.exists()


def test_a_key_of_another_address_is_refused_in_plain_words(cast, call):
    one, other = (make_episode(cast["blackburn"], reference=name) for name in ("A", "B"))
    call("blackburn", "api-goals", one.pk, send=goal_of(one))
    status, answer = call("blackburn", "api-goals", other.pk, send=goal_of(other))
    assert (status, list(answer["errors"])) == (400, [HEADER])
    assert "used for something else" in answer["errors"][HEADER][0]
    assert not other.goals.exists()


def test_a_key_of_another_referral_opens_nothing(cast, call):
    statuses = []
    for name in ("A", "B"):
        referral = accepted(make_family(reference=name), reference=f"R-{name}")
        dyad = referral.family.dyads.get()
        opening = {"referral": str(referral.pk), "lead": str(cast["blackburn"].pk), "thrive": "help"}
        opening |= {"opened_on": referral.received_at.date().isoformat(), "focus": [str(dyad.pk)]}
        opening |= {"interventions": ["video-interaction-guidance"]}
        statuses.append(call("blackburn", "api-episodes", send=opening)[0])
    assert statuses == [201, 400]
    assert Episode.objects.count() == 1


def test_a_key_is_its_users_own(cast, call):
    assert call("healthvisitor", "api-referrals", send=JSON)[0] == 201
    assert call("healthvisitor2", "api-referrals", send=JSON)[0] == 201
    assert Referral.objects.count() == 2


def test_what_the_form_refuses_leaves_the_key_free(call):
    assert call("healthvisitor", "api-referrals", send=JSON | {"noticed": ""})[0] == 400
    assert not Submission.objects.exists()
    assert call("healthvisitor", "api-referrals", send=JSON)[0] == 201


def test_what_the_action_refuses_leaves_nothing(cast, call):
    episode = make_episode(cast["blackburn"])
    ending = {"ended_on": "2001-01-01", "reason": "02", "summary": "Calmer.", "held_next_by": "HV"}
    assert call("blackburn", "api-ending", episode.pk, send=ending)[0] == 400
    referral = refer(cast["healthvisitor"])
    assert call("duty", "api-referral-decision", referral.pk, send={"response": "none"})[0] == 400
    assert not Submission.objects.filter(idempotency_key="k").exists()


@pytest.mark.parametrize("key", ["x" * 81, "a\tb"])
def test_a_key_that_cannot_be_kept_is_refused(call, key):
    status, answer = call("healthvisitor", "api-referrals", send=JSON, **{HEADER: key})
    assert (status, list(answer["errors"])) == (400, [HEADER])
    assert not Referral.objects.exists()
