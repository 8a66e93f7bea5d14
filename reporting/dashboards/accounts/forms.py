"""Forms of accounts: a new one, who somebody is, the roles they hold, and the filters of the list."""

from typing import Any

from django import forms

from pairs.service.models import RoleAtSite, Site, User
from pairs.service.roles import Role
from pairs.web.date_fields import make_day_field


class RoleForm(forms.Form):
    """A role at a site, from a day until a day."""

    role = forms.ChoiceField(label="Role", choices=Role)
    site = forms.ModelChoiceField(
        label="Site", queryset=Site.objects.all(), empty_label=None, to_field_name="code"
    )
    starts_on = make_day_field("First day", required=False, help_text="Leave empty for today.")
    ends_on = make_day_field(
        "Last day",
        required=False,
        help_text="Leave empty if no end is planned. The role ends after this day.",
    )


class NewAccountForm(RoleForm):
    """A colleague's account: who they are and the first role they hold."""

    field_order = ("username", "display_name", "email", "profession", "role", "site", "starts_on", "ends_on")
    username = forms.SlugField(
        label="Username", max_length=40, help_text="Letters, digits and hyphens. It cannot be changed later."
    )
    display_name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="Work e-mail", help_text="We will e-mail a link to set a password.")
    profession = forms.CharField(label="Job title", max_length=80, required=False)

    def clean_username(self) -> str:
        username = self.cleaned_data["username"].lower()
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError("This username is taken. Choose another.")
        return username


class AccountForm(forms.Form):
    """How a colleague is called and reached."""

    display_name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(
        label="Work e-mail", help_text="If you change it, we will tell the old address and the new one."
    )
    profession = forms.CharField(label="Job title", max_length=80, required=False)


class DigestForm(forms.Form):
    """Which e-mails about one's to-do list one wants."""

    wanted = forms.BooleanField(
        label="E-mail me the numbers of my to-do list on working days",
        required=False,
        help_text="How many are about safety, overdue and due today. No names. Nothing is sent when there is nothing.",
    )
    weekly = forms.BooleanField(
        label="E-mail me what is new and due at the start of each week",
        required=False,
        help_text="How many are new, overdue and due in the week. No names. Nothing is sent while you are away.",
    )


class EndRoleForm(forms.Form):
    """Which role ends, and when. A role is given as role@site, by their codes."""

    held = forms.TypedChoiceField(label="Role")
    last_day = make_day_field("Last day", required=False, help_text="Leave empty to end the role at once.")

    def __init__(self, *args: Any, roles: list[RoleAtSite], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_code = {f"{each.role}@{each.site.code}": each for each in roles}
        field = self.fields["held"]
        field.choices = [(code, str(each)) for code, each in by_code.items()]
        field.coerce = by_code.__getitem__


class ReasonForm(forms.Form):
    """Why it is done; its owner reads it."""

    reason = forms.CharField(
        label="Reason", max_length=200, help_text="We will e-mail this to the account's owner and keep it."
    )


class AccountFilterForm(forms.Form):
    """Which accounts; asked by GET, so that it survives a reload."""

    words = forms.CharField(label="Name, username or e-mail", max_length=120, required=False)
    role = forms.ChoiceField(label="Role", choices=[("", "Any role"), *Role.choices], required=False)
    site = forms.ModelChoiceField(
        label="Site",
        queryset=Site.objects.all(),
        required=False,
        empty_label="Any site",
        to_field_name="code",
    )
    state = forms.ChoiceField(
        label="Account",
        choices=[("", "Open or closed"), ("open", "Open"), ("closed", "Closed")],
        required=False,
    )
    unused = forms.TypedChoiceField(
        label="Last sign-in",
        choices=[
            ("", "Any time"),
            ("30", "Not for 30 days"),
            ("90", "Not for 90 days"),
            ("365", "Not for a year"),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
