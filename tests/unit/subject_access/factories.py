"""A request at each of its stages, made in the plainest way."""

from django.utils import timezone

from pairs.jobs.actions import claim_job
from pairs.subject_access.actions import answer_check, ask_for_harm_view, give_harm_view, record_request
from pairs.subject_access.choices import CheckAnswer, Decision, HarmFinding
from pairs.subject_access.copies import decide_entry, gather_entries, request_gathering
from pairs.subject_access.models import BundleEntry, DisclosureCheck


def make_request(family, person, by, **changes):
    """A carer's own, or for a baby by their carer, with identity shown today."""
    today, carer = timezone.localdate(), family.caregivers.first()
    is_infant = person != carer and hasattr(person, "estimated_due_date")
    said = {
        "asked_as": "parent" if is_infant else "self",
        "asked_by": carer,
        "authority": "Birth certificate seen" if is_infant else "",
        "received_on": today,
        "received_how": "letter",
        "asks_for": "",
        "identity_asked_on": None,
        "identity_shown_on": today,
        "identity_how": "Passport seen",
    }
    return record_request(family=family, person=person, by=by, **said | changes)


def answer_all_checks(access_request, by, answer=CheckAnswer.CLEAR):
    for check in DisclosureCheck.objects.filter(access_request=access_request):
        answer_check(check=check, answer=answer, note="Read the record and asked the team", by=by)


def gather(access_request):
    """As the worker does."""
    job = claim_job(request_gathering(access_request=access_request).job_id, timezone.now())
    gather_entries(job)
    access_request.refresh_from_db()
    return list(BundleEntry.objects.live().filter(access_request=access_request))


def give_view(access_request, of, by, finding=HarmFinding.NONE):
    view = ask_for_harm_view(access_request=access_request, person=of, by=by)
    return give_harm_view(view=view, finding=finding, note="I have read every entry")


def give_everything(access_request, by):
    for entry in BundleEntry.objects.live().undecided().filter(access_request=access_request):
        decide_entry(entry=entry, decision=Decision.GIVE, by=by)
