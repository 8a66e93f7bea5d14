"""Pages of moves: those of my sites, those of one family, one move, and each step it may take."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from interventions.episodes.models import query_possible_leads
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.database.change_ledger import list_later_changes
from pairs.families.banner import build_banner
from pairs.families.choices import MoveStatus
from pairs.families.family_line import FamilyLine
from pairs.families.family_lines import describe_family
from pairs.families.models import Family, FamilyMove
from pairs.service.models import Site
from pairs.submissions.form_page import FormPage, PageOf
from pairs.web.formats import format_day_and_time
from reporting.dashboards.moves import record_forms
from reporting.dashboards.moves.outstanding_work import (
    list_work_at_other_sites,
    query_coming_visits,
    query_open_alerts,
    query_open_episodes,
    query_open_hub_requests,
    query_open_referrals,
)
from reporting.dashboards.moves.record_forms import may_take_step
from reporting.dashboards.moves.rules import MAY_ANSWER, MAY_OFFER, MAY_OFFER_OR_ANSWER, MOVE_TRANSITIONS

INCOMING, OUTGOING = "in", "out"


@policy.permission("read_families")
def list_moves(request: ScopedRequest) -> HttpResponse:
    """Families offered and handed over to my sites, or from them; those that wait for an answer first."""
    way = OUTGOING if request.GET.get("way") == OUTGOING else INCOMING
    site = "to_site__in" if way == INCOMING else "from_site__in"
    mine = FamilyMove.objects.filter(**{site: request.scope.sites("read_families")}).with_names()
    page = get_visible_page(request, mine.waiting_first())
    names = load_move_lines(request, page)
    rows = [_build_move_row(move, names) for move in page]
    return render(request, "dashboards/moves.html", {"page": page, "rows": rows, "way": way})


def load_move_lines(request: ScopedRequest, rows: Page) -> dict[UUID, FamilyLine]:
    """{family id: its line} of those moves' families that the reader may open."""
    ids = [move.family_id for move in rows]
    families = Family.objects.with_people().visible_to(request.scope).filter(pk__in=ids)
    return {family.pk: describe_family(family) for family in families}


def _build_move_row(move: FamilyMove, names: dict[UUID, FamilyLine]) -> dict[str, Any]:
    return {"move": move, "line": names.get(move.family_id, FamilyLine("A family no longer in your care"))}


@policy.permission(*MAY_OFFER)
class OfferMovePage(record_forms.OfferMove, FormPage):
    """Where the family has been held, and the offer of it to another site."""

    kind = "offer-move"
    template_name = "dashboards/family_moves.html"
    title = "Move to another site"
    button = "Offer the family"
    message = "Family offered. The other site has been told and can read the record."
    leads_to = PageOf("move", "made")
    back = PageOf("family", "record", "The family")

    def get_context(self, form: Any) -> dict[str, Any]:
        moves = FamilyMove.objects.filter(family=self.record).with_names().order_by("-offered_at")
        past = list_visible(self.request, moves)
        return {
            "family": self.record,
            "banner": build_banner(self.record),
            "past": past,
            "waiting": next((move for move in past if move.status == MoveStatus.OFFERED), None),
            "goes_along": count_open_work(self.record),
            "visits": list_visits_that_move(self.request, self.record),
        }


def count_open_work(family: Any) -> list[tuple[str, int]]:
    """(words, how many) of the open work that moves with the family."""
    counted = (
        ("episode", query_open_episodes),
        ("referral", query_open_referrals),
        ("risk alert", query_open_alerts),
        ("hub question", query_open_hub_requests),
    )
    return [(words, rows(family).count()) for words, rows in counted]


def list_visits_that_move(request: ScopedRequest, family: Family, to_site: Site | None = None) -> list[str]:
    """Each coming visit in words, with who goes once it is moved, and a room that is not the new site's."""
    visits = list_visible(request, query_coming_visits(family))
    there = set(query_possible_leads(to_site.pk).values_list("pk", flat=True)) if to_site else set()
    return [_describe_moving_visit(visit, to_site, there) for visit in visits]


def _describe_moving_visit(visit: Any, to_site: Site | None, there: set[UUID]) -> str:
    stays = not to_site or visit.practitioner_id in there
    goes = (
        f"with {visit.practitioner}"
        if stays
        else f"the new lead at {to_site} will go instead of {visit.practitioner}"
    )
    place = visit.place_words or visit.get_mechanism_display()
    where = place.lower() + _describe_room(visit, to_site)
    return f"{format_day_and_time(visit.starts_at)}, {where}: {goes}"


def _describe_room(visit: Any, to_site: Site | None) -> str:
    """Where it is booked; a room of another site stays booked until somebody chooses where the visit takes place."""
    if not visit.room:
        return ""
    booked = f", in {visit.room}, {visit.room.site}"
    if not to_site or visit.room.site_id == to_site.pk:
        return booked
    return f"{booked}, which is not at {to_site}: the practitioner will be asked to choose a new place"


def _get_move_path(move: FamilyMove) -> str:
    return reverse("move", args=[move.pk])


def _get_family_context(request: ScopedRequest, move: Any) -> dict[str, Any]:
    """The family and its banner. Whoever no longer reads the family sees the move without its people."""
    families = Family.objects.with_people().visible_to(request.scope).select_related("site")
    family = families.filter(pk=move.family_id).first()
    return {"family": family, "banner": build_banner(family) if family else None}


@policy.permission("read_families")
def show_move(request: ScopedRequest, move_id: UUID) -> HttpResponse:
    """One move: from where to where, why, what became of it, and what one may do now."""
    move = get_visible_or_404(request, FamilyMove.objects.with_names(), pk=move_id)
    known = _get_family_context(request, move)
    family = known["family"]
    context = known | {
        "move": move,
        "steps": [step for step in MOVE_TRANSITIONS[move.status] if may_take_step(request.scope, move, step)],
        "goes_along": count_open_work(family) if family and move.status == MoveStatus.OFFERED else [],
        "visits": list_visits_that_move(request, family, move.to_site) if family else [],
        "stayed": _list_unreverted(family, move) if family else [],
        "references": move.family.infants.live().values_list("reference", flat=True).order_by("reference"),
    }
    return render(request, "dashboards/move.html", context)


def _list_unreverted(family: Family, move: Any) -> list[str]:
    """What came later than a move that was called back: it stays as it is, in words."""
    if move.status != MoveStatus.CALLED_BACK:
        return []
    changed = [
        f"{row}: the {name} was changed after the move and is not reverted"
        for row, name in list_later_changes(move.moved)
    ]
    return [f"{row} stays at {row.site}" for row in list_work_at_other_sites(family)] + changed


class MoveStepPage(FormPage):
    """The question before a step of a move. Where another's step came first, the move's own page shows it."""

    step: ClassVar[str]
    back = PageOf("move", "record", "The move")

    def get_other_path(self) -> str:
        return "" if self.step in MOVE_TRANSITIONS[self.record.status] else _get_move_path(self.record)

    def get_consequences(self) -> Sequence[str]:
        sites = {"from_site": self.record.from_site, "to_site": self.record.to_site}
        return [words.format(**sites) for words in self.consequences]

    def get_context(self, form: Any) -> dict[str, Any]:
        return _get_family_context(self.request, self.record)


@policy.permission(*MAY_ANSWER)
class AcceptMovePage(record_forms.AcceptMove, MoveStepPage):
    """Take the family on: who leads, and until when both sites read."""

    template_name = "dashboards/accept_move.html"
    title = "Accept the family"
    button = "Accept the family"
    message = "Family accepted. This site now has the family and its open work."

    def get_text(self) -> list[str]:
        move = self.record
        return [f"From {move.from_site} to {move.to_site}, offered by {move.offered_by}."]

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {
            "goes_along": count_open_work(self.record.family),
            "visits": list_visits_that_move(self.request, self.record.family, self.record.to_site),
        }


@policy.permission(*MAY_ANSWER)
class DeclineMovePage(record_forms.DeclineMove, MoveStepPage):
    """Say no, and why: the family stays where it is."""

    kind = "declined-move"
    title = "Decline this family's move?"
    consequences = (
        "the family stays with {from_site}, who are told why",
        "{to_site} can no longer read the record",
    )
    button = "Decline the move"
    danger = True
    message = "Move declined. The person who offered it has been told."


@policy.permission(*MAY_OFFER)
class WithdrawMovePage(record_forms.WithdrawMove, MoveStepPage):
    """Offer it no longer."""

    kind = "withdrawn-move"
    title = "Withdraw this offer?"
    consequences = ("the family stays with {from_site}", "{to_site} can no longer read the record")
    button = "Withdraw the offer"
    danger = True
    message = "Offer withdrawn. The other site has been told."


@policy.permission(*MAY_OFFER_OR_ANSWER)
class CallBackMovePage(record_forms.CallBackMove, MoveStepPage):
    """Undo a move that was wrong."""

    kind = "called_back-move"
    title = "Reverse this move?"
    consequences = (
        "the family and everything that moved with it go back to {from_site} and the previous leads",
        "{to_site} can no longer read the record",
        "work {to_site} has started since does not move back; the next page lists it",
    )
    button = "Reverse the move"
    danger = True
    message = "Move reversed. The previous and current leads have been told."
