"""The parent's link: made and called back by a practitioner, answered on a phone, read by the team."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from interventions.episodes.models import Episode
from interventions.episodes.record_forms.episodes import get_episode
from outcomes.forms import AnswersForm, LinkForm, build_answers_form
from outcomes.measure_definitions import Measure
from outcomes.measure_links import (
    get_usable_link,
    make_measure_link,
    mark_answers_read,
    record_link_answers,
    revoke_measure_link,
)
from outcomes.measures import get_catalogue
from outcomes.models import MeasureLink
from outcomes.rules import Timepoint
from outcomes.views.assessments import get_chosen_measure, get_family_and_dyads
from pairs.access import policy
from pairs.access.language import use_browser_language
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.banner import build_banner
from pairs.families.models import Dyad
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_submission import add_refusal_to_form
from pairs.web.absolute_urls import build_absolute_url
from pairs.web.qr_codes import render_qr_code


@policy.permission("write_records")
@never_cache
def offer_measure_link(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Make an address for one carer's phone: its text is shown once, on this answer only."""
    episode = get_episode(request, episode_id, may="write_records")
    family, dyads = get_family_and_dyads(request, episode)
    measure = get_chosen_measure(request, {})
    if measure is None or not measure.allows_link:
        return redirect("choose-measure", episode.pk)
    form = LinkForm(_get_posted_data(request), dyads=dyads, initial=_build_link_initial(request, dyads))
    address = (
        _make_link_address(request, episode, measure, form)
        if request.method == "POST" and form.is_valid()
        else None
    )
    context = {"episode": episode, "measure": measure, "form": form, "address": address}
    context |= {
        "days": settings.MEASURE_LINK_DAYS,
        "code": render_qr_code(address) if address else None,
        "banner": build_banner(family),
    }
    return render(request, "outcomes/new_measure_link.html", context)


def _get_posted_data(request: ScopedRequest) -> QueryDict | None:
    """What was sent, also when every answer was left out."""
    return request.POST if request.method == "POST" else None


def _build_link_initial(request: ScopedRequest, dyads: list[tuple[Dyad, str]]) -> dict[str, Any]:
    ids = [str(dyad.pk) for dyad, _ in dyads]
    wanted = request.GET.get("dyad")
    return {"dyad": wanted if wanted in ids else next(iter(ids), None), "timepoint": Timepoint.START}


def _make_link_address(
    request: ScopedRequest, episode: Episode, measure: Measure, form: LinkForm
) -> str | None:
    """The address; None where a rule refuses it, which the form tells then."""
    try:
        _, token = make_measure_link(
            episode=episode, measure=measure.id, by=request.user, **form.cleaned_data
        )
    except ActionRefused as refused:
        add_refusal_to_form(form, refused)
        return None
    return build_absolute_url("measure-link", token)


@policy.permission("write_records")
@require_POST
def revoke_link(request: ScopedRequest, link_id: UUID) -> HttpResponse:
    """The address works no more, from now on."""
    link = get_visible_or_404(request, MeasureLink.objects.all(), pk=link_id)
    episode = get_episode(request, link.episode_id, may="write_records")
    if revoke_measure_link(link=link):
        messages.success(request, "Link withdrawn.")
    return redirect("choose-measure", episode.pk)


@policy.permission("write_records")
@require_POST
def confirm_answers_read(request: ScopedRequest, link_id: UUID) -> HttpResponse:
    """I have read what the parent answered."""
    link = get_visible_or_404(request, MeasureLink.objects.all(), pk=link_id)
    get_episode(request, link.episode_id, may="write_records")
    if mark_answers_read(link=link, by=request.user):
        messages.success(request, "Marked as read.")
    return (
        redirect("assessment", link.assessment_id)
        if link.assessment_id
        else redirect("episode", link.episode_id)
    )


@policy.one_time_link
@never_cache
@use_browser_language
def answer_measure(request: ScopedRequest, link: str) -> HttpResponse:
    """A parent answers, on their own phone: the questions, and nothing about anybody."""
    found = get_usable_link(link)
    if found is None:
        return render(request, "outcomes/public/link_over.html", status=404)
    measure = get_catalogue()[found.measure]
    form = build_answers_form(measure)(_get_posted_data(request))
    if request.method == "POST" and form.is_valid() and _save_answers(found, form):
        return redirect("measure-link-thanks")
    context = {"measure": measure, "form": form, "quick_exit": settings.QUICK_EXIT_URL}
    return render(request, "outcomes/public/answer.html", context)


def _save_answers(link: MeasureLink, form: AnswersForm) -> bool:
    try:
        record_link_answers(link=link, responses=form.responses)
    except ActionRefused as refused:
        add_refusal_to_form(form, refused)
        return False
    return True


@policy.public
@never_cache
@use_browser_language
def show_measure_thanks(request: ScopedRequest) -> HttpResponse:
    """Thank you."""
    return render(request, "outcomes/public/thanks.html")
