"""The people of a family, a tab of its record: who is who, how to reach them, where they live, who else is linked."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from pairs.access import policy
from pairs.access.batch_query import parse_datetime
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.access import get_family
from pairs.families.models import Address
from pairs.families.presenters import build_address_row
from pairs.families.record_pages import render_family_tab
from pairs.service.roles import GrantPurpose
from reporting.dashboards.family_facts import load_people_facts
from reporting.dashboards.people import present_carers, present_infants


@policy.permission("read_families", "govern_records")
def list_family_people(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Everybody of the family with where they live: carers without a relationship too."""
    family = get_family(request, family_id)
    on, facts = timezone.localdate(), load_people_facts(family)
    addresses = Address.objects.current().filter(family=family).select_related("infant", "caregiver")
    context = {
        "infants": present_infants(family, request.scope, on),
        "carers": present_carers(family, facts["addresses"], facts["unrelated"], request.scope, on),
        "addresses": [build_address_row(address) for address in list_visible(request, addresses)],
        "others": [_present_grant(row) for row in facts["grants"]],
        "may_register": request.scope.may("register_people", at=family.site_id),
    }
    return render_family_tab(request, "families/people.html", family, "people", **context)


def _present_grant(row: dict[str, Any]) -> dict[str, Any]:
    purpose = GrantPurpose(row["purpose"]).label
    return {"who": row["who"], "purpose": purpose, "until": parse_datetime(row["until"]), "why": row["why"]}
