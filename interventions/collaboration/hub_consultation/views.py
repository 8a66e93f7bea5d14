"""Pages of requests to the hub: a family's, a new one, the hub's list, and each step of a request."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
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
from pairs.submissions.form_page import FormPage, Link


def get_hub_request_path(ask: Any) -> str:
    return reverse("ask", args=[ask.pk])


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

    kind = "new-ask"
    title = "Ask the hub about this family"
    text = (
        "Whoever takes this on at the hub can open this family’s record until a day that they name, and no longer than "
        "this lasts. You can end it at any time. Every page they open is logged with its reason. Tell the family so "
        "first.",
    )
    button = "Ask the hub"
    message = "The hub has been asked. You are told when somebody takes it on."

    def get_back_link(self) -> Link:
        return Link(reverse("family-asks", args=[self.family.pk]), "Ask the hub")

    def get_success_path(self, made: HubRequest) -> str:
        return get_hub_request_path(made)


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

    def get_back_link(self) -> Link:
        return Link(get_hub_request_path(self.record), "The request")

    def get_text(self) -> list[str]:
        return [f"{self.record.reference}, from {self.record.family.site}"]

    def get_context(self, form: Any) -> dict[str, Any]:
        families = Family.objects.with_people().visible_to(self.request.scope)
        family = families.filter(pk=self.record.family_id).first()
        return {"banner": build_banner(family) if family else None}


class ClosingPage(HubStepPage):
    """A step after which there is nothing more to do with the request."""

    danger = True

    def get_success_path(self, made: HubRequest) -> str:
        return reverse("hub-asks")


@policy.permission("write_records")
class AcceptHubRequestPage(record_forms.AcceptHubRequest, HubStepPage):
    """Accept the request: the record is open to this colleague until the day they name."""

    kind = "take-ask"
    title = "Take this on?"
    button = "Take this on"
    message = "You have taken this on. Every page you open is logged with its reason."

    def get_consequences(self) -> list[str]:
        reach = "read and to write in" if self.record.wants == HubHelp.CO_WORK else "read"
        return [
            f"the record of this family is open to you until that day, to {reach}",
            "every page that you open is logged with its reason",
            "your access ends when you answer, and when the site says so",
        ]

    def get_success_path(self, made: HubRequest) -> str:
        return reverse("family", args=[made.family_id])


@policy.permission("write_records")
class DeclineHubRequestPage(record_forms.DeclineHubRequest, ClosingPage):
    """Decline the request, with a reason."""

    kind = "decline_ask"
    title = "Decline this?"
    consequences = ("whoever asked is told, and reads your reason",)
    button = "Decline"
    message = "Whoever asked has been told."


@policy.permission("write_records")
class AnswerHubRequestPage(record_forms.AnswerHubRequest, ClosingPage):
    """Answer the request; the hub's access ends with it."""

    kind = "answer_ask"
    title = "Your answer"
    consequences = (
        "it is kept in the family’s record, and whoever asked is told",
        "your access to the record ends",
    )
    button = "Save the answer"
    danger = False
    message = "The answer is in the family's record. Your access has ended."


@policy.permission("write_records")
class EndHubRequestPage(record_forms.EndHubRequest, ClosingPage):
    """End a request that is no longer needed; the hub's access ends now."""

    kind = "end_ask"
    title = "Is this no longer needed?"
    consequences = (
        "if somebody at the hub has access through it, that ends now",
        "what was written in the record stays",
    )
    button = "End it"
    message = "This has ended. The hub no longer reaches the record through it."


@policy.permission("write_records")
class ExtendHubAccessPage(record_forms.ExtendHubAccess, HubStepPage):
    """Change the last day of the hub's access."""

    kind = "prolong-ask"
    title = "A new last day for the hub"
    consequences = ("the hub’s colleague has access until the end of that day",)
    button = "Save the day"
    message = "The last day is saved."
