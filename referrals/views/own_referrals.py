"""Pages for the referrer: add to a referral, withdraw it, hand it over to a colleague."""

from functools import cached_property
from typing import Any

from pairs.access import policy
from pairs.submissions.form_page import FormPage, PageOf
from referrals.actions.steps import WITHDRAWAL_ALREADY_ASKED
from referrals.record_forms.referrals import AddToReferral, HandOverReferrals, WithdrawOwnReferral
from referrals.referrer_progress import load_referrer_views
from referrals.rules.choices import DECIDED_STATUSES, ReferralState
from referrals.views.steps import ReferralPage

ANSWER_SENT = "Answer sent. The team reading the referral has been told."


class UndecidedReferralPage(ReferralPage):
    """What can be said of a referral until it is decided."""

    def is_possible(self) -> bool:
        return self.record.status not in DECIDED_STATUSES


@policy.permission("make_referrals", "triage_referrals")
class AddToReferralPage(AddToReferral, UndecidedReferralPage):
    """More about it: from whoever referred, or typed by staff as it was told."""

    text = (
        "Earlier information is not changed. If a child may be in danger, call 999 or children's social care.",
    )
    template_name = "referrals/add.html"
    button = "Add it"
    message = "Information added. The team reading the referral has been told."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"answers": bool(self.question)}

    @cached_property
    def question(self) -> str:
        """Our question to whoever opens this, while it waits for their answer; else ""."""
        if self.record.referrer_id != self.request.user.pk:
            return ""
        return load_referrer_views(self.request.user, [self.record])[self.record.pk].progress.question

    def get_title(self) -> str:
        act = "Answer our question about" if self.question else "Add to"
        return f"{act} {self.record.reference}"

    def get_button(self) -> str:
        return "Send the answer" if self.question else self.button

    def get_message(self) -> str:
        return ANSWER_SENT if self.question else self.message

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"question": self.question}


@policy.permission("make_referrals")
class WithdrawOwnReferralPage(WithdrawOwnReferral, UndecidedReferralPage):
    """Whoever referred withdraws it: at once, or once we have told the family."""

    text = ("The referral ends for the family too. You can refer again at any time.",)
    button = "Withdraw it"
    danger = True

    def get_title(self) -> str:
        return f"Withdraw {self.record.reference}"

    def get_obstacle(self) -> str:
        asked = self.record.withdrawal_asked_at
        return super().get_obstacle() or (WITHDRAWAL_ALREADY_ASKED if asked else "")

    def get_message(self) -> str:
        ended = self.record.status == ReferralState.WITHDRAWN
        return (
            "Referral withdrawn."
            if ended
            else "Withdrawal requested. We will tell the family, then close the referral."
        )


@policy.permission("make_referrals")
class HandOverReferralsPage(HandOverReferrals, FormPage):
    """Every referral of one's own, or of a colleague who has left, goes to somebody else of the team."""

    title = "Hand over referrals"
    text = (
        "Use this when you leave, or a colleague has left. All the referrals go to someone else in your "
        "team, who can read them and will receive replies from now on. The record still shows who made "
        "them.",
    )
    button = "Hand them over"
    message = "Referrals handed over. Your team can still see them."
    back = PageOf("my-referrals", text="My referrals")

    def get_obstacle(self) -> str:
        colleagues = self.get_form_kwargs()["to"].exclude(pk=self.request.user.pk)
        if colleagues.exists():
            return ""
        return (
            "No one else in your team has an account for making referrals. Ask your system administrator "
            "to create an account for your colleague in the same team."
        )
