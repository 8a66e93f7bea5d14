"""Who comes back: by who a named baby became or is said to be, within twelve months of an ending, in one query."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from interventions.episodes.actions import end_episode
from pairs.families.models import Family
from pairs.service.models import User
from pairs.web.formats import format_short_day
from referrals.actions import change_referral_status
from referrals.models import MatchAnswer, Referral, ReferredInfant
from reporting.dashboards.returning_referrals import find_returns
from tests.unit.dashboards.test_waits import make_named_episode, name_babies
from tests.unit.episodes.factories import make_accepted_referral
from tests.unit.families.factories import make_family
from tests.unit.referrals.factories import REPLIES, make_test_referral

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def get_days_ago(days):
    return timezone.localdate() - days * DAY


def end_work(by, days, **details):
    """Work that ended so many days ago."""
    episode = make_named_episode(by, days_ago=days + 10, **details)
    return end_episode(
        episode=episode, ended_on=get_days_ago(days), reason="02", summary="x", held_next_by="x", by=by
    )


def close_referral(referral, days, status):
    """Ended with a reply to everybody owed one, so many days ago."""
    Referral.objects.filter(pk=referral.pk).update(status="read", decided_at=None)
    told = {"reason": "They asked", "destination": "Family hub", "replies": REPLIES}
    change_referral_status(
        referral=Referral.objects.get(pk=referral.pk), to=status, by=User.objects.first(), **told
    )
    # At noon of that day: an hour before midnight is another day where the clocks have changed since.
    decided_at = timezone.make_aware(datetime.combine(get_days_ago(days), time(12)))
    Referral.objects.filter(pk=referral.pk).update(decided_at=decided_at)


def answer_match(referral, infant, answer, *, minutes=0):
    named = referral.infants.first()
    at = timezone.now() + timedelta(minutes=minutes)
    MatchAnswer.objects.create(referral=referral, named_infant=named, infant=infant, answer=answer, at=at)


def test_a_baby_whose_work_ended_comes_back(cast):
    episode = end_work(cast["blackburn"], 90)
    again = name_babies(make_accepted_referral(episode.family, reference="R-again", days_ago=2))
    day = get_days_ago(90)
    words = f"Returning family: earlier work ended on {format_short_day(day)}."
    assert find_returns([again]) == {again.pk: (day, words)}
    assert find_returns([episode.referral]) == {}


@pytest.mark.parametrize(("days", "comes_back"), [(362, True), (372, False)])
def test_within_twelve_months(cast, days, comes_back):
    episode = end_work(cast["blackburn"], days)
    again = name_babies(make_accepted_referral(episode.family, reference="R-again", days_ago=2))
    assert bool(find_returns([again])) == comes_back


def test_by_a_match_that_somebody_answered_until_they_say_otherwise(cast):
    episode = end_work(cast["blackburn"], 90)
    infant, again = episode.family.infants.get(), make_test_referral(cast["healthvisitor"])
    assert find_returns([again]) == {}
    answer_match(again, infant, "asked")
    assert find_returns([again]) == {}
    answer_match(again, infant, "same", minutes=1)
    assert set(find_returns([again])) == {again.pk}
    answer_match(again, infant, "different", minutes=2)
    assert find_returns([again]) == {}


def test_a_referral_that_was_closed_counts_and_one_that_goes_on_does_not(cast):
    family = make_family()
    closed = name_babies(make_accepted_referral(family, reference="R-closed", days_ago=60))
    again = name_babies(make_accepted_referral(family, reference="R-again", days_ago=2))
    assert find_returns([again]) == {}
    close_referral(closed, 50, "not_accepted")
    assert "earlier referral closed" in find_returns([again])[again.pk][1]


def test_the_newest_ending_is_named_and_what_was_entered_in_error_is_not(cast):
    first = end_work(cast["blackburn"], 200)
    second = name_babies(make_accepted_referral(first.family, reference="R-second", days_ago=100))
    close_referral(second, 95, "withdrawn")
    again = name_babies(make_accepted_referral(first.family, reference="R-again", days_ago=2))
    assert find_returns([again])[again.pk][0] == get_days_ago(95)
    Referral.objects.filter(pk=second.pk).update(entered_in_error_at=timezone.now())
    assert find_returns([again])[again.pk][0] == get_days_ago(200)


def test_of_a_restricted_family_nothing_is_said_to_others(cast):
    episode = end_work(cast["blackburn"], 90)
    again = make_test_referral(cast["healthvisitor"])
    answer_match(again, episode.family.infants.get(), "same")
    Family.objects.filter(pk=episode.family_id).update(restricted=True)
    assert find_returns([again]) == {}
    within = name_babies(make_accepted_referral(episode.family, reference="R-within", days_ago=1))
    assert set(find_returns([within])) == {within.pk}


def test_many_referrals_are_one_query_and_none_is_none(cast):
    again = []
    for number in range(4):
        episode = end_work(cast["blackburn"], 90, reference=f"M{number}")
        again.append(
            name_babies(make_accepted_referral(episode.family, reference=f"R-again{number}", days_ago=2))
        )
    with CaptureQueriesContext(connection) as asked:
        assert len(find_returns(again)) == 4
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert find_returns([]) == {}
    assert len(asked) == 0


def test_somebody_whose_named_baby_is_new_does_not_come_back(cast):
    referral = make_test_referral(cast["healthvisitor"])
    assert ReferredInfant.objects.filter(referral=referral, became=None).exists()
    assert find_returns([referral]) == {}
