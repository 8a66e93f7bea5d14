"""Referrals by professionals with an account."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pairs.access import policy
from pairs.access.batch_query import Query, parse_datetime, run_queries
from pairs.access.requests import ScopedRequest
from pairs.access.scope import Scope, TemplateScope
from pairs.access.visible_records import get_visible_or_404
from pairs.submissions.actions import parse_token
from pairs.submissions.kept_posts import titled
from referrals.actions import make_referral
from referrals.actions.consultations import link_consultation_to_referral
from referrals.draft import DraftAuthor, get_asker_initial, list_unsent_drafts
from referrals.models import Consultation, Referral
from referrals.referrer_progress import load_referrer_views
from referrals.rules.choices import EntryPoint
from referrals.views.draft_pages import check_draft, edit_draft_page, render_first_page

DRAFTS_SHOWN = 10


def _build_professional_author(request: ScopedRequest, token: uuid.UUID) -> DraftAuthor:
    """The professional who is signed in."""
    return DraftAuthor(
        entry_point=EntryPoint.PROFESSIONAL,
        kind="refer",
        draft_id=token,
        user=request.user,
        home=reverse("my-referrals"),
        address=lambda slug: _build_referral_page_path(token, slug),
        make=lambda details: _submit_professional_referral(request, token, details),
        after=lambda referral: reverse("referral-sent", args=[referral.pk]),
        autosave=reverse("autosave", args=[token]),
        consult=reverse("new-consultation"),
        carried=_read_source_consultation(request),
        known=get_asker_initial(request.user),
    )


def _read_source_consultation(request: ScopedRequest) -> dict[str, str]:
    """The consultation that leads here, by ``?consultation=``."""
    pk = parse_token(request.GET.get("consultation"))
    return {"consultation": str(pk)} if pk else {}


def _submit_professional_referral(
    request: ScopedRequest, token: uuid.UUID, details: dict[str, Any]
) -> Referral:
    """The referral; where it comes of a consultation of their own, the two are joined."""
    referral = make_referral(by=request.user, entry_point=EntryPoint.PROFESSIONAL, **details)
    draft = list_unsent_drafts(request.scope).get(pk=token)
    pk = parse_token("".join(draft.data["permission"].get("consultation", ())))
    asked = Consultation.objects.made_by(request.scope).filter(pk=pk, asked_by=request.user).first()
    if asked:
        link_consultation_to_referral(consultation=asked, referral=referral)
    return referral


def _build_referral_page_path(token: uuid.UUID, slug: str) -> str:
    return (
        reverse("refer-check", args=[token]) if slug == "check" else reverse("refer-page", args=[token, slug])
    )


@policy.permission("make_referrals")
def start_referral(request: ScopedRequest) -> HttpResponse:
    """Before you start; and drafts to go on with."""
    return render_first_page(
        request, _build_professional_author(request, uuid.uuid4()), drafts=list_draft_links(request)
    )


def list_draft_links(request: ScopedRequest) -> list[dict[str, Any]]:
    """Addresses and days of what this person has begun and not sent."""
    return list(map(present_draft, run_queries([build_drafts_query(request.scope)])))


def build_drafts_query(scope: Scope | TemplateScope) -> Query:
    """The newest of them: rows for ``present_draft``."""
    return Query(list_unsent_drafts(scope)[:DRAFTS_SHOWN], {"id": "id", "path": "path", "at": "updated_at"})


def present_draft(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "href": row["path"] or _build_referral_page_path(uuid.UUID(row["id"]), "permission"),
        "on": parse_datetime(row["at"]),
    }


@titled("Refer a family")
@policy.permission("make_referrals")
def edit_referral_page(request: ScopedRequest, token: uuid.UUID, slug: str) -> HttpResponse:
    """One page of a referral that is being written."""
    return edit_draft_page(request, _build_professional_author(request, token), slug)


@titled("Refer a family")
@policy.permission("make_referrals")
def check_referral(request: ScopedRequest, token: uuid.UUID) -> HttpResponse:
    """Check your answers; then send."""
    return check_draft(request, _build_professional_author(request, token))


@policy.permission("make_referrals")
def show_referral_sent(request: ScopedRequest, referral_id: uuid.UUID) -> HttpResponse:
    """It has arrived: the reference, and what happens next by when."""
    referral = get_visible_or_404(
        request, Referral.objects.select_related("site", "lead"), pk=referral_id, within="made_by"
    )
    view = load_referrer_views(request.user, [referral])[referral.pk]
    return render(request, "referrals/sent.html", {"referral": referral, "view": view})
