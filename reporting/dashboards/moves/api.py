"""The API of moves: offer a family, follow and answer, through the pages' own forms and actions."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ActionApi, ApiView, ListApi, RecordApi
from pairs.families.models import Family, FamilyMove
from reporting.dashboards.moves import record_forms
from reporting.dashboards.moves.rules import MAY_ANSWER, MAY_OFFER, MAY_OFFER_OR_ANSWER


class MoveOut(serializers.ModelSerializer):
    """A move between sites, by the family's id and without names."""

    from_site = serializers.SlugRelatedField(slug_field="code", read_only=True)
    to_site = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = FamilyMove
        fields = [
            "id", "family", "from_site", "to_site", "status", "reason", "offered_by", "offered_at",
            "answered_by", "answered_at", "answer", "lead", "hand_over_until", "called_back_at",
        ]  # fmt: skip


class MoveApi(ApiView):
    """One that answers a move, or moves."""

    serializer_class = MoveOut

    def get_shown_records(self) -> QuerySet[Any]:
        return FamilyMove.objects.select_related("from_site", "to_site")


@policy.permission(*MAY_OFFER)
class FamilyMoveList(record_forms.OfferMove, MoveApi, ListApi):
    """GET: the family's moves, newest first. POST: offer it to another site."""

    def get_records(self) -> QuerySet[Any]:
        return Family.objects.select_related("site")

    def get_rows(self) -> QuerySet[Any]:
        return self.get_shown_records().filter(family=self.record).order_by("-offered_at", "id")


@policy.permission("read_families")
class MoveList(MoveApi, ListApi):
    """Moves to and from your sites, newest first."""

    def get_rows(self) -> QuerySet[Any]:
        return self.get_shown_records().order_by("-offered_at", "id")


@policy.permission("read_families")
class MoveDetail(MoveApi, RecordApi):
    """One move between sites, visible to staff at either site."""

    def get_records(self) -> QuerySet[Any]:
        return self.get_shown_records()


@policy.permission(*MAY_ANSWER)
class MoveAcceptance(record_forms.AcceptMove, MoveApi, ActionApi):
    """Accept the family with its open work: who leads, and until when both sites have access."""


@policy.permission(*MAY_ANSWER)
class MoveDeclining(record_forms.DeclineMove, MoveApi, ActionApi):
    """Decline the move, with a reason."""


@policy.permission(*MAY_OFFER)
class MoveWithdrawal(record_forms.WithdrawMove, MoveApi, ActionApi):
    """Withdraw the offer."""


@policy.permission(*MAY_OFFER_OR_ANSWER)
class MoveUndoing(record_forms.CallBackMove, MoveApi, ActionApi):
    """Undo an accepted move. Changes made since then are kept."""
