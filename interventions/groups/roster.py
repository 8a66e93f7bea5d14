"""The roster of a group as a user may see it, and warnings about people to be kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from interventions.groups.models import (
    Facilitator,
    GroupLine,
    GroupPlace,
    GroupPlacePerson,
    GroupPlaceQuerySet,
    Programme,
)
from interventions.groups.rules import Guest, get_expected_attendance, is_grieving
from pairs.access.records import list_related_fields
from pairs.access.requests import ScopedRequest
from pairs.access.scope import Scope
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.banner import describe_caution, get_infant_name
from pairs.families.choices import CautionKind
from pairs.families.keeping_apart import find_apart_conflicts, find_residents, list_apart_pairs, list_homes
from pairs.families.last_day import has_died, is_gone_by
from pairs.families.models import Caregiver, Caution, Dyad, Infant

HIDDEN_CAUTION_WARNING = (
    "Two people who may meet in this group must be kept apart, and you cannot open one of their records. "
    "Ask your supervisor before the next session."
)


def is_facilitator(scope: Scope, programme_id: UUID) -> bool:
    """Whether the user is a facilitator of the group and may write records."""
    current = Facilitator.objects.live().current().filter(programme=programme_id, user_id=scope.user_id)
    return bool(scope.user_id and scope.may("write_records") and current.exists())


def may_run_group(scope: Scope, programme: Any) -> bool:
    """Whether the user may write about the group: at one of its sites, or as a facilitator."""
    sites = set(programme.sites.values_list("pk", flat=True))
    return bool(sites & scope.sites("write_records")) or is_facilitator(scope, programme.pk)


def get_group_record(
    request: ScopedRequest, records: QuerySet[Any], *, may_write: bool = False, **lookup: Any
) -> Any:
    """Get a programme, or a record of one; 404 out of scope, 403 if not permitted."""
    found = get_visible_or_404(request, records, **lookup)
    programme = found if isinstance(found, Programme) else found.programme
    if may_write and not may_run_group(request.scope, programme):
        raise PermissionDenied
    return found


@dataclass
class RosterRow:
    """One place on the roster with its guests, for the pages."""

    place: GroupPlace
    opens: bool  # whether the user may open the family's record
    writes: bool
    guests: list = field(default_factory=list)  # (person, default attendance)
    grieving: bool = False
    line: GroupLine | None = None

    @property
    def names(self) -> str:
        """The guests' names."""
        return ", ".join(get_guest_name(person) for person, _ in self.guests) or "No one is expected"


def get_guest_name(person: Caregiver | Infant) -> str:
    """A person's name, or a description if none is recorded."""
    if isinstance(person, Infant):
        return get_infant_name(person)
    return person.name or "Carer, name not recorded"


def load_roster_rows(
    request: ScopedRequest, rows: GroupPlaceQuerySet, programme: Programme, on: date | None = None
) -> list[RosterRow]:
    """Roster rows of these places (a QuerySet); each family is logged as listed. ``on``: the day of a session."""
    scope = request.scope
    found = list_visible(
        request, rows.with_people().order_by("joined_on", "created_at"), within="on_roster_of"
    )
    open_to = set(
        GroupPlace.objects.visible_to(scope).filter(pk__in=[p.pk for p in found]).values_list("pk", flat=True)
    )
    mine = is_facilitator(scope, programme.pk)
    return [
        _build_roster_row(
            place,
            on,
            opens=place.pk in open_to,
            writes=mine or scope.may("write_records", at=place.episode.site_id),
        )
        for place in found
    ]


def _build_roster_row(place: GroupPlace, on: date | None, **rights: Any) -> RosterRow:
    people = [each.person for each in place.people.all() if not each.person.is_hidden]
    guests = [_build_guest(person, on) for person in people]
    asked = [
        (person, get_expected_attendance(guest, guests)) for person, guest in zip(people, guests, strict=True)
    ]
    return RosterRow(
        place=place,
        guests=[(person, said) for person, said in asked if said is not None],
        grieving=is_grieving(guests),
        **rights,
    )


def _build_guest(person: Any, on: date | None) -> Guest:
    """``on``: the session's day; None for the group as it is now."""
    gone, then_alive = has_died(person), not is_gone_by(person, on)
    if isinstance(person, Infant):
        return Guest(is_infant=True, born=person.birth_date is not None, lost=gone, then_alive=then_alive)
    return Guest(is_infant=False, died=gone, then_alive=then_alive)


def list_expected_people(place: GroupPlace, on: date) -> list[tuple[Any, str]]:
    """[(person, default attendance)] of a place from ``with_people``, for a session of that day."""
    return _build_roster_row(place, on, opens=False, writes=False).guests


def list_group_warnings(request: ScopedRequest, programme: Any, joining: Sequence[UUID] = ()) -> list[str]:
    """Warnings about people of the group who are to be kept apart. ``joining``: ids of people about to join.

    The whole roster is checked, regardless of scope; a caution outside the scope is reported without details.
    """
    here = set(joining)
    places = GroupPlace.objects.live().held().filter(programme=programme)
    for infant, carer in (
        GroupPlacePerson.objects.live().filter(place__in=places).values_list("infant", "caregiver")
    ):
        here.add(infant or carer)
    found = _find_cautions_among(here)
    visible = (
        list_visible(request, Caution.objects.filter(pk__in=[each.pk for each in found])) if found else ()
    )
    in_sight = {each.pk for each in visible}
    said = [describe_caution(each) for each in found if each.pk in in_sight]
    return said + ([HIDDEN_CAUTION_WARNING] if len(in_sight) < len(found) else [])


def _find_cautions_among(here: set[UUID]) -> list[Caution]:
    """Cautions between these people and whoever lives with a baby of theirs and may bring or fetch them.

    Matched by record or by the name that was written down.
    """
    bringing = Dyad.objects.live().current().filter(Q(infant__in=here) | Q(caregiver__in=here))
    around = here | find_residents(list_homes(bringing.select_related("infant", "caregiver")))
    of_them = Caution.objects.live().current().filter(Q(caregiver__in=around) | Q(infant__in=around))
    cautions = list(of_them.filter(kind=CautionKind.KEEP_APART).with_people())
    carers = Caregiver.objects.filter(pk__in=around) if cautions else ()
    return find_apart_conflicts(list_apart_pairs(cautions, carers), here, around)


def count_taken_places(programme: Programme) -> int:
    """How many places are held, regardless of scope."""
    return GroupPlace.objects.live().held().filter(programme=programme, episode__ended_on=None).count()


def query_places_on_page(episode: UUID) -> GroupPlaceQuerySet:
    """Places in groups of an episode that was fetched in scope, newest first, for its page."""
    found = GroupPlace.objects.live().filter(episode=episode).select_related("programme")
    return found.order_by("-joined_on", "pk").only(
        "joined_on", "left_on", *list_related_fields("programme", "name")
    )
