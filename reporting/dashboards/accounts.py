"""Accounts: made and closed by a system administrator, who reads no notes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_submission import FormSubmission
from reporting.dashboards.actions import create_account, set_account_open
from reporting.dashboards.forms import NewAccountForm


@policy.permission("manage_accounts")
def list_accounts(request: ScopedRequest) -> HttpResponse:
    """Everybody with an account, and a form for one more."""
    submission = FormSubmission(request, kind="account")
    form = NewAccountForm(submission.data)
    done = submission.save_once(
        form,
        make=lambda: create_account(by=request.user, **form.cleaned_data),
        path_of=lambda user: reverse("accounts"),
    )
    if done:
        messages.success(
            request, f"The account is made. {form.cleaned_data['email']} gets a link to choose a password."
        )
        return redirect(done)
    page = get_visible_page(request, User.objects.with_roles().order_by("username"))
    return render(
        request,
        "dashboards/accounts.html",
        {"form": form, "page": page, "submission_token": submission.token},
    )


@policy.permission("manage_accounts")
@require_POST
def switch_account(request: ScopedRequest, user_id: UUID) -> HttpResponse:
    """Close an account at once, or open it again: the undo of a slip is the same button."""
    user, is_open = (
        get_visible_or_404(request, User.objects.all(), pk=user_id),
        request.POST.get("open") == "yes",
    )
    try:
        set_account_open(user=user, is_open=is_open, by=request.user)
        messages.success(request, f"{user} can {'sign in again' if is_open else 'no longer sign in'}.")
    except ActionRefused as refused:
        messages.error(request, str(refused))
    return redirect("accounts")
