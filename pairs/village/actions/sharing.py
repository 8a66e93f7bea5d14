"""Sharing agreed and withdrawn; disclosure limited and the limit ended."""

from collections.abc import Sequence
from datetime import date

from django.db import models, transaction
from django.utils import timezone

from pairs.families.last_day import validate_living
from pairs.families.models import Address, Caregiver, Family, Infant
from pairs.service.models import Team, User
from pairs.service.refusals import ActionRefused, refuse_all
from pairs.village.models import DisclosureLimit, SharingAgreement, VillageMember
from pairs.village.rules import find_agreement_errors, find_end_date_error
from pairs.web.formats import format_day


@transaction.atomic
def agree_sharing(
    *,
    family: Family,
    party: VillageMember | Team | str,
    what: Sequence[str],
    how_often: str,
    until: date | None,
    agreed_by: Caregiver | None,
    agreed_on: date | None,
    without_consent_because: str,
    by: User,
) -> SharingAgreement:
    """What one person, team or agency may be told, and on what basis. Raises Refused by field."""
    on, reason = timezone.localdate(), without_consent_because.strip()
    errors = find_agreement_errors(agreed=agreed_by is not None, agreed_on=agreed_on, reason=reason, on=on)
    if problem := find_end_date_error(start=agreed_on or on, until=until):
        errors["until"] = problem
    if not party:
        errors["party"] = "Choose who this is with, or name the agency."
    refuse_all(
        errors,
        lambda: _validate_same_family(family, party=party, agreed_by=agreed_by),
        lambda: validate_living("agreed_by", [agreed_by], agreed_on),
    )
    return SharingAgreement.objects.create(
        family=family,
        member=party if isinstance(party, VillageMember) else None,
        team=party if isinstance(party, Team) else None,
        agency=party if isinstance(party, str) else None,
        what=list(what),
        how_often=how_often,
        until=until,
        agreed_by=agreed_by,
        agreed_on=agreed_on if agreed_by else None,
        without_consent_because=reason,
        recorded_by=by,
    )


@transaction.atomic
def withdraw_agreement(
    *, agreement: SharingAgreement, withdrawn_on: date, reason: str, by: User
) -> SharingAgreement:
    """From now on it covers nothing. It stays to be read."""
    agreement = SharingAgreement.objects.select_for_update().get(pk=agreement.pk)
    if agreement.withdrawn_on:
        raise ActionRefused("This agreement has already been withdrawn.")
    if withdrawn_on > timezone.localdate():
        raise ActionRefused(
            {"withdrawn_on": "The date is in the future. The agreement can be withdrawn from today."}
        )
    agreement.withdrawn_on, agreement.withdrawn_by = withdrawn_on, by
    agreement.withdrawn_because = reason
    agreement.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_because"])
    return agreement


DisclosureSubject = Infant | Caregiver | VillageMember | Address | None


@transaction.atomic
def limit_disclosure(
    *,
    family: Family,
    about: DisclosureSubject,
    not_to: Caregiver | VillageMember | str,
    reason: str,
    since: date,
    until: date | None,
    by: User,
) -> DisclosureLimit:
    """Do not disclose: about a person, an address or (None) the whole family, and not to whom."""
    themselves = about is not None and about == not_to
    refuse_all(
        {
            "not_to": "" if not_to else "Choose who must not be told, or name them.",
            "until": find_end_date_error(start=since, until=until),
        },
        {"not_to": "This would withhold information from the person it is about." if themselves else ""},
        lambda: _validate_same_family(family, about=about, not_to=not_to),
    )
    subject = {str(about._meta.model_name).replace("villagemember", "member"): about} if about else {}
    return DisclosureLimit.objects.create(
        family=family,
        not_to_caregiver=not_to if isinstance(not_to, Caregiver) else None,
        not_to_member=not_to if isinstance(not_to, VillageMember) else None,
        not_to_name=not_to if isinstance(not_to, str) else None,
        reason=reason,
        since=since,
        until=until,
        recorded_by=by,
        **subject,
    )


@transaction.atomic
def end_limit(*, limit: DisclosureLimit, until: date, reason: str, by: User) -> DisclosureLimit:
    """The last day on which it holds, and why it may end."""
    limit = DisclosureLimit.objects.select_for_update().get(pk=limit.pk)
    if limit.until:
        raise ActionRefused(
            f"This limit already ends on {format_day(limit.until)}. If it must hold again, record a new one."
        )
    refuse_all(
        {
            "reason": "" if reason.strip() else "Enter why this can end.",
            "until": find_end_date_error(start=limit.since, until=until),
        }
    )
    limit.until, limit.ended_because = until, reason
    limit.save(update_fields=["until", "ended_because"])
    return limit


def _validate_same_family(family: Family, **rows: models.Model | str | None) -> None:
    strange = [name for name, row in rows.items() if getattr(row, "family_id", family.pk) != family.pk]
    refuse_all(dict.fromkeys(strange, "Choose from this family."))
