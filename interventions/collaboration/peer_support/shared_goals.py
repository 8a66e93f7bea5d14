"""Goals that a peer supporter may read: the family's own words, and nothing written about them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from interventions.episodes.models import Goal
from pairs.access.records import live_q
from pairs.families.models import Family


def list_shared_goals(family: Family, carers: Collection[UUID]) -> list[dict[str, str]]:
    """{words, whose} of each live goal of these carers, in an open episode that is not another carer's own."""
    own = Q(episode__referral__patient=None) | Q(episode__referral__patient__in=carers)
    goals = Goal.objects.live().current().filter(live_q("episode__"), live_q("dyad__infant__"), own)
    goals = goals.filter(episode__family=family, episode__ended_on=None, dyad__caregiver__in=carers)
    rows = goals.select_related("dyad__infant", "dyad__caregiver").order_by("set_on", "created_at")
    return [
        {
            "words": goal.words,
            "whose": f"{goal.dyad.infant.shown_name or 'Baby'} and {goal.dyad.caregiver.name_or_role}",
        }
        for goal in rows
    ]
