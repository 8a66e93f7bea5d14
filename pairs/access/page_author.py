"""Whose page it was: a signed mark in every form, so that what was typed can be kept for whoever typed it.

It signs nobody in. When a page comes back after its session has ended, it says for whom the words are kept.
"""

from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from markupsafe import Markup

from pairs.service.models import User

AUTHOR_FIELD = "author"
_signer = Signer(salt="pairs.access.page_author")


def build_author_input(user: User) -> Markup:
    """The hidden field of this person's forms."""
    value = _signer.sign(str(user.pk))
    return Markup('<input type="hidden" name="{}" value="{}">').format(AUTHOR_FIELD, value)


def find_page_author(request: HttpRequest) -> Any:
    """The active account whose page was posted; None where the page has no mark, or a forged one."""
    try:
        user_id = _signer.unsign(request.POST.get(AUTHOR_FIELD, ""))
    except BadSignature:
        return None
    return User.objects.filter(pk=user_id, is_active=True).first()
