"""What every page may use: the Jinja2 environment, its globals and its filters."""

import functools
import logging
from collections import ChainMap
from collections.abc import Hashable, MutableMapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import translation
from jinja2 import ChainableUndefined, Environment, UndefinedError, pass_environment
from markupsafe import Markup

from . import formats
from .form_controls import (
    build_control,
    build_options,
    get_revealed_fields,
    group_fields,
    list_error_links,
    list_field_messages,
)
from .formats import (
    format_age,
    format_amount,
    format_day,
    format_day_and_time,
    format_machine_date,
    format_moment,
    format_nhs_number,
    format_paragraphs,
    format_plural,
    format_short_day,
    format_time,
    make_dom_id,
    mark_direction,
)
from .status_tags import get_status_tag
from .template_cache import open_template_cache
from .time_chart import chart_by_month, chart_over_time
from .url_cache import reverse_cached

log = logging.getLogger(__name__)
COMPILER_MODULES = (
    Path(__file__),
    Path(formats.__file__),
)  # compiled templates hold what filters made of constants
DICT_ATTRIBUTES = frozenset(dir(dict))
MAX_CACHED_FRAGMENTS = 256  # by language and what one may open: some KB each


class LoggedUndefined(ChainableUndefined):
    """A missing name shows nothing, and is logged: a page in use is never lost to a typing error."""

    def __str__(self) -> str:
        log.error("A template shows a name that is not there: %s", self._undefined_message)
        return ""

    __html__ = __str__


class StrictUndefined(ChainableUndefined):
    """A missing name may be tested; showing it raises, so that no test passes over it."""

    def __str__(self) -> str:
        raise UndefinedError(self._undefined_message)

    __html__ = __str__


class TemplateGlobals(ChainMap):
    """A template's globals over the environment's, as Jinja has them; what names there are is a plain set.

    Jinja takes these names from those of the page at each import of macros: of a ChainMap's view, one by one.
    """

    def keys(self) -> Any:
        return set().union(*self.maps)


class PageEnvironment(Environment):
    """The environment of every page."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As Jinja, which of a dict asks for an attribute first and for what it holds after that failed."""
        if type(obj) is dict and attribute in obj and attribute not in DICT_ATTRIBUTES:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return TemplateGlobals({} if d is None else d, self.globals)


def environment(**options: Any) -> Environment:
    """Django's Jinja2 backend calls this."""
    options["undefined"] = StrictUndefined if settings.STRICT_TEMPLATES else LoggedUndefined
    options["bytecode_cache"] = open_template_cache(settings.COMPILED_TEMPLATES, made_by=COMPILER_MODULES)
    options["cache_size"] = -1  # all of them stay loaded: there are a few hundred, and none is made from data
    env = PageEnvironment(**options, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)
    env.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)
    env.globals.update(GLOBALS)
    env.filters.update(FILTERS)
    return env


# ---------------------------------------------------------------- globals


def translate_text(text: str, **variables: Any) -> Markup:
    """The text in the page's language, with these variables: ``_`` of every template."""
    said = _translate_text(text, translation.get_language())
    return said % variables


@functools.lru_cache(maxsize=1024)
def _translate_text(text: str, language: str | None) -> Markup:
    return Markup(translation.gettext(text))


def build_url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address called `name`."""
    return reverse_cached(name, *args, **kwargs)


@functools.lru_cache(maxsize=64)
def get_static_url(path: str) -> str:
    """The address of a static file, worked out once: what is served does not change while a process runs."""
    return static(path)


@pass_environment
def render_fragment(env: Environment, name: str, **values: Hashable) -> str:
    """A template that says the same wherever these values are the same, drawn once a language for each of them.

    It is given nothing else: nothing of the request, and nothing about a family.
    """
    return _render_cached_fragment(env, name, translation.get_language(), tuple(values.items()))


@functools.lru_cache(maxsize=MAX_CACHED_FRAGMENTS)
def _render_cached_fragment(
    env: Environment, name: str, language: str, values: tuple[tuple[str, Any], ...]
) -> str:
    return Markup(env.get_template(name).render(dict(values)))


def build_query_string(request: HttpRequest, **changes: Any) -> str:
    """This page's query string with some keys changed, or dropped when None; "?" alone when nothing is left."""
    keys = request.GET.copy()
    for key, value in changes.items():
        keys.pop(key, None) if value is None else keys.__setitem__(key, value)
    return "?" + keys.urlencode()


def get_csp_nonce(request):
    """The request's CSP nonce; it is made when first read as text."""
    return str(request.csp_nonce)


def require_banner(banner: dict[str, Any]) -> dict[str, Any]:
    """The person's banner, or a refusal: a record without its person on the page is how notes go astray."""
    people = banner.get("people") if isinstance(banner, dict) else getattr(banner, "people", None)
    if not people:
        raise UndefinedError("A record page needs `banner` in its context, with the people it is about.")
    return banner


GLOBALS = {
    "_": translate_text,
    "url": build_url,
    "static": get_static_url,
    "fragment": render_fragment,
    "query": build_query_string,
    "nonce": get_csp_nonce,
    "banner_of": require_banner,
    "control": build_control,
    "option_list": build_options,
    "field_groups": group_fields,
    "error_links": list_error_links,
    "messages_of": list_field_messages,
    "revealed_by": get_revealed_fields,
    "tag_for": get_status_tag,
    "chart_by_month": chart_by_month,
    "chart_over_time": chart_over_time,
}
FILTERS = {
    "day": format_day,
    "short_day": format_short_day,
    "time": format_time,
    "clock": format_day_and_time,
    "moment": format_moment,
    "machine_date": format_machine_date,
    "nhs_number": format_nhs_number,
    "direction": mark_direction,
    "age": format_age,
    "amount": format_amount,
    "plural": format_plural,
    "paragraphs": format_paragraphs,
    "dom_id": make_dom_id,
}
