"""Match checks for the hub: is a person named in a referral the same as an existing record?"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.access import get_family
from pairs.families.banner import build_banner
from pairs.matching.descriptions import load_descriptions
from pairs.matching.rules.likeness import compare_people
from pairs.submissions.form_page import FormPage, PageOf
from referrals.matching import describe_named_person, get_person_kind
from referrals.models import MatchAnswer
from referrals.record_forms.triage import AnswerMatchCheck
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
class MatchCheckPage(AnswerMatchCheck, FormPage):
    """The named person beside the held one: the same, or not."""

    template_name = "dashboards/match_check.html"
    button = "Send the answer"
    message = "Answer sent. The person deciding the referral sees your answer without names."
    back = PageOf("match-checks", text="Possible matches to check")

    def get_title(self) -> str:
        return f"The same person? {self.record.referral.reference}"

    def get_context(self, form: Any) -> dict[str, Any]:
        return {
            "banner": build_banner(get_family(self.request, self.record.held.family_id)),
            "rows": compare_side_by_side(self.record),
            "evidence": list_evidence(self.record),
        }


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
    return [[label, words(named) or "Not stated", words(held) or "Not recorded"] for label, words in facts]


def list_evidence(check: MatchAnswer) -> tuple[str, ...]:
    """What speaks for it and against it, in words."""
    held = load_descriptions(get_person_kind(check.named), [check.held.pk])[check.held.pk]
    return compare_people(describe_named_person(check.named, check.referral.caregivers.live()), held).evidence
