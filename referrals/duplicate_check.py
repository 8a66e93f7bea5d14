"""The duplicate check of named people, for pages and API: logged; matches out of scope go to the hub."""

from typing import Any
from uuid import UUID

from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from referrals.actions.linking import request_hub_check
from referrals.matching import AnswersByPerson, CandidateSet, collect_candidate_families, find_candidate_sets
from referrals.models import MatchAnswer, Referral

HIDDEN_MATCH_REASON = "A search for a person named; hidden records were not shown"
CHECK_PERMISSIONS = ("triage_referrals", "govern_records")


def check_duplicates(
    request: ScopedRequest, referral: Referral, answers: AnswersByPerson | None = None
) -> list[CandidateSet]:
    """Candidates for each named person; families found are written to the access log.

    ``answers``: those about this referral's people, where the caller has read them.
    """
    if referral.decided_at or referral.patient_id:
        return []
    looked = find_candidate_sets(referral, request.scope, answers)
    request.access_log.listed.update(collect_candidate_families(looked))
    if any(each.elsewhere for each in looked):
        request.access_log.reason = HIDDEN_MATCH_REASON
    if any(each.elsewhere - each.asked for each in looked):
        request_hub_check(referral=referral, looked=looked)
    return looked


def get_match_check(request: ScopedRequest, check_id: UUID) -> Any:
    """One match check, by somebody with access to the record; its family goes to the access log."""
    check = get_visible_or_404(request, MatchAnswer.objects.with_held(), may=CHECK_PERMISSIONS, pk=check_id)
    request.access_log.opened.add(check.held.family_id)
    return check
