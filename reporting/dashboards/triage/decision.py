"""The decision page: the referral, possible matches, the decision and the replies."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.forms import NewAlertForm
from pairs.families.models import RiskAlert
from pairs.matching.rules.kinds import PersonKind
from pairs.service.models import Site
from pairs.submissions.form_submission import FormSubmission, clear_form_errors
from referrals.actions import decide_referral
from referrals.duplicate_check import check_duplicates
from referrals.forms import DecisionForm
from referrals.forms.decision import (
    BaseMatchFormSet,
    build_match_formset,
    build_match_initial,
    needs_people_named,
)
from referrals.forms.replies import BaseReplyFormSet, build_replies_form, is_draft_request
from referrals.matching import Candidate, CandidateSet
from referrals.models import Addition, Referral
from referrals.rules.choices import MatchResult, ReferralState
from referrals.rules.status_transitions import may_change_status
from referrals.summary import summarise_referral
from reporting.dashboards.returning_referrals import find_returns, load_previous_episode
from reporting.dashboards.triage.board import describe_reading_deadline, list_referral_flags
from reporting.dashboards.triage.capacity import count_lead_episodes, list_site_capacity
from reporting.dashboards.triage.referral_header import (
    describe_birth,
    describe_referrer,
    get_decision_wait,
    get_triaged_referral,
)

HIDDEN_MATCH_TEXT = "Possible match: the hub will check."
HUB_ANSWER_TEXTS = {
    MatchResult.ASKED: HIDDEN_MATCH_TEXT,
    MatchResult.SAME: "The hub has answered: it is somebody whose record is not open to you. "
    "Somebody who may open it has to decide this referral; please ring the hub.",
    MatchResult.DIFFERENT: "The hub has answered: it is nobody whom we hold elsewhere.",
}


@policy.permission("triage_referrals")
def decide_on_referral(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """What was said, beside the decision."""
    referral = get_triaged_referral(request, referral_id)
    submission = FormSubmission(request, kind="decide-referral")
    if submission.posted and (done := submission.get_existing_result_path()):
        return redirect(done)  # the second of two clicks: the referral is decided by now
    looked = check_duplicates(request, referral)
    forms = _build_forms(submission, referral, looked)
    form, matches, replies = forms
    if is_draft_request(request):
        for each in (form, matches):
            clear_form_errors(each)
        return _render_decision(request, referral, submission, looked, forms)
    done = submission.save_once(
        form,
        matches,
        replies,
        make=lambda: decide_referral(
            referral=referral, by=request.user, replies=replies.drafts(), **form.details(matches)
        ),
        path_of=lambda decided: _get_path_after_decision(request, decided),
    )
    return redirect(done) if done else _render_decision(request, referral, submission, looked, forms)


def _build_forms(
    submission: FormSubmission, referral: Referral, looked: list[CandidateSet]
) -> tuple[DecisionForm, BaseMatchFormSet, BaseReplyFormSet]:
    """The answer, who is who, and the replies, drafted for the answer that is chosen now."""
    leads, carried = count_lead_episodes()
    room = list_site_capacity()
    notes = {each.site.pk: each.words for each in room} | {
        lead.pk: f"{carried.get(lead.pk, 0)} open episodes" for lead in leads
    }
    sites = Site.objects.open_on(timezone.localdate())
    form = DecisionForm(submission.data, referral=referral, sites=sites, notes=notes)
    form.room = room
    matches = build_match_formset(looked)(
        submission.data, initial=build_match_initial(looked), prefix="matches"
    )
    return form, matches, _build_decision_replies(submission, referral, form)


def _build_decision_replies(
    submission: FormSubmission, referral: Referral, form: DecisionForm
) -> BaseReplyFormSet:
    chosen = _read_chosen(submission, form)
    return build_replies_form(
        submission,
        referral,
        response=chosen.get("response", ""),
        destinations=chosen.get("destinations") or (),
        reason=chosen.get("reason", ""),
        on=timezone.localdate(),
    )


def _read_chosen(submission: FormSubmission, form: DecisionForm) -> dict[str, Any]:
    """What is chosen by now, as far as it can be read."""
    if not submission.posted:
        return {}
    form.is_valid()
    return form.cleaned_data


def _get_path_after_decision(request: ScopedRequest, referral: Referral) -> str:
    """The new family's page for those who may open it, else back to the board."""
    messages.success(request, f"{referral.reference} is decided, and the replies are on their way.")
    if referral.family and request.scope.may("read_families", at=referral.family.site_id):
        return reverse("family", args=[referral.family_id])
    return reverse("triage")


def _render_decision(
    request: ScopedRequest,
    referral: Referral,
    submission: FormSubmission,
    looked: list[CandidateSet],
    forms: tuple[DecisionForm, BaseMatchFormSet, BaseReplyFormSet],
) -> HttpResponse:
    form, matches, replies = forms
    now = timezone.now()
    alert = FormSubmission(request, kind="referral-alert") if request.method == "GET" else None
    context = {
        "referral": referral,
        "said": summarise_referral(referral),
        "row": {
            "days": get_decision_wait(referral, timezone.localdate(now)).days,
            "entry_point": referral.get_entry_point_display(),
            "by": describe_referrer(referral),
            "flags": list_referral_flags(referral),
            **describe_reading_deadline(referral, now),
        },
        "worries": list_visible(request, RiskAlert.objects.open().filter(about=referral.reference)),
        "additions": list_visible(request, Addition.objects.filter(referral=referral).select_related("by")),
        "comes_back": find_returns([referral]).get(referral.pk, (None, ""))[1],
        "story": load_previous_episode(request, referral),
        "may_reopen": referral.decided_at is not None
        and may_change_status(referral.status, ReferralState.READ),
        "form": form,
        "matches": matches,
        "people": [_present_person(row) for row in matches.forms],
        "replies": replies,
        "missing": needs_people_named(referral),
        "submission_token": submission.token,
        "alert": NewAlertForm(prefix="alert") if alert else None,
        "alert_token": alert.token if alert else None,
        "error_title": any(any(each.errors) for each in (matches, replies)),
    }
    return render(request, "dashboards/decide.html", context)


def _present_person(row: Any) -> dict[str, Any]:
    """One named person as the page draws them: who may be the same, with the evidence; of one birth; the hub."""
    looked = row.looked
    if looked is None:
        return {"row": row, "name": "", "born": "", "hub": "", "twins": [], "found": 0}
    row.option_hints = {"held": {str(each.person.pk): _describe_evidence(each) for each in looked.here}}
    return {
        "row": row,
        "name": looked.named.name
        or ("A baby not yet named" if looked.kind == PersonKind.INFANT else "Name not known"),
        "born": describe_birth(looked.named),
        "hub": HUB_ANSWER_TEXTS.get(looked.hub, ""),
        "twins": [
            f"{each.name or 'A baby not yet named'}, {describe_birth(each).lower()}" for each in looked.twins
        ],
        "found": len(looked.here),
    }


def _describe_evidence(candidate: Candidate) -> str:
    """What speaks for it, when they were born, where they are held, and what was answered before."""
    person = candidate.person
    before = {
        MatchResult.SAME: "answered before: the same",
        MatchResult.DIFFERENT: "answered before: not the same",
    }
    parts = [
        "; ".join(candidate.likeness.evidence).capitalize(),
        describe_birth(person),
        f"Held at {person.family.site}",
        before.get(candidate.answer, "").capitalize(),
    ]
    return ". ".join(filter(None, parts)) + "."
