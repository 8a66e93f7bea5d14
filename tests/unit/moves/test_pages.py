"""Pages of moves, as each side sees them, and what is due about them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.diary.models import Appointment, Room
from interventions.episodes.rules import Location
from pairs.access.scope import load_scope
from pairs.families.models import FamilyMove
from pairs.web.formats import format_short_day
from reporting.dashboards.due_items import list_all_due_items
from reporting.dashboards.moves.actions import call_back_move, decline_move
from tests.app_due_items import make_due_items
from tests.unit.diary.factories import make_visit
from tests.unit.families.factories import make_family
from tests.unit.moves.factories import (
    FROM_SITE,
    TO_SITE,
    get_site,
    make_accepted_move,
    make_offered_move,
    make_working_family,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast):
    return make_working_family(cast)


def get_text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_a_move_says_which_visits_go_with_it_and_who_goes(cast, family, sign_in_as):
    """Before it is offered, while it is, and where it is accepted: one of them nobody keeps at the new site."""
    episode = family.episodes.get()
    make_visit(episode, cast["hyndburn"], days=3, hour=10)
    make_visit(episode, cast["hyndburn"], days=-3, hour=9)
    before = format_short_day(timezone.localdate() - timedelta(days=3))
    offered = get_text(sign_in_as("hyndburn").get(reverse("family-moves", args=[family.pk])))
    assert "10:00" in offered
    assert before not in offered
    move = make_offered_move(cast, family)
    for name in ("move", "accept-move"):
        text = get_text(sign_in_as("duty").get(reverse(name, args=[move.pk])))
        assert "10:00" in text
        assert f"the new lead at {move.to_site} will go instead of {cast['hyndburn']}" in text
        assert before not in text


def test_a_visit_in_a_room_of_the_old_site_is_said_and_its_place_asked_about(cast, family, sign_in_as):
    room = Room.objects.create(site=family.site, name="Green room")
    visit = make_visit(family.episodes.get(), cast["hyndburn"], days=3, hour=10)
    Appointment.objects.filter(pk=visit.pk).update(room=room, location=Location.FAMILY_HUB)
    assert list_place_items(cast["hyndburn"]) == []
    move = make_offered_move(cast, family)
    text = get_text(sign_in_as("duty").get(reverse("accept-move", args=[move.pk])))
    assert f"Green room, {family.site}, which is not at {move.to_site}" in text
    make_accepted_move(cast, move)
    (item,) = list_place_items(cast["blackburn"])
    assert item.owner_id == cast["blackburn"].pk
    assert "Green room" in item.why
    page = sign_in_as("blackburn").get(item.href).content.decode()
    assert "Green room" not in page.partition("<form")[2]  # a room of this site is chosen, or none
    Appointment.objects.filter(pk=visit.pk).update(room=None)
    assert list_place_items(cast["blackburn"]) == []


def list_place_items(user):
    items = make_due_items("interventions.diary")(load_scope(user), timezone.localdate())
    return [item for item in items if item.code == "visit_place_after_move"]


def test_a_move_from_start_to_end_by_the_pages(cast, family, sign_in_as):
    address = reverse("family-moves", args=[family.pk])
    page = get_text(sign_in_as("hyndburn").get(address))
    for words in ("1 open episode", "2 open referrals", "1 open risk alert", "Offer the family"):
        assert words in page
    answer = sign_in_as("hyndburn").post(address, {"to_site": TO_SITE, "reason": "They moved house"})
    move = FamilyMove.objects.get()
    assert answer.headers["Location"] == reverse("move", args=[move.pk])
    assert "who have not answered yet" in get_text(sign_in_as("hyndburn").get(address))

    page = get_text(sign_in_as("duty").get(reverse("move", args=[move.pk])))
    assert "Accept the family" in page
    until = timezone.localdate() + timedelta(days=10)
    answer = sign_in_as("duty").post(
        reverse("accept-move", args=[move.pk]), {"lead": cast["blackburn"].pk, "hand_over_until": until}
    )
    assert answer.status_code == 302
    family.refresh_from_db()
    assert family.site == get_site(TO_SITE)

    page = get_text(sign_in_as("hyndburn").get(reverse("move", args=[move.pk])))
    assert "Reverse the move" in page
    answer = sign_in_as("hyndburn").post(
        reverse("call-back-move", args=[move.pk]), {"why": "The wrong family"}
    )
    assert answer.status_code == 302
    family.refresh_from_db()
    assert family.site == get_site(FROM_SITE)


def test_during_the_hand_over_the_old_site_reads_and_no_longer_writes(cast, family, sign_in_as):
    make_accepted_move(cast, make_offered_move(cast, family))
    episode = family.episodes.get()
    for who, may in (("hyndburn", 403), ("blackburn", 200)):
        assert sign_in_as(who).get(reverse("family", args=[family.pk])).status_code == 200
        assert sign_in_as(who).get(reverse("episode", args=[episode.pk])).status_code == 200
        for name, pk in (
            ("new-contact", episode.pk),
            ("new-goal", episode.pk),
            ("end-episode", episode.pk),
            ("family-moves", family.pk),
        ):
            assert sign_in_as(who).get(reverse(name, args=[pk])).status_code == may, (who, name)
            assert sign_in_as(who).post(reverse(name, args=[pk]), {}).status_code == may, (who, name)


def test_while_it_is_offered_the_other_site_reads_and_does_not_write(cast, family, sign_in_as):
    make_offered_move(cast, family)
    episode = family.episodes.get()
    assert sign_in_as("blackburn").get(reverse("family", args=[family.pk])).status_code == 200
    assert sign_in_as("blackburn").get(reverse("new-contact", args=[episode.pk])).status_code == 403


def test_after_the_hand_over_the_old_site_sees_the_move_and_no_name(cast, family, sign_in_as):
    move = make_accepted_move(cast, make_offered_move(cast, family), days=0)
    FamilyMove.objects.update(hand_over_until=timezone.localdate() - timedelta(days=1))
    page = get_text(sign_in_as("hyndburn").get(reverse("move", args=[move.pk])))
    infant = family.infants.get()
    assert infant.reference in page
    assert infant.given_name not in page
    assert infant.given_name not in get_text(sign_in_as("hyndburn").get(reverse("moves"), {"way": "out"}))
    assert sign_in_as("hyndburn").get(reverse("family", args=[family.pk])).status_code == 404
    assert sign_in_as("hyndburn").get(reverse("call-back-move", args=[move.pk])).status_code == 403
    assert sign_in_as("supervisor").get(reverse("call-back-move", args=[move.pk])).status_code == 200


def test_an_answered_offer_leads_back_to_its_page(cast, family, sign_in_as):
    move = make_offered_move(cast, family)
    decline_move(move=move, why="We are full", by=cast["duty"])
    for who, name in (("duty", "accept-move"), ("duty", "decline-move"), ("hyndburn", "withdraw-move")):
        answer = sign_in_as(who).get(reverse(name, args=[move.pk]))
        assert answer.headers["Location"] == reverse("move", args=[move.pk]), name
    assert "We are full" in get_text(sign_in_as("hyndburn").get(reverse("move", args=[move.pk])))


def test_whose_step_it_is_not_is_refused(cast, family, sign_in_as):
    move = make_offered_move(cast, family)
    for who, name, status in (
        ("blackburn", "accept-move", 403),
        ("blackburn", "withdraw-move", 403),
        ("hub", "move", 404),
        ("manager", "moves", 403),
        ("blackburn", "move", 200),
    ):
        path = reverse(name, args=[] if name == "moves" else [move.pk])
        assert sign_in_as(who).get(path).status_code == status, (who, name)


def test_errors_are_shown_beside_the_fields(cast, family, sign_in_as):
    move = make_offered_move(cast, family)
    page = get_text(sign_in_as("duty").post(reverse("decline-move", args=[move.pk]), {"why": ""}))
    assert "error-message" in page
    past = timezone.localdate() - timedelta(days=1)
    posted = {"lead": cast["blackburn"].pk, "hand_over_until": past}
    assert "Choose today or a future date" in get_text(
        sign_in_as("duty").post(reverse("accept-move", args=[move.pk]), posted)
    )
    posted = {"lead": cast["hyndburn"].pk, "hand_over_until": timezone.localdate()}
    assert sign_in_as("duty").post(reverse("accept-move", args=[move.pk]), posted).status_code == 200
    assert FamilyMove.objects.get().status == "offered"


def test_two_clicks_offer_once(family, sign_in_as):
    address = reverse("family-moves", args=[family.pk])
    client = sign_in_as("hyndburn")
    token = client.get(address).content.decode().split('name="submission" value="')[1].split('"')[0]
    for _ in range(2):
        sent = {"to_site": TO_SITE, "reason": "They moved", "submission": token}
        assert client.post(address, sent).status_code == 302
    assert FamilyMove.objects.count() == 1


def test_called_back_the_page_lists_what_stays(cast, family, sign_in_as):
    move = make_accepted_move(cast, make_offered_move(cast, family))
    family.episodes.update(lead=cast["supervisor"])
    call_back_move(move=move, why="Wrong", by=cast["duty"])
    page = get_text(sign_in_as("hyndburn").get(reverse("move", args=[move.pk])))
    assert "Recorded since, and not moved back" in page
    assert "the lead was changed after the move" in page


# ---------------------------------------------------------------- what is due


def list_move_due_codes(user, on=None):
    items = list_all_due_items(load_scope(user), on or timezone.localdate())
    return {item.code for item in items} & {"move_offered", "hand_over_ends"}


def test_an_offer_is_due_to_those_who_answer_there(cast, family):
    move = make_offered_move(cast, family)
    assert list_move_due_codes(cast["duty"]) == list_move_due_codes(cast["supervisor"]) == {"move_offered"}
    assert (
        list_move_due_codes(cast["blackburn"])
        == list_move_due_codes(cast["hyndburn"])
        == list_move_due_codes(cast["hub"])
        == set()
    )
    decline_move(move=move, why="We are full", by=cast["duty"])
    assert list_move_due_codes(cast["duty"]) == set()


def test_a_hand_over_is_due_in_its_last_week_and_is_the_leads(cast, family):
    move = make_accepted_move(cast, make_offered_move(cast, family), days=14)
    assert list_move_due_codes(cast["blackburn"]) == set()
    soon = timezone.localdate() + timedelta(days=8)
    assert (
        list_move_due_codes(cast["blackburn"], soon)
        == list_move_due_codes(cast["hyndburn"], soon)
        == {"hand_over_ends"}
    )
    item = next(
        each
        for each in list_all_due_items(load_scope(cast["blackburn"]), soon)
        if each.code == "hand_over_ends"
    )
    assert (item.owner_id, item.due_on) == (cast["blackburn"].pk, move.hand_over_until)


# ---------------------------------------------------------------- how many queries


def count_move_queries(client, path):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_thirty_moves_cost_what_three_do(cast, sign_in_as):
    client, path = sign_in_as("duty"), reverse("moves")
    for number in range(3):
        make_offered_move(cast, make_family(FROM_SITE, reference=f"A{number}"))
    client.get(path)
    at_three = count_move_queries(client, path)
    for number in range(27):
        make_offered_move(cast, make_family(FROM_SITE, reference=f"B{number}"))
    assert count_move_queries(client, path) == at_three == 9


def test_what_is_due_about_moves_is_one_query(cast):
    due_items = make_due_items("reporting.dashboards.moves")

    for number in range(5):
        make_offered_move(cast, make_family(FROM_SITE, reference=f"A{number}"))
    scope = load_scope(cast["duty"])
    with CaptureQueriesContext(connection) as seen:
        assert len(due_items(scope, timezone.localdate())) == 5
    assert len(seen) == 1
