"""The API's Idempotency-Key: one record for one key of one address; what is refused leaves the key free."""

import pytest
from django.urls import reverse

from interventions.episodes.models import Episode, Goal
from pairs.submissions.models import Submission
from referrals.models import Referral
from tests.unit.episodes.factories import make_accepted_referral, make_episode
from tests.unit.families.factories import make_family
from tests.unit.referrals.factories import REFERRAL_JSON, make_test_referral

KEY_HEADER = {"Idempotency-Key": "k"}
HEADER_NAME = "Idempotency-Key"


@pytest.fixture
def call_api(client, cast):
    """POST as somebody: (status, JSON)."""

    def call_api_as(username, name, *args, send, **headers):
        client.force_login(cast[username])
        address = reverse(name, args=args)
        answer = client.post(address, send, content_type="application/json", headers=KEY_HEADER | headers)
        return answer.status_code, answer.json()

    return call_api_as


def build_goal(episode):
    return {"words": "Bath time", "dyad": str(episode.focus.get().pk)}


def test_the_same_key_returns_the_same_record(cast, call_api):
    episode = make_episode(cast["blackburn"])
    first = call_api("blackburn", "api-goals", episode.pk, send=build_goal(episode))
    again = call_api("blackburn", "api-goals", episode.pk, send=build_goal(episode))
    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]
    assert Goal.objects.count() == 1


def test_without_a_key_each_call_makes_one(cast, call_api):
    episode = make_episode(cast["blackburn"])
    for _ in range(2):
        assert (
            call_api("blackburn", "api-goals", episode.pk, send=build_goal(episode), **{HEADER_NAME: ""})[0]
            == 201
        )
    assert Goal.objects.count() == 2
    assert not Submission.objects.exists()


def test_a_key_of_another_address_is_refused_in_plain_words(cast, call_api):
    one, other = (make_episode(cast["blackburn"], reference=name) for name in ("A", "B"))
    call_api("blackburn", "api-goals", one.pk, send=build_goal(one))
    status, answer = call_api("blackburn", "api-goals", other.pk, send=build_goal(other))
    assert (status, list(answer["errors"])) == (422, [HEADER_NAME])
    assert "used for another request" in answer["errors"][HEADER_NAME][0]
    assert not other.goals.exists()


def test_a_key_of_another_referral_opens_nothing(cast, call_api):
    statuses = []
    for name in ("A", "B"):
        referral = make_accepted_referral(make_family(reference=name), reference=f"R-{name}")
        dyad = referral.family.dyads.get()
        opening = {"referral": str(referral.pk), "lead": str(cast["blackburn"].pk), "thrive": "help"}
        opening |= {"opened_on": referral.received_at.date().isoformat(), "focus": [str(dyad.pk)]}
        opening |= {"interventions": ["video-interaction-guidance"]}
        statuses.append(call_api("blackburn", "api-episodes", send=opening)[0])
    assert statuses == [201, 422]
    assert Episode.objects.count() == 1


def test_a_key_is_its_users_own(cast, call_api):
    assert call_api("healthvisitor", "api-referrals", send=REFERRAL_JSON)[0] == 201
    assert call_api("healthvisitor2", "api-referrals", send=REFERRAL_JSON)[0] == 201
    assert Referral.objects.count() == 2


def test_what_the_form_refuses_leaves_the_key_free(call_api):
    assert call_api("healthvisitor", "api-referrals", send=REFERRAL_JSON | {"noticed": ""})[0] == 400
    assert not Submission.objects.exists()
    assert call_api("healthvisitor", "api-referrals", send=REFERRAL_JSON)[0] == 201


def test_what_the_action_refuses_leaves_nothing(cast, call_api):
    episode = make_episode(cast["blackburn"])
    ending = {"ended_on": "2001-01-01", "reason": "02", "summary": "Calmer.", "held_next_by": "HV"}
    assert call_api("blackburn", "api-ending", episode.pk, send=ending)[0] == 400
    referral = make_test_referral(cast["healthvisitor"])
    assert call_api("duty", "api-referral-decision", referral.pk, send={"response": "none"})[0] == 400
    assert not Submission.objects.filter(idempotency_key="k").exists()


@pytest.mark.parametrize("key", ["x" * 81, "a\tb"])
def test_an_invalid_key_is_refused(call_api, key):
    status, answer = call_api("healthvisitor", "api-referrals", send=REFERRAL_JSON, **{HEADER_NAME: key})
    assert (status, list(answer["errors"])) == (400, [HEADER_NAME])
    assert not Referral.objects.exists()
