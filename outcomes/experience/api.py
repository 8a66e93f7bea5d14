"""The API of experience: answers from paper, through the page's form."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from outcomes.experience.record_forms import RecordPaperAnswer
from pairs.access import policy
from pairs.api.views import ActionApi


class PaperAnswerSavedOut(serializers.Serializer):
    """That it is kept; nothing of the answer comes back."""

    kept = serializers.BooleanField()


@policy.permission("read_reports")
class PaperAnswerList(RecordPaperAnswer, ActionApi):
    """Keep one answer from paper.

    Its site, its month (2026-11), its words, and answers by number: 1 yes … 5 no, 0 can’t say.
    """

    serializer_class = PaperAnswerSavedOut

    def get_shown_record(self, pk: UUID) -> Any:
        return {"kept": True}
