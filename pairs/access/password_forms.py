"""allauth's forms about passwords, with what ours do besides."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.core import context
from django import forms
from django.db import transaction
from django.http import HttpRequest

from pairs.access.account_actions import end_own_keys, record_account_event
from pairs.access.rate_limits import count_quietly
from pairs.audit.models import AccountEventKind
from pairs.service.models import User

LABELS = {
    "oldpassword": "Current password",
    "password1": "New password",
    "password2": "Confirm new password",
}


class EndsKeys(forms.Form):
    """Offers to take back, with the old password, whatever else opens the account. Fields are named as we say it."""

    end_keys = forms.BooleanField(
        required=False,
        label="Revoke my API tokens and calendar address as well",
        help_text="Choose this if someone else may have used your account. You will be signed out "
        "everywhere else in any case.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() & LABELS.keys():
            self.fields[name].label = LABELS[name]
        if (
            self.user and not self.user.has_usable_password()
        ):  # a new account: there is nothing yet that could be revoked
            del self.fields["end_keys"]
            self.fields["password1"].label = "Password"
            self.fields["password2"].label = "Confirm password"

    def save(self) -> None:
        super().save()
        if self.cleaned_data.get("end_keys"):
            end_own_keys(user=self.user, request=context.request)


class ChangePasswordForm(EndsKeys, allauth_forms.ChangePasswordForm):
    """The old password, and a new one."""

    field_order = ["oldpassword", "password1", "password2", "end_keys"]


class SetPasswordForm(EndsKeys, allauth_forms.SetPasswordForm):
    """A first password, for an account that had none."""

    field_order = ["password1", "password2", "end_keys"]


class ResetPasswordKeyForm(EndsKeys, allauth_forms.ResetPasswordKeyForm):
    """A new password, chosen through a link."""

    field_order = ["password1", "password2", "end_keys"]


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Asks for a link. The answer is the same whether there is such an account, and however often it is asked."""

    users: list[User]

    def save(self, request: HttpRequest, **options: Any) -> str:
        self.users = [user for user in self.users if count_quietly("password-reset", to_one=str(user.pk))]
        if self.users:
            return self._send(self.users, request, **options)
        return self._send_to_nobody(request, **options)

    def _send(self, owners: list[User | None], request: HttpRequest, **options: Any) -> str:
        for owner in owners:
            record_account_event(AccountEventKind.RESET_REQUESTED, user=owner, request=request)
        return super().save(request, **options)

    def _send_to_nobody(self, request: HttpRequest, **options: Any) -> str:
        """The same work, undone: how long an answer takes must not say who has an account either."""
        count_quietly("password-reset", to_one="")
        self.users = [
            User(email=self.cleaned_data["email"])
        ]  # saved nowhere, so nothing is sent (adapters.py)
        with transaction.atomic():
            email = self._send([None], request, **options)
            transaction.set_rollback(True)
        return email
