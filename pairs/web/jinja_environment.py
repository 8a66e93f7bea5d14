"""What every page may use: the Jinja2 environment, its globals and its filters."""

import functools
import logging
import re
import unicodedata
from collections import ChainMap
from collections.abc import MutableMapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone, translation
from jinja2 import ChainableUndefined, Environment, UndefinedError, pass_environment
from markupsafe import Markup, escape

from .form_controls import (
    build_control,
    build_options,
    get_revealed_fields,
    group_fields,
    list_error_links,
    list_field_messages,
)
from .status_tags import get_status_tag
from .template_cache import open_template_cache
from .time_chart import chart_by_month, chart_over_time
from .url_cache import reverse_cached

log = logging.getLogger(__name__)
LONDON = ZoneInfo("Europe/London")
# Ages as parents tell them: days, then weeks to half a year, months to the second birthday, then years and months;
# an adult's in years.
DAYS_SHOWN_UNTIL_DAY, WEEKS_SHOWN_UNTIL_MONTH, MONTHS_SHOWN_UNTIL_MONTH = 14, 6, 24
YEARS_ALONE_FROM_MONTH = 18 * 12
DICT_ATTRIBUTES = frozenset(dir(dict))
NEAR_DAYS = 300  # a day this near is known without its year


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
    options["bytecode_cache"] = open_template_cache(settings.COMPILED_TEMPLATES, made_by=Path(__file__))
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
def render_fragment(env: Environment, name: str) -> str:
    """A template that says the same on every page, drawn once a language: it is given nothing of the request."""
    return _render_cached_fragment(env, name, translation.get_language())


@functools.lru_cache(maxsize=64)
def _render_cached_fragment(env: Environment, name: str, language: str) -> str:
    return Markup(env.get_template(name).render())


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


# ---------------------------------------------------------------- filters


def _to_london_time(value: date | datetime | None) -> date | datetime | None:
    return value.astimezone(LONDON) if isinstance(value, datetime) and timezone.is_aware(value) else value


def format_day(value: date | datetime | None) -> str:
    """20 November 2026."""
    value = _to_london_time(value)
    return f"{value.day} {value:%B %Y}" if value else ""


def format_short_day(value: Any) -> str:
    """20 Nov 2026."""
    value = _to_london_time(value)
    return f"{value.day} {value:%b %Y}" if value else ""


def format_time(value: datetime) -> str:
    """14:05, in London."""
    return f"{_to_london_time(value):%H:%M}" if value else ""


def format_day_and_time(value: datetime) -> str:
    """20 Nov 2026, 14:05, in London."""
    return f"{format_short_day(value)}, {format_time(value)}" if value else ""


def format_moment(value: date | datetime) -> str:
    """A day for a date, day and time for a datetime, and text as it is."""
    if isinstance(value, datetime):
        return format_day_and_time(value)
    return format_short_day(value) if isinstance(value, date) else (value or "")


def format_machine_date(value: date | datetime) -> str:
    """What a <time> element holds; nothing for text."""
    return value.isoformat() if isinstance(value, date) else ""


def format_nhs_number(value: str | None) -> str:
    """999 000 1235: three, three and four, as it is read aloud."""
    digits = re.sub(r"\D", "", str(value or ""))
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) == 10 else str(value or "")


def format_age(born: date | None, on: date) -> str:
    """How old on that day: unborn, 9 days, 9 weeks, 14 months, 2 years 5 months, 31 years."""
    if born is None or on < born:
        return "unborn"
    days = (on - born).days
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if days < DAYS_SHOWN_UNTIL_DAY:
        return format_plural(days, "day")
    if months < WEEKS_SHOWN_UNTIL_MONTH:
        return format_plural(days // 7, "week")
    if months < MONTHS_SHOWN_UNTIL_MONTH:
        return format_plural(months, "month")
    years, rest = divmod(months, 12)
    with_months = rest and months < YEARS_ALONE_FROM_MONTH
    return format_plural(years, "year") + (f" {format_plural(rest, 'month')}" if with_months else "")


def format_near_day(value: date, on: date) -> str:
    """23 Dec; with its year where that is not the next or the last one of that name."""
    return f"{value.day} {value:%b}" if abs((value - on).days) < NEAR_DAYS else format_short_day(value)


def format_plural(count: int, one: str, many: str | None = None) -> str:
    """1 family, 3 families."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def format_amount(value: Decimal | float | None) -> str:
    """“0.5”, “17.36”, “8”: two places at most; None is nothing."""
    if value is None:
        return ""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def format_paragraphs(text: str) -> str:
    """What a person typed, escaped, in paragraphs."""
    blocks = [block for block in re.split(r"\n\s*\n", str(text or "").replace("\r\n", "\n").strip()) if block]
    lines = (Markup("<br>").join(escape(line) for line in block.split("\n")) for block in blocks)
    return Markup("").join(
        Markup("<p{}>{}</p>").format(mark_direction(block), line)
        for block, line in zip(blocks, lines, strict=True)
    )


def mark_direction(text: str) -> Markup:
    """' dir="rtl"' for an element whose text begins in a script that runs from right to left, such as Urdu; or ''.

    For what is printed as for pages: the renderer of PDFs does not know dir="auto".
    """
    strong = (unicodedata.bidirectional(each) for each in str(text))
    begins = next((each for each in strong if each in ("L", "R", "AL")), "L")
    return Markup("") if begins == "L" else Markup(' dir="rtl"')


def make_dom_id(text: str) -> str:
    """Words made fit for an id attribute."""
    return re.sub(r"[^a-z0-9]+", "-", str(text).lower()).strip("-") or "item"


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
