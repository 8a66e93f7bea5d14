"""Actions on training: plan a programme, its sessions, who has a place, who came, certificates, headcounts."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.text import slugify

from interventions.training.models import (
    TrainingAttendance,
    TrainingAttendee,
    TrainingProgramme,
    TrainingSession,
    TrainingTopic,
    WorkforceFigure,
)
from interventions.training.rules import (
    find_certificate_error,
    find_confidence_errors,
    find_places_error,
)
from pairs.access.cancelling import cancel_locked, lock_standing
from pairs.service.models import Place, Site, User
from pairs.service.refusals import ActionRefused, refuse_all
from pairs.web.session_times import count_minutes, find_moment_errors

ADD_ANOTHER = "Add another one."


@transaction.atomic
def add_topic(*, name: str, recommended_by: str, by: User) -> TrainingTopic:
    """A topic of the service's own, last on the list. Refused when there is one of that name."""
    name = name.strip()
    code = slugify(name)[:50]
    taken = TrainingTopic.objects.filter(Q(name__iexact=name) | Q(code=code)).exists()
    refuse_all(
        {
            "name": "There is a topic of this name already."
            if taken
            else ""
            if code
            else "Enter a name in letters."
        }
    )
    last = TrainingTopic.objects.aggregate(last=Max("order"))["last"] or 0
    return TrainingTopic.objects.create(code=code, name=name, source=recommended_by.strip(), order=last + 1)


@transaction.atomic
def retire_topic(*, topic: TrainingTopic, by: User) -> TrainingTopic:
    """It is offered no more; programmes that have it keep it."""
    topic.retired_on = timezone.localdate()
    topic.save(update_fields=["retired_on"])
    return topic


@transaction.atomic
def plan_programme(
    *, name: str, site: Site, topics: Sequence[TrainingTopic], places: int, by: User
) -> TrainingProgramme:
    """A programme without sessions yet. Refused by field."""
    refuse_all({"topics": "" if topics else "Choose at least one topic."})
    programme = TrainingProgramme.objects.create(name=name.strip(), site=site, places=places, planned_by=by)
    programme.topics.set(topics)
    return programme


@transaction.atomic
def change_programme(
    *, programme: TrainingProgramme, name: str, topics: Sequence[TrainingTopic], places: int, by: User
) -> TrainingProgramme:
    """Its name, topics and number of places, which those who have one must fit in."""
    programme = _lock(programme)
    taken = programme.attendees.live().count()
    refuse_all(
        {
            "topics": "" if topics else "Choose at least one topic.",
            "places": f"{taken} people already have a place." if places < taken else "",
        }
    )
    programme.topics.set(topics)
    return programme.change(name=name.strip(), places=places)


def _lock(programme: TrainingProgramme) -> TrainingProgramme:
    return TrainingProgramme.objects.select_for_update().get(pk=programme.pk)


@transaction.atomic
def add_session(
    *,
    programme: TrainingProgramme,
    place: Place,
    venue: str,
    starts_at: datetime,
    ends_at: datetime,
    trainer: User,
    second_trainer: User | None,
    by: User,
) -> TrainingSession:
    """Add a session, past or to come. Refused by field."""
    return TrainingSession.objects.create(
        programme=programme,
        **_build_session_values(place, venue, starts_at, ends_at, trainer, second_trainer),
    )


@transaction.atomic
def change_session(
    *,
    session: TrainingSession,
    place: Place,
    venue: str,
    starts_at: datetime,
    ends_at: datetime,
    trainer: User,
    second_trainer: User | None,
    by: User,
) -> TrainingSession:
    """Another time, place or trainer."""
    locked = lock_standing(session, instead=ADD_ANOTHER)
    return locked.change(**_build_session_values(place, venue, starts_at, ends_at, trainer, second_trainer))


def _build_session_values(
    place: Place,
    venue: str,
    starts_at: datetime,
    ends_at: datetime,
    trainer: User,
    second_trainer: User | None,
) -> dict[str, Any]:
    errors = find_moment_errors(starts_at, ends_at)
    if second_trainer == trainer:
        errors["second_trainer"] = "Choose someone else, or no one."
    refuse_all(errors)
    return {
        "place": place,
        "venue": venue.strip(),
        "starts_at": starts_at,
        "minutes": count_minutes(starts_at, ends_at),
        "trainer": trainer,
        "second_trainer": second_trainer,
    }


@transaction.atomic
def cancel_session(*, session: TrainingSession, because: str, by: User) -> TrainingSession:
    """It does not take place. Refused once somebody is recorded as having come."""
    locked = lock_standing(session, instead=ADD_ANOTHER)
    came = locked.attendances.live().exists()
    problem = "People are recorded as having attended this session." if came else ""
    return cancel_locked(locked, because, problem=problem)


@transaction.atomic
def add_attendee(*, programme: TrainingProgramme, by: User, **person: Any) -> TrainingAttendee:
    """Give somebody a place. ``person``: the columns of TrainingAttendee that say who they are, and confidence."""
    programme = _lock(programme)
    taken = programme.attendees.live()
    errors = _find_person_errors(attended=False, **person)
    if problem := find_places_error(taken=taken.count(), places=programme.places):
        errors[""] = problem
    if person["email"] and taken.filter(email__iexact=person["email"]).exists():
        errors["email"] = "Someone with this e-mail address already has a place."
    refuse_all(errors)
    return TrainingAttendee.objects.create(programme=programme, **_strip(person))


@transaction.atomic
def change_attendee(*, attendee: TrainingAttendee, by: User, **person: Any) -> TrainingAttendee:
    """Correct who they are, or record their confidence before and after."""
    locked = TrainingAttendee.objects.select_for_update(of=("self",)).get(pk=attendee.pk)
    attended = TrainingAttendee.objects.who_came().filter(pk=locked.pk).exists()
    errors = _find_person_errors(attended=attended, **person)
    others = TrainingAttendee.objects.live().filter(programme=locked.programme_id).exclude(pk=locked.pk)
    if person["email"] and others.filter(email__iexact=person["email"]).exists():
        errors["email"] = "Someone with this e-mail address already has a place."
    refuse_all(errors)
    return locked.change(**_strip(person))


def _find_person_errors(*, attended: bool, **person: Any) -> dict[str, str]:
    errors = find_confidence_errors(
        before=person["confidence_before"], after=person["confidence_after"], attended=attended
    )
    if not person["name"].strip():
        errors["name"] = "Enter their name."
    return errors


def _strip(person: dict[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in person.items()}


@transaction.atomic
def remove_attendee(*, attendee: TrainingAttendee, reason: str, by: User) -> TrainingAttendee:
    """Their place is free again. Refused once they came to a session or have a certificate."""
    locked = TrainingAttendee.objects.select_for_update(of=("self",)).get(pk=attendee.pk)
    if locked.certificate_on or locked.attendances.live().exists():
        raise ActionRefused("They attended a session, which stays on record.")
    refuse_all({"reason": "" if reason.strip() else "Enter why, in a sentence."})
    return locked.enter_in_error(reason=reason.strip(), by=by)


@transaction.atomic
def record_attendance(
    *, session: TrainingSession, came: Collection[TrainingAttendee], by: User
) -> TrainingSession:
    """Who came to the session, of those with a place; what was recorded before and is not in ``came`` is withdrawn."""
    locked = lock_standing(session, instead=ADD_ANOTHER)
    if locked.starts_at > timezone.now():
        raise ActionRefused("This session is in the future.")
    known = {row.attendee_id: row for row in locked.attendances.live()}
    wanted = {each.pk for each in came}
    lost = [row.attendee for pk, row in known.items() if pk not in wanted]
    _validate_certificates_stay(locked, lost)
    for attendee_id, row in known.items():
        if attendee_id not in wanted:
            row.enter_in_error(reason="The register was corrected", by=by)
    for attendee in came:
        if attendee.pk not in known:
            TrainingAttendance.objects.create(session=locked, attendee=attendee)
    return locked


def _validate_certificates_stay(session: TrainingSession, lost: Collection[TrainingAttendee]) -> None:
    """Whoever has a certificate attended a session at least: this one may not be their only one."""
    other = TrainingAttendance.objects.live().exclude(session=session)
    other = other.filter(session__in=TrainingSession.objects.standing())
    alone = [each.name for each in lost if each.certificate_on and not other.filter(attendee=each).exists()]
    if alone:
        raise ActionRefused({"came": f"They have a certificate for this session: {', '.join(alone)}."})


@transaction.atomic
def issue_certificates(
    *, programme: TrainingProgramme, attendees: Collection[TrainingAttendee], by: User
) -> TrainingProgramme:
    """A certificate each for those who attended a session at least: all of them, or none. Refused by field."""
    programme, on = _lock(programme), timezone.localdate()
    came = set(
        TrainingAttendee.objects.live().who_came().filter(programme=programme).values_list("pk", flat=True)
    )
    without = [each.name for each in attendees if each.pk not in came]
    refuse_all({"attendees": find_certificate_error([each.name for each in attendees], without)})
    for attendee in attendees:
        if not attendee.certificate_on:
            attendee.change(certificate_on=on, certificate_by=by)
    return programme


@transaction.atomic
def record_headcount(
    *, place: Place, workforce_group: str, headcount: int, as_of: date, source: str, by: User
) -> WorkforceFigure:
    """How many people of a group work in a place; the same day's figure is corrected. Refused by field."""
    refuse_all(
        {
            "as_of": "This date is in the future." if as_of > timezone.localdate() else "",
            "headcount": "" if headcount >= 1 else "Enter a number from 1.",
            "source": "" if source.strip() else "Enter where the number is from.",
        }
    )
    figure, _ = WorkforceFigure.objects.update_or_create(
        place=place,
        workforce_group=workforce_group,
        as_of=as_of,
        defaults={"headcount": headcount, "source": source.strip(), "recorded_by": by},
    )
    return figure
