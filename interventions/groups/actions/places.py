"""Actions on a family's place in a group: join, change who comes, leave."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.episodes.actions.notes import is_of_family
from interventions.episodes.models import Episode
from interventions.groups.models import GroupPlace, GroupPlacePerson, Programme
from interventions.groups.roster import count_taken_places
from interventions.groups.rules import find_capacity_error, find_joining_date_error, find_leaving_date_error
from pairs.families.last_day import has_died
from pairs.families.models import Caregiver, Family, Infant
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all

Person = Infant | Caregiver


@transaction.atomic
def join_group(
    *, programme: Programme, episode: Episode, people: Sequence[Person], joined_on: date, by: User
) -> GroupPlace:
    """Give a family a place in the group through its episode, for the people who come."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    Family.objects.select_for_update(no_key=True).get(
        pk=episode.family_id
    )  # locked after the group, in the same order as a register
    episode = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    refuse_all(
        lambda: _validate_joining(programme, episode, joined_on), lambda: _validate_guests(episode, people)
    )
    place = GroupPlace.objects.create(programme=programme, episode=episode, joined_on=joined_on, added_by=by)
    for person in people:
        GroupPlacePerson.objects.create(place=place, **_to_guest_field(person))
    return place


def _validate_joining(programme: Programme, episode: Episode, joined_on: date) -> None:
    if programme.closed_on:
        raise ActionRefused("This group is closed.")
    if episode.ended_on or episode.is_hidden:
        raise ActionRefused("This episode has ended.")
    if GroupPlace.objects.live().held().filter(programme=programme, episode=episode).exists():
        raise ActionRefused("They already have a place in this group.")
    opened, ended, on = episode.opened_on, episode.ended_on, timezone.localdate()
    taken_here = programme.sites.filter(pk=episode.site_id).exists()
    refuse_all(
        {
            "programme": "" if taken_here else "This group does not take families from that site.",
            "joined_on": find_joining_date_error(day=joined_on, opened=opened, ended=ended, on=on),
            "": find_capacity_error(taken=count_taken_places(programme), more=1, capacity=programme.capacity),
        }
    )


def _validate_guests(episode: Episode, people: Sequence[Person]) -> None:
    if not people:
        raise ActionRefused({"people": "Choose who in the family will attend."})
    for person in _reload_people(people):
        if person.is_hidden or not is_of_family(person, episode.family_id):
            raise ActionRefused({"people": "Choose from this family."})
        if has_died(person):
            raise ActionRefused({"people": "A loss is recorded. Choose who attends without this baby."})


def _reload_people(people: Sequence[Person]) -> list[Person]:
    """Reload under the family's lock: a loss may have been recorded since the page was rendered."""
    ids = {person.pk for person in people}
    found: list[Person] = [*Infant.objects.filter(pk__in=ids), *Caregiver.objects.filter(pk__in=ids)]
    return found


def _to_guest_field(person: Person) -> dict[str, Person]:
    return {"infant" if isinstance(person, Infant) else "caregiver": person}


@transaction.atomic
def change_guests(*, place: GroupPlace, people: Sequence[Person], by: User) -> GroupPlace:
    """Change who of the family comes from now on. Past sessions keep those who attended."""
    place = GroupPlace.objects.select_for_update(of=("self",)).select_related("episode").get(pk=place.pk)
    if place.left_on:
        raise ActionRefused("End role the group.")
    _validate_guests(place.episode, people)
    wanted = {person.pk: person for person in people}
    for guest in GroupPlacePerson.objects.live().filter(place=place):
        if wanted.pop(guest.infant_id or guest.caregiver_id, None) is None:
            guest.enter_in_error(reason="No longer comes", by=by)
    for person in wanted.values():
        GroupPlacePerson.objects.create(place=place, **_to_guest_field(person))
    return place


@transaction.atomic
def leave_group(*, place: GroupPlace, left_on: date, because: str, by: User) -> GroupPlace:
    """End the family's place, with the last day and the reason."""
    place = GroupPlace.objects.select_for_update(of=("self",)).get(pk=place.pk)
    if place.left_on:
        raise ActionRefused("They have already left.")
    refuse_all(
        {
            "left_on": find_leaving_date_error(day=left_on, joined=place.joined_on, on=timezone.localdate()),
            "because": "" if because.strip() else "Enter why they are leaving, if known.",
        }
    )
    return place.change(left_on=left_on, left_because=because.strip())
