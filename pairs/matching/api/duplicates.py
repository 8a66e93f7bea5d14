"""The API of likely duplicates: the queue, telling two apart, merging, and undoing it."""

from dataclasses import replace

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_list
from pairs.families.models import Caregiver, Family, Infant
from pairs.matching.actions import tell_apart, unmerge
from pairs.matching.actions.merging import kind_of
from pairs.matching.comparing import facts_of
from pairs.matching.consequences import changed_since, made_since, moved_by
from pairs.matching.duplicates import likely_duplicates
from pairs.matching.forms.duplicates import MERGING, TellApart, Undoing
from pairs.matching.models import CAREGIVER, INFANT, Merge, NotTheSame
from pairs.matching.views.duplicates import PEOPLE, family_of, the_other
from pairs.matching.views.merges import merge_from
from pairs.service.refusals import Refused
from pairs.submissions.actions import token_from
from pairs.submissions.api import create_once

MOST = 200


class PairOut(serializers.Serializer):
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

    def get_moved(self, merge) -> list[str]:
        return moved_by(merge)

    def get_made_since(self, merge) -> list[str]:
        return [f"{row.what}, {row.at.isoformat()}" for row in made_since(merge)]

    def get_changed_since(self, merge) -> list[str]:
        return changed_since(merge)


TELLING_APART = Sheet(form=TellApart)
TellApartIn = schema_of(TELLING_APART, "TellApart")
UNDOING = Sheet(form=Undoing)
MERGE = {kind: Sheet(form=form) for kind, form in MERGING.items()}


@policy.permission("register_people")
@extend_schema(responses=PairOut(many=True))
@api_view(["GET"])
def duplicates(request):
    """Pairs in scope that may be one person (?of=infant or ?of=caregiver), the strongest first, at most 200."""
    kind = request.query_params.get("of", INFANT)
    if kind not in PEOPLE:
        raise Refused({"of": "Ask for infant or caregiver."})
    pairs = likely_duplicates(request.scope, kind)[:MOST]
    ids = {row_id for pair in pairs for row_id in (pair.one, pair.other)}
    fetch_list(request._request, PEOPLE[kind].objects.filter(pk__in=ids))  # the access log hears of them
    return Response(PairOut(pairs, many=True).data)


@policy.permission("register_people")
@extend_schema(request=TellApartIn, responses=NotTheSameOut)
@api_view(["POST"])
def infant_not_the_same(request, infant_id):
    """This baby and another are two."""
    return _tell_apart(request, fetch(request._request, Infant.objects.all(), pk=infant_id))


@policy.permission("register_people")
@extend_schema(request=TellApartIn, responses=NotTheSameOut)
@api_view(["POST"])
def caregiver_not_the_same(request, caregiver_id):
    """This carer and another are two."""
    return _tell_apart(request, fetch(request._request, Caregiver.objects.all(), pk=caregiver_id))


def _tell_apart(request, person):
    family_of(request._request, person)
    form, _ = TELLING_APART.read(request.data)
    other, _ = the_other(request._request, person, form.cleaned_data["other"])
    return create_once(
        request,
        kind="api-tell-apart",
        make=lambda: tell_apart(one=person, other=other, reason=form.cleaned_data["reason"], by=request.user),
        show=lambda pk: NotTheSameOut(fetch(request._request, NotTheSame.objects.all(), pk=pk)).data,
    )


@policy.permission("register_people")
@extend_schema(request=schema_of(MERGE[INFANT], "MergeInfants"), responses=MergeOut)
@api_view(["POST"])
def merge_infant(request, infant_id):
    """Merge another baby's record into this one."""
    return _merge(request, fetch(request._request, Infant.objects.all(), pk=infant_id))


@policy.permission("register_people")
@extend_schema(request=schema_of(MERGE[CAREGIVER], "MergeCaregivers"), responses=MergeOut)
@api_view(["POST"])
def merge_caregiver(request, caregiver_id):
    """Merge another carer's record into this one."""
    return _merge(request, fetch(request._request, Caregiver.objects.all(), pk=caregiver_id))


def _merge(request, kept):
    """Called again with its key, the other record is out of sight: the made merge is shown, not looked for."""
    family_of(request._request, kept)
    named = request.data.get("other") if isinstance(request.data, dict) else None
    other = token_from(named if isinstance(named, str) else None)
    if other is None:
        raise Refused({"other": "Give the other record's id."})
    return create_once(
        request,
        kind="api-merge",
        make=lambda: _merged(request, kept, other),
        show=lambda pk: _shown(request, pk),
    )


def _merged(request, kept, named):
    merged, _ = the_other(request._request, kept, named)
    about = {"facts": facts_of(kept, merged), "two_families": kept.family_id != merged.family_id}
    form, _ = replace(MERGE[kind_of(kept)], kwargs=about).read(request.data)
    return merge_from(form, kept, merged, request.user)


def _shown(request, pk):
    return MergeOut(_merge_of(request._request, pk)).data


def _merge_of(request, pk):
    """The merge, for whoever may correct people at its family's site."""
    merge = fetch(request, Merge.objects.newest_first(), pk=pk)
    fetch(request, Family.objects.all(), pk=merge.family_id, may="register_people")
    return merge


@policy.permission("register_people")
@extend_schema(responses=MergeOut)
@api_view(["GET"])
def merge(request, merge_id):
    """One merge: what it moved, and what has happened since."""
    return Response(_shown(request, merge_id))


@policy.permission("register_people")
@extend_schema(request=schema_of(UNDOING, "UndoMerge"), responses=MergeOut)
@api_view(["POST"])
def undo_merge(request, merge_id):
    """Undo a merge in one step."""
    merge = _merge_of(request._request, merge_id)
    form, _ = UNDOING.read(request.data)
    reason = form.cleaned_data["reason"]
    return create_once(
        request,
        kind="api-undo-merge",
        make=lambda: unmerge(merge=merge, by=request.user, reason=reason),
        show=lambda pk: _shown(request, pk),
    )
