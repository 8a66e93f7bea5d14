"""Forms of the dashboards: due item decisions, accounts, access log and chronology filters."""

from typing import Any

from django import forms

from pairs.families.chronology import EVENT_KINDS
from pairs.service.models import Site, User, UserQuerySet
from pairs.service.roles import Role
from pairs.web.date_fields import make_day_field


class DueDecisionForm(forms.Form):
    """Until when it can wait, or whose it is now; and why."""

    until = make_day_field("Put it off until", required=False)
    handed_to = forms.ModelChoiceField(
        label="Or hand it to", queryset=User.objects.none(), required=False, empty_label="Nobody else"
    )
    why = forms.CharField(label="Why?", max_length=200)

    def __init__(self, *args: Any, colleagues: UserQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handed_to"].queryset = colleagues

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not cleaned.get("until") and not cleaned.get("handed_to"):
            self.add_error("until", "Choose a day, or a colleague to hand it to.")
        return cleaned


class NewAccountForm(forms.Form):
    """A colleague's account: who they are and the first role they hold."""

    username = forms.SlugField(label="Username", max_length=40)
    display_name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="Work e-mail", help_text="A link to choose a password goes here.")
    role = forms.ChoiceField(label="Role", choices=Role)
    site = forms.ModelChoiceField(label="Site", queryset=Site.objects.all(), empty_label=None)

    def clean_username(self) -> str:
        username = self.cleaned_data["username"].lower()
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError("This username is taken.")
        return username


class AccessLogForm(forms.Form):
    """Whose record, or whose reading."""

    username = forms.CharField(label="Username of the person who looked", max_length=150, required=False)
    family = forms.UUIDField(
        label="Or the family's id", required=False, help_text="It stands in the address of the family page."
    )


class ChronologyFilterForm(forms.Form):
    """Which events, about whom, and of which time; asked by GET, so that it survives a reload."""

    what = forms.ChoiceField(label="What", required=False)
    person = forms.ChoiceField(
        label="About",
        required=False,
        help_text="Only what names this person; the rest is about the whole family.",
    )
    since = make_day_field("From", required=False)
    until = make_day_field("To", required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [("", "Everything"), *EVENT_KINDS.items()]
        self.fields["person"].choices = [("", "Everybody"), *people]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "Choose a day on or after the first.")
        return cleaned
