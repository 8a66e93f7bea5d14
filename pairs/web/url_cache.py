"""Addresses by name: Django's ``reverse``, asked once a process for each name rather than for each row of a page."""

import functools
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

MAX_CACHED_URLS = 2048  # names of addresses, with one or more ids, and words such as the code of a rule


def reverse_cached(name: str, *args: Any, **kwargs: Any) -> str:
    """As ``reverse`` answers. Raises NoReverseMatch for a name that is none."""
    if kwargs or not all(isinstance(each, (UUID, str)) for each in args):
        return reverse(name, args=args, kwargs=kwargs)
    here = (get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    words = tuple(None if isinstance(each, UUID) else each for each in args)
    ids = (each for each in args if isinstance(each, UUID))
    return "".join(_join_pieces(_split_url(name, words, here), ids))


def _join_pieces(pieces: list[str], ids: Iterable[UUID]) -> Iterator[str]:
    yield pieces[0]
    for some_id, piece in zip(ids, pieces[1:], strict=True):
        yield str(some_id)
        yield piece


@functools.lru_cache(maxsize=MAX_CACHED_URLS)
def _split_url(name: str, words: tuple[str | None, ...], here: tuple[str, ...]) -> list[str]:
    """The text before, between and after the ids. ``words``: what the address takes, None for each id."""
    args = [UUID(int=number + 1) if word is None else word for number, word in enumerate(words)]
    rest, pieces = reverse(name, args=args), []
    for each in args:
        if isinstance(each, UUID):
            before, _, rest = rest.partition(str(each))
            pieces.append(before)
    return [*pieces, rest]
