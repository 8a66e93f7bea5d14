"""Pages of requests to the hub: a family's, a new one, the hub's list, and each step of a request."""

from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.collaboration import actions
from interventions.collaboration.forms import HubAccessForm, HubReplyForm, NewHubRequestForm
from interventions.collaboration.models import HubRequest, HubRequestStep
from interventions.collaboration.peer_support.views.team import get_family_at_own_site
from interventions.collaboration.record_pages import redirect_with_message, render_collaboration_page
from interventions.collaboration.rules import DEFAULT_ACCESS, HubRequestStatus
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.access import get_family
from pairs.families.banner import build_banner
from pairs.families.models import Family
from pairs.service.models import Site
from pairs.submissions.form_submission import FormSubmission

WITHIN_HUB = "asked_of"


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


def load_steps_by_request(request: ScopedRequest, asks: Page | list[Any]) -> dict[UUID, list[Any]]:
    """{request id: its steps} for the requests on the page."""
    found = {ask.pk: [] for ask in asks}
    for step in list_visible(
        request, HubRequestStep.objects.filter(ask__in=list(found)).select_related("by")
    ):
        found[step.ask_id].append(step)
    return found


@policy.permission("write_records")
def add_hub_request(request, family_id):
    """Ask the hub to think with us or to work with us: in words without a name."""
    family = get_family_at_own_site(request, family_id)
    submission = FormSubmission(request, kind="new-ask")
    form = NewHubRequestForm(submission.data, family=family)
    done = submission.save_once(
        form,
        make=lambda: actions.ask_hub(family=family, by=request.user, **form.cleaned_data),
        path_of=get_hub_request_path,
    )
    if done:
        return redirect_with_message(
            request, done, "The hub has been asked. You are told when somebody takes it on."
        )
    return render_collaboration_page(request, "new_ask", family, submission, form=form)


def get_hub_request_and_family(request, ask_id):
    """(request, family) for readers of the record; (request, None) for hub staff, who see the question."""
    rows = HubRequest.objects.with_people()
    try:
        ask = get_visible_or_404(request, rows, pk=ask_id)
    except Http404:
        return get_visible_or_404(request, rows, pk=ask_id, within=WITHIN_HUB), None
    return ask, get_visible_or_404(
        request, Family.objects.with_people().select_related("site"), pk=ask.family_id
    )


@policy.permission("read_families", "govern_records")
def show_hub_request(request, ask_id):
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


def list_allowed_hub_steps(request, ask):
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


def get_hub_request(request, ask_id):
    """An open request that this member of hub staff may act on; 404 otherwise."""
    return get_visible_or_404(request, HubRequest.objects.with_people(), within=WITHIN_HUB, pk=ask_id)


def get_editable_hub_request(request, ask_id):
    """The request, for a user who may write records at the site that holds the family."""
    return get_visible_or_404(
        request, HubRequest.objects.with_people(), pk=ask_id, may="write_records", by_grant=False
    )


@policy.permission("write_records")
def accept_hub_request_page(request, ask_id):
    """Accept the request: the record is open to this colleague until the day they name."""
    submission = FormSubmission(request, kind="take-ask")
    if submission.get_existing_result_path():
        return redirect(submission.get_existing_result_path())
    ask, on = get_hub_request(request, ask_id), timezone.localdate()
    form = HubAccessForm(submission.data, initial={"until": on + DEFAULT_ACCESS[ask.wants]})
    done = submission.save_once(
        form,
        make=lambda: actions.accept_hub_request(ask=ask, by=request.user, **form.cleaned_data),
        path_of=lambda taken: reverse("family", args=[taken.family_id]),
    )
    if done:
        return redirect_with_message(
            request, done, "You have taken this on. Every page you open is logged with its reason."
        )
    return render_hub_request_question(request, "take_ask", ask, submission, form=form)


def render_hub_request_question(request, template, ask, typed, **asked):
    """A page with one question about a request; with the family's banner for readers of its record."""
    families = Family.objects.with_people().visible_to(request.scope)
    family = families.filter(pk=ask.family_id).first()
    banner = build_banner(family) if family else None
    context = {"ask": ask, "submission_token": typed.token, "banner": banner}
    return render(request, f"collaboration/{template}.html", context | asked)


@policy.permission("write_records")
def decline_hub_request_page(request, ask_id):
    """Decline the request, with a reason."""
    said = "Whoever asked has been told."
    return _handle_closing_page(
        request, get_hub_request, ask_id, "decline_ask", actions.decline_hub_request, said
    )


@policy.permission("write_records")
def answer_hub_request_page(request, ask_id):
    """Answer the request; the hub's access ends with it."""
    said = "The answer is in the family's record. Your access has ended."
    return _handle_closing_page(
        request, get_hub_request, ask_id, "answer_ask", actions.answer_hub_request, said
    )


@policy.permission("write_records")
def end_hub_request_page(request, ask_id):
    """End a request that is no longer needed; the hub's access ends now."""
    said = "This has ended. The hub no longer reaches the record through it."
    return _handle_closing_page(
        request, get_editable_hub_request, ask_id, "end_ask", actions.end_hub_request, said
    )


# For each way of closing a request: the heading, the button and the consequences.
CLOSING_TEXTS = {
    "decline_ask": ("Decline this?", "Decline", ["whoever asked is told, and reads your reason"]),
    "answer_ask": (
        "Your answer",
        "Save the answer",
        ["it is kept in the family’s record, and whoever asked is told", "your access to the record ends"],
    ),
    "end_ask": (
        "Is this no longer needed?",
        "End it",
        [
            "if somebody at the hub has access through it, that ends now",
            "what was written in the record stays",
        ],
    ),
}


def _handle_closing_page(request, found, ask_id, step, act, said):
    """The shared page of the three ways of closing a request."""
    submission = FormSubmission(request, kind=step)
    if submission.get_existing_result_path():
        return redirect(submission.get_existing_result_path())
    ask = found(request, ask_id)
    form = HubReplyForm(submission.data)
    done = submission.save_once(
        form,
        make=lambda: act(ask=ask, by=request.user, **form.cleaned_data),
        path_of=lambda closed: reverse("hub-asks"),
    )
    if done:
        return redirect_with_message(request, done, said)
    title, button, consequences = CLOSING_TEXTS[step]
    asked = {"question": title, "button": button, "consequences": consequences}
    return render_hub_request_question(
        request, "close_ask", ask, submission, form=form, **asked, danger=step != "answer_ask"
    )


@policy.permission("write_records")
def extend_hub_access_page(request, ask_id):
    """Change the last day of the hub's access."""
    ask, on = get_editable_hub_request(request, ask_id), timezone.localdate()
    submission = FormSubmission(request, kind="prolong-ask")
    form = HubAccessForm(submission.data, initial={"until": on + DEFAULT_ACCESS[ask.wants]})
    done = submission.save_once(
        form,
        make=lambda: actions.extend_hub_access(ask=ask, by=request.user, **form.cleaned_data),
        path_of=get_hub_request_path,
    )
    if done:
        return redirect_with_message(request, done, "The last day is saved.")
    return render_hub_request_question(request, "prolong_ask", ask, submission, form=form)
