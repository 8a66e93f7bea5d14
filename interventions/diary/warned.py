"""What to say before a visit is booked: who is to be kept apart, and what clashes. A warning, never a ban.

A clash with something that the reader may not see is said without saying with whom.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.db.models import F, Q

from interventions.diary.models import Appointment, Expected
from interventions.diary.rules import COMING_AND_GOING, HUB, Slot, clash, clash_words, could_meet
from pairs.access.prepared import PreparedQuery
from pairs.access.scope import NOBODY
from pairs.families.banner import caution_words
from pairs.families.models import Caution
from pairs.families.rules import kept_apart_but_together

# Longest of both: no visit begins earlier than this before another that it could clash with.
REACH = timedelta(hours=18)


@dataclass(frozen=True)
class Told:
    """One warning; ``pk`` tells it from others, for a page that has said it already."""

    pk: str
    text: str


def slot_of(row: Appointment) -> Slot:
    """Rows come from ``with_staff()``."""
    return Slot(
        id=row.pk,
        starts_at=row.starts_at,
        minutes=row.minutes,
        family=row.family_id,
        staff=frozenset([row.practitioner_id, *row.going]),
        room=row.room_id,
        travel=row.travel_minutes or 0,
    )


def slots_beside(start, end, *, staff: Iterable[UUID], rooms: Iterable[UUID], families: Iterable[UUID]):
    """Everything that goes on between the moments for any of these people, rooms or families: one query.

    It looks past the reader's scope, as a clash does; what it answers is times and ids, never anybody's record.
    """
    theirs = {"staff": list(staff), "rooms": list(rooms), "families": list(families)}
    near = _near.rows(NOBODY, start=start - REACH, end=end + REACH, **theirs)
    return [slot_of(row) for row in near]


def _beside(scope, start, end, staff, rooms, families):
    along = Appointment.colleagues.through.objects.filter(user__in=[staff]).values("appointment")
    theirs = Q(practitioner__in=[staff]) | Q(pk__in=along) | Q(room__in=[rooms]) | Q(family__in=[families])
    near = Appointment.objects.going_on().between(start, end).filter(theirs)
    return near.only("starts_at", "minutes", "family", "practitioner", "room", "travel_minutes").with_staff()


_near = PreparedQuery(_beside)


def warnings_of(family, site_id, visit, moments, *, besides: UUID | None = None) -> list[Told]:
    """Everything to know before these moments are booked for the family (of ``with_people()``)."""
    wanted = [_wanted(family, visit, moment, besides) for moment in moments]
    told = _kept_apart_here(family, visit)
    told += _met_at_the_hub(family, site_id, visit, wanted)
    return told + _clashes(wanted)


def _wanted(family, visit, moment, besides):
    going = frozenset(user.pk for user in (visit.practitioner, *visit.colleagues))
    room = visit.room.pk if visit.room else None
    return Slot(besides, moment, visit.minutes, family.pk, going, room, visit.travel_minutes or 0)


def _kept_apart_here(family, visit):
    """Two who are expected together are to be kept apart."""
    present = {person.pk for person in visit.expected}
    pairs = [(each, each.infant_id or each.caregiver_id, each.kept_from_id) for each in family.cautions.all()]
    found = kept_apart_but_together(pairs, present)
    return [Told(str(each.pk), caution_words(each)) for each in found]


def _met_at_the_hub(family, site_id, visit, wanted):
    """Somebody of another booking, in the same house at the same time, is to be kept apart from one of these."""
    if visit.location != HUB:
        return []
    theirs = _expected_at_the_hub(family, site_id, wanted)
    mine = {person.pk: str(person) for person in visit.expected}
    apart = Caution.objects.live().current().filter(kind=Caution.KEEP_APART, kept_from__isnull=False)
    ours = Q(kept_from__in=mine) & (Q(caregiver__in=theirs) | Q(infant__in=theirs))
    others = Q(kept_from__in=theirs) & (Q(caregiver__in=mine) | Q(infant__in=mine))
    return [_met(row, mine) for row in apart.filter(ours | others)]


def _met(caution, mine):
    """Whose record it is stands there; who the other is does not: they may be nobody the reader knows."""
    pair = (caution.infant_id, caution.caregiver_id, caution.kept_from_id)
    who = next(mine[pk] for pk in pair if pk in mine)
    text = f"Keep apart: somebody who is to be kept apart from {who} is expected at the hub at that time."
    return Told(f"hub-{caution.pk}", text)


def _expected_at_the_hub(family, site_id, wanted: Sequence[Slot]) -> set[UUID]:
    """Ids of everybody expected at the site's hub by another booking, close enough in time to meet."""
    start = min(slot.starts_at for slot in wanted) - REACH
    end = max(slot.ends_at for slot in wanted) + COMING_AND_GOING
    there = Appointment.objects.going_on().between(start, end).filter(site=site_id, location=HUB)
    rows = Expected.objects.live().filter(appointment__in=there.exclude(pk=wanted[0].id))
    rows = rows.annotate(starts_at=F("appointment__starts_at"), minutes=F("appointment__minutes"))
    return {
        row.infant_id or row.caregiver_id
        for row in rows
        if any(could_meet(slot, Slot(None, row.starts_at, row.minutes, family.pk)) for slot in wanted)
    }


def _clashes(wanted: Sequence[Slot]) -> list[Told]:
    """What is in the way, said once for each time that is wanted."""
    first, last = wanted[0], wanted[-1]
    rooms = [first.room] if first.room else []
    near = slots_beside(
        first.starts_at, last.ends_at, staff=first.staff, rooms=rooms, families=[first.family]
    )
    others = [slot for slot in near if slot.id != first.id]
    return [told for slot in wanted if (told := _clash(slot, others))]


def _clash(slot, others):
    found = [(way, other) for other in others for way in clash(replace(slot, id=None), other)]
    if not found:
        return None
    moment = f"{slot.starts_at:%-d %B, %H:%M}"
    said = ". ".join(clash_words(found))
    return Told(f"clash-{slot.starts_at:%Y%m%d%H%M}", f"{moment}: {said}.")
