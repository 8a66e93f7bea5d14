"""Actions that span apps: decisions about due items, and accounts."""

from datetime import date

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from pairs.families.due import DueItem
from pairs.service.actions import assign_role
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused
from pairs.web.absolute_urls import build_absolute_url
from reporting.dashboards.models import DueDecision


def decide_due_item(
    *, item: DueItem, until: date | None, handed_to: User | None, why: str, by: User
) -> DueDecision:
    """Keep the decision; the item itself stays derived, and comes back when its day is reached."""
    if until and until <= timezone.localdate():
        raise ActionRefused({"until": "Choose a day that is still to come."})
    return DueDecision.objects.create(
        code=item.code,
        subject_id=item.subject_id,
        family_id=item.family_id,
        snoozed_until=until,
        handed_to=handed_to,
        why=why,
        decided_by=by,
    )


@transaction.atomic
def create_account(*, username: str, display_name: str, email: str, role: str, site: Site, by: User) -> User:
    """An account without a password; its owner chooses one through the link in the e-mail."""
    user = User(username=username, display_name=display_name, email=email)
    user.set_unusable_password()
    user.save()
    assign_role(user=user, role=role, site=site)
    link = build_absolute_url("account_reset_password")
    send_mail(
        "Your PaIRS account",
        f"Your username is {username}. Choose your password here:\n{link}\n",
        None,
        [email],
    )
    return user


@transaction.atomic
def set_account_open(*, user: User, is_open: bool, by: User) -> User:
    """Close an account (nobody signs in with it, from the next request on) or open it again."""
    if user.pk == by.pk:
        raise ActionRefused("You cannot close your own account.")
    user.is_active = is_open
    user.save(update_fields=["is_active"])
    return user
