"""Somebody whom the referral does not name is named at triage, marked with who did."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.submissions.typed import Typed
from referrals.actions.people import name_caregiver, name_infant
from referrals.forms import BabyFormSet, CarerFormSet
from reporting.desk.triage.fetched import referral_of


@policy.permission("triage_referrals")
def name_baby(request, referral_id):
    """A baby, born or due, whom nobody named at the door."""
    return _named(request, referral_id, BabyFormSet.form, name_infant, "Name a baby")


@policy.permission("triage_referrals")
def name_carer(request, referral_id):
    """A carer whom nobody named at the door, or a fuller name for one who was."""
    return _named(request, referral_id, CarerFormSet.form, name_caregiver, "Name a carer")


def _named(request, referral_id, kind_of_form, name_person, title):
    referral = referral_of(request, referral_id)
    typed = Typed(request, kind="name-person")
    form = kind_of_form(typed.data)
    done = typed.submitted(
        form,
        make=lambda: name_person(referral=referral, by=request.user, **_details(form)),
        path_of=lambda person: reverse("decide-referral", args=[referral.pk]),
    )
    if done:
        messages.success(request, "Named. What was said at the door stays as it was said.")
        return redirect(done)
    context = {"referral": referral, "form": form, "title": title, "submission_token": typed.token}
    return render(request, "desk/name_person.html", context)


def _details(form):
    return {name: value for name, value in form.cleaned_data.items() if name != "born"}
