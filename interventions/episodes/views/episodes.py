"""Pages of an episode: opened, goals. Its plan is agreed and it ends on higher floors (outcomes.planning, endings)."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone

from interventions.episodes import actions
from interventions.episodes.catalogue import OFFERED_FIRST
from interventions.episodes.forms import (
    NewGoal,
    OpenEpisode,
)
from interventions.episodes.models import Episode
from interventions.episodes.views.shown import page, to_episode
from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.families.opened import family_of
from pairs.submissions.typed import Typed
from referrals.models import Referral


@policy.permission("write_records")
def open_episode(request, referral_id):
    """Begin the work an accepted referral asked for, with what is known filled in."""
    referral = fetch(
        request, Referral.objects.exclude(family=None), may="write_records", pk=referral_id, status="accepted"
    )
    family = family_of(request, referral.family_id)
    typed = Typed(request, kind="open-episode")
    usual = _usual_opening(request, referral, family)
    form = OpenEpisode(typed.data, family=family, patient=referral.patient_id, initial=usual)
    done = typed.submitted(
        form,
        make=lambda: actions.open_episode(referral=referral, by=request.user, **form.cleaned_data),
        path_of=to_episode,
    )
    if done:
        messages.success(request, "The episode is open.")
        return redirect(done)
    return page(request, "open_episode", family, typed, form=form, referral=referral)


def _usual_opening(request, referral, family):
    dyads = [dyad for dyad in family.dyads.all() if not dyad.infant.lost_on]
    main = [dyad.pk for dyad in dyads if dyad.main_carer] or [dyad.pk for dyad in dyads]
    return {
        "lead": request.user.pk,
        "opened_on": timezone.localdate(),
        "focus": [] if referral.patient_id else main,
        "interventions": [OFFERED_FIRST],
        "thrive": referral.thrive,
    }


@policy.permission("write_records")
def new_goal(request, episode_id):
    """What the family hopes for, in their words."""
    episode = fetch(request, Episode.objects.all(), may="write_records", pk=episode_id)
    family = family_of(request, episode.family_id)
    typed = Typed(request, kind="new-goal")
    form = NewGoal(typed.data, family=family)
    done = typed.submitted(
        form,
        make=lambda: actions.set_goal(episode=episode, by=request.user, **form.cleaned_data),
        path_of=lambda goal: to_episode(episode),
    )
    if done:
        messages.success(request, "The goal is set.")
        return redirect(done)
    return page(request, "new_goal", family, typed, form=form, episode=episode)
