"""The team's pages of peer support: who is linked and what they wrote, link a supporter, end a link."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from interventions.collaboration import actions
from interventions.collaboration.forms import EndPeerSupportForm, NewPeerSupporterForm
from interventions.collaboration.models import PeerLog, PeerSupport
from interventions.collaboration.record_pages import redirect_with_message, render_collaboration_page
from pairs.access import policy
from pairs.access.records import RecordQuerySet
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.access import get_family
from pairs.families.models import Caregiver, Family
from pairs.submissions.form_submission import FormSubmission


def get_peer_support_path(link: PeerSupport) -> str:
    return reverse("peer-support", args=[link.family_id])


@policy.permission("read_families", "govern_records")
def show_peer_support(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Show current and past peer supporters of the family, and their newest log lines."""
    family = get_family(request, family_id)
    links = list_visible(request, PeerSupport.objects.filter(family=family).with_people())
    log = get_visible_page(
        request, PeerLog.objects.filter(support__family=family).newest_first(), per_page=30
    )
    may_link = request.scope.may("write_records", at=family.site_id)
    return render_collaboration_page(request, "peer_support", family, links=links, log=log, may_link=may_link)


def get_family_at_own_site(request: ScopedRequest, family_id: UUID) -> Any:
    """The family, for a user who may write records at its own site; access by a grant is not enough."""
    rows = Family.objects.with_people().select_related("site")
    return get_visible_or_404(request, rows, pk=family_id, may="write_records", by_grant=False)


def query_family_carers(request: ScopedRequest, family: Family) -> RecordQuerySet:
    """The family's carers, as the form offers them."""
    ids = {dyad.caregiver_id for dyad in family.dyads.all()}
    return Caregiver.objects.visible_to(request.scope).filter(pk__in=ids).order_by("given_name", "id")


@policy.permission("write_records")
def add_peer_supporter(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Link a peer supporter, as the family agreed: at any time, before an episode too."""
    family = get_family_at_own_site(request, family_id)
    submission = FormSubmission(request, kind="new-peer-supporter")
    usual = {"agreed_on": timezone.localdate()}
    form = NewPeerSupporterForm(submission.data, carers=query_family_carers(request, family), initial=usual)
    done = submission.save_once(
        form,
        make=lambda: actions.link_peer_supporter(family=family, by=request.user, **form.cleaned_data),
        path_of=get_peer_support_path,
    )
    if done:
        return redirect_with_message(
            request, done, "The peer supporter is linked. The family is on their list now."
        )
    return render_collaboration_page(request, "new_peer_supporter", family, submission, form=form)


def get_editable_peer_link(request: ScopedRequest, peer_id: UUID) -> Any:
    """The link, for a user who may write records at the site that holds the family."""
    rows = PeerSupport.objects.with_people().select_related("family")
    return get_visible_or_404(request, rows, pk=peer_id, may="write_records", by_grant=False)


@policy.permission("write_records")
def end_peer_support_page(request: ScopedRequest, peer_id: UUID) -> HttpResponse:
    """End the link: their access ends with it."""
    link = get_editable_peer_link(request, peer_id)
    family = get_family(request, link.family_id)
    submission = FormSubmission(request, kind="peer-ending")
    form = EndPeerSupportForm(submission.data)
    done = submission.save_once(
        form,
        make=lambda: actions.end_peer_support(link=link, by=request.user, **form.cleaned_data),
        path_of=get_peer_support_path,
    )
    if done:
        return redirect_with_message(
            request, done, "The link has ended. They no longer see anything of the family."
        )
    return render_collaboration_page(request, "peer_ending", family, submission, form=form, link=link)
