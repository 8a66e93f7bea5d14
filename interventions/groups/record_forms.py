"""What each form of groups is about and does, for pages and API alike."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from interventions.competencies.forms import SignOffForm
from interventions.competencies.record_forms import query_colleagues
from interventions.competencies.rules import GROUP_ARRANGEMENTS
from interventions.diary.booking_warnings import list_staff_warnings
from interventions.episodes.models import Episode, Intervention
from interventions.episodes.rules import InterventionShape
from interventions.groups import actions, forms
from interventions.groups.actions.registers import query_current_lines
from interventions.groups.deliveries import describe_group_choices
from interventions.groups.forms.places import get_person_value, list_usual_guests
from interventions.groups.models import (
    Facilitator,
    GroupPlace,
    GroupSession,
    GroupSignOff,
    Programme,
    ProgrammeQuerySet,
)
from interventions.groups.roster import RosterRow, get_group_record, list_group_warnings, load_roster_rows
from interventions.groups.session_warnings import list_coming_times, list_session_warnings
from pairs.access.records import RecordQuerySet
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page
from pairs.families.record_forms import OwnSiteLookup
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm, RecordLookup

MAX_OFFERED = 60


def query_programmes() -> ProgrammeQuerySet:
    return Programme.objects.select_related("site", "intervention").prefetch_related("sites")


def query_full_programmes() -> ProgrammeQuerySet:
    """With the sessions and facilitators that stand as well."""
    return query_programmes().prefetch_related(
        Prefetch("sessions", GroupSession.objects.live()),
        Prefetch("facilitators", Facilitator.objects.live()),
    )


def query_sessions() -> RecordQuerySet:
    return GroupSession.objects.select_related("programme__intervention", "programme__site")


# ---------------------------------------------------------------- the group, its sessions and who holds it


class GroupLookup(RecordLookup):
    """A group, or a record of one: changed by whoever writes records at one of its sites, and by who holds it."""

    may = "write_records"

    def get_record(self, may: Any) -> Any:
        return get_group_record(self.request, self.get_records(), may_write=bool(may), pk=self.record_id)


class GroupForm(GroupLookup, RecordForm):
    """A form about a group."""

    def get_records(self) -> QuerySet[Any]:
        return query_programmes()


class SessionForm(GroupLookup, RecordForm):
    """A form about a session."""

    def get_records(self) -> QuerySet[Any]:
        return query_sessions()


class PlanGroup(RecordForm):
    """A group with its weekly sessions."""

    form_class = forms.NewGroupForm

    def get_form_kwargs(self) -> dict[str, Any]:
        said = describe_group_choices(self.request.user, timezone.localdate())
        return {"scope": self.request.scope, "said": said}

    def get_initial(self) -> dict[str, Any]:
        usual = {"held_on": timezone.localdate(), "held_at": "10:00", "sessions": 8, "capacity": 8}
        first = Intervention.objects.offered().filter(shape=InterventionShape.GROUP).first()
        return usual | {"intervention": first and first.code}

    def list_warnings(self, form: forms.NewGroupForm) -> list[str]:
        """Of whoever plans it: they hold it from the first session on."""
        what = form.programme()
        return list_staff_warnings([self.request.user.pk], [(at, what["minutes"]) for at in what["starts"]])

    def save(self, form: forms.NewGroupForm) -> Programme:
        return actions.begin_programme(by=self.request.user, **form.programme())


class ChangeGroup(GroupForm, EditForm):
    """Its name, sites and capacity."""

    form_class = forms.ChangeGroupForm

    def get_initial(self) -> dict[str, Any]:
        group = self.record
        sites = [site.code for site in group.sites.all()]
        return {"name": group.name, "capacity": group.capacity, "sites": sites}

    def save(self, form: forms.ChangeGroupForm) -> Programme:
        return actions.change_programme(programme=self.record, by=self.request.user, **form.cleaned_data)


class CloseGroup(GroupForm):
    """Every place ends with it, and coming sessions are cancelled."""

    form_class = forms.CloseGroupForm

    def get_initial(self) -> dict[str, Any]:
        return {"closed_on": timezone.localdate()}

    def save(self, form: forms.CloseGroupForm) -> Programme:
        return actions.close_programme(programme=self.record, by=self.request.user, **form.cleaned_data)


class AddFacilitator(GroupForm):
    """A colleague, or somebody of another service by name."""

    form_class = forms.NewFacilitatorForm

    def list_warnings(self, form: forms.NewFacilitatorForm) -> list[str]:
        user = form.cleaned_data["user"]
        return list_staff_warnings([user.pk], list_coming_times(self.record)) if user else []

    def save(self, form: forms.NewFacilitatorForm) -> Facilitator:
        return actions.add_facilitator(programme=self.record, by=self.request.user, **form.cleaned_data)


class EndFacilitator(GroupLookup, RecordForm):
    form_class = forms.ConfirmForm

    def get_records(self) -> QuerySet[Any]:
        return Facilitator.objects.select_related("programme", "user")

    def save(self, form: forms.ConfirmForm) -> Facilitator:
        return actions.end_facilitator(facilitator=self.record, by=self.request.user)


class SignOffGroup(RecordForm):
    """How a group is delivered whose facilitators do not have the competence; by who supervises at its site."""

    may = "supervise"
    form_class = SignOffForm
    record: Programme

    def get_records(self) -> QuerySet[Any]:
        return query_programmes()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"colleagues": query_colleagues(), "arrangements": GROUP_ARRANGEMENTS}

    def save(self, form: SignOffForm) -> GroupSignOff:
        return actions.sign_off_group(programme=self.record, by=self.request.user, **form.cleaned_data)


class AddSession(GroupForm):
    """One more session, by default a week after the last."""

    form_class = forms.SessionDetailsForm

    def get_initial(self) -> dict[str, Any]:
        last = self.record.sessions.live().order_by("-starts_at").first()
        if last is None:
            return {"held_on": timezone.localdate()}
        return build_session_initial(last) | {
            "held_on": timezone.localdate(last.starts_at) + timedelta(weeks=1)
        }

    def list_warnings(self, form: forms.SessionDetailsForm) -> list[str]:
        return list_session_warnings(self.record, form.get_time_and_length())

    def save(self, form: forms.SessionDetailsForm) -> GroupSession:
        return actions.add_session(programme=self.record, by=self.request.user, **form.session())


def build_session_initial(session: GroupSession) -> dict[str, Any]:
    """What the form says of a session as it is."""
    start = timezone.localtime(session.starts_at)
    known = {name: getattr(session, name) for name in ("minutes", "location", "room")}
    return known | {"held_on": start.date(), "held_at": start.time()}


class MoveSession(SessionForm, EditForm):
    """Another time or place of a coming session."""

    form_class = forms.SessionDetailsForm

    def get_initial(self) -> dict[str, Any]:
        return build_session_initial(self.record)

    def list_warnings(self, form: forms.SessionDetailsForm) -> list[str]:
        return list_session_warnings(self.record.programme, form.get_time_and_length())

    def save(self, form: forms.SessionDetailsForm) -> GroupSession:
        return actions.move_session(session=self.record, by=self.request.user, **form.session())


class CancelSession(SessionForm):
    """On its day each family's record says so."""

    form_class = forms.CancelSessionForm

    def save(self, form: forms.CancelSessionForm) -> GroupSession:
        return actions.cancel_session(session=self.record, by=self.request.user, **form.cleaned_data)


# ---------------------------------------------------------------- the register


class RecordRegister(SessionForm):
    """Who came, a line for each family, and a note about the group."""

    form_class = forms.RegisterNoteForm
    formset_classes = {"guests": forms.GuestRowFormSet, "lines": forms.LineRowFormSet}

    @cached_property
    def rows(self) -> list[RosterRow]:
        return load_session_roster(self.request, self.record)

    @cached_property
    def register(self) -> forms.RegisterFormAdapter:
        return forms.RegisterFormAdapter(self.rows)

    def save(self, form: forms.RegisterNoteForm, guests: Any, lines: Any) -> GroupSession:
        said = self.register.said(guests, lines)
        note = form.text(list(self.register.people.values()))
        return actions.record_register(session=self.record, lines=said, note=note, by=self.request.user)


def load_session_roster(request: ScopedRequest, session: GroupSession) -> list[RosterRow]:
    """Roster rows of that day as the user may see them, each with its saved line."""
    day = timezone.localdate(session.starts_at)
    places = GroupPlace.objects.on(day).filter(programme=session.programme_id)
    rows = load_roster_rows(request, places, session.programme, on=day)
    lines = {line.place_id: line for line in query_current_lines(session).select_related("care_contact")}
    for row in rows:
        row.line = lines.get(row.place.pk)
    return rows


# ---------------------------------------------------------------- families in a group


class JoinGroup(OwnSiteLookup, RecordForm):
    """A family joins a group, through its episode."""

    model, form_class, may = Episode, forms.NewPlaceForm, "write_records"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family, "programmes": self.query_joinable_programmes()}

    def query_joinable_programmes(self) -> ProgrammeQuerySet:
        """Open groups in scope that families of the episode's site may join."""
        here = Programme.sites.through.objects.filter(site=self.record.site_id)
        visible = Programme.objects.visible_to(self.request.scope)
        return visible.open().filter(pk__in=here.values("programme")).order_by("name")

    def get_initial(self) -> dict[str, Any]:
        usual = [get_person_value(each) for each in list_usual_guests(self.record)]
        return {"joined_on": timezone.localdate(), "people": usual}

    def list_warnings(self, form: forms.NewPlaceForm) -> list[str]:
        """About people of the group who are to be kept apart from these, and visits at the time of a session."""
        group, joining = form.cleaned_data["programme"], [person.pk for person in form.chosen()]
        apart = list_group_warnings(self.request, group, joining)
        return apart + list_staff_warnings([], list_coming_times(group), families=[self.family.pk])

    def save(self, form: forms.NewPlaceForm) -> GroupPlace:
        what = {name: form.cleaned_data[name] for name in ("programme", "joined_on")}
        return actions.join_group(episode=self.record, people=form.chosen(), by=self.request.user, **what)


class AddFamilies(GroupForm):
    """Several families join a group, from the group's page."""

    form_class = forms.NewPlacesForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"episodes": self._list_offered_episodes()}

    def _list_offered_episodes(self) -> list[Episode]:
        """Open episodes at its sites where the user may write: with its intervention, or the user's own."""
        group = self.record
        sites = {site.pk for site in group.sites.all()} & self.request.scope.sites("write_records")
        this_way = Q(uses__intervention=group.intervention_id, uses__ended_on=None)
        found = Episode.objects.open().filter(this_way | Q(lead=self.request.user), site__in=sites)
        places = GroupPlace.objects.live().held().filter(programme=group)
        found = found.exclude(pk__in=places.values("episode"))
        found = found.select_related("lead", "family", "referral__patient")
        found = found.prefetch_related("focus__infant", "focus__caregiver")
        found = found.distinct().order_by("-opened_on", "pk")
        offered = get_visible_page(self.request, found, per_page=MAX_OFFERED).object_list
        return [each for each in offered if list_usual_guests(each)]

    def get_initial(self) -> dict[str, Any]:
        return {"joined_on": timezone.localdate()}

    def list_warnings(self, form: forms.NewPlacesForm) -> list[str]:
        """About people of the group who are to be kept apart, once these have joined, and visits at that time."""
        chosen = form.chosen()
        joining = [person.pk for _, people in chosen for person in people]
        families = [episode.family_id for episode, _ in chosen]
        apart = list_group_warnings(self.request, self.record, joining)
        return apart + list_staff_warnings([], list_coming_times(self.record), families=families)

    def save(self, form: forms.NewPlacesForm) -> Programme:
        what = {"programme": self.record, "joined_on": form.cleaned_data["joined_on"]}
        for episode, people in form.chosen():
            actions.join_group(episode=episode, people=people, by=self.request.user, **what)
        return self.record


class PlaceForm(OwnSiteLookup, RecordForm):
    """A form about a family's place in a group."""

    may = "write_records"

    def get_records(self) -> QuerySet[Any]:
        return GroupPlace.objects.with_people()


class ChangeGuests(PlaceForm, EditForm):
    """Who of the family comes from now on."""

    form_class = forms.GuestsForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family}

    def get_initial(self) -> dict[str, Any]:
        return {"people": [get_person_value(each.person) for each in self.record.people.all()]}

    def save(self, form: forms.GuestsForm) -> GroupPlace:
        return actions.change_guests(place=self.record, people=form.chosen(), by=self.request.user)


class LeaveGroup(PlaceForm):
    """The last day, and the reason."""

    form_class = forms.LeavingForm

    def get_initial(self) -> dict[str, Any]:
        return {"left_on": timezone.localdate()}

    def save(self, form: forms.LeavingForm) -> GroupPlace:
        return actions.leave_group(place=self.record, by=self.request.user, **form.cleaned_data)
