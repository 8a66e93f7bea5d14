"""Forms that record one more contact of an episode: with the family, a message, liaison."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.forms import BaseFormSet
from django.utils import timezone

from interventions.episodes import actions
from interventions.episodes.contact_rules import ContactKind
from interventions.episodes.forms import (
    ColleagueChoices,
    ColleagueFormSet,
    ContactPeopleFormSet,
    FamilyPeople,
    NewContactForm,
    NewLiaisonForm,
    NewMessageForm,
)
from interventions.episodes.forms.contacts import WrittenContactForm
from interventions.episodes.models import CareContact, Episode
from interventions.episodes.record_forms.episodes import EpisodeForm
from interventions.episodes.rules import (
    Attendance,
    Location,
    Mechanism,
    NoteHeading,
    find_contact_date_error,
    guess_contact_start,
)
from pairs.families.access import OpenedFamily, get_family_people, open_family
from pairs.families.models import Family
from pairs.service.models import User
from pairs.service.refusals import ActionRefused

NO_PLACE = Location.ELSEWHERE  # the location of messages and liaison


class NewContactRecordForm(EpisodeForm):
    """A form that writes a contact of the episode's family."""

    @cached_property
    def opened(self) -> OpenedFamily:
        """The family and its banner, read in one query when one of them is needed."""
        return open_family(self.request, self.record.family_id)

    @cached_property
    def family(self) -> Family:
        """With its people: of what is sent without the banner, which is read if the page is shown again."""
        if self.request.method == "POST":
            return get_family_people(self.request, self.record.family_id)
        return self.opened.family

    @cached_property
    def people(self) -> FamilyPeople:
        """Who may have been expected, and whom the note may be about."""
        return FamilyPeople(self.family)

    @cached_property
    def colleagues(self) -> ColleagueChoices:
        """Who else may have been there, read when somebody is named."""
        return ColleagueChoices.of_family(self.request.scope, self.family, but=self.request.user)

    def find_more_errors(self, form: WrittenContactForm, **formsets: Any) -> dict[str, str]:
        """The day's, and those of who came: known before every field is right, so that all are said at once."""
        return find_day_errors(self.record, form)


class RecordContact(NewContactRecordForm):
    """With everybody who was expected, and colleagues of a joint contact."""

    form_class = NewContactForm
    formset_classes = {"participants": ContactPeopleFormSet, "others": ColleagueFormSet}

    def find_more_errors(self, form: WrittenContactForm, **formsets: Any) -> dict[str, str]:
        return super().find_more_errors(form) | self.people.find_row_errors(formsets["participants"])

    def save(
        self, form: NewContactForm, *, participants: BaseFormSet, others: BaseFormSet | None = None
    ) -> CareContact:
        """``others``: None where a page did not send its rows."""
        colleagues = self.colleagues.of(others) if others is not None else []
        return create_contact_from_forms(
            self.record, self.people, form, participants, self.request.user, others=colleagues
        )


class RecordMessage(NewContactRecordForm):
    """A text message or an e-mail, exchanged with one or more carers."""

    form_class = NewMessageForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"people": self.people}

    def get_initial(self) -> dict[str, Any]:
        carers = self.people.caregivers
        only = {"carers": [str(carers[0].pk)]} if len(carers) == 1 else {}
        return build_time_initial() | {"mechanism": Mechanism.TEXT_MESSAGE} | only

    def save(self, form: NewMessageForm) -> CareContact:
        chosen = set(form.cleaned_data["carers"])
        came = [each for each in self.people.caregivers if str(each.pk) in chosen]
        return _write_contact(
            self.record, self.people, form, self.request.user,
            kind=ContactKind.MESSAGE,
            minutes=0,
            location=NO_PLACE,
            participants=[(each, Attendance.ATTENDED) for each in came],
            interventions=[],
        )  # fmt: skip


class RecordLiaison(NewContactRecordForm):
    """A talk about the family with a colleague, without the family."""

    form_class = NewLiaisonForm
    formset_classes = {"others": ColleagueFormSet}

    def get_initial(self) -> dict[str, Any]:
        return build_time_initial() | {"mechanism": Mechanism.TELEPHONE, "minutes": 15}

    def save(self, form: NewLiaisonForm, *, others: BaseFormSet) -> CareContact:
        return _write_contact(
            self.record, self.people, form, self.request.user,
            kind=ContactKind.LIAISON,
            minutes=form.cleaned_data["minutes"],
            location=NO_PLACE,
            participants=[],
            interventions=[],
            others=self.colleagues.of(others),
        )  # fmt: skip


def build_time_initial() -> dict[str, Any]:
    """Day and time of a contact that has just ended."""
    start = timezone.localtime(guess_contact_start(timezone.now()))
    return {"held_on": start.date(), "held_at": start.time()}


def create_contact_from_forms(
    episode: Any,
    people: FamilyPeople,
    form: NewContactForm,
    rows: BaseFormSet,
    by: User,
    *,
    others: Sequence[actions.Colleague] = (),
) -> CareContact:
    """Record the contact that the form and rows describe. Raises ActionRefused with every error at once."""
    if errors := find_day_errors(episode, form) | people.find_row_errors(rows):
        raise ActionRefused(errors)
    return _write_contact(
        episode, people, form, by,
        kind=ContactKind.FAMILY,
        participants=people.came(rows),
        babies=people.babies(rows),
        others=others,
        notes=_add_missed_reasons(people.describe_missed(rows), form.notes()),
        **{name: form.cleaned_data[name] for name in ("minutes", "location", "interventions")},
    )  # fmt: skip


def _add_missed_reasons(missed: str, notes: dict[str, str]) -> dict[str, str]:
    """The reasons for a missed contact begin "what happened"."""
    told = notes[NoteHeading.HAPPENED]
    return notes | {NoteHeading.HAPPENED: f"{missed}\n\n{told}".strip()} if missed else notes


def find_day_errors(episode: Episode, form: WrittenContactForm) -> dict[str, str]:
    """Why a contact of this episode cannot be of the form's day; {} when it can, or the day cannot be read."""
    day = form.cleaned_data.get("held_on")
    if day is None:
        return {}
    problem = find_contact_date_error(
        day=day, opened=episode.opened_on, ended=episode.ended_on, on=timezone.localdate()
    )
    return {"held_on": problem} if problem else {}


def _write_contact(
    episode: Episode, people: FamilyPeople, form: WrittenContactForm, by: User, **facts: Any
) -> CareContact:
    """``facts``: what the kinds of contact have each in their own way."""
    return actions.write_care_contact(
        episode=episode,
        starts_at=form.starts_at(),
        mechanism=form.cleaned_data["mechanism"],
        subjects=form.subjects(people),
        sign=form.cleaned_data["sign"],
        by=by,
        **{"notes": form.notes()} | facts,
    )
