"""Peer support: linked as the family agreed, written in the supporter's own log, a worry passed on, ended."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.alongside.actions.locking import locked, locked_family
from interventions.alongside.models import PeerLog, PeerSupport
from interventions.alongside.rules import why_not_day, worry_words
from interventions.episodes.models import Episode
from pairs.families.actions import end_access, link_to_family, mark_entered_in_error, raise_risk_alert
from pairs.families.models import Caregiver, Family, FamilyGrant, RiskAlert
from pairs.service.models import SitePermission, User
from pairs.service.refusals import Refused

PURPOSE = FamilyGrant.PEER_SUPPORT


def is_peer_supporter(user: User) -> bool:
    """Do they hold the role anywhere? Access to the family itself comes with the link."""
    held = SitePermission.objects.filter(group__user=user.pk, permission__codename="support_families")
    return user.is_active and held.exists()


@transaction.atomic
def link_peer_supporter(
    *, family: Family, supporter: User, caregiver: Caregiver | None, agreed_on: date, why: str, by: User
) -> PeerSupport:
    """From now on they see the family's alerts, safe contact and shared plan, and keep a log. No note is theirs."""
    family = locked_family(family)
    _check_link(family, supporter, caregiver, agreed_on)
    link = PeerSupport.objects.create(
        family=family,
        supporter=supporter,
        caregiver=caregiver,
        why=why,
        agreed_on=agreed_on,
        linked_by=by,
        linked_at=timezone.now(),
    )
    granted = FamilyGrant.objects.of_user(supporter.pk).filter(family=family, purpose=PURPOSE)
    if not granted.exists():
        link_to_family(family=family, user=supporter, purpose=PURPOSE, reason=why, by=by)
    return link


def _check_link(family: Family, supporter: User, caregiver: Caregiver | None, agreed_on: date) -> None:
    if not is_peer_supporter(supporter):
        raise Refused({"supporter": "Choose a peer supporter."})
    if caregiver is not None and not _is_carer_of(caregiver, family):
        raise Refused({"caregiver": "Choose somebody of this family."})
    if problem := why_not_day(day=agreed_on, on=timezone.localdate()):
        raise Refused({"agreed_on": problem})
    linked = PeerSupport.objects.live().going_on().filter(family=family, supporter=supporter)
    if linked.filter(caregiver=caregiver).exists():
        raise Refused({"supporter": "They are linked to this family already."})


def _is_carer_of(caregiver: Caregiver, family: Family) -> bool:
    held = caregiver.family_id == family.pk and not caregiver.is_out_of_sight
    return held or family.dyads.live().current().filter(caregiver=caregiver).exists()


@transaction.atomic
def end_peer_support(*, link: PeerSupport, ended_because: str, by: User) -> PeerSupport:
    """Their next page of the family is not there any more. Their log stays with the team."""
    link = _going_on(link)
    link.change(ended_at=timezone.now(), ended_by=by, ended_because=ended_because)
    others = PeerSupport.objects.live().going_on().filter(family=link.family, supporter=link.supporter)
    if not others.exists():
        end_access(family=link.family, user=link.supporter, purpose=PURPOSE)
    return link


def _going_on(link: PeerSupport) -> PeerSupport:
    found: PeerSupport = locked(PeerSupport.objects.select_related("family", "supporter"), link.pk)
    if found.ended_at:
        raise Refused("This support has ended.")
    return found


@transaction.atomic
def write_peer_log(
    *, link: PeerSupport, day: date, how: str, minutes: int, who: str, line: str, by: User
) -> PeerLog:
    """One line of the supporter's own log."""
    link = _going_on(link)
    if link.supporter_id != by.pk:
        raise Refused("Only the peer supporter writes in this log.")
    if problem := why_not_day(day=day, on=timezone.localdate()):
        raise Refused({"day": problem})
    return PeerLog.objects.create(support=link, day=day, how=how, minutes=minutes, who=who, line=line)


def mark_log_in_error(*, log: PeerLog, reason: str, by: User) -> PeerLog:
    """Their own line, written on the wrong family or by mistake: out of sight, and kept for governance."""
    mark_entered_in_error(record=log, reason=reason, by=by)
    return log


def raise_worry(*, family: Family, at_risk: str, who: str, what: str, by: User) -> RiskAlert:
    """A peer supporter's worry becomes a risk alert: whoever leads, and duty, hear at once."""
    open_now = Episode.objects.live().open().filter(family=family).select_related("lead")
    episode = open_now.order_by("-opened_on").first()
    words = worry_words(at_risk=at_risk, who=who, what=what)
    lead = episode.lead if episode else None
    return raise_risk_alert(site=family.site, family=family, what=words, lead=lead, by=by)
