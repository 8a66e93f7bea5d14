"""What the hub is asked: is somebody named in a referral the person whose record one may see?"""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.fetch import fetch_list
from pairs.families.banner import banner_of
from pairs.families.opened import family_of
from pairs.matching.duplicates import described
from pairs.matching.rules.likeness import likeness
from pairs.submissions.typed import Typed
from referrals.actions.linking import answer_match
from referrals.forms.checks import MatchCheck
from referrals.looking import check_of
from referrals.matching import described_named, kind_of
from referrals.models import MatchAnswer
from reporting.desk.triage.fetched import born


@policy.permission("triage_referrals", "govern_records")
def match_checks(request):
    """Possible matches that wait for somebody who may see the record that is held."""
    waiting = MatchAnswer.objects.with_held().order_by("at").waiting()
    rows = fetch_list(request, waiting)
    request.sight.listed.update(each.held.family_id for each in rows)
    return render(request, "desk/match_checks.html", {"rows": [_row(each) for each in rows]})


def _row(check):
    return {
        "href": reverse("match-check", args=[check.pk]),
        "reference": check.referral.reference,
        "held": str(check.held),
        "site": str(check.held.family.site),
        "asked": check.at,
    }


@policy.permission("triage_referrals", "govern_records")
def match_check(request, check_id):
    """The named person beside the held one: the same, or not."""
    check = check_of(request, check_id)
    typed = Typed(request, kind="match-check")
    form = MatchCheck(typed.data)
    done = typed.submitted(
        form,
        make=lambda: answer_match(check=check, by=request.user, **form.cleaned_data),
        path_of=lambda answer: reverse("match-checks"),
    )
    if done:
        messages.success(request, "Answered. Whoever decides the referral sees your answer, and no name.")
        return redirect(done)
    context = {
        "check": check,
        "banner": banner_of(family_of(request, check.held.family_id)),
        "rows": side_by_side(check),
        "evidence": evidence_of(check),
        "form": form,
        "submission_token": typed.token,
    }
    return render(request, "desk/match_check.html", context)


def side_by_side(check):
    """What was said of the named person, and what the record says, in words."""
    held = described(kind_of(check.named), [check.held.pk])[check.held.pk]
    named = described_named(check.named, check.referral.caregivers.live())
    facts = (
        ("Name", lambda each: f"{each.given_name} {each.family_name}".strip()),
        ("Born or due", born),
        ("NHS number", lambda each: each.nhs_number),
        ("Phone", lambda each: ", ".join(f"0{phone}" for phone in sorted(each.phones))),
        ("E-mail", lambda each: ", ".join(sorted(each.emails))),
        ("Postcode", lambda each: ", ".join(sorted(each.postcodes))),
    )
    return [[label, words(named) or "Not said", words(held) or "Not recorded"] for label, words in facts]


def evidence_of(check):
    """What speaks for it and against it, in words."""
    held = described(kind_of(check.named), [check.held.pk])[check.held.pk]
    return likeness(described_named(check.named, check.referral.caregivers.live()), held).evidence
