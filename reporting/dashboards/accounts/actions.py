"""Accounts made, and roles given and ended, with the event and the e-mail that belong to each."""

from datetime import date

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from pairs.access.account_actions import record_account_event
from pairs.audit.models import AccountEventKind
from pairs.service import role_terms
from pairs.service.models import RoleAtSite, RoleTerm, Site, User
from pairs.service.refusals import ActionRefused
from pairs.web.absolute_urls import build_absolute_url
from pairs.web.formats import format_day


@transaction.atomic
def create_account(
    *,
    username: str,
    display_name: str,
    email: str,
    role: str,
    site: Site,
    profession: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    by: User | None,
) -> User:
    """An account without a password; its owner chooses one through the link in the e-mail.

    ``by``: None where the service is being set up. Raises ActionRefused by field.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise ActionRefused({"email": "Another account has this e-mail address."})
    user = User(username=username, display_name=display_name, email=email, profession=profession)
    user.set_unusable_password()
    user.save()
    record_account_event(AccountEventKind.CREATED, user=user, by=by)
    give_role_to(user=user, role=role, site=site, starts_on=starts_on, ends_on=ends_on, by=by)
    if by:  # the first administrator is given the address by whoever sets the service up
        _send_first_link(user)
    return user


def _send_first_link(user: User) -> None:
    """How a new colleague chooses a password; where the link is too old by then, where another comes from."""
    send_mail(
        f"Your {settings.SERVICE_NAME} account",
        f"Your username is {user.username}. Choose your password on this page:\n{build_password_link(user)}\n\n"
        "The link works once, for three days. After that, enter your e-mail address here and we will send you "
        f"another:\n{build_absolute_url('account_reset_password')}\n\n"
        "Have your phone at hand: after signing in you will set up a second factor.\n",
        None,
        [user.email],
    )


def build_password_link(user: User) -> str:
    """The address at which this account's password is chosen: it works once, and for three days."""
    token = default_token_generator.make_token(user)
    return build_absolute_url("account_reset_password_from_key", user_pk_to_url_str(user), token)


@transaction.atomic
def give_role_to(
    *,
    user: User,
    role: str,
    site: Site,
    starts_on: date | None = None,
    ends_on: date | None = None,
    by: User | None,
) -> RoleTerm:
    """One role more, kept in the account's history. Raises ActionRefused by field."""
    term = role_terms.give_role(user=user, role=role, site=site, starts_on=starts_on, ends_on=ends_on)
    until = f" until {format_day(ends_on)}" if ends_on else ""
    detail = f"{role_terms.describe_role(term.held)} from {format_day(term.starts_on)}{until}"
    record_account_event(AccountEventKind.ROLE_GIVEN, user=user, by=by, detail=detail)
    return term


@transaction.atomic
def end_role_of(*, user: User, held: RoleAtSite, last_day: date | None, by: User) -> User:
    """One role less, at once or after that day. Raises ActionRefused by field."""
    role_terms.end_role(user=user, held=held, last_day=last_day, by=by)
    when = f"after {format_day(last_day)}" if last_day else "at once"
    detail = f"{role_terms.describe_role(held)}, {when}"
    record_account_event(AccountEventKind.ROLE_ENDED, user=user, by=by, detail=detail)
    return user
