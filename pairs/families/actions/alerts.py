"""Risk alerts: raised, so that lead and duty hear at once; answered; passed on when nobody has seen them."""

import logging
from datetime import datetime

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from pairs.families.choices import AlertStepKind
from pairs.families.models import Family, RiskAlert, RiskAlertStep
from pairs.families.rules import get_last_escalation_time
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
    """Tell those who answer for the site that nobody has seen it: at 16:00, and on each working day until somebody has.

    None when there is no need, or nobody to tell. Nobody at the keyboard does this: the step's empty author says so.
    """
    waiting = RiskAlert.objects.unseen().select_for_update(of=("self",)).filter(pk=alert.pk).first()
    due = waiting and get_last_escalation_time(timezone.localtime(waiting.created_at), timezone.localtime(at))
    passed_on = RiskAlertStep.objects.filter(alert=alert, kind=AlertStepKind.ESCALATED)
    if waiting is None or due is None or passed_on.filter(at__gte=due).exists():
        return None
    told = _list_escalation_recipients(waiting, again=passed_on.exists())
    if not told:
        log.error("The unseen risk alert %s has no supervisor to go to", waiting.pk)
        return None
    said = "; ".join(f"{person} ({what})" for person, what in told.items())
    for person in told:
        _mail_unseen(waiting, person, said)
    note = f"Told: {said}"
    return RiskAlertStep.objects.create(
        alert=waiting, kind=AlertStepKind.ESCALATED, note=note, by=None, at=at
    )


def _list_escalation_recipients(alert: RiskAlert, *, again: bool) -> dict[User, str]:
    """{person: as what}: the site’s supervisors; and where they did not see it, the lead, duty and the hub too."""
    groups = [("supervisor", list_permission_holders("supervise", site=alert.site))]
    if again:
        hub = list_permission_holders("supervise", site=Site.objects.hub())
        duty = list_permission_holders("triage_referrals", site=alert.site)
        groups += [
            ("lead", [alert.lead] if alert.lead else []),
            ("duty", duty),
            ("supervisor at the hub", hub),
        ]
    told: dict[User, str] = {}
    for what, people in groups:
        for person in people:
            if person.email and person.is_active:
                told.setdefault(person, what)
    return told


def _mail_unseen(alert: RiskAlert, person: User, told: str) -> None:
    """Who else was told is said: nobody need think that another has it."""
    text = (
        "No one has opened this risk alert in PaIRS. Please review it "
        f"now.\n\n{build_absolute_url('alert', alert.pk)}\n\nTold: {told}\n"
    )
    send_mail("A risk alert has not been seen today", text, None, [person.email])


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
