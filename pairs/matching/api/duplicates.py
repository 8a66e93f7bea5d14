"""The API of likely duplicates: the queue, telling two apart, merging, and undoing it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.models import Caregiver, Family, Infant
from pairs.matching.actions import tell_apart, unmerge
from pairs.matching.actions.merging import get_record_kind
from pairs.matching.comparison import compare_facts
from pairs.matching.consequences import describe_changes_since, describe_moved_rows, list_rows_made_since
from pairs.matching.duplicates import find_likely_duplicates
from pairs.matching.forms.duplicates import MERGE_FORMS, TellApartForm, UndoMergeForm
from pairs.matching.models import Merge, NotTheSame
from pairs.matching.rules.kinds import PersonKind
from pairs.matching.views.duplicates import PERSON_MODELS, get_other_and_family, get_registrable_family
from pairs.matching.views.merges import merge_from_form
from pairs.service.refusals import ActionRefused
from pairs.submissions.actions import parse_token
from pairs.submissions.api import create_once

MAX_DUPLICATES = 200


class DuplicatePairOut(serializers.Serializer):
    kind = serializers.CharField()
    one = serializers.UUIDField()
    other = serializers.UUIDField()
    strength = serializers.CharField(source="likeness.strength")
    evidence = serializers.ListField(child=serializers.CharField(), source="likeness.evidence")


class NotTheSameOut(serializers.ModelSerializer):
    class Meta:
        model = NotTheSame
        fields = ["id", "kind", "one_id", "other_id", "reason", "at"]


class MergeOut(serializers.ModelSerializer):
    """A merge with what it moved and what has happened since, in words."""

    moved = serializers.SerializerMethodField()
    made_since = serializers.SerializerMethodField()
    changed_since = serializers.SerializerMethodField()

    class Meta:
        model = Merge
        fields = [
            "id", "kind", "family", "kept_id", "merged_id", "reason", "at", "undone_at", "undone_reason",
            "moved", "made_since", "changed_since",
        ]  # fmt: skip

    def get_moved(self, merge: Merge) -> list[str]:
        return describe_moved_rows(merge)

    def get_made_since(self, merge: Merge) -> list[str]:
        return [f"{row.what}, {row.at.isoformat()}" for row in list_rows_made_since(merge)]

    def get_changed_since(self, merge: Merge) -> list[str]:
        return describe_changes_since(merge)


TELL_APART_INPUT = FormInput(form=TellApartForm)
TellApartIn = build_input_serializer(TELL_APART_INPUT, "TellApart")
UNDO_MERGE_INPUT = FormInput(form=UndoMergeForm)
MERGE_INPUTS = {kind: FormInput(form=form) for kind, form in MERGE_FORMS.items()}


@policy.permission("register_people")
@extend_schema(responses=DuplicatePairOut(many=True))
@api_view(["GET"])
def list_duplicates_api(request: Request) -> Response:
    """Pairs in scope that may be one person (?of=infant or ?of=caregiver), the strongest first, at most 200."""
    kind = request.query_params.get("of", PersonKind.INFANT)
    if kind not in PERSON_MODELS:
        raise ActionRefused({"of": "Ask for infant or caregiver."})
    pairs = find_likely_duplicates(request.scope, kind)[:MAX_DUPLICATES]
    ids = {row_id for pair in pairs for row_id in (pair.one, pair.other)}
    list_visible(request._request, PERSON_MODELS[kind].objects.filter(pk__in=ids))  # noted in the access log
    return Response(DuplicatePairOut(pairs, many=True).data)


@policy.permission("register_people")
@extend_schema(request=TellApartIn, responses=NotTheSameOut)
@api_view(["POST"])
def tell_infants_apart_api(request, infant_id):
    """Record that this baby and another are two people."""
    return _tell_apart_once(request, get_visible_or_404(request._request, Infant.objects.all(), pk=infant_id))


@policy.permission("register_people")
@extend_schema(request=TellApartIn, responses=NotTheSameOut)
@api_view(["POST"])
def tell_caregivers_apart_api(request: Request, caregiver_id: UUID) -> Response:
    """Record that this carer and another are two people."""
    return _tell_apart_once(
        request, get_visible_or_404(request._request, Caregiver.objects.all(), pk=caregiver_id)
    )


def _tell_apart_once(request: Request, person: Any) -> Response:
    get_registrable_family(request._request, person)
    form, _ = TELL_APART_INPUT.read(request.data)
    other, _ = get_other_and_family(request._request, person, form.cleaned_data["other"])
    return create_once(
        request,
        kind="api-tell-apart",
        make=lambda: tell_apart(one=person, other=other, reason=form.cleaned_data["reason"], by=request.user),
        show=lambda pk: (
            NotTheSameOut(get_visible_or_404(request._request, NotTheSame.objects.all(), pk=pk)).data
        ),
    )


@policy.permission("register_people")
@extend_schema(
    request=build_input_serializer(MERGE_INPUTS[PersonKind.INFANT], "MergeInfants"), responses=MergeOut
)
@api_view(["POST"])
def merge_infant_api(request, infant_id):
    """Merge another baby's record into this one."""
    return _merge_once(request, get_visible_or_404(request._request, Infant.objects.all(), pk=infant_id))


@policy.permission("register_people")
@extend_schema(
    request=build_input_serializer(MERGE_INPUTS[PersonKind.CAREGIVER], "MergeCaregivers"), responses=MergeOut
)
@api_view(["POST"])
def merge_caregiver_api(request: Request, caregiver_id: UUID) -> Response:
    """Merge another carer's record into this one."""
    return _merge_once(
        request, get_visible_or_404(request._request, Caregiver.objects.all(), pk=caregiver_id)
    )


def _merge_once(request: Request, kept: Any) -> Response:
    """Called again with its key, the other record is out of sight: the made merge is shown, not looked for."""
    get_registrable_family(request._request, kept)
    named = request.data.get("other") if isinstance(request.data, dict) else None
    other = parse_token(named if isinstance(named, str) else None)
    if other is None:
        raise ActionRefused({"other": "Give the other record's id."})
    return create_once(
        request,
        kind="api-merge",
        make=lambda: _merge_from_payload(request, kept, other),
        show=lambda pk: _serialize_merge(request, pk),
    )


def _merge_from_payload(request: Request, kept: Caregiver, named: UUID) -> Merge:
    merged, _ = get_other_and_family(request._request, kept, named)
    about = {"facts": compare_facts(kept, merged), "two_families": kept.family_id != merged.family_id}
    form, _ = replace(MERGE_INPUTS[get_record_kind(kept)], kwargs=about).read(request.data)
    return merge_from_form(form, kept, merged, request.user)


def _serialize_merge(request: Request, pk: UUID) -> ReturnDict:
    return MergeOut(_get_merge(request._request, pk)).data


def _get_merge(request: ScopedRequest, pk: UUID) -> Any:
    """The merge, for whoever may correct people at its family's site."""
    merge = get_visible_or_404(request, Merge.objects.newest_first(), pk=pk)
    get_visible_or_404(request, Family.objects.all(), pk=merge.family_id, may="register_people")
    return merge


@policy.permission("register_people")
@extend_schema(responses=MergeOut)
@api_view(["GET"])
def show_merge_api(request: Request, merge_id: UUID) -> Response:
    """One merge: what it moved, and what has happened since."""
    return Response(_serialize_merge(request, merge_id))


@policy.permission("register_people")
@extend_schema(request=build_input_serializer(UNDO_MERGE_INPUT, "UndoMerge"), responses=MergeOut)
@api_view(["POST"])
def undo_merge_api(request: Request, merge_id: UUID) -> Response:
    """Undo a merge in one step."""
    merge = _get_merge(request._request, merge_id)
    form, _ = UNDO_MERGE_INPUT.read(request.data)
    reason = form.cleaned_data["reason"]
    return create_once(
        request,
        kind="api-undo-merge",
        make=lambda: unmerge(merge=merge, by=request.user, reason=reason),
        show=lambda pk: _serialize_merge(request, pk),
    )
