"""A record whose review has come, and a second person who governs it."""

from datetime import date

from django.utils import timezone

from interventions.episodes.models import Episode
from pairs.families.models import Family
from pairs.service.actions import assign_role
from pairs.service.models import Site, User
from tests.unit.episodes.factories import make_contact, make_episode

LAST_CONTACT = date(1998, 5, 4)


def make_old_record(worker, *, reference="OLD", born=date(1997, 3, 2), **family):
    """A family whose work ended in 1998, with an episode and a signed note; all of it written today."""
    days_ago = (timezone.localdate() - LAST_CONTACT).days
    episode = make_episode(worker, reference=reference, born=born, days_ago=days_ago, **family)
    make_contact(episode, worker, days_ago=days_ago)
    ended = {"ended_on": LAST_CONTACT, "ending_reason": "02", "ending_summary": "It went well."}
    Episode.objects.filter(pk=episode.pk).update(**ended)
    return Family.objects.get(pk=episode.family_id)


def make_second_governor():
    user = User.objects.create(
        username="governor2", display_name="Second Governor", email="second@pairs.example"
    )
    for site in Site.objects.all():
        assign_role(user=user, role="governance", site=site)
    return user
