"""Risk alerts: raised, so that lead and duty hear at once, and answered."""

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from pairs.families.models import Family, RiskAlert, RiskAlertStep
from pairs.service.links import full_address
from pairs.service.models import Site, SitePermission, User
from pairs.service.refusals import Refused


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
