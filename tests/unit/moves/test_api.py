"""The API of moves: the same steps and refusals as the pages, once a key."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.families.models import FamilyMove
from tests.unit.moves.factories import (
    FROM_SITE,
    TO_SITE,
    can_read_family,
    get_site,
    make_offered_move,
    make_working_family,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast):
    return make_working_family(cast)


@pytest.fixture
def post_as(cast, client):
    def post_step(username, name, pk, payload=None, key=None):
        client.force_login(cast[username])
        headers = {"Idempotency-Key": key} if key else {}
        path = reverse(name, args=[pk])
        return client.post(path, payload or {}, content_type="application/json", headers=headers)

    return post_step


def test_offered_accepted_and_called_back(cast, family, post_as, client):
    made = post_as("hyndburn", "api-family-moves", family.pk, {"to_site": TO_SITE, "reason": "They moved"})
    assert (made.status_code, made.json()["status"]) == (201, "offered")
    move = made.json()["id"]
    until = timezone.localdate() + timedelta(days=14)
    taken = {"lead": str(cast["blackburn"].pk), "hand_over_until": until.isoformat()}
    answer = post_as("duty", "api-accept-move", move, taken)
    assert (answer.status_code, answer.json()["lead"]) == (201, taken["lead"])
    family.refresh_from_db()
    assert family.site == get_site(TO_SITE)
    answer = post_as("hyndburn", "api-call-back-move", move, {"why": "Wrong"})
    assert answer.json()["status"] == "called_back"
    family.refresh_from_db()
    assert family.site == get_site(FROM_SITE)
    client.force_login(cast["hyndburn"])
    listed = client.get(reverse("api-family-moves", args=[family.pk])).json()["results"]
    assert listed == [client.get(reverse("api-move", args=[move])).json()]
    assert client.get(reverse("api-moves")).json()["results"] == listed


@pytest.mark.parametrize(
    ("username", "step", "why"), [("duty", "decline", "We are full"), ("hyndburn", "withdraw", "")]
)
def test_the_same_key_answers_once(cast, family, post_as, username, step, why):
    move = make_offered_move(cast, family)
    answers = [post_as(username, f"api-{step}-move", move.pk, {"why": why}, key="one") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()
    assert not can_read_family(cast["blackburn"], family)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lead": "hyndburn"}, "lead"),
        ({"lead": None}, "lead"),
        ({"lead": ["x"]}, "lead"),
        ({"hand_over_until": "2000-01-01"}, "hand_over_until"),
        ({"hand_over_until": "2999-01-01"}, "hand_over_until"),
        ({"site": "x"}, "site"),
    ],
)
def test_what_is_refused_is_named_by_field(cast, family, post_as, changes, field):
    move = make_offered_move(cast, family)
    sound = {"lead": str(cast["blackburn"].pk), "hand_over_until": timezone.localdate().isoformat()}
    if changes.get("lead") == "hyndburn":
        changes = {"lead": str(cast["hyndburn"].pk)}
    answer = post_as("duty", "api-accept-move", move.pk, sound | changes)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert FamilyMove.objects.get().status == "offered"


def test_an_id_out_of_scope_is_answered_like_an_unknown_one(cast, family, post_as):
    move = make_offered_move(cast, family)
    until = timezone.localdate().isoformat()
    answers = [
        post_as("duty", "api-accept-move", move.pk, {"lead": lead, "hand_over_until": until})
        for lead in (str(cast["hyndburn"].pk), "00000000-0000-4000-8000-000000000000")
    ]
    assert answers[0].json() == answers[1].json()


@pytest.mark.parametrize(
    ("username", "step", "status"),
    [
        ("blackburn", "accept", 403),
        ("hyndburn", "decline", 403),
        ("blackburn", "withdraw", 403),
        ("hub", "withdraw", 404),
        ("manager", "accept", 403),
    ],
)
def test_whose_step_it_is_not(cast, family, post_as, username, step, status):
    move = make_offered_move(cast, family)
    assert post_as(username, f"api-{step}-move", move.pk, {"why": "x"}).status_code == status
    assert FamilyMove.objects.get().status == "offered"


def test_another_site_is_named_by_its_code(family, post_as):
    for named in (FROM_SITE, "nowhere", 7, None):
        answer = post_as("hyndburn", "api-family-moves", family.pk, {"to_site": named, "reason": "x"})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["to_site"])
