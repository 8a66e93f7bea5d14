"""The list of relationship concerns, in both voices, as the supervisors keep it."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_submission import FormSubmission
from referrals.actions.concerns import add_concern, move_concern, retire_concern, reword_concern
from referrals.forms.concerns import MoveConcernForm, NewConcernForm, OfferedConcernForm, RewordConcernForm
from referrals.models import Concern


def _wrap_concern(concern: Concern) -> SimpleNamespace:
    """Wrap a concern without pk: a submission can store only UUIDs, and concerns have integer ids."""
    return SimpleNamespace(pk=None, concern=concern)


@policy.permission("supervise")
def list_concerns(request: ScopedRequest) -> HttpResponse:
    """Both voices side by side, those that are offered first; and a form for one more."""
    submission = FormSubmission(request, kind="concern")
    form = NewConcernForm(submission.data)
    path = submission.save_once(
        form,
        make=lambda: _wrap_concern(add_concern(by=request.user, **form.cleaned_data)),
        path_of=lambda made: reverse("relationship-concerns"),
    )
    if path:
        messages.success(request, "The concern is on the list.")
        return redirect(path)
    context = {
        "offered": Concern.objects.offered(),
        "retired": Concern.objects.exclude(retired_on=None).order_by("-retired_on", "code", "-version"),
        "form": form,
        "submission_token": submission.token,
    }
    return render(request, "referrals/concerns.html", context)


@policy.permission("supervise")
def edit_concern_wording(request: ScopedRequest) -> HttpResponse:
    """Other words for one concern (``?concern=`` its code): a new version, from now on."""
    submission = FormSubmission(request, kind="concern-rewording")
    form = RewordConcernForm(submission.data, initial=_get_wording_initial(request.GET.get("concern", "")))
    path = submission.save_once(
        form,
        make=lambda: _wrap_concern(reword_concern(by=request.user, **form.cleaned_data)),
        path_of=lambda made: reverse("relationship-concerns"),
    )
    if path:
        messages.success(request, "The new words are offered from now on. What was ticked keeps its words.")
        return redirect(path)
    context = {"form": form, "submission_token": submission.token}
    return render(request, "referrals/concern_rewording.html", context)


def _get_wording_initial(code: str) -> dict[str, str]:
    words = Concern.objects.offered().filter(code=code[:50])
    return words.values("family_voice", "professional_voice").annotate(concern=F("code")).first() or {}


@policy.permission("supervise")
@require_POST
def post_concern_retirement(request: ScopedRequest) -> HttpResponse:
    """One concern is offered no more; where it was ticked it stays."""
    form = OfferedConcernForm(request.POST)
    return _apply_change(request, form, lambda: retire_concern(by=request.user, **form.cleaned_data))


@policy.permission("supervise")
@require_POST
def post_concern_move(request: ScopedRequest) -> HttpResponse:
    """One place up or down the list."""
    form = MoveConcernForm(request.POST)
    return _apply_change(
        request,
        form,
        lambda: move_concern(
            concern=form.cleaned_data["concern"], earlier=form.cleaned_data["way"] == "up", by=request.user
        ),
    )


def _apply_change(
    request: ScopedRequest, form: OfferedConcernForm, change: Callable[..., Any]
) -> HttpResponse:
    try:
        if form.is_valid():
            change()
            messages.success(request, "The list is changed.")
        else:
            messages.error(request, "This concern is not on the list.")
    except ActionRefused as refused:
        messages.error(request, str(refused))
    return redirect("relationship-concerns")
