"""Waiting to start: by site and way of working, how many, how long, who, and when they last heard from us."""

from itertools import groupby

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import InterventionWait
from interventions.plans.rules import waiting_contact_due
from pairs.access import policy
from pairs.access.fetch import fetch_list
from pairs.families.banner import family_name
from pairs.service.models import Site


@policy.permission("read_families")
def waiting(request):
    """Everybody in scope who waits, of one site (?site=) or of all, the longest first."""
    on, sites = timezone.localdate(), request.scope.sites("read_families")
    chosen = request.GET.get("site", "")
    rows = [each for each in waits_of(request) if not chosen or str(each.site_id) == chosen]
    context = {
        "groups": [_group(group, list(each), on, request.scope) for group, each in grouped(rows)],
        "sites": Site.objects.filter(pk__in=sites) if len(sites) > 1 else [],
        "chosen": chosen,
        "weeks": settings.WAITING_CONTACT_EVERY.days // 7,
    }
    return render(request, "plans/waiting.html", context)


def waits_of(request):
    """The waits in scope with their families, sorted by site and way of working, the longest first."""
    rows = InterventionWait.objects.waiting().with_last_contact()
    rows = rows.select_related("site", "intervention", "episode__family", "episode__lead")
    rows = rows.prefetch_related("episode__family__infants")
    return fetch_list(request, rows.order_by("site__name", "intervention__order", "since", "id"))


def grouped(rows):
    """[((site, way of working), rows)]."""
    return groupby(rows, key=lambda wait: (wait.site, wait.intervention))


def _group(group, waits, on, scope):
    site, intervention = group
    days = [(on - wait.since).days for wait in waits]
    return {
        "site": site,
        "intervention": intervention,
        "count": len(waits),
        "longest": max(days),
        "median": sorted(days)[len(days) // 2],
        "rows": [_row(wait, on, scope) for wait in waits],
    }


def _row(wait, on, scope):
    last = timezone.localdate(wait.last_contact) if wait.last_contact else None
    due = waiting_contact_due(since=wait.since, last_contact=last, every=settings.WAITING_CONTACT_EVERY)
    may = scope.may("write_records", at=wait.site_id)
    return {
        "name": family_name(wait.episode.family),
        "href": reverse("episode", args=[wait.episode_id]),
        "lead": wait.episode.lead,
        "since": wait.since,
        "days": (on - wait.since).days,
        "last": last,
        "due": bool(due and due <= on),
        "contact_href": reverse("new-contact", args=[wait.episode_id]) if may else None,
        "end_href": reverse("end-wait", args=[wait.pk]) if may else None,
    }
