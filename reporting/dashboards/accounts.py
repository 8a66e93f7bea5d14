"""Accounts: made and closed by a system administrator, who reads no notes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_page import FormPage
from reporting.dashboards.actions import create_account, set_account_open
from reporting.dashboards.forms import NewAccountForm


@policy.permission("manage_accounts")
class AccountsPage(FormPage):
    """Everybody with an account, and a form for one more."""

    kind = "account"
    template_name = "dashboards/accounts.html"
    form_class = NewAccountForm
    title = "Accounts"
    button = "Make the account"

    def save(self, form: NewAccountForm) -> User:
        return create_account(by=self.request.user, **form.cleaned_data)

    def get_message(self) -> str:
        return f"The account is made. {self.request.POST['email']} gets a link to choose a password."

    def get_back_link(self) -> None:
        return None

    def get_success_path(self, made: User) -> str:
        return reverse("accounts")

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"page": get_visible_page(self.request, User.objects.with_roles().order_by("username"))}


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
