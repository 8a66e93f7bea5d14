"""Filming through its pages, actions and API: consent first, and no recording is forgotten."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.endings.outstanding_work import list_outstanding_work
from interventions.episodes.actions import end_episode
from interventions.episodes.models import Intervention
from interventions.filming import actions
from interventions.filming.models import FilmCycle
from pairs.access.batch_query import run_queries
from pairs.access.scope import load_scope
from pairs.families.actions import record_adoption, record_loss
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.matching.actions import merge_people, unmerge
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from pairs.web.formats import format_short_day
from reporting.dashboards.timeline import list_family_events
from tests.app_due_items import make_due_items
from tests.project.form_filling import fill_form, parse_form
from tests.unit.episodes.factories import VIG_CODE, make_episode
from tests.unit.filming.factories import get_days_ago, make_film, make_recording

pytestmark = pytest.mark.django_db
list_app_due_items = make_due_items("interventions.filming")


def list_due_recordings(me):
    return list_app_due_items(load_scope(me), timezone.localdate())


def test_a_cycle_through_its_pages(me, episode, client):
    address = reverse("new-film", args=[episode.pk])
    assert f'value="{VIG_CODE}" selected' in client.get(address).content.decode()
    dyad = episode.focus.get()
    consent = {"dyad": dyad.pk, "intervention": VIG_CODE, "consent_by": dyad.caregiver_id}
    consent |= {"consented_on": get_days_ago(9), "consent_for": "To be filmed at home"}
    path = client.post(address, consent).headers["Location"]
    film = FilmCycle.objects.get()
    assert path == reverse("film", args=[film.pk])
    assert "Record filming" in client.get(path).content.decode()
    made = {"filmed_on": get_days_ago(7), "kept_where": "Camera 3", "delete_by": get_days_ago(-20)}
    for name, posted in (
        ("film-made", made),
        ("film-review", {"reviewed_on": get_days_ago(2)}),
        ("film-deletion", {"deleted_on": get_days_ago(0), "copy_given_to": ""}),
    ):
        assert client.get(reverse(name, args=[film.pk])).status_code == 200
        assert client.post(reverse(name, args=[film.pk]), posted).headers["Location"] == path, name
    text = client.get(path).content.decode()
    for words in ("Camera 3", "Bilal Blackburn", "To be filmed at home", "No recording"):
        assert words in text
    assert "cycle 1" in client.get(reverse("episode", args=[episode.pk])).content.decode()


def test_a_film_is_never_made_before_the_family_agreed(me, episode, client):
    film = make_film(episode, me, days_ago=5)
    posted = {"filmed_on": get_days_ago(6), "kept_where": "Camera", "delete_by": get_days_ago(-9)}
    answer = client.post(reverse("film-made", args=[film.pk]), posted)
    assert "before the family agreed" in answer.content.decode()
    film.refresh_from_db()
    assert film.filmed_on is None


def test_cycles_are_numbered_by_relationship(me, episode):
    second = Caregiver.objects.create(family=episode.family, given_name="Dan")
    infant = episode.family.infants.get()
    other = Dyad.objects.create(family=episode.family, infant=infant, caregiver=second, relationship="father")
    numbers = [make_film(episode, me, dyad=dyad).number for dyad in (None, None, other)]
    assert numbers == [1, 2, 1]


def test_a_recording_is_due_from_its_day_until_it_is_deleted(me, episode):
    film = make_recording(episode, me, filmed_ago=10, keep_days=11)
    assert list_due_recordings(me) == []
    film.change(delete_by=get_days_ago(0))
    item = list_due_recordings(me)[0]
    assert (item.title, item.due_on, item.owner_id) == ("Delete this recording", get_days_ago(0), me.pk)
    actions.record_deletion(film=film, deleted_on=get_days_ago(0), by=me)
    assert list_due_recordings(me) == []


def test_it_is_due_after_the_end_of_the_episode_too(me, episode):
    film = make_recording(episode, me, filmed_ago=10, keep_days=5)
    ending = {"ended_on": get_days_ago(0), "reason": "02", "summary": "Calmer", "held_next_by": "HV"}
    end_episode(episode=episode, by=me, **ending)
    assert [item.subject_id for item in list_due_recordings(me)] == [film.pk]
    actions.record_deletion(film=film, deleted_on=get_days_ago(0), by=me)
    assert list_due_recordings(me) == []


def test_it_is_due_at_once_when_consent_is_withdrawn(me, episode, client):
    film = make_recording(episode, me, filmed_ago=10, keep_days=200)
    client.post(reverse("film-withdrawal", args=[film.pk]), {"withdrawn_on": get_days_ago(0)})
    item = list_due_recordings(me)[0]
    why = f"Filmed {format_short_day(get_days_ago(10))}. The family has withdrawn their consent."
    assert (item.due_on, item.why) == (get_days_ago(0), why)
    with pytest.raises(ActionRefused, match="withdrawn"):
        actions.record_filming(
            film=make_withdrawn_film(episode, me),
            filmed_on=get_days_ago(0),
            kept_where="C",
            delete_by=get_days_ago(-1),
            by=me,
        )


def make_withdrawn_film(episode, by):
    film = make_film(episode, by, days_ago=5)
    return actions.withdraw_film_consent(film=film, withdrawn_on=get_days_ago(2), by=by)


def test_after_a_loss_nobody_is_asked_to_delete_and_the_film_may_be_given(me, episode, client):
    film = make_recording(episode, me, filmed_ago=10, keep_days=5)
    infant = film.dyad.infant
    record_loss(infant=infant, loss="death", lost_on=get_days_ago(1), by=me)
    item = list_due_recordings(me)[0]
    assert item.title == "Decide what happens to a recording"
    assert "Delete" not in item.title + item.why
    text = client.get(reverse("film", args=[film.pk])).content.decode()
    assert "precious" in text
    mother = episode.family.caregivers.get()
    client.post(
        reverse("film-deletion", args=[film.pk]), {"deleted_on": get_days_ago(0), "copy_given_to": mother.pk}
    )
    film.refresh_from_db()
    assert film.copy_given_to == mother
    with pytest.raises(ActionRefused, match="loss"):
        make_film(episode, me)


def test_after_a_carers_death_the_film_may_be_all_that_her_baby_has(me, episode, client):
    film = make_recording(episode, me, filmed_ago=10, keep_days=5)
    film.dyad.caregiver.change(died_on=get_days_ago(1))
    item = list_due_recordings(me)[0]
    assert item.title == "Decide what happens to a recording"
    assert "precious" in client.get(reverse("film", args=[film.pk])).content.decode()
    assert "precious" in client.get(reverse("film-deletion", args=[film.pk])).content.decode()
    page = client.get(reverse("episode", args=[episode.pk])).content.decode()
    assert "Start a filming cycle" not in page
    with pytest.raises(ActionRefused, match="died"):
        actions.record_shared_review(film=film, reviewed_on=get_days_ago(0), by=me)
    assert actions.record_shared_review(film=film, reviewed_on=get_days_ago(2), by=me).reviewed_on
    outstanding = " ".join(each.what for each in list_outstanding_work(episode))
    assert "Decide what happens to the recording" in outstanding


def test_a_page_of_a_lost_baby_offers_no_new_film(me, episode, client):
    record_loss(infant=episode.family.infants.get(), loss="death", lost_on=get_days_ago(1), by=me)
    text = client.get(reverse("episode", args=[episode.pk])).content.decode()
    assert "Start a filming cycle" not in text


def test_a_cycle_with_a_recording_cannot_be_hidden(me, episode, client):
    film = make_recording(episode, me)
    address = reverse("film-in-error", args=[film.pk])
    assert "A recording is stored" in client.post(address, {"reason": "Wrong"}).content.decode()
    begun = make_film(episode, me)
    assert client.post(reverse("film-in-error", args=[begun.pk]), {"reason": "Wrong"}).status_code == 302
    assert client.get(reverse("film", args=[begun.pk])).status_code == 404
    assert make_film(episode, me).number == 3  # a number is never given twice


def test_the_chronology_lists_each_day(me, episode):
    film = make_recording(episode, me)
    family = Family.objects.with_people().get(pk=episode.family_id)
    titles = [event.title for event in list_family_events(family)]
    way = str(film.intervention)
    assert f"Filmed together: {way}, cycle 1" in titles
    assert f"Agreed to be filmed: {way}, cycle 1" in titles


def test_two_records_of_a_carer_become_one_and_the_films_go_along(me, episode):
    film = make_recording(episode, me)
    twice = Caregiver.objects.create(family=episode.family, given_name="Cora", family_name="Carer")
    merge = merge_people(kept=twice, merged=film.consent_by, choices={}, reason="The same", by=me)
    film.refresh_from_db()
    assert film.consent_by == twice
    assert film.dyad.caregiver == twice
    unmerge(merge=merge, by=me, reason="They are two")
    film.refresh_from_db()
    assert film.consent_by != twice


def test_an_adoption_seals_the_films_of_the_birth_identity(cast, me, episode, client):
    film = make_recording(episode, me)
    record_adoption(
        infant=film.dyad.infant, adopted_on=get_days_ago(0), given_name="Robin", family_name="Fair",
        site=Site.objects.get(code="hyndburn"), by=cast["governance"],
    )  # fmt: skip
    assert client.get(reverse("film", args=[film.pk])).status_code == 404
    assert Infant.objects.live().count() == 1
    address = reverse("sealed-recording", args=[film.pk])
    assert client.get(address).status_code == 403
    assert "Encrypted camera 3" not in client.get(reverse("recordings")).content.decode()
    client.force_login(cast["governance"])
    assert "Encrypted camera 3" in client.get(reverse("recordings")).content.decode()
    assert "Baby1" not in client.get(address).content.decode()
    client.post(address, {"deleted_on": get_days_ago(0)})
    film.refresh_from_db()
    assert (film.deleted_on, film.deleted_by) == (get_days_ago(0), cast["governance"])
    assert client.get(address).status_code == 404


def test_recordings_we_hold_are_those_in_scope(cast, me, episode, client):
    make_recording(episode, me)
    text = client.get(reverse("recordings")).content.decode()
    assert "Encrypted camera 3" in text
    client.force_login(cast["hyndburn"])
    assert "Encrypted camera 3" not in client.get(reverse("recordings")).content.decode()


def test_the_same_by_api(me, episode, client):
    def post_to_film(name, pk, payload):
        answer = client.post(reverse(name, args=[pk]), payload, content_type="application/json")
        return answer.status_code, answer.json()

    dyad = episode.focus.get()
    consent = {"dyad": str(dyad.pk), "intervention": VIG_CODE, "consent_by": str(dyad.caregiver_id)}
    consent |= {"consented_on": get_days_ago(9).isoformat(), "consent_for": "To be filmed"}
    status, film = post_to_film("api-films", episode.pk, consent)
    assert (status, film["stage"], film["number"]) == (201, "to_film", 1)
    status, answer = post_to_film("api-film-review", film["id"], {"reviewed_on": get_days_ago(0).isoformat()})
    assert (status, list(answer["errors"])) == (400, ["reviewed_on"])
    made = {
        "filmed_on": get_days_ago(8).isoformat(),
        "kept_where": "Camera",
        "delete_by": get_days_ago(-9).isoformat(),
    }
    assert post_to_film("api-film-made", film["id"], made)[1]["stage"] == "to_review"
    assert post_to_film("api-film-review", film["id"], {"reviewed_on": get_days_ago(0).isoformat()})[0] == 201
    gone = {"withdrawn_on": get_days_ago(0).isoformat()}
    assert post_to_film("api-film-withdrawal", film["id"], gone)[1]["withdrawn_on"] == gone["withdrawn_on"]
    assert (
        post_to_film("api-film-deletion", film["id"], {"deleted_on": get_days_ago(0).isoformat()})[1]["stage"]
        == "over"
    )
    assert len(client.get(reverse("api-films", args=[episode.pk])).json()["results"]) == 1


def test_one_query_however_many(me, django_assert_num_queries):
    from interventions.filming.due import build_family_due_queries

    for number in range(3):
        make_recording(make_episode(me, reference=f"F{number}"), me, filmed_ago=10, keep_days=5)
    scope = load_scope(me)
    with django_assert_num_queries(1):
        assert (
            len(run_queries(build_family_due_queries(scope, timezone.localdate() + timedelta(days=1)))) == 3
        )


def test_only_ways_that_are_offered_can_be_chosen(me, episode, client):
    Intervention.objects.filter(code=VIG_CODE).update(retired_on=get_days_ago(1))
    text = client.get(reverse("new-film", args=[episode.pk])).content.decode()
    assert f'value="{VIG_CODE}"' not in text


def test_of_two_who_record_one_film_the_second_sees_what_the_first_wrote(me, episode, client):
    """Both pages were open before there was a film."""
    film = make_film(episode, me, days_ago=5)
    path = reverse("film-made", args=[film.pk])
    sent = {"filmed_on": get_days_ago(2), "delete_by": get_days_ago(-20)}
    pages = [fill_form(parse_form(client.get(path).content.decode())) for _ in range(2)]
    assert client.post(path, pages[0] | sent | {"kept_where": "Camera 1"}).status_code == 302
    answer = client.post(path, pages[1] | sent | {"kept_where": "Camera 2"})
    assert answer.status_code == 200
    assert {"Camera 1", "Camera 2"} <= set(re.findall(r"Camera \d", answer.content.decode()))
    film.refresh_from_db()
    assert film.kept_where == "Camera 1"


def test_a_stale_version_of_an_act_that_corrects_is_refused(me, episode, client):
    film = make_film(episode, me, days_ago=5)
    path = reverse("api-film-made", args=[film.pk])
    sent = {"filmed_on": str(get_days_ago(2)), "delete_by": str(get_days_ago(-20)), "kept_where": "Camera 1"}
    stale = client.post(path, sent, content_type="application/json", headers={"If-Match": '"other"'})
    assert stale.status_code == 412
    assert client.post(path, sent, content_type="application/json").status_code == 201
