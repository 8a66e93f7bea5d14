"""The API of infants: pregnancies, births, details, losses and adoptions, through the pages' own forms."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.forms import model_to_dict
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404
from pairs.families import actions
from pairs.families.forms import (
    AdoptionForm,
    BirthDateForm,
    BirthFormSet,
    InfantDetailsForm,
    LossForm,
    NewPregnancyForm,
    UndoLossForm,
)
from pairs.families.models import Adoption, Family, Infant
from pairs.families.views.births import register_births_from_forms
from pairs.service.refusals import ActionRefused
from pairs.submissions.api import create_once


class InfantOut(serializers.ModelSerializer):
    class Meta:
        model = Infant
        fields = [
            "id", "reference", "given_name", "family_name", "said_as", "birth_date", "estimated_due_date",
            "nhs_number", "nhs_number_status", "sex", "ethnicity", "twin_order", "plurality", "carried_by",
            "birth_weight_grams", "gestation_weeks", "neonatal_stay", "home_on", "loss", "lost_on",
        ]  # fmt: skip


class AdoptionOut(serializers.ModelSerializer):
    """The new side alone: the pointer is read on governance's own page."""

    infant = serializers.UUIDField(source="new_infant_id")
    reference = serializers.CharField(source="new_infant.reference")
    family = serializers.UUIDField(source="new_infant.family_id")

    class Meta:
        model = Adoption
        fields = ["infant", "reference", "family", "adopted_on"]


PREGNANCY_INPUT = FormInput(form=NewPregnancyForm)
BIRTHS_INPUT = FormInput(form=BirthDateForm, formsets={"babies": BirthFormSet})
INFANT_DETAILS_INPUT = FormInput(form=InfantDetailsForm)
LOSS_INPUT = FormInput(form=LossForm)
UNDO_LOSS_INPUT = FormInput(form=UndoLossForm)
ADOPTION_INPUT = FormInput(form=AdoptionForm)


def _get_infant(request: Request, infant_id: UUID, *, may: str = "register_people") -> Any:
    """The baby in scope, with the right at its family's site."""
    found = get_visible_or_404(request._request, Infant.objects.all(), pk=infant_id)
    get_visible_or_404(request._request, Family.objects.all(), pk=found.family_id, may=may)
    return found


def _serialize_infant(request: Request, pk: UUID) -> ReturnDict:
    return InfantOut(get_visible_or_404(request._request, Infant.objects.all(), pk=pk)).data


def _record_once(request: Request, kind: str, make: Callable[..., Any]) -> Response:
    return create_once(request, kind=kind, make=make, show=lambda pk: _serialize_infant(request, pk))


@policy.permission("register_people")
@extend_schema(request=build_input_serializer(PREGNANCY_INPUT, "NewPregnancy"), responses=InfantOut)
@api_view(["POST"])
def record_pregnancy_api(request, family_id):
    """Record a pregnancy in a family: one infant for each baby; the first is returned."""
    family = get_visible_or_404(request._request, Family.objects.all(), pk=family_id, may="register_people")
    form, _ = replace(PREGNANCY_INPUT, kwargs={"family": family}).read(request.data)
    return _record_once(
        request,
        "api-pregnancy",
        lambda: actions.record_pregnancy(family=family, by=request.user, **form.cleaned_data),
    )


@policy.permission("read_families", PATCH="register_people")
@extend_schema(request=build_input_serializer(INFANT_DETAILS_INPUT, "InfantDetails"), responses=InfantOut)
@api_view(["GET", "PATCH"])
def show_or_update_infant(request: Request, infant_id: UUID) -> Response:
    """One infant. PATCH changes what is sent and leaves the rest."""
    if request.method == "PATCH":
        _update_infant_details(request, _get_infant(request, infant_id))
    return Response(_serialize_infant(request, infant_id))


def _update_infant_details(request: Request, infant: Infant) -> None:
    """An unborn baby has no details of a birth."""
    known = list(InfantDetailsForm.get_field_names(infant))
    sent = request.data if isinstance(request.data, dict) else {}
    too_early = sorted(set(map(str, sent)) & set(InfantDetailsForm.base_fields) - set(known))
    if too_early:
        raise ActionRefused(dict.fromkeys(too_early, "The birth is not registered yet."))
    sheet = replace(INFANT_DETAILS_INPUT, kwargs={"infant": infant})
    form = sheet.read_patch(model_to_dict(infant, known), request.data)
    actions.update_infant(infant=infant, by=request.user, **form.changes())


@policy.permission("register_people")
@extend_schema(request=build_input_serializer(BIRTHS_INPUT, "Births"), responses=InfantOut)
@api_view(["POST"])
def register_births_api(request: Request, infant_id: UUID) -> Response:
    """Register the births of a pregnancy; a baby without ``infant`` is one more than was known."""
    found = _get_infant(request, infant_id)
    form, formsets = BIRTHS_INPUT.read(request.data)
    return _record_once(
        request,
        "api-birth",
        lambda: register_births_from_forms(found, form, formsets["babies"], request.user),
    )


@policy.permission("register_people")
@extend_schema(request=None, responses=InfantOut)
@api_view(["POST"])
def add_baby_api(request, infant_id):
    """Add one more baby to this pregnancy than was known."""
    found = _get_infant(request, infant_id)
    return _record_once(request, "api-another-baby", lambda: actions.add_baby(infant=found, by=request.user))


@policy.permission("register_people")
@extend_schema(request=build_input_serializer(LOSS_INPUT, "Loss"), responses=InfantOut)
@api_view(["POST"])
def record_loss_api(request: Request, infant_id: UUID) -> Response:
    """Record a loss: everything automatic about this baby stops."""
    found = _get_infant(request, infant_id)
    form, _ = LOSS_INPUT.read(request.data)
    return _record_once(
        request,
        "api-loss",
        lambda: actions.record_loss(infant=found, by=request.user, **form.cleaned_data),
    )


@policy.permission("register_people")
@extend_schema(request=build_input_serializer(UNDO_LOSS_INPUT, "UndoLoss"), responses=InfantOut)
@api_view(["POST"])
def undo_loss_api(request: Request, infant_id: UUID) -> Response:
    """Undo a loss that was recorded by mistake. Nothing is sent."""
    found = _get_infant(request, infant_id)
    form, _ = UNDO_LOSS_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-loss-in-error",
        make=lambda: actions.undo_loss(infant=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_infant(request, infant_id),
    )


@policy.permission("govern_records")
@extend_schema(request=build_input_serializer(ADOPTION_INPUT, "RecordAdoption"), responses=AdoptionOut)
@api_view(["POST"])
def record_adoption_api(request, infant_id):
    """Seal the birth identity and open the child's new record; the new record is returned."""
    found = _get_infant(request, infant_id, may="govern_records")
    form, _ = ADOPTION_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-adoption",
        make=lambda: actions.record_adoption(infant=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_adoption(request, pk),
    )


def _serialize_adoption(request, pk):
    adoptions = Adoption.objects.select_related("new_infant")
    return AdoptionOut(get_visible_or_404(request._request, adoptions, within="including_sealed", pk=pk)).data
