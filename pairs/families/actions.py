"""What is done to families: opened, a birth registered, an alert raised and answered, a record marked in error."""

from datetime import date, datetime

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pairs.access.records import Record
from pairs.families.models import Family, FamilyGrant, Infant, RiskAlert, RiskAlertStep, Sequence
from pairs.service.links import full_address
from pairs.service.models import Site, SitePermission, User
from pairs.service.refusals import Refused


def next_reference(kind: str, on: date) -> str:
    """The next human reference, e.g. PI-2026-00017. Taken under a row lock: no gaps are promised, no doubles made."""
    with transaction.atomic():
        row, _ = Sequence.objects.select_for_update().get_or_create(kind=kind, year=on.year)
        row.last = F("last") + 1
        row.save(update_fields=["last"])
        row.refresh_from_db()
    return f"{kind}-{on.year}-{row.last:05d}"


@transaction.atomic
def register_birth(
    *, infant: Infant, birth_date: date, given_name: str, sex: str, nhs_number: str | None, by: User
) -> Infant:
    """The unborn record becomes the born one: the same row, nobody else's touched."""
    if infant.birth_date:
        raise Refused({"birth_date": "This birth has been registered already."})
    if birth_date > timezone.localdate():
        raise Refused({"birth_date": "The date of birth is in the future."})
    if nhs_number and Infant.objects.live().filter(nhs_number=nhs_number).exists():
        raise Refused({"nhs_number": "Possible match: the hub will check. Leave the number empty for now."})
    infant.birth_date, infant.given_name, infant.sex = birth_date, given_name, sex
    infant.nhs_number = nhs_number or None
    infant.nhs_number_status = "02" if nhs_number else "08"
    infant.save(update_fields=["birth_date", "given_name", "sex", "nhs_number", "nhs_number_status"])
    return infant


@transaction.atomic
def raise_risk_alert(
    *,
    site: Site,
    what: str,
    by: User,
    family: Family | None = None,
    about: str = "",
    lead: User | None = None,
) -> RiskAlert:
    """Store the alert, and say at once to lead and duty that it is there: a reference and a link, nothing else."""
    alert = RiskAlert.objects.create(
        site=site, family=family, about=about, what=what, raised_by=by, lead=lead
    )
    RiskAlertStep.objects.create(alert=alert, kind="raised", by=by, at=timezone.now())
    for person in _who_must_know(alert):
        send_mail(
            "A risk alert needs you today",
            f"A risk alert is waiting for you in PaIRS.\n\n{full_address('alert', alert.pk)}\n",
            None,
            [person.email],
        )
    return alert


def _who_must_know(alert: RiskAlert) -> list[User]:
    """The lead, and whoever holds duty at the site (at the hub when the site has nobody)."""
    people = {alert.lead} if alert.lead else set()
    return sorted(
        (person for person in people | set(_on_duty(alert.site)) if person.email and person.is_active),
        key=lambda person: person.username,
    )


def _on_duty(site: Site) -> list[User]:
    groups = SitePermission.objects.filter(
        content_object=site, permission__codename="triage_referrals"
    ).values("group")
    people = list(User.objects.filter(groups__in=groups, is_active=True).distinct())
    return people or ([] if site.is_hub else _on_duty(Site.objects.hub()))


@transaction.atomic
def answer_risk_alert(*, alert: RiskAlert, kind: str, note: str, by: User) -> RiskAlertStep:
    """Seen, acted on, or closed with its reason: one more step, and the alert's own marks."""
    if alert.closed_at:
        raise Refused("This alert is closed. Raise a new one if there is a new worry.")
    if kind in ("action", "closed") and not note.strip():
        raise Refused({"note": "Say what was done." if kind == "action" else "Say why it can be closed."})
    now = timezone.now()
    step = RiskAlertStep.objects.create(alert=alert, kind=kind, note=note, by=by, at=now)
    alert.seen_at = alert.seen_at or now
    alert.closed_at = now if kind == "closed" else None
    alert.save(update_fields=["seen_at", "closed_at"])
    return step


@transaction.atomic
def mark_entered_in_error(*, record: Record, reason: str, by: User) -> None:
    """Out of ordinary view, kept for governance, who are told. Never a deletion."""
    if not reason.strip():
        raise Refused({"reason": "Say why this was entered in error."})
    record.entered_in_error_at, record.entered_in_error_by = timezone.now(), by
    record.entered_in_error_reason = reason
    record.save(update_fields=["entered_in_error_at", "entered_in_error_by", "entered_in_error_reason"])
    groups = SitePermission.objects.filter(permission__codename="govern_records").values("group")
    for person in User.objects.filter(groups__in=groups, is_active=True).exclude(email="").distinct():
        send_mail(
            "A record was marked as entered in error",
            f"See {full_address('access-log')}\n",
            None,
            [person.email],
        )


def link_to_family(
    *, family: Family, user: User, purpose: str, reason: str, by: User, expires_at: datetime | None = None
) -> FamilyGrant:
    """Let one person reach one family beyond their sites."""
    return FamilyGrant.objects.create(
        family=family, user=user, purpose=purpose, reason=reason, granted_by=by, expires_at=expires_at
    )
