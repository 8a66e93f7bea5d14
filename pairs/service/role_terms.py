"""Roles given from one day until another, and the groups' members brought into line with them."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from pairs.service.actions import ensure_role_group
from pairs.service.models import RoleAtSite, RoleTerm, Site, User
from pairs.service.refusals import ActionRefused
from pairs.service.roles import Role, get_role_name


@transaction.atomic
def give_role(
    *, user: User, role: str, site: Site, starts_on: date | None = None, ends_on: date | None = None
) -> RoleTerm:
    """The user holds the role at the site from that day (today) until the last day (no end). Raises ActionRefused."""
    today = timezone.localdate()
    starts_on = starts_on or today
    held = ensure_role_group(site=site, role=role)
    _validate_term(user, held, starts_on, ends_on, today)
    term = RoleTerm.objects.create(user=user, held=held, starts_on=starts_on, ends_on=ends_on)
    if starts_on <= today:
        user.groups.add(held.group)
    return term


def _validate_term(user: User, held: RoleAtSite, starts_on: date, ends_on: date | None, today: date) -> None:
    if ends_on and ends_on < max(starts_on, today):
        raise ActionRefused(
            {"ends_on": "Choose a last day that is not before the first day, nor in the past."}
        )
    site = held.site
    if site.closes_on and site.closes_on < (ends_on or starts_on):
        raise ActionRefused({"site": f"{site} closes on {site.closes_on:%-d %B %Y}."})
    terms = RoleTerm.objects.filter(user=user, held=held).unended(today)
    overlaps = [each for each in terms if not ends_on or each.starts_on <= ends_on]
    overlaps = [each for each in overlaps if each.ends_on is None or each.ends_on >= starts_on]
    without_a_term = not terms and user.groups.filter(pk=held.pk).exists()
    if overlaps or without_a_term:
        raise ActionRefused({"role": f"{user} already has this role at {site} on some of these days."})


@transaction.atomic
def end_role(*, user: User, held: RoleAtSite, last_day: date | None, by: User | None = None) -> date:
    """The role ends after that day, or at once (None); returns its last day. Raises ActionRefused."""
    today = timezone.localdate()
    if last_day and last_day < today:
        raise ActionRefused(
            {"last_day": "Choose today or a later day, or leave it empty to end the role at once."}
        )
    if by and user.pk == by.pk and held.role == Role.ADMINISTRATOR:
        raise ActionRefused("You cannot end your own administrator role. Ask another administrator.")
    ends_on = last_day or today - timedelta(days=1)
    terms = RoleTerm.objects.filter(user=user, held=held).unended(today)
    if not terms and not user.groups.filter(pk=held.pk).exists():
        raise ActionRefused({"held": "This role has already ended."})
    terms.filter(starts_on__gt=ends_on).delete()
    if not terms.filter(starts_on__lte=ends_on).update(ends_on=ends_on) and last_day:
        RoleTerm.objects.create(user=user, held=held, starts_on=today, ends_on=ends_on)
    if not last_day:
        user.groups.remove(held.group)
    return ends_on


@transaction.atomic
def apply_role_terms(on: date) -> int:
    """Each term's day has come or gone: its group's members follow. Returns how many changed; safe to run again.

    A role without any term, given before there were terms, stays.
    """
    current = {
        (each.user_id, each.held_id) for each in RoleTerm.objects.filter(starts_on__lte=on).unended(on)
    }
    known = set(RoleTerm.objects.values_list("user", "held"))
    through = User.groups.through
    wanted_rows = through.objects.filter(group__in={held for _, held in known})
    members = {(each.user_id, each.group_id): each.pk for each in wanted_rows}
    ended = [pk for key, pk in members.items() if key in known - current]
    begun = sorted(current - members.keys())
    through.objects.filter(pk__in=ended).delete()
    through.objects.bulk_create(through(user_id=user, group_id=group) for user, group in begun)
    return len(ended) + len(begun)


def describe_role(held: RoleAtSite) -> str:
    """As a history or an e-mail says it: "Practitioner at Hyndburn"."""
    return f"{get_role_name(held.role)} at {held.site}"
