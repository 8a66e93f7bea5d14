"""What is done in the work: each action and what it refuses."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from interventions.episodes.actions import (
    amend_note,
    end_episode,
    mark_contact_in_error,
    open_episode,
    rewrite_notes,
    set_goal,
    sign_contact,
)
from interventions.episodes.catalogue import INTERVENTION_CATALOGUE
from interventions.episodes.models import CareContact, Episode, Intervention, NotePart, Participant
from pairs.access.scope import load_scope
from pairs.service.refusals import ActionRefused
from reporting.dashboards.due_items import list_all_due_items
from tests.app_due_items import make_due_items
from tests.unit.episodes.factories import make_accepted_referral, make_contact, make_episode
from tests.unit.families.factories import make_family

list_app_due_items = make_due_items("interventions.episodes")

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(cast):
    return cast["blackburn"]


def open_episode_of(referral, by, **changed):
    usual = {
        "lead": by,
        "focus": list(referral.family.dyads.all()),
        "interventions": [],
        "thrive": "",
        "opened_on": timezone.localdate(),
    }
    return open_episode(referral=referral, by=by, **usual | changed)


def test_the_catalogue_is_there_with_no_code_guessed():
    assert Intervention.objects.filter(snomed_code="").count() == len(INTERVENTION_CATALOGUE)
    assert {code for code, _, _ in INTERVENTION_CATALOGUE} == set(
        Intervention.objects.values_list("code", flat=True)
    )


def test_an_episode_opens_with_its_focus_and_ways_of_working(episode):
    assert [dyad.caregiver.given_name for dyad in episode.focus.all()] == ["Cora"]
    assert episode.uses.get().intervention.code == "video-interaction-guidance"
    assert episode.site == episode.family.site


@pytest.mark.parametrize("status", ["received", "consultation", "not_accepted"])
def test_only_an_accepted_referral_opens_one(me, status):
    referral = make_accepted_referral(make_family(), status=status)
    with pytest.raises(ActionRefused, match="accepted"):
        open_episode_of(referral, me)


def test_a_referral_has_one_episode(me, episode):
    with pytest.raises(ActionRefused, match="already"):
        open_episode_of(episode.referral, me)
    assert Episode.objects.count() == 1


def test_what_opening_an_episode_refuses(cast, me):
    referral, other = make_accepted_referral(make_family()), make_family(reference="O")
    for field, changed in [
        ("focus", {"focus": []}),
        ("focus", {"focus": list(other.dyads.all())}),
        ("opened_on", {"opened_on": timezone.localdate() + timedelta(days=1)}),
        ("opened_on", {"opened_on": date(2020, 1, 1)}),
        ("lead", {"lead": cast["hyndburn"]}),
    ]:
        with pytest.raises(ActionRefused) as refused:
            open_episode_of(referral, me, **changed)
        assert field in refused.value.errors


def test_each_person_is_a_fact_of_their_own(me, episode):
    contact = make_contact(episode, me, infant="not_brought", carer="did_not_attend")
    assert {str(each.person): each.attendance for each in contact.participants.all()} == {
        "Baby1": "not_brought",
        "Cora Carer": "did_not_attend",
    }


def test_a_note_is_about_the_baby_or_the_dyad_unless_said(me, episode):
    contact = make_contact(episode, me)
    assert {note.part: note.subject for note in contact.notes.all()} == {
        "happened": "dyad",
        "baby_told": "infant",
    }
    carer = episode.family.caregivers.get()
    said = make_contact(episode, me, subjects={"happened": carer, "baby_told": "couple"})
    assert {note.part: str(note.about) for note in said.notes.all()} == {
        "happened": "Cora Carer",
        "baby_told": "The couple",
    }


def test_a_contact_adds_its_way_of_working_to_the_episode(me, episode):
    www = Intervention.objects.get(code="watch-wait-and-wonder")
    make_contact(episode, me, interventions=[www])
    assert set(episode.uses.values_list("intervention__code", flat=True)) == {
        "video-interaction-guidance",
        "watch-wait-and-wonder",
    }


def test_what_a_contact_refuses(me, episode):
    stranger = make_family(reference="S").infants.get()
    baby = episode.family.infants.get()
    for field, changed in [
        ("held_on", {"days_ago": -1}),
        ("held_on", {"days_ago": 90}),
        ("participants", {"infant": "did_not_attend"}),
        ("participants", {"carer": "not_brought"}),
        ("baby_told_about", {"subjects": {"baby_told": stranger}}),
    ]:
        with pytest.raises(ActionRefused) as refused:
            make_contact(episode, me, **changed)
        assert field in refused.value.errors
    assert not CareContact.objects.exists()
    assert baby.attendances.count() == 0


def test_signed_words_are_frozen_by_the_database(me, episode):
    note = make_contact(episode, me).notes.get(part="happened")
    with (
        pytest.raises(ProgrammingError, match="Cannot update"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE episodes_notepart SET text = 'changed' WHERE id = %s", [note.pk])
    note.refresh_from_db()
    assert note.text == "We played on the mat."


def test_an_unsigned_note_is_written_on_then_signed_by_its_author(cast, me, episode):
    contact = make_contact(episode, me, sign=False)
    rewrite_notes(contact=contact, notes={"happened": "We sang.", "next": "Film on Friday."}, by=me)
    with pytest.raises(ActionRefused, match="who wrote this"):
        sign_contact(contact=contact, by=cast["supervisor"])
    sign_contact(contact=contact, by=me)
    texts = {note.part: (note.text, note.signed_at is not None) for note in contact.notes.all()}
    assert texts == {
        "happened": ("We sang.", True),
        "baby_told": ("She looked up and smiled.", True),
        "next": ("Film on Friday.", True),
    }
    with pytest.raises(ActionRefused, match="Amend"):
        rewrite_notes(contact=contact, notes={"happened": "x"}, by=me)


def test_an_amendment_preserves_both_texts(me, episode):
    note = make_contact(episode, me).notes.get(part="happened")
    new = amend_note(part=note, text="We sang on the mat.", reason="Wrong word", by=me)
    assert (new.amends, new.about, NotePart.objects.filter(part="happened").count()) == (note, note.about, 2)
    with pytest.raises(ActionRefused, match="Amend the latest version"):
        amend_note(part=note, text="Again", reason="Again", by=me)
    with pytest.raises(ActionRefused) as refused:
        amend_note(part=new, text="Again", reason=" ", by=me)
    assert "reason" in refused.value.errors


def test_history_preserves_the_text_of_an_unsigned_note(me, episode):
    contact = make_contact(episode, me, sign=False)
    rewrite_notes(contact=contact, notes={"happened": "We sang."}, by=me)
    note = contact.notes.get(part="happened")
    texts = list(note.events.order_by("pgh_id").values_list("pgh_label", "text"))
    assert texts == [("insert", "We played on the mat."), ("update", "We sang.")]


def test_entering_in_error_hides_all_dependent_records(cast, me, episode):
    contact = make_contact(episode, me)
    mark_contact_in_error(contact=contact, reason="Wrong family", by=me)
    scope = load_scope(me)
    for model in (CareContact, NotePart, Participant):
        assert not model.objects.visible_to(scope).exists()
    assert NotePart.objects.including_sealed(load_scope(cast["governance"])).count() == 2
    assert [message.to for message in mail.outbox] == [["governance@pairs.example"]]
    assert Participant.objects.live().count() == 2, "the contact's own mark is enough"


def test_a_contact_entered_in_error_counts_nowhere(me, episode):
    before = get_work(me, episode)
    make_contact(episode, me, days_ago=9, infant="not_brought", carer="attended")
    contact = make_contact(episode, me, sign=False)
    mark_contact_in_error(contact=contact, reason="Wrong family", by=me)
    mark_contact_in_error(contact=CareContact.objects.live().get(), reason="Wrong family", by=me)
    assert get_work(me, episode) == before


def get_work(me, episode):
    """What due items and the caseload say of an episode."""
    row = Episode.objects.with_work().get(pk=episode.pk)
    items = list_all_due_items(load_scope(me), timezone.localdate())
    return row.last_seen_at, row.attendances, [(item.code, item.subject_id) for item in items]


def test_up_to_three_goals(me, episode):
    dyad = episode.focus.get()
    for words in ("Enjoy bath time", "Sleep", "Go out together"):
        set_goal(episode=episode, dyad=dyad, words=words, by=me)
    with pytest.raises(ActionRefused, match="3 goals"):
        set_goal(episode=episode, dyad=dyad, words="Another", by=me)


def end_episode_of(episode, by, **changed):
    usual = {
        "ended_on": timezone.localdate(),
        "reason": "02",
        "summary": "Bath time is fun.",
        "held_next_by": "HV",
    }
    return end_episode(episode=episode, by=by, **usual | changed)


def test_an_ending_closes_what_was_under_way(me, episode):
    ended = end_episode_of(episode, me)
    assert ended.uses.get().ended_on == timezone.localdate()
    for again in (
        lambda: end_episode_of(episode, me),
        lambda: set_goal(episode=episode, dyad=episode.focus.get(), words="x", by=me),
    ):
        with pytest.raises(ActionRefused, match="ended"):
            again()


def test_no_contact_comes_after_the_end(me, episode):
    make_contact(episode, me, days_ago=5)
    with pytest.raises(ActionRefused) as refused:
        end_episode_of(episode, me, ended_on=timezone.localdate() - timedelta(days=6))
    assert "ended_on" in refused.value.errors
    end_episode_of(episode, me, ended_on=timezone.localdate() - timedelta(days=3))
    with pytest.raises(ActionRefused, match="after the episode ended"):
        make_contact(episode, me, days_ago=1)
    assert make_contact(episode, me, days_ago=4)


def map_due_by_code(user, *families):
    items = list_app_due_items(load_scope(user), timezone.localdate(), families or None)
    return {item.code: item for item in items}


def test_a_first_contact_is_due_until_somebody_is_seen(cast, me):
    referral = make_accepted_referral(make_family())
    assert map_due_by_code(me)["first_contact"].due_on == timezone.localdate(referral.decided_at)
    episode = open_episode_of(referral, me, opened_on=timezone.localdate() - timedelta(days=9))
    make_contact(episode, me, infant="not_brought", carer="did_not_attend")
    assert map_due_by_code(me)["first_contact"].owner_id == me.pk
    make_contact(episode, me)
    assert not map_due_by_code(me)
    assert not map_due_by_code(cast["hyndburn"])


def test_two_not_brought_are_thought_about_and_our_own_cancellations_are_not(me, episode):
    make_contact(episode, me, days_ago=9)
    make_contact(episode, me, days_ago=5, infant="not_brought")
    make_contact(episode, me, days_ago=4, infant="cancelled_service")
    assert "missed_contacts" not in map_due_by_code(me)
    make_contact(episode, me, days_ago=3, infant="not_brought")
    item = map_due_by_code(me, episode.family_id)["missed_contacts"]
    assert (item.why, item.owner_id) == ("Not brought 2 times since last seen", me.pk)
    assert item.due_on == timezone.localdate() - timedelta(days=3)
    end_episode_of(episode, me)
    assert "missed_contacts" not in map_due_by_code(me)


def test_one_twin_not_brought_is_not_hidden_by_the_other(me):
    episode = make_episode(me, infants=2)
    one, other = episode.family.infants.order_by("twin_order")
    for days_ago in (6, 4):
        contact = make_contact(episode, me, days_ago=days_ago)
        contact.participants.filter(infant=other).update(attendance="not_brought")
    assert "missed_contacts" in map_due_by_code(me)
    assert one.attendances.filter(attendance="attended").count() == 2


def test_a_plan_review_and_an_unsigned_note_are_due(me, episode):
    episode.review_on = timezone.localdate()
    episode.save(update_fields=["review_on"])
    contact = make_contact(episode, me, sign=False)
    assert map_due_by_code(me)["plan_review"].subject_id == episode.pk
    unsigned = map_due_by_code(me)["unsigned_contact"]
    assert (unsigned.subject_id, unsigned.owner_id, unsigned.kind) == (contact.pk, me.pk, "data quality")
    end_episode_of(episode, me)
    assert list(map_due_by_code(me)) == ["unsigned_contact"]


def test_what_is_due_costs_one_query(me, episode, django_assert_num_queries):
    make_episode(me, reference="U")
    scope = load_scope(me)
    with django_assert_num_queries(1):
        list_app_due_items(scope, timezone.localdate())
