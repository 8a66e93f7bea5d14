"""The API: the same forms, actions and refusals as the pages, and one record for one Idempotency-Key."""

import uuid

import pytest
from django.urls import reverse

from outcomes.models import Assessment, GoalRating


def build_body(world, **changes):
    items = {f"q{number}": 4 for number in range(1, 19)}
    plain = {
        "measure": "prfq",
        "dyad": str(world.dyad.pk),
        "timepoint": "start",
        "completed_on": world.today.isoformat(),
    }
    return plain | items | changes


@pytest.fixture
def post_payload(sign_in_as, world):
    def post_as(payload, username="blackburn", name="api-assessments", key=None, pk=None):
        headers = {"Idempotency-Key": key} if key else {}
        address = reverse(name, args=[pk or world.episode.pk])
        return sign_in_as(username).post(address, payload, content_type="application/json", headers=headers)

    return post_as


def test_a_measure_is_made_and_listed(post_payload, world, client):
    made = post_payload(build_body(world))
    assert made.status_code == 201
    assert made.json()["scores"]["pre_mentalising"] == 4.0
    listed = client.get(reverse("api-assessments", args=[world.episode.pk]))
    assert listed.json()["results"] == [made.json()]


def test_the_same_key_makes_one(post_payload, world):
    answers = [post_payload(build_body(world), key="one") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"measure": "lsim"}, "measure"),
        ({"measure": ["prfq"]}, "measure"),
        ({"q19": 1}, "q19"),
        ({"q1": 9}, "q1"),
        ({"q1": [1]}, "q1"),
        ({"scores": 1}, "scores"),
        ({"dyad": str(uuid.uuid4())}, "dyad"),
        ({"completed_on": "2999-01-01"}, "completed_on"),
    ],
)
def test_errors_are_named_by_field(post_payload, world, changes, field):
    answer = post_payload(build_body(world, **changes))
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("payload", [[], "text", 3, None])
def test_a_body_that_is_no_object_is_refused(post_payload, payload):
    assert post_payload(payload).status_code == 400


def test_a_goal_is_rated_once(post_payload, world):
    payload = {"score": 7, "timepoint": "end", "rated_on": world.today.isoformat()}
    answers = [post_payload(payload, name="api-goal-ratings", pk=world.goal.pk, key="k") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert GoalRating.objects.get().score == 7


@pytest.mark.parametrize(("username", "status"), [("hyndburn", 404), ("duty", 403), ("manager", 403)])
def test_nobody_else_writes(post_payload, world, username, status):
    assert post_payload(build_body(world), username).status_code == status
    assert not Assessment.objects.exists()


def test_a_key_belongs_to_its_address(post_payload, world):
    post_payload(build_body(world), key="k")
    answer = post_payload(
        {"score": 7, "timepoint": "end", "rated_on": world.today.isoformat()},
        name="api-goal-ratings",
        pk=world.goal.pk,
        key="k",
    )
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["Idempotency-Key"])
    assert not GoalRating.objects.exists()
