"""Somebody whom the referral does not name is named at triage, marked with who did."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.submissions.form_submission import FormSubmission
from referrals.actions.named_people import add_named_caregiver, add_named_infant
from referrals.forms import BabyFormSet, CarerFormSet
from referrals.forms.people import BabyForm, CarerForm
from reporting.dashboards.triage.referral_header import get_triaged_referral


@policy.permission("triage_referrals")
def add_baby(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """Add a baby, born or due, whom the referral does not name."""
    return _handle_named_person(request, referral_id, BabyFormSet.form, add_named_infant, "Name a baby")


@policy.permission("triage_referrals")
def add_carer(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """Add a carer whom the referral does not name, or with a fuller name."""
    return _handle_named_person(request, referral_id, CarerFormSet.form, add_named_caregiver, "Name a carer")


def _handle_named_person(
    request: ScopedRequest,
    referral_id: UUID,
    kind_of_form: type[Any],
    name_person: Callable[..., Any],
    title: str,
) -> HttpResponse:
    referral = get_triaged_referral(request, referral_id)
    submission = FormSubmission(request, kind="name-person")
    form = kind_of_form(submission.data)
    done = submission.save_once(
        form,
        make=lambda: name_person(referral=referral, by=request.user, **_get_person_fields(form)),
        path_of=lambda person: reverse("decide-referral", args=[referral.pk]),
    )
    if done:
        messages.success(request, "Named. What was said in the referral stays as it was said.")
        return redirect(done)
    context = {"referral": referral, "form": form, "title": title, "submission_token": submission.token}
    return render(request, "dashboards/name_person.html", context)


def _get_person_fields(form: BabyForm | CarerForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "born"}
