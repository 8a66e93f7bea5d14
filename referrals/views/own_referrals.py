"""Pages for the referrer: add to a referral, withdraw it, hand it over to a colleague."""

from django.urls import reverse

from pairs.access import policy
from pairs.submissions.form_page import FormPage, Link
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

    kind = "add-to-referral"
    text = (
        "What was said before stays as it was. If a child may be in danger, call 999 or children's social care.",
    )
    button = "Add it"
    message = "Added. Whoever reads the referral hears of it."

    def get_title(self) -> str:
        return f"Add to {self.record.reference}"


@policy.permission("make_referrals")
class WithdrawOwnReferralPage(WithdrawOwnReferral, UndecidedReferralPage):
    """Whoever referred withdraws it: at once, or once we have told the family."""

    kind = "withdraw-my-referral"
    text = ("It ends for the family as well. You can refer again at any time.",)
    button = "Withdraw it"
    danger = True

    def get_title(self) -> str:
        return f"Withdraw {self.record.reference}"

    def get_message(self) -> str:
        ended = self.record.status == ReferralState.WITHDRAWN
        return "It is withdrawn." if ended else "We tell the family, and then close it."


@policy.permission("make_referrals")
class HandOverReferralsPage(HandOverReferrals, FormPage):
    """Every referral of one's own, or of a colleague who has left, goes to somebody else of the team."""

    kind = "hand-over-referrals"
    title = "Hand over referrals"
    text = (
        "When you leave, or a colleague has left: all of their referrals go to somebody else of your team, who reads "
        "what was told and hears the answers from now on. Who made them stays in the record.",
    )
    button = "Hand them over"
    message = "Handed over. Your team still sees them."

    def get_back_link(self) -> Link:
        return Link(reverse("my-referrals"), "My referrals")

    def get_obstacle(self) -> str:
        colleagues = self.get_form_kwargs()["to"].exclude(pk=self.request.user.pk)
        if colleagues.exists():
            return ""
        return (
            "There is nobody else in your team with an account who refers. Ask your system administrator for an "
            "account for your colleague, in the same team."
        )
