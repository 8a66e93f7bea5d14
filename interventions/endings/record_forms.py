"""What each form of endings, keepsakes, transitions and return cards is about and does, for pages and API alike."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseFormSet, Form

from interventions.endings import actions
from interventions.endings.forms import (
    ChangedPartFormSet,
    EndingForm,
    KeepsakeLineFormSet,
    KeepsakeTextForm,
    NewEndingLetterForm,
    NewKeepsakeForm,
    OutstandingItemFormSet,
    ReopenForm,
    SeenForm,
    TransitionForm,
    WayBackForm,
    build_way_back_initial,
    describe_ending,
    list_chosen_lines,
    read_changed_texts,
    read_handed_on,
)
from interventions.endings.models import Ending, Keepsake, Reopening, TransitionPlan, WayBack
from interventions.endings.printed_keepsake import compute_keepsake_digest
from interventions.episodes.models import Episode
from pairs.access.visible_records import get_visible_or_404
from pairs.families.access import get_family
from pairs.families.models import Dyad, Family
from pairs.families.record_forms import FamilyRecordLookup, OwnSiteLookup
from pairs.submissions.edits import EditForm, SharedDraftForm
from pairs.submissions.record_forms import RecordForm
from pairs.village.models import Letter, query_referrers


class EpisodeForm(FamilyRecordLookup, RecordForm):
    """About an episode; its family is at hand as well."""

    may = "write_records"

    def get_records(self) -> QuerySet[Episode]:
        return Episode.objects.select_related("referral")


class EndEpisode(OwnSiteLookup, SharedDraftForm):
    """Ends the episode, or saves the draft of its ending."""

    may = "write_records"
    form_class = EndingForm
    formset_classes = {"open": OutstandingItemFormSet, "changed": ChangedPartFormSet}

    def get_records(self) -> QuerySet[Episode]:
        return Episode.objects.select_related("site")

    def load_ending(self) -> Ending | None:
        return Ending.objects.visible_to(self.request.scope).whole().filter(episode=self.record).first()

    def describe_draft(self) -> dict[str, Any]:
        return describe_ending(self.load_ending())

    def save(self, form: EndingForm, open: BaseFormSet, changed: BaseFormSet) -> Ending:
        return actions.prepare_ending(
            episode=self.record,
            said=form.said(),
            changed=read_changed_texts(changed),
            handed_on=read_handed_on(open),
            complete=not form.cleaned_data["draft"],
            by=self.request.user,
        )


class ReopenEpisode(EpisodeForm):
    may, form_class = "supervise", ReopenForm

    def save(self, form: ReopenForm) -> Reopening:
        return actions.reopen_episode(episode=self.record, by=self.request.user, **form.cleaned_data)


class BeginEndingLetter(EpisodeForm):
    form_class = NewEndingLetterForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family, "referrers": query_referrers(self.family)}

    def save(self, form: NewEndingLetterForm) -> Letter:
        return actions.begin_ending_letter(episode=self.record, by=self.request.user, **form.cleaned_data)


class PlanTransition(FamilyRecordLookup, RecordForm):
    may, model, form_class = "write_records", Family, TransitionForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family}

    def save(self, form: TransitionForm) -> TransitionPlan:
        return actions.plan_transition(family=self.family, by=self.request.user, **form.details())


class AddWayBack(RecordForm):
    form_class = WayBackForm

    def save(self, form: WayBackForm) -> WayBack:
        return actions.save_way_back(by=self.request.user, **form.cleaned_data)


class ChangeWayBack(EditForm):
    form_class = WayBackForm

    def get_records(self) -> QuerySet[WayBack]:
        return WayBack.objects.select_related("site")

    def get_initial(self) -> dict[str, Any]:
        return build_way_back_initial(self.record)

    def save(self, form: WayBackForm) -> WayBack:
        return actions.save_way_back(way_back=self.record, by=self.request.user, **form.cleaned_data)


class BeginKeepsake(FamilyRecordLookup, RecordForm):
    may, form_class = "write_records", NewKeepsakeForm

    def get_records(self) -> QuerySet[Dyad]:
        return Dyad.objects.select_related("infant", "caregiver")

    def save(self, form: NewKeepsakeForm) -> Keepsake:
        return actions.begin_keepsake(dyad=self.record, by=self.request.user, **form.cleaned_data)


class KeepsakeForm(RecordForm):
    """About a keepsake; the permission is asked of its dyad's family, which is at hand as well."""

    may = "write_records"
    family: Family

    def get_record(self, may: Any) -> Keepsake:
        found = get_visible_or_404(self.request, Keepsake.objects.whole(), pk=self.record_id)
        self.family = get_family(self.request, found.dyad.family_id, may)
        return found


class WriteKeepsake(KeepsakeForm, SharedDraftForm):
    form_class = KeepsakeTextForm
    formset_classes = {"lines": KeepsakeLineFormSet}

    def describe_draft(self) -> dict[str, str]:
        fields = KeepsakeTextForm.base_fields
        texts = {str(field.label): getattr(self.record, name) for name, field in fields.items()}
        lines = enumerate(self.record.lines.all(), start=1)
        return texts | {f"Line {number}": line.text for number, line in lines}

    def save(self, form: KeepsakeTextForm, lines: BaseFormSet) -> Keepsake:
        return actions.write_keepsake(
            keepsake=self.record, lines=list_chosen_lines(lines), by=self.request.user, **form.cleaned_data
        )


class ConfirmKeepsake(KeepsakeForm):
    """What was looked at, and nothing else, is ready to print."""

    form_class = SeenForm

    def get_initial(self) -> dict[str, Any]:
        return {"seen": compute_keepsake_digest(self.record)}

    def save(self, form: SeenForm) -> Keepsake:
        return actions.mark_keepsake_ready(keepsake=self.record, by=self.request.user, **form.cleaned_data)


class NextKeepsake(KeepsakeForm):
    """Another version, which begins with the words of this one."""

    form_class = Form

    def save(self, form: Form) -> Keepsake:
        return actions.create_next_version(keepsake=self.record, by=self.request.user)
