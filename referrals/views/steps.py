"""Status changes besides the decision, by triage: ask for more, withdraw, reopen."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.submissions.form_submission import FormSubmission
from referrals.actions import steps
from referrals.forms.replies import BaseReplyFormSet, build_replies_form
from referrals.forms.steps import QuestionForm, ReopeningForm, WithdrawalForm
from referrals.models import Referral, ReferralStatus
from referrals.recipients import list_recipients_owed
from referrals.rules.choices import ReferralState, ReplyRecipient, ReplyTopic
from referrals.rules.status_transitions import may_change_status


@policy.permission("triage_referrals")
def ask_for_more_information(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """One question to one person: whoever referred, or the family (?to=family)."""
    referral = _get_triaged_referral(request, referral_id)
    owed = list_recipients_owed(referral)
    to = ReplyRecipient.FAMILY if request.GET.get("to") == ReplyRecipient.FAMILY else owed[0]
    other = next((each for each in owed if each != to), None)
    text = "Ask one person, in your own words. The referral waits, and its clock goes on."
    return _handle_step(
        request, referral, QuestionForm, steps.ask_for_more, kind="ask-for-more",
        about=ReplyTopic.QUESTION, to=ReferralState.MORE_ASKED, owed=(to,),
        title=f"Ask for more about {referral.reference}", button="Send the question", text=text,
        other=other, done="The question is kept. You are told when more is added.",
    )  # fmt: skip


@policy.permission("triage_referrals")
def withdraw_triaged_referral(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """It ends because somebody asked for that, and everybody hears."""
    referral = _get_triaged_referral(request, referral_id)
    text = (
        "It ends here, and can be opened again. Everybody who is owed a reply gets one, or a reason why not."
    )
    return _handle_step(
        request, referral, WithdrawalForm, steps.withdraw_referral, kind="withdraw-referral",
        about=ReplyTopic.WITHDRAWN, to=ReferralState.WITHDRAWN,
        title=f"Withdraw {referral.reference}", button="Withdraw the referral", text=text,
        done=f"{referral.reference} is withdrawn.", danger=True,
    )  # fmt: skip


@policy.permission("triage_referrals")
def reopen_closed_referral(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """One that ended waits for a decision again."""
    referral = _get_triaged_referral(request, referral_id)
    text = "It stands on the triage board again; everybody is owed a new reply. Whoever referred hears of it."
    return _handle_step(
        request, referral, ReopeningForm, steps.reopen_referral, kind="reopen-referral", to=ReferralState.READ,
        title=f"Open {referral.reference} again", button="Open it again", text=text,
        done=f"{referral.reference} is open again.",
    )  # fmt: skip


def _get_triaged_referral(request: ScopedRequest, referral_id: UUID) -> Any:
    rows = Referral.objects.with_people().select_related("family")
    return get_visible_or_404(request, rows, pk=referral_id, may="triage_referrals")


def _handle_step(
    request: ScopedRequest,
    referral: Referral,
    form_class: type[Any],
    action: Callable[..., Any],
    *,
    kind: str,
    to: str,
    done: str,
    about: str = "",
    owed: tuple[str, ...] | None = None,
    **shown: Any,
) -> HttpResponse:
    """The page of one step: its form, the replies that go with it, and what is written once it is sent."""
    submission = FormSubmission(request, kind=kind)
    form, replies = form_class(submission.data), _build_step_replies(submission, referral, about, owed)

    def make() -> ReferralStatus:
        told = {"replies": replies.drafts()} if replies else {}
        return action(referral=referral, by=request.user, **form.cleaned_data, **told)

    path = submission.save_once(
        form,
        *filter(None, [replies]),
        make=make,
        path_of=lambda step: reverse("referral", args=[referral.pk]),
    )
    if path:
        messages.success(request, done)
        return redirect(path)
    # Opening again is for one that ended: an answered question only marks it as read.
    may = may_change_status(referral.status, to) and (
        to != ReferralState.READ or referral.decided_at is not None
    )
    context = {"referral": referral, "form": form, "replies": replies, "submission_token": submission.token}
    return render(request, "referrals/step.html", context | {"may": may, **shown})


def _build_step_replies(
    submission: FormSubmission, referral: Referral, about: str, owed: tuple[str, ...] | None
) -> BaseReplyFormSet | None:
    if not about:
        return None
    on = timezone.localdate()
    return build_replies_form(submission, referral, response=about, on=on, owed=owed, fixed=True)
