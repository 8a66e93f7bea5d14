"""A group to test with, made through the app's own actions."""

from datetime import timedelta

from django.utils import timezone

from interventions.episodes.models import Intervention
from interventions.groups.actions import begin_programme, join_group
from pairs.service.models import Site
from tests.unit.episodes.factories import make_episode

CIRCLE_OF_SECURITY = "circle-of-security-8-group"
BLACKBURN = "blackburn-with-darwen"


def get_days_ago(days):
    return timezone.localdate() - timedelta(days=days)


def make_group(by, *, site=BLACKBURN, sites=(), sessions=2, first_days_ago=1, capacity=6):
    """Weekly sessions, the first so many days ago."""
    first = timezone.localtime() - timedelta(days=first_days_ago)
    return begin_programme(
        name="Circle, autumn",
        intervention=Intervention.objects.get(code=CIRCLE_OF_SECURITY),
        site=Site.objects.get(code=site),
        sites=list(Site.objects.filter(code__in=sites)),
        capacity=capacity,
        starts=[first + timedelta(weeks=number) for number in range(sessions)],
        minutes=120,
        location="K01",
        room="Blue room",
        by=by,
    )


def make_place(programme, by, *, reference="G", joined_days_ago=20, people=None, **family):
    """A new family with its episode joins; everybody of it comes."""
    episode = make_episode(by, reference=reference, **family)
    family = episode.family
    everybody = [*family.infants.live(), *family.caregivers.live()]
    return join_group(
        programme=programme,
        episode=episode,
        people=people or everybody,
        joined_on=get_days_ago(joined_days_ago),
        by=by,
    )


def build_register_post(places, *, note="", words=None, **attendance):
    """What a browser sends for these places with everybody there. ``attendance``: {given name: value}."""
    guests = [(place, guest.person) for place in places for guest in place.people.all()]
    form = {"note": note, "guests-TOTAL_FORMS": len(guests), "guests-INITIAL_FORMS": len(guests)}
    for number, (place, person) in enumerate(guests):
        form[f"guests-{number}-place"], form[f"guests-{number}-person"] = place.pk, person.pk
        form[f"guests-{number}-attendance"] = attendance.get(person.given_name, "attended")
    form |= {"lines-TOTAL_FORMS": len(places), "lines-INITIAL_FORMS": len(places)}
    for number, place in enumerate(places):
        form[f"lines-{number}-place"] = place.pk
        form[f"lines-{number}-words"] = (words or {}).get(place.pk, "")
    return form
