"""Consultations: asked for by professionals; arranged, held and written down by the team; followed by whoever asked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.banner import build_banner
from pairs.families.models import Family, RiskAlert
from pairs.submissions.actions import parse_token
from pairs.submissions.form_submission import FormSubmission
from referrals.actions.consultations import (
    arrange_consultation,
    ask_for_consultation,
    hold_consultation,
    withdraw_consultation,
)
from referrals.clinicians import list_clinicians
from referrals.draft import get_asker_initial
from referrals.forms.consultations import (
    ArrangeConsultationForm,
    NewConsultationForm,
    RecordConsultationForm,
    WithdrawConsultationForm,
)
from referrals.models import Consultation, Referral
from referrals.models.consultations import ConsultationQuerySet
from referrals.rules.consultations import CONSULTATION_TRANSITIONS
from referrals.summary import build_consultation_rows, summarise_for_asker


@policy.permission("make_referrals")
def request_consultation(request: ScopedRequest) -> HttpResponse:
    """Ask for one: about an unnamed family, a named one, or (``?referral=``) one that they have referred."""
    about = _get_own_referral(request)
    submission = FormSubmission(request, kind="new-consultation")
    form = NewConsultationForm(submission.data, referral=about, initial=get_asker_initial(request.user))
    path = submission.save_once(
        form,
        make=lambda: ask_for_consultation(by=request.user, referral=about, **form.details()),
        path_of=lambda made: reverse("consultation", args=[made.pk]),
    )
    if path:
        messages.success(request, "Your request has reached us. A clinician will arrange a time with you.")
        return redirect(path)
    context = {"form": form, "submission_token": submission.token, "referral": about}
    return render(request, "referrals/new_consultation.html", context)


def _get_own_referral(request: ScopedRequest) -> Any:
    """The referral that the address names: one of theirs, or 404."""
    if "referral" not in request.GET:
        return None
    pk = parse_token(request.GET["referral"])
    return get_visible_or_404(
        request, Referral.objects.select_related("site", "place", "family"), pk=pk, within="made_by"
    )


@policy.permission("make_referrals", "triage_referrals")
def list_consultations(request: ScopedRequest) -> HttpResponse:
    """Those of the team's sites that wait come first; to whoever asks, their own and their team's."""
    staff = request.scope.may("triage_referrals")
    listed = Consultation.objects.select_related("clinician", "asked_by", "team", "place", "site")
    if staff and "all" not in request.GET:
        listed = listed.open().order_by("asked_at", "id")
    page = get_visible_page(request, listed, within="visible_to" if staff else "made_by")
    context = {"page": page, "staff": staff, "all": "all" in request.GET or not staff}
    return render(request, "referrals/consultations.html", context)


def _select_with_steps() -> ConsultationQuerySet:
    people = Consultation.objects.select_related("clinician", "asked_by", "team", "place", "site", "referral")
    return people.prefetch_related("steps__by")


@policy.permission("make_referrals", "triage_referrals", "read_families", "govern_records")
def show_consultation(request: ScopedRequest, consultation_id: UUID) -> HttpResponse:
    """Whole for the team; to whoever asked: what they asked, when and with whom, then what we thought together."""
    try:
        found = get_visible_or_404(request, _select_with_steps(), pk=consultation_id)
    except Http404:
        found = get_visible_or_404(request, _select_with_steps(), pk=consultation_id, within="made_by")
        return _render_for_asker(request, found)
    may_act = request.scope.may("triage_referrals", at=found.site_id) and bool(
        CONSULTATION_TRANSITIONS[found.status]
    )
    return _render_for_team(
        request, "consultation", found, {"said": build_consultation_rows(found), "may_act": may_act}
    )


def _render_for_asker(request: ScopedRequest, found: Any) -> HttpResponse:
    known = summarise_for_asker(found, mine=found.asked_by_id == request.user.pk)
    context = {
        "known": known,
        "consultation": found,
        "may_take_back": bool(CONSULTATION_TRANSITIONS[found.status]),
    }
    return render(request, "referrals/my_consultation.html", context)


def _render_for_team(request: ScopedRequest, page: str, found: Any, context: dict[str, Any]) -> HttpResponse:
    """A page of the team's; with the family's banner where it is about one that they may open."""
    context |= {"consultation": found, "banner": _build_banner(request, found)}
    return render(request, f"referrals/{page}.html", context)


def _build_banner(request: ScopedRequest, found: Consultation) -> dict[str, Any] | None:
    family = Family.objects.with_people().visible_to(request.scope).filter(pk=found.family_id).first()
    if family is None:
        return None
    return build_banner(family, alerts=list_visible(request, RiskAlert.objects.open().filter(family=family)))


@policy.permission("triage_referrals")
def edit_consultation_arrangement(request: ScopedRequest, consultation_id: UUID) -> HttpResponse:
    """Who thinks with them, and when; may be arranged anew."""
    found = _get_triaged_consultation(request, consultation_id)
    submission = FormSubmission(request, kind="consultation-arrangement")
    form = ArrangeConsultationForm(submission.data, clinicians=list_clinicians(found.site))
    path = submission.save_once(
        form,
        make=lambda: arrange_consultation(consultation=found, by=request.user, **form.details()),
        path_of=lambda step: reverse("consultation", args=[found.pk]),
        names={"at": "on"},
    )
    if path:
        return redirect(path)
    return _render_step_page(
        request, found, submission, form, title="Arrange the consultation", button="Save the time"
    )


@policy.permission("triage_referrals")
def record_consultation(request: ScopedRequest, consultation_id: UUID) -> HttpResponse:
    """It was held: what we thought together, and what came of it."""
    found = _get_triaged_consultation(request, consultation_id)
    submission = FormSubmission(request, kind="consultation-record")
    form = RecordConsultationForm(submission.data)
    path = submission.save_once(
        form,
        make=lambda: hold_consultation(consultation=found, by=request.user, **form.cleaned_data),
        path_of=lambda step: reverse("consultation", args=[found.pk]),
    )
    if path:
        return redirect(path)
    return _render_step_page(
        request, found, submission, form, title="What we thought together", button="Save the consultation"
    )


@policy.permission("triage_referrals")
def cancel_consultation(request: ScopedRequest, consultation_id: UUID) -> HttpResponse:
    """It does not take place: with the reason, which whoever asked can read."""
    return _handle_cancellation(request, _get_triaged_consultation(request, consultation_id))


@policy.permission("make_referrals")
def cancel_own_consultation(request: ScopedRequest, consultation_id: UUID) -> HttpResponse:
    """Whoever asked does not need it any more."""
    return _handle_cancellation(
        request,
        get_visible_or_404(request, _select_with_steps(), pk=consultation_id, within="made_by"),
        asker=True,
    )


def _handle_cancellation(request: ScopedRequest, found: Any, *, asker: bool = False) -> HttpResponse:
    submission = FormSubmission(request, kind="consultation-withdrawal")
    form = WithdrawConsultationForm(submission.data)
    path = submission.save_once(
        form,
        make=lambda: withdraw_consultation(consultation=found, by=request.user, **form.cleaned_data),
        path_of=lambda step: reverse("consultation", args=[found.pk]),
    )
    if path:
        return redirect(path)
    title, button = "Take the request back", "Take it back"
    if asker:
        context = _build_step_context(found, submission, form, title, button)
        return render(request, "referrals/consultation_step.html", context)
    return _render_step_page(request, found, submission, form, title="It does not take place", button="Save")


def _get_triaged_consultation(request: ScopedRequest, consultation_id: UUID) -> Any:
    return get_visible_or_404(request, _select_with_steps(), pk=consultation_id, may="triage_referrals")


def _build_step_context(
    found: Consultation, submission: FormSubmission, form: Any, title: str, button: str
) -> dict[str, Any]:
    return {
        "consultation": found,
        "form": form,
        "submission_token": submission.token,
        "title": title,
        "button": button,
    }


def _render_step_page(
    request: ScopedRequest,
    found: Consultation,
    submission: FormSubmission,
    form: Any,
    *,
    title: str,
    button: str,
) -> HttpResponse:
    return _render_for_team(
        request, "consultation_step", found, _build_step_context(found, submission, form, title, button)
    )
