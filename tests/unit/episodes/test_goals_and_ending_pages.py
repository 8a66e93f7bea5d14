"""From the episode's page: a goal is set, and the work is ended."""

import pytest
from django.urls import reverse
from django.utils import timezone

pytestmark = pytest.mark.django_db
EMPTY_FORMSETS = {
    f"{rows}-{name}_FORMS": "0" for rows in ("open", "changed") for name in ("TOTAL", "INITIAL")
}


def test_a_goal_is_set_from_one_place_on_the_episode(episode, client):
    """Where the goals will be while there is none, and beside what else one does here from then on."""
    path = reverse("episode", args=[episode.pk])
    assert client.get(path).content.decode().count("Set a goal") == 1
    client.post(reverse("new-goal", args=[episode.pk]), {"words": "Sleep", "dyad": episode.focus.get().pk})
    text = client.get(path).content.decode()
    assert text.count("Set a goal") == 1
    assert "“Sleep”" in text


def test_a_goal_then_an_ending(episode, client):
    dyad = episode.focus.get()
    goal = {"words": "Enjoy bath time", "dyad": dyad.pk}
    assert client.post(reverse("new-goal", args=[episode.pk]), goal).status_code == 302
    address = reverse("end-episode", args=[episode.pk])
    assert "no contact can be recorded for a later day" in client.get(address).content.decode()
    ending = {"ended_on": timezone.localdate(), "reason": "02", "summary": "Calmer.", "held_next_by": "HV"}
    ending |= {"planned": "yes", "together": "all"} | EMPTY_FORMSETS
    assert client.post(address, ending).status_code == 302
    text = client.get(reverse("episode", args=[episode.pk])).content.decode()
    for words in ("Enjoy bath time", "Calmer.", "Work completed"):
        assert words in text
    assert "Log a contact" not in text
