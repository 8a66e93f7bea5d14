"""What my caseload's records still lack: family by family, each with the page where it is mended."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from interventions.episodes.models import Episode
from pairs.access import policy
from pairs.access.batch_query import run_queries
from pairs.access.requests import ScopedRequest
from pairs.access.scope import Scope
from pairs.access.visible_records import get_visible_page
from pairs.families import completeness_queries
from pairs.families.completeness import Gap
from pairs.families.family_lines import describe_family
from pairs.families.models import Family
from pairs.families.models.family import FamilyQuerySet
from reporting.dashboards.links import present_gaps

MINE, ALL = "mine", "all"


@policy.permission("read_families")
def list_record_gaps(request: ScopedRequest) -> HttpResponse:
    """Families that I lead (or all I may see) with what is missing, twenty-five families a page."""
    whose = ALL if request.GET.get("whose") == ALL else MINE
    page = get_visible_page(request, _query_families_with_work(request, whose), per_page=25)
    gaps = _load_gaps(request.scope, page.object_list)
    families = [_present_family_gaps(family, gaps[family.pk], request.scope) for family in page.object_list]
    context = {
        "families": [family for family in families if family["gaps"]],
        "whole": sum(not family["gaps"] for family in families),
        "page": page,
        "whose": whose,
    }
    return render(request, "dashboards/record_gaps.html", context)


def _query_families_with_work(request: ScopedRequest, whose: str) -> FamilyQuerySet:
    """Those with open work, the longest known first."""
    work = Episode.objects.live().open().filter(family=OuterRef("pk"))
    mine = work.filter(lead=request.user) if whose == MINE else work
    return Family.objects.with_people().filter(Exists(mine)).order_by("created_at", "id")


def _load_gaps(scope: Scope, families: list[Family]) -> dict[UUID, list[Gap]]:
    """{family id: its gaps}, in one query for the whole page."""
    found = defaultdict(list)
    ids = [family.pk for family in families]
    if ids:
        for family_id, gap in run_queries(
            completeness_queries.build_completeness_queries(scope, timezone.localdate(), ids)
        ):
            found[family_id].append(gap)
    return found


def _present_family_gaps(family: Family, gaps: list[Gap], scope: Scope) -> dict[str, Any]:
    items = present_gaps(scope, gaps, family_id=family.pk, at=family.site_id)
    return {"pk": family.pk, "line": describe_family(family), "gaps": items}
