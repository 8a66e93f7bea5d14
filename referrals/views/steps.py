"""Status changes besides the decision, by triage: ask for more, withdraw, reopen."""

from abc import abstractmethod
from typing import Any

from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.visible_records import list_visible
from pairs.submissions.form_page import FormPage, Link
from referrals.forms.replies import BaseReplyFormSet, build_replies_form
from referrals.models import Addition
from referrals.recipients import list_recipients_owed
from referrals.record_forms import triage
from referrals.rules.choices import PLEASE_TELL_FAMILY, ReferralState, ReplyRecipient, ReplyTopic
from referrals.rules.status_transitions import may_change_status


class ReferralPage(FormPage):
    """A form about a referral, which leads back to it, and is not offered where the referral stands too far for it."""

    def get_back_link(self) -> Link:
        return Link(reverse("referral", args=[self.record.pk]), self.record.reference)

    def get_obstacle(self) -> str:
        if self.is_possible():
            return ""
        return f"This is not possible now: the referral is “{self.record.get_status_display()}”."

    @abstractmethod
    def is_possible(self) -> bool:
        """Whether the referral, as it stands, may be changed so."""


class ReplyingStepPage(ReferralPage):
    """A step to the state ``to``, with the replies on ``topic`` that go with it."""

    to: ReferralState
    topic: ReplyTopic
    template_name = "referrals/step.html"

    def is_possible(self) -> bool:
        return may_change_status(self.record.status, self.to)

    def build_formsets(self, data: Any) -> dict[str, BaseReplyFormSet]:
        replies = build_replies_form(
            self.submission,
            self.record,
            response=self.topic,
            on=timezone.localdate(),
            owed=self.list_recipients(),
            fixed=True,
        )
        return {"replies": replies}

    def list_recipients(self) -> tuple[str, ...]:
        """Who hears of it, as ReplyRecipient."""
        return list_recipients_owed(self.record)


@policy.permission("triage_referrals")
class AskForMorePage(triage.AskForMore, ReplyingStepPage):
    """One question to one person: whoever referred, or the family (?to=family)."""

    to, topic = ReferralState.MORE_ASKED, ReplyTopic.QUESTION
    text = (
        "Ask one person, in your own words. The referral waits for the answer, and its clock keeps running.",
    )
    button = "Send the question"
    message = "Question saved. We will tell you when more information is added."

    def get_title(self) -> str:
        return f"Request more information about {self.record.reference}"

    def list_recipients(self) -> tuple[str, ...]:
        asks_family = self.request.GET.get("to") == ReplyRecipient.FAMILY
        return (ReplyRecipient.FAMILY if asks_family else super().list_recipients()[0],)

    def get_context(self, form: Any) -> dict[str, Any]:
        asked = self.list_recipients()
        others = [each for each in super().list_recipients() if each not in asked]
        return {"replies_title": "The question", "other": next(iter(others), "")}


@policy.permission("triage_referrals")
class WithdrawReferralPage(triage.WithdrawReferral, ReplyingStepPage):
    """It ends because somebody asked for that, and everybody hears."""

    to, topic = ReferralState.WITHDRAWN, ReplyTopic.WITHDRAWN
    text = (
        "The referral is closed and can be reopened. Send a reply to everyone who needs one, or record why not.",
    )
    button = "Withdraw the referral"
    danger = True

    def get_title(self) -> str:
        return f"Withdraw {self.record.reference}"

    def get_initial(self) -> dict[str, Any]:
        """Where whoever referred has asked for it: that, and why, as they said it."""
        asked = Addition.objects.asking_to_withdraw().filter(referral=self.record).order_by("at")
        reasons = [
            each.text.removeprefix(PLEASE_TELL_FAMILY).strip() for each in list_visible(self.request, asked)
        ]
        return {"asked_by": "referrer", "reason": reasons[-1]} if reasons else {}

    def get_message(self) -> str:
        return f"{self.record.reference} is withdrawn."

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"replies_title": "Replies"}


@policy.permission("triage_referrals")
class ReopenReferralPage(triage.ReopenReferral, ReferralPage):
    """One that ended waits for a decision again."""

    text = ("It returns to the triage board, and everyone needs a new reply. The referrer will be told.",)
    button = "Reopen"

    def get_title(self) -> str:
        return f"Open {self.record.reference} again"

    def get_message(self) -> str:
        return f"{self.record.reference} reopened."

    def is_possible(self) -> bool:
        """Only of one that ended: an answered question merely marks it as read."""
        decided = self.record.decided_at is not None
        return decided and may_change_status(self.record.status, ReferralState.READ)
