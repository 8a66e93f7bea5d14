"""Whose record each unfinished form is about (pairs.submissions, which knows no families)."""

from collections import defaultdict
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet
from django.urls import Resolver404, ResolverMatch, resolve

from pairs.access.requests import ScopedRequest
from pairs.access.scope import load_scope
from pairs.access.visible_records import annotate_family_id
from pairs.families.access import list_families_with_people
from pairs.families.banner import get_family_name
from pairs.service.models import User
from pairs.submissions.kept_posts import get_page_class
from pairs.submissions.record_forms import RecordLookup


def name_families(request: ScopedRequest, paths: Iterable[str]) -> dict[str, str]:
    """{path of a form: the name of the family whose record it is about}, of those that the reader may still see."""
    of_path = {path: found for path in paths if (found := _find_family_id(request, path))}
    families = list_families_with_people(request, list(set(of_path.values()))) if of_path else []
    names = {family.pk: get_family_name(family) for family in families}
    return {path: names[family] for path, family in of_path.items() if family in names}


def find_form_families(user: User, paths: Iterable[str]) -> dict[str, UUID]:
    """{path of a form: the family whose record it is about}, also of families that its author may no longer open.

    One query for each kind of record, however many forms.
    """
    request: Any = SimpleNamespace(user=user, scope=load_scope(user))
    ids: dict[type[Model], dict[str, UUID]] = defaultdict(dict)
    for path in paths:
        if about := _find_record(request, path):
            rows, _, record_id = about
            ids[rows.model][path] = record_id
    found: dict[str, UUID] = {}
    for model, of_path in ids.items():
        rows = annotate_family_id(model._default_manager.filter(pk__in=of_path.values()))
        families = dict(rows.values_list("pk", "family_id_for_log"))
        found |= {path: families[pk] for path, pk in of_path.items() if families.get(pk)}
    return found


def _find_family_id(request: ScopedRequest, path: str) -> UUID | None:
    """Of a record that the reader may still see."""
    about = _find_record(request, path)
    if about is None:
        return None
    rows, within, record_id = about
    seen = annotate_family_id(getattr(rows, within)(request.scope).filter(pk=record_id))
    return seen.values_list("family_id_for_log", flat=True).first()


def _find_record(request: ScopedRequest, path: str) -> tuple[QuerySet[Any], str, UUID] | None:
    """The record that the form's address names, if it may be about a family: among which rows, narrowed how, its id."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    record_id = next((each for each in match.kwargs.values() if isinstance(each, UUID)), None)
    found = _query_records(request, match) if record_id else None
    if found is None or record_id is None or not getattr(found[0].model, "family_path", None):
        return None
    return *found, record_id


def _query_records(request: ScopedRequest, match: ResolverMatch) -> tuple[QuerySet[Any], str] | None:
    """What the address names, and the method that narrows it to a scope: as the page's class says, else by its name."""
    page_class = get_page_class(match.func)
    if isinstance(page_class, type) and issubclass(page_class, RecordLookup) and page_class.names_record():
        page = page_class()
        page.request, page.kwargs = request, match.kwargs
        return page.get_records(), page.within
    name = next(iter(match.kwargs)).removesuffix("_id").replace("_", "")
    model = next((each for each in apps.get_models() if each._meta.model_name == name), None)
    return (model.objects.all(), "visible_to") if model and hasattr(model, "family_path") else None
