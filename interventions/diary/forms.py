"""Forms of the diary, for pages and the API: visits and rooms."""

from datetime import date, datetime
from typing import Any

from django import forms

from interventions.diary.actions import Visit
from interventions.diary.models import Room, query_record_writers
from interventions.diary.rules import CANCELLER_CHOICES, MAX_WEEKS
from interventions.episodes.forms import get_display_name
from interventions.episodes.rules import Location, Mechanism
from pairs.access.scope import Scope
from pairs.families.last_day import list_living
from pairs.service.models import Site, User
from pairs.web.date_fields import LocalTimeForm, make_day_field, make_time_field
from pairs.web.shared_choices import share_choices
from referrals.actions.first_visit import TELLING_WAYS


class RoomChoiceField(forms.ModelChoiceField):
    """A room, with the site it is at."""

    def label_from_instance(self, room):
        return f"{room.name}, {room.site}"


class StaffChoicesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, user: User) -> str:
        return str(user)


class VisitForm(forms.Form):
    """A visit's details. Without ``people`` there is nobody to choose."""

    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=720)
    mechanism = forms.ChoiceField(label="How", choices=Mechanism)
    location = forms.ChoiceField(label="Where", choices=Location)
    room = RoomChoiceField(Room.objects.none(), label="Room", required=False, empty_label="None")
    place = forms.CharField(
        label="Where exactly",
        max_length=200,
        required=False,
        help_text="If it is not the family’s home or a room above.",
    )
    practitioner = forms.ModelChoiceField(User.objects.none(), label="Practitioner", empty_label=None)
    colleagues = StaffChoicesField(
        User.objects.none(), label="Colleagues going too", required=False, widget=forms.CheckboxSelectMultiple
    )
    expected = forms.MultipleChoiceField(label="Who is expected", widget=forms.CheckboxSelectMultiple)
    interpreter = forms.BooleanField(label="Interpreter booked", required=False)
    travel_minutes = forms.IntegerField(
        label="Travel time in minutes", min_value=0, max_value=300, required=False
    )
    note = forms.CharField(
        label="For the visit",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What to bring and ask. Do not write the contact note here.",
    )
    groups = [
        ("How and where", ["minutes", "mechanism", "location", "room", "place", "travel_minutes"]),
        ("Who is expected", ["expected", "interpreter"]),
        ("Practitioner", ["practitioner"]),
        ("Colleagues going too", ["colleagues"]),
        ("For the visit", ["note"]),
    ]
    folded = ("Colleagues going too", "For the visit")

    def __init__(self, *args: Any, people: Any = None, site_id: Any = None, **kwargs: Any) -> None:
        """``people``: episodes.forms.FamilyPeople of the family; ``site_id``: where the work is done."""
        super().__init__(*args, **kwargs)
        self.people = people
        if people is None:
            return
        staff, rooms = query_record_writers([site_id]), Room.objects.in_use().filter(site=site_id).by_name()
        self.fields["expected"].choices = [
            (str(each.pk), get_display_name(each)) for each in list_living(people.by_id.values())
        ]
        share_choices(staff, self.fields["practitioner"], self.fields["colleagues"])
        self.fields["room"].queryset = rooms

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned.get("practitioner"):
            along = cleaned.get("colleagues") or ()
            cleaned["colleagues"] = [each for each in along if each != cleaned["practitioner"]]
        return cleaned

    def visit(self) -> Visit:
        """The booking's details, without its time."""
        names = (
            "minutes", "mechanism", "location", "room", "place", "practitioner", "colleagues", "interpreter",
            "travel_minutes", "note",
        )  # fmt: skip
        chosen = {name: self.cleaned_data[name] for name in names}
        return Visit(expected=self.list_expected(), **chosen)

    def list_expected(self) -> list[Any]:
        """The chosen people, without duplicates."""
        by_id = {str(pk): person for pk, person in self.people.by_id.items()}
        return [by_id[pk] for pk in dict.fromkeys(self.cleaned_data["expected"])]


class WhenForm(LocalTimeForm):
    """The day and the time of a visit."""

    moment_fields = ("starts_on", "starts_time")

    starts_on = make_day_field("Day")
    starts_time = make_time_field("Time")

    def clean_starts_on(self) -> date:
        """Refuse an implausible year before anything is computed from it."""
        day = self.cleaned_data["starts_on"]
        if not 2000 <= day.year <= 2100:
            raise forms.ValidationError("Check the year.")
        return day

    def starts_at(self) -> datetime:
        """Day and time as one datetime, in the service's time zone."""
        return self.get_moment()


class NewAppointmentForm(WhenForm, VisitForm):
    """A visit to be booked, once or weekly."""

    times = forms.IntegerField(
        label="How many weeks in a row",
        min_value=1,
        max_value=MAX_WEEKS,
        required=False,
        help_text="Same day and time each week. You can move or cancel each visit separately.",
    )
    groups = [("When", ["starts_on", "starts_time", "times"]), *VisitForm.groups]
    field_order = ["starts_on", "starts_time", "times"]

    def count_weeks(self) -> int:
        """In how many weeks, from the first on."""
        return self.cleaned_data["times"] or 1


class MoveAppointmentForm(WhenForm):
    """Another time for a visit."""

    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=720)


class CancelAppointmentForm(forms.Form):
    """Who cancels, and why."""

    whose = forms.ChoiceField(label="Who cancelled?", choices=CANCELLER_CHOICES, widget=forms.RadioSelect)
    why = forms.CharField(
        label="Why, if known", max_length=200, help_text="The family does not have to give a reason."
    )
    following = forms.BooleanField(label="Also cancel all later visits in this weekly series", required=False)


class ConfirmForm(forms.Form):
    """A form without fields: the user only confirms."""


class TellReferrerForm(forms.Form):
    """How whoever referred was told of the first visit that they come to."""

    how = forms.ChoiceField(label="How have they been told?", choices=TELLING_WAYS, widget=forms.RadioSelect)
    told_before = forms.CharField(
        label="When they had been told, as the page showed it",
        required=False,
        max_length=40,
        widget=forms.HiddenInput,
    )


class RoomForm(forms.Form):
    """A room that can be booked."""

    name = forms.CharField(label="Name of the room", max_length=80)
    access = forms.CharField(
        label="Access and comfort",
        max_length=200,
        required=False,
        help_text="For example no steps, a hearing loop, a quiet corner for feeding.",
    )


class NewRoomForm(RoomForm):
    """A room at one of the sites."""

    site = forms.ModelChoiceField(Site.objects.none(), label="Site", empty_label=None, to_field_name="code")
    field_order = ["site"]

    def __init__(self, *args: Any, scope: Scope | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if scope:
            sites = scope.sites("supervise", "manage_accounts")
            self.fields["site"].queryset = Site.objects.filter(pk__in=sites)


class ChangeRoomForm(RoomForm):
    """A room's name and access notes, and whether it can be booked."""

    in_use = forms.BooleanField(label="Available to book", required=False)
