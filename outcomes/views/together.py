"""A page to look at together with one carer: their own measures and goals, with nothing of another carer's."""

from django.shortcuts import render

from outcomes.summary import of_caregiver
from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.families.banner import banner_of
from pairs.families.models import Caregiver, Family


@policy.permission("read_families")
def change_together(request, caregiver_id):
    """What has changed for this carer and each baby, in pictures, numbers and words."""
    carer = fetch(request, Caregiver.objects.all(), pk=caregiver_id)
    family = fetch(request, Family.objects.with_people(), pk=carer.family_id)
    context = {
        "carer": carer,
        "outcomes": of_caregiver(request.scope, carer),
        "banner": _of_theirs(family, carer),
    }
    return render(request, "outcomes/together.html", context)


def _of_theirs(family, carer):
    """The banner as this carer may see it over somebody's shoulder, or on paper: their babies, and no more.

    No alert, no caution and no need of anybody else's: what is known of one carer is not for the other's eyes.
    """
    theirs = {dyad.infant_id for dyad in family.dyads.all() if dyad.caregiver_id == carer.pk}
    told = banner_of(family, above=())
    people = zip(family.infants.all(), told["people"], strict=True)
    return told | {
        "people": [shown for infant, shown in people if infant.pk in theirs] or [_nobodys(carer)],
        "alerts": [],
        "needs": [],
    }


def _nobodys(carer):
    """Of a carer with no baby here any more: the carer, and of the children nothing."""
    return {"name": carer.name or "Carer not yet named", "born": "Carer", "nhs_number": carer.nhs_number}
