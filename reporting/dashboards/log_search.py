"""Whose acts or whose record a log is asked for: people and families by what somebody types, in words for its rows.

A family is looked for by POST alone, so that no name stands in an address; what is found is asked for by its id.
"""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.banner import get_family_name
from pairs.matching.query_parser import parse_query
from pairs.matching.search import find_families, query_families_by_id
from pairs.service.models import User
from pairs.submissions.actions import parse_token
from pairs.web.local_days import get_start_of_day
from reporting.dashboards.colleague_search import find_colleagues

ANOTHER_SITES = "a family of another site"
NO_COLLEAGUE = "No colleague has this name or username. Check the spelling."
NO_FAMILY = "No family at your sites has this name or PI number. Check the spelling."


def read_filter(request: ScopedRequest, form_class: type[Any]) -> dict[str, Any]:
    """What the address asks for; what it cannot mean is left out."""
    form = form_class(request.GET)
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value}


def read_days(asked: dict[str, Any]) -> dict[str, Any]:
    """{"since", "until"} as moments: the first day from its start, the last to its end."""
    since, until = asked.get("since"), asked.get("until")
    return {
        "since": get_start_of_day(since) if since else None,
        "until": get_start_of_day(until + timedelta(days=1)) if until else None,
    }


def find_filters(
    request: ScopedRequest, form: Any, **kept: Any
) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """(what the address is to ask for, or None while something is open; the people and families that may be meant).

    ``kept``: what else was asked for, as the address has it.
    """
    asked = form.cleaned_data
    days: dict[str, date] = {name: asked[name] for name in ("since", "until") if asked[name]}
    filters = {name: day.isoformat() for name, day in days.items()} | kept
    people = find_colleagues(asked["person"]) if asked["person"] else []
    families = _find_families(request, asked["family"]) if asked["family"] else {}
    for name, found, missing in (("person", people, NO_COLLEAGUE), ("family", families, NO_FAMILY)):
        if asked[name] and not found:
            form.add_error(name, missing)
    if form.errors:
        return None, {}
    if len(people) > 1 or len(families) > 1:
        return None, _build_choices(request, filters, people, families)
    if people:
        filters["username"] = people[0].username
    if families:
        filters["family"] = str(next(iter(families)))
    return filters, {}


def _find_families(request: ScopedRequest, words: str) -> dict[UUID, str]:
    """{id: name and PI numbers} of families that are meant; an id is taken as well."""
    known = parse_token(words.strip())
    matches = [] if known else find_families(parse_query(words), request.scope)
    return load_family_names(request, [known] if known else [each.family for each in matches])


def _build_choices(
    request: ScopedRequest, filters: dict[str, Any], people: list[User], families: dict[UUID, str]
) -> dict[str, Any]:
    def link(text: str, **more: str) -> dict[str, str]:
        return {"text": text, "href": f"{request.path}?{urlencode(filters | more)}"}

    one = {"username": people[0].username} if len(people) == 1 else {}
    one |= {"family": str(next(iter(families)))} if len(families) == 1 else {}
    return {
        "people": [link(f"{each} ({each.username})", **one, username=each.username) for each in people]
        if len(people) > 1
        else [],
        "families": [link(name, **one, family=str(pk)) for pk, name in families.items()]
        if len(families) > 1
        else [],
    }


def load_family_names(request: ScopedRequest, ids: list[UUID]) -> dict[UUID, str]:
    """{id: name and PI numbers} of those of these families that the reader may know."""
    families = list_visible(request, query_families_by_id(ids)) if ids else []
    return {family.pk: _describe_family(family) for family in families}


def _describe_family(family: Any) -> str:
    numbers = ", ".join(each.reference for each in family.infants.all() if not each.is_hidden)
    return f"{get_family_name(family)} ({numbers})" if numbers else get_family_name(family)


def get_search_words(described: str) -> str:
    """By what a family of `load_family_names` is found again: its first PI number, or its name."""
    name, _, numbers = described.partition(" (")
    return numbers.rstrip(")").partition(", ")[0] or name


def describe_roles(user: User) -> str:
    """The roles held now, in words."""
    roles = sorted({group.roleatsite.get_role_display() for group in user.groups.all()})
    return ", ".join(roles) or "no role now"
