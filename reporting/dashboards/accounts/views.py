"""Accounts, kept by a system administrator, who reads no notes: the list, one account, and each act on it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.scope import Scope
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.service.models import User
from pairs.service.work_to_hand_over import HeldWork, list_held_work
from pairs.submissions.form_page import FormPage, Link, PageOf
from pairs.web.formats import format_day
from reporting.dashboards.accounts import record_forms
from reporting.dashboards.accounts.facts import load_account_history, load_account_summary
from reporting.dashboards.accounts.forms import AccountFilterForm


@policy.permission("manage_accounts")
def list_accounts(request: ScopedRequest) -> HttpResponse:
    """Every account, by name; narrowed by what is known of one."""
    form = AccountFilterForm(request.GET or None)
    users = User.objects.with_roles().order_by("display_name", "username")
    if form.is_bound and form.is_valid():
        users = users.matching(**build_account_filter(form.cleaned_data))
    page = get_visible_page(request, users)
    return render(
        request, "accounts/list.html", {"form": form, "page": page, "rows": list(map(_build_row, page))}
    )


def build_account_filter(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What ``UserQuerySet.matching`` takes."""
    names = {name: cleaned[name] for name in ("words", "role", "site", "state")}
    days = cleaned["unused"]
    return names | {"unused_since": timezone.now() - timedelta(days=days) if days else None}


def _build_row(user: User) -> dict[str, Any]:
    roles: dict[str, list[str]] = {}
    for group in user.groups.all():
        held = group.roleatsite
        roles.setdefault(held.get_role_display(), []).append(str(held.site))
    return {
        "person": user,
        "roles": [f"{role}: {', '.join(sorted(sites))}" for role, sites in sorted(roles.items())],
        "signed_in": format_day(timezone.localdate(user.last_login)) if user.last_login else "Never",
    }


@policy.permission("manage_accounts")
def show_account(request: ScopedRequest, user_id: UUID) -> HttpResponse:
    """One account: who it is, what they may do where, how they sign in, what they hold, and its history."""
    person = get_visible_or_404(request, User.objects.with_roles(), pk=user_id)
    context = load_account_summary(person) | {
        "work": describe_work(request.scope, list_held_work(person)),
        "history": load_account_history(person),
        "is_mine": person.pk == request.user.pk,
    }
    return render(request, "accounts/account.html", context)


def describe_work(scope: Scope, work: list[HeldWork]) -> list[dict[str, str]]:
    """Each as text, with the page that lists it where this person may open it."""
    return [{"text": str(each), "href": each.href if scope.may(each.permission) else ""} for each in work]


@policy.permission("manage_accounts")
class NewAccountPage(record_forms.NewAccount, FormPage):
    """A colleague's account."""

    kind = "account"
    title = "Create an account"
    button = "Create the account"

    def get_message(self) -> str:
        return f"The account is created. We have e-mailed {self.request.POST['email']} how to set a password."

    back = PageOf("accounts", text="Accounts")
    leads_to = PageOf("account", "made")


class AccountPage(FormPage):
    """A form about one account, which leads back to it."""

    def get_back_link(self) -> Link:
        return Link(reverse("account", args=[self.record.pk]), str(self.record))


@policy.permission("manage_accounts")
class EditAccountPage(record_forms.EditAccount, AccountPage):
    """Change name, e-mail address or job title."""

    title = "Change name, e-mail and job title"
    message = "The account is changed."


@policy.permission("manage_accounts")
class GiveRolePage(record_forms.GiveRole, AccountPage):
    """Give a role at a site."""

    title = "Give a role"
    button = "Give the role"
    message = "The role is given."


@policy.permission("manage_accounts")
class EndRolePage(record_forms.EndRole, AccountPage):
    """End a role at a site."""

    title = "End a role"
    text = ("Their open work at the site stays with them until a colleague takes it over.",)
    button = "End the role"
    danger = True
    message = "The end of the role is saved."

    def get_obstacle(self) -> str:
        return "" if self.get_form_kwargs()["roles"] else f"{self.record} has no role."


@policy.permission("manage_accounts")
class PasswordLinkPage(record_forms.SendPasswordLink, AccountPage):
    """Ask first, then send a link to choose a new password."""

    button = "Send the link"

    def get_title(self) -> str:
        return f"Send {self.record} a link to choose a new password?"

    def get_obstacle(self) -> str:
        return "" if self.record.email else f"{self.record} has no e-mail address. Enter one first."

    def get_consequences(self) -> list[str]:
        return [
            f"We will e-mail the link to {self.record.email}.",
            "Their password works until they have chosen a new one.",
        ]

    def get_message(self) -> str:
        return f"We have e-mailed {self.record.email} a link to choose a new password."


@policy.permission("manage_accounts")
class ResetSecondFactorPage(record_forms.ResetSecondFactor, AccountPage):
    """Ask first and for a reason, then ask a second person to confirm the reset."""

    kind = "second-factor-reset"
    button = "Ask a second person to confirm"
    danger = True
    message = "A second person must confirm the reset. We have told the owner by e-mail."

    def get_title(self) -> str:
        return f"Reset the second factor of {self.record}?"

    def get_consequences(self) -> list[str]:
        return [
            "Another administrator or information governance must confirm it. Until then nothing changes.",
            *WHAT_A_RESET_DOES,
            "First make sure, in person or by a call to a number you know, that it is they who ask.",
        ]


WHAT_A_RESET_DOES = (
    "Their passkeys, authenticator app and recovery codes stop working.",
    "They are signed out everywhere, and their API tokens and calendar address are revoked.",
    "When they next sign in, they set up a new second factor.",
)


class FactorResetPage(FormPage):
    """A question about a reset that waits for a second person."""

    danger = True
    back = PageOf("home", text="Home")

    def get_text(self) -> list[str]:
        asked = self.record
        return [
            f"{asked.asked_by} requested this on {format_day(timezone.localtime(asked.created_at))}: {asked.reason}"
        ]


@policy.permission("manage_accounts", "govern_records")
class ConfirmFactorResetPage(record_forms.ConfirmFactorReset, FactorResetPage):
    """The second person confirms the reset."""

    button = "Confirm the reset"
    message = "The second factor is reset. We have told the owner by e-mail."

    def get_title(self) -> str:
        return f"Confirm the reset of {self.record.user}’s second factor?"

    def get_consequences(self) -> list[str]:
        return [
            *WHAT_A_RESET_DOES,
            "First ask them yourself, in person or by a call to a number you know.",
        ]

    def get_obstacle(self) -> str:
        if self.record.asked_by_id == self.request.user.pk:
            return "You asked for this yourself. A second person has to confirm it."
        own = self.record.user_id == self.request.user.pk
        return "This is your own account. Someone else has to confirm it." if own else ""

    def get_links(self) -> list[Link]:
        return [Link(reverse("withdraw-factor-reset", args=[self.record.pk]), "Withdraw the reset")]


@policy.permission("manage_accounts", "govern_records")
class WithdrawFactorResetPage(record_forms.WithdrawFactorReset, FactorResetPage):
    """Nothing is reset."""

    title = "Withdraw this reset?"
    danger = False
    button = "Withdraw the reset"
    message = "Reset withdrawn."
    consequences = ("The second factor stays as it is.",)


@policy.permission("manage_accounts")
class CloseAccountPage(record_forms.CloseAccount, AccountPage):
    """Ask first, then close the account; refused while work is held."""

    template_name = "accounts/close.html"
    button = "Close the account"
    danger = True

    def get_title(self) -> str:
        return f"Close the account of {self.record}?"

    def get_consequences(self) -> list[str]:
        return [
            "They are signed out and cannot sign in again.",
            "Their API tokens and calendar address are revoked.",
            "What they wrote stays in the records under their name.",
            "You can open the account again.",
        ]

    def get_message(self) -> str:
        return f"The account of {self.record} is closed."

    def get_obstacle(self) -> str:
        if not self.record.is_active:
            return "This account is already closed."
        return f"{self.record} still has open work. A colleague must take it over first." if self.work else ""

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"work": describe_work(self.request.scope, self.work)}

    @property
    def work(self) -> list[HeldWork]:
        return list_held_work(self.record)


@policy.permission("manage_accounts")
class OpenAccountPage(record_forms.OpenAccount, AccountPage):
    """Ask first, then open the account again."""

    button = "Open the account again"

    def get_title(self) -> str:
        return f"Open the account of {self.record} again?"

    def get_consequences(self) -> list[str]:
        return [
            "They can sign in again, with the roles that are shown.",
            "API tokens and the calendar address that were revoked stay revoked.",
        ]

    def get_obstacle(self) -> str:
        return "This account is already open." if self.record.is_active else ""

    def get_message(self) -> str:
        return f"{self.record} can sign in again."
