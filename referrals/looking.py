"""The look for everybody named, as pages and the API make it: logged, and what is out of sight put to the hub."""

from pairs.access.fetch import fetch
from referrals.actions.linking import ask_the_hub
from referrals.matching import families_of, look
from referrals.models import MatchAnswer

NOT_SHOWN = "A look for somebody named; records out of sight were not shown"
MAY_CHECK = ("triage_referrals", "govern_records")


def looked_up(request, referral):
    """Everybody named beside those who are held; the access log says whose records the look came upon."""
    if referral.decided_at or referral.patient_id:
        return []
    looked = look(referral, request.scope)
    request.sight.listed.update(families_of(looked))
    if any(each.elsewhere for each in looked):
        request.sight.reason = NOT_SHOWN
        ask_the_hub(referral=referral, looked=looked)
    return looked


def check_of(request, check_id):
    """One possible match, by whoever may see the record that is held; whose record it is goes to the access log."""
    check = fetch(request, MatchAnswer.objects.with_held(), may=MAY_CHECK, pk=check_id)
    request.sight.opened.add(check.held.family_id)
    return check
