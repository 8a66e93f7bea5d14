"""Actions of peer support: link a supporter, write the log, raise a worry, end the link."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.collaboration.models import PeerLog, PeerSupport
from interventions.collaboration.record_locks import lock_family_record, lock_record
from interventions.collaboration.rules import find_future_date_error, format_worry
from interventions.episodes.models import Episode
from pairs.families.actions import (
    end_family_access,
    grant_family_access,
    mark_entered_in_error,
    raise_risk_alert,
)
from pairs.families.last_day import validate_living
from pairs.families.models import Caregiver, Family, FamilyGrant, RiskAlert
from pairs.service.models import SitePermission, User
from pairs.service.refusals import ActionRefused, refuse_all
from pairs.service.roles import GrantPurpose

GRANT_PURPOSE = GrantPurpose.PEER_SUPPORT


def is_peer_supporter(user: User) -> bool:
    """Do they hold the role anywhere? Access to the family itself comes with the link."""
    held = SitePermission.objects.filter(group__user=user.pk, permission__codename="support_families")
    return user.is_active and held.exists()


@transaction.atomic
def link_peer_supporter(
    *, family: Family, supporter: User, caregiver: Caregiver | None, agreed_on: date, why: str, by: User
) -> PeerSupport:
    """Link a peer supporter: they see alerts, safe contact and shared plan and keep a log; never notes."""
    family = lock_family_record(family)
    _validate_peer_link(family, supporter, caregiver, agreed_on)
    link = PeerSupport.objects.create(
        family=family,
        supporter=supporter,
        caregiver=caregiver,
        why=why,
        agreed_on=agreed_on,
        linked_by=by,
        linked_at=timezone.now(),
    )
    granted = FamilyGrant.objects.of_user(supporter.pk).filter(family=family, purpose=GRANT_PURPOSE)
    if not granted.exists():
        grant_family_access(family=family, user=supporter, purpose=GRANT_PURPOSE, reason=why, by=by)
    return link


def _validate_peer_link(
    family: Family, supporter: User, caregiver: Caregiver | None, agreed_on: date
) -> None:
    linked = PeerSupport.objects.live().going_on().filter(family=family, supporter=supporter)
    strange = caregiver is not None and not _is_carer_of(caregiver, family)
    twice = linked.filter(caregiver=caregiver).exists()
    refuse_all(
        {"supporter": "" if is_peer_supporter(supporter) else "Choose a peer supporter."},
        {"caregiver": "Choose a person in this family." if strange else ""},
        lambda: validate_living("caregiver", [caregiver]),
        {"agreed_on": find_future_date_error(day=agreed_on, on=timezone.localdate())},
        {"supporter": "They are already linked to this family." if twice else ""},
    )


def _is_carer_of(caregiver: Caregiver, family: Family) -> bool:
    held = caregiver.family_id == family.pk and not caregiver.is_hidden
    return held or family.dyads.live().current().filter(caregiver=caregiver).exists()


@transaction.atomic
def end_peer_support(*, link: PeerSupport, ended_because: str, by: User) -> PeerSupport:
    """End the link, and access with it from the next page on. The log stays with the team."""
    link = _lock_current_peer_support(link)
    link.change(ended_at=timezone.now(), ended_by=by, ended_because=ended_because)
    others = PeerSupport.objects.live().going_on().filter(family=link.family, supporter=link.supporter)
    if not others.exists():
        end_family_access(family=link.family, user=link.supporter, purpose=GRANT_PURPOSE)
    return link


def _lock_current_peer_support(link: PeerSupport) -> PeerSupport:
    found: PeerSupport = lock_record(
        PeerSupport.objects.select_related("family", "supporter", "caregiver"), link.pk
    )
    if found.ended_at:
        raise ActionRefused("This support has ended.")
    return found


@transaction.atomic
def write_peer_log(
    *, link: PeerSupport, day: date, how: str, minutes: int, who: str, line: str, by: User
) -> PeerLog:
    """Add one line to the supporter's own log."""
    link = _lock_current_peer_support(link)
    if link.supporter_id != by.pk:
        raise ActionRefused("Only the peer supporter writes in this log.")
    if problem := find_future_date_error(day=day, on=timezone.localdate()):
        raise ActionRefused({"day": problem})
    validate_living("day", [link.caregiver], day)
    return PeerLog.objects.create(support=link, day=day, how=how, minutes=minutes, who=who, line=line)


def mark_log_in_error(*, log: PeerLog, reason: str, by: User) -> PeerLog:
    """Mark the supporter's own line as entered in error: hidden from pages, kept for governance."""
    mark_entered_in_error(record=log, reason=reason, by=by)
    return log


def raise_worry(*, family: Family, at_risk: str, who: str, what: str, by: User) -> RiskAlert:
    """Raise a peer supporter's worry as a risk alert: lead and duty clinician are notified at once."""
    open_now = Episode.objects.live().open().filter(family=family).select_related("lead")
    episode = open_now.order_by("-opened_on").first()
    words = format_worry(at_risk=at_risk, who=who, what=what)
    lead = episode.lead if episode else None
    return raise_risk_alert(site=family.site, family=family, what=words, lead=lead, by=by)
