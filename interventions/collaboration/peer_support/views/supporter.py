"""A peer supporter's own pages: the families they are linked to, their log, and raising a worry."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from interventions.collaboration.models import PeerLog
from interventions.collaboration.peer_support import record_forms
from interventions.collaboration.peer_support.families import (
    WITHIN_SUPPORTED,
    get_supported_family,
    list_own_peer_links,
    list_supported_contacts,
    select_supported_carers,
)
from interventions.collaboration.peer_support.shared_goals import list_shared_goals
from interventions.plans.printed_plan import get_family_plan
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page
from pairs.families.banner import build_banner, get_family_name
from pairs.families.models import Family, RiskAlert
from pairs.families.safe_contact import describe_safe_contact
from pairs.submissions.form_page import FormPage, PageOf
from pairs.web.formats import format_day

LINES_PER_PAGE = 20


@policy.permission("support_families")
def list_supported_families(request: ScopedRequest) -> HttpResponse:
    """The families a peer supporter is linked to, each with whom they support and how to reach them safely."""
    return render(
        request, "collaboration/supported_families.html", {"families": list_supported_contacts(request)}
    )


def build_supporter_banner(family: Family) -> dict[str, Any]:
    """With alerts and cautions, and nothing from other apps."""
    alerts = RiskAlert.objects.live().filter(family=family).open()
    return build_banner(family, alerts=alerts, linked=False)


@policy.permission("support_families")
def show_supported_family(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Show a supported family: alerts, safe contact, plan, goals and the user's own log; no notes."""
    family = get_supported_family(request, family_id)
    links = list_own_peer_links(request, family)
    carers = select_supported_carers(family, links)
    log = PeerLog.objects.filter(support__family=family).newest_first()
    context = {
        "family": family,
        "name": get_family_name(family),
        "banner": build_supporter_banner(family),
        "carers": [(carer, describe_safe_contact(carer)) for carer in carers],
        "plan": get_family_plan(family),
        "goals": list_shared_goals(family, [carer.pk for carer in carers]),
        "log": get_visible_page(request, log, per_page=LINES_PER_PAGE, within=WITHIN_SUPPORTED),
        "may_write": bool(links),
    }
    return render(request, "collaboration/supported_family.html", context)


class SupporterFormPage(FormPage):
    """A form that leads back to the supported family's page."""

    family: Family
    back = PageOf("supported-family", "family", "The family")

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"family": self.family, "banner": build_supporter_banner(self.family)}


@policy.permission("support_families")
class AddPeerLogPage(record_forms.WritePeerLog, SupporterFormPage):
    """Add a line to the user's own log."""

    template_name = "collaboration/new_peer_log.html"
    title = "Add to your log"
    button = "Save entry"
    message = "Entry saved."

    def get_record(self, may: Any) -> Family:
        """The family, for whoever is linked to it."""
        family = super().get_record(may)
        assert self.link
        return family


@policy.permission("support_families")
class PeerLogInErrorPage(record_forms.MarkLogInError, SupporterFormPage):
    """Mark a line of their own as entered in error."""

    title = "Delete this entry?"
    consequences = ("only your information governance lead can still see it",)
    button = "Delete entry"
    danger = True
    message = "Entry deleted."

    def get_text(self) -> list[str]:
        return [f"{format_day(self.record.day)}: {self.record.line}"]


@policy.permission("support_families")
class WorryPage(record_forms.RaiseWorry, SupporterFormPage):
    """Raise a worry: the lead and the duty clinician are notified at once."""

    template_name = "collaboration/worry.html"
    title = "I’m worried"
    text = (
        "The duty clinician and the family’s lead are told straight away. You were right to notice. You do "
        "not need to find out more or deal with it alone.",
    )
    button = "Tell them now"
    message = "Thank you for telling us. The duty clinician and the family’s lead have been told."
