"""The API of moves: offer a family, follow and answer, through the pages' own forms and actions."""

from dataclasses import replace

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.episodes.models import leads_at
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_list, fetch_page
from pairs.families.models import Family, FamilyMove
from pairs.submissions.api import create_once
from reporting.desk.moves import actions
from reporting.desk.moves.forms import AcceptMove, CallBackMove, DeclineMove, OfferMove, WithdrawMove
from reporting.desk.moves.rules import EITHER, MAY_ANSWER, MAY_OFFER
from reporting.desk.moves.views import move_to_step, sites_to_offer


class MoveOut(serializers.ModelSerializer):
    """A move without a name: the family's id opens it, for those who may."""

    from_site = serializers.SlugRelatedField(slug_field="code", read_only=True)
    to_site = serializers.SlugRelatedField(slug_field="code", read_only=True)
    offered_by = serializers.CharField(source="offered_by.username")
    answered_by = serializers.CharField(source="answered_by.username", default=None)
    lead = serializers.CharField(source="lead.username", default=None)

    class Meta:
        model = FamilyMove
        fields = [
            "id", "family", "from_site", "to_site", "status", "reason", "offered_by", "offered_at",
            "answered_by", "answered_at", "answer", "lead", "hand_over_until", "called_back_at",
        ]  # fmt: skip


OFFER, ACCEPTANCE = Sheet(form=OfferMove), Sheet(form=AcceptMove)
DECLINE, WITHDRAWAL, CALL_BACK = Sheet(form=DeclineMove), Sheet(form=WithdrawMove), Sheet(form=CallBackMove)


def _shown(request, pk):
    return MoveOut(fetch(request._request, FamilyMove.objects.with_names(), pk=pk)).data


@policy.permission(*MAY_OFFER)
@extend_schema(request=schema_of(OFFER, "OfferMove"), responses=MoveOut)
@api_view(["GET", "POST"])
def family_moves(request, family_id):
    """GET: the family's moves, newest first. POST: offer it to another site."""
    families = Family.objects.select_related("site")
    family = fetch(request._request, families, pk=family_id, may=MAY_OFFER, by_grant=False)
    if request.method == "GET":
        rows = FamilyMove.objects.filter(family=family).with_names().order_by("-offered_at")
        return Response(MoveOut(fetch_list(request._request, rows), many=True).data)
    form, _ = replace(OFFER, kwargs={"sites": sites_to_offer(family)}).read(request.data)
    return create_once(
        request,
        kind="api-offer-move",
        make=lambda: actions.offer_move(family=family, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, pk),
    )


@policy.permission("read_families")
@extend_schema(responses=MoveOut(many=True))
@api_view(["GET"])
def moves(request):
    """Moves to and from the sites in scope, newest first, 50 a page (?page=2)."""
    newest = FamilyMove.objects.with_names().order_by("-offered_at", "id")
    page = fetch_page(request._request, newest)
    return Response({"pages": page.paginator.num_pages, "results": MoveOut(page.object_list, many=True).data})


@policy.permission("read_families")
@extend_schema(responses=MoveOut)
@api_view(["GET"])
def move(request, move_id):
    """One move, at both of its sites."""
    return Response(_shown(request, move_id))


@policy.permission(*MAY_ANSWER)
@extend_schema(request=schema_of(ACCEPTANCE, "AcceptMove"), responses=MoveOut)
@api_view(["POST"])
def acceptance(request, move_id):
    """Take the family on with its open work: who leads (id), and the last day on which both sites read."""
    move = move_to_step(request._request, move_id, FamilyMove.ACCEPTED)
    sheet = replace(ACCEPTANCE, kwargs={"leads": leads_at(move.to_site_id)})
    return _step(request, move, sheet, actions.accept_move)


@policy.permission(*MAY_ANSWER)
@extend_schema(request=schema_of(DECLINE, "DeclineMove"), responses=MoveOut)
@api_view(["POST"])
def decline(request, move_id):
    """Say no, and why."""
    move = move_to_step(request._request, move_id, FamilyMove.DECLINED)
    return _step(request, move, DECLINE, actions.decline_move)


@policy.permission(*MAY_OFFER)
@extend_schema(request=schema_of(WITHDRAWAL, "WithdrawMove"), responses=MoveOut)
@api_view(["POST"])
def withdrawal(request, move_id):
    """Offer it no longer."""
    move = move_to_step(request._request, move_id, FamilyMove.WITHDRAWN)
    return _step(request, move, WITHDRAWAL, actions.withdraw_move)


@policy.permission(*EITHER)
@extend_schema(request=schema_of(CALL_BACK, "CallBackMove"), responses=MoveOut)
@api_view(["POST"])
def call_back(request, move_id):
    """Undo a wrong move. What came later stays."""
    move = move_to_step(request._request, move_id, FamilyMove.CALLED_BACK)
    return _step(request, move, CALL_BACK, actions.call_back_move)


def _step(request, move, sheet, act):
    form, _ = sheet.read(request.data)
    return create_once(
        request,
        kind=f"api-{act.__name__}",
        make=lambda: act(move=move, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, pk),
    )
