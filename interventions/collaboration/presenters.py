"""Presents joint work and requests to the hub on the family page and the episode page."""

from datetime import date
from typing import Any
from uuid import UUID

from interventions.collaboration.joint_work.models import JointWorkQuerySet
from interventions.collaboration.models import HubRequest, JointWork
from interventions.collaboration.rules import HubHelp
from pairs.access.batch_query import Query, parse_date
from pairs.access.records import list_related_fields
from pairs.access.requests import ScopedRequest
from pairs.access.scope import FamiliesScope
from pairs.access.visible_records import list_visible
from pairs.families.models import Family
from pairs.village.models import SharingAgreement
from pairs.village.sharing_panel import build_agreement_rows
from pairs.web.url_cache import reverse_cached


def query_current_joint_work(family: UUID) -> JointWorkQuerySet:
    """Current joint work of a family that was fetched in scope."""
    rows = JointWork.objects.live().going_on().filter(family=family).order_by("-since", "id")
    return rows.select_related("member").only("who", "days", *list_related_fields("member", "name"))


def build_collaboration_queries(scope: FamiliesScope, family: Family) -> list[Query]:
    """The family's current joint work and its open requests to the hub, for a page that runs them with its own."""
    joint = JointWork.objects.visible_to(scope).filter(family=family).going_on()
    asks = HubRequest.objects.visible_to(scope).filter(family=family).open()
    fields = {"member": "member__name", "who": "who", "days": "days", "look_again_on": "look_again_on"}
    asked = {"id": "id", "reference": "reference", "wants": "wants", "status": "status"}
    return [
        Query(joint, fields | {"since": "since"}),
        Query(asks, asked | {"taken_by": "taken_by__display_name", "until": "until"}),
    ]


def present_collaboration(joint: list[dict[str, str]], asks: list[Any]) -> dict[str, list[dict[str, Any]]]:
    """Rows of the two queries as templates/collaboration/_on_family.html shows them."""
    return {
        "joint": [
            {
                "party": row["member"] or row["who"],
                "days": row["days"],
                "look_again_on": parse_date(row["look_again_on"]),
            }
            for row in sorted(joint, key=lambda row: row["since"], reverse=True)
        ],
        "asks": [
            row
            | {
                "wants": HubHelp(row["wants"]).label,
                "until": parse_date(row["until"]),
                "href": reverse_cached("ask", row["id"]),
            }
            for row in sorted(asks, key=lambda row: row["reference"])
        ],
    }


def load_agreements_by_joint_work(
    request: ScopedRequest, family: Family, joint_work: list[JointWork], on: date
) -> dict[UUID, list[dict[str, Any]]]:
    """{joint work id: current sharing agreements with that party}, in one query for all."""
    agreements = SharingAgreement.objects.filter(family=family, withdrawn_on=None)
    rows = list_visible(request, agreements.select_related("member", "team", "agreed_by"))
    shown = {row["id"]: row for row in build_agreement_rows(rows, on) if row["status"] == "live"}
    return {
        joint.pk: [shown[row.pk] for row in rows if row.pk in shown and _is_with_same_party(row, joint)]
        for joint in joint_work
    }


def _is_with_same_party(agreement: SharingAgreement, joint: JointWork) -> bool:
    """The same member of the family's network; or the same person or service by name."""
    if agreement.member_id or joint.member_id:
        return agreement.member_id == joint.member_id
    names = {name.strip().casefold() for name in (joint.who, joint.organisation) if name.strip()}
    team = agreement.team
    known = (agreement.agency, team and team.name, team and team.organisation)
    return any(name.strip().casefold() in names for name in known if name)
