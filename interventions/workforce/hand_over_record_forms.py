"""What the forms of hand-overs are about and do, for pages and API alike."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseFormSet, Form

from interventions.workforce import actions
from interventions.workforce.hand_over_forms import (
    END,
    HandedFormSet,
    HandOverForm,
    build_handed_formset,
    get_usual_choice,
)
from interventions.workforce.held_rows import HeldRow, list_held_rows
from interventions.workforce.models import HandOver
from pairs.access.scope import Scope
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.submissions.record_forms import RecordForm


class ColleagueLookup(RecordForm):
    """About a colleague at a site where one supervises, or about anybody for whoever keeps accounts."""

    within = "supervised_by"

    def get_records(self) -> QuerySet[Any]:
        return User.objects.all()

    @cached_property
    def held(self) -> list[HeldRow]:
        """What may be handed over by whoever asks."""
        return list_held_rows(self.record, self.request.scope)


class HandOverWork(ColleagueLookup):
    form_class = HandOverForm
    formset_classes = {"work": HandedFormSet}

    def get_formset_classes(self) -> dict[str, Any]:
        return {"work": build_handed_formset(self.held)}

    def get_formset_initial(self, name: str) -> list[dict[str, Any]]:
        return [{"what": each.key, "to": get_usual_choice(each)} for each in self.held]

    def list_given(self, work: BaseFormSet) -> list[tuple[HeldRow, User]]:
        """What goes to whom, by a valid form: not what ends, or stays."""
        rows = {row.cleaned_data["what"]: row.row for row in work.forms if row.cleaned_data}
        chosen = self._list_chosen([row.cleaned_data for row in work.forms if row.cleaned_data])
        return [(rows[key], to) for key, to in chosen.items() if to]

    @staticmethod
    def _list_chosen(given: list[dict[str, str]]) -> dict[str, User | None]:
        """{key of a row: who takes it, None where it ends}."""
        ids = {row["to"] for row in given} - {"", END}
        people = {str(each.pk): each for each in User.objects.with_permission(*TAKERS).filter(pk__in=ids)}
        return {row["what"]: people.get(row["to"]) for row in given if row["to"]}

    def save(self, form: HandOverForm, work: BaseFormSet) -> HandOver:
        given = [row.cleaned_data for row in work.forms if row.cleaned_data]
        chosen = self._list_chosen(given)
        numbers = {row["what"]: number for number, row in enumerate(given)}
        try:
            return actions.hand_over_work(
                leaver=self.record,
                chosen=chosen,
                by=self.request.user,
                scope=self.request.scope,
                **form.cleaned_data,
            )
        except ActionRefused as refused:
            places = {key: f"work.{numbers[key]}.to" if key in numbers else "" for key in refused.errors}
            raise ActionRefused({places[key]: said for key, said in refused.errors.items()}) from refused


TAKERS = ("write_records", "triage_referrals", "supervise")


def may_undo(scope: Scope, hand_over: HandOver) -> bool:
    """Whoever keeps accounts, or supervises at every site of which something was handed over."""
    return scope.may("manage_accounts") or hand_over.list_sites() <= set(scope.sites("supervise"))


class UndoHandOver(RecordForm):
    """By whoever may undo it (else 403)."""

    form_class = Form

    def get_records(self) -> QuerySet[Any]:
        return HandOver.objects.with_names()

    def get_record(self, may: Any) -> HandOver:
        hand_over = super().get_record(None)
        if not may_undo(self.request.scope, hand_over):
            raise PermissionDenied
        return hand_over

    def save(self, form: Form) -> HandOver:
        return actions.undo_hand_over(hand_over=self.record, by=self.request.user)
