"""The API of carers, their dyads and everybody's addresses: the pages' own forms and actions."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.families.actions import add_address, update_caregiver, update_dyad
from pairs.families.choices import AddressKind
from pairs.families.forms import (
    CompleteCarerForm,
    DyadForm,
    NewAddressInputForm,
    NewCarerInputForm,
    RelationshipFormSet,
)
from pairs.families.models import Address, Caregiver, Dyad, Family, Infant
from pairs.families.presenters import list_address_lines
from pairs.families.views.carers import add_caregiver_from_forms, build_record_initial, get_ticked_groups
from pairs.service.refusals import ActionRefused
from pairs.submissions.actions import parse_token
from pairs.submissions.api import create_once

NEW_CAREGIVER_INPUT = FormInput(form=NewCarerInputForm, formsets={"dyads": RelationshipFormSet})
CAREGIVER_INPUT = FormInput(form=CompleteCarerForm)
DYAD_INPUT = FormInput(form=DyadForm)
NEW_ADDRESS_INPUT = FormInput(form=NewAddressInputForm)


class CaregiverOut(serializers.ModelSerializer):
    exclusion_groups = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)

    class Meta:
        model = Caregiver
        fields = [
            "id", "family", "given_name", "family_name", "said_as", "birth_date", "died_on", "nhs_number", "ethnicity",
            "gender", "phone", "email", "safe_contact", "may_call", "may_text", "may_leave_message", "may_email",
            "may_post", "language", "needs_interpreter", "communication_needs", "access_needs", "disability",
            "disability_details", "care_experienced", "exclusion_groups",
        ]  # fmt: skip


class WholeDyadOut(serializers.ModelSerializer):
    class Meta:
        model = Dyad
        fields = [
            "id", "family", "infant", "caregiver", "relationship", "main_carer", "lives_with",
            "parental_responsibility", "restrictions", "since", "until",
        ]  # fmt: skip


class AddressOut(serializers.ModelSerializer):
    """A refuge is named; its lines, postcode and neighbourhood stay hidden. Its own page has them."""

    shown = serializers.SerializerMethodField()
    imd_decile = serializers.SerializerMethodField()

    class Meta:
        model = Address
        fields = [
            "id", "family", "caregiver", "infant", "kind", "shown", "since", "until", "imd_decile", "imd_version",
            "looked_up_on",
        ]  # fmt: skip

    def get_shown(self, address: Address) -> list[str]:
        return list_address_lines(address)

    def get_imd_decile(self, address: Address) -> int | None:
        return None if address.kind == AddressKind.REFUGE else address.imd_decile


def _get_family_from_payload(request: Request) -> Any:
    """The family in the payload, for whoever may record people at its site."""
    named = request.data.get("family") if isinstance(request.data, dict) else None
    pk = parse_token(named if isinstance(named, str) else None)
    if pk is None:
        raise ActionRefused({"family": "Give the family's id."})
    return get_visible_or_404(request._request, Family.objects.with_people(), may="register_people", pk=pk)


def _require_registering(request: Request, record: Any) -> Any:
    """The record, if the user may register people at its family's site; else 403."""
    get_visible_or_404(request._request, Family.objects.all(), may="register_people", pk=record.family_id)
    return record


@policy.permission("read_families", POST="register_people")
@extend_schema(request=build_input_serializer(NEW_CAREGIVER_INPUT, "NewCaregiver"), responses=CaregiverOut)
@api_view(["GET", "POST"])
def list_or_create_caregivers(request: Request) -> Response:
    """GET: carers in scope, newest first, 50 a page (?page=2). POST: add one, with their ``dyads``."""
    if request.method == "GET":
        whole = Caregiver.objects.prefetch_related("exclusion_groups").order_by("-created_at", "id")
        page = get_visible_page(request._request, whole)
        results = CaregiverOut(page.object_list, many=True).data
        return Response({"pages": page.paginator.num_pages, "results": results})
    family = _get_family_from_payload(request)
    form, formsets = NEW_CAREGIVER_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-new-caregiver",
        make=lambda: add_caregiver_from_forms(family, form, formsets["dyads"], request.user),
        show=lambda pk: (
            CaregiverOut(get_visible_or_404(request._request, Caregiver.objects.all(), pk=pk)).data
        ),
    )


@policy.permission("read_families", PATCH="register_people")
@extend_schema(request=build_input_serializer(CAREGIVER_INPUT, "ChangeCaregiver"), responses=CaregiverOut)
@api_view(["GET", "PATCH"])
def show_or_update_caregiver(request: Request, caregiver_id: UUID) -> Response:
    """One carer. PATCH changes what is sent and leaves the rest."""
    carer = get_visible_or_404(request._request, Caregiver.objects.all(), pk=caregiver_id)
    if request.method == "PATCH":
        _require_registering(request, carer)
        options = get_ticked_groups(carer) | {"initial": {"nhs_number": carer.nhs_number}}
        form = replace(CAREGIVER_INPUT, kwargs=options).read_patch(
            build_record_initial(carer, CompleteCarerForm), request.data
        )
        carer = update_caregiver(caregiver=carer, by=request.user, **form.cleaned_data)
    return Response(CaregiverOut(carer).data)


@policy.permission("read_families", PATCH="register_people")
@extend_schema(request=build_input_serializer(DYAD_INPUT, "ChangeDyad"), responses=WholeDyadOut)
@api_view(["GET", "PATCH"])
def show_or_update_dyad(request: Request, dyad_id: UUID) -> Response:
    """One infant and one carer. PATCH changes what is sent and leaves the rest."""
    dyad = get_visible_or_404(request._request, Dyad.objects.all(), pk=dyad_id)
    if request.method == "PATCH":
        form = DYAD_INPUT.read_patch(
            build_record_initial(_require_registering(request, dyad), DyadForm), request.data
        )
        dyad = update_dyad(dyad=dyad, by=request.user, **form.cleaned_data)
    return Response(WholeDyadOut(dyad).data)


@policy.permission("read_families", POST="register_people")
@extend_schema(request=build_input_serializer(NEW_ADDRESS_INPUT, "NewAddress"), responses=AddressOut)
@api_view(["GET", "POST"])
def list_or_create_addresses(request: Request) -> Response:
    """GET: addresses in scope, newest first. POST: add one; ``moved_on`` ends the one before."""
    if request.method == "GET":
        page = get_visible_page(request._request, Address.objects.order_by("-created_at", "id"))
        results = AddressOut(page.object_list, many=True).data
        return Response({"pages": page.paginator.num_pages, "results": results})
    form, _ = NEW_ADDRESS_INPUT.read(request.data)
    person = _require_registering(request, _get_address_owner(request._request, form.cleaned_data))
    asked = form.get_address_fields() | {"moved_on": form.cleaned_data["moved_on"]}
    return create_once(
        request,
        kind="api-new-address",
        make=lambda: add_address(family=person.family, person=person, by=request.user, **asked),
        show=lambda pk: AddressOut(get_visible_or_404(request._request, Address.objects.all(), pk=pk)).data,
    )


def _get_address_owner(request: ScopedRequest, asked: dict[str, Any]) -> Any:
    """Whose address it is."""
    if asked["caregiver"]:
        return get_visible_or_404(request, Caregiver.objects.select_related("family"), pk=asked["caregiver"])
    return get_visible_or_404(request, Infant.objects.select_related("family"), pk=asked["infant"])
