"""A session's register: each family's line becomes a signed care contact in that family's own record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from interventions.episodes.actions import record_care_contact
from interventions.episodes.models import CareContact
from interventions.groups.models import GroupLine, GroupNote, GroupPlace, GroupSession, Programme
from interventions.groups.roster import people_of
from interventions.groups.rules import minutes_of, why_not_registered
from pairs.access.records import live_q
from pairs.families.models import Caregiver, Infant
from pairs.service.models import User
from pairs.service.refusals import Refused

FACE_TO_FACE = "01"
Person = Infant | Caregiver


@dataclass(frozen=True)
class Line:
    """What the register says of one place: who was expected and came, and the family's own words."""

    place: GroupPlace
    came: Sequence[tuple[Person, str]]
    words: str
    number: int = 0  # its row on the page, so that a refusal stands beside it


@transaction.atomic
def record_register(*, session: GroupSession, lines: Sequence[Line], note: str, by: User) -> GroupSession:
    """All of it or nothing: a line a family, each in its own record, and the group note in none.

    A place that is registered already is refused, so that two who write at once make one line each.
    """
    session = _locked(session)
    why = why_not_registered(
        starts_at=session.starts_at, now=timezone.now(), cancelled=bool(session.cancelled_at)
    )
    if why:
        raise Refused(why)
    if not lines and not note.strip():
        raise Refused("Say of one family at least who came, or write the group note.")
    for line in sorted(
        lines, key=lambda line: line.place.episode.family_id
    ):  # one order: nobody waits for another
        _check_place(session, line)
        write_line(session, line, by)
    if note.strip():
        GroupNote.objects.create(session=session, text=note.strip(), written_by=by, signed_at=timezone.now())
    return session


def _locked(session: GroupSession) -> GroupSession:
    """The programme with it: who registers waits for who cancels, and for another who registers."""
    Programme.objects.select_for_update(of=("self",)).get(pk=session.programme_id)
    locked = GroupSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if locked.is_out_of_sight:
        raise Refused("This session is out of view.")
    return locked


def _check_place(session: GroupSession, line: Line) -> None:
    day, beside = timezone.localdate(session.starts_at), f"lines.{line.number}.words"
    here = GroupPlace.objects.live().on(day).filter(programme=session.programme_id)
    if not here.filter(pk=line.place.pk).exists():
        raise Refused({beside: "They were not on the roster that day."})
    if standing(session).filter(place=line.place).exists():
        raise Refused({beside: "Somebody has saved this family's line a moment ago."})


def standing(session: GroupSession) -> QuerySet[GroupLine]:
    """Its lines whose contact is in sight."""
    return GroupLine.objects.live().filter(live_q("care_contact__"), session=session)


def write_line(session: GroupSession, line: Line, by: User) -> GroupLine:
    """One family's line: a signed contact with that family's people alone."""
    _clear(session, line.place)
    contact = record_care_contact(
        episode=line.place.episode,
        starts_at=session.starts_at,
        minutes=minutes_of([attendance for _, attendance in line.came], session.minutes),
        mechanism=FACE_TO_FACE,
        location=session.location,
        participants=line.came,
        interventions=[session.programme.intervention],
        notes={"happened": f"{heading(session)}\n\n{line.words}".strip()},
        sign=True,
        by=by,
    )
    return GroupLine.objects.create(session=session, place=line.place, care_contact=contact)


def _clear(session: GroupSession, place: GroupPlace) -> None:
    """A line whose contact was entered in error makes room for the right one."""
    gone = CareContact.objects.entered_in_error()
    for line in GroupLine.objects.live().filter(session=session, place=place, care_contact__in=gone):
        contact = line.care_contact
        line.enter_in_error(
            reason="Its contact was entered in error",
            by=contact.entered_in_error_by,
            at=contact.entered_in_error_at,
        )


def heading(session: GroupSession) -> str:
    """Which group and which session of it: the mark of a group in a family's note."""
    return f"{session.programme.name}: session {number_of(session)} of the group."


def number_of(session: GroupSession) -> int:
    """Counted in time; those cancelled are not."""
    held = GroupSession.objects.live().filter(programme=session.programme_id, cancelled_at=None)
    return held.filter(starts_at__lt=session.starts_at).count() + 1


@transaction.atomic
def cancel_session(*, session: GroupSession, because: str, by: User) -> GroupSession:
    """We cancel it. Each family's record says so: from its day on as a contact cancelled by us."""
    session = _locked(session)
    if session.cancelled_at:
        raise Refused("This session is cancelled already.")
    if standing(session).exists():
        raise Refused("This session is registered. Mark its contacts as entered in error if it was not held.")
    if not because.strip():
        raise Refused({"because": "Say why, naming nobody: every family's record says it."})
    session.change(cancelled_at=timezone.now(), cancelled_by=by, cancelled_because=because.strip())
    write_cancellations(session=session, now=timezone.now())
    return session


@transaction.atomic
def write_cancellations(*, session: GroupSession, now: datetime) -> int:
    """Once its day has come: a contact "cancelled by us" for everybody expected, in each family's record, once.

    For every place, whoever may see whose: it is the service that cancels. Nobody is expected of a family whose
    babies have all died.
    """
    by = session.cancelled_by
    if by is None or timezone.localdate(session.starts_at) > timezone.localdate(now):
        return 0
    day = timezone.localdate(session.starts_at)
    places = GroupPlace.objects.live().on(day).filter(programme=session.programme_id).with_people()
    written = 0
    missing = places.exclude(pk__in=standing(session).values("place"))
    for place in missing.order_by("episode__family", "pk"):
        people = [person for person, usual in people_of(place) if usual]
        if people:
            came = [(person, "cancelled_service") for person in people]
            words = f"Cancelled by us: {session.cancelled_because}"
            write_line(session, Line(place, came, words), by)
            written += 1
    return written
