"""Match checks for the hub: is a person named in a referral the same as an existing record?"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.access import get_family
from pairs.families.banner import build_banner
from pairs.matching.duplicates import load_descriptions
from pairs.matching.rules.likeness import compare_people
from pairs.submissions.form_submission import FormSubmission
from referrals.actions.linking import answer_match
from referrals.duplicate_check import get_match_check
from referrals.forms.match_checks import MatchCheckForm
from referrals.matching import describe_named_person, get_person_kind
from referrals.models import MatchAnswer
from reporting.dashboards.triage.referral_header import describe_birth


@policy.permission("triage_referrals", "govern_records")
def list_match_checks(request: ScopedRequest) -> HttpResponse:
    """Match checks waiting for somebody with access to the existing record."""
    waiting = MatchAnswer.objects.with_held().order_by("at").waiting()
    rows = list_visible(request, waiting)
    request.access_log.listed.update(each.held.family_id for each in rows)
    return render(
        request, "dashboards/match_checks.html", {"rows": [_build_check_row(each) for each in rows]}
    )


def _build_check_row(check: MatchAnswer) -> dict[str, Any]:
    return {
        "href": reverse("match-check", args=[check.pk]),
        "reference": check.referral.reference,
        "held": str(check.held),
        "site": str(check.held.family.site),
        "asked": check.at,
    }


@policy.permission("triage_referrals", "govern_records")
def answer_match_check(request: ScopedRequest, check_id: UUID) -> HttpResponse:
    """The named person beside the held one: the same, or not."""
    check = get_match_check(request, check_id)
    submission = FormSubmission(request, kind="match-check")
    form = MatchCheckForm(submission.data)
    done = submission.save_once(
        form,
        make=lambda: answer_match(check=check, by=request.user, **form.cleaned_data),
        path_of=lambda answer: reverse("match-checks"),
    )
    if done:
        messages.success(request, "Answered. Whoever decides the referral sees your answer, and no name.")
        return redirect(done)
    context = {
        "check": check,
        "banner": build_banner(get_family(request, check.held.family_id)),
        "rows": compare_side_by_side(check),
        "evidence": list_evidence(check),
        "form": form,
        "submission_token": submission.token,
    }
    return render(request, "dashboards/match_check.html", context)


def compare_side_by_side(check: MatchAnswer) -> list[list[str]]:
    """What was said of the named person, and what the record says, in words."""
    held = load_descriptions(get_person_kind(check.named), [check.held.pk])[check.held.pk]
    named = describe_named_person(check.named, check.referral.caregivers.live())
    facts = (
        ("Name", lambda each: f"{each.given_name} {each.family_name}".strip()),
        ("Born or due", describe_birth),
        ("NHS number", lambda each: each.nhs_number),
        ("Phone", lambda each: ", ".join(f"0{phone}" for phone in sorted(each.phones))),
        ("E-mail", lambda each: ", ".join(sorted(each.emails))),
        ("Postcode", lambda each: ", ".join(sorted(each.postcodes))),
    )
    return [[label, words(named) or "Not said", words(held) or "Not recorded"] for label, words in facts]


def list_evidence(check: MatchAnswer) -> tuple[str, ...]:
    """What speaks for it and against it, in words."""
    held = load_descriptions(get_person_kind(check.named), [check.held.pk])[check.held.pk]
    return compare_people(describe_named_person(check.named, check.referral.caregivers.live()), held).evidence
