"""What may happen to any record: a reference given out, entered in error, shared with one person more."""

from datetime import date, datetime

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from pairs.access.records import Record
from pairs.families.actions.permissions import update_family_permissions
from pairs.families.models import Family, FamilyGrant, Sequence
from pairs.service.models import SitePermission, User
from pairs.service.refusals import ActionRefused
from pairs.service.roles import GrantPurpose
from pairs.web.absolute_urls import build_absolute_url


def allocate_reference(kind: str, on: date) -> str:
    """The next human reference, e.g. PI-2026-00017. Taken under a row lock: no gaps are promised, no doubles made."""
    with transaction.atomic():
        row, _ = Sequence.objects.select_for_update().get_or_create(kind=kind, year=on.year)
        row.last = F("last") + 1
        row.save(update_fields=["last"])
        row.refresh_from_db()
    return f"{kind}-{on.year}-{row.last:05d}"


@transaction.atomic
def mark_entered_in_error(*, record: Record, reason: str, by: User) -> None:
    """Out of ordinary view, kept for governance, who are told. Never a deletion."""
    if not reason.strip():
        raise ActionRefused({"reason": "Enter why this was entered in error."})
    record.enter_in_error(reason=reason, by=by)
    groups = SitePermission.objects.filter(permission__codename="govern_records").values("group")
    for person in User.objects.filter(groups__in=groups, is_active=True).exclude(email="").distinct():
        send_mail(
            "A record was marked as entered in error",
            f"See {build_absolute_url('access-log')}\n",
            None,
            [person.email],
        )


@transaction.atomic
def grant_family_access(
    *, family: Family, user: User, purpose: str, reason: str, by: User, expires_at: datetime | None = None
) -> FamilyGrant:
    """Let one person reach one family beyond their sites, to do there what the purpose allows."""
    grant = FamilyGrant.objects.create(
        family=family, user=user, purpose=purpose, reason=reason, granted_by=by, expires_at=expires_at
    )
    update_family_permissions([grant])
    return grant


def ensure_care_access(*, family: Family, user: User, reason: str, by: User) -> FamilyGrant | None:
    """Whoever leads the work of a restricted family is named for it; the new grant, or None where none was needed."""
    held = FamilyGrant.objects.live().filter(family=family, user=user, purpose=GrantPurpose.CARE)
    if not family.restricted or held.exists():
        return None
    return grant_family_access(family=family, user=user, purpose=GrantPurpose.CARE, reason=reason, by=by)


def end_family_access(*, family: Family, user: User, purpose: str) -> None:
    """From the next request on this person no longer reaches the family for that purpose."""
    FamilyGrant.objects.live().filter(family=family, user=user, purpose=purpose).update(expires_at=Now())
