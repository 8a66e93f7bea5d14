"""A peer supporter's own pages: the families they are linked to, their log, and raising a worry."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from interventions.collaboration import actions
from interventions.collaboration.forms import NewPeerLogForm, WorryForm
from interventions.collaboration.models import PeerLog, PeerSupport
from interventions.collaboration.peer_support.shared_goals import list_shared_goals
from interventions.collaboration.record_pages import redirect_with_message
from interventions.plans.printed_plan import get_family_plan
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.banner import build_banner, get_family_name
from pairs.families.forms import EnteredInErrorForm
from pairs.families.models import Caregiver, Family, RiskAlert
from pairs.families.presenters import list_carer_contact_limits
from pairs.submissions.form_submission import FormSubmission

WITHIN_SUPPORTED = "supported_by"
LINES_PER_PAGE = 20


@policy.permission("support_families")
def list_supported_families(request: ScopedRequest) -> HttpResponse:
    """The families a peer supporter is linked to."""
    return render(
        request, "collaboration/supported_families.html", {"families": list_supported_family_names(request)}
    )


def list_supported_family_names(request: ScopedRequest) -> list[dict[str, Any]]:
    """{id, name} of each supported family, for their list and their home page."""
    families = list_visible(request, Family.objects.with_people(), within=WITHIN_SUPPORTED)
    return [{"id": family.pk, "name": get_family_name(family)} for family in families]


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


def render_supporter_page(
    request: ScopedRequest,
    template: str,
    family: Family,
    submission: FormSubmission | None = None,
    **context: Any,
) -> HttpResponse:
    """Render one of their pages: the banner with alerts and cautions, and nothing from other apps."""
    alerts = RiskAlert.objects.live().filter(family=family).open()
    shared = {
        "family": family,
        "name": get_family_name(family),
        "banner": build_banner(family, alerts=alerts, linked=False),
        "submission_token": submission.token if submission else None,
    }
    return render(request, f"collaboration/{template}.html", shared | context)


@policy.permission("support_families")
def show_supported_family(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Show a supported family: alerts, safe contact, plan, goals and the user's own log; no notes."""
    family = get_supported_family(request, family_id)
    links = list_own_peer_links(request, family)
    carers = select_supported_carers(family, links)
    log = PeerLog.objects.filter(support__family=family).newest_first()
    context = {
        "carers": [(carer, list_carer_contact_limits(carer)) for carer in carers],
        "plan": get_family_plan(family),
        "goals": list_shared_goals(family, [carer.pk for carer in carers]),
        "log": get_visible_page(request, log, per_page=LINES_PER_PAGE, within=WITHIN_SUPPORTED),
        "may_write": bool(links),
    }
    return render_supporter_page(request, "supported_family", family, **context)


@policy.permission("support_families")
def add_peer_log(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Add a line to the user's own log."""
    link = get_visible_or_404(
        request, PeerSupport.objects.with_people(), within=WITHIN_SUPPORTED, family=family_id
    )
    family = get_supported_family(request, family_id)
    submission = FormSubmission(request, kind="new-peer-log")
    form = NewPeerLogForm(submission.data, initial={"day": timezone.localdate()})
    done = submission.save_once(
        form,
        make=lambda: actions.write_peer_log(link=link, by=request.user, **form.cleaned_data),
        path_of=lambda log: reverse("supported-family", args=[family_id]),
    )
    if done:
        return redirect_with_message(request, done, "Your line is saved.")
    return render_supporter_page(request, "new_peer_log", family, submission, form=form)


@policy.permission("support_families")
def mark_peer_log_in_error(request: ScopedRequest, log_id: UUID) -> HttpResponse:
    """Mark a line of their own as entered in error."""
    log = get_visible_or_404(request, PeerLog.objects.newest_first(), within=WITHIN_SUPPORTED, pk=log_id)
    family = get_supported_family(request, log.support.family_id)
    submission = FormSubmission(request, kind="peer-log-in-error")
    form = EnteredInErrorForm(submission.data)
    done = submission.save_once(
        form,
        make=lambda: actions.mark_log_in_error(log=log, by=request.user, **form.cleaned_data),
        path_of=lambda made: reverse("supported-family", args=[family.pk]),
    )
    if done:
        return redirect_with_message(request, done, "The line is taken back.")
    return render_supporter_page(request, "peer_log_in_error", family, submission, form=form, log=log)


@policy.permission("support_families")
def raise_worry_page(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Raise a worry: the lead and the duty clinician are notified at once."""
    family = get_supported_family(request, family_id)
    submission = FormSubmission(request, kind="worry")
    form = WorryForm(submission.data)
    done = submission.save_once(
        form,
        make=lambda: actions.raise_worry(family=family, by=request.user, **form.cleaned_data),
        path_of=lambda alert: reverse("supported-family", args=[family.pk]),
    )
    if done:
        said = "Thank you for saying so. The duty clinician, and whoever leads the work, have been told."
        return redirect_with_message(request, done, said)
    return render_supporter_page(request, "worry", family, submission, form=form)
