"""The API of carers, their dyads and everybody's addresses: the pages' own forms and actions."""

from dataclasses import replace

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_page
from pairs.families.actions import add_address, describe_caregiver, describe_dyad
from pairs.families.forms import DyadFacts, NewAddressOf, NewCarerOf, Relationships, WholeCarer
from pairs.families.models import Address, Caregiver, Dyad, Family, Infant
from pairs.families.shown import address_lines
from pairs.families.views.carers import carer_from, groups_already, known_of
from pairs.service.refusals import Refused
from pairs.submissions.actions import token_from
from pairs.submissions.api import create_once

NEW_CARER = Sheet(form=NewCarerOf, formsets={"dyads": Relationships})
CARER = Sheet(form=WholeCarer)
DYAD = Sheet(form=DyadFacts)
NEW_ADDRESS = Sheet(form=NewAddressOf)


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

    def get_shown(self, address) -> list[str]:
        return address_lines(address)

    def get_imd_decile(self, address) -> int | None:
        return None if address.kind == "refuge" else address.imd_decile


def _family_named(request):
    """The family in the payload, for whoever may record people at its site."""
    named = request.data.get("family") if isinstance(request.data, dict) else None
    pk = token_from(named if isinstance(named, str) else None)
    if pk is None:
        raise Refused({"family": "Give the family's id."})
    return fetch(request._request, Family.objects.with_people(), may="register_people", pk=pk)


def _registering(request, record):
    """The record, once it is sure that one may correct people at its family's site."""
    fetch(request._request, Family.objects.all(), may="register_people", pk=record.family_id)
    return record


@policy.permission("read_families", POST="register_people")
@extend_schema(request=schema_of(NEW_CARER, "NewCaregiver"), responses=CaregiverOut)
@api_view(["GET", "POST"])
def caregivers(request):
    """GET: carers in scope, newest first, 50 a page (?page=2). POST: one joins a family; ``dyads``: with whom."""
    if request.method == "GET":
        whole = Caregiver.objects.prefetch_related("exclusion_groups").order_by("-created_at", "id")
        page = fetch_page(request._request, whole)
        results = CaregiverOut(page.object_list, many=True).data
        return Response({"pages": page.paginator.num_pages, "results": results})
    family = _family_named(request)
    form, formsets = NEW_CARER.read(request.data)
    return create_once(
        request,
        kind="api-new-caregiver",
        make=lambda: carer_from(family, form, formsets["dyads"], request.user),
        show=lambda pk: CaregiverOut(fetch(request._request, Caregiver.objects.all(), pk=pk)).data,
    )


@policy.permission("read_families", PATCH="register_people")
@extend_schema(request=schema_of(CARER, "ChangeCaregiver"), responses=CaregiverOut)
@api_view(["GET", "PATCH"])
def caregiver(request, caregiver_id):
    """One carer. PATCH changes what is sent and leaves the rest."""
    carer = fetch(request._request, Caregiver.objects.all(), pk=caregiver_id)
    if request.method == "PATCH":
        _registering(request, carer)
        options = groups_already(carer) | {"initial": {"nhs_number": carer.nhs_number}}
        form = replace(CARER, kwargs=options).read_over(known_of(carer, WholeCarer), request.data)
        carer = describe_caregiver(caregiver=carer, by=request.user, **form.cleaned_data)
    return Response(CaregiverOut(carer).data)


@policy.permission("read_families", PATCH="register_people")
@extend_schema(request=schema_of(DYAD, "ChangeDyad"), responses=WholeDyadOut)
@api_view(["GET", "PATCH"])
def dyad(request, dyad_id):
    """One infant and one carer. PATCH changes what is sent and leaves the rest."""
    dyad = fetch(request._request, Dyad.objects.all(), pk=dyad_id)
    if request.method == "PATCH":
        form = DYAD.read_over(known_of(_registering(request, dyad), DyadFacts), request.data)
        dyad = describe_dyad(dyad=dyad, by=request.user, **form.cleaned_data)
    return Response(WholeDyadOut(dyad).data)


@policy.permission("read_families", POST="register_people")
@extend_schema(request=schema_of(NEW_ADDRESS, "NewAddress"), responses=AddressOut)
@api_view(["GET", "POST"])
def addresses(request):
    """GET: addresses in scope, newest first. POST: one more of one person; ``moved_on``: the one before has ended."""
    if request.method == "GET":
        page = fetch_page(request._request, Address.objects.order_by("-created_at", "id"))
        results = AddressOut(page.object_list, many=True).data
        return Response({"pages": page.paginator.num_pages, "results": results})
    form, _ = NEW_ADDRESS.read(request.data)
    person = _registering(request, _person(request._request, form.cleaned_data))
    asked = form.where() | {"moved_on": form.cleaned_data["moved_on"]}
    return create_once(
        request,
        kind="api-new-address",
        make=lambda: add_address(family=person.family, person=person, by=request.user, **asked),
        show=lambda pk: AddressOut(fetch(request._request, Address.objects.all(), pk=pk)).data,
    )


def _person(request, asked):
    """Whose address it is."""
    if asked["caregiver"]:
        return fetch(request, Caregiver.objects.select_related("family"), pk=asked["caregiver"])
    return fetch(request, Infant.objects.select_related("family"), pk=asked["infant"])
