"""What every page of this room shows, and the one way in which its small forms become an act."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render

from interventions.episodes.models import Episode
from interventions.episodes.views.shown import to_episode
from pairs.access.fetch import fetch, fetch_list
from pairs.families.banner import banner_of, family_name
from pairs.families.models import RiskAlert
from pairs.families.opened import family_of
from pairs.submissions.typed import Typed


@dataclass(frozen=True)
class Words:
    """What a small page says: its heading, its button, what stands above the form, what is said afterwards."""

    title: str
    button: str
    said: str
    above: Sequence[str] = ()


def page(request, template, family, **context):
    """A record page of this room: the banner with its alerts."""
    alerts = fetch_list(request, RiskAlert.objects.open().filter(family=family))
    shared = {"family": family, "name": family_name(family), "banner": banner_of(family, alerts=alerts)}
    return render(request, f"plans/{template}.html", shared | context)


def of_episode(request, episode_id, may="write_records"):
    """(the episode, its family) in scope, with the right to write at its site."""
    episodes = Episode.objects.select_related("site", "lead", "referral").prefetch_related("focus")
    episode = fetch(request, episodes, may=may, pk=episode_id)
    return episode, family_of(request, episode.family_id)


def of_record(request, records, pk, may="write_records"):
    """(a record that belongs to an episode, its family), alike."""
    found = fetch(request, records, may=may, pk=pk)
    return found, family_of(request, found.episode.family_id)


def act(request, family, episode, *, kind, form_of, make, words, path_of=None, template=None, **context):
    """One small form and one act: saved and back where it leads, or the page again with what was typed.

    ``form_of`` makes the form of what was typed; ``make`` the record of the form's values.
    """
    typed = Typed(request, kind=kind)
    form = form_of(typed.data)
    done = typed.submitted(
        form,
        make=lambda: make(**form.cleaned_data),
        path_of=path_of or (lambda made: to_episode(episode)),
    )
    if done:
        messages.success(request, words.said)
        return redirect(done)
    shared = {
        "form": form,
        "episode": episode,
        "words": words,
        "typed": typed,
        "submission_token": typed.token,
    }
    shared |= {"back": to_episode(episode)} | context
    return page(request, template, family, **shared) if template else page(request, "act", family, **shared)
