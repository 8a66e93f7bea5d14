"""An ending prepared over several sessions, completed, and undone; what is still open then; who may."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.endings.actions import prepare_ending, reopen_episode
from interventions.endings.models import Ending, EndingPart, HandoverItem, Reopening
from interventions.endings.outstanding_work import list_outstanding_work
from interventions.episodes.actions import end_episode
from interventions.episodes.models import Episode
from interventions.supervision.actions import finish_decision, record_supervision
from interventions.supervision.models import CaseDecision
from pairs.service.refusals import ActionRefused
from pairs.village.actions import begin_letter
from tests.unit.endings.factories import SeparatedFamily, get_days_ago, make_ending
from tests.unit.episodes.factories import make_contact, make_episode

pytestmark = pytest.mark.django_db


def prepare_ending_of(episode, by, *, complete=False, changed=None, handed_on=None, **other):
    return prepare_ending(
        episode=episode, said=make_ending(**other), changed=changed or {}, handed_on=handed_on or {}, complete=complete,
        by=by,
    )  # fmt: skip


def make_case_decision(cast, episode, what="Ring the nursery"):
    record_supervision(
        site=episode.site, supervisee=cast["blackburn"], kind="clinical", held_on=get_days_ago(1), minutes=60, note="",
        decisions=[(episode.family, what, get_days_ago(-7))], by=cast["supervisor"],
    )  # fmt: skip
    return CaseDecision.objects.get()


def build_ending_post(episode, **changed):
    """What a browser posts: the rows as the page shows them, and what is changed about them."""
    things = list_outstanding_work(episode)
    dyads = list(episode.family.dyads.all())
    form = {name: value or "" for name, value in make_ending().items()}
    form |= {"open-TOTAL_FORMS": len(things), "open-INITIAL_FORMS": len(things)}
    form |= {"changed-TOTAL_FORMS": len(dyads), "changed-INITIAL_FORMS": len(dyads), "draft": ""}
    for number, thing in enumerate(things):
        form |= {f"open-{number}-key": thing.key, f"open-{number}-to_whom": ""}
    for number, dyad in enumerate(dyads):
        form |= {f"changed-{number}-dyad": dyad.pk, f"changed-{number}-words": ""}
    return form | changed


def test_a_draft_is_saved_as_often_as_one_likes_and_ends_nothing(me, episode):
    dyad = episode.focus.get()
    nothing = dict.fromkeys(make_ending(), "") | {"ended_on": None}
    first = prepare_ending_of(episode, me, changed={dyad.pk: "You talk"}, **nothing)
    again = prepare_ending_of(episode, me, changed={dyad.pk: "You talk more"}, summary="Calmer")
    episode.refresh_from_db()
    assert first.pk == again.pk
    assert (episode.ended_on, Ending.objects.get().completed_at) == (None, None)
    assert [part.text for part in EndingPart.objects.all()] == ["You talk more"]
    prepare_ending_of(episode, me, changed={dyad.pk: ""})
    assert EndingPart.objects.get().text == ""


def test_completing_ends_the_episode_by_what_the_draft_says(me, episode):
    use = episode.uses.get()
    ending = prepare_ending_of(episode, me, complete=True)
    episode.refresh_from_db()
    use.refresh_from_db()
    assert (episode.ended_on, episode.ending_reason) == (timezone.localdate(), "02")
    assert (episode.ending_summary, episode.held_next_by) == ("Evenings are calmer.", "Health visitor")
    assert (ending.completed_by, ending.uses_ended) == (me, [use.pk])
    assert use.ended_on == timezone.localdate()
    with pytest.raises(ActionRefused, match="This episode has already ended"):
        prepare_ending_of(episode, me)


@pytest.mark.parametrize("name", ["ended_on", "reason", "together", "planned", "summary", "held_next_by"])
def test_missing_fields_are_named_and_nothing_is_saved(me, episode, name):
    with pytest.raises(ActionRefused) as refused:
        prepare_ending_of(episode, me, complete=True, **{name: None if name == "ended_on" else ""})
    assert list(refused.value.errors) == [name]
    assert not Ending.objects.exists()


def test_an_impossible_day_is_refused_and_nothing_is_half_saved(me, episode):
    make_contact(episode, me, days_ago=1)
    for day in (timezone.localdate() + timedelta(days=1), get_days_ago(2), get_days_ago(400)):
        with pytest.raises(ActionRefused) as refused:
            prepare_ending_of(episode, me, complete=True, ended_on=day)
        assert list(refused.value.errors) == ["ended_on"]
    assert not Ending.objects.exists()
    assert Episode.objects.get().ended_on is None


def test_another_familys_dyad_is_refused(me, episode):
    other = make_episode(me, reference="O").focus.get()
    with pytest.raises(ActionRefused, match="this family"):
        prepare_ending_of(episode, me, changed={other.pk: "x"})


def test_open_work_is_found_in_every_app(cast, me, episode):
    assert list_outstanding_work(episode) == []
    make_contact(episode, me, sign=False)
    decision = make_case_decision(cast, episode)
    begin_letter(
        family=episode.family,
        to=episode.family.caregivers.get(),
        about=list(episode.family.infants.all()),
        by=me,
    )
    found = {each.code: each for each in list_outstanding_work(episode)}
    assert set(found) == {"unsigned", "decision", "letter"}
    assert [found[code].settle for code in ("unsigned", "decision", "letter")] == [False, True, False]
    assert found["decision"].href == reverse("decision-done", args=[decision.pk])
    assert "Ring the nursery" in found["decision"].what
    finish_decision(decision=decision, by=me)
    assert {each.code for each in list_outstanding_work(episode)} == {"unsigned", "letter"}


def test_open_work_is_asked_in_one_query(cast, me, episode, django_assert_num_queries):
    make_case_decision(cast, episode)
    for days in (1, 2, 3):
        make_contact(episode, me, days_ago=days, sign=False)
    with django_assert_num_queries(1):
        assert len(list_outstanding_work(episode)) == 4


def test_each_open_thing_is_closed_or_handed_on(cast, me, episode):
    decision = make_case_decision(cast, episode)
    key = f"decision:{decision.pk}"
    with pytest.raises(ActionRefused) as refused:
        prepare_ending_of(episode, me, complete=True)
    assert list(refused.value.errors) == [key]
    with pytest.raises(ActionRefused, match="has changed"):
        prepare_ending_of(episode, me, complete=True, handed_on={f"decision:{episode.pk}": "Sam"})
    prepare_ending_of(episode, me, handed_on={key: "Sam"})
    prepare_ending_of(episode, me, complete=True, handed_on={key: "Sam of the hub"})
    row = HandoverItem.objects.get()
    assert (row.to_whom, row.what) == ("Sam of the hub", "Decided in supervision: Ring the nursery")


def test_what_is_handed_on_is_kept_in_all_its_words_and_folded_on_the_page(cast, me, episode, client):
    words = "Ring the nursery about the mornings, and then the health visitor. " * 9
    decision = make_case_decision(cast, episode, words.strip())
    prepare_ending_of(episode, me, complete=True, handed_on={f"decision:{decision.pk}": "Sam"})
    assert HandoverItem.objects.get().what == f"Decided in supervision: {words.strip()}"
    client.force_login(me)
    page = client.get(reverse("episode", args=[episode.pk])).content.decode()
    assert "Show all" in page
    assert words.strip() in page


def test_an_ending_is_undone_by_a_reason_and_goes_on_as_a_draft(cast, me, episode):
    ended_before = episode.uses.get()
    prepare_ending_of(episode, me, complete=True)
    undone = reopen_episode(episode=episode, because="The twin's record was meant", by=cast["supervisor"])
    episode.refresh_from_db()
    ended_before.refresh_from_db()
    ending = Ending.objects.get()
    assert (episode.ended_on, episode.ending_reason, episode.ending_summary) == (None, "", "")
    assert ended_before.ended_on is None
    assert (ending.completed_at, ending.summary, ending.uses_ended) == (None, "Evenings are calmer.", [])
    assert (undone.ended_on, undone.reason, undone.summary) == (
        timezone.localdate(), "02", "Evenings are calmer.",
    )  # fmt: skip
    assert undone.reopened_by == cast["supervisor"]
    make_contact(episode, me)
    prepare_ending_of(episode, me, complete=True)
    reopen_episode(episode=episode, because="Again", by=cast["supervisor"])
    assert Reopening.objects.count() == 2


def test_what_had_ended_before_the_ending_stays_ended(cast, me, episode):
    use = episode.uses.get()
    use.change(ended_on=timezone.localdate())
    prepare_ending_of(episode, me, complete=True)
    reopen_episode(episode=episode, because="x", by=cast["supervisor"])
    use.refresh_from_db()
    assert use.ended_on == timezone.localdate()


def test_an_episode_that_ended_without_a_draft_can_be_opened_again(cast, me, episode):
    today = timezone.localdate()
    end_episode(episode=episode, ended_on=today, reason="05", summary="x", held_next_by="HV", by=me)
    reopen_episode(episode=episode, because="They rang", by=cast["supervisor"])
    ending = Ending.objects.get()
    assert (ending.reason, ending.completed_at) == ("05", None)
    assert episode.uses.get().ended_on is None


def test_an_open_episode_is_not_opened_again(cast, episode):
    with pytest.raises(ActionRefused, match="is open"):
        reopen_episode(episode=episode, because="x", by=cast["supervisor"])


def test_the_ending_by_its_pages(cast, me, episode, client):
    decision = make_case_decision(cast, episode)
    address = reverse("end-episode", args=[episode.pk])
    text = client.get(address).content.decode()
    for words in ("Ring the nursery", "Reassign", "Save draft", "data-autosave"):
        assert words in text
    saved = client.post(
        address, build_ending_post(episode, draft="on", reason="", **{"changed-0-words": "You two laugh"})
    )
    assert saved.headers["Location"] == address
    page = client.get(reverse("episode", args=[episode.pk])).content.decode()
    assert "Continue preparing the ending" in page
    assert "You two laugh" in client.get(address).content.decode()
    refused = client.post(address, build_ending_post(episode, reason="")).content.decode()
    assert "Close it, or choose who will take it over." in refused
    assert "Enter why it ends." in refused
    done = client.post(address, build_ending_post(episode, **{"open-0-to_whom": "Sam of the hub"}))
    assert done.headers["Location"] == reverse("episode", args=[episode.pk])
    page = client.get(done.headers["Location"]).content.decode()
    for words in ("Sam of the hub", "Watching the films.", "Evenings are calmer.", "Letters at the ending"):
        assert words in page
    assert "Reopen this episode" not in page
    assert CaseDecision.objects.get(pk=decision.pk).done_at is None


def test_a_supervisor_opens_it_again_and_a_practitioner_may_not(cast, me, episode, client):
    prepare_ending_of(episode, me, complete=True)
    address = reverse("reopen-episode", args=[episode.pk])
    assert client.get(address).status_code == 403
    client.force_login(cast["supervisor"])
    assert "Reopen this episode" in client.get(reverse("episode", args=[episode.pk])).content.decode()
    assert "There is a problem" in client.post(address, {"because": ""}).content.decode()
    assert client.post(address, {"because": "Wrong day"}).status_code == 302
    page = client.get(reverse("episode", args=[episode.pk])).content.decode()
    assert "Reopened on" in page
    assert "Wrong day" in client.get(reverse("chronology", args=[episode.family_id])).content.decode()
    client.force_login(cast["hyndburn"])
    assert client.get(address).status_code in (403, 404)


def test_the_ending_by_api(cast, me, episode, client):
    address = reverse("api-ending", args=[episode.pk])
    decision = make_case_decision(cast, episode)
    form = make_ending(ended_on=timezone.localdate().isoformat())

    def post_to_ending(where, what, status=201):
        answer = client.post(where, what, content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json()

    assert post_to_ending(address, {"draft": True, "helped": "Films"})["ending"]["helped"] == "Films"
    assert client.get(address).json()["open"][0]["key"] == f"decision:{decision.pk}"
    assert list(post_to_ending(address, form, 400)["errors"]) == [f"decision:{decision.pk}"]
    rows = {"open": [{"key": f"decision:{decision.pk}", "to_whom": "Sam"}]}
    assert post_to_ending(address, form | rows)["ended_on"] == timezone.localdate().isoformat()
    client.force_login(cast["supervisor"])
    again = post_to_ending(reverse("api-reopening", args=[episode.pk]), {"because": "Wrong day"})
    assert (again["ended_on"], again["reopenings"][0]["because"]) == (None, "Wrong day")


def test_after_a_loss_nobody_is_asked_what_has_changed_for_them(me, client):
    apart = SeparatedFamily(me)
    text = client.get(reverse("end-episode", args=[apart.episode.pk])).content.decode()
    assert "Ask the family what they want" in text
    assert "For Ana and Cora Carer" in text
    assert "For Ben" not in text


def test_a_decision_is_done_once_and_by_those_who_write_there(cast, me, episode, client):
    decision = make_case_decision(cast, episode)
    address = reverse("decision-done", args=[decision.pk])
    assert "Ring the nursery" in client.get(address).content.decode()
    client.post(address)
    done_at = CaseDecision.objects.get().done_at
    client.post(address)
    assert CaseDecision.objects.get().done_at == done_at
    client.force_login(cast["hyndburn"])
    assert client.get(address).status_code == 404
