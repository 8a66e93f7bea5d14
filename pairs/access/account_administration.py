"""What an administrator does to a colleague's account; each act is an AccountEvent, and its owner hears of it."""

from allauth.account.forms import ResetPasswordForm
from allauth.mfa.models import Authenticator
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest

from pairs.access.account_actions import end_account_keys, record_account_event
from pairs.audit.models import AccountEventKind
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.web.absolute_urls import build_absolute_url

CHANGED_WORDS = {"display_name": "name", "email": "e-mail address", "profession": "job title"}


@transaction.atomic
def change_account(*, user: User, display_name: str, email: str, profession: str, by: User) -> User:
    """How a colleague is called and reached. A new address ends links to choose a password that went to the old one."""
    if User.objects.exclude(pk=user.pk).filter(email__iexact=email).exists():
        raise ActionRefused({"email": "Another account has this e-mail address."})
    before = {name: getattr(user, name) for name in ("display_name", "email", "profession")}
    now = {"display_name": display_name, "email": email, "profession": profession}
    changed = [name for name in now if now[name] != before[name]]
    if not changed:
        return user
    for name in changed:
        setattr(user, name, now[name])
    user.save(update_fields=changed)
    words = ", ".join(CHANGED_WORDS[name] for name in changed)
    record_account_event(AccountEventKind.CHANGED, user=user, by=by, detail=words)
    if "email" in changed:
        _tell_of_new_address(user, before["email"])
    return user


def _tell_of_new_address(user: User, old: str) -> None:
    """To both addresses: whoever reads the old one learns that mail no longer goes there."""
    for address in filter(None, {old, user.email}):
        send_mail(
            "The e-mail address of your PaIRS account was changed",
            f"An administrator changed the e-mail address of the account {user.username}. If you did not expect this, "
            "tell your administrator.\n",
            None,
            [address],
        )


@transaction.atomic
def send_password_link(*, user: User, by: User, request: HttpRequest) -> User:
    """E-mail the owner a link to choose a new password; the old one works until they do. Raises ActionRefused."""
    if not user.is_active:
        raise ActionRefused(f"The account of {user} is closed. Reopen it first.")
    if not user.email:
        raise ActionRefused(f"{user} has no e-mail address. Enter one first.")
    form = ResetPasswordForm(data={"email": user.email})
    form.full_clean()
    form.users = [user]  # no other account of the same address
    form.save(request)
    record_account_event(AccountEventKind.RESET_SENT, user=user, by=by)
    return user


@transaction.atomic
def reset_second_factor(*, user: User, reason: str, by: User) -> User:
    """Remove every second factor and end every session, so that the owner sets up a new one; they are told by e-mail.

    Raises ActionRefused for one's own, and when there is none.
    """
    if user.pk == by.pk:
        raise ActionRefused("You cannot reset your own second factor. Ask another administrator.")
    factors = Authenticator.objects.filter(user=user)
    if not factors.exists():
        raise ActionRefused(f"{user} has no second factor to reset.")
    factors.delete()
    end_account_keys(user=user)
    record_account_event(AccountEventKind.FACTORS_RESET, user=user, by=by, detail=reason)
    if user.email:
        send_mail(
            "Your second factor for PaIRS was reset",
            f"An administrator, {by}, reset the second factor of your account {user.username} and signed it "
            f"out everywhere. The reason given: {reason}\n\nSign in with your password "
            f"and set up a new second factor:\n{build_absolute_url('account_login')}\n\nIf you did not ask "
            "for this, tell information governance now.\n",
            None,
            [user.email],
        )
    return user
