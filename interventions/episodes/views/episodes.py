"""Pages for opening an episode and setting goals. Plan agreement and endings are in higher apps."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from interventions.episodes import actions
from interventions.episodes.catalogue import DEFAULT_INTERVENTION
from interventions.episodes.forms import (
    NewGoalForm,
    OpenEpisodeForm,
)
from interventions.episodes.models import Episode
from interventions.episodes.views.record_pages import get_episode_path, render_episode_record_page
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.access import get_family
from pairs.families.models import Family
from pairs.submissions.form_submission import FormSubmission
from referrals.models import Referral
from referrals.rules.choices import ReferralState


@policy.permission("write_records")
def open_episode_page(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """Open the episode of an accepted referral; the form is filled in as far as possible."""
    referral = get_visible_or_404(
        request,
        Referral.objects.exclude(family=None),
        may="write_records",
        pk=referral_id,
        status=ReferralState.ACCEPTED,
    )
    family = get_family(request, referral.family_id)
    submission = FormSubmission(request, kind="open-episode")
    usual = _build_opening_initial(request, referral, family)
    form = OpenEpisodeForm(submission.data, family=family, patient=referral.patient_id, initial=usual)
    done = submission.save_once(
        form,
        make=lambda: actions.open_episode(referral=referral, by=request.user, **form.cleaned_data),
        path_of=get_episode_path,
    )
    if done:
        messages.success(request, "The episode is open.")
        return redirect(done)
    return render_episode_record_page(
        request, "open_episode", family, submission, form=form, referral=referral
    )


def _build_opening_initial(request: ScopedRequest, referral: Any, family: Family) -> dict[str, Any]:
    dyads = [dyad for dyad in family.dyads.all() if not dyad.infant.lost_on]
    main = [dyad.pk for dyad in dyads if dyad.main_carer] or [dyad.pk for dyad in dyads]
    return {
        "lead": request.user.pk,
        "opened_on": timezone.localdate(),
        "focus": [] if referral.patient_id else main,
        "interventions": [DEFAULT_INTERVENTION],
        "thrive": referral.thrive,
    }


@policy.permission("write_records")
def add_goal(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Set a goal in the family's words."""
    episode = get_visible_or_404(request, Episode.objects.all(), may="write_records", pk=episode_id)
    family = get_family(request, episode.family_id)
    submission = FormSubmission(request, kind="new-goal")
    form = NewGoalForm(submission.data, family=family)
    done = submission.save_once(
        form,
        make=lambda: actions.set_goal(episode=episode, by=request.user, **form.cleaned_data),
        path_of=lambda goal: get_episode_path(episode),
    )
    if done:
        messages.success(request, "The goal is set.")
        return redirect(done)
    return render_episode_record_page(request, "new_goal", family, submission, form=form, episode=episode)
