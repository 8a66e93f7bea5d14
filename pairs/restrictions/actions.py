"""What is done about restricted families: restricted, people named for them, reviewed, opened again."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.actions import grant_family_access
from pairs.families.models import Family, FamilyGrant
from pairs.jobs.notifications import EmailTopic, send_notice
from pairs.restrictions.models import FamilyRestriction, OwnRecordAnswer
from pairs.restrictions.rules import OwnRecordKind, describe_unnamed_leads, find_review_date_error
from pairs.restrictions.team import list_leads
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all
from pairs.service.roles import GrantPurpose
from pairs.web.absolute_urls import build_absolute_url


@transaction.atomic
def restrict_family(
    *, family: Family, because: str, review_on: date, named: Collection[User], by: User
) -> FamilyRestriction:
    """From the next request on only these people, and information governance, open the record.

    Access that was given for thinking together or co-work ends with it (ADR 20). Raises ActionRefused where whoever
    leads open work is not named: nobody's family is left without a lead who can read about it.
    """
    family = Family.objects.select_for_update(of=("self",)).get(pk=family.pk)
    if family.restricted:
        raise ActionRefused("This record is already restricted.")
    refuse_all(_find_errors(family, review_on, named))
    family.change(restricted=True, restricted_because=because)
    for person in named:
        _name(family, person, reason=because, by=by)
    made = FamilyRestriction.objects.create(family=family, because=because, review_on=review_on, made_by=by)
    _tell_governance(made, besides=by)
    return made


def _find_errors(family: Family, review_on: date, named: Collection[User]) -> dict[str, str]:
    missing = sorted(str(lead) for lead in list_leads(family) if lead not in named)
    found = {
        "review_on": find_review_date_error(review_on, timezone.localdate()),
        "named": describe_unnamed_leads(missing) if missing else "",
    }
    return {field: message for field, message in found.items() if message}


def _name(family: Family, person: User, *, reason: str, by: User) -> FamilyGrant:
    return grant_family_access(family=family, user=person, purpose=GrantPurpose.CARE, reason=reason, by=by)


def _tell_governance(restriction: FamilyRestriction, *, besides: User) -> None:
    """That a record was restricted, and where: no name, no reason."""
    site = restriction.family.site_id
    for person in User.objects.with_permission("govern_records", at=[site]).exclude(email=""):
        if person != besides:
            send_notice(
                topic=EmailTopic.RESTRICTION,
                subject="A family’s record was restricted",
                text="A family’s record was restricted in PaIRS. Check who is named and the review date.\n\n"
                f"{build_absolute_url('restriction', restriction.pk)}\n",
                address=person.email,
                recipient=str(person),
                site_id=site,
                by=besides,
            )


@transaction.atomic
def name_person(*, restriction: FamilyRestriction, person: User, reason: str, by: User) -> FamilyGrant:
    """Let one more person open the record."""
    family = _lock_current(restriction).family
    if query_named(family).filter(user=person).exists():
        raise ActionRefused({"person": f"{person} can already open this record."})
    return _name(family, person, reason=reason, by=by)


@transaction.atomic
def end_named_access(*, grant: FamilyGrant, by: User) -> FamilyGrant:
    """From the next request on this person no longer opens the record. Whoever leads open work there keeps access."""
    family = Family.objects.select_for_update(of=("self",)).get(pk=grant.family_id)
    if grant.user in list_leads(family):
        raise ActionRefused(f"{grant.user} leads open work with this family. Change the lead first.")
    query_named(family).filter(user=grant.user_id).update(expires_at=Now())
    return grant


@transaction.atomic
def review_restriction(
    *, restriction: FamilyRestriction, note: str, review_on: date, by: User
) -> FamilyRestriction:
    """It is still needed: why, and when to look again."""
    restriction = _lock_current(restriction)
    error = find_review_date_error(review_on, timezone.localdate())
    refuse_all({"review_on": error} if error else {})
    return restriction.change(
        reviewed_at=timezone.now(), reviewed_by=by, review_note=note, review_on=review_on
    )


@transaction.atomic
def end_restriction(*, restriction: FamilyRestriction, because: str, by: User) -> FamilyRestriction:
    """The site's staff open the record again; the access of those who were named for it ends with it."""
    restriction = _lock_current(restriction)
    family = restriction.family
    query_named(family).update(expires_at=Now())
    ended: dict[str, Any] = {"ended_at": timezone.now(), "ended_by": by, "ended_because": because}
    for each in FamilyRestriction.objects.valid().current().filter(family=family):
        each.change(**ended)
    family.change(restricted=False, restricted_because="")
    return restriction


def _lock_current(restriction: FamilyRestriction) -> FamilyRestriction:
    Family.objects.select_for_update(of=("self",)).get(pk=restriction.family_id)
    restriction = FamilyRestriction.objects.select_related("family").get(pk=restriction.pk)
    if restriction.ended_at:
        raise ActionRefused("This restriction has already ended.")
    return restriction


def query_named(family: Family) -> Any:
    """The grants in force of those who are named for this family's restricted record, with their people."""
    return FamilyGrant.objects.live().filter(family=family, purpose=GrantPurpose.CARE).with_names()


def has_answered_own_record(family: Family, person: User) -> bool:
    """Whether they have said whose record it is."""
    return OwnRecordAnswer.objects.live().filter(family=family, person=person).exists()


@transaction.atomic
def answer_own_record(*, family: Family, answer: str, by: User) -> OwnRecordAnswer:
    """Keep what they say of a record that may be their own; governance is told who, and no family's name."""
    if family.pk not in load_scope(by).own_records:
        raise ActionRefused("You have already answered this.")
    if has_answered_own_record(family, by):
        raise ActionRefused("You have already answered this. Ask information governance.")
    made = OwnRecordAnswer.objects.create(family=family, person=by, answer=answer)
    opens = (
        "The record opened." if answer == OwnRecordKind.SOMEBODY_ELSE else "The record stays shut to them."
    )
    text = (
        f"{by} wanted to open a record in PaIRS whose carer has their name or e-mail address. They said: "
        f"“{made.get_answer_display()}”. {opens}\n\n{build_absolute_url('unusual-reading')}\n"
    )
    for person in User.objects.with_permission("govern_records", at=[family.site_id]).exclude(email=""):
        send_mail("Someone wanted to open a record that may be their own", text, None, [person.email])
    return made


@transaction.atomic
def withdraw_own_record_answer(*, answer: OwnRecordAnswer, reason: str, by: User) -> OwnRecordAnswer:
    """They are asked again when they next open the record. The answer is kept for governance."""
    answer = OwnRecordAnswer.objects.select_for_update(of=("self",)).get(pk=answer.pk)
    if answer.is_entered_in_error:
        raise ActionRefused("A colleague has already had them asked again.")
    return answer.enter_in_error(reason=reason, by=by)
