"""How far training has reached: each person once, of the newest session, beside the newest headcount."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.training import actions
from interventions.training.reach import load_reach, load_trained_people
from interventions.training.reach_table import list_years
from interventions.training.rules import Reach
from pairs.service.models import Place
from pairs.service.refusals import ActionRefused
from tests.unit.training.factories import SITE, make_attendee, make_programme, make_session

pytestmark = pytest.mark.django_db


def train(by, *people, days_ago=1, **changes):
    programme = make_programme(by)
    session = make_session(programme, by, days_ago=days_ago)
    came = [make_attendee(programme, by, name, **changes) for name in people]
    actions.record_attendance(session=session, came=came, by=by)
    return session


def list_trained(days=30):
    today = timezone.localdate()
    return load_trained_people(today - timedelta(days=days), today)


def test_who_comes_twice_is_one_person_as_of_the_newest_session(cast):
    by = cast["blackburn"]
    train(by, "Mel Example", days_ago=9)
    train(by, "Mel Example", days_ago=2, workforce_group="enhanced", email="MEL@maternity.example")
    assert [each.workforce_group for each in list_trained()] == ["enhanced"]


def test_without_an_email_the_name_and_organisation_tell_people_apart(cast):
    by = cast["blackburn"]
    train(by, "Mel Example", email="", days_ago=3)
    train(by, "mel example", email="")
    train(by, "Mel Example", email="", organisation="Another")
    assert len(list_trained()) == 2


def test_only_who_came_within_the_days_counts(cast):
    by = cast["blackburn"]
    train(by, "Abi Example", days_ago=40)
    programme = make_programme(by)
    make_session(programme, by)
    make_attendee(programme, by, "Bea Example")
    assert list_trained() == []


def test_reach_is_of_the_newest_headcount(cast):
    by, place, today = cast["supervisor"], Place.objects.get(code=SITE), timezone.localdate()
    train(cast["blackburn"], "Abi Example", "Bea Example", "Cal Example")
    figure = {"place": place, "workforce_group": "universal", "source": "A return", "by": by}
    actions.record_headcount(headcount=90, as_of=today - timedelta(days=300), **figure)
    actions.record_headcount(headcount=10, as_of=today - timedelta(days=200), **figure)
    actions.record_headcount(headcount=12, as_of=today - timedelta(days=200), **figure)  # corrected
    reach = load_reach(today - timedelta(days=30), today)[place.pk, "universal"]
    assert (reach.trained, reach.headcount, reach.share) == (3, 12, 25)


@pytest.mark.parametrize(("trained", "headcount", "share"), [(0, 10, 0), (11, 10, 100), (3, None, None)])
def test_the_share_of_a_headcount(trained, headcount, share):
    assert Reach(trained, headcount).share == share


def test_a_headcount_is_refused_beside_the_field(client, cast):
    client.force_login(cast["manager"])
    form = {
        "place": SITE,
        "workforce_group": "universal",
        "headcount": "0",
        "as_of": "2099-01-01",
        "source": "",
    }
    page = client.post(reverse("new-workforce-figure"), form).content.decode()
    for words in (
        "greater than or equal to 1",
        "This date is in the future.",
        "Enter where the number is from",
    ):
        assert words in page
    with pytest.raises(ActionRefused) as refused:
        actions.record_headcount(
            place=Place.objects.get(code=SITE),
            workforce_group="universal",
            headcount=0,
            as_of=timezone.localdate() + timedelta(days=1),
            source=" ",
            by=cast["manager"],
        )
    assert set(refused.value.errors) == {"headcount", "as_of", "source"}


def test_the_page_and_the_api_say_the_same(client, cast):
    train(cast["blackburn"], "Abi Example")
    client.force_login(cast["manager"])
    year = list_years(timezone.localdate())[0]
    page = client.get(reverse("training-reach") + f"?year={year.key}").content.decode()
    assert "Blackburn with Darwen" in page
    (row,) = client.get(reverse("api-training-reach")).json()["results"]
    assert (row["place"], row["workforce_group"], row["trained"], row["headcount"]) == (
        SITE,
        "universal",
        1,
        None,
    )
    assert client.get(reverse("training-reach") + "?year=nonsense").status_code == 200
