"""What is done to accounts and to what opens them; each act is an AccountEvent."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from pairs.access.client_networks import get_masked_network
from pairs.audit.models import AccountEvent, AccountEventKind
from pairs.service.hooks import list_hooks
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.service.work_to_hand_over import format_held_work, list_held_work


def record_account_event(
    kind: AccountEventKind,
    *,
    user: User | None,
    by: User | None = None,
    request: HttpRequest | None = None,
    detail: str = "",
) -> None:
    """Keep that it happened. ``by``: who did it, when that is not the account's owner. ``detail``: which, or why."""
    network = get_masked_network(request) if request else ""
    AccountEvent.objects.create(kind=kind, user=user, by=by, network=network, detail=detail[:300])


@transaction.atomic
def end_account_keys(*, user: User) -> None:
    """End every session, reset link, API token and calendar of this account for good, also if it is opened again."""
    User.objects.filter(pk=user.pk).update(key_version=F("key_version") + 1)
    user.refresh_from_db(fields=["key_version"])
    for revoke_keys in list_hooks("account_keys", "revoke_keys"):
        revoke_keys(user)


@transaction.atomic
def set_account_open(*, user: User, is_open: bool, by: User) -> User:
    """Close an account, which ends all its keys, or open it again, which gives back none of them.

    Raises ActionRefused for one's own, and while work is held that others would have to take over first.
    """
    if user.pk == by.pk:
        raise ActionRefused("You cannot close your own account.")
    User.objects.select_for_update(of=("self",)).get(
        pk=user.pk
    )  # what is handed over or back meanwhile waits
    if not is_open:
        validate_nothing_held(user)
    changed = User.objects.filter(pk=user.pk, is_active=not is_open).update(is_active=is_open)
    user.is_active = is_open
    if not changed:
        return user
    if not is_open:
        end_account_keys(user=user)
    kind = AccountEventKind.OPENED if is_open else AccountEventKind.CLOSED
    record_account_event(kind, user=user, by=by)
    return user


def validate_nothing_held(user: User) -> None:
    """Raises ActionRefused, naming what is held."""
    if work := list_held_work(user):
        raise ActionRefused(
            f"{user} still has {format_held_work(work)}. Hand this over first. If they must lose access today, "
            "end their roles at once."
        )


@transaction.atomic
def end_own_keys(*, user: User, request: Any) -> None:
    """The owner signs out everywhere and takes back tokens and calendar."""
    end_account_keys(user=user)
    record_account_event(AccountEventKind.KEYS_ENDED, user=user, request=request)
