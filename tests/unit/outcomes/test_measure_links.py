"""The parent's link: made, called back, used once, over; and nothing it shows names anybody."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from outcomes import measure_links
from outcomes.measures import get_catalogue
from outcomes.models import Assessment, MeasureLink
from pairs.service.refusals import ActionRefused


@pytest.fixture
def make_test_link(world):
    def make_prfq_link(**changes):
        plain = {"episode": world.episode, "dyad": world.dyad, "measure": "prfq", "timepoint": "start"}
        return measure_links.make_measure_link(by=world.cast["blackburn"], **(plain | changes))

    return make_prfq_link


def make_all_answers(value="4"):
    return {f"q{number}": value for number in range(1, 19)}


def test_only_its_hash_is_stored(make_test_link):
    link, token = make_test_link()
    assert token not in str(MeasureLink.objects.values().get())
    assert measure_links.get_usable_link(token) == link
    assert measure_links.get_usable_link(token + "x") is None


@pytest.mark.parametrize(
    "measure", ["epds", "phq9", "core10", "pbq", "piios", "kips", "gbo", "lsim", "nobody"]
)
def test_measures_with_risk_items_or_not_for_carers_never_go_by_link(make_test_link, measure):
    with pytest.raises(ActionRefused, match="completed together"):
        make_test_link(measure=measure)


def test_those_that_may_go_by_link_have_no_risk_items():
    assert [each.id for each in get_catalogue().values() if each.allows_link and each.risk_items] == []


def test_a_link_is_not_made_after_a_loss(make_test_link, world):
    world.maya.change(lost_on=world.get_days_ago(1), loss="death")
    world.dyad.refresh_from_db()
    with pytest.raises(ActionRefused):
        make_test_link()


def test_a_new_link_cancels_the_previous_one(make_test_link):
    (_, first), (_, second) = make_test_link(), make_test_link()
    assert measure_links.get_usable_link(first) is None
    assert measure_links.get_usable_link(second)


def test_it_is_answered_once(make_test_link, client, world):
    link, token = make_test_link()
    page = client.get(reverse("measure-link", args=[token]))
    assert page.status_code == 200
    answer = client.post(reverse("measure-link", args=[token]), make_all_answers())
    assert answer.url == reverse("measure-link-thanks")
    made = Assessment.objects.get()
    assert (made.way, made.rater, made.recorded_by) == ("link", world.sara, world.cast["blackburn"])
    assert made.scores["pre_mentalising"] == 4.0
    link.refresh_from_db()
    assert link.assessment == made
    assert client.get(reverse("measure-link", args=[token])).status_code == 404
    assert client.post(reverse("measure-link", args=[token]), make_all_answers("5")).status_code == 404
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize(
    "end",
    [
        lambda link, world: MeasureLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1)),
        lambda link, world: measure_links.revoke_measure_link(link=link),
        lambda link, world: MeasureLink.objects.update(entered_in_error_at=timezone.now()),
        lambda link, world: world.maya.change(lost_on=world.get_days_ago(1), loss="death"),
        lambda link, world: world.dyad.change(entered_in_error_at=timezone.now()),
        lambda link, world: world.episode.change(ended_on=world.today, ending_reason="02"),
    ],
    ids=["over", "called back", "in error", "a loss", "dyad in error", "ended"],
)
def test_an_ended_link_looks_like_an_unknown_one(make_test_link, client, world, end):
    link, token = make_test_link()
    end(link, world)
    gone = client.get(reverse("measure-link", args=[token]))
    nobodys = client.get(reverse("measure-link", args=["nobodys"]))
    assert (gone.status_code, nobodys.status_code) == (404, 404)
    assert get_comparable_lines(gone) == get_comparable_lines(nobodys)
    assert client.post(reverse("measure-link", args=[token]), make_all_answers()).status_code == 404
    assert not Assessment.objects.exists()


def get_comparable_lines(answer):
    """What was said, less what differs between any two answers."""
    return [line for line in answer.content.decode().splitlines() if "nonce" not in line]


def test_it_shows_nobodys_name(make_test_link, client, world):
    _, token = make_test_link()
    shown = client.get(reverse("measure-link", args=[token])).content.decode()
    thanks = client.get(reverse("measure-link-thanks")).content.decode()
    for name in ("Maya", "Sara", "Tom", "Blackburn", "PRFQ", "Reflective", str(world.family.pk), "PI-2026"):
        assert not re.search(rf"\b{name}\b", shown + thanks), name  # in the letters of a token any may stand


def test_nothing_answered_is_not_sent(make_test_link, client):
    _, token = make_test_link()
    page = client.post(reverse("measure-link", args=[token]), {})
    assert "at least one answer" in page.content.decode()
    assert measure_links.get_usable_link(token)


def test_the_page_shows_the_address_once_and_a_picture(sign_in_as, world):
    client, address = sign_in_as("blackburn"), reverse("new-measure-link", args=[world.episode.pk])
    page = client.post(
        f"{address}?measure=prfq", {"dyad": world.dyad.pk, "timepoint": "start"}
    ).content.decode()
    token = page.partition("/questions/")[2].partition("/")[0]
    assert measure_links.get_usable_link(token)
    assert "<svg" in page
    assert token not in client.get(address).content.decode()
    listed = client.get(reverse("choose-measure", args=[world.episode.pk])).content.decode()
    assert "Waiting for an answer on their phone" in listed


def test_answers_are_due_to_be_read_until_somebody_has(make_test_link, client, world, sign_in_as):
    link, token = make_test_link()
    client.post(reverse("measure-link", args=[token]), make_all_answers())
    mine = sign_in_as("blackburn")
    assert "Read the answers to PRFQ" in mine.get(reverse("worklist")).content.decode()
    made = Assessment.objects.get()
    assert "I have read it" in mine.get(reverse("assessment", args=[made.pk])).content.decode()
    mine.post(reverse("read-answers", args=[link.pk]))
    link.refresh_from_db()
    assert link.read_by == world.cast["blackburn"]
    assert "I have read it" not in mine.get(reverse("assessment", args=[made.pk])).content.decode()
    assert measure_links.mark_answers_read(link=link, by=world.cast["duty"]) is False


@pytest.mark.parametrize(("username", "status"), [("hyndburn", 404), ("duty", 403), ("healthvisitor", 403)])
def test_nobody_else_makes_or_cancels_one(make_test_link, sign_in_as, world, username, status):
    link, token = make_test_link()
    client = sign_in_as(username)
    tried = [
        client.get(reverse("new-measure-link", args=[world.episode.pk])),
        client.post(reverse("call-back-measure-link", args=[link.pk])),
        client.post(reverse("read-answers", args=[link.pk])),
    ]
    assert {answer.status_code for answer in tried} == {status}
    assert measure_links.get_usable_link(token)
