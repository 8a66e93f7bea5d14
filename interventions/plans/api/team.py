"""API of co-workers, focus, THRIVE groupings, interventions and waits."""

from typing import Any

from django.db.models import QuerySet

from interventions.episodes.models import InterventionUse, InterventionWait
from interventions.plans import record_forms
from interventions.plans.api.serializers import (
    CoWorkerOut,
    EpisodeFocusOut,
    GroupingStepOut,
    HelpingAnswerOut,
    InterventionUseOut,
    InterventionWaitOut,
    OpenWaitOut,
)
from interventions.plans.models import CoWorker, GroupingStep, HelpingAnswer
from pairs.access import policy
from pairs.api.views import ActionApi, ListApi


@policy.permission("read_families", POST="write_records")
class CoWorkerList(record_forms.AddCoWorker, ListApi):
    """GET: the episode's co-workers. POST: add a co-worker."""

    serializer_class = CoWorkerOut

    def get_rows(self) -> QuerySet[Any]:
        return CoWorker.objects.filter(episode=self.record)


@policy.permission("write_records")
class CoWorkEnding(record_forms.EndCoWork, ActionApi):
    """End the co-work: the co-worker's last day on the episode."""

    serializer_class = CoWorkerOut


@policy.permission("write_records")
class EpisodeFocus(record_forms.ChangeFocus, ActionApi):
    """Set the dyads in focus from a day on."""

    serializer_class = EpisodeFocusOut


@policy.permission("read_families", POST="write_records")
class GroupingList(record_forms.SetGrouping, ListApi):
    """GET: the THRIVE groupings over time. POST: set the grouping from a day on."""

    serializer_class = GroupingStepOut

    def get_rows(self) -> QuerySet[Any]:
        return GroupingStep.objects.filter(episode=self.record)


class InterventionUseApi:
    """Shows an intervention that is used, with its code."""

    serializer_class = InterventionUseOut

    def get_shown_records(self) -> QuerySet[Any]:
        return InterventionUse.objects.select_related("intervention")


@policy.permission("read_families", POST="write_records")
class InterventionUseList(record_forms.StartIntervention, InterventionUseApi, ListApi):
    """GET: the episode's interventions. POST: start an intervention."""

    def get_rows(self) -> QuerySet[Any]:
        return self.get_shown_records().filter(episode=self.record)


@policy.permission("write_records")
class InterventionUseEnding(record_forms.EndIntervention, InterventionUseApi, ActionApi):
    """End an intervention while the episode continues."""


@policy.permission("read_families", POST="write_records")
class HelpingAnswerList(record_forms.AnswerHelping, ListApi):
    """GET: the answers to "is this helping?", newest first. POST: record the family's answer and ours."""

    serializer_class = HelpingAnswerOut

    def get_rows(self) -> QuerySet[Any]:
        return HelpingAnswer.objects.filter(use=self.record)


class InterventionWaitApi:
    """Shows a wait, with the intervention's and the site's code."""

    serializer_class = InterventionWaitOut

    def get_shown_records(self) -> QuerySet[Any]:
        return InterventionWait.objects.select_related("intervention", "site")


@policy.permission("read_families", POST="write_records")
class InterventionWaitList(record_forms.StartWait, InterventionWaitApi, ListApi):
    """GET: the family's waits, open and ended. POST: record that the family waits for an intervention."""

    def get_rows(self) -> QuerySet[Any]:
        return self.get_shown_records().filter(episode=self.record)


@policy.permission("write_records")
class InterventionWaitEnding(record_forms.EndWait, InterventionWaitApi, ActionApi):
    """End a wait: the intervention has started, or the family no longer waits."""


@policy.permission("read_families")
class OpenWaitList(InterventionWaitApi, ListApi):
    """Open waits at your sites, the longest first."""

    serializer_class = OpenWaitOut

    def get_rows(self) -> QuerySet[Any]:
        return self.get_shown_records().waiting()
