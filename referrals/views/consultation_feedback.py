"""Feedback on a consultation: asking for it, and answering by the one-time link."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_submission import FormSubmission
from pairs.web.absolute_urls import build_absolute_url
from pairs.web.qr_codes import render_qr_code
from referrals.actions.consultation_feedback import (
    ask_for_feedback,
    email_feedback_link,
    get_feedback_address,
    is_link_usable,
    record_feedback,
)
from referrals.forms.consultations import FeedbackForm
from referrals.models import Consultation, ConsultationFeedback
from referrals.record_forms.consultations import HOLDERS
from referrals.views.consultations import build_consultation_banner


@policy.permission(*HOLDERS)
@never_cache
def create_feedback_link(request: ScopedRequest, consultation_id: UUID) -> HttpResponse:
    """Make the link: it is sent where an e-mail address is known, and shown on this answer only."""
    rows = Consultation.objects.with_people()
    consultation = get_visible_or_404(request, rows, pk=consultation_id, may=HOLDERS)
    submission = FormSubmission(request, "new-consultation-feedback")
    context: dict[str, Any] = {
        "consultation": consultation,
        "banner": build_consultation_banner(request, consultation),
        "address": get_feedback_address(consultation),
        "problem": "",
        "submission": submission,
    }
    if request.method == "POST":
        try:
            path, made = _ask_once(submission, consultation)
        except ActionRefused as refused:
            context["problem"] = str(refused)
        else:
            if not made:  # a second click: the link was sent by the first, and nothing keeps it
                return redirect(path)
            feedback, link = made
            context |= {"feedback": feedback, "link": link, "picture": render_qr_code(link)}
    return render(request, "referrals/consultation_feedback_link.html", context)


def _ask_once(
    submission: FormSubmission, consultation: Consultation
) -> tuple[str, tuple[ConsultationFeedback, str] | None]:
    """(the consultation's address, the row that waits for the answer and its link: of the first click alone)."""
    made: list[tuple[ConsultationFeedback, str]] = []

    def make() -> ConsultationFeedback:
        by = submission.request.user
        feedback, token = ask_for_feedback(consultation=consultation, by=by)
        email_feedback_link(consultation=consultation, feedback=feedback, token=token, by=by)
        made.append((feedback, build_absolute_url("consultation-feedback", token)))
        return feedback

    path = submission.submit(make=make, path_of=lambda _: reverse("consultation", args=[consultation.pk]))
    return path, made[0] if made else None


@policy.one_time_link
@csrf_exempt  # no session is involved, so the page works without cookies and sets none
@never_cache
def answer_feedback(request: HttpRequest, feedback_link: str) -> HttpResponse:
    """Two questions. Only a POST uses the link up; one that was used, is over or never was gets the same 404."""
    if not is_link_usable(feedback_link):
        return _render_expired_link(request)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            record_feedback(token=feedback_link, **form.cleaned_data)
        except ActionRefused:
            return _render_expired_link(request)
        return _hide_address(render(request, "referrals/public/feedback_thanks.html"))
    return _hide_address(render(request, "referrals/public/feedback.html", {"form": form}))


def _render_expired_link(request: HttpRequest) -> HttpResponse:
    return _hide_address(render(request, "referrals/public/feedback_over.html", status=404))


def _hide_address(response: HttpResponse) -> HttpResponse:
    """Send no Referer from this page: its URL contains the secret token."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
