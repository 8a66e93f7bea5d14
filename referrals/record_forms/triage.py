"""What triage does with a referral: names people, compares them with records, decides, asks, withdraws, reopens."""

from typing import Any

from django.db.models import QuerySet

from pairs.access.visible_records import get_visible_or_404
from pairs.families.forms.losses import LossForm
from pairs.submissions.record_forms import RecordForm
from referrals.actions import decide_referral, steps
from referrals.actions.linking import answer_match
from referrals.actions.named_people import add_named_caregiver, add_named_infant, record_named_loss
from referrals.duplicate_check import check_duplicates, get_match_check
from referrals.forms import DecisionForm, ReplyFormSet, build_reply_formset
from referrals.forms.decision import BaseMatchFormSet, MatchFormSet, build_match_formset
from referrals.forms.match_checks import MatchCheckForm
from referrals.forms.people import BabyForm, CarerForm
from referrals.forms.replies import BaseReplyFormSet
from referrals.forms.steps import QuestionForm, ReopeningForm, WithdrawalForm
from referrals.models import MatchAnswer, Referral, ReferredCaregiver, ReferredInfant


class TriagedReferralForm(RecordForm):
    """About a referral, for somebody who triages at its site: to be read as well as to be changed."""

    may = "triage_referrals"

    def get_records(self) -> QuerySet[Any]:
        return Referral.objects.with_people().select_related("family")

    def get_record(self, may: Any) -> Any:
        return super().get_record(self.may)


class AddNamedInfant(TriagedReferralForm):
    form_class = BabyForm

    def save(self, form: BabyForm) -> ReferredInfant:
        return add_named_infant(referral=self.record, by=self.request.user, **form.action_kwargs())


class AddNamedCaregiver(TriagedReferralForm):
    form_class = CarerForm

    def save(self, form: CarerForm) -> ReferredCaregiver:
        return add_named_caregiver(referral=self.record, by=self.request.user, **form.cleaned_data)


class RecordNamedLoss(RecordForm):
    """A baby whom an undecided referral names has died."""

    may, form_class = "triage_referrals", LossForm

    def get_records(self) -> QuerySet[Any]:
        return ReferredInfant.objects.select_related("referral")

    def get_record(self, may: Any) -> Any:
        return get_visible_or_404(self.request, self.get_records(), may=self.may, pk=self.kwargs["named_id"])

    def save(self, form: LossForm) -> ReferredInfant:
        return record_named_loss(named=self.record, by=self.request.user, **form.cleaned_data)


class AnswerMatchCheck(RecordForm):
    """Whoever may open the record says whether it is of somebody named in a referral."""

    form_class = MatchCheckForm

    def get_record(self, may: Any) -> Any:
        return get_match_check(self.request, self.record_id)

    def save(self, form: MatchCheckForm) -> MatchAnswer:
        return answer_match(check=self.record, by=self.request.user, **form.cleaned_data)


class DecideReferral(TriagedReferralForm):
    form_class = DecisionForm
    formset_classes = {"matches": MatchFormSet, "replies": ReplyFormSet}

    def get_record(self, may: Any) -> Any:
        """The referral; ``self.candidates`` beside it. Before anything is saved: the hub is asked in any case."""
        referral = super().get_record(may)
        self.candidates = check_duplicates(self.request, referral)
        return referral

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"referral": self.record}

    def get_formset_classes(self) -> dict[str, Any]:
        return {
            "matches": build_match_formset(self.candidates),
            "replies": build_reply_formset(self.record),
        }

    def save(self, form: DecisionForm, matches: BaseMatchFormSet, replies: BaseReplyFormSet) -> Referral:
        return decide_referral(
            referral=self.record, by=self.request.user, replies=replies.drafts(), **form.details(matches)
        )


class ReplyingStep(TriagedReferralForm):
    """A step of which somebody hears."""

    formset_classes = {"replies": ReplyFormSet}

    def get_formset_classes(self) -> dict[str, Any]:
        return {"replies": build_reply_formset(self.record)}


class AskForMore(ReplyingStep):
    """One question to one person."""

    form_class = QuestionForm

    def save(self, form: QuestionForm, replies: BaseReplyFormSet) -> Referral:
        steps.ask_for_more(
            referral=self.record, by=self.request.user, replies=replies.drafts(), **form.cleaned_data
        )
        return self.record


class WithdrawReferral(ReplyingStep):
    """It ends because somebody asked for that, and everybody hears."""

    form_class = WithdrawalForm

    def save(self, form: WithdrawalForm, replies: BaseReplyFormSet) -> Referral:
        steps.withdraw_referral(
            referral=self.record, by=self.request.user, replies=replies.drafts(), **form.cleaned_data
        )
        return self.record


class ReopenReferral(TriagedReferralForm):
    """One that ended waits for a decision again."""

    form_class = ReopeningForm

    def save(self, form: ReopeningForm) -> Referral:
        steps.reopen_referral(referral=self.record, by=self.request.user, **form.cleaned_data)
        return self.record
