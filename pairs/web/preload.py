"""What a web process gets ready before it forks, so that its workers share one copy of it and none begins slowly.

A module registers what it can prepare once for everybody, such as the text of its SQL:

    @preload.register
    def compile_statements(): ...

Such a function may not ask the database: a connection that is open while a process forks belongs to both of them.
"""

import gc
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_backends
from django.contrib.auth.hashers import get_hasher
from django.db import connections
from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from pairs.service.hooks import load_hook_modules
from pairs.web.lazy_routes import compile_now
from pairs.web.lazy_views import LazyView

SIGN_IN_TEMPLATE_PREFIX = "_django/"
# The API's framework loads these where they are, for its test client and its own coloured pages; we serve neither.
UNUSED_BY_THE_API = ("requests", "pygments")
# Modules of apps (pairs.service.hooks) that pages ask, or that every request asks.
PAGE_HOOKS = (
    "agenda", "banner_lines", "booking_warnings", "chronology", "confirmations", "cover", "diary_entries",
    "draft_families", "due", "due_rules", "family_header", "family_team", "grants", "outstanding_work", "own_records",
    "referral_progress", "standings",
)  # fmt: skip
# Objects made and not yet gone before the garbage collector looks for cycles among them, and how many such looks before
# it takes older ones in. Python's 700 has it look a dozen times a page, at things that the page still uses: a tenth of
# its CPU. A page leaves a few hundred objects in cycles behind, so that they come to some megabytes at most.
COLLECT_AFTER = (20_000, 20, 50)
_registered_functions: list[Callable[[], object]] = []


def register_preparation(prepare: Callable[[], object]) -> Callable[[], object]:
    """Have the function called once in each web process, after its pages are loaded. Usable as a decorator."""
    _registered_functions.append(prepare)
    return prepare


def prepare_to_fork() -> None:
    """Load views, templates and registered preparations; then exclude them from garbage collection."""
    gc.disable()
    load_api_framework()
    load_views()
    load_templates()
    load_what_requests_need()
    for prepare in _registered_functions:
        prepare()
    refuse_open_connections()
    freeze_memory()
    gc.enable()


def load_api_framework() -> None:
    """Before any API view is: it looks for packages it can do without, 140 modules in all, and here finds none."""
    hidden = [name for name in UNUSED_BY_THE_API if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # None: importing it raises ImportError
    try:
        import_module("rest_framework.compat")
    finally:
        for name in hidden:
            del sys.modules[name]


def load_views() -> int:
    """Import every page and API view but the rare ones. Returns how many addresses there are."""
    resolver = get_resolver()
    patterns = list(_walk_url_patterns(resolver.url_patterns))
    for pattern in patterns:
        if isinstance(pattern.callback, LazyView) and pattern.callback.before_fork:
            pattern.callback.loaded  # noqa: B018 (the import is what is wanted)
        compile_now(pattern)
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


def load_what_requests_need() -> None:
    """What Django and allauth import by name at the first request and the first sign-in, and the hooks that pages ask."""
    load_hook_modules(PAGE_HOOKS)
    get_backends()
    import_module(get_hasher().library)
    for name in (settings.ACCOUNT_ADAPTER, settings.MESSAGE_STORAGE, settings.SESSION_SERIALIZER):
        import_string(name)
    for engine in engines.all():
        getattr(engine, "engine", engine).template_context_processors  # noqa: B018 (the import is what is wanted)


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
    gc.set_threshold(*COLLECT_AFTER)
