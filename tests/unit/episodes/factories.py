"""A referral, an episode and contacts to test with, made through the app's own actions."""

from datetime import timedelta

from django.utils import timezone

from interventions.episodes.actions import open_episode, record_care_contact
from interventions.episodes.models import Intervention
from referrals.models import Referral
from tests.unit.families.factories import make_family

VIG_CODE = "video-interaction-guidance"


def make_accepted_referral(family, *, reference="R-T-1", days_ago=60, status="accepted"):
    """A referral of the family, accepted unless it is said otherwise."""
    when = timezone.localtime() - timedelta(days=days_ago)
    return Referral.objects.create(
        reference=reference,
        site=family.site,
        place=family.place,
        family=family,
        entry_point="professional",
        source_code="A2",
        received_at=when,
        permission="parent_agrees",
        noticed="Feeding is hard for both of them.",
        status=status,
        response="direct",
        thrive="help",
        decided_at=when,
    )


def make_episode(by, *, reference="T", days_ago=60, **family):
    """An open episode of a new family with Video Interaction Guidance."""
    family = make_family(reference=reference, **family)
    referral = make_accepted_referral(family, reference=f"R-{reference}", days_ago=days_ago)
    return open_episode(
        referral=referral,
        lead=by,
        focus=list(family.dyads.all()),
        interventions=[Intervention.objects.get(code=VIG_CODE)],
        thrive="help",
        opened_on=timezone.localdate() - timedelta(days=days_ago),
        by=by,
    )


def make_contact(episode, by, *, days_ago=1, infant="attended", carer="attended", sign=True, **other):
    """A contact so many days ago, everybody expected; ``infant=None``: the carers alone."""
    people = [(each, infant) for each in episode.family.infants.live() if infant]
    people += [(each, carer) for each in episode.family.caregivers.live()]
    what = {
        "minutes": 60,
        "mechanism": "01",
        "location": "A01",
        "interventions": [Intervention.objects.get(code=VIG_CODE)],
        "notes": {"happened": "We played on the mat.", "baby_told": "She looked up and smiled."},
    }
    return record_care_contact(
        episode=episode,
        starts_at=timezone.localtime() - timedelta(days=days_ago),
        participants=people,
        sign=sign,
        by=by,
        **what | other,
    )
