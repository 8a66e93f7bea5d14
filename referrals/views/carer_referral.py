"""A carer whom we hold is referred for help of their own."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.families.views.form_page import get_carer_and_family, render_form_page
from pairs.submissions.form_submission import FormSubmission
from referrals.actions.carer_referral import refer_caregiver as refer_for_own_help
from referrals.forms import CarerReferralForm


@policy.permission("register_people")
def refer_caregiver(request: ScopedRequest, caregiver_id: UUID) -> HttpResponse:
    """A carer of a family we hold is referred for help of their own."""
    carer, family = get_carer_and_family(request, caregiver_id, may="register_people")
    submission = FormSubmission(request, kind="refer-caregiver")
    form = CarerReferralForm(submission.data)
    path = submission.save_once(
        form,
        make=lambda: refer_for_own_help(caregiver=carer, by=request.user, **form.cleaned_data),
        path_of=lambda made: reverse("referral", args=[made.pk]),
    )
    if path:
        return redirect(path)
    title = f"Refer {carer.name_or_role} for their own help"
    text = (
        "This is a referral of their own, decided like any other. What is written about it is their own record and "
        "is not shared with other carers.",
    )
    back = reverse("caregiver", args=[carer.pk])
    return render_form_page(
        request, family, submission, form, title=title, button="Send the referral", back=back, text=text
    )
