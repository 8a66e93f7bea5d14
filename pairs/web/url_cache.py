"""Addresses by name: Django's ``reverse``, asked once a process for each name rather than for each row of a page."""

import functools
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

MAX_CACHED_URLS = 2048  # names of addresses, with one or more ids


def reverse_cached(name: str, *args: Any, **kwargs: Any) -> str:
    """As ``reverse`` answers. Raises NoReverseMatch for a name that is none."""
    if kwargs or not all(isinstance(each, UUID) for each in args):
        return reverse(name, args=args, kwargs=kwargs)
    here = (get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    return "".join(_join_pieces(_split_url(name, len(args), here), args))


def _join_pieces(pieces: list[str], ids: tuple[UUID, ...]) -> Iterator[str]:
    yield pieces[0]
    for some_id, piece in zip(ids, pieces[1:], strict=True):
        yield str(some_id)
        yield piece


@functools.lru_cache(maxsize=MAX_CACHED_URLS)
def _split_url(name: str, how_many: int, here: tuple[str, ...]) -> list[str]:
    """The text before, between and after so many ids."""
    stand_ins = [UUID(int=number + 1) for number in range(how_many)]
    rest, pieces = reverse(name, args=stand_ins), []
    for each in stand_ins:
        before, _, rest = rest.partition(str(each))
        pieces.append(before)
    return [*pieces, rest]
