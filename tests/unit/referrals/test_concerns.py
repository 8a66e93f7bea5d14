"""The list of concerns: reworded as a new version, retired and never deleted, both voices side by side."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from pairs.service.refusals import Refused
from referrals.actions.concerns import add_concern, move_concern, retire_concern, reword_concern
from referrals.models import Concern
from tests.unit.referrals.requests import refer

pytestmark = pytest.mark.django_db
WORDS = {"family_voice": "I miss my sleep", "professional_voice": "Parent is short of sleep"}


@pytest.fixture
def first(cast):
    return Concern.objects.offered().first()


@pytest.fixture
def seen(client, cast):
    def as_seen(username, name, post=None, query=""):
        client.force_login(cast[username])
        address = reverse(name) + query
        return client.get(address) if post is None else client.post(address, post, follow=True)

    return as_seen


def test_other_words_are_a_new_version_and_what_was_ticked_keeps_its_own(cast, first):
    referral = refer(cast["healthvisitor"], concerns=[first])
    said = first.professional_voice
    new = reword_concern(concern=first, by=cast["supervisor"], **WORDS)
    first.refresh_from_db()
    assert (new.code, new.version, new.order) == (first.code, first.version + 1, first.order)
    assert first.retired_on
    assert [str(each) for each in referral.concerns.all()] == [said]
    assert list(Concern.objects.offered().filter(code=first.code)) == [new]
    assert new.events.count() == 1


def test_two_who_reword_at_once_make_one_new_version(cast, first):
    reword_concern(concern=first, by=cast["supervisor"], **WORDS)
    with pytest.raises(Refused):
        reword_concern(concern=first, family_voice="a", professional_voice="b", by=cast["supervisor"])
    assert Concern.objects.filter(code=first.code).count() == 2


def test_one_wording_is_offered_and_the_database_holds_it(first):
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.create(code=first.code, version=9, **WORDS)


def test_the_same_words_are_refused(cast, first):
    same = {"family_voice": first.family_voice, "professional_voice": first.professional_voice}
    with pytest.raises(Refused):
        reword_concern(concern=first, by=cast["supervisor"], **same)
    with pytest.raises(Refused) as refused:
        add_concern(by=cast["supervisor"], **same | {"family_voice": "Something else"})
    assert set(refused.value.errors) == {"professional_voice"}


def test_retired_is_offered_no_more_and_a_code_is_never_used_for_something_else(cast):
    one = add_concern(by=cast["supervisor"], **WORDS)
    assert one.code == "parent-is-short-of-sleep"
    retire_concern(concern=one, by=cast["supervisor"])
    assert one.pk not in {each.pk for each in Concern.objects.offered()}
    again = add_concern(by=cast["supervisor"], **WORDS)
    assert again.code == "parent-is-short-of-sleep-2"
    with pytest.raises(Refused):
        retire_concern(concern=one, by=cast["supervisor"])


def test_they_move_one_place_at_a_time_and_stop_at_the_ends(cast):
    def order():
        return [each.code for each in Concern.objects.offered()]

    before = order()
    one, two = Concern.objects.offered()[:2]
    move_concern(concern=one, earlier=True, by=cast["supervisor"])
    assert order() == before
    move_concern(concern=two, earlier=True, by=cast["supervisor"])
    assert order() == [before[1], before[0], *before[2:]]
    move_concern(concern=two, earlier=False, by=cast["supervisor"])
    assert order() == before


def test_the_page_shows_both_voices_and_the_earlier_words(seen, first):
    page = seen("supervisor", "relationship-concerns").content.decode()
    assert first.family_voice.replace("'", "&#39;") in page
    assert first.professional_voice.replace("'", "&#39;") in page
    form = seen(
        "supervisor", "relationship-concern-rewording", query=f"?concern={first.code}"
    ).content.decode()
    assert first.professional_voice.replace("'", "&#39;") in form
    page = seen(
        "supervisor", "relationship-concern-rewording", post=WORDS | {"concern": first.code}
    ).content.decode()
    assert "The new words are offered from now on" in page
    assert "Retired, and earlier words" in page


def test_acts_by_the_page(seen, first):
    assert "is on the list" in seen("supervisor", "relationship-concerns", post=WORDS).content.decode()
    moved = seen("supervisor", "relationship-concern-moved", post={"concern": first.code, "way": "down"})
    assert "The list is changed" in moved.content.decode()
    seen("supervisor", "relationship-concern-retired", post={"concern": first.code})
    assert not Concern.objects.offered().filter(code=first.code).exists()


@pytest.mark.parametrize("name", ["relationship-concern-retired", "relationship-concern-moved"])
@pytest.mark.parametrize("sent", [{}, {"concern": "nothing"}, {"concern": "x" * 900, "way": "sideways"}])
def test_a_concern_that_is_not_on_the_list_is_said_kindly(seen, name, sent):
    before = Concern.objects.offered().count()
    assert "not on the list" in seen("supervisor", name, post=sent).content.decode()
    assert Concern.objects.offered().count() == before


@pytest.mark.parametrize("query", ["?concern=nothing", "?concern=" + "x" * 900, ""])
def test_rewording_nothing_in_particular_asks_which(seen, query):
    assert seen("supervisor", "relationship-concern-rewording", query=query).status_code == 200


@pytest.mark.parametrize("name", ["relationship-concerns", "relationship-concern-rewording"])
def test_only_supervisors_keep_the_list(seen, name):
    assert {seen(who, name).status_code for who in ("duty", "blackburn", "healthvisitor", "manager")} == {403}


def test_the_api_lists_what_is_offered(client, cast, first):
    client.force_login(cast["healthvisitor"])
    listed = client.get(reverse("api-relationship-concerns")).json()
    assert len(listed) == Concern.objects.offered().count()
    assert listed[0] == {
        "code": first.code,
        "version": 1,
        "family_voice": first.family_voice,
        "professional_voice": first.professional_voice,
        "order": first.order,
    }
