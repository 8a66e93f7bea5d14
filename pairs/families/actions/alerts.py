"""Risk alerts: raised, so that lead and duty hear at once; answered; passed on when nobody has seen them."""

import logging
from datetime import datetime

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from pairs.families.choices import AlertStepKind
from pairs.families.models import Family, RiskAlert, RiskAlertStep
from pairs.service.models import Site, SitePermission, User
from pairs.service.refusals import ActionRefused
from pairs.web.absolute_urls import build_absolute_url

log = logging.getLogger(__name__)


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
    RiskAlertStep.objects.create(alert=alert, kind=AlertStepKind.RAISED, by=by, at=timezone.now())
    for person in _list_alert_recipients(alert):
        send_mail(
            "A risk alert needs you today",
            f"A risk alert is waiting for you in PaIRS.\n\n{build_absolute_url('alert', alert.pk)}\n",
            None,
            [person.email],
        )
    return alert


def _list_alert_recipients(alert: RiskAlert) -> list[User]:
    """The lead, and whoever holds duty at the site (at the hub when the site has nobody)."""
    people = {alert.lead} if alert.lead else set()
    return sorted(
        (
            person
            for person in people | set(list_permission_holders("triage_referrals", site=alert.site))
            if person.email and person.is_active
        ),
        key=lambda person: person.username,
    )


def list_permission_holders(permission: str, *, site: Site) -> list[User]:
    """Whoever may do this at the site; at the hub when the site has nobody."""
    groups = SitePermission.objects.filter(content_object=site, permission__codename=permission)
    people = User.objects.filter(groups__in=groups.values("group"), is_active=True).distinct()
    found = list(people.order_by("username"))
    return found or ([] if site.is_hub else list_permission_holders(permission, site=Site.objects.hub()))


@transaction.atomic
def escalate_unseen_alert(*, alert: RiskAlert, at: datetime) -> RiskAlertStep | None:
    """Tell the site's supervisors, once, that nobody has seen it. None when there is no need, or nobody to tell.

    Nobody at the keyboard does this: the step's empty author says so.
    """
    waiting = RiskAlert.objects.unseen().select_for_update(of=("self",)).filter(pk=alert.pk).first()
    if waiting is None:
        return None
    supervisors = [
        person for person in list_permission_holders("supervise", site=waiting.site) if person.email
    ]
    if not supervisors:
        log.error("The unseen risk alert %s has no supervisor to go to", waiting.pk)
        return None
    for person in supervisors:
        send_mail(
            "A risk alert has not been seen today",
            "No one has opened this risk alert in PaIRS. Please review it "
            f"now.\n\n{build_absolute_url('alert', waiting.pk)}\n",
            None,
            [person.email],
        )
    return RiskAlertStep.objects.create(alert=waiting, kind=AlertStepKind.ESCALATED, by=None, at=at)


@transaction.atomic
def answer_risk_alert(*, alert: RiskAlert, kind: str, note: str, by: User) -> RiskAlertStep:
    """Seen, acted on, or closed with its reason: one more step, and the alert's own marks."""
    if alert.closed_at:
        raise ActionRefused("This alert is closed. Raise a new alert for a new concern.")
    if kind in (AlertStepKind.ACTION, AlertStepKind.CLOSED) and not note.strip():
        raise ActionRefused(
            {
                "note": "Enter what was done."
                if kind == AlertStepKind.ACTION
                else "Enter why it can be closed."
            }
        )
    now = timezone.now()
    step = RiskAlertStep.objects.create(alert=alert, kind=kind, note=note, by=by, at=now)
    alert.seen_at = alert.seen_at or now
    alert.closed_at = now if kind == AlertStepKind.CLOSED else None
    alert.save(update_fields=["seen_at", "closed_at"])
    return step
