"""A session is recorded: who was there, which families were discussed, what was decided, and when the next one is."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from interventions.episodes.models import Episode, StarredContact
from interventions.supervision.actions.planned import (
    list_people,
    lock_group,
    lock_standing,
    make_group_id,
    set_next_session,
)
from interventions.supervision.models import (
    AgendaItem,
    CaseDecision,
    FamilyDiscussion,
    PlannedSupervision,
    SupervisionAgreement,
    SupervisionNote,
    SupervisionSession,
)
from interventions.supervision.rules import find_next_session_error, find_session_date_error
from pairs.access.scope import load_scope
from pairs.families.models import Family
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused

Decision = tuple[Family, str, date | None]  # about whom, what, by when


@transaction.atomic
def record_supervision(
    *,
    site: Site,
    supervisee: User,
    kind: str,
    held_on: date,
    minutes: int,
    note: str,
    decisions: Sequence[Decision],
    by: User,
    planned: PlannedSupervision | None = None,
    others: Sequence[User] = (),
    discussed: Sequence[Family] = (),
    raised: Iterable[AgendaItem] = (),
    next_at: datetime | None = None,
    is_last: bool = False,
) -> SupervisionSession:
    """Record a session, with the one it was ``planned`` as. Raises ActionRefused with every error at once.

    Each decision joins its family's record, and that a family was discussed; the note does not. ``others``: who else
    was there, of a group. ``raised``: items of the agenda that were talked about. ``next_at``: when the next one is;
    ``is_last``: there is none, and what was agreed ends with this one.
    """
    _validate_times(held_on, next_at)
    people = list_people(supervisee, others, by)
    owners = _choose_owners([family for family, _, _ in decisions], list(discussed), people)
    sessions = _create_sessions(
        people, note, site=site, supervisor=by, kind=kind, held_on=held_on, minutes=minutes
    )
    if planned:
        _record_as_held(planned, sessions)
    for family, decision, do_by in decisions:
        owner = owners[family.pk]
        CaseDecision.objects.create(
            session=sessions[owner], family=family, decision=decision, do_by=do_by, owner=owner
        )
    for family in dict.fromkeys(discussed):
        FamilyDiscussion.objects.create(session=sessions[owners[family.pk]], family=family)
    _take_off_agenda(owners, raised, [by, *people])
    if next_at:
        set_next_session(site=site, people=people, kind=kind, starts_at=next_at, minutes=minutes, by=by)
    if is_last:
        _end_agreements(people, kind, site, held_on)
    return sessions[people[0]]


def _validate_times(held_on: date, next_at: datetime | None) -> None:
    errors = {}
    if problem := find_session_date_error(day=held_on, on=timezone.localdate()):
        errors["held_on"] = problem
    if next_at:
        local = timezone.localtime(next_at)
        if problem := find_next_session_error(starts_at=local, held_on=held_on, now=timezone.localtime()):
            errors["next_on"] = problem
    if errors:
        raise ActionRefused(errors)


def _create_sessions(people: Sequence[User], note: str, **facts: object) -> dict[User, SupervisionSession]:
    """{person: their row of the session}, each with the note that they read."""
    together = make_group_id(people)
    sessions = {
        person: SupervisionSession.objects.create(supervisee=person, together=together, **facts)
        for person in people
    }
    if note:
        for session in sessions.values():
            SupervisionNote.objects.create(session=session, text=note)
    return sessions


def _record_as_held(planned: PlannedSupervision, sessions: dict[User, SupervisionSession]) -> None:
    """Whoever was to come and did not has no session: their row is cancelled."""
    by_person = {person.pk: session for person, session in sessions.items()}
    for row in lock_group(lock_standing(planned)):
        session = by_person.get(row.supervisee_id)
        row.change(held_as=session) if session else row.change(cancelled_at=timezone.now())


def _choose_owners(decided: list[Family], discussed: list[Family], people: list[User]) -> dict[UUID, User]:
    """{family: whose it is}: of those who were there, the lead of its open work, else the first who may open it.

    Decisions appear on their owner's to-do list, so they must be about families that somebody there may open.
    """
    wanted = {family.pk for family in (*decided, *discussed)}
    leads = dict(
        Episode.objects.live().open().filter(family__in=wanted, lead__in=people).values_list("family", "lead")
    )
    reached = {
        person: set(
            Family.objects.visible_to(load_scope(person)).filter(pk__in=wanted).values_list("pk", flat=True)
        )
        for person in people
        if wanted
    }
    owners: dict[UUID, User] = {}
    for family in wanted:
        able = [person for person in people if family in reached[person]]
        if not able:
            raise ActionRefused("Choose families that you both work with.")
        leading = leads.get(family)
        owners[family] = next((person for person in able if person.pk == leading), able[0])
    return owners


def _take_off_agenda(families: Iterable[UUID], raised: Iterable[AgendaItem], those_there: list[User]) -> None:
    """What was talked about: stars of those who were there on contacts of these families, and items."""
    now = timezone.now()
    stars = (
        StarredContact.objects.live()
        .active()
        .filter(starred_by__in=those_there, care_contact__episode__family__in=list(families))
    )
    for star in stars:
        star.change(taken_off_at=now)
    for item in raised:
        item.change(closed_at=now)


def _end_agreements(people: list[User], kind: str, site: Site, on: date) -> None:
    agreed = SupervisionAgreement.objects.live().going_on(on)
    for agreement in agreed.filter(supervisee__in=people, kind=kind, site=site):
        agreement.change(ends_on=on)
