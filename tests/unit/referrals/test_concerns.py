"""The list of concerns: reworded as a new version, retired and never deleted, both voices side by side."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from pairs.service.refusals import ActionRefused
from referrals.actions.concerns import add_concern, move_concern, retire_concern, reword_concern
from referrals.models import Concern
from tests.unit.referrals.factories import make_test_referral

pytestmark = pytest.mark.django_db
NEW_WORDING = {"family_voice": "I miss my sleep", "professional_voice": "Parent is short of sleep"}


@pytest.fixture
def first_concern(cast):
    return Concern.objects.offered().first()


@pytest.fixture
def open_page(client, cast):
    def get_page_as(username, name, post=None, query=""):
        client.force_login(cast[username])
        address = reverse(name) + query
        return client.get(address) if post is None else client.post(address, post, follow=True)

    return get_page_as


def test_new_wording_is_a_new_version_and_earlier_referrals_are_unchanged(cast, first_concern):
    referral = make_test_referral(cast["healthvisitor"], concerns=[first_concern])
    said = first_concern.professional_voice
    new = reword_concern(concern=first_concern, by=cast["supervisor"], **NEW_WORDING)
    first_concern.refresh_from_db()
    assert (new.code, new.version, new.order) == (
        first_concern.code,
        first_concern.version + 1,
        first_concern.order,
    )
    assert first_concern.retired_on
    assert [str(each) for each in referral.concerns.all()] == [said]
    assert list(Concern.objects.offered().filter(code=first_concern.code)) == [new]
    assert new.events.count() == 1


def test_two_who_reword_at_once_make_one_new_version(cast, first_concern):
    reword_concern(concern=first_concern, by=cast["supervisor"], **NEW_WORDING)
    with pytest.raises(ActionRefused):
        reword_concern(concern=first_concern, family_voice="a", professional_voice="b", by=cast["supervisor"])
    assert Concern.objects.filter(code=first_concern.code).count() == 2


def test_one_wording_is_offered_and_the_database_holds_it(first_concern):
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.create(code=first_concern.code, version=9, **NEW_WORDING)


def test_the_same_words_are_refused(cast, first_concern):
    same = {
        "family_voice": first_concern.family_voice,
        "professional_voice": first_concern.professional_voice,
    }
    with pytest.raises(ActionRefused):
        reword_concern(concern=first_concern, by=cast["supervisor"], **same)
    with pytest.raises(ActionRefused) as refused:
        add_concern(by=cast["supervisor"], **same | {"family_voice": "Something else"})
    assert set(refused.value.errors) == {"professional_voice"}


def test_retired_is_offered_no_more_and_a_code_is_never_used_for_something_else(cast):
    one = add_concern(by=cast["supervisor"], **NEW_WORDING)
    assert one.code == "parent-is-short-of-sleep"
    retire_concern(concern=one, by=cast["supervisor"])
    assert one.pk not in {each.pk for each in Concern.objects.offered()}
    again = add_concern(by=cast["supervisor"], **NEW_WORDING)
    assert again.code == "parent-is-short-of-sleep-2"
    with pytest.raises(ActionRefused):
        retire_concern(concern=one, by=cast["supervisor"])


def test_they_move_one_place_at_a_time_and_stop_at_the_ends(cast):
    def list_codes_in_order():
        return [each.code for each in Concern.objects.offered()]

    before = list_codes_in_order()
    one, two = Concern.objects.offered()[:2]
    move_concern(concern=one, earlier=True, by=cast["supervisor"])
    assert list_codes_in_order() == before
    move_concern(concern=two, earlier=True, by=cast["supervisor"])
    assert list_codes_in_order() == [before[1], before[0], *before[2:]]
    move_concern(concern=two, earlier=False, by=cast["supervisor"])
    assert list_codes_in_order() == before


def test_the_page_shows_both_voices_and_the_earlier_words(open_page, first_concern):
    page = open_page("supervisor", "relationship-concerns").content.decode()
    assert first_concern.family_voice.replace("'", "&#39;") in page
    assert first_concern.professional_voice.replace("'", "&#39;") in page
    form = open_page(
        "supervisor", "relationship-concern-rewording", query=f"?concern={first_concern.code}"
    ).content.decode()
    assert first_concern.professional_voice.replace("'", "&#39;") in form
    page = open_page(
        "supervisor", "relationship-concern-rewording", post=NEW_WORDING | {"concern": first_concern.code}
    ).content.decode()
    assert "New wording saved" in page
    assert "Retired concerns and earlier wording" in page


def test_acts_by_the_page(open_page, first_concern):
    assert (
        "Concern added" in open_page("supervisor", "relationship-concerns", post=NEW_WORDING).content.decode()
    )
    moved = open_page(
        "supervisor", "relationship-concern-moved", post={"concern": first_concern.code, "way": "down"}
    )
    assert "List updated" in moved.content.decode()
    open_page("supervisor", "relationship-concern-retired", post={"concern": first_concern.code})
    assert not Concern.objects.offered().filter(code=first_concern.code).exists()


@pytest.mark.parametrize("name", ["relationship-concern-retired", "relationship-concern-moved"])
@pytest.mark.parametrize("sent", [{}, {"concern": "nothing"}, {"concern": "x" * 900, "way": "sideways"}])
def test_a_concern_that_is_not_on_the_list_is_said_kindly(open_page, name, sent):
    before = Concern.objects.offered().count()
    assert "not on the list" in open_page("supervisor", name, post=sent).content.decode()
    assert Concern.objects.offered().count() == before


@pytest.mark.parametrize("query", ["?concern=nothing", "?concern=" + "x" * 900, ""])
def test_rewording_nothing_in_particular_asks_which(open_page, query):
    assert open_page("supervisor", "relationship-concern-rewording", query=query).status_code == 200


@pytest.mark.parametrize("name", ["relationship-concerns", "relationship-concern-rewording"])
def test_only_supervisors_manage_the_list(open_page, name):
    assert {
        open_page(who, name).status_code for who in ("duty", "blackburn", "healthvisitor", "manager")
    } == {403}


def test_the_api_lists_what_is_offered(client, cast, first_concern):
    client.force_login(cast["healthvisitor"])
    listed = client.get(reverse("api-relationship-concerns")).json()["results"]
    assert len(listed) == Concern.objects.offered().count()
    assert listed[0] == {
        "code": first_concern.code,
        "version": 1,
        "family_voice": first_concern.family_voice,
        "professional_voice": first_concern.professional_voice,
        "order": first_concern.order,
    }
