"""Pages of moves: those of my sites, those of one family, one move, and each step it may take."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import query_possible_leads
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.scope import Scope
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.banner import build_banner, get_family_name
from pairs.families.choices import MoveStatus
from pairs.families.models import Family, FamilyMove
from pairs.service.models import Site, SiteQuerySet
from pairs.submissions.form_submission import FormSubmission
from reporting.dashboards.moves import actions
from reporting.dashboards.moves.forms import (
    AcceptMoveForm,
    CallBackMoveForm,
    DeclineMoveForm,
    OfferMoveForm,
    WithdrawMoveForm,
)
from reporting.dashboards.moves.ledger import list_later_changes
from reporting.dashboards.moves.outstanding_work import (
    list_work_at_other_sites,
    query_open_alerts,
    query_open_episodes,
    query_open_hub_requests,
    query_open_referrals,
)
from reporting.dashboards.moves.rules import (
    MAY_OFFER,
    MAY_OFFER_OR_ANSWER,
    MOVE_TRANSITIONS,
    USUAL_HAND_OVER,
    get_step_permissions,
)

INCOMING, OUTGOING = "in", "out"


@policy.permission("read_families")
def list_moves(request: ScopedRequest) -> HttpResponse:
    """Families offered and handed over to my sites, or from them; those that wait for an answer first."""
    way = OUTGOING if request.GET.get("way") == OUTGOING else INCOMING
    site = "to_site__in" if way == INCOMING else "from_site__in"
    mine = FamilyMove.objects.filter(**{site: request.scope.sites("read_families")}).with_names()
    page = get_visible_page(request, mine.waiting_first())
    names = load_family_names(request, page)
    rows = [_build_move_row(move, names) for move in page]
    return render(request, "dashboards/moves.html", {"page": page, "rows": rows, "way": way})


def load_family_names(request: ScopedRequest, rows: Page) -> dict[UUID, str]:
    """{family id: its name} of those moves' families that the reader may open."""
    ids = [move.family_id for move in rows]
    families = Family.objects.with_people().visible_to(request.scope).filter(pk__in=ids)
    return {family.pk: get_family_name(family) for family in families}


def _build_move_row(move: FamilyMove, names: dict[UUID, str]) -> dict[str, Any]:
    return {"move": move, "name": names.get(move.family_id, "A family no longer in your care")}


@policy.permission(*MAY_OFFER)
def offer_family_move(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Where the family has been held, and the offer of it to another site."""
    families = Family.objects.with_people().select_related("site")
    family = get_visible_or_404(request, families, pk=family_id, may=MAY_OFFER, by_grant=False)
    submission = FormSubmission(request, kind="offer-move")
    form = OfferMoveForm(submission.data, sites=list_sites_to_offer(family))
    done = submission.save_once(
        form,
        make=lambda: actions.offer_move(family=family, by=request.user, **form.cleaned_data),
        path_of=_build_move_path,
    )
    if done:
        messages.success(
            request, "The family is offered. The other site has been told, and may read the record."
        )
        return redirect(done)
    past = list_visible(
        request, FamilyMove.objects.filter(family=family).with_names().order_by("-offered_at")
    )
    waiting = next((move for move in past if move.status == MoveStatus.OFFERED), None)
    context = {"past": past, "waiting": waiting, "goes_along": count_open_work(family)}
    return _render_move_page(request, "family_moves", family, submission, form=form, **context)


def list_sites_to_offer(family: Any) -> SiteQuerySet:
    """Every other site that is open."""
    return Site.objects.open_on(timezone.localdate()).exclude(pk=family.site_id)


def count_open_work(family: Any) -> list[tuple[str, int]]:
    """(words, how many) of the open work that moves with the family."""
    counted = (
        ("episode", query_open_episodes),
        ("referral", query_open_referrals),
        ("risk alert", query_open_alerts),
        ("hub question", query_open_hub_requests),
    )
    return [(words, rows(family).count()) for words, rows in counted]


def _build_move_path(move: FamilyMove) -> str:
    return reverse("move", args=[move.pk])


def _render_move_page(
    request: ScopedRequest, template: str, family: Any, submission: FormSubmission | None, **context: Any
) -> HttpResponse:
    """A page of one family's move. Whoever no longer reads the family sees the move without its people."""
    shared = {
        "family": family,
        "banner": build_banner(family) if family else None,
        "submission_token": submission.token if submission else None,
    }
    return render(request, f"dashboards/{template}.html", shared | context)


def _get_family_if_readable(request: ScopedRequest, move: Any) -> Family | None:
    families = Family.objects.with_people().visible_to(request.scope)
    return families.filter(pk=move.family_id).select_related("site").first()


@policy.permission("read_families")
def show_move(request: ScopedRequest, move_id: UUID) -> HttpResponse:
    """One move: from where to where, why, what became of it, and what one may do now."""
    move = get_visible_or_404(request, FamilyMove.objects.with_names(), pk=move_id)
    family = _get_family_if_readable(request, move)
    context = {
        "move": move,
        "steps": [step for step in MOVE_TRANSITIONS[move.status] if may_take_step(request.scope, move, step)],
        "goes_along": count_open_work(family) if family and move.status == MoveStatus.OFFERED else [],
        "stayed": _list_unreverted(family, move) if family else [],
        "references": move.family.infants.live().values_list("reference", flat=True).order_by("reference"),
    }
    return _render_move_page(request, "move", family, None, **context)


def _list_unreverted(family: Family, move: Any) -> list[str]:
    """What came later than a move that was called back: it stays as it is, in words."""
    if move.status != MoveStatus.CALLED_BACK:
        return []
    changed = [
        f"{row}: the {name} was changed after the move, and stays so"
        for row, name in list_later_changes(move.moved)
    ]
    return [f"{row} stays at {row.site}" for row in list_work_at_other_sites(family)] + changed


def may_take_step(scope: Scope, move: Any, step: str) -> bool:
    """May this person take the move a step further, at the site whose step it is?"""
    allowed = get_step_permissions(step, hand_over_until=move.hand_over_until, on=timezone.localdate())
    return any(scope.may(*names, at=getattr(move, f"{site}_id")) for site, names in allowed.items())


def get_move_to_step(request: ScopedRequest, move_id: UUID, step: str) -> Any:
    """The move in scope, for somebody who may take this step (else 403)."""
    move = get_visible_or_404(request, FamilyMove.objects.with_names(), pk=move_id)
    if not may_take_step(request.scope, move, step):
        raise PermissionDenied
    return move


@policy.permission("triage_referrals", "supervise")
def accept_offered_move(request: ScopedRequest, move_id: UUID) -> HttpResponse:
    """Take the family on: who leads, and until when both sites read."""
    move = get_move_to_step(request, move_id, MoveStatus.ACCEPTED)
    submission = FormSubmission(request, kind="accept-move")
    usual = {"hand_over_until": timezone.localdate() + USUAL_HAND_OVER}
    form = AcceptMoveForm(submission.data, leads=query_possible_leads(move.to_site_id), initial=usual)
    done = submission.save_once(
        form,
        make=lambda: actions.accept_move(move=move, by=request.user, **form.cleaned_data),
        path_of=_build_move_path,
    )
    if done or MoveStatus.ACCEPTED not in MOVE_TRANSITIONS[move.status]:
        _add_success_message(request, done, "The family is in this site's care now, with its open work.")
        return redirect(done or _build_move_path(move))
    family = _get_family_if_readable(request, move)
    context = {"form": form, "move": move, "goes_along": count_open_work(move.family)}
    return _render_move_page(request, "accept_move", family, submission, **context)


def _add_success_message(request: ScopedRequest, done: str | None, words: str) -> None:
    """What was done; nothing when another's step came first, which the move's page shows."""
    if done:
        messages.success(request, words)


@policy.permission("triage_referrals", "supervise")
def decline_offered_move(request: ScopedRequest, move_id: UUID) -> HttpResponse:
    """Say no, and why: the family stays where it is."""
    said = {
        "question": "Decline this family's move?",
        "consequences": [
            "the family stays with {from_site}, who hear why",
            "{to_site} no longer reads the record",
        ],
        "button": "Decline the move",
        "done": "The move is declined. Whoever offered it has been told.",
    }
    return _confirm_step(request, move_id, MoveStatus.DECLINED, DeclineMoveForm, actions.decline_move, said)


@policy.permission(*MAY_OFFER)
def withdraw_offered_move(request: ScopedRequest, move_id: UUID) -> HttpResponse:
    """Offer it no longer."""
    said = {
        "question": "Withdraw this offer?",
        "consequences": ["the family stays with {from_site}", "{to_site} no longer reads the record"],
        "button": "Withdraw the offer",
        "done": "The offer is withdrawn. The other site has been told.",
    }
    return _confirm_step(
        request, move_id, MoveStatus.WITHDRAWN, WithdrawMoveForm, actions.withdraw_move, said
    )


@policy.permission(*MAY_OFFER_OR_ANSWER)
def call_back_accepted_move(request: ScopedRequest, move_id: UUID) -> HttpResponse:
    """Undo a move that was wrong."""
    said = {
        "question": "Call this move back?",
        "consequences": [
            "the family and all that moved with it go back to {from_site}, to those who led before",
            "{to_site} no longer reads the record",
            "what {to_site} began since stays as it is; the next page lists it",
        ],
        "button": "Call the move back",
        "done": "The move is called back. Those who led before and since have been told.",
    }
    return _confirm_step(
        request, move_id, MoveStatus.CALLED_BACK, CallBackMoveForm, actions.call_back_move, said
    )


def _confirm_step(
    request: ScopedRequest,
    move_id: UUID,
    step: str,
    asked: type[Any],
    act: Callable[..., Any],
    said: dict[str, Any],
) -> HttpResponse:
    """One question with its reason, and the step: the same page for each that ends or undoes a move."""
    move = get_move_to_step(request, move_id, step)
    submission = FormSubmission(request, kind=f"{step}-move")
    form = asked(submission.data)
    done = submission.save_once(
        form, make=lambda: act(move=move, by=request.user, **form.cleaned_data), path_of=_build_move_path
    )
    if done or step not in MOVE_TRANSITIONS[move.status]:
        _add_success_message(request, done, said["done"])
        return redirect(done or _build_move_path(move))
    sites = {"from_site": move.from_site, "to_site": move.to_site}
    consequences = [words.format(**sites) for words in said["consequences"]]
    context = said | {"consequences": consequences, "form": form, "move": move}
    return _render_move_page(
        request, "answer_move", _get_family_if_readable(request, move), submission, **context
    )
