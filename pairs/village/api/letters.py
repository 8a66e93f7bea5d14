"""The API of letters: begin, write and sign one; read it as staff do, or as it may go out; ask for its PDF."""

from dataclasses import replace

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_page
from pairs.families.opened import family_of
from pairs.service.refusals import Refused
from pairs.submissions.api import create_once
from pairs.village import actions
from pairs.village.forms import LetterText, NewLetter, Sending
from pairs.village.letters import WRITE_ANEW, judge_of, offer_of, why_not_whole
from pairs.village.models import Letter, LetterPart, referrers_of
from pairs.village.paper import paper_of
from pairs.village.views.letters import details_of, pdf_response, write_and_sign, written

NEW, TEXT, SENDING = Sheet(form=NewLetter), Sheet(form=LetterText), Sheet(form=Sending)


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


class PaperOut(serializers.Serializer):
    """The letter as it may go out today; ``stopped`` says why nothing of it may."""

    title = serializers.CharField()
    stopped = serializers.CharField()
    to = serializers.ListField(child=serializers.CharField(), required=False)
    by_hand = serializers.BooleanField(required=False)
    on = serializers.CharField(required=False)
    text = serializers.CharField(required=False)
    parts = serializers.ListField(required=False)
    signed_by = serializers.CharField(required=False)


def _shown(request, pk):
    return LetterOut(fetch(request._request, Letter.objects.whole(), pk=pk)).data


def _family(request, family_id):
    return family_of(request._request, family_id, may=None if request.method == "GET" else "write_records")


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(NEW, "NewLetter"), responses=LetterOut)
@api_view(["GET", "POST"])
def letters(request, family_id):
    """GET: the family's letters, newest first. POST: begin one."""
    family = _family(request, family_id)
    if request.method == "GET":
        found = fetch_page(request._request, Letter.objects.whole().filter(family=family).newest_first())
        results = LetterOut(found.object_list, many=True).data
        return Response({"pages": found.paginator.num_pages, "results": results})
    kwargs = {"family": family, "referrers": referrers_of(family)}
    form, _ = replace(NEW, kwargs=kwargs).read(request.data)
    return create_once(
        request,
        kind="api-letter",
        make=lambda: actions.begin_letter(family=family, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, pk),
    )


@policy.permission("read_families", PATCH="write_records")
@extend_schema(request=schema_of(TEXT, "LetterText"), responses=LetterOut)
@api_view(["GET", "PATCH"])
def letter(request, letter_id):
    """One letter, as staff read it. PATCH changes what is sent of a draft and leaves the rest; ``sign`` signs it."""
    found = fetch(request._request, Letter.objects.whole(), pk=letter_id)
    family = _family(request, found.family_id)
    if request.method == "PATCH":
        offer = offer_of(found, judge_of(found, timezone.localdate()))
        sheet = replace(TEXT, kwargs={"offer": offer, "rows": details_of(request._request, family)})
        write_and_sign(found, sheet.read_over(written(found), request.data), request.user)
    return Response(_shown(request, letter_id))


def _signed(request, letter_id):
    found = fetch(request._request, Letter.objects.whole().exclude(signed_at=None), pk=letter_id)
    _family(request, found.family_id)
    return found


@policy.permission("read_families")
@extend_schema(responses=PaperOut)
@api_view(["GET"])
def paper(request, letter_id):
    """A signed letter as it may go out today."""
    return Response(PaperOut(paper_of(_signed(request, letter_id), timezone.localdate())).data)


@policy.permission("read_families", POST="write_records")
@extend_schema(request=None, responses={(200, "application/pdf"): OpenApiTypes.BINARY})
@api_view(["GET", "POST"])
def letter_pdf(request, letter_id):
    """POST asks for the PDF; GET gives it: 404 until it is made, 400 once something in it may not be told."""
    found = _signed(request, letter_id)
    if request.method == "POST":
        asked = actions.ask_for_pdf(letter=found, by=request.user)
        return Response({"status": asked.job.status}, status=201)
    if why_not_whole(found, judge_of(found, timezone.localdate())):
        raise Refused(WRITE_ANEW)
    return pdf_response(found)


@policy.permission("write_records")
@extend_schema(request=schema_of(SENDING, "Sending"), responses=LetterOut)
@api_view(["POST"])
def sending(request, letter_id):
    """That it went, and how."""
    found = _signed(request, letter_id)
    form, _ = SENDING.read(request.data)
    return create_once(
        request,
        kind="api-letter-sending",
        make=lambda: actions.send_letter(letter=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, pk),
    )
