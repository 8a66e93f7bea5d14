"""Forms of a programme: plan, change, sessions, facilitators, close."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from interventions.episodes.models import Intervention
from interventions.episodes.rules import Location
from interventions.groups.rules import MAX_SESSIONS, find_planning_date_error, list_weekly_session_starts
from pairs.access.scope import Scope
from pairs.service.models import Site, User, UserQuerySet
from pairs.service.refusals import ActionRefused
from pairs.web.date_fields import LocalTimeForm, find_clock_change_error, make_day_field, make_time_field

CAPACITY_LIMITS = {"min_value": 1, "max_value": 100}


def make_sites_field() -> forms.ModelMultipleChoiceField:
    """Open sites by their code."""
    return forms.ModelMultipleChoiceField(
        Site.objects.exclude(opens_on=None),
        label="Families of which other sites may join?",
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class SessionDetailsForm(LocalTimeForm):
    """Time, place and length of one session."""

    moment_fields = ("held_on", "held_at")

    held_on = make_day_field("Day")
    held_at = make_time_field("Time")
    minutes = forms.IntegerField(label="Minutes", min_value=5, max_value=480, initial=120)
    location = forms.ChoiceField(label="Where", choices=Location, initial=Location.FAMILY_HUB)
    room = forms.CharField(label="Room", max_length=120, required=False)

    def starts_at(self) -> datetime:
        """Day and time as one datetime, in the service's time zone."""
        return timezone.make_aware(self._get_local_start())

    def _get_local_start(self) -> datetime:
        """Day and time as a naive local datetime. Refused if the year is implausible."""
        if why := find_planning_date_error(day=self.cleaned_data["held_on"], on=timezone.localdate()):
            raise ActionRefused({"held_on": why})
        return datetime.combine(self.cleaned_data["held_on"], self.cleaned_data["held_at"])

    def get_time_and_length(self) -> tuple[datetime, int]:
        """(start, minutes)."""
        return self.starts_at(), self.cleaned_data["minutes"]

    def session(self) -> dict[str, Any]:
        """Keyword arguments of the session actions."""
        return {name: self.cleaned_data[name] for name in ("minutes", "location", "room")} | {
            "starts_at": self.starts_at()
        }


class NewGroupForm(SessionDetailsForm):
    """A programme with weekly sessions from the first date."""

    name = forms.CharField(
        label="Name",
        max_length=80,
        help_text="For example “Circle of Security, spring”. Do not use a family's name.",
    )
    intervention = forms.ModelChoiceField(
        Intervention.objects.offered(), label="Intervention", to_field_name="code", empty_label=None
    )
    site = forms.ModelChoiceField(
        Site.objects.none(), label="Which site runs it?", to_field_name="code", empty_label=None
    )
    sites = make_sites_field()
    capacity = forms.IntegerField(label="For how many families?", **CAPACITY_LIMITS)
    sessions = forms.IntegerField(label="How many weekly sessions?", min_value=1, max_value=MAX_SESSIONS)

    field_order = ("name", "intervention", "site", "sites", "capacity", "sessions", "held_on", "held_at")
    groups = [
        ("The group", ["name", "intervention", "site", "sites", "capacity"]),
        ("Its sessions", ["sessions", "held_on", "held_at", "minutes", "location", "room"]),
    ]

    def __init__(self, *args: Any, scope: Scope, said: Mapping[int, str], **kwargs: Any) -> None:
        """``said``: {intervention: whether whoever plans the group may deliver it, in words}."""
        super().__init__(*args, **kwargs)
        self.fields["intervention"].label_from_instance = lambda each: (
            f"{each} ({said[each.pk]})" if said.get(each.pk) else str(each)
        )
        self.fields["site"].queryset = Site.objects.filter(pk__in=scope.sites("write_records"))
        self.fields["held_on"].label, self.fields["held_at"].label = "Date of first session", "Time"

    def programme(self):
        """Keyword arguments of ``begin_programme``."""
        names = ("name", "intervention", "site", "sites", "capacity", "minutes", "location", "room")
        days = list_weekly_session_starts(self._get_local_start(), self.cleaned_data["sessions"])
        if problem := next(filter(None, map(find_clock_change_error, days)), ""):
            raise ActionRefused({"held_at": problem})
        starts = [timezone.make_aware(day) for day in days]
        return {name: self.cleaned_data[name] for name in names} | {"starts": starts}


class ChangeGroupForm(forms.Form):
    """Change the name, sites and capacity."""

    name = forms.CharField(label="Name", max_length=80)
    sites = make_sites_field()
    capacity = forms.IntegerField(label="For how many families?", **CAPACITY_LIMITS)


def query_all_record_writers() -> UserQuerySet:
    """Users who may write records at any site."""
    return User.objects.with_permission("write_records")


class NewFacilitatorForm(forms.Form):
    """A colleague, or somebody from another service."""

    conditional = ("user", "name")  # needed of some answers

    user = forms.ModelChoiceField(
        User.objects.none(), label="A colleague", required=False, empty_label="No one from our service"
    )
    name = forms.CharField(
        label="Or the name of someone from another service", max_length=120, required=False
    )
    organisation = forms.CharField(label="Their service", max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = query_all_record_writers()


class CancelSessionForm(forms.Form):
    """Why we cancel a session."""

    because = forms.CharField(
        label="Why?", max_length=200, help_text="Appears on every family's record. Do not name anyone."
    )


class ConfirmForm(forms.Form):
    """A form without fields: the user only confirms."""


class CloseGroupForm(forms.Form):
    """The group's last day, and why it ends."""

    closed_on = make_day_field("Last day")
    because = forms.CharField(label="Why is it ending?", max_length=200)
