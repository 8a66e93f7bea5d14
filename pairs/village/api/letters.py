"""The API of letters: begin, write and sign one; read it as staff do, or as it may go out."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ActionApi, ListApi, RecordApi
from pairs.village import record_forms
from pairs.village.models import Letter, LetterPart
from pairs.village.printed_letter import build_printed_letter


class LetterPartOut(serializers.ModelSerializer):
    class Meta:
        model = LetterPart
        fields = ["what", "caregiver", "address", "text"]


class LetterOut(serializers.ModelSerializer):
    status = serializers.ChoiceField(choices=["draft", "signed", "sent"])
    parts = LetterPartOut(many=True)

    class Meta:
        model = Letter
        fields = [
            "id", "family", "to_caregiver", "to_member", "to_user", "about", "text", "parts", "status",
            "signed_at", "sent_on", "sent_how",
        ]  # fmt: skip


class PrintedLetterOut(serializers.Serializer):
    """The letter as it may go out today; ``stopped`` says why nothing of it may, and then the rest is absent."""

    title = serializers.CharField()
    stopped = serializers.CharField()
    to = serializers.ListField(child=serializers.CharField(), required=False)
    by_hand = serializers.BooleanField(required=False)
    on = serializers.CharField(required=False)
    text = serializers.CharField(required=False)
    parts = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(), min_length=2, max_length=2),
        required=False,
        help_text="Each with its heading and its words.",
    )
    signed_by = serializers.CharField(required=False)


@policy.permission("read_families", POST="write_records")
class LetterList(record_forms.BeginLetter, ListApi):
    """GET: the family's letters, newest first. POST: begin a draft."""

    serializer_class = LetterOut

    def get_rows(self) -> QuerySet[Letter]:
        return Letter.objects.whole().filter(family=self.family).newest_first()


@policy.permission("read_families", PATCH="write_records")
class LetterDetail(record_forms.WriteLetter, RecordApi):
    """GET: one letter, as staff read it. PATCH: change what is sent of a draft; ``sign`` signs it."""

    serializer_class = LetterOut


@policy.permission("read_families")
class PrintedLetter(record_forms.SignedLetterLookup, RecordApi):
    """A signed letter as it may go out today."""

    serializer_class = PrintedLetterOut

    def serialize(self, row: Letter, *, created: bool = False) -> Any:
        return super().serialize(build_printed_letter(row, timezone.localdate()), created=created)


@policy.permission("write_records")
class LetterSending(record_forms.RecordSending, ActionApi):
    """Record that a signed letter was sent, and how."""

    serializer_class = LetterOut
