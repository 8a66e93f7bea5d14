"""Pages of a family's record: under its banner, or a tab under the head of the record."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from pairs.access.requests import ScopedRequest
from pairs.families.access import open_record
from pairs.families.models import Family
from pairs.service.hooks import list_hooks


def build_family_banner(request: ScopedRequest, family: Family) -> dict[str, Any]:
    """The banner with the family's open alerts, which are noted in the access log."""
    return open_record(request, family).build_family_banner(request)


def render_record_page(request: ScopedRequest, template: str, family: Family, **context: Any) -> HttpResponse:
    """A page that is no form: ``family`` and ``banner`` are in its context."""
    shared = {"family": family, "banner": build_family_banner(request, family)}
    return render(request, template, shared | context)


def render_family_tab(
    request: ScopedRequest, template: str, family: Family, tab: str, **context: Any
) -> HttpResponse:
    """A tab of a family's record: under the head that is the same on all of them, which the dashboards build.

    ``tab``: its code there. The family comes with its people. ``context`` may hold ``header_facts`` and ``line``
    (``describe_family``), where the page has them already.
    """
    (build_header,) = list_hooks("family_header", "build_family_header")
    header = build_header(
        request, family, tab, facts=context.pop("header_facts", None), line=context.pop("line", None)
    )
    return render(request, template, {"family": family, "banner": header, "header": header} | context)
