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
    context = {"carer": carer, "outcomes": of_caregiver(request.scope, carer), "banner": banner_of(family)}
    return render(request, "outcomes/together.html", context)
