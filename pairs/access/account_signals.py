"""What allauth says has happened, kept as account events (docs/adr/0037-what-opens-an-account.md)."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as factors
from allauth.socialaccount import signals as identities
from django.contrib.auth.signals import user_logged_out
from django.dispatch import Signal

from pairs.access.account_actions import record_account_event
from pairs.audit.models import AccountEventKind

KINDS: list[tuple[Signal, AccountEventKind]] = [
    (account.user_logged_in, AccountEventKind.SIGNED_IN),
    (account.password_changed, AccountEventKind.PASSWORD_CHANGED),
    (account.password_set, AccountEventKind.PASSWORD_CHANGED),
    (account.password_reset, AccountEventKind.PASSWORD_RESET),
    (factors.authenticator_added, AccountEventKind.FACTOR_ADDED),
    (factors.authenticator_removed, AccountEventKind.FACTOR_REMOVED),
    (factors.authenticator_reset, AccountEventKind.CODES_RENEWED),
    (factors.authentication_failed, AccountEventKind.CODE_FAILED),
    (identities.social_account_added, AccountEventKind.IDENTITY_LINKED),
    (identities.social_account_removed, AccountEventKind.IDENTITY_REMOVED),
    (user_logged_out, AccountEventKind.SIGNED_OUT),
]


def connect_receivers() -> None:
    """Once a process, when allauth's adapter is loaded: nothing of allauth happens before."""
    for signal, kind in KINDS:
        signal.connect(_build_receiver(kind), weak=False, dispatch_uid=f"account-event-{kind}")


def _build_receiver(kind: AccountEventKind) -> Any:
    def keep_event(sender: Any, request: Any, user: Any = None, **others: Any) -> None:
        user = user or _get_owner(others)
        if user is not None:
            record_account_event(kind, user=user, request=request)

    return keep_event


def _get_owner(sent: dict[str, Any]) -> Any:
    """Whose the identity is that a signal about single sign-on tells of."""
    linked = sent.get("sociallogin") or sent.get("socialaccount")
    return linked.user if linked else None
