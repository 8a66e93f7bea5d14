"""Addresses as an e-mail needs them: with the host, since nobody's page is around them."""

from typing import Any

from django.conf import settings
from django.urls import reverse


def build_absolute_url(name: str, *args: Any) -> str:
    """The whole address of a page, by its URL name."""
    return build_absolute_path(reverse(name, args=args))


def build_absolute_path(path: str) -> str:
    """The whole address of a path of ours."""
    return settings.BASE_URL.rstrip("/") + path
