"""The API of likely duplicates: the queue, telling two apart, merging, and undoing it."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from pairs.access import policy
from pairs.access.visible_records import list_visible
from pairs.api.views import ActionApi, ListApi, QueryParameter, RecordApi
from pairs.matching import record_forms
from pairs.matching.consequences import describe_changes_since, describe_moved_rows, list_rows_made_since
from pairs.matching.descriptions import MODELS_BY_KIND
from pairs.matching.duplicates import DuplicatePair, find_likely_duplicates
from pairs.matching.models import Merge, NotTheSame
from pairs.matching.rules.kinds import PersonKind
from pairs.matching.rules.likeness import HIGH, MEDIUM
from pairs.service.refusals import ActionRefused
from pairs.submissions.actions import parse_token


class DuplicatePairOut(serializers.Serializer):
    """Two records that may be of one person: their ids, and what speaks for and against it."""

    kind = serializers.ChoiceField(choices=PersonKind.choices)
    one = serializers.UUIDField()
    other = serializers.UUIDField()
    strength = serializers.ChoiceField(choices=[HIGH, MEDIUM], source="likeness.strength")
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


@policy.permission("register_people")
class DuplicateList(ListApi):
    """Pairs of records that you may open and that may be of one person, the strongest first."""

    serializer_class = DuplicatePairOut
    query_parameters = (
        QueryParameter("of", "Of babies (when it is left out) or of carers.", enum=PersonKind.values),
    )

    def get_rows(self) -> list[DuplicatePair]:
        return find_likely_duplicates(self.request.scope, self._get_kind())

    def _get_kind(self) -> str:
        kind = self.request.query_params.get("of", PersonKind.INFANT)
        if kind not in MODELS_BY_KIND:
            raise ActionRefused({"of": "Ask for infant or caregiver."})
        return kind

    def serialize_page(self, rows: list[DuplicatePair]) -> Any:
        """Both records of every pair are noted in the access log."""
        ids = {row_id for pair in rows for row_id in (pair.one, pair.other)}
        list_visible(self.request, MODELS_BY_KIND[self._get_kind()].objects.filter(pk__in=ids))
        return super().serialize_page(rows)


class PairApi(ActionApi):
    """An act about the record in the address and the ``other`` that is sent."""

    def get_other_id(self) -> UUID:
        sent = self.request.data.get("other") if isinstance(self.request.data, dict) else None
        named = parse_token(sent if isinstance(sent, str) else None)
        if named is None:
            raise ActionRefused({"other": "Give the other record's id."})
        return named


@policy.permission("register_people")
class InfantTellingApart(record_forms.TellInfantsApart, PairApi):
    """Record that this baby and another are two people."""

    serializer_class = NotTheSameOut


@policy.permission("register_people")
class CaregiverTellingApart(record_forms.TellCaregiversApart, PairApi):
    """Record that this carer and another are two people."""

    serializer_class = NotTheSameOut


@policy.permission("register_people")
class InfantMerging(record_forms.MergeInfants, PairApi):
    """Merge another baby's record into this one."""

    serializer_class = MergeOut


@policy.permission("register_people")
class CaregiverMerging(record_forms.MergeCaregivers, PairApi):
    """Merge another carer's record into this one."""

    serializer_class = MergeOut


@policy.permission("register_people")
class MergeDetail(record_forms.MergeLookup, RecordApi):
    """One merge: what it moved, and what has happened since."""

    serializer_class = MergeOut


@policy.permission("register_people")
class MergeUndoing(record_forms.UndoMerge, ActionApi):
    """Undo a merge in one step."""

    serializer_class = MergeOut


@policy.permission("register_people")
class MergeLookedThrough(record_forms.LookThroughMerge, ActionApi):
    """Say that what was written while two records were one has been looked through."""

    serializer_class = MergeOut
