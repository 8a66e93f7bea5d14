"""What may be shared with whom, and what not, in the words of a page: for the sharing page, and wherever one writes."""

from types import MappingProxyType

from pairs.access.fetch import fetch_list
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
    """What holds today: two queries. Give it to components/sharing_panel.html."""
    agreements = SharingAgreement.objects.filter(family=family, withdrawn_on=None)
    limits = DisclosureLimit.objects.filter(family=family)
    limits = limits.select_related(
        "infant", "caregiver", "member", "address__infant", "address__caregiver",
        "not_to_caregiver", "not_to_member",
    )  # fmt: skip
    told = fetch_list(request, agreements.select_related("member", "team", "agreed_by"))
    return {
        "may": [row for row in agreement_rows(told, on) if row["status"] == "live"],
        "not": [row for row in limit_rows(fetch_list(request, limits), on) if row["status"] == "live"],
        "family_id": family.pk,
    }
