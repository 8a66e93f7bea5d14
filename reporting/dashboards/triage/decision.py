"""The decision page: the referral, possible matches, the decision and the replies."""

from functools import cached_property
from typing import Any

from django.forms import BaseFormSet
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.families.last_day import has_died
from pairs.matching.rules.kinds import PersonKind
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_page import FormPage, PageOf
from pairs.submissions.form_submission import add_refusal_to_form
from referrals.actions.steps import ask_for_more
from referrals.duplicate_check import check_duplicates
from referrals.forms.decision import (
    ASK_FOR_MORE,
    DecisionOrQuestionForm,
    build_match_formset,
    build_match_initial,
    needs_people_named,
)
from referrals.forms.replies import (
    BaseReplyFormSet,
    build_replies_form,
    build_reply_formset,
    is_draft_request,
)
from referrals.matching import Candidate, CandidateSet
from referrals.models import Referral
from referrals.recipients import list_recipients_owed
from referrals.record_forms.triage import DecideReferral
from referrals.referral_lines import describe_referral
from referrals.rules.choices import MatchResult, ReferralState, ReplyTopic, ReplyWay
from referrals.rules.clocks import FOUR_WEEK_LIMIT_DAYS
from referrals.rules.status_transitions import may_change_status
from referrals.summary import describe_district, summarise_referral
from reporting.dashboards.returning_referrals import load_previous_episode
from reporting.dashboards.triage.decision_records import get_decision_records
from reporting.dashboards.triage.referral_header import (
    describe_birth,
    describe_reading_deadline,
    describe_referrer,
    get_decision_wait,
    list_referral_flags,
)

REPLIES_SENT = "replies-TOTAL_FORMS"  # what a page with the replies on it sends
HIDDEN_MATCH_TEXT = "Possible match: the hub will check."
HUB_ANSWER_TEXTS = {
    MatchResult.ASKED: HIDDEN_MATCH_TEXT,
    MatchResult.SAME: "The hub has confirmed a match with a record you cannot open. Someone who can open "
    "it must decide this referral; please call the hub.",
    MatchResult.DIFFERENT: "The hub has checked: there is no match elsewhere.",
}


@policy.permission("triage_referrals")
class DecideReferralPage(DecideReferral, FormPage):
    """What was said, beside the decision in its steps: who they are, the answer, and the replies drafted for it.

    All steps are parts of one form at one address, so that nothing is lost between them.
    """

    form_class = DecisionOrQuestionForm
    template_name = "dashboards/decide.html"
    first_click_closes = True
    autosaves = True
    back = PageOf("triage", text="Triage")
    sends_replies = False  # what is told by phone or in person is not sent

    def get_record(self, may: Any) -> Referral:
        self.records = get_decision_records(self.request, self.record_id, self.kind)
        return self.records.referral

    @cached_property
    def candidates(self) -> list[CandidateSet]:
        """Asked once it is known that this is no second click: the referral would be decided by then."""
        return check_duplicates(self.request, self.record, self.records.answers)

    def get_form_kwargs(self) -> dict[str, Any]:
        records = self.records
        notes = {each.site.pk: each.words for each in records.capacity} | {
            lead.pk: f"{records.led.get(str(lead.pk), 0)} open episodes" for lead in records.leads
        }
        return super().get_form_kwargs() | {"notes": notes}

    def build_form(self, data: Any) -> Any:
        form, records = super().build_form(data), self.records
        form.offer(
            leads=records.leads,
            destinations=records.destinations,
            sites=[each.site for each in records.capacity],
        )
        return form

    def build_formsets(self, data: Any) -> dict[str, BaseFormSet]:
        matches = build_match_formset(self.candidates)
        first = build_match_initial(self.candidates)
        self.writes_replies = bool(data) and REPLIES_SENT in data
        return {
            "matches": matches(data, initial=first, prefix="matches"),
            "replies": self._build_replies()
            if self.submission.posted or self.writes_replies
            else build_reply_formset(self.record)(prefix="replies"),
        }

    def _build_replies(self) -> BaseReplyFormSet:
        chosen = self._read_chosen()
        asks = chosen.get("response") == ASK_FOR_MORE
        return build_replies_form(
            self.submission,
            self.record,
            response=ReplyTopic.QUESTION if asks else chosen.get("response", ""),
            owed=list_recipients_owed(self.record)[:1] if asks else None,
            destinations=chosen.get("destinations") or (),
            reason=chosen.get("reason", ""),
            on=timezone.localdate(),
            carers=self.record.caregivers.all(),
        )

    def _read_chosen(self) -> dict[str, Any]:
        """What is chosen by now, as far as it can be read."""
        if not self.submission.posted:
            return {}
        self.form.is_valid()
        return self.form.cleaned_data

    def save_once(self, form: Any, formsets: dict[str, Any]) -> str | None:
        if not is_draft_request(self.request):
            return super().save_once(form, formsets)
        if self._is_answered(form, formsets["matches"]):
            self.writes_replies = True
        return None

    def _is_answered(self, form: Any, matches: Any) -> bool:
        """Whether the replies can be written: everything before them is said, else all that is missing is shown."""
        if not self.submission.is_valid(form, matches):
            return False
        try:
            form.details(matches)
        except ActionRefused as refused:
            add_refusal_to_form(form, refused, formsets=(matches,))
            return False
        return True

    def save(self, form: Any, matches: Any, replies: BaseReplyFormSet) -> Referral:
        self.sends_replies = any(draft.way in (ReplyWay.LETTER, ReplyWay.EMAIL) for draft in replies.drafts())
        if not form.asks:
            return super().save(form, matches, replies)
        ask_for_more(
            referral=self.record, by=self.request.user, replies=replies.drafts(), **form.details(matches)
        )
        return self.record

    def get_field_names(self) -> dict[str, str]:
        """A refused question is said beside its own field."""
        return {"reason": "question"} if self.form.is_valid() and self.form.asks else {}

    def get_message(self) -> str:
        if self.form.asks:
            return f"Question about {self.record.reference} sent. We will tell you when more information is added."
        sent = " The replies are being sent." if self.sends_replies else ""
        return f"{self.record.reference} decided.{sent}"

    def get_success_path(self, made: Referral) -> str:
        """The new family's page for those who may open it, else back to the board."""
        if (
            made.family
            and not self.form.asks
            and self.request.scope.may("read_families", at=made.family.site_id)
        ):
            return reverse("family", args=[made.family_id])
        return reverse("triage")

    def find_begun_draft(self, form: Any, formsets: dict[str, Any]) -> Any:
        if self.record.decided_at or self.submission.data is not None:
            return None
        return self.submission.find_unfinished_among(self.records.drafts)

    def get_context(self, form: Any) -> dict[str, Any]:
        matches, replies = self.formsets["matches"], self.formsets["replies"]
        return self._describe_referral() | {
            "matches": matches,
            "people": [_present_person(row) for row in matches.forms],
            "replies": replies,
            "writes_replies": self.writes_replies,
            "who_said": ", ".join(
                str(each.named) if each.named.name else "not yet named" for each in self.candidates
            ),
            "answer_said": _describe_answer(form),
            "asks": form["response"].value() == ASK_FOR_MORE,
            "missing": needs_people_named(self.record),
        }

    def _describe_referral(self) -> dict[str, Any]:
        referral, records, now = self.record, self.records, timezone.now()
        before = records.before
        return {
            "referral": referral,
            "line": describe_referral(referral, timezone.localdate(now)),
            "said": summarise_referral(referral),
            "row": {
                "days": get_decision_wait(referral, timezone.localdate(now)).days,
                "limit": FOUR_WEEK_LIMIT_DAYS,
                "entry_point": referral.get_entry_point_display(),
                "by": describe_referrer(referral),
                "district": describe_district(referral),
                "flags": list_referral_flags(referral),
                **describe_reading_deadline(referral, now),
            },
            "worries": records.worries,
            "additions": records.additions,
            "comes_back": before.returns,
            "story": load_previous_episode(self.request, referral, before),
            "may_reopen": referral.decided_at is not None
            and may_change_status(referral.status, ReferralState.READ),
        }


def _describe_answer(form: Any) -> str:
    """The answer that is chosen by now, in words."""
    return dict(form.fields["response"].choices).get(form["response"].value(), "")


def _present_person(row: Any) -> dict[str, Any]:
    """One named person as the page draws them: who may be the same, with the evidence; of one birth; the hub."""
    looked = row.looked
    if looked is None:
        return {"row": row, "name": "", "born": "", "hub": "", "found": 0, "asks": True}
    row.option_hints = {"held": {str(each.person.pk): _describe_evidence(each) for each in looked.here}}
    return {
        "row": row,
        "name": looked.named.name
        or ("A baby not yet named" if looked.kind == PersonKind.INFANT else "Name not known"),
        "born": describe_birth(looked.named),
        "id": looked.named.pk,
        "may_be_lost": looked.kind == PersonKind.INFANT and not has_died(looked.named),
        "hub": HUB_ANSWER_TEXTS.get(looked.hub, ""),
        "found": len(looked.here),
        "asks": bool(looked.here or looked.carriers or looked.hub or looked.named_together),
        "becomes": dict(row.fields["held"].choices).get(row["held"].value(), "Choose"),
    }


def _describe_evidence(candidate: Candidate) -> str:
    """What speaks for it, when they were born, where they are held, and what was answered before."""
    person = candidate.person
    before = {
        MatchResult.SAME: "answered before: the same",
        MatchResult.DIFFERENT: "answered before: not the same",
        MatchResult.TWIN: "answered before: another baby of the same birth",
    }
    parts = [
        "; ".join(candidate.likeness.evidence).capitalize(),
        describe_birth(person),
        f"Site {person.family.site}",
        before.get(candidate.answer, "").capitalize(),
    ]
    return ". ".join(filter(None, parts)) + "."
