"""What the pages of accounts show of one: roles with their days, devices, calendar, tokens, and what happened to it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from interventions.diary.models import CalendarToken
from pairs.access.models import ApiToken, FactorReset
from pairs.access.open_sessions import list_open_sessions
from pairs.audit.models import AccountEvent, AccountEventKind
from pairs.service.models import RoleAtSite, User
from pairs.service.roles import get_role_name
from pairs.web.formats import format_day, format_day_and_time
from reporting.dashboards.digest import LIST_PERMISSIONS, load_chosen_digests

FACTOR_NAMES = {"totp": "Authenticator app", "webauthn": "Passkey or security key"}
PASSWORD_KINDS = (AccountEventKind.PASSWORD_CHANGED, AccountEventKind.PASSWORD_RESET)
NEWEST_EVENTS = 10


@dataclass(frozen=True)
class RoleHeld:
    """A role at a site: ``since`` is None where it was given before days were kept, ``until`` where no end is set."""

    held: RoleAtSite
    since: date | None
    until: date | None

    @property
    def role_name(self) -> str:
        return get_role_name(self.held.role)


def list_roles_held(user: User, on: date) -> list[RoleHeld]:
    """Roles of that day and to come, by site and role. Reads what ``UserQuerySet.with_roles`` has fetched."""
    terms = [each for each in user.role_terms.all() if each.ends_on is None or each.ends_on >= on]
    dated = [RoleHeld(each.held, each.starts_on, each.ends_on) for each in terms]
    known = {each.held_id for each in terms}
    groups = [each.roleatsite for each in user.groups.all() if each.pk not in known]
    undated = [RoleHeld(each, None, None) for each in groups]
    return sorted(dated + undated, key=lambda each: (str(each.held.site), each.role_name))


def build_role_rows(user: User) -> list[list[str]]:
    """Cells of a table: role, site, from, until."""
    return [
        [
            each.role_name,
            str(each.held.site),
            format_day(each.since) if each.since else "Not recorded",
            format_day(each.until) if each.until else "No end date",
        ]
        for each in list_roles_held(user, timezone.localdate())
    ]


def list_second_factors(user: User) -> list[str]:
    """The kinds that are set up, in words; recovery codes alone are none."""
    kinds = Authenticator.objects.filter(user=user).values_list("type", flat=True)
    return [FACTOR_NAMES[kind] for kind in FACTOR_NAMES if kind in set(kinds)]


def load_own_account(request: Any) -> dict[str, Any]:
    """What somebody's own page shows."""
    user = User.objects.with_roles().get(pk=request.user.pk)
    events = list(AccountEvent.objects.of(user).select_related("by")[:NEWEST_EVENTS])
    changed = AccountEvent.objects.of(user).filter(kind__in=PASSWORD_KINDS).first()
    tokens = ApiToken.objects.live(timezone.now()).filter(user=user)
    return {
        "person": user,
        "roles": build_role_rows(user),
        "factors": list_second_factors(user),
        "sessions": list_open_sessions(user=user, current_key=request.session.session_key),
        "events": list(map(build_event_row, events)),
        "password_changed_at": changed.at if changed else None,
        "token_count": tokens.count(),
        "calendar": CalendarToken.objects.live().filter(user=user).first(),
        "may_have_calendar": request.scope.may("write_records"),
        "may_have_digest": request.scope.may(*LIST_PERMISSIONS),
        "digest": load_chosen_digests(user),
    }


def build_event_row(event: AccountEvent) -> list[str]:
    """Cells of a table: when, what happened, by whom or from where."""
    what = event.get_kind_display()
    by = f"By {event.by}" if event.by else event.network
    return [format_day_and_time(event.at), f"{what}: {event.detail}" if event.detail else what, by]


def load_account_summary(person: User) -> dict[str, Any]:
    """What an administrator sees of an account. ``person``: of ``UserQuerySet.with_roles``."""
    return {
        "person": person,
        "roles": build_role_rows(person),
        "factors": list_second_factors(person),
        "waiting_reset": FactorReset.objects.waiting().filter(user=person).first(),
        "sessions": len(list_open_sessions(user=person)),
        "token_count": ApiToken.objects.live(timezone.now()).filter(user=person).count(),
    }


# What an administrator is told of an account's history: how it was changed, never when its owner came and went.
ADMINISTRATORS_KINDS = (
    AccountEventKind.CREATED,
    AccountEventKind.CHANGED,
    AccountEventKind.ROLE_GIVEN,
    AccountEventKind.ROLE_ENDED,
    AccountEventKind.RESET_SENT,
    AccountEventKind.FACTORS_RESET_ASKED,
    AccountEventKind.FACTORS_RESET,
    AccountEventKind.FACTORS_RESET_WITHDRAWN,
    AccountEventKind.CLOSED,
    AccountEventKind.OPENED,
)


def load_account_history(person: User) -> list[list[str]]:
    """Rows of a table: what was changed in the account, newest first."""
    events = AccountEvent.objects.of(person).filter(kind__in=ADMINISTRATORS_KINDS).select_related("by")
    return list(map(build_event_row, events))


def load_own_roles(user: User) -> User:
    """The same person, with ``roles_held``."""
    person = User.objects.with_roles().get(pk=user.pk)
    person.roles_held = list_roles_held(person, timezone.localdate())
    return person
