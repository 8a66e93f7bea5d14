"""The families that a peer supporter is linked to, and the links that the team keeps."""

from collections import defaultdict
from dataclasses import replace
from typing import Any
from uuid import UUID

from interventions.collaboration.models import PeerSupport
from pairs.access.records import RecordQuerySet
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.family_lines import describe_family
from pairs.families.models import Caregiver, Family
from pairs.families.safe_contact import describe_safe_contact

WITHIN_SUPPORTED = "supported_by"


def list_supported_family_lines(request: ScopedRequest) -> list[dict[str, Any]]:
    """{id, name, line} of each supported family: its babies alone, since a link may be to one carer."""
    return [_build_line(family) for family in _list_supported(request)]


def list_supported_contacts(request: ScopedRequest) -> list[dict[str, Any]]:
    """The same with ``carers``: each whom the user supports, and how it is safe to reach them."""
    families = _list_supported(request)
    links: dict[UUID, list[PeerSupport]] = defaultdict(list)
    for link in list_visible(
        request, PeerSupport.objects.filter(family__in=families).with_people(), within=WITHIN_SUPPORTED
    ):
        links[link.family_id].append(link)
    return [
        _build_line(family)
        | {
            "carers": [
                (carer, describe_safe_contact(carer))
                for carer in select_supported_carers(family, links[family.pk])
            ]
        }
        for family in families
    ]


def _list_supported(request: ScopedRequest) -> list[Family]:
    return list_visible(request, Family.objects.with_people(), within=WITHIN_SUPPORTED)


def _build_line(family: Family) -> dict[str, Any]:
    line = replace(describe_family(family), carers="")
    return {"id": family.pk, "name": line.name, "line": line}


def get_supported_family(request: ScopedRequest, family_id: UUID) -> Any:
    """The family, if the user is currently linked to it; 404 otherwise."""
    return get_visible_or_404(
        request, Family.objects.with_people().select_related("site"), within=WITHIN_SUPPORTED, pk=family_id
    )


def list_own_peer_links(request: ScopedRequest, family: Family) -> list[PeerSupport]:
    """The user's links to this family, newest first; none when access was granted without a link."""
    return list_visible(
        request, PeerSupport.objects.filter(family=family).with_people(), within=WITHIN_SUPPORTED
    )


def select_supported_carers(family: Family, links: list[PeerSupport]) -> list[Caregiver]:
    """The carers whom the links name; all carers when a link names nobody."""
    carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}
    named = {link.caregiver_id for link in links}
    if not named or None in named:
        return list(carers.values())
    return [carer for pk, carer in carers.items() if pk in named]


def get_family_at_own_site(request: ScopedRequest, family_id: UUID) -> Any:
    """The family, for a user who may write records at its own site; access by a grant is not enough."""
    rows = Family.objects.with_people().select_related("site")
    return get_visible_or_404(request, rows, pk=family_id, may="write_records", by_grant=False)


def query_family_carers(request: ScopedRequest, family: Family) -> RecordQuerySet:
    """The family's carers, as the form offers them."""
    ids = {dyad.caregiver_id for dyad in family.dyads.all()}
    return Caregiver.objects.visible_to(request.scope).filter(pk__in=ids).order_by("given_name", "id")
