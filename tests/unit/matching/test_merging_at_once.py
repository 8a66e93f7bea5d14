"""Two at the same moment, on connections of their own: merges that overlap, and a contact saved while one is made."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from interventions.episodes.actions import record_care_contact
from interventions.episodes.models import Episode, Participant
from pairs.families.models import Family, FamilyMove, Infant
from pairs.matching.actions import merge_families, merge_people, unmerge
from pairs.matching.models import Merge, MergeStep
from pairs.service.models import Site, User
from pairs.service.refusals import Refused
from reporting.desk.moves.actions import accept_move, call_back_move, decline_move, offer_move
from tests.cast import make_cast
from tests.unit.episodes.work import make_contact, make_episode
from tests.unit.families.people import make_family

pytestmark = pytest.mark.parametrize("cloned_database", ["prepared"], indirect=True)


def at_once(*acts):
    """What each of the acts made, or the words it was refused with; whatever else breaks is raised here."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def one(number, act):
        barrier.wait()
        try:
            results[number] = act()
        except Exception as error:  # looked at below, in the test's own thread
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    broken = [each for each in results if isinstance(each, Exception) and not isinstance(each, Refused)]
    assert broken == []
    return results


def made_of(results):
    return [each for each in results if not isinstance(each, Refused)]


@pytest.fixture
def me(cloned_database):
    return make_cast()["blackburn"]


def merge(kept, merged, by):
    return merge_people(
        kept=kept.infants.get(),
        merged=merged.infants.get(),
        choices={},
        reason="One",
        by=by,
        families_too=True,
    )


def nothing_points_out_of_sight():
    """No live attendance is of a baby that is out of sight, and each live baby is in a live family."""
    gone = Infant.objects.exclude(sealed_at=None)
    assert not Participant.objects.live().filter(infant__in=gone).exists()
    assert not Infant.objects.live().exclude(family__in=Family.objects.live()).exists()


def test_overlapping_merges_end_in_one_record_and_undo_from_the_last(me):
    a, b, c = (make_family(reference=each) for each in "ABC")
    results = at_once(lambda: merge(a, b, me), lambda: merge(b, c, me), lambda: merge(c, a, me))
    done = made_of(results)
    assert 1 <= len(done) <= 2
    nothing_points_out_of_sight()
    assert Family.objects.live().count() == 3 - len(done)
    for each in Merge.objects.order_by("-at"):
        unmerge(merge=each, by=me, reason="Two")
    assert (Family.objects.live().count(), Infant.objects.live().count()) == (3, 3)


def test_a_pair_merged_both_ways_at_once_is_merged_once(me):
    a, b = make_family(reference="A"), make_family(reference="B")
    results = at_once(
        lambda: merge(a, b, me),
        lambda: merge(b, a, me),
        lambda: merge_families(kept=a, merged=b, reason="One", by=me),
    )
    assert len(made_of(results)) == 1
    nothing_points_out_of_sight()


def test_a_merge_undone_twice_at_once_is_undone_once(me):
    done = merge(make_family(reference="A"), make_family(reference="B"), me)
    results = at_once(*[lambda: unmerge(merge=done, by=me, reason="Two")] * 2)
    assert len(made_of(results)) == 1
    assert Family.objects.live().count() == 2


@pytest.mark.parametrize("turn", range(3))
def test_a_contact_saved_while_its_record_is_merged_away_is_never_lost(me, turn):
    """It is saved first and moves with the record, or it is refused in words and nothing of it is kept."""
    episode = make_episode(me, reference="B")
    kept = make_family(reference="A")
    person = episode.family.infants.get()
    results = at_once(
        lambda: merge(kept, episode.family, me),
        lambda: make_contact(episode, me),
        lambda: make_contact(episode, me),
    )
    nothing_points_out_of_sight()
    assert isinstance(results[0], Merge)
    contacts = made_of(results[1:])
    assert Participant.objects.filter(infant=kept.infants.live().get()).count() == len(contacts)
    assert not Participant.objects.filter(infant=person).exists()
    moved = MergeStep.objects.filter(model_label="episodes.Participant", field="infant_id")
    assert moved.count() == len(contacts)


def test_a_contact_of_a_page_opened_before_the_merge_is_refused_in_words(me):
    episode = make_episode(me, reference="B")
    expected = [(episode.family.infants.get(), "attended")]
    merge(make_family(reference="A"), episode.family, me)
    for known in (episode, Episode.objects.get(pk=episode.pk)):
        with pytest.raises(Refused):
            record_care_contact(
                episode=known, starts_at=timezone.now(), minutes=50, mechanism="01", location="A01",
                participants=expected, interventions=[], notes={}, sign=False, by=me,
            )  # fmt: skip
    assert not Participant.objects.exists()


# ---------------------------------------------------------------- moves


@pytest.fixture
def offered(me):
    family = make_family(reference="M")
    to = Site.objects.get(code="hyndburn")
    return offer_move(family=family, to_site=to, reason="They moved house", by=me)


def accepted(move, lead):
    return accept_move(move=move, lead=lead, hand_over_until=timezone.localdate(), by=lead)


def test_of_answers_given_at_once_one_counts(me, offered):
    lead = User.objects.get(username="hyndburn")
    results = at_once(
        lambda: accepted(offered, lead),
        lambda: accepted(offered, lead),
        lambda: decline_move(move=offered, why="Full", by=lead),
    )
    assert len(made_of(results)) == 1


def test_accepted_twice_and_called_back_at_once(me, offered):
    lead = User.objects.get(username="hyndburn")
    accepted(offered, lead)
    results = at_once(
        *[lambda: call_back_move(move=offered, why="Wrong", by=me)] * 2, lambda: accepted(offered, lead)
    )
    assert len(made_of(results)) == 1
    offered.refresh_from_db()
    assert (offered.status, Family.objects.get(pk=offered.family_id).site_id) == (
        "called_back",
        offered.from_site_id,
    )


def test_a_family_is_offered_and_merged_away_at_once(me):
    """Never a merged-away family that is on offer: one of the two is refused."""
    kept, merged = make_family(reference="A"), make_family(reference="B")
    to = Site.objects.get(code="hyndburn")
    at_once(
        lambda: merge(kept, merged, me),
        lambda: offer_move(family=merged, to_site=to, reason="Moved", by=me),
    )
    waiting = FamilyMove.objects.open()
    assert not waiting.exclude(family__in=Family.objects.live()).exists()
    assert not (waiting.exists() and Merge.objects.exists())
