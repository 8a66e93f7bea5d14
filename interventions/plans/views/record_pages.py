"""What every page of this app shows of a family's record, and the shared view of its small forms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from interventions.episodes.models import Episode
from interventions.episodes.views.record_pages import get_episode_path
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.banner import build_banner, get_family_name
from pairs.families.models import Family, RiskAlert
from pairs.submissions.form_submission import FormSubmission


@dataclass(frozen=True)
class PageText:
    """The texts of a small form page: heading, button, success message, and lines above the form."""

    title: str
    button: str
    said: str
    above: Sequence[str] = ()


def render_plan_page(request: ScopedRequest, template: str, family: Family, **context: Any) -> HttpResponse:
    """Render a page with the family's banner and its open alerts."""
    alerts = list_visible(request, RiskAlert.objects.open().filter(family=family))
    shared = {
        "family": family,
        "name": get_family_name(family),
        "banner": build_banner(family, alerts=alerts),
    }
    return render(request, f"plans/{template}.html", shared | context)


def get_episode_and_family(
    request: ScopedRequest, episode_id: UUID, may: str | None = "write_records"
) -> Any:
    """(episode, family) in scope; by default the user needs write permission at its site."""
    episodes = Episode.objects.select_related("site", "lead", "referral").prefetch_related("focus")
    episode = get_visible_or_404(request, episodes, may=may, pk=episode_id)
    return episode, get_family(request, episode.family_id)


def get_record_and_family(
    request: ScopedRequest, records: QuerySet[Any], pk: UUID, may: str | None = "write_records"
) -> Any:
    """(record of an episode, family), likewise."""
    found = get_visible_or_404(request, records, may=may, pk=pk)
    return found, get_family(request, found.episode.family_id)


def handle_action_form(
    request: ScopedRequest,
    family: Family,
    episode: Episode,
    *,
    kind: str,
    form_of: Callable[..., Any],
    make: Callable[..., Any],
    words: PageText,
    path_of: Callable[..., Any] | None = None,
    template: str | None = None,
    **context: Any,
) -> HttpResponse:
    """Handle one small form with one action: save and redirect, or show the page again with the input.

    ``form_of`` builds the form from the input; ``make`` creates the record from the form's values.
    """
    submission = FormSubmission(request, kind=kind)
    form = form_of(submission.data)
    done = submission.save_once(
        form,
        make=lambda: make(**form.cleaned_data),
        path_of=path_of or (lambda made: get_episode_path(episode)),
    )
    if done:
        messages.success(request, words.said)
        return redirect(done)
    shared = {
        "form": form,
        "episode": episode,
        "words": words,
        "typed": submission,
        "submission_token": submission.token,
    }
    shared |= {"back": get_episode_path(episode)} | context
    return (
        render_plan_page(request, template, family, **shared)
        if template
        else render_plan_page(request, "act", family, **shared)
    )
