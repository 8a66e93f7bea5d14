"""The family page: who is who, what worries us, what is under way and what is due."""

from django.shortcuts import render
from django.utils import timezone

from interventions.episodes.models import CareContact, Episode
from interventions.supervision.models import CaseDecision
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list, fetch_page
from pairs.families.banner import banner_of, family_name
from pairs.families.models import Address, Family, RiskAlert
from referrals.models import Referral
from reporting.desk.worklist import everything_due, shown


@policy.permission("read_families", "govern_records")
def family(request, family_id):
    """One family on one page."""
    families = Family.objects.with_people().select_related("site", "place")
    family = fetch(request, families, pk=family_id)
    alerts = fetch_list(request, RiskAlert.objects.open().filter(family=family))
    context = {
        "family": family,
        "name": family_name(family),
        "banner": banner_of(family, alerts=alerts),
        "carers": _carers(request, family),
        "episodes": fetch_list(request, Episode.objects.filter(family=family).for_caseload()),
        "referrals": fetch_list(request, Referral.objects.filter(family=family).order_by("-received_at")),
        "contacts": _recent_contacts(request, family),
        "decisions": fetch_list(request, CaseDecision.objects.filter(family=family).select_related("owner")),
        "due": [shown(item, timezone.localdate()) for item in _due(request, family)],
        "may_write": request.scope.may("write_records", at=family.site_id),
        "may_register": request.scope.may("register_people", at=family.site_id),
    }
    return render(request, "desk/family.html", context)


def _recent_contacts(request, family):
    """The newest eight, each with who came."""
    contacts = CareContact.objects.filter(episode__family=family).newest_first().with_people()
    return fetch_page(request, contacts, per_page=8).object_list


def _due(request, family):
    return everything_due(request.scope, timezone.localdate(), families=[family.pk])


def _carers(request, family):
    """Each caregiver with their relationship to each infant, and where they live now."""
    living = Address.objects.filter(family=family, infant=None).current()
    addresses = {address.caregiver_id: address for address in fetch_list(request, living)}
    carers = {}
    for dyad in family.dyads.all():
        carers.setdefault(dyad.caregiver, []).append(dyad)
    return [
        {
            "person": carer,
            "relationships": list(map(_relationship, dyads)),
            "lives": _lives(addresses.get(carer.pk)),
        }
        for carer, dyads in carers.items()
    ]


def _relationship(dyad):
    details = [dyad.get_relationship_display(), "main carer" if dyad.main_carer else ""]
    details.append({True: "lives together", False: "lives apart", None: ""}[dyad.lives_with])
    return f"{dyad.infant.name or 'Baby'}: {', '.join(filter(None, details))}"


def _lives(address):
    """The address as lines; a refuge shows that it is one and nothing else."""
    if address is None or address.kind in ("refuge", "none"):
        return address.get_kind_display() if address else ""
    return [line for line in [*address.lines.splitlines(), address.postcode] if line]
