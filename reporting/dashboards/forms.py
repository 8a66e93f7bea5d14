"""Forms of the dashboards: due item decisions, access log and chronology filters."""

from typing import Any

from django import forms

from pairs.audit.models import AccessAct, AccountEventKind
from pairs.families.events import EVENT_KINDS
from pairs.service.models import User, UserQuerySet
from pairs.web.date_fields import make_day_field


class PostponeForm(forms.Form):
    """Until when it can wait, and why."""

    until = make_day_field("Postpone to")
    why = forms.CharField(label="Reason", max_length=200)


class ReassignForm(forms.Form):
    """Whose it is now, and why."""

    handed_to = forms.ModelChoiceField(
        label="Reassign to", queryset=User.objects.none(), empty_label="Choose a colleague"
    )
    why = forms.CharField(label="Reason", max_length=200)

    def __init__(self, *args: Any, colleagues: UserQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handed_to"].queryset = colleagues


ACT_CHOICES = [("", "Anything"), *AccessAct.choices]


class DaysForm(forms.Form):
    """Which days a list is about, the first to the last; the base of such forms."""

    since = make_day_field("From", required=False)
    until = make_day_field("To", required=False)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "Choose a day on or after the first.")
        return cleaned


class LogFilterForm(forms.Form):
    """What an address of a log asks for: no name of a family is in it."""

    username = forms.CharField(max_length=150, required=False)
    family = forms.UUIDField(required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)


class AccessLogForm(DaysForm):
    """Whose reading, whose record, on which days."""

    field_order = ("person", "family", "since", "until", "act")

    person = forms.CharField(label="Colleague", max_length=150, required=False, help_text="Name or username.")
    family = forms.CharField(
        label="Family", max_length=150, required=False, help_text="Family name or PI number."
    )
    act = forms.ChoiceField(label="What they did", choices=ACT_CHOICES, required=False)


class AccessLogFilterForm(LogFilterForm):
    """What an address of the access log asks for."""

    act = forms.ChoiceField(choices=ACT_CHOICES, required=False)


class AccountEventForm(forms.Form):
    """Whose account, and what happened to it."""

    username = forms.CharField(label="Name or username", max_length=150, required=False)
    kind = forms.ChoiceField(
        label="What happened", choices=[("", "Anything"), *AccountEventKind.choices], required=False
    )


class ChronologyFilterForm(DaysForm):
    """Which events, about whom, and of which time; asked by GET, so that it survives a reload."""

    field_order = ("what", "person", "since", "until")

    what = forms.ChoiceField(label="What", required=False)
    person = forms.ChoiceField(
        label="About",
        required=False,
        help_text="Only entries that name this person, not entries about the whole family.",
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [("", "Everything"), *EVENT_KINDS.items()]
        self.fields["person"].choices = [("", "Everyone"), *people]
