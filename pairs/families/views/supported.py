"""What a peer supporter may see."""

from django.shortcuts import render

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families.banner import banner_of, family_name
from pairs.families.models import Family, RiskAlert
from pairs.families.shown import limits_of


@policy.permission("support_families")
def supported_families(request):
    """The families a peer supporter is linked to."""
    families = fetch_list(request, Family.objects.with_people(), within="supported_by")
    rows = [{"id": family.pk, "name": family_name(family)} for family in families]
    return render(request, "families/supported.html", {"families": rows})


@policy.permission("support_families")
def supported_family(request, family_id):
    """What a peer supporter sees of a family: alerts and safe contact. No clinical note is here."""
    family = fetch(request, Family.objects.with_people(), within="supported_by", pk=family_id)
    caregivers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}.values()
    alerts = RiskAlert.objects.live().filter(family=family).open()
    context = {
        "family": family,
        "caregivers": [(caregiver, limits_of(caregiver)) for caregiver in caregivers],
        "banner": banner_of(family, alerts=alerts, linked=False),
    }
    return render(request, "families/supported_family.html", context)
