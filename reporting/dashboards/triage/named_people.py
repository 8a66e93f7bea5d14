"""Somebody whom the referral does not name is named at triage, marked with who did."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.submissions.form_submission import FormSubmission
from referrals.actions.named_people import add_named_caregiver, add_named_infant
from referrals.forms import BabyFormSet, CarerFormSet
from reporting.dashboards.triage.referral_header import get_triaged_referral


@policy.permission("triage_referrals")
def add_baby(request, referral_id):
    """Add a baby, born or due, whom the referral does not name."""
    return _handle_named_person(request, referral_id, BabyFormSet.form, add_named_infant, "Name a baby")


@policy.permission("triage_referrals")
def add_carer(request, referral_id):
    """Add a carer whom the referral does not name, or with a fuller name."""
    return _handle_named_person(request, referral_id, CarerFormSet.form, add_named_caregiver, "Name a carer")


def _handle_named_person(request, referral_id, kind_of_form, name_person, title):
    referral = get_triaged_referral(request, referral_id)
    typed = FormSubmission(request, kind="name-person")
    form = kind_of_form(typed.data)
    done = typed.save_once(
        form,
        make=lambda: name_person(referral=referral, by=request.user, **_get_person_fields(form)),
        path_of=lambda person: reverse("decide-referral", args=[referral.pk]),
    )
    if done:
        messages.success(request, "Named. What was said in the referral stays as it was said.")
        return redirect(done)
    context = {"referral": referral, "form": form, "title": title, "submission_token": typed.token}
    return render(request, "dashboards/name_person.html", context)


def _get_person_fields(form):
    return {name: value for name, value in form.cleaned_data.items() if name != "born"}
