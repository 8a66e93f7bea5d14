"""What my caseload's records still lack: family by family, each with the page where it is mended."""

from collections import defaultdict

from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.utils import timezone

from interventions.episodes.models import Episode
from pairs.access import policy
from pairs.access.asking import answers
from pairs.access.fetch import fetch_page
from pairs.families import missing
from pairs.families.banner import family_name
from pairs.families.models import Family
from reporting.desk.links import mending

MINE, ALL = "mine", "all"


@policy.permission("read_families")
def record_gaps(request):
    """Families that I lead (or all I may see) with what is missing, twenty-five families a page."""
    whose = ALL if request.GET.get("whose") == ALL else MINE
    page = fetch_page(request, _families(request, whose), per_page=25)
    gaps = _gaps_of(request.scope, page.object_list)
    families = [_shown(family, gaps[family.pk], request.scope) for family in page.object_list]
    context = {
        "families": [family for family in families if family["gaps"]],
        "whole": sum(not family["gaps"] for family in families),
        "page": page,
        "whose": whose,
    }
    return render(request, "desk/record_gaps.html", context)


def _families(request, whose):
    """Those with open work, the longest known first."""
    work = Episode.objects.live().open().filter(family=OuterRef("pk"))
    mine = work.filter(lead=request.user) if whose == MINE else work
    return Family.objects.with_people().filter(Exists(mine)).order_by("created_at", "id")


def _gaps_of(scope, families):
    """{family id: its gaps}, in one query for the whole page."""
    found = defaultdict(list)
    ids = [family.pk for family in families]
    if ids:
        for family_id, gap in answers(missing.questions(scope, timezone.localdate(), ids)):
            found[family_id].append(gap)
    return found


def _shown(family, gaps, scope):
    items = mending(scope, gaps, family_id=family.pk, at=family.site_id)
    return {"pk": family.pk, "name": family_name(family), "gaps": items}
