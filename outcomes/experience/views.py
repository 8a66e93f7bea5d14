"""Pages: asking a carer, answering by the link, and entering an answer from paper."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from interventions.episodes.models import Episode
from outcomes.experience.actions import (
    ask_for_experience,
    is_link_usable,
    read_signed_token,
    record_experience_answer,
    sign_new_token,
)
from outcomes.experience.forms import AnswersForm, AskForExperienceForm
from outcomes.experience.models import ExperienceInvitation
from outcomes.experience.record_forms import RecordPaperAnswer
from outcomes.experience.rules import QUESTIONS, Agreement
from pairs.access import policy
from pairs.access.language import use_browser_language
from pairs.access.records import RecordQuerySet
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.banner import build_banner
from pairs.families.models import Caregiver, Family
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_page import FormPage, PageOf
from pairs.submissions.form_submission import add_refusal_to_form
from pairs.web.absolute_urls import build_absolute_url
from pairs.web.qr_codes import render_qr_code

PUBLIC_CONTEXT = {"quick_exit": settings.QUICK_EXIT_URL}


# ---------------------------------------------------------------- for staff
@policy.permission("write_records")
@never_cache
def create_experience_link(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Ask one carer: the link is made and shown on this answer only. No page says whether anybody answered."""
    episodes = Episode.objects.select_related("referral__patient", "site")
    episode = get_visible_or_404(request, episodes, pk=episode_id, may="write_records")
    family = get_visible_or_404(request, Family.objects.with_people(), pk=episode.family_id)
    lost = any(infant.lost_on for infant in family.infants.all())
    form = AskForExperienceForm(
        request.POST if request.method == "POST" else None,
        carers=_list_askable_carers(request, family, episode),
        lost=lost,
    )
    shared = {"episode": episode, "lost": lost, "banner": build_banner(family)}
    if request.method == "POST" and form.is_valid():
        made = _create_link_context(request, episode, form, lost)
        if made:
            return render(request, "experience/link_made.html", shared | made)
    asked = list_visible(
        request, ExperienceInvitation.objects.filter(episode=episode).select_related(*_ASKED_RELATIONS)
    )
    return render(
        request,
        "experience/new_link.html",
        shared | {"form": form, "asked": asked, "sealed": sign_new_token()},
    )


_ASKED_RELATIONS = ("caregiver", "asked_by")


def _list_askable_carers(request: ScopedRequest, family: Any, episode: Episode) -> RecordQuerySet:
    """Whom one may ask: the carers of the family; in a carer's own episode, that carer alone."""
    patient = episode.referral.patient_id
    ids = {patient} if patient else {dyad.caregiver_id for dyad in family.dyads.all()}
    return (
        Caregiver.objects.active().visible_to(request.scope).filter(pk__in=ids).order_by("given_name", "id")
    )


def _create_link_context(
    request: ScopedRequest, episode: Any, form: AskForExperienceForm, lost: bool
) -> dict[str, Any] | None:
    """What the page of the new link shows; None when it was refused, and the form says why."""
    said, token = form.cleaned_data, read_signed_token(request.POST.get("sealed", ""))
    if not token:
        form.add_error(
            None, "This page was open for too long, so no link was created. Press the button again."
        )
        return None
    try:
        asked = ask_for_experience(
            episode=episode,
            caregiver=said["caregiver"],
            token=token,
            thought_about=said.get("thought_about", False),
            lost=lost,
            by=request.user,
        )
    except ActionRefused as refused:
        add_refusal_to_form(form, refused)
        return None
    address = build_absolute_url("experience", token)
    return {"asked": asked, "address": address, "picture": render_qr_code(address)}


@policy.permission("read_reports")
class AddPaperAnswerPage(RecordPaperAnswer, FormPage):
    """Type what stands on a paper: a site, a month, the answers. Nothing of a family is asked or kept."""

    kind = "paper-answer"
    template_name = "experience/new_paper_answer.html"
    title = "Enter an answer from paper"
    text = (
        "Enter one paper at a time. Answers are not linked to a family: leave out all names, including "
        "staff, and anything that would identify the writer. You cannot add to months already published.",
    )
    button = "Save this answer"
    message = "Answer saved. Destroy the paper following your service’s policy."
    back = PageOf("experience-results", text="Family feedback")
    leads_to = PageOf("new-paper-answer")


@policy.permission("write_records", "read_reports")
def show_printable_questions(request: ScopedRequest) -> HttpResponse:
    """The questions to print and hand out: the same sheet for everybody, with no name and no number on it."""
    context = {"questions": list(QUESTIONS.values()), "answers": Agreement.labels}
    return render(request, "experience/paper.html", context)


# ---------------------------------------------------------------- for whoever holds a link
@policy.one_time_link
@csrf_exempt  # no session is involved, so the page works without cookies and sets none
@never_cache
@use_browser_language
def answer_experience_questions(request: HttpRequest, answer_link: str) -> HttpResponse:
    """The questions. Only a POST uses the link up; one that was used, is over or never was gets the same 404.

    Somebody signed in to PaIRS gets neither: they would learn whether it was used.
    """
    if request.user.is_authenticated:
        return _hide_address(render(request, "experience/public/not_for_staff.html", PUBLIC_CONTEXT))
    if not is_link_usable(answer_link):
        return _render_expired_link(request)
    form = AnswersForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            record_experience_answer(token=answer_link, **form.cleaned_data)
        except ActionRefused:
            return _render_expired_link(request)
        return _hide_address(redirect("experience-thanks"))
    return _hide_address(render(request, "experience/public/answers.html", PUBLIC_CONTEXT | {"form": form}))


def _render_expired_link(request: HttpRequest) -> HttpResponse:
    context = PUBLIC_CONTEXT | {"days": settings.EXPERIENCE_LINK_DAYS}
    return _hide_address(render(request, "experience/public/over.html", context, status=404))


def _hide_address(response: HttpResponse) -> HttpResponse:
    """Send no Referer from this page: its URL contains the secret token."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@policy.public
@never_cache
@use_browser_language
def show_experience_thanks(request: ScopedRequest) -> HttpResponse:
    """The same words for everybody."""
    return render(request, "experience/public/thanks.html", PUBLIC_CONTEXT)
