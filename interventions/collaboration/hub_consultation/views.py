"""Pages of requests to the hub: a family's, a new one, the hub's list, and each step of a request."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from interventions.collaboration.hub_consultation import record_forms
from interventions.collaboration.hub_consultation.requests import (
    WITHIN_HUB,
    get_hub_request_and_family,
    load_steps_by_request,
)
from interventions.collaboration.models import HubRequest
from interventions.collaboration.record_pages import render_collaboration_page
from interventions.collaboration.rules import HubHelp, HubRequestStatus
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page, list_visible
from pairs.families.access import get_family
from pairs.families.banner import build_banner
from pairs.families.models import Family
from pairs.families.record_forms import FamilyFormPage
from pairs.service.models import Site
from pairs.submissions.form_page import FormPage, PageOf


@policy.permission("write_records")
def list_hub_requests(request: ScopedRequest) -> HttpResponse:
    """Requests to the hub, for hub staff; and requests about the families in the user's own care."""
    asked_of_us = list_visible(request, HubRequest.objects.waiting_first(), within=WITHIN_HUB)
    by_us = get_visible_page(request, HubRequest.objects.waiting_first(), per_page=30)
    context = {
        "asked_of_us": asked_of_us,
        "is_hub": request.scope.may("write_records", at=Site.objects.hub().pk),
        "page": by_us,
        "on": timezone.localdate(),
    }
    return render(request, "collaboration/hub_asks.html", context)


@policy.permission("read_families", "govern_records")
def list_family_hub_requests(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """List the requests to the hub about this family, with its answers."""
    family = get_family(request, family_id)
    asks = get_visible_page(request, HubRequest.objects.filter(family=family).waiting_first(), per_page=20)
    may_ask = request.scope.may("write_records", at=family.site_id)
    return render_collaboration_page(
        request, "family_asks", family, asks=asks, may_ask=may_ask, steps=load_steps_by_request(request, asks)
    )


@policy.permission("write_records")
class AskHubPage(record_forms.AskHub, FamilyFormPage):
    """Ask the hub to think with us or to work with us: in words without a name."""

    title = "Ask the hub about this family"
    text = (
        "The hub colleague who accepts this can open this family’s record until a date they set, or until "
        "the request closes if sooner. You can end it at any time. Every page they open is logged with the "
        "reason. Tell the family first.",
    )
    button = "Ask the hub"
    message = "Request sent to the hub. We will tell you when a colleague accepts it."
    back = PageOf("family-asks", "family", "Ask the hub")
    leads_to = PageOf("ask", "made")


@policy.permission("read_families", "govern_records")
def show_hub_request(request: ScopedRequest, ask_id: UUID) -> HttpResponse:
    """Show one request: what is wanted, its steps, and what the user may do now."""
    ask, family = get_hub_request_and_family(request, ask_id)
    context = {
        "ask": ask,
        "family": family,
        "banner": build_banner(family) if family else None,
        "steps": load_steps_by_request(request, [ask])[ask.pk] if family else [],
        "may": list_allowed_hub_steps(request, ask),
        "on": timezone.localdate(),
    }
    return render(request, "collaboration/ask.html", context)


def list_allowed_hub_steps(request: ScopedRequest, ask: Any) -> list[str]:
    """The names of the steps that this user may take now."""
    scope = request.scope
    ours = scope.may("write_records", at=ask.family.site_id) and ask.closed_at is None
    hubs = scope.may("write_records", at=ask.to_site_id)
    names = ["end", "prolong"] if ours and ask.status == HubRequestStatus.TAKEN else ["end"] if ours else []
    if hubs and ask.status == HubRequestStatus.ASKED and not ask.family.restricted:
        names += ["take", "decline"] if ask.asked_by_id != request.user.pk else ["decline"]
    if ask.status == HubRequestStatus.TAKEN and ask.taken_by_id == request.user.pk:
        names.append("answer")
    return names


class HubStepPage(FormPage):
    """A question about a request; with the family's banner for readers of its record."""

    back = PageOf("ask", "record", "The request")

    def get_text(self) -> list[str]:
        return [f"{self.record.reference}, from {self.record.family.site}"]

    def get_context(self, form: Any) -> dict[str, Any]:
        families = Family.objects.with_people().visible_to(self.request.scope)
        family = families.filter(pk=self.record.family_id).first()
        return {"banner": build_banner(family) if family else None}


class ClosingPage(HubStepPage):
    """A step after which there is nothing more to do with the request."""

    danger = True
    leads_to = PageOf("hub-asks")


@policy.permission("write_records")
class AcceptHubRequestPage(record_forms.AcceptHubRequest, HubStepPage):
    """Accept the request: the record is open to this colleague until the day they name."""

    title = "Accept this request?"
    button = "Accept this request"
    message = "Request accepted. Every page you open is logged with the reason."
    leads_to = PageOf("family", "made.family_id")

    def get_consequences(self) -> list[str]:
        reach = "read and to write in" if self.record.wants == HubHelp.CO_WORK else "read"
        return [
            f"you can open this family’s record until that date, to {reach}",
            "every page you open is logged with the reason",
            "your access ends when you answer, or earlier if the site ends it",
        ]


@policy.permission("write_records")
class DeclineHubRequestPage(record_forms.DeclineHubRequest, ClosingPage):
    """Decline the request, with a reason."""

    kind = "decline_ask"
    title = "Decline this request?"
    consequences = ("the person who asked is told, and can read your reason",)
    button = "Decline"
    message = "Request declined. The person who asked has been told."


@policy.permission("write_records")
class AnswerHubRequestPage(record_forms.AnswerHubRequest, ClosingPage):
    """Answer the request; the hub's access ends with it."""

    kind = "answer_ask"
    title = "Your answer"
    consequences = (
        "it is kept in the family’s record, and the person who asked is told",
        "your access to the record ends",
    )
    button = "Save the answer"
    danger = False
    message = "Answer saved in the family's record. Your access has ended."


@policy.permission("write_records")
class EndHubRequestPage(record_forms.EndHubRequest, ClosingPage):
    """End a request that is no longer needed; the hub's access ends now."""

    kind = "end_ask"
    title = "Close this request?"
    consequences = (
        "any hub access through this request ends now",
        "notes already written are kept",
    )
    button = "End it"
    message = "Request closed. The hub can no longer open the record through it."


@policy.permission("write_records")
class ExtendHubAccessPage(record_forms.ExtendHubAccess, HubStepPage):
    """Change the last day of the hub's access."""

    title = "Change the hub’s last day"
    consequences = ("the hub colleague has access until the end of that day",)
    button = "Save the day"
    message = "Last day saved."
