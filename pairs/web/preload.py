"""What a web process gets ready before it forks, so that its workers share one copy of it and none begins slowly.

A module registers what it can prepare once for everybody, such as the text of its SQL:

    @preload.register
    def compile_statements(): ...

Such a function may not ask the database: a connection that is open while a process forks belongs to both of them.
"""

import gc
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connections
from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver

from pairs.web.lazy_views import LazyView

SIGN_IN_TEMPLATE_PREFIX = "_django/"
_registered_functions: list[Callable[[], object]] = []


def register_preparation(prepare: Callable[[], object]) -> Callable[[], object]:
    """Have the function called once in each web process, after its pages are loaded. Usable as a decorator."""
    _registered_functions.append(prepare)
    return prepare


def prepare_to_fork() -> None:
    """Load views, templates and registered preparations; then exclude them from garbage collection."""
    gc.disable()
    load_views()
    load_templates()
    for prepare in _registered_functions:
        prepare()
    refuse_open_connections()
    freeze_memory()
    gc.enable()


def load_views() -> int:
    """Import every page and API view but the rare ones. Returns how many addresses there are."""
    resolver = get_resolver()
    patterns = list(_walk_url_patterns(resolver.url_patterns))
    for pattern in patterns:
        if isinstance(pattern.callback, LazyView) and pattern.callback.before_fork:
            pattern.callback.loaded  # noqa: B018 (the import is what is wanted)
    resolver.reverse_dict  # noqa: B018 (Django's table from name to address)
    return len(patterns)


def _walk_url_patterns(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk_url_patterns(pattern.url_patterns)
        else:
            yield pattern


def load_templates() -> int:
    """Compile every page's template, or read it from the cache of compiled ones. Returns how many there are."""
    if "jinja2" not in engines.templates:  # a benchmark's baseline has no pages of ours
        return 0
    jinja = engines["jinja2"].env
    pages = jinja.list_templates(filter_func=_is_page)
    sign_in = jinja.list_templates(filter_func=_is_sign_in_page)
    for name in pages:
        jinja.get_template(name)
    for name in sign_in:
        engines["django"].get_template(name.removeprefix(SIGN_IN_TEMPLATE_PREFIX))
    return len(pages) + len(sign_in)


def _is_page(name: str) -> bool:
    return name.endswith(".html") and not name.startswith(SIGN_IN_TEMPLATE_PREFIX)


def _is_sign_in_page(name: str) -> bool:
    """Those are Django's templates, with allauth's forms in them."""
    return name.endswith(".html") and name.startswith(SIGN_IN_TEMPLATE_PREFIX)


def refuse_open_connections() -> None:
    """Raises RuntimeError when something registered has opened a database connection."""
    opened = [each.alias for each in connections.all(initialized_only=True) if each.connection is not None]
    if opened:
        raise RuntimeError(f"A database connection is open before the fork: {', '.join(opened)}.")


def freeze_memory() -> None:
    """Let the garbage collector pass over what is loaded: touching it would copy each page of it into every worker."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
