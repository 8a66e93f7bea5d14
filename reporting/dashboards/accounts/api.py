"""The API of accounts: one's own, and all of them for an administrator, through the pages' own forms."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from pairs.access import policy
from pairs.api.views import ActionApi, ApiView, ListApi, QueryParameter, RecordApi
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.service.roles import Role
from reporting.dashboards.accounts import record_forms
from reporting.dashboards.accounts.facts import RoleHeld, list_roles_held, load_own_roles
from reporting.dashboards.accounts.forms import AccountFilterForm
from reporting.dashboards.accounts.views import build_account_filter
from reporting.dashboards.digest import LIST_PERMISSIONS
from reporting.dashboards.models import DailyDigest


class RoleHeldOut(serializers.Serializer):
    """A role at a site; ``since`` is null where it was given before days were kept, ``until`` where no end is set."""

    role = serializers.ChoiceField(choices=Role.choices, source="held.role")
    site = serializers.CharField(source="held.site.code")
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)


class AccountOut(serializers.ModelSerializer):
    """An account; ``roles`` are those of today and to come."""

    roles = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ["id", "username", "display_name", "email", "profession", "is_active", "last_login", "roles"]

    def get_roles(self, user: User) -> list[dict[str, Any]]:
        return _serialize_roles(list_roles_held(user, timezone.localdate()))


def _serialize_roles(roles: list[RoleHeld]) -> list[dict[str, Any]]:
    return RoleHeldOut(roles, many=True).data


class OwnAccountOut(serializers.ModelSerializer):
    """Your own account."""

    roles = RoleHeldOut(many=True, source="roles_held")

    class Meta:
        model = User
        fields = ["id", "username", "display_name", "email", "profession", "roles"]


@policy.signed_in
class OwnAccount(ApiView):
    """Your own account, with the roles that you hold."""

    serializer_class = OwnAccountOut

    def get(self, request: Request) -> Response:
        return Response(self.serialize(load_own_roles(request.user)))


class OwnDigestOut(serializers.ModelSerializer):
    """Which e-mails you get: ``wanted`` is the daily one."""

    class Meta:
        model = DailyDigest
        fields = ["wanted", "weekly"]


@policy.permission(*LIST_PERMISSIONS)
class OwnDigest(record_forms.ChooseDigest, ActionApi):
    """Choose the daily and the weekly e-mail with the numbers of your to-do list, or stop them."""

    serializer_class = OwnDigestOut


class AccountApi(ApiView):
    """Answers an account."""

    serializer_class = AccountOut

    def get_shown_records(self) -> QuerySet[Any]:
        return User.objects.with_roles()


@policy.permission("manage_accounts", POST="manage_accounts")
class AccountList(record_forms.NewAccount, AccountApi, ListApi):
    """GET: accounts by name. POST: create one; its owner is sent how to set a password."""

    query_parameters = (
        QueryParameter("words", "Words that are all in the name, username or e-mail address."),
        QueryParameter("role", "Who holds this role.", enum=Role.values),
        QueryParameter("site", "Who holds a role at the site of this code."),
        QueryParameter("state", "Open or closed accounts.", enum=["open", "closed"]),
        QueryParameter("unused", "Not signed in for so many days.", enum=["30", "90", "365"]),
    )

    def get_rows(self) -> QuerySet[Any]:
        form = AccountFilterForm(self.request.query_params)
        if not form.is_valid():
            raise ActionRefused({name: " ".join(errors) for name, errors in form.errors.items()})
        found = User.objects.with_roles().matching(**build_account_filter(form.cleaned_data))
        return found.order_by("display_name", "username")


@policy.permission("manage_accounts", PATCH="manage_accounts")
class AccountDetail(record_forms.EditAccount, AccountApi, RecordApi):
    """GET: one account. PATCH: change name, e-mail address or job title."""


@policy.permission("manage_accounts")
class RoleGiving(record_forms.GiveRole, AccountApi, ActionApi):
    """Give a role at a site, from a day until a day."""


@policy.permission("manage_accounts")
class RoleEnding(record_forms.EndRole, AccountApi, ActionApi):
    """End a role after a day, or at once without one."""


@policy.permission("manage_accounts")
class PasswordLink(record_forms.SendPasswordLink, AccountApi, ActionApi):
    """E-mail the owner a link to choose a new password."""


@policy.permission("manage_accounts")
class SecondFactorReset(record_forms.ResetSecondFactor, AccountApi, ActionApi):
    """Ask for a reset of the second factor: a second person confirms it, at a page, and the owner is told."""


@policy.permission("manage_accounts")
class AccountClosing(record_forms.CloseAccount, AccountApi, ActionApi):
    """Close the account; refused while work is held."""


@policy.permission("manage_accounts")
class AccountOpening(record_forms.OpenAccount, AccountApi, ActionApi):
    """Open a closed account again."""
