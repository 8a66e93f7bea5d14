"""Who may call an address: every view says so once, and a view that says nothing is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pairs.service.roles import PERMISSIONS

PUBLIC, SIGNED_IN, PERMISSION = "public", "signed-in", "permission"
ONE_TIME_LINK, FEED_TOKEN = "one-time link", "feed token"


@dataclass(frozen=True)
class Policy:
    """The rule of one address. ``permissions``: HTTP method ('' = any) → codenames, any of which will do."""

    kind: str
    permissions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    background: bool = False  # polled by a page: never counts as somebody being here

    def permissions_for(self, method: str) -> tuple[str, ...]:
        method = "GET" if method in ("HEAD", "OPTIONS") else method
        return self.permissions.get(method, self.permissions.get("", ()))


def _declare_policy(policy: Policy) -> Callable[[Any], Any]:
    def decorate(view: Any) -> Any:
        view.policy = policy
        return view

    return decorate


class DeclaresPolicy:
    """For a class of views: its view has the policy that this very class declares, and no policy of a class above it.

    A view without one is refused to everybody.
    """

    @classmethod
    def as_view(cls, **options: Any) -> Any:
        view = super().as_view(**options)
        view.policy = vars(cls).get("policy")
        return view


def public(view: Any) -> Any:
    """Anybody, signed in or not. A test pins the list of these views."""
    return _declare_policy(Policy(PUBLIC))(view)


def signed_in(view: Any = None, *, background: bool = False) -> Any:
    """Anybody with an account, about their own things only."""
    decorate = _declare_policy(Policy(SIGNED_IN, background=background))
    return decorate(view) if view else decorate


def permission(
    *codenames: str, background: bool = False, **by_method: str | tuple[str, ...]
) -> Callable[[Any], Any]:
    """Whoever holds one of the permissions at some site; ``POST="write_records"`` narrows one method.

    Which rows they may reach is Scope's part; whether they may act on this very row is
    ``get_visible_or_404``'s.
    """
    table = {"": codenames}
    for method, names in by_method.items():
        table[method] = (names,) if isinstance(names, str) else names
    unknown = {name for names in table.values() for name in names} - set(PERMISSIONS)
    if unknown or not codenames:
        raise ValueError(f"A policy needs known permissions; got {sorted(unknown) or 'none'}.")
    return _declare_policy(Policy(PERMISSION, table, background))


def one_time_link(view: Any) -> Any:
    """Whoever holds a link that works once; the view checks and spends it."""
    return _declare_policy(Policy(ONE_TIME_LINK))(view)


def feed_token(view: Any) -> Any:
    """A machine holding a personal, revocable token in the address; the view checks it."""
    return _declare_policy(Policy(FEED_TOKEN))(view)


# Views that are not ours, or of an app below this one, by URL name. What is missing here is refused.
POLICIES_BY_URL_NAME = {
    "accessibility": Policy(PUBLIC),
    "gallery": Policy(PUBLIC),  # made-up data; it has an address in the demo and in development only
    "account_login": Policy(PUBLIC),
    "account_logout": Policy(PUBLIC),
    "account_reauthenticate": Policy(SIGNED_IN),
    "account_change_password": Policy(SIGNED_IN),
    "account_reset_password": Policy(PUBLIC),
    "account_reset_password_done": Policy(PUBLIC),
    "account_reset_password_from_key": Policy(PUBLIC),
    "account_reset_password_from_key_done": Policy(PUBLIC),
    "account_inactive": Policy(PUBLIC),
    "mfa_authenticate": Policy(PUBLIC),
    "mfa_reauthenticate": Policy(SIGNED_IN),
    "mfa_index": Policy(SIGNED_IN),
    "mfa_activate_totp": Policy(SIGNED_IN),
    "mfa_deactivate_totp": Policy(SIGNED_IN),
    "mfa_view_recovery_codes": Policy(SIGNED_IN),
    "mfa_generate_recovery_codes": Policy(SIGNED_IN),
    "mfa_download_recovery_codes": Policy(SIGNED_IN),
    "mfa_list_webauthn": Policy(SIGNED_IN),
    "mfa_add_webauthn": Policy(SIGNED_IN),
    "mfa_edit_webauthn": Policy(SIGNED_IN),
    "mfa_remove_webauthn": Policy(SIGNED_IN),
    "mfa_login_webauthn": Policy(PUBLIC),
    "mfa_reauthenticate_webauthn": Policy(SIGNED_IN),
    "openid_connect_login": Policy(PUBLIC),
    "openid_connect_callback": Policy(PUBLIC),
    "socialaccount_connections": Policy(SIGNED_IN),
    "socialaccount_login_cancelled": Policy(PUBLIC),
    "socialaccount_login_error": Policy(PUBLIC),
}


def get_policy(view: Any, url_name: str | None) -> Policy | None:
    """The policy the view declares, or the third-party table's; None means nobody may."""
    return getattr(view, "policy", None) or POLICIES_BY_URL_NAME.get(url_name or "")
