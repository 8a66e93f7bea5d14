"""Pages of moves: those of my sites, those of one family, one move, and each step it may take."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import leads_at
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list, fetch_page
from pairs.families.banner import banner_of, family_name
from pairs.families.models import Family, FamilyMove
from pairs.service.models import Site
from pairs.submissions.typed import Typed
from reporting.desk.moves import actions
from reporting.desk.moves.forms import AcceptMove, CallBackMove, DeclineMove, OfferMove, WithdrawMove
from reporting.desk.moves.ledger import changed_since
from reporting.desk.moves.open_work import (
    elsewhere,
    open_alerts,
    open_asks,
    open_episodes,
    open_referrals,
)
from reporting.desk.moves.rules import EITHER, MAY_OFFER, STEPS, USUAL_HAND_OVER, who_may

IN, OUT = "in", "out"


@policy.permission("read_families")
def moves(request):
    """Families offered and handed over to my sites, or from them; those that wait for an answer first."""
    way = OUT if request.GET.get("way") == OUT else IN
    site = "to_site__in" if way == IN else "from_site__in"
    mine = FamilyMove.objects.filter(**{site: request.scope.sites("read_families")}).with_names()
    page = fetch_page(request, mine.waiting_first())
    names = names_of(request, page)
    rows = [_row(move, names) for move in page]
    return render(request, "desk/moves.html", {"page": page, "rows": rows, "way": way})


def names_of(request, rows):
    """{family id: its name} of those moves' families that the reader may open."""
    ids = [move.family_id for move in rows]
    families = Family.objects.with_people().visible_to(request.scope).filter(pk__in=ids)
    return {family.pk: family_name(family) for family in families}


def _row(move, names):
    return {"move": move, "name": names.get(move.family_id, "A family no longer in your care")}


@policy.permission(*MAY_OFFER)
def family_moves(request, family_id):
    """Where the family has been held, and the offer of it to another site."""
    families = Family.objects.with_people().select_related("site")
    family = fetch(request, families, pk=family_id, may=MAY_OFFER, by_grant=False)
    typed = Typed(request, kind="offer-move")
    form = OfferMove(typed.data, sites=sites_to_offer(family))
    done = typed.submitted(
        form,
        make=lambda: actions.offer_move(family=family, by=request.user, **form.cleaned_data),
        path_of=_page_of,
    )
    if done:
        messages.success(
            request, "The family is offered. The other site has been told, and may read the record."
        )
        return redirect(done)
    past = fetch_list(request, FamilyMove.objects.filter(family=family).with_names().order_by("-offered_at"))
    waiting = next((move for move in past if move.status == FamilyMove.OFFERED), None)
    context = {"past": past, "waiting": waiting, "goes_along": goes_along(family)}
    return _page(request, "family_moves", family, typed, form=form, **context)


def sites_to_offer(family):
    """Every other site that is open."""
    return Site.objects.open_on(timezone.localdate()).exclude(pk=family.site_id)


def goes_along(family):
    """(words, how many) of the open work that moves with the family."""
    counted = (
        ("episode", open_episodes),
        ("referral", open_referrals),
        ("risk alert", open_alerts),
        ("hub question", open_asks),
    )
    return [(words, rows(family).count()) for words, rows in counted]


def _page_of(move):
    return reverse("move", args=[move.pk])


def _page(request, template, family, typed, **context):
    """A page of one family's move. Whoever no longer reads the family sees the move without its people."""
    shared = {
        "family": family,
        "banner": banner_of(family) if family else None,
        "submission_token": typed.token if typed else None,
    }
    return render(request, f"desk/{template}.html", shared | context)


def _family_if_read(request, move):
    families = Family.objects.with_people().visible_to(request.scope)
    return families.filter(pk=move.family_id).select_related("site").first()


@policy.permission("read_families")
def move(request, move_id):
    """One move: from where to where, why, what became of it, and what one may do now."""
    move = fetch(request, FamilyMove.objects.with_names(), pk=move_id)
    family = _family_if_read(request, move)
    context = {
        "move": move,
        "steps": [step for step in STEPS[move.status] if may_take(request.scope, move, step)],
        "goes_along": goes_along(family) if family and move.status == FamilyMove.OFFERED else [],
        "stayed": _stayed(family, move) if family else [],
        "references": move.family.infants.live().values_list("reference", flat=True).order_by("reference"),
    }
    return _page(request, "move", family, None, **context)


def _stayed(family, move):
    """What came later than a move that was called back: it stays as it is, in words."""
    if move.status != FamilyMove.CALLED_BACK:
        return []
    changed = [
        f"{row}: the {name} was changed after the move, and stays so"
        for row, name in changed_since(move.moved)
    ]
    return [f"{row} stays at {row.site}" for row in elsewhere(family)] + changed


def may_take(scope, move, step):
    """May this person take the move a step further, at the site whose step it is?"""
    allowed = who_may(step, hand_over_until=move.hand_over_until, on=timezone.localdate())
    return any(scope.may(*names, at=getattr(move, f"{site}_id")) for site, names in allowed.items())


def move_to_step(request, move_id, step):
    """The move in scope, for somebody who may take this step (else 403)."""
    move = fetch(request, FamilyMove.objects.with_names(), pk=move_id)
    if not may_take(request.scope, move, step):
        raise PermissionDenied
    return move


@policy.permission("triage_referrals", "supervise")
def accept(request, move_id):
    """Take the family on: who leads, and until when both sites read."""
    move = move_to_step(request, move_id, FamilyMove.ACCEPTED)
    typed = Typed(request, kind="accept-move")
    usual = {"hand_over_until": timezone.localdate() + USUAL_HAND_OVER}
    form = AcceptMove(typed.data, leads=leads_at(move.to_site_id), initial=usual)
    done = typed.submitted(
        form,
        make=lambda: actions.accept_move(move=move, by=request.user, **form.cleaned_data),
        path_of=_page_of,
    )
    if done or FamilyMove.ACCEPTED not in STEPS[move.status]:
        _say(request, done, "The family is in this site's care now, with its open work.")
        return redirect(done or _page_of(move))
    family = _family_if_read(request, move)
    context = {"form": form, "move": move, "goes_along": goes_along(move.family)}
    return _page(request, "accept_move", family, typed, **context)


def _say(request, done, words):
    """What was done; nothing when another's step came first, which the move's page shows."""
    if done:
        messages.success(request, words)


@policy.permission("triage_referrals", "supervise")
def decline(request, move_id):
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
    return _question(request, move_id, FamilyMove.DECLINED, DeclineMove, actions.decline_move, said)


@policy.permission(*MAY_OFFER)
def withdraw(request, move_id):
    """Offer it no longer."""
    said = {
        "question": "Withdraw this offer?",
        "consequences": ["the family stays with {from_site}", "{to_site} no longer reads the record"],
        "button": "Withdraw the offer",
        "done": "The offer is withdrawn. The other site has been told.",
    }
    return _question(request, move_id, FamilyMove.WITHDRAWN, WithdrawMove, actions.withdraw_move, said)


@policy.permission(*EITHER)
def call_back(request, move_id):
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
    return _question(request, move_id, FamilyMove.CALLED_BACK, CallBackMove, actions.call_back_move, said)


def _question(request, move_id, step, asked, act, said):
    """One question with its reason, and the step: the same page for each that ends or undoes a move."""
    move = move_to_step(request, move_id, step)
    typed = Typed(request, kind=f"{step}-move")
    form = asked(typed.data)
    done = typed.submitted(
        form, make=lambda: act(move=move, by=request.user, **form.cleaned_data), path_of=_page_of
    )
    if done or step not in STEPS[move.status]:
        _say(request, done, said["done"])
        return redirect(done or _page_of(move))
    sites = {"from_site": move.from_site, "to_site": move.to_site}
    consequences = [words.format(**sites) for words in said["consequences"]]
    context = said | {"consequences": consequences, "form": form, "move": move}
    return _page(request, "answer_move", _family_if_read(request, move), typed, **context)
