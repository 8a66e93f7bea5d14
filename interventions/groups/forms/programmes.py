"""Forms of a programme: begun with its sessions, changed, one session more, a facilitator, an end."""

from datetime import datetime

from django import forms
from django.utils import timezone

from interventions.episodes.forms.episodes import day_box
from interventions.episodes.models import Intervention
from interventions.episodes.rules import LOCATIONS
from interventions.groups.rules import MOST_SESSIONS, weekly, why_not_planned_on
from pairs.service.models import Site, User
from pairs.service.refusals import Refused

PLACES = {"min_value": 1, "max_value": 100}


def time_box(label):
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def sites_box():
    """Open sites by their code."""
    return forms.ModelMultipleChoiceField(
        Site.objects.exclude(opens_on=None),
        label="Families of which other sites may join?",
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class SessionDetails(forms.Form):
    """When one session is, where, how long."""

    held_on = day_box("Day")
    held_at = time_box("Time")
    minutes = forms.IntegerField(label="Minutes", min_value=5, max_value=480, initial=120)
    location = forms.ChoiceField(label="Where", choices=LOCATIONS, initial="K01")
    room = forms.CharField(label="Room", max_length=120, required=False)

    def starts_at(self):
        """Day and time as one moment, in the service's own time zone."""
        return timezone.make_aware(self._wall())

    def _wall(self):
        """As the clock on the wall has it. Raises Refused when the year is a slip."""
        if why := why_not_planned_on(day=self.cleaned_data["held_on"], on=timezone.localdate()):
            raise Refused({"held_on": why})
        return datetime.combine(self.cleaned_data["held_on"], self.cleaned_data["held_at"])

    def session(self):
        """What an action asks of a session."""
        return {name: self.cleaned_data[name] for name in ("minutes", "location", "room")} | {
            "starts_at": self.starts_at()
        }


class NewGroup(SessionDetails):
    """A programme with its sessions, week by week from the first."""

    name = forms.CharField(
        label="Name", max_length=80, help_text="Such as “Circle of Security, spring”. No family's name."
    )
    intervention = forms.ModelChoiceField(
        Intervention.objects.offered(), label="Way of working", to_field_name="code", empty_label=None
    )
    site = forms.ModelChoiceField(
        Site.objects.none(), label="Which site holds it?", to_field_name="code", empty_label=None
    )
    sites = sites_box()
    capacity = forms.IntegerField(label="For how many families?", **PLACES)
    sessions = forms.IntegerField(label="How many weekly sessions?", min_value=1, max_value=MOST_SESSIONS)

    field_order = ("name", "intervention", "site", "sites", "capacity", "sessions", "held_on", "held_at")
    groups = [
        ("The group", ["name", "intervention", "site", "sites", "capacity"]),
        ("Its sessions", ["sessions", "held_on", "held_at", "minutes", "location", "room"]),
    ]

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = Site.objects.filter(pk__in=scope.sites("write_records"))
        self.fields["held_on"].label, self.fields["held_at"].label = "Day of the first", "Time"

    def programme(self):
        """What ``begin_programme`` asks for."""
        names = ("name", "intervention", "site", "sites", "capacity", "minutes", "location", "room")
        days = weekly(self._wall(), self.cleaned_data["sessions"])
        starts = [timezone.make_aware(day) for day in days]
        return {name: self.cleaned_data[name] for name in names} | {"starts": starts}


class ChangedGroup(forms.Form):
    """Another name, other sites, more or fewer places."""

    name = forms.CharField(label="Name", max_length=80)
    sites = sites_box()
    capacity = forms.IntegerField(label="For how many families?", **PLACES)


def writers():
    """Whoever writes records at some site."""
    return User.objects.who_may("write_records")


class NewFacilitator(forms.Form):
    """One of us, or somebody of another service."""

    user = forms.ModelChoiceField(
        User.objects.none(), label="A colleague", required=False, empty_label="Nobody of ours"
    )
    name = forms.CharField(label="Or somebody of another service: their name", max_length=120, required=False)
    organisation = forms.CharField(label="Their service", max_length=120, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = writers()


class Cancellation(forms.Form):
    """Why we cancel a session."""

    because = forms.CharField(
        label="Why?", max_length=200, help_text="Every family's record says it. Name nobody."
    )


class Nothing(forms.Form):
    """A question alone."""


class Closing(forms.Form):
    """The group's last day, and why it ends."""

    closed_on = day_box("Last day")
    because = forms.CharField(label="Why does it end?", max_length=200)
