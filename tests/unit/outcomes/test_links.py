"""The parent's link: made, called back, used once, over; and nothing it shows names anybody."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from outcomes import links
from outcomes.measures import catalogue
from outcomes.models import Assessment, MeasureLink
from pairs.service.refusals import Refused


@pytest.fixture
def make(world):
    def do(**changes):
        plain = {"episode": world.episode, "dyad": world.dyad, "measure": "prfq", "timepoint": "start"}
        return links.make_link(by=world.cast["blackburn"], **(plain | changes))

    return do


def all_answers(value="4"):
    return {f"q{number}": value for number in range(1, 19)}


def test_only_its_hash_is_kept(make):
    link, token = make()
    assert token not in str(MeasureLink.objects.values().get())
    assert links.link_of(token) == link
    assert links.link_of(token + "x") is None


@pytest.mark.parametrize(
    "measure", ["epds", "phq9", "core10", "pbq", "piios", "kips", "gbo", "lsim", "nobody"]
)
def test_nothing_that_tells_of_a_danger_and_nothing_a_carer_does_not_answer_goes_by_link(make, measure):
    with pytest.raises(Refused, match="filled in together"):
        make(measure=measure)


def test_those_that_may_go_by_link_have_no_risk_items():
    assert [each.id for each in catalogue().values() if each.by_link and each.risk_items] == []


def test_a_link_is_not_made_after_a_loss(make, world):
    world.maya.change(lost_on=world.ago(1), loss="death")
    world.dyad.refresh_from_db()
    with pytest.raises(Refused):
        make()


def test_a_new_link_calls_back_the_one_before(make):
    (_, first), (_, second) = make(), make()
    assert links.link_of(first) is None
    assert links.link_of(second)


def test_it_is_answered_once(make, client, world):
    link, token = make()
    page = client.get(reverse("measure-link", args=[token]))
    assert page.status_code == 200
    answer = client.post(reverse("measure-link", args=[token]), all_answers())
    assert answer.url == reverse("measure-link-thanks")
    made = Assessment.objects.get()
    assert (made.way, made.rater, made.recorded_by) == ("link", world.sara, world.cast["blackburn"])
    assert made.scores["pre_mentalising"] == 4.0
    link.refresh_from_db()
    assert link.assessment == made
    assert client.get(reverse("measure-link", args=[token])).status_code == 404
    assert client.post(reverse("measure-link", args=[token]), all_answers("5")).status_code == 404
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize(
    "end",
    [
        lambda link, world: MeasureLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1)),
        lambda link, world: links.call_back(link=link),
        lambda link, world: MeasureLink.objects.update(entered_in_error_at=timezone.now()),
        lambda link, world: world.maya.change(lost_on=world.ago(1), loss="death"),
        lambda link, world: world.dyad.change(entered_in_error_at=timezone.now()),
        lambda link, world: world.episode.change(ended_on=world.today, ending_reason="02"),
    ],
    ids=["over", "called back", "in error", "a loss", "dyad in error", "ended"],
)
def test_when_it_works_no_more_it_is_as_if_it_had_never_been(make, client, world, end):
    link, token = make()
    end(link, world)
    gone = client.get(reverse("measure-link", args=[token]))
    nobodys = client.get(reverse("measure-link", args=["nobodys"]))
    assert (gone.status_code, nobodys.status_code) == (404, 404)
    assert same(gone) == same(nobodys)
    assert client.post(reverse("measure-link", args=[token]), all_answers()).status_code == 404
    assert not Assessment.objects.exists()


def same(answer):
    """What was said, less what differs between any two answers."""
    return [line for line in answer.content.decode().splitlines() if "nonce" not in line]


def test_it_shows_nobodys_name(make, client, world):
    _, token = make()
    shown = client.get(reverse("measure-link", args=[token])).content.decode()
    thanks = client.get(reverse("measure-link-thanks")).content.decode()
    for name in ("Maya", "Sara", "Tom", "Blackburn", "PRFQ", "Reflective", str(world.family.pk), "PI-2026"):
        assert name not in shown + thanks


def test_nothing_answered_is_not_sent(make, client):
    _, token = make()
    page = client.post(reverse("measure-link", args=[token]), {})
    assert "at least one answer" in page.content.decode()
    assert links.link_of(token)


def test_the_page_shows_the_address_once_and_a_picture(signed_in, world):
    client, address = signed_in("blackburn"), reverse("new-measure-link", args=[world.episode.pk])
    page = client.post(
        f"{address}?measure=prfq", {"dyad": world.dyad.pk, "timepoint": "start"}
    ).content.decode()
    token = page.partition("/questions/")[2].partition("/")[0]
    assert links.link_of(token)
    assert "<svg" in page
    assert token not in client.get(address).content.decode()
    listed = client.get(reverse("choose-measure", args=[world.episode.pk])).content.decode()
    assert "Waiting for an answer on their phone" in listed


def test_what_was_answered_is_due_to_be_read_until_somebody_has(make, client, world, signed_in):
    link, token = make()
    client.post(reverse("measure-link", args=[token]), all_answers())
    mine = signed_in("blackburn")
    assert "Read the answers to PRFQ" in mine.get(reverse("worklist")).content.decode()
    made = Assessment.objects.get()
    assert "I have read it" in mine.get(reverse("assessment", args=[made.pk])).content.decode()
    mine.post(reverse("read-answers", args=[link.pk]))
    link.refresh_from_db()
    assert link.read_by == world.cast["blackburn"]
    assert "I have read it" not in mine.get(reverse("assessment", args=[made.pk])).content.decode()
    assert links.mark_read(link=link, by=world.cast["duty"]) is False


@pytest.mark.parametrize(("username", "status"), [("hyndburn", 404), ("duty", 403), ("healthvisitor", 403)])
def test_nobody_else_makes_or_calls_one_back(make, signed_in, world, username, status):
    link, token = make()
    client = signed_in(username)
    tried = [
        client.get(reverse("new-measure-link", args=[world.episode.pk])),
        client.post(reverse("call-back-measure-link", args=[link.pk])),
        client.post(reverse("read-answers", args=[link.pk])),
    ]
    assert {answer.status_code for answer in tried} == {status}
    assert links.link_of(token)
