"""The API of moves: offer a family, follow and answer, through the pages' own forms and actions."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from interventions.episodes.models import query_possible_leads
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.choices import MoveStatus
from pairs.families.models import Family, FamilyMove
from pairs.submissions.api import create_once
from reporting.dashboards.moves import actions
from reporting.dashboards.moves.forms import (
    AcceptMoveForm,
    CallBackMoveForm,
    DeclineMoveForm,
    OfferMoveForm,
    WithdrawMoveForm,
)
from reporting.dashboards.moves.rules import MAY_ANSWER, MAY_OFFER, MAY_OFFER_OR_ANSWER
from reporting.dashboards.moves.views import get_move_to_step, list_sites_to_offer


class MoveOut(serializers.ModelSerializer):
    """A move between sites, by the family's id and without names."""

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


OFFER_INPUT, ACCEPTANCE_INPUT = FormInput(form=OfferMoveForm), FormInput(form=AcceptMoveForm)
DECLINE_INPUT, WITHDRAWAL_INPUT, CALL_BACK_INPUT = (
    FormInput(form=DeclineMoveForm),
    FormInput(form=WithdrawMoveForm),
    FormInput(form=CallBackMoveForm),
)


def _serialize_move(request: Request, pk: UUID) -> ReturnDict:
    return MoveOut(get_visible_or_404(request._request, FamilyMove.objects.with_names(), pk=pk)).data


@policy.permission(*MAY_OFFER)
@extend_schema(request=build_input_serializer(OFFER_INPUT, "OfferMove"), responses=MoveOut)
@api_view(["GET", "POST"])
def list_or_offer_family_moves(request: Request, family_id: UUID) -> Response:
    """GET: the family's moves, newest first. POST: offer it to another site."""
    families = Family.objects.select_related("site")
    family = get_visible_or_404(request._request, families, pk=family_id, may=MAY_OFFER, by_grant=False)
    if request.method == "GET":
        rows = FamilyMove.objects.filter(family=family).with_names().order_by("-offered_at")
        return Response(MoveOut(list_visible(request._request, rows), many=True).data)
    form, _ = replace(OFFER_INPUT, kwargs={"sites": list_sites_to_offer(family)}).read(request.data)
    return create_once(
        request,
        kind="api-offer-move",
        make=lambda: actions.offer_move(family=family, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_move(request, pk),
    )


@policy.permission("read_families")
@extend_schema(responses=MoveOut(many=True))
@api_view(["GET"])
def list_moves_api(request: Request) -> Response:
    """Moves to and from the sites in scope, newest first, 50 a page (?page=2)."""
    newest = FamilyMove.objects.with_names().order_by("-offered_at", "id")
    page = get_visible_page(request._request, newest)
    return Response({"pages": page.paginator.num_pages, "results": MoveOut(page.object_list, many=True).data})


@policy.permission("read_families")
@extend_schema(responses=MoveOut)
@api_view(["GET"])
def show_move_api(request: Request, move_id: UUID) -> Response:
    """One move between sites, visible to staff at either site."""
    return Response(_serialize_move(request, move_id))


@policy.permission(*MAY_ANSWER)
@extend_schema(request=build_input_serializer(ACCEPTANCE_INPUT, "AcceptMove"), responses=MoveOut)
@api_view(["POST"])
def accept_move_api(request: Request, move_id: UUID) -> Response:
    """Accept the family with its open work: the new lead (user id), and until when both sites have access."""
    move = get_move_to_step(request._request, move_id, MoveStatus.ACCEPTED)
    sheet = replace(ACCEPTANCE_INPUT, kwargs={"leads": query_possible_leads(move.to_site_id)})
    return _take_move_step_once(request, move, sheet, actions.accept_move)


@policy.permission(*MAY_ANSWER)
@extend_schema(request=build_input_serializer(DECLINE_INPUT, "DeclineMove"), responses=MoveOut)
@api_view(["POST"])
def decline_move_api(request: Request, move_id: UUID) -> Response:
    """Decline the move, with a reason."""
    move = get_move_to_step(request._request, move_id, MoveStatus.DECLINED)
    return _take_move_step_once(request, move, DECLINE_INPUT, actions.decline_move)


@policy.permission(*MAY_OFFER)
@extend_schema(request=build_input_serializer(WITHDRAWAL_INPUT, "WithdrawMove"), responses=MoveOut)
@api_view(["POST"])
def withdraw_move_api(request: Request, move_id: UUID) -> Response:
    """Withdraw the offer."""
    move = get_move_to_step(request._request, move_id, MoveStatus.WITHDRAWN)
    return _take_move_step_once(request, move, WITHDRAWAL_INPUT, actions.withdraw_move)


@policy.permission(*MAY_OFFER_OR_ANSWER)
@extend_schema(request=build_input_serializer(CALL_BACK_INPUT, "CallBackMove"), responses=MoveOut)
@api_view(["POST"])
def call_back_move_api(request: Request, move_id: UUID) -> Response:
    """Reverse an accepted move. Changes made since then are kept."""
    move = get_move_to_step(request._request, move_id, MoveStatus.CALLED_BACK)
    return _take_move_step_once(request, move, CALL_BACK_INPUT, actions.call_back_move)


def _take_move_step_once(
    request: Request, move: FamilyMove, form_input: FormInput, act: Callable[..., Any]
) -> Response:
    form, _ = form_input.read(request.data)
    return create_once(
        request,
        kind=f"api-{act.__name__}",
        make=lambda: act(move=move, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_move(request, pk),
    )
