"""What every form page does: its first values are worked out once, and a second click goes where the first went."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from interventions.diary.models import Room
from interventions.diary.views.rooms import EditRoomPage
from interventions.endings.models import Ending
from pairs.access.scope import load_scope
from pairs.families.banner import get_family_name
from pairs.families.confirmations import link_to_family
from pairs.service.models import Site
from pairs.submissions.posted_values import to_posted_texts


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        (None, [""]), ("", [""]), (0, ["0"]), (True, ["True"]), ([], []), (["a", None], ["a", ""]),
        (("b",), ["b"]), ("one\r\ntwo", ["one\ntwo"]), (Site(pk=7), ["7"]), ([Site(pk=7), Site(pk=8)], ["7", "8"]),
    ],
)  # fmt: skip
def test_a_value_as_a_browser_would_post_it(value, texts):
    assert to_posted_texts(value) == texts


@pytest.mark.django_db
def test_an_edit_works_its_first_values_out_once_when_it_is_opened(cast, sign_in_as, monkeypatch):
    room = Room.objects.create(site=Site.objects.get(code="hyndburn"), name="The blue room")
    asked, get_initial = [], EditRoomPage.get_initial

    def count_initial(page):
        asked.append(page)
        return get_initial(page)

    monkeypatch.setattr(EditRoomPage, "get_initial", count_initial)
    assert sign_in_as("supervisor").get(reverse("room", args=[room.pk])).status_code == 200
    assert len(asked) == 1


@pytest.mark.django_db
def test_a_second_click_on_an_ending_goes_where_the_first_went(me, episode, client):
    address = reverse("end-episode", args=[episode.pk])
    posted = {
        "submission": str(uuid4()), "draft": "on", "summary": "He sleeps",
        "open-TOTAL_FORMS": "0", "open-INITIAL_FORMS": "0", "changed-TOTAL_FORMS": "0", "changed-INITIAL_FORMS": "0",
    }  # fmt: skip
    first, second = client.post(address, posted), client.post(address, posted)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert Ending.objects.get().summary == "He sleeps"


@pytest.mark.django_db
def test_a_draft_sent_again_with_other_words_shows_both(me, episode, client):
    address = reverse("end-episode", args=[episode.pk])
    shown = client.get(address).content.decode()
    [mark] = re.findall(r'name="shown" value="([^"]*)"', shown)
    posted = {
        "submission": str(uuid4()), "draft": "on", "summary": "He sleeps", "shown": mark,
        "open-TOTAL_FORMS": "0", "open-INITIAL_FORMS": "0", "changed-TOTAL_FORMS": "0", "changed-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert client.post(address, posted).status_code == 302
    again = client.post(address, posted | {"summary": "Something else"}).content.decode()
    assert "This was already saved on" in again
    assert "Something else" in again
    assert "He sleeps" in again
    assert Ending.objects.get().summary == "He sleeps"


@pytest.mark.django_db
def test_a_confirmation_names_the_family_and_leads_back(me, episode, client):
    address = reverse("new-goal", args=[episode.pk])
    dyad = episode.family.dyads.get().pk
    page = client.post(
        address, {"words": "Bath time without tears", "dyad": dyad, "submission": str(uuid4())}, follow=True
    )
    family_path = reverse("family", args=[episode.family_id])
    name = get_family_name(episode.family)
    assert (
        f'Goal set. Family: <a class="nhsuk-link" href="{family_path}">{name}</a>.' in page.content.decode()
    )


@pytest.mark.django_db
def test_a_confirmation_names_no_family_that_its_reader_does_not_see(episode, cast, rf):
    request = rf.get("/")
    request.scope = load_scope(cast["hyndburn"])
    assert link_to_family(request, episode.family_id) == ""
    request.scope = load_scope(cast["blackburn"])
    assert reverse("family", args=[episode.family_id]) in link_to_family(request, episode.family_id)
