"""Records a session's register: each family's line becomes a signed care contact in their own record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from interventions.episodes.actions import record_care_contact
from interventions.episodes.models import CareContact
from interventions.episodes.rules import Attendance, Mechanism
from interventions.groups.models import GroupLine, GroupNote, GroupPlace, GroupSession, Programme
from interventions.groups.roster import list_expected_people
from interventions.groups.rules import compute_family_minutes, find_register_error
from pairs.access.cancelling import cancel_locked, lock_standing
from pairs.access.records import live_q
from pairs.families.models import Caregiver, Infant
from pairs.service.models import User
from pairs.service.refusals import ActionRefused

Person = Infant | Caregiver


@dataclass(frozen=True)
class RegisterLine:
    """One line of the register: place, attendance of each expected person, note for the family's record."""

    place: GroupPlace
    came: Sequence[tuple[Person, str]]
    words: str
    number: int = 0  # the row on the page, to place a refusal beside it


@transaction.atomic
def record_register(
    *, session: GroupSession, lines: Sequence[RegisterLine], note: str, by: User
) -> GroupSession:
    """Record the whole register or nothing: a line in each family's own record, and the group note in none.

    A place that is already registered is refused, so that concurrent users cannot create a line twice.
    """
    session = _lock_session(session)
    why = find_register_error(
        starts_at=session.starts_at, now=timezone.now(), cancelled=bool(session.cancelled_at)
    )
    if why:
        raise ActionRefused(why)
    if not lines and not note.strip():
        raise ActionRefused("Mark attendance for at least one family, or write the group note.")
    for line in sorted(
        lines, key=lambda line: line.place.episode.family_id
    ):  # a fixed order avoids deadlocks
        _validate_place(session, line)
        write_family_line(session, line, by)
    if note.strip():
        GroupNote.objects.create(session=session, text=note.strip(), written_by=by, signed_at=timezone.now())
    return session


def _lock_session(session: GroupSession) -> GroupSession:
    """Lock the programme and the session, so that registering and cancelling wait for each other."""
    Programme.objects.select_for_update(of=("self",)).get(pk=session.programme_id)
    locked = GroupSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if locked.is_hidden:
        raise ActionRefused("This session is marked as entered in error.")
    return locked


def _validate_place(session: GroupSession, line: RegisterLine) -> None:
    day, beside = timezone.localdate(session.starts_at), f"lines.{line.number}.words"
    here = GroupPlace.objects.live().on(day).filter(programme=session.programme_id)
    if not here.filter(pk=line.place.pk).exists():
        raise ActionRefused({beside: "They were not on the roster that day."})
    if query_current_lines(session).filter(place=line.place).exists():
        raise ActionRefused({beside: "Someone has just saved this family's row."})


def query_current_lines(session: GroupSession) -> QuerySet[GroupLine]:
    """The session's lines whose contact is not hidden."""
    return GroupLine.objects.live().filter(live_q("care_contact__"), session=session)


def write_family_line(session: GroupSession, line: RegisterLine, by: User) -> GroupLine:
    """Create one family's line: a signed contact with that family's people only."""
    _retire_line_in_error(session, line.place)
    contact = record_care_contact(
        episode=line.place.episode,
        starts_at=session.starts_at,
        minutes=compute_family_minutes([attendance for _, attendance in line.came], session.minutes),
        mechanism=Mechanism.FACE_TO_FACE,
        location=session.location,
        participants=line.came,
        interventions=[session.programme.intervention],
        notes={"happened": f"{format_note_heading(session)}\n\n{line.words}".strip()},
        sign=True,
        by=by,
    )
    return GroupLine.objects.create(session=session, place=line.place, care_contact=contact)


def _retire_line_in_error(session: GroupSession, place: GroupPlace) -> None:
    """Mark a line as entered in error if its contact was, so that it can be written again."""
    gone = CareContact.objects.entered_in_error()
    for line in GroupLine.objects.live().filter(session=session, place=place, care_contact__in=gone):
        contact = line.care_contact
        line.enter_in_error(
            reason="Its contact was entered in error",
            by=contact.entered_in_error_by,
            at=contact.entered_in_error_at,
        )


def format_note_heading(session: GroupSession) -> str:
    """The first line of the note: which group, and which of its sessions."""
    return f"{session.programme.name}: session {get_session_number(session)} of the group."


def get_session_number(session: GroupSession) -> int:
    """The session's number in order of time, without cancelled sessions."""
    held = GroupSession.objects.live().filter(programme=session.programme_id, cancelled_at=None)
    return held.filter(starts_at__lt=session.starts_at).count() + 1


@transaction.atomic
def cancel_session(*, session: GroupSession, because: str, by: User) -> GroupSession:
    """Cancel a session. On its day each family's record gets a contact cancelled by the service."""
    Programme.objects.select_for_update(of=("self",)).get(pk=session.programme_id)
    session = lock_standing(session, instead="Add another one.")
    cancel_locked(
        session,
        because,
        problem=_find_cancelling_error(session),
        no_reason="Enter why, without names: it appears on every family's record.",
        cancelled_by=by,
    )
    write_cancellations(session=session, now=timezone.now())
    return session


def _find_cancelling_error(session: GroupSession) -> str:
    if session.is_hidden:
        return "This session is marked as entered in error."
    if query_current_lines(session).exists():
        return "This session is registered. Mark its contacts as entered in error if it was not held."
    return ""


@transaction.atomic
def write_cancellations(*, session: GroupSession, now: datetime) -> int:
    """On or after the session's day, create one contact cancelled by the service in each family's record.

    For every place, regardless of the user's scope: the service cancels. Nobody is expected of a family whose
    infants have all died. Returns how many were created.
    """
    by = session.cancelled_by
    if by is None or timezone.localdate(session.starts_at) > timezone.localdate(now):
        return 0
    day = timezone.localdate(session.starts_at)
    places = GroupPlace.objects.live().on(day).filter(programme=session.programme_id).with_people()
    written = 0
    missing = places.exclude(pk__in=query_current_lines(session).values("place"))
    for place in missing.order_by("episode__family", "pk"):
        people = [person for person, usual in list_expected_people(place, day) if usual]
        if people:
            came = [(person, Attendance.CANCELLED_BY_SERVICE) for person in people]
            words = f"Cancelled by us: {session.cancelled_because}"
            write_family_line(session, RegisterLine(place, came, words), by)
            written += 1
    return written
