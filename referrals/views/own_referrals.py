"""Pages for the referrer: add to a referral, withdraw it, hand it over to a colleague."""

from pairs.access import policy
from pairs.submissions.form_page import FormPage, PageOf
from referrals.record_forms.referrals import AddToReferral, HandOverReferrals, WithdrawOwnReferral
from referrals.rules.choices import DECIDED_STATUSES, ReferralState
from referrals.views.steps import ReferralPage


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
    button = "Add it"
    message = "Information added. The team reading the referral has been told."

    def get_title(self) -> str:
        return f"Add to {self.record.reference}"


@policy.permission("make_referrals")
class WithdrawOwnReferralPage(WithdrawOwnReferral, UndecidedReferralPage):
    """Whoever referred withdraws it: at once, or once we have told the family."""

    text = ("The referral ends for the family too. You can refer again at any time.",)
    button = "Withdraw it"
    danger = True

    def get_title(self) -> str:
        return f"Withdraw {self.record.reference}"

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
