"""Who is on a roster, as one person may see it; and who of them is to be kept apart."""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from interventions.groups.models import Facilitator, GroupLine, GroupPlace, GroupPlacePerson, Programme
from interventions.groups.rules import Guest, expected, is_grieving
from pairs.access.fetch import fetch, fetch_list
from pairs.access.records import related_fields
from pairs.families.banner import caution_words
from pairs.families.models import Caregiver, Caution, Infant
from pairs.families.rules import kept_apart_but_together

OUT_OF_SIGHT = (
    "Two people who may meet in this group are to be kept apart, and one of their records is not yours to open. "
    "Ask your supervisor before the next session."
)


def holds(scope, programme_id):
    """Is this person one of the group's facilitators, and somebody who writes records?"""
    current = Facilitator.objects.live().current().filter(programme=programme_id, user_id=scope.user_id)
    return bool(scope.user_id and scope.may("write_records") and current.exists())


def may_run(scope, programme):
    """May this person write about the group: at one of its sites, or as one of those who hold it."""
    sites = set(programme.sites.values_list("pk", flat=True))
    return bool(sites & scope.sites("write_records")) or holds(scope, programme.pk)


def of_group(request, records, *, path="", may_write=False, **lookup):
    """The programme, or what belongs to one (``path`` leads to it): in scope or 404; to write, may_run or 403."""
    found = fetch(request, records, **lookup)
    programme = getattr(found, path) if path else found
    if may_write and not may_run(request.scope, programme):
        raise PermissionDenied
    return found


@dataclass
class Row:
    """One place on the roster with the people who are asked about, for the pages."""

    place: GroupPlace
    opens: bool  # may the reader open the family's record?
    writes: bool
    guests: list = field(default_factory=list)  # (person, what the register says before anybody changes it)
    grieving: bool = False
    line: GroupLine | None = None

    @property
    def names(self):
        """Who comes, as they are called."""
        return ", ".join(named(person) for person, _ in self.guests) or "Nobody is expected"


def named(person):
    """A name, or what to call somebody without one."""
    if person.name:
        return person.name
    return f"Baby {person.reference}" if isinstance(person, Infant) else "Carer, name not recorded"


def rows_of(request, rows, programme):
    """[Row] of these places (a QuerySet), each noted in the access log as listed."""
    scope = request.scope
    found = fetch_list(request, rows.with_people().order_by("joined_on", "created_at"), within="in_the_room")
    open_to = set(
        GroupPlace.objects.visible_to(scope).filter(pk__in=[p.pk for p in found]).values_list("pk", flat=True)
    )
    mine = holds(scope, programme.pk)
    return [
        _row(
            place,
            opens=place.pk in open_to,
            writes=mine or scope.may("write_records", at=place.episode.site_id),
        )
        for place in found
    ]


def _row(place, **rights):
    people = [each.person for each in place.people.all() if not each.person.is_out_of_sight]
    guests = [_guest(person) for person in people]
    asked = [(person, expected(guest, guests)) for person, guest in zip(people, guests, strict=True)]
    return Row(
        place=place,
        guests=[(person, said) for person, said in asked if said is not None],
        grieving=is_grieving(guests),
        **rights,
    )


def _guest(person):
    if isinstance(person, Infant):
        return Guest(is_infant=True, born=person.birth_date is not None, lost=bool(person.lost_on))
    return Guest(is_infant=False, died=bool(person.died_on))


def people_of(place):
    """(person, usually expected) of everybody of a place who is asked about; from ``with_people``."""
    return _row(place, opens=False, writes=False).guests


def kept_apart(request, programme, joining=()):
    """What to know before these people meet: a sentence each. ``joining``: ids of people about to join.

    Looked for over the whole roster, whoever may see it; of a record out of sight it is only said that there is one.
    """
    here = set(joining)
    places = GroupPlace.objects.live().held().filter(programme=programme)
    for infant, carer in (
        GroupPlacePerson.objects.live().filter(place__in=places).values_list("infant", "caregiver")
    ):
        here.add(infant or carer)
    found = _apart_among(here)
    visible = fetch_list(request, Caution.objects.filter(pk__in=[each.pk for each in found])) if found else ()
    in_sight = {each.pk for each in visible}
    said = [caution_words(each) for each in found if each.pk in in_sight]
    return said + ([OUT_OF_SIGHT] if len(in_sight) < len(found) else [])


def _apart_among(here):
    """Cautions that keep one of these people from another of them: by record, or by a name written down."""
    of_them = Caution.objects.live().current().filter(Q(caregiver__in=here) | Q(infant__in=here))
    cautions = list(of_them.filter(kind=Caution.KEEP_APART).with_people())
    carers = Caregiver.objects.filter(pk__in=here) if cautions else ()
    by_name = {carer.name.casefold(): carer.pk for carer in carers if carer.name}
    pairs = [
        (
            each,
            each.infant_id or each.caregiver_id,
            each.kept_from_id or by_name.get(each.kept_from_name.casefold()),
        )
        for each in cautions
    ]
    return kept_apart_but_together(pairs, here)


def taken(programme: Programme) -> int:
    """How many places are held, whoever may see whose."""
    return GroupPlace.objects.live().held().filter(programme=programme, episode__ended_on=None).count()


def places_on_page(episode):
    """Places in groups, the newest first, by the id of an episode that was fetched in scope: for its page."""
    found = GroupPlace.objects.live().filter(episode=episode).select_related("programme")
    return found.order_by("-joined_on", "pk").only(
        "joined_on", "left_on", *related_fields("programme", "name")
    )


def open_places(episode):
    """Those still held: open work, for whoever ends the episode."""
    return GroupPlace.objects.live().held().filter(episode=episode).select_related("programme")
