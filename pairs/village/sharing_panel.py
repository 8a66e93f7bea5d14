"""What may be shared with whom, and what not, in the words of a page: for the sharing page, and wherever one writes."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from pairs.access.prepared_records import PreparedRecords
from pairs.access.records import RecordQuerySet, list_related_fields
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import record_family_listed
from pairs.families.models import Family
from pairs.families.models.people import NAME_FIELDS
from pairs.village.models import DisclosureLimit, SharingAgreement
from pairs.web.formats import format_short_day


def build_agreement_rows(
    agreements: list[SharingAgreement], on: date, children: Mapping[UUID, list[str]] = MappingProxyType({})
) -> list[dict[str, Any]]:
    """Rows as the pages show them, those that hold today first. ``children``: whom each is kept to, if not all."""
    rows = [_build_agreement_row(each, on) | {"children": children.get(each.pk)} for each in agreements]
    return sorted(rows, key=lambda row: row["status"] != "live")


def _build_agreement_row(row: SharingAgreement, on: date) -> dict[str, Any]:
    basis = (
        f"{row.agreed_by} on {format_short_day(row.agreed_on)}"
        if row.agreed_by
        else f"Without agreement: {row.without_consent_because}"
    )
    return {
        "id": row.pk,
        "party": row.party,
        "what": row.covers,
        "how_often": row.how_often,
        "until": row.until,
        "basis": basis,
        "status": _get_status(row, on),
        "withdrawn_on": row.withdrawn_on,
        "why": row.withdrawn_because,
    }


def _get_status(row: SharingAgreement, on: date) -> str:
    if row.withdrawn_on:
        return "withdrawn"
    return "ended" if row.until and row.until < on else "live"


def build_limit_rows(limits: list[DisclosureLimit], on: date) -> list[dict[str, Any]]:
    """Rows as the pages show them, those that hold today first."""
    rows = [
        {
            "id": each.pk,
            "about": each.about,
            "not_to": each.not_to,
            "reason": each.reason,
            "since": each.since,
            "until": each.until,
            "status": "ended" if each.until and each.until < on else "live",
            "why": each.ended_because,
        }
        for each in limits
    ]
    return sorted(rows, key=lambda row: row["status"] != "live")


def build_sharing_panel(request: ScopedRequest, family: Family, on: date) -> dict[str, Any]:
    """What holds today: one query. Give it to components/build_sharing_panel.html. The family was fetched in scope."""
    parts = _PANEL_RECORDS.rows(request.scope, family=family.pk)
    if any(parts.values()):
        record_family_listed(request, family.pk)
    return build_panel_from_parts(parts, family.pk, on)


def build_panel_from_parts(parts: dict[str, list[Any]], family_id: UUID, on: date) -> dict[str, Any]:
    """The same of the rows of ``build_panel_parts``."""
    return {
        "may": [row for row in build_agreement_rows(parts["agreements"], on) if row["status"] == "live"],
        "not": [row for row in build_limit_rows(parts["limits"], on) if row["status"] == "live"],
        "family_id": family_id,
    }


def build_panel_parts(family: UUID) -> dict[str, RecordQuerySet]:
    """{part: QuerySet} by the id of a family that was fetched in scope: for one prepared statement."""
    agreements = SharingAgreement.objects.live().filter(family=family, withdrawn_on=None)
    limits = DisclosureLimit.objects.live().filter(family=family)
    people = ("infant", "caregiver", "address__infant", "address__caregiver", "not_to_caregiver")
    names = [field for each in people for field in list_related_fields(each, *NAME_FIELDS)]
    members = [*list_related_fields("member", "name"), *list_related_fields("not_to_member", "name")]
    return {
        "agreements": agreements.select_related("member", "team", "agreed_by").only(
            "agency",
            "what",
            "how_often",
            "until",
            "agreed_on",
            "without_consent_because",
            "withdrawn_on",
            "withdrawn_because",
            *list_related_fields("member", "name"),
            *list_related_fields("team", "name", "organisation"),
            *list_related_fields("agreed_by", *NAME_FIELDS),
        ),
        "limits": limits.select_related(*people, "member", "not_to_member").only(
            "address", "not_to_name", "reason", "since", "until", "ended_because", *members, *names
        ),
    }


_PANEL_RECORDS = PreparedRecords(lambda scope, family: build_panel_parts(family))
