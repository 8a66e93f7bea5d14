"""What an administrator does to a colleague's account; each act is an AccountEvent, and its owner hears of it."""

from allauth.account.forms import ResetPasswordForm
from allauth.mfa.models import Authenticator
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from pairs.access.account_actions import end_account_keys, record_account_event
from pairs.access.models import FactorReset
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
def ask_for_factor_reset(*, user: User, reason: str, by: User) -> FactorReset:
    """Ask a second person to confirm it; the owner is told now, so that one who did not ask can object.

    Raises ActionRefused for one's own, when there is none, and while another waits.
    """
    if user.pk == by.pk:
        raise ActionRefused("You cannot reset your own second factor. Ask another administrator.")
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not Authenticator.objects.filter(user=user).exists():
        raise ActionRefused(f"{user} has no second factor to reset.")
    if FactorReset.objects.waiting().filter(user=user).exists():
        raise ActionRefused("A reset already waits for a second person.")
    made = FactorReset.objects.create(user=user, reason=reason, asked_by=by)
    record_account_event(AccountEventKind.FACTORS_RESET_ASKED, user=user, by=by, detail=reason)
    _tell_owner(
        user,
        "A reset of your second factor for PaIRS was requested",
        f"An administrator, {by}, wants to reset the second factor of your account {user.username}. The reason given: "
        f"{reason}\n\nNothing is changed until a second person has confirmed it.",
    )
    _ask_second_person(made)
    return made


def _tell_owner(user: User, subject: str, text: str) -> None:
    if user.email:
        objection = "\n\nIf you did not ask for this, tell information governance now.\n"
        send_mail(subject, text + objection, None, [user.email])


def _ask_second_person(made: FactorReset) -> None:
    """Every other administrator, and information governance: whose account it is stands on the page."""
    text = (
        f"{made.asked_by} wants to reset a colleague’s second factor in PaIRS. Confirm or withdraw it:\n\n"
        f"{build_absolute_url('confirm-factor-reset', made.pk)}\n"
    )
    people = User.objects.with_permission("manage_accounts", "govern_records").exclude(email="")
    for person in people.exclude(pk__in=[made.asked_by_id, made.user_id]):
        send_mail("A second person must confirm a reset", text, None, [person.email])


@transaction.atomic
def confirm_factor_reset(*, reset: FactorReset, by: User) -> FactorReset:
    """Remove every second factor and end every session, so that the owner sets up a new one; they are told by e-mail.

    Raises ActionRefused for whoever asked, for the owner, and where it no longer waits.
    """
    reset = _lock_reset(reset)
    if by.pk == reset.asked_by_id:
        raise ActionRefused("You asked for this yourself. A second person has to confirm it.")
    if by.pk == reset.user_id:
        raise ActionRefused("This is your own account. Someone else has to confirm it.")
    user = reset.user
    Authenticator.objects.filter(user=user).delete()
    end_account_keys(user=user)
    reset.confirmed_at, reset.confirmed_by = timezone.now(), by
    reset.save(update_fields=["confirmed_at", "confirmed_by"])
    detail = f"{reset.reason} (requested by {reset.asked_by})"
    record_account_event(AccountEventKind.FACTORS_RESET, user=user, by=by, detail=detail)
    _tell_owner(
        user,
        "Your second factor for PaIRS was reset",
        f"{reset.asked_by} requested and {by} confirmed that the second factor of your account {user.username} is "
        f"reset. It was signed out everywhere. The reason given: {reset.reason}\n\nSign in with your password and set "
        f"up a new second factor:\n{build_absolute_url('account_login')}",
    )
    return reset


@transaction.atomic
def withdraw_factor_reset(*, reset: FactorReset, by: User) -> FactorReset:
    """Nothing is reset. Raises ActionRefused where it no longer waits."""
    reset = _lock_reset(reset)
    reset.withdrawn_at, reset.withdrawn_by = timezone.now(), by
    reset.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record_account_event(AccountEventKind.FACTORS_RESET_WITHDRAWN, user=reset.user, by=by)
    return reset


def _lock_reset(reset: FactorReset) -> FactorReset:
    reset = (
        FactorReset.objects.select_for_update(of=("self",))
        .select_related("user", "asked_by")
        .get(pk=reset.pk)
    )
    if reset.confirmed_at or reset.withdrawn_at:
        raise ActionRefused("This no longer waits for a second person.")
    return reset
