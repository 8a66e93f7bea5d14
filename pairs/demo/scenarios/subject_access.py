"""Made-up requests for a copy of a record, at three stages: identity is waited for, checked, and being decided."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from pairs.demo.acts import act_as
from pairs.demo.scenarios.village import FamilyContext
from pairs.jobs.actions import claim_job
from pairs.service.models import User
from pairs.subject_access.actions import answer_check, ask_for_harm_view, record_request
from pairs.subject_access.choices import AskedAs, CheckAnswer, Decision, ReceivedHow
from pairs.subject_access.copies import decide_section, gather_entries, request_gathering
from pairs.subject_access.models import DisclosureCheck, SubjectAccessRequest

GOVERNANCE = "governance"
AUTHORITY = "Birth certificate seen: named as a parent"
LOOKED = "Read the record and spoke to the lead. Nothing speaks against it."
DECIDED_SECTIONS = ("Carer’s details", "Addresses", "Episodes of work")


def seed_subject_access(found: Sequence[FamilyContext]) -> int:
    """One request of each stage; how many there are."""
    by = User.objects.get(username=GOVERNANCE)
    with_work = [each for each in found if each.episode][:3]
    stages = (_wait_for_identity, _check, _gather)
    with act_as(by.pk):
        for stage, context in zip(stages, with_work, strict=False):
            stage(context, by)
    return len(with_work)


def _wait_for_identity(context: FamilyContext, by: User) -> SubjectAccessRequest:
    return _record(context, by, days=5, identity_asked_on=context.ago(4))


def _check(context: FamilyContext, by: User) -> SubjectAccessRequest:
    baby = {"person": context.infants[0], "asked_as": AskedAs.PARENT, "authority": AUTHORITY}
    made = _record(context, by, days=16, **_show_identity(context, 14), **baby)
    _answer_checks(made, by)
    return made


def _gather(context: FamilyContext, by: User) -> None:
    """As the worker gathers it; some sections are decided, and the lead is asked about harm."""
    made = _record(context, by, days=24, **_show_identity(context, 24))
    _answer_checks(made, by)
    job = claim_job(request_gathering(access_request=made).job_id, timezone.now())
    gather_entries(job)
    for section in DECIDED_SECTIONS:
        decide_section(access_request=made, section=section, decision=Decision.GIVE, by=by)
    made.refresh_from_db()
    ask_for_harm_view(access_request=made, person=context.by, by=by)


def _record(context: FamilyContext, by: User, *, days: int, **said: Any) -> SubjectAccessRequest:
    carer = context.carers[0]
    usual = {"person": carer, "asked_by": carer, "asked_as": AskedAs.SELF, "authority": "", "asks_for": ""}
    usual |= {"identity_asked_on": None, "identity_shown_on": None, "identity_how": ""}
    usual |= {"received_on": context.ago(days), "received_how": ReceivedHow.EMAIL}
    return record_request(family=context.family, by=by, **usual | said)


def _show_identity(context: FamilyContext, days: int) -> dict[str, Any]:
    return {
        "identity_shown_on": context.on - timedelta(days=days),
        "identity_how": "Known to the practitioner",
    }


def _answer_checks(made: SubjectAccessRequest, by: User) -> None:
    for check in DisclosureCheck.objects.filter(access_request=made):
        answer_check(check=check, answer=CheckAnswer.CLEAR, note=LOOKED, by=by)
