"""What is done about a request: taken in, its clock, its checks, what a practitioner says of harm, and its end."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.jobs.notifications import EmailTopic, notify_colleagues
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all
from pairs.subject_access.choices import CheckAnswer, RequestStatus
from pairs.subject_access.models import DisclosureCheck, HarmView, SubjectAccessRequest
from pairs.subject_access.rules import (
    find_day_error,
    find_extension_error,
    find_identity_errors,
    find_request_errors,
    list_check_kinds,
)
from pairs.web.absolute_urls import build_absolute_url

CLOSED = "This request has already been closed."


@transaction.atomic
def record_request(
    *, family: Family, person: Caregiver | Infant, asked_by: str | Caregiver, by: User, **said: Any
) -> SubjectAccessRequest:
    """The request with its checks, all still to be answered; governance is told without a name.

    ``asked_by``: a carer of this family, or the name of someone else. ``said``: the other fields of the request.
    Raises ActionRefused by field.
    """
    infant = person if isinstance(person, Infant) else None
    rules = ("asked_as", "authority", "received_on", "identity_asked_on", "identity_shown_on", "identity_how")
    refuse_all(
        find_request_errors(
            of_infant=infant is not None, on=timezone.localdate(), **{name: said[name] for name in rules}
        )
    )
    made = SubjectAccessRequest.objects.create(
        family=family,
        infant=infant,
        caregiver=person if isinstance(person, Caregiver) else None,
        requester=asked_by if isinstance(asked_by, Caregiver) else None,
        asked_by=str(asked_by),
        taken_by=by,
        **said,
    )
    for kind in list_check_kinds(of_infant=infant is not None):
        DisclosureCheck.objects.create(access_request=made, kind=kind)
    _tell_governance(made, by)
    return made


def _tell_governance(made: SubjectAccessRequest, by: User) -> None:
    notify_colleagues(
        User.objects.with_permission("govern_records", at=[made.site_id]),
        "A subject access request was recorded",
        build_absolute_url("subject-access-request", made.pk),
        topic=EmailTopic.SUBJECT_ACCESS,
        site_id=made.site_id,
        by=by,
    )


def lock_open_request(request: SubjectAccessRequest) -> SubjectAccessRequest:
    """The request, locked. Raises ActionRefused once it is closed."""
    locked = SubjectAccessRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not locked.is_open:
        raise ActionRefused(CLOSED)
    return locked


@transaction.atomic
def record_identity(
    *,
    access_request: SubjectAccessRequest,
    identity_asked_on: date | None,
    identity_shown_on: date | None,
    identity_how: str,
) -> SubjectAccessRequest:
    """When identity was asked for, and when and how it was shown."""
    found = lock_open_request(access_request)
    changes: dict[str, Any] = {
        "identity_asked_on": identity_asked_on,
        "identity_shown_on": identity_shown_on,
        "identity_how": identity_how,
    }
    refuse_all(find_identity_errors(received_on=found.received_on, on=timezone.localdate(), **changes))
    return found.change(**changes)


@transaction.atomic
def extend_request(
    *, access_request: SubjectAccessRequest, because: str, told_on: date, by: User
) -> SubjectAccessRequest:
    """Two months more, once. Raises ActionRefused unless they were told within the first month."""
    found = lock_open_request(access_request)
    if found.extended_by_id:
        raise ActionRefused("This request has already been extended.")
    error = find_extension_error(told_on=told_on, clock=found.clock, on=timezone.localdate())
    refuse_all({"told_on": error})
    return found.change(extended_by=by, extended_because=because, extension_told_on=told_on)


@transaction.atomic
def close_request(
    *, access_request: SubjectAccessRequest, status: str, because: str, told_on: date | None, by: User
) -> SubjectAccessRequest:
    """Withdrawn by whoever asked, or refused, which they are told with the reason."""
    found = lock_open_request(access_request)
    needed = status == RequestStatus.REFUSED and told_on is None
    missing = "Enter the date on which you told them that it was refused, and why." if needed else ""
    wrong = find_day_error(told_on, found.received_on, timezone.localdate())
    refuse_all({"told_on": missing or wrong})
    return end_request(found, status=status, because=because, by=by, told_on=told_on)


def end_request(
    request: SubjectAccessRequest, *, status: str, because: str, by: User, told_on: date | None = None
) -> SubjectAccessRequest:
    """Closed, for good; what was waited for of a practitioner is no longer."""
    return request.change(
        status=status, closed_at=timezone.now(), closed_by=by, closed_because=because, told_on=told_on
    )


@transaction.atomic
def answer_check(*, check: DisclosureCheck, answer: str, note: str, by: User) -> DisclosureCheck:
    """What was found, and how; it may be answered anew until the request is closed."""
    lock_open_request(check.access_request)
    return check.change(answer=answer, note=note, answered_by=by, answered_at=timezone.now())


def find_check_obstacles(request: SubjectAccessRequest) -> list[str]:
    """Why nothing may be gathered yet: identity, and checks that are open or stop it."""
    checks = list(DisclosureCheck.objects.live().filter(access_request=request))
    waits = [str(check) for check in checks if not check.answer]
    stops = [str(check) for check in checks if check.answer == CheckAnswer.STOPS]
    found = [] if request.identity_shown_on else ["Record how identity was checked."]
    found += [f"Answer the check: {', '.join(waits)}."] if waits else []
    return found + [f"{each}: no copy may be given. Refuse the request." for each in stops]


@transaction.atomic
def ask_for_harm_view(*, access_request: SubjectAccessRequest, person: User, by: User) -> HarmView:
    """Ask a practitioner who opens this family's record whether giving the entries may cause serious harm."""
    found = lock_open_request(access_request)
    if found.gathered_at is None:
        raise ActionRefused("Gather the entries first: the practitioner reads them.")
    if not Family.objects.visible_to(load_scope(person)).filter(pk=found.family_id).exists():
        raise ActionRefused({"person": f"{person} cannot open this family’s record. Choose someone who can."})
    for each in HarmView.objects.live().filter(access_request=found):
        each.enter_in_error(reason="Someone else was asked", by=by)
    made = HarmView.objects.create(access_request=found, asked_of=person, asked_by=by)
    notify_colleagues(
        [person],
        "Your view is needed on a request for a copy of a record",
        build_absolute_url("harm-view", made.pk),
        topic=EmailTopic.SUBJECT_ACCESS,
        site_id=found.site_id,
        by=by,
    )
    return made


@transaction.atomic
def give_harm_view(*, view: HarmView, finding: str, note: str) -> HarmView:
    """Once; asked anew, it is another."""
    lock_open_request(view.access_request)
    view = HarmView.objects.select_for_update(of=("self",)).get(pk=view.pk)
    if view.given_at:
        raise ActionRefused("You have already given your view.")
    return view.change(finding=finding, note=note, given_at=timezone.now())


def has_responsibility(requester: Caregiver | None, infant: Infant | None) -> str:
    """What the record says of this carer's parental responsibility for the baby, in words; "" for nothing."""
    if requester is None or infant is None:
        return ""
    dyad = Dyad.objects.live().filter(infant=infant, caregiver=requester).order_by("until", "-since").first()
    return dyad.get_parental_responsibility_display() if dyad else ""
