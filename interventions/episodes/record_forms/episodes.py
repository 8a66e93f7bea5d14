"""Forms about an episode: open it, set a goal, agree the plan. The base of every form about a record of an episode."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from interventions.episodes import actions
from interventions.episodes.catalogue import DEFAULT_INTERVENTION
from interventions.episodes.forms import NewGoalForm, OpenEpisodeForm, PlanAgreementForm
from interventions.episodes.models import Episode, Goal
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import annotate_family_id, get_prepared_or_404
from pairs.families.record_forms import OwnSiteLookup
from pairs.submissions.record_forms import RecordForm
from referrals.models import Referral

_PREPARED_EPISODE = PreparedQuery(
    lambda scope, episode: annotate_family_id(Episode.objects.visible_to(scope)).filter(pk=episode)
)


def get_episode(request: ScopedRequest, episode_id: UUID, may: Any = None) -> Episode:
    """The episode in scope, or 404; ``may``: the permission needed at its site."""
    return get_prepared_or_404(request, _PREPARED_EPISODE, may=may, episode=episode_id)


class EpisodeRecordForm(OwnSiteLookup, RecordForm):
    """A form about an episode, or about a record of one; the permission is asked at the episode's site.

    ``today_fields``: its date fields that hold today at first.
    """

    may = "write_records"
    today_fields: ClassVar[tuple[str, ...]] = ()

    def get_initial(self) -> dict[str, Any]:
        return dict.fromkeys(self.today_fields, timezone.localdate())


class EpisodeForm(EpisodeRecordForm):
    """A form about an episode."""

    record: Episode

    def get_record(self, may: Any) -> Episode:
        return get_episode(self.request, self.record_id, may)


class OpenEpisode(EpisodeRecordForm):
    """About the accepted referral whose episode it is."""

    form_class = OpenEpisodeForm
    today_fields = ("opened_on",)

    def get_records(self) -> QuerySet[Any]:
        return Referral.objects.exclude(family=None)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family, "patient": self.record.patient_id}

    def get_initial(self) -> dict[str, Any]:
        dyads = [dyad for dyad in self.family.dyads.all() if not dyad.infant.lost_on]
        main = [dyad.pk for dyad in dyads if dyad.main_carer] or [dyad.pk for dyad in dyads]
        return super().get_initial() | {
            "lead": self.request.user.pk,
            "focus": [] if self.record.patient_id else main,
            "interventions": [DEFAULT_INTERVENTION],
            "thrive": self.record.thrive,
        }

    def save(self, form: OpenEpisodeForm) -> Episode:
        facts = {name: value for name, value in form.cleaned_data.items() if name != "referral"}
        return actions.open_episode(referral=self.record, by=self.request.user, **facts)


class SetGoal(EpisodeForm):
    form_class = NewGoalForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family}

    def save(self, form: NewGoalForm) -> Goal:
        return actions.set_goal(episode=self.record, by=self.request.user, **form.cleaned_data)


class AgreePlan(EpisodeForm):
    form_class = PlanAgreementForm

    def save(self, form: PlanAgreementForm) -> Episode:
        return actions.agree_plan(episode=self.record, by=self.request.user, **form.cleaned_data)
