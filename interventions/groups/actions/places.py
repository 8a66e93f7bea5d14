"""What is done with a family's place in a group: joined, who comes, left."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.episodes.actions.notes import is_of_family
from interventions.episodes.models import Episode
from interventions.groups.models import GroupPlace, GroupPlacePerson, Programme
from interventions.groups.roster import taken
from interventions.groups.rules import why_full, why_not_joined_on, why_not_left_on
from pairs.families.models import Caregiver, Family, Infant
from pairs.service.models import User
from pairs.service.refusals import Refused

Person = Infant | Caregiver


@transaction.atomic
def join_group(
    *, programme: Programme, episode: Episode, people: Sequence[Person], joined_on: date, by: User
) -> GroupPlace:
    """A family takes a place, through its episode: those of it who come."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    Family.objects.select_for_update(no_key=True).get(
        pk=episode.family_id
    )  # after the group, as a register does
    episode = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    _check_joining(programme, episode, joined_on)
    _check_people(episode, people)
    place = GroupPlace.objects.create(programme=programme, episode=episode, joined_on=joined_on, added_by=by)
    for person in people:
        GroupPlacePerson.objects.create(place=place, **_of(person))
    return place


def _check_joining(programme: Programme, episode: Episode, joined_on: date) -> None:
    if programme.closed_on:
        raise Refused("This group is closed.")
    if episode.ended_on or episode.is_out_of_sight:
        raise Refused("This episode has ended.")
    if not programme.sites.filter(pk=episode.site_id).exists():
        raise Refused({"programme": "This group is not for families of that site."})
    if GroupPlace.objects.live().held().filter(programme=programme, episode=episode).exists():
        raise Refused("They have a place in this group already.")
    opened, ended, on = episode.opened_on, episode.ended_on, timezone.localdate()
    if why := why_not_joined_on(day=joined_on, opened=opened, ended=ended, on=on):
        raise Refused({"joined_on": why})
    if why := why_full(taken=taken(programme), more=1, capacity=programme.capacity):
        raise Refused(why)


def _check_people(episode: Episode, people: Sequence[Person]) -> None:
    if not people:
        raise Refused({"people": "Say who of the family comes."})
    for person in _as_they_are_now(people):
        if person.is_out_of_sight or not is_of_family(person, episode.family_id):
            raise Refused({"people": "Choose from this family."})
        if getattr(person, "lost_on", None) or getattr(person, "died_on", None):
            raise Refused({"people": "There has been a loss. Choose who comes without them."})


def _as_they_are_now(people: Sequence[Person]) -> list[Person]:
    """Read again under the family's lock: a loss may have been recorded since the page was drawn."""
    ids = {person.pk for person in people}
    found: list[Person] = [*Infant.objects.filter(pk__in=ids), *Caregiver.objects.filter(pk__in=ids)]
    return found


def _of(person: Person) -> dict[str, Person]:
    return {"infant" if isinstance(person, Infant) else "caregiver": person}


@transaction.atomic
def change_guests(*, place: GroupPlace, people: Sequence[Person], by: User) -> GroupPlace:
    """Who of the family comes from now on. Whoever no longer comes stays in the sessions they were at."""
    place = GroupPlace.objects.select_for_update(of=("self",)).select_related("episode").get(pk=place.pk)
    if place.left_on:
        raise Refused("They have left the group.")
    _check_people(place.episode, people)
    wanted = {person.pk: person for person in people}
    for guest in GroupPlacePerson.objects.live().filter(place=place):
        if wanted.pop(guest.infant_id or guest.caregiver_id, None) is None:
            guest.enter_in_error(reason="No longer comes", by=by)
    for person in wanted.values():
        GroupPlacePerson.objects.create(place=place, **_of(person))
    return place


@transaction.atomic
def leave_group(*, place: GroupPlace, left_on: date, because: str, by: User) -> GroupPlace:
    """The family's last day in the group, and why."""
    place = GroupPlace.objects.select_for_update(of=("self",)).get(pk=place.pk)
    if place.left_on:
        raise Refused("They have left already.")
    if why := why_not_left_on(day=left_on, joined=place.joined_on, on=timezone.localdate()):
        raise Refused({"left_on": why})
    if not because.strip():
        raise Refused({"because": "Say why they leave, as far as you know."})
    return place.change(left_on=left_on, left_because=because.strip())
