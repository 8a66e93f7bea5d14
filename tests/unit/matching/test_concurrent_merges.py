"""Two at the same moment, on connections of their own: merges that overlap, and a contact saved while one is made."""

import pytest
from django.utils import timezone

from interventions.episodes.actions import record_care_contact
from interventions.episodes.models import Episode, Participant
from pairs.families.models import Family, FamilyMove, Infant
from pairs.matching.actions import merge_families, merge_people, unmerge
from pairs.matching.models import Merge, MergeStep
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused
from reporting.dashboards.moves.actions import accept_move, call_back_move, decline_move, offer_move
from tests.at_once import act_at_once
from tests.cast import make_cast
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.parametrize("cloned_database", ["prepared"], indirect=True)


def list_made(results):
    return [each for each in results if not isinstance(each, ActionRefused)]


@pytest.fixture
def me(cloned_database):
    return make_cast()["blackburn"]


def merge_only_infants(kept, merged, by):
    return merge_people(
        kept=kept.infants.get(),
        merged=merged.infants.get(),
        choices={},
        reason="One",
        by=by,
        families_too=True,
    )


def check_nothing_points_to_hidden():
    """No live attendance is of a hidden baby, and each live baby is in a live family."""
    gone = Infant.objects.exclude(sealed_at=None)
    assert not Participant.objects.live().filter(infant__in=gone).exists()
    assert not Infant.objects.live().exclude(family__in=Family.objects.live()).exists()


def test_overlapping_merges_end_in_one_record_and_undo_from_the_last(me):
    a, b, c = (make_family(reference=each) for each in "ABC")
    results = act_at_once(
        lambda: merge_only_infants(a, b, me),
        lambda: merge_only_infants(b, c, me),
        lambda: merge_only_infants(c, a, me),
    )
    done = list_made(results)
    assert 1 <= len(done) <= 2
    check_nothing_points_to_hidden()
    assert Family.objects.live().count() == 3 - len(done)
    for each in Merge.objects.order_by("-at"):
        unmerge(merge=each, by=me, reason="Two")
    assert (Family.objects.live().count(), Infant.objects.live().count()) == (3, 3)


def test_a_pair_merged_both_ways_at_once_is_merged_once(me):
    a, b = make_family(reference="A"), make_family(reference="B")
    results = act_at_once(
        lambda: merge_only_infants(a, b, me),
        lambda: merge_only_infants(b, a, me),
        lambda: merge_families(kept=a, merged=b, reason="One", by=me),
    )
    assert len(list_made(results)) == 1
    check_nothing_points_to_hidden()


def test_a_merge_undone_twice_at_once_is_undone_once(me):
    done = merge_only_infants(make_family(reference="A"), make_family(reference="B"), me)
    results = act_at_once(*[lambda: unmerge(merge=done, by=me, reason="Two")] * 2)
    assert len(list_made(results)) == 1
    assert Family.objects.live().count() == 2


@pytest.mark.parametrize("turn", range(3))
def test_a_contact_saved_during_a_merge_is_never_lost(me, turn):
    """It is saved first and moves with the record, or it is refused in words and nothing of it is kept."""
    episode = make_episode(me, reference="B")
    kept = make_family(reference="A")
    person = episode.family.infants.get()
    results = act_at_once(
        lambda: merge_only_infants(kept, episode.family, me),
        lambda: make_contact(episode, me),
        lambda: make_contact(episode, me),
    )
    check_nothing_points_to_hidden()
    assert isinstance(results[0], Merge)
    contacts = list_made(results[1:])
    assert Participant.objects.filter(infant=kept.infants.live().get()).count() == len(contacts)
    assert not Participant.objects.filter(infant=person).exists()
    moved = MergeStep.objects.filter(model_label="episodes.Participant", field="infant_id")
    assert moved.count() == len(contacts)


def test_a_contact_of_a_page_opened_before_the_merge_is_refused_in_words(me):
    episode = make_episode(me, reference="B")
    expected = [(episode.family.infants.get(), "attended")]
    merge_only_infants(make_family(reference="A"), episode.family, me)
    for known in (episode, Episode.objects.get(pk=episode.pk)):
        with pytest.raises(ActionRefused):
            record_care_contact(
                episode=known, starts_at=timezone.now(), minutes=50, mechanism="01", location="A01",
                participants=expected, interventions=[], notes={}, sign=False, by=me,
            )  # fmt: skip
    assert not Participant.objects.exists()


# ---------------------------------------------------------------- moves


@pytest.fixture
def offered_move(me):
    family = make_family(reference="M")
    to = Site.objects.get(code="hyndburn")
    return offer_move(family=family, to_site=to, reason="They moved house", by=me)


def accept_move_of(move, lead):
    return accept_move(move=move, lead=lead, hand_over_until=timezone.localdate(), by=lead)


def test_of_answers_given_at_once_one_counts(me, offered_move):
    lead = User.objects.get(username="hyndburn")
    results = act_at_once(
        lambda: accept_move_of(offered_move, lead),
        lambda: accept_move_of(offered_move, lead),
        lambda: decline_move(move=offered_move, why="Full", by=lead),
    )
    assert len(list_made(results)) == 1


def test_accepted_twice_and_called_back_at_once(me, offered_move):
    lead = User.objects.get(username="hyndburn")
    accept_move_of(offered_move, lead)
    results = act_at_once(
        *[lambda: call_back_move(move=offered_move, why="Wrong", by=me)] * 2,
        lambda: accept_move_of(offered_move, lead),
    )
    assert len(list_made(results)) == 1
    offered_move.refresh_from_db()
    assert (offered_move.status, Family.objects.get(pk=offered_move.family_id).site_id) == (
        "called_back",
        offered_move.from_site_id,
    )


def test_a_family_is_offered_and_merged_away_at_once(me):
    """Never a merged-away family that is on offer: one of the two is refused."""
    kept, merged = make_family(reference="A"), make_family(reference="B")
    to = Site.objects.get(code="hyndburn")
    act_at_once(
        lambda: merge_only_infants(kept, merged, me),
        lambda: offer_move(family=merged, to_site=to, reason="Moved", by=me),
    )
    waiting = FamilyMove.objects.open()
    assert not waiting.exclude(family__in=Family.objects.live()).exists()
    assert not (waiting.exists() and Merge.objects.exists())
