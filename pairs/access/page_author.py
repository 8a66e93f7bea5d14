"""Whose page it was: a signed mark in every form, so that what was typed can be kept for whoever typed it.

It signs nobody in. When a page comes back after its session has ended, it says for whom the words are kept.
"""

from datetime import timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.http import HttpRequest
from markupsafe import Markup

from pairs.audit.models import AccountEvent, AccountEventKind
from pairs.service.models import User

AUTHOR_FIELD = "author"
# What comes then is kept as a draft; any draft is offered for as long (pairs.submissions.models).
KEPT_AFTER_CLOSING = timedelta(days=14)
_signer = Signer(salt="pairs.access.page_author")


def build_author_input(user: User) -> Markup:
    """The hidden field of this person's forms."""
    value = _signer.sign(str(user.pk))
    return Markup('<input type="hidden" name="{}" value="{}">').format(AUTHOR_FIELD, value)


def find_page_author(request: HttpRequest) -> Any:
    """The account whose page was posted; None where the page has no mark, or a forged one.

    Of one that has been closed for longer than a draft is offered, None too: what comes then is no slip of the day.
    """
    try:
        user_id = _signer.unsign(request.POST.get(AUTHOR_FIELD, ""))
    except BadSignature:
        return None
    closings = AccountEvent.objects.filter(user=OuterRef("pk"), kind=AccountEventKind.CLOSED)
    just_closed = Exists(closings.filter(at__gte=Now() - KEPT_AFTER_CLOSING))
    return User.objects.filter(Q(is_active=True) | just_closed, pk=user_id).first()
