"""Addresses by name: Django's ``reverse``, asked once a process for each name rather than for each row of a page."""

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, get_urlconf, reverse

ID_PATTERN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")  # as JSON has them
MAX_CACHED_URLS = 2048  # names of addresses, with one or more ids, and words such as the code of a rule


# The addresses and the prefix of the request that is answered now: asking Django for both costs more than the rest.
_current_base: ContextVar[tuple[str, str] | None] = ContextVar("current_base", default=None)


class AddressBaseMiddleware:
    """Remembers for the time of a view which addresses and which prefix its request came by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            _current_base.set(None)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        _current_base.set(_find_base())


def _find_base() -> tuple[str, str]:
    return get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()


def reverse_cached(name: str, *args: Any, **kwargs: Any) -> str:
    """As ``reverse`` answers. Raises NoReverseMatch for a name that is none."""
    here = _current_base.get() or _find_base()
    if len(args) == 1 and not kwargs and _is_id(args[0]):  # most: the rest of this costs twice as much
        before, after = _split_url(name, (None,), here)
        return f"{before}{args[0]}{after}"
    if kwargs or not all(isinstance(each, (UUID, str)) for each in args):
        return reverse(name, args=args, kwargs=kwargs)
    if not args:
        return _split_url(name, (), here)[0]
    words = tuple(None if _is_id(each) else each for each in args)
    ids = (each for each, word in zip(args, words, strict=True) if word is None)
    return "".join(_join_pieces(_split_url(name, words, here), ids))


def _is_id(each: Any) -> bool:
    return isinstance(each, UUID) or (isinstance(each, str) and ID_PATTERN.fullmatch(each) is not None)


def _join_pieces(pieces: list[str], ids: Iterable[UUID | str]) -> Iterator[str]:
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
