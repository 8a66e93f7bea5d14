"""What may be shared with whom, and what not, in the words of a page: for the sharing page, and wherever one writes."""

from types import MappingProxyType

from pairs.access.fetch import note_listed
from pairs.access.prepared_records import PreparedRecords
from pairs.access.records import related_fields
from pairs.families.models.people import NAMES
from pairs.service.pages import short_day
from pairs.village.models import DisclosureLimit, SharingAgreement


def agreement_rows(agreements, on, children=MappingProxyType({})):
    """Rows as the pages show them, those that hold today first. ``children``: whom each is kept to, if not all."""
    rows = [_agreement(each, on) | {"children": children.get(each.pk)} for each in agreements]
    return sorted(rows, key=lambda row: row["status"] != "live")


def _agreement(row, on):
    basis = (
        f"{row.agreed_by} on {short_day(row.agreed_on)}"
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
        "status": _status(row, on),
        "withdrawn_on": row.withdrawn_on,
        "why": row.withdrawn_because,
    }


def _status(row, on):
    if row.withdrawn_on:
        return "withdrawn"
    return "ended" if row.until and row.until < on else "live"


def limit_rows(limits, on):
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


def sharing_panel(request, family, on):
    """What holds today: one query. Give it to components/sharing_panel.html. The family was fetched in scope."""
    parts = _PANEL.rows(request.scope, family=family.pk)
    if any(parts.values()):
        note_listed(request, family.pk)
    return panel_of(parts, family.pk, on)


def panel_of(parts, family_id, on):
    """The same of the rows of ``parts_of_panel``."""
    return {
        "may": [row for row in agreement_rows(parts["agreements"], on) if row["status"] == "live"],
        "not": [row for row in limit_rows(parts["limits"], on) if row["status"] == "live"],
        "family_id": family_id,
    }


def parts_of_panel(family):
    """{part: QuerySet} by the id of a family that was fetched in scope: for one prepared statement."""
    agreements = SharingAgreement.objects.live().filter(family=family, withdrawn_on=None)
    limits = DisclosureLimit.objects.live().filter(family=family)
    people = ("infant", "caregiver", "address__infant", "address__caregiver", "not_to_caregiver")
    names = [field for each in people for field in related_fields(each, *NAMES)]
    members = [*related_fields("member", "name"), *related_fields("not_to_member", "name")]
    return {
        "agreements": agreements.select_related("member", "team", "agreed_by").only(
            "agency", "what", "how_often", "until", "agreed_on", "without_consent_because", "withdrawn_on",
            "withdrawn_because", *related_fields("member", "name"), *related_fields("team", "name", "organisation"),
            *related_fields("agreed_by", *NAMES),
        ),
        "limits": limits.select_related(*people, "member", "not_to_member").only(
            "address", "not_to_name", "reason", "since", "until", "ended_because", *members, *names
        ),
    }  # fmt: skip


_PANEL = PreparedRecords(lambda scope, family: parts_of_panel(family))
