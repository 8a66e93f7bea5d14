"""The API of infants: pregnancies, births, details, losses and adoptions, through the pages' own forms."""

from dataclasses import replace

from django.forms import model_to_dict
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch
from pairs.families import actions
from pairs.families.forms import (
    BirthFormSet,
    Births,
    InfantDetails,
    Loss,
    NewPregnancy,
    RecordAdoption,
    UndoLoss,
)
from pairs.families.models import Adoption, Family, Infant
from pairs.families.views.births import births_from
from pairs.service.refusals import Refused
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


PREGNANCY = Sheet(form=NewPregnancy)
BIRTH = Sheet(form=Births, formsets={"babies": BirthFormSet})
DETAILS = Sheet(form=InfantDetails)
LOSS = Sheet(form=Loss)
UNDOING = Sheet(form=UndoLoss)
ADOPTION = Sheet(form=RecordAdoption)


def _infant(request, infant_id, *, may="register_people"):
    """The baby in scope, with the right at its family's site."""
    found = fetch(request._request, Infant.objects.all(), pk=infant_id)
    fetch(request._request, Family.objects.all(), pk=found.family_id, may=may)
    return found


def _shown(request, pk):
    return InfantOut(fetch(request._request, Infant.objects.all(), pk=pk)).data


def _recorded(request, kind, make):
    return create_once(request, kind=kind, make=make, show=lambda pk: _shown(request, pk))


@policy.permission("register_people")
@extend_schema(request=schema_of(PREGNANCY, "NewPregnancy"), responses=InfantOut)
@api_view(["POST"])
def pregnancies(request, family_id):
    """A pregnancy in a family: one infant for each baby; the first is answered."""
    family = fetch(request._request, Family.objects.all(), pk=family_id, may="register_people")
    form, _ = replace(PREGNANCY, kwargs={"family": family}).read(request.data)
    return _recorded(
        request,
        "api-pregnancy",
        lambda: actions.record_pregnancy(family=family, by=request.user, **form.cleaned_data),
    )


@policy.permission("read_families", PATCH="register_people")
@extend_schema(request=schema_of(DETAILS, "InfantDetails"), responses=InfantOut)
@api_view(["GET", "PATCH"])
def infant(request, infant_id):
    """One infant. PATCH changes what is sent and leaves the rest."""
    if request.method == "PATCH":
        _put_right(request, _infant(request, infant_id))
    return Response(_shown(request, infant_id))


def _put_right(request, infant):
    """An unborn baby has no details of a birth."""
    known = list(InfantDetails.names_for(infant))
    sent = request.data if isinstance(request.data, dict) else {}
    too_early = sorted(set(map(str, sent)) & set(InfantDetails.base_fields) - set(known))
    if too_early:
        raise Refused(dict.fromkeys(too_early, "The birth is not registered yet."))
    sheet = replace(DETAILS, kwargs={"infant": infant})
    form = sheet.read_over(model_to_dict(infant, known), request.data)
    actions.change_infant(infant=infant, by=request.user, **form.changes())


@policy.permission("register_people")
@extend_schema(request=schema_of(BIRTH, "Births"), responses=InfantOut)
@api_view(["POST"])
def birth(request, infant_id):
    """Register the births of a pregnancy; a baby without ``infant`` is one more than was known."""
    found = _infant(request, infant_id)
    form, formsets = BIRTH.read(request.data)
    return _recorded(request, "api-birth", lambda: births_from(found, form, formsets["babies"], request.user))


@policy.permission("register_people")
@extend_schema(request=None, responses=InfantOut)
@api_view(["POST"])
def another_baby(request, infant_id):
    """One more baby in this pregnancy than was known."""
    found = _infant(request, infant_id)
    return _recorded(request, "api-another-baby", lambda: actions.add_baby(infant=found, by=request.user))


@policy.permission("register_people")
@extend_schema(request=schema_of(LOSS, "Loss"), responses=InfantOut)
@api_view(["POST"])
def loss(request, infant_id):
    """Record a loss: everything automatic about this baby stops."""
    found = _infant(request, infant_id)
    form, _ = LOSS.read(request.data)
    return _recorded(
        request,
        "api-loss",
        lambda: actions.record_loss(infant=found, by=request.user, **form.cleaned_data),
    )


@policy.permission("register_people")
@extend_schema(request=schema_of(UNDOING, "UndoLoss"), responses=InfantOut)
@api_view(["POST"])
def loss_in_error(request, infant_id):
    """Take back a loss that was recorded by mistake. Nothing is sent."""
    found = _infant(request, infant_id)
    form, _ = UNDOING.read(request.data)
    return create_once(
        request,
        kind="api-loss-in-error",
        make=lambda: actions.undo_loss(infant=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, infant_id),
    )


@policy.permission("govern_records")
@extend_schema(request=schema_of(ADOPTION, "RecordAdoption"), responses=AdoptionOut)
@api_view(["POST"])
def adoption(request, infant_id):
    """Seal the birth identity and open the child's new record; the new side is answered."""
    found = _infant(request, infant_id, may="govern_records")
    form, _ = ADOPTION.read(request.data)
    return create_once(
        request,
        kind="api-adoption",
        make=lambda: actions.record_adoption(infant=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _adopted(request, pk),
    )


def _adopted(request, pk):
    adoptions = Adoption.objects.select_related("new_infant")
    return AdoptionOut(fetch(request._request, adoptions, within="including_sealed", pk=pk)).data
