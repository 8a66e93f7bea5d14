"""What each form of moves is about and does, for pages and API alike."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.utils import timezone

from interventions.episodes.models import query_possible_leads
from pairs.access.scope import Scope
from pairs.access.visible_records import get_visible_or_404
from pairs.families.choices import MoveStatus
from pairs.families.models import Family, FamilyMove
from pairs.service.models import Site
from pairs.submissions.record_forms import RecordForm
from reporting.dashboards.moves import actions, forms
from reporting.dashboards.moves.rules import MAY_OFFER, USUAL_HAND_OVER, get_step_permissions


def may_take_step(scope: Scope, move: Any, step: str) -> bool:
    """May this person take the move a step further, at the site whose step it is?"""
    allowed = get_step_permissions(step, hand_over_until=move.hand_over_until, on=timezone.localdate())
    return any(scope.may(*names, at=getattr(move, f"{site}_id")) for site, names in allowed.items())


class OfferMove(RecordForm):
    """The offer of a family to another site that is open. A grant of this very family does not do."""

    form_class = forms.OfferMoveForm

    def get_records(self) -> QuerySet[Any]:
        return Family.objects.with_people().select_related("site")

    def get_record(self, may: Any) -> Family:
        """The family, by whoever may offer it: also to read of its moves."""
        return get_visible_or_404(
            self.request, self.get_records(), pk=self.record_id, may=MAY_OFFER, by_grant=False
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"sites": Site.objects.open_on(timezone.localdate()).exclude(pk=self.record.site_id)}

    def save(self, form: forms.OfferMoveForm) -> FamilyMove:
        return actions.offer_move(family=self.record, by=self.request.user, **form.cleaned_data)


class MoveStep(RecordForm):
    """One step of a move, by somebody who may take it (else 403)."""

    step: ClassVar[str]

    def get_records(self) -> QuerySet[Any]:
        return FamilyMove.objects.with_names()

    def get_record(self, may: Any) -> Any:
        move = super().get_record(None)
        if not may_take_step(self.request.scope, move, self.step):
            raise PermissionDenied
        return move

    def get_action_kwargs(self, form: Form) -> dict[str, Any]:
        return {"move": self.record, "by": self.request.user, **form.cleaned_data}


class AcceptMove(MoveStep):
    step, form_class = MoveStatus.ACCEPTED, forms.AcceptMoveForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"leads": query_possible_leads(self.record.to_site_id)}

    def get_initial(self) -> dict[str, Any]:
        return {"hand_over_until": timezone.localdate() + USUAL_HAND_OVER}

    def save(self, form: forms.AcceptMoveForm) -> FamilyMove:
        return actions.accept_move(**self.get_action_kwargs(form))


class DeclineMove(MoveStep):
    step, form_class = MoveStatus.DECLINED, forms.DeclineMoveForm

    def save(self, form: forms.DeclineMoveForm) -> FamilyMove:
        return actions.decline_move(**self.get_action_kwargs(form))


class WithdrawMove(MoveStep):
    step, form_class = MoveStatus.WITHDRAWN, forms.WithdrawMoveForm

    def save(self, form: forms.WithdrawMoveForm) -> FamilyMove:
        return actions.withdraw_move(**self.get_action_kwargs(form))


class CallBackMove(MoveStep):
    step, form_class = MoveStatus.CALLED_BACK, forms.CallBackMoveForm

    def save(self, form: forms.CallBackMoveForm) -> FamilyMove:
        return actions.call_back_move(**self.get_action_kwargs(form))
