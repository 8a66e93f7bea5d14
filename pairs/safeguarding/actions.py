"""What is done for safeguarding: statuses begun and ended, children listed, concerns and their steps, cautions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from pairs.families.actions import list_permission_holders, mark_entered_in_error, raise_risk_alert
from pairs.families.choices import CautionKind
from pairs.families.last_day import validate_living
from pairs.families.models import Caregiver, Caution, Dyad, Family, Infant
from pairs.jobs.notifications import EmailTopic, send_notice
from pairs.safeguarding.models import ConcernStep, HouseholdChild, SafeguardingConcern, SafeguardingStatus
from pairs.safeguarding.rules import (
    StatusKind,
    find_concern_date_errors,
    find_end_date_errors,
    find_kind_error,
    find_missing_concern_fields,
    find_missing_status_fields,
    find_missing_step_fields,
    find_status_date_errors,
)
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all
from pairs.web.absolute_urls import build_absolute_url

Person = Infant | Caregiver | HouseholdChild
# A peer supporter reads alerts, and nothing of safeguarding: the alert says where to look, and no more.
ALERT_TEXT = "A safeguarding concern was recorded. The team reads it on the family’s safeguarding page."
CHANGEABLE_FIELDS = (
    "categories",
    "court_order",
    "since",
    "review_on",
    "social_worker",
    "social_worker_phone",
    "social_worker_of",
    "note",
)


def _get_person_key(person: Person | None) -> dict[str, Person]:
    """The foreign key that says who it is; none for the whole family."""
    if person is None:
        return {}
    if isinstance(person, HouseholdChild):
        return {"child": person}
    return {"infant" if isinstance(person, Infant) else "caregiver": person}


def _validate_person_of_family(family: Family, person: Person | None, field: str = "about") -> None:
    """One of this family's people: its own, or here through a relationship to one of them."""
    if person is None or person.family_id == family.pk:
        return
    here = Dyad.objects.live().filter(family=family)
    if isinstance(person, HouseholdChild) or not here.filter(**_get_person_key(person)).exists():
        raise ActionRefused({field: "Choose from this family."})


@transaction.atomic
def record_status(
    *,
    family: Family,
    person: Person,
    kind: str,
    since: date,
    by: User,
    categories: Sequence[str] = (),
    court_order: str = "",
    review_on: date | None = None,
    **details: Any,
) -> SafeguardingStatus:
    """How somebody stands with social care, a court or a MARAC, from that day on.

    ``details``: social_worker, social_worker_phone, social_worker_of, note.
    """
    family = Family.objects.select_for_update(of=("self",)).get(pk=family.pk)
    is_carer = isinstance(person, Caregiver)
    same = SafeguardingStatus.objects.live().current().filter(kind=kind, **_get_person_key(person))
    twice = kind != StatusKind.COURT_ORDER and same.exists()
    refuse_all(
        lambda: _validate_person_of_family(family, person),
        lambda: validate_living("about", [person], since),
        {"kind": find_kind_error(kind, is_carer=is_carer, born=person.birth_date, on=since)},
        find_missing_status_fields(kind=kind, categories=categories, court_order=court_order),
        find_status_date_errors(since=since, until=None, on=timezone.localdate()),
        {"kind": "This is already recorded and has not ended. Change that entry instead." if twice else ""},
    )
    return SafeguardingStatus.objects.create(
        family=family,
        kind=kind,
        since=since,
        categories=list(categories),
        court_order=court_order,
        review_on=review_on,
        recorded_by=by,
        **_get_person_key(person),
        **details,
    )


@transaction.atomic
def update_status(*, status: SafeguardingStatus, by: User, **changed: Any) -> SafeguardingStatus:
    """What is known of it now; who it is of and which kind stay. What it said before stays in its history.

    ``changed``: any of CHANGEABLE.
    """
    status = SafeguardingStatus.objects.select_for_update(of=("self",)).get(pk=status.pk)
    if status.until:
        raise ActionRefused("This has ended. Record a new one if it has started again.")
    for name in CHANGEABLE_FIELDS:
        setattr(status, name, changed.get(name, getattr(status, name)))
    refuse_all(
        find_missing_status_fields(
            kind=status.kind, categories=status.categories, court_order=status.court_order
        ),
        find_status_date_errors(since=status.since, until=None, on=timezone.localdate()),
    )
    status.save(update_fields=list(CHANGEABLE_FIELDS))
    return status


@transaction.atomic
def end_status(*, status: SafeguardingStatus, until: date, because: str, by: User) -> SafeguardingStatus:
    """It stands no longer: its last day, and why it ended. It goes to the person's history."""
    status = SafeguardingStatus.objects.select_for_update(of=("self",)).get(pk=status.pk)
    if status.until:
        raise ActionRefused("This has already ended.")
    refuse_all(find_end_date_errors(since=status.since, until=until, on=timezone.localdate()))
    status.until, status.ended_because = until, because
    status.save(update_fields=["until", "ended_because"])
    return status


@transaction.atomic
def add_household_child(*, family: Family, by: User, **known: Any) -> HouseholdChild:
    """Another child of the household. ``known``: name, birth_date, lives_with, school, note."""
    _validate_birth_date(known["birth_date"])
    return HouseholdChild.objects.create(family=family, **known)


@transaction.atomic
def update_household_child(*, child: HouseholdChild, by: User, **known: Any) -> HouseholdChild:
    """What is known of the child now."""
    child = HouseholdChild.objects.select_for_update(of=("self",)).get(pk=child.pk)
    _validate_birth_date(known["birth_date"])
    return child.change(**known)


def _validate_birth_date(birth_date: date | None) -> None:
    if birth_date and birth_date > timezone.localdate():
        raise ActionRefused({"birth_date": "The date of birth is in the future."})


@transaction.atomic
def record_concern(
    *,
    family: Family,
    person: Person | None,
    what: str,
    noticed_on: date,
    told: str,
    decision: str,
    why: str,
    family_told: str,
    without_agreement: str,
    chase_by: date | None,
    by: User,
    raise_alert: bool = False,
) -> SafeguardingConcern:
    """What was noticed and what was decided, not to refer included. The site's supervisors hear that it is there.

    ``person`` None: the whole family. ``raise_alert``: a risk alert as well, for lead and duty to see today.
    """
    _validate_person_of_family(family, person)
    missing = find_missing_concern_fields(
        decision=decision,
        told=told,
        family_told=family_told,
        without_agreement=without_agreement,
        chase_by=chase_by,
    )
    refuse_all(
        missing,
        find_concern_date_errors(noticed_on=noticed_on, chase_by=chase_by, on=timezone.localdate()),
    )
    alert = None
    if raise_alert:
        alert = raise_risk_alert(site=family.site, family=family, what=ALERT_TEXT, by=by)
    concern = SafeguardingConcern.objects.create(
        family=family,
        what=what,
        noticed_on=noticed_on,
        told=told,
        decision=decision,
        why=why,
        family_told=family_told,
        without_agreement=without_agreement,
        chase_by=chase_by,
        alert=alert,
        recorded_by=by,
        **_get_person_key(person),
    )
    _notify_supervisors(concern)
    return concern


def _notify_supervisors(concern: SafeguardingConcern) -> None:
    """That there is one, and where: nothing of what it says."""
    for person in list_permission_holders("supervise", site=concern.family.site):
        if person.email:
            send_notice(
                topic=EmailTopic.CONCERN,
                subject="A safeguarding concern was recorded",
                text="A safeguarding concern was recorded in PaIRS.\n\n"
                f"{build_absolute_url('safeguarding-concern', concern.pk)}\n",
                address=person.email,
                recipient=str(person),
                site_id=concern.family.site_id,
                by=concern.recorded_by,
            )


@transaction.atomic
def add_concern_step(
    *,
    concern: SafeguardingConcern,
    kind: str,
    text: str,
    to_whom: str,
    chase_by: date | None,
    by: User,
) -> ConcernStep:
    """What came of it, a disagreement, a note: one more step. Steps are never rewritten."""
    now = timezone.now()
    past = chase_by is not None and chase_by < timezone.localdate(now)
    refuse_all(
        find_missing_step_fields(kind=kind, to_whom=to_whom),
        {"chase_by": "Choose today or a later date." if past else ""},
    )
    return ConcernStep.objects.create(
        concern=concern, kind=kind, text=text, to_whom=to_whom, chase_by=chase_by, by=by, at=now
    )


@transaction.atomic
def record_caution(
    *,
    family: Family,
    kind: str,
    person: Infant | Caregiver | None,
    kept_from: Caregiver | None,
    kept_from_name: str,
    by: User,
    **known: Any,
) -> Caution:
    """What to know before one books, writes or goes. ``known``: court_order, what, what_to_do, since."""
    since = known["since"]
    refuse_all(
        lambda: _validate_person_of_family(family, person),
        lambda: _validate_person_of_family(family, kept_from, "kept_from"),
        lambda: _validate_caution(kind, person, kept_from, kept_from_name, since),
        lambda: validate_living("about", [person], since),
        lambda: validate_living("kept_from", [kept_from], since),
    )
    return Caution.objects.create(
        family=family,
        kind=kind,
        kept_from=kept_from,
        kept_from_name=kept_from_name,
        **_get_person_key(person),
        **known,
    )


@transaction.atomic
def update_caution(*, caution: Caution, by: User, **known: Any) -> Caution:
    """What is known now: court_order, what, what_to_do, since. Between whom it holds, and its kind, stay."""
    caution = Caution.objects.select_for_update(of=("self",)).get(pk=caution.pk)
    if caution.until:
        raise ActionRefused("This has ended. Record a new one if it applies again.")
    if known["since"] > timezone.localdate():
        raise ActionRefused({"since": "This date is in the future."})
    return caution.change(**known)


@transaction.atomic
def end_caution(*, caution: Caution, until: date, by: User) -> Caution:
    """It holds to the end of that day, and then stands among what has been."""
    caution = Caution.objects.select_for_update(of=("self",)).get(pk=caution.pk)
    if caution.until:
        raise ActionRefused("This has already ended.")
    refuse_all(find_end_date_errors(since=caution.since, until=until, on=timezone.localdate()))
    caution.until = until
    caution.save(update_fields=["until"])
    return caution


def _validate_caution(
    kind: str,
    person: Infant | Caregiver | None,
    kept_from: Caregiver | None,
    kept_from_name: str,
    since: date,
) -> None:
    apart = kind == CautionKind.KEEP_APART
    refuse_all(
        {
            "since": "This date is in the future." if since > timezone.localdate() else "",
            "about": "Choose one of the two people who must be kept apart." if apart and not person else "",
            "kept_from": _find_kept_from_error(apart, person, kept_from, kept_from_name),
        }
    )


def _find_kept_from_error(
    apart: bool, person: Infant | Caregiver | None, kept_from: Caregiver | None, kept_from_name: str
) -> str:
    if not apart:
        return "Leave empty unless people must be kept apart." if kept_from or kept_from_name else ""
    if bool(kept_from) == bool(kept_from_name.strip()):
        return "Either choose the other person or write who it is, not both."
    return "Choose two different people." if kept_from and kept_from == person else ""


@transaction.atomic
def mark_safeguarding_record_in_error(
    *,
    record: SafeguardingStatus | HouseholdChild | SafeguardingConcern | Caution,
    reason: str,
    by: User,
) -> SafeguardingStatus | HouseholdChild | SafeguardingConcern | Caution:
    """Entered in error: kept for governance, who are told. A child goes last, so that no worry goes with them."""
    if record.is_entered_in_error:
        raise ActionRefused("This is already marked as entered in error.")
    if isinstance(record, HouseholdChild):
        worries = SafeguardingConcern.objects.live().filter(child=record)
        if worries.exists() or SafeguardingStatus.objects.live().filter(child=record).exists():
            raise ActionRefused("There are concerns or statuses of this child. Mark those first, one by one.")
    mark_entered_in_error(record=record, reason=reason, by=by)
    return record
