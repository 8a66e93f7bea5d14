"""What each form of accounts is about and does, for pages and API alike."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.utils import timezone

from pairs.access import account_administration
from pairs.access.account_actions import set_account_open
from pairs.access.models import FactorReset
from pairs.service.models import RoleTerm, User
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm
from reporting.dashboards.accounts import actions, forms
from reporting.dashboards.accounts.facts import list_roles_held
from reporting.dashboards.digest import choose_digests, load_chosen_digests
from reporting.dashboards.models import DailyDigest


class ChooseDigest(RecordForm):
    """Whether, and how often, one's own to-do list is told by e-mail, in numbers."""

    form_class = forms.DigestForm

    def get_initial(self) -> dict[str, Any]:
        chosen = load_chosen_digests(self.request.user)
        return {"wanted": chosen.wanted, "weekly": chosen.weekly}

    def save(self, form: forms.DigestForm) -> DailyDigest:
        return choose_digests(user=self.request.user, **form.cleaned_data)


class AccountLookup(RecordForm):
    """A form about one account."""

    def get_records(self) -> QuerySet[Any]:
        return User.objects.with_roles()


class NewAccount(RecordForm):
    """A colleague's account with a first role."""

    form_class = forms.NewAccountForm

    def save(self, form: forms.NewAccountForm) -> User:
        return actions.create_account(by=self.request.user, **form.cleaned_data)


class EditAccount(AccountLookup, EditForm):
    """Name, e-mail address and job title."""

    form_class = forms.AccountForm

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in ("display_name", "email", "profession")}

    def save(self, form: forms.AccountForm) -> User:
        return account_administration.change_account(
            user=self.record, by=self.request.user, **form.cleaned_data
        )


class GiveRole(AccountLookup):
    """A role at one more site, or another at the same."""

    form_class = forms.RoleForm

    def save(self, form: forms.RoleForm) -> User:
        term: RoleTerm = actions.give_role_to(user=self.record, by=self.request.user, **form.cleaned_data)
        return term.user


class EndRole(AccountLookup):
    """The end of one of the roles held."""

    form_class = forms.EndRoleForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"roles": [each.held for each in list_roles_held(self.record, timezone.localdate())]}

    def save(self, form: forms.EndRoleForm) -> User:
        return actions.end_role_of(user=self.record, by=self.request.user, **form.cleaned_data)


class SendPasswordLink(AccountLookup):
    """A link to choose a new password, by e-mail to the owner."""

    form_class = Form

    def save(self, form: Form) -> User:
        return account_administration.send_password_link(
            user=self.record, by=self.request.user, request=self.request
        )


class ResetSecondFactor(AccountLookup):
    """Ask for a reset of the second factor, which a second person confirms."""

    form_class = forms.ReasonForm

    def save(self, form: forms.ReasonForm) -> User:
        account_administration.ask_for_factor_reset(
            user=self.record, by=self.request.user, **form.cleaned_data
        )
        return self.record


class OfFactorReset(RecordForm):
    """A reset that waits for a second person."""

    form_class = Form
    record: FactorReset

    def get_records(self) -> QuerySet[Any]:
        return FactorReset.objects.waiting()


class ConfirmFactorReset(OfFactorReset):
    """By the second person."""

    def save(self, form: Form) -> FactorReset:
        return account_administration.confirm_factor_reset(reset=self.record, by=self.request.user)


class WithdrawFactorReset(OfFactorReset):
    """By anyone who could confirm it, or asked for it."""

    def save(self, form: Form) -> FactorReset:
        return account_administration.withdraw_factor_reset(reset=self.record, by=self.request.user)


class CloseAccount(AccountLookup):
    """Nobody signs in with it any more; refused while work is held."""

    form_class = Form

    def save(self, form: Form) -> User:
        return set_account_open(user=self.record, is_open=False, by=self.request.user)


class OpenAccount(AccountLookup):
    """It can be signed in with again: the undo of closing it."""

    form_class = Form

    def save(self, form: Form) -> User:
        return set_account_open(user=self.record, is_open=True, by=self.request.user)
