"""The API of letters: begin, write and sign one; read it as staff do, or as it may go out; ask for its PDF."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.families.access import get_family
from pairs.families.models import Family
from pairs.service.refusals import ActionRefused
from pairs.submissions.api import create_once
from pairs.village import actions
from pairs.village.forms import LetterTextForm, NewLetterForm, SendingForm
from pairs.village.letters import (
    REWRITE_MESSAGE,
    build_letter_offer,
    find_letter_problems,
    load_letter_policy,
)
from pairs.village.models import Letter, LetterPart, query_referrers
from pairs.village.printed_letter import build_printed_letter
from pairs.village.views.letters import (
    build_letter_initial,
    build_pdf_response,
    list_letter_details,
    write_and_sign,
)

NEW_LETTER_INPUT, LETTER_TEXT_INPUT, SENDING_INPUT = (
    FormInput(form=NewLetterForm),
    FormInput(form=LetterTextForm),
    FormInput(form=SendingForm),
)


class PartOut(serializers.ModelSerializer):
    class Meta:
        model = LetterPart
        fields = ["what", "caregiver", "address", "text"]


class LetterOut(serializers.ModelSerializer):
    status = serializers.CharField()
    parts = PartOut(many=True)

    class Meta:
        model = Letter
        fields = [
            "id", "family", "to_caregiver", "to_member", "to_user", "about", "text", "parts", "status",
            "signed_at", "sent_on", "sent_how",
        ]  # fmt: skip


class PrintedLetterOut(serializers.Serializer):
    """The letter as it may go out today; ``stopped`` says why nothing of it may."""

    title = serializers.CharField()
    stopped = serializers.CharField()
    to = serializers.ListField(child=serializers.CharField(), required=False)
    by_hand = serializers.BooleanField(required=False)
    on = serializers.CharField(required=False)
    text = serializers.CharField(required=False)
    parts = serializers.ListField(required=False)
    signed_by = serializers.CharField(required=False)


def _serialize_letter(request, pk):
    return LetterOut(get_visible_or_404(request._request, Letter.objects.whole(), pk=pk)).data


def _get_family_to_write(request: Request, family_id: UUID) -> Family:
    return get_family(request._request, family_id, may=None if request.method == "GET" else "write_records")


@policy.permission("read_families", POST="write_records")
@extend_schema(request=build_input_serializer(NEW_LETTER_INPUT, "NewLetter"), responses=LetterOut)
@api_view(["GET", "POST"])
def list_or_begin_letters(request: Request, family_id: UUID) -> Response:
    """GET: the family's letters, newest first. POST: create a draft."""
    family = _get_family_to_write(request, family_id)
    if request.method == "GET":
        found = get_visible_page(
            request._request, Letter.objects.whole().filter(family=family).newest_first()
        )
        results = LetterOut(found.object_list, many=True).data
        return Response({"pages": found.paginator.num_pages, "results": results})
    kwargs = {"family": family, "referrers": query_referrers(family)}
    form, _ = replace(NEW_LETTER_INPUT, kwargs=kwargs).read(request.data)
    return create_once(
        request,
        kind="api-letter",
        make=lambda: actions.begin_letter(family=family, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_letter(request, pk),
    )


@policy.permission("read_families", PATCH="write_records")
@extend_schema(request=build_input_serializer(LETTER_TEXT_INPUT, "LetterText"), responses=LetterOut)
@api_view(["GET", "PATCH"])
def show_or_update_letter(request: Request, letter_id: UUID) -> Response:
    """One letter, as staff read it. PATCH changes what is sent of a draft and leaves the rest; ``sign`` signs it."""
    found = get_visible_or_404(request._request, Letter.objects.whole(), pk=letter_id)
    family = _get_family_to_write(request, found.family_id)
    if request.method == "PATCH":
        offer = build_letter_offer(found, load_letter_policy(found, timezone.localdate()))
        sheet = replace(
            LETTER_TEXT_INPUT, kwargs={"offer": offer, "rows": list_letter_details(request._request, family)}
        )
        write_and_sign(found, sheet.read_patch(build_letter_initial(found), request.data), request.user)
    return Response(_serialize_letter(request, letter_id))


def _get_signed_letter(request: Request, letter_id: UUID) -> Any:
    found = get_visible_or_404(request._request, Letter.objects.whole().exclude(signed_at=None), pk=letter_id)
    _get_family_to_write(request, found.family_id)
    return found


@policy.permission("read_families")
@extend_schema(responses=PrintedLetterOut)
@api_view(["GET"])
def show_printed_letter_api(request: Request, letter_id: UUID) -> Response:
    """A signed letter as it may go out today."""
    return Response(
        PrintedLetterOut(
            build_printed_letter(_get_signed_letter(request, letter_id), timezone.localdate())
        ).data
    )


@policy.permission("read_families", POST="write_records")
@extend_schema(request=None, responses={(200, "application/pdf"): OpenApiTypes.BINARY})
@api_view(["GET", "POST"])
def request_or_download_pdf_api(request: Request, letter_id: UUID) -> HttpResponse:
    """POST requests the PDF; GET downloads it: 404 until it is made, 400 once it may not be disclosed."""
    found = _get_signed_letter(request, letter_id)
    if request.method == "POST":
        asked = actions.request_letter_pdf(letter=found, by=request.user)
        return Response({"status": asked.job.status}, status=201)
    if find_letter_problems(found, load_letter_policy(found, timezone.localdate())):
        raise ActionRefused(REWRITE_MESSAGE)
    return build_pdf_response(found)


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(SENDING_INPUT, "Sending"), responses=LetterOut)
@api_view(["POST"])
def record_sending_api(request, letter_id):
    """Record that the letter was sent, and how."""
    found = _get_signed_letter(request, letter_id)
    form, _ = SENDING_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-letter-sending",
        make=lambda: actions.send_letter(letter=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_letter(request, pk),
    )
