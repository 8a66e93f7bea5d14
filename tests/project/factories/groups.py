"""The sample families' films and groups."""

from datetime import timedelta

from django.utils import timezone

from interventions.episodes.models import Intervention
from interventions.filming.models import FilmCycle
from interventions.groups.models import (
    Facilitator,
    GroupLine,
    GroupNote,
    GroupPlace,
    GroupPlacePerson,
    GroupSession,
    GroupSignOff,
    Programme,
)


def create_films(home):
    """One that is kept, and one that is only agreed."""
    made, on = home.objects, timezone.localdate()
    cycle = {
        "episode": made["episode_id"],
        "dyad": made["dyad_id"],
        "intervention": Intervention.objects.order_by("order").first(),
        "consent_by": made["caregiver_id"],
        "consented_on": on - timedelta(days=30),
        "consent_for": f"Filmed {home.name}",
        "recorded_by": home.worker,
    }
    filmed = {"filmed_on": on - timedelta(days=20), "kept_where": f"Camera {home.name}", "delete_by": on}
    made["film_id"] = FilmCycle.objects.create(number=1, **cycle, **filmed)
    made["film_sealed"] = FilmCycle.objects.create(number=3, sealed_at=timezone.now(), **cycle, **filmed)
    made["film_agreed"] = FilmCycle.objects.create(number=2, **cycle)


def create_group(home):
    """A group of the home's site: a session to register, one to come, and the family on its roster."""
    made, now = home.objects, timezone.now()
    programme = Programme.objects.create(
        site=home.site,
        intervention=Intervention.objects.order_by("order").first(),
        name=f"Circle {home.name}",
        capacity=8,
        begun_by=home.worker,
    )
    programme.sites.set([home.site])
    Facilitator.objects.create(programme=programme, user=home.worker)
    partner = Facilitator.objects.create(programme=programme, name="Pat Partner", organisation="A nursery")
    when = {"programme": programme, "minutes": 90, "location": "K01"}
    before = GroupSession.objects.create(starts_at=now - timedelta(days=9), **when)
    session = GroupSession.objects.create(starts_at=now - timedelta(days=2), **when)
    place = GroupPlace.objects.create(
        programme=programme,
        episode=made["episode_id"],
        joined_on=timezone.localdate() - timedelta(days=20),
        added_by=home.worker,
    )
    GroupPlacePerson.objects.create(place=place, infant=made["subject_id"])
    GroupPlacePerson.objects.create(place=place, caregiver=made["caregiver_id"])
    GroupLine.objects.create(session=before, place=place, care_contact=made["contact_id"])
    GroupNote.objects.create(session=before, text="A quiet group", written_by=home.worker, signed_at=now)
    GroupSignOff.objects.create(
        programme=programme, arrangement="not_yet", signed_by=home.colleague, note=f"Signed {home.name}"
    )
    made |= {"programme_id": programme, "group_session_id": session, "place_id": place}
    made["coming_session"] = GroupSession.objects.create(starts_at=now + timedelta(days=200), **when)
    made |= {"facilitator_id": partner, "other_group": _create_other_group(home, programme)}


def _create_other_group(home, programme):
    """One more group of the site, which the family may still join."""
    other = Programme.objects.create(
        site=home.site, intervention=programme.intervention, name=f"Other {home.name}", capacity=8,
        begun_by=home.worker,
    )  # fmt: skip
    other.sites.set([home.site])
    Facilitator.objects.create(programme=other, user=home.worker)
    return other
