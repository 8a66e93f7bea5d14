"""The list of those who wait for help, as a page and for the API."""

from datetime import date

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api_descriptions import extend_schema
from pairs.access.batch_query import run_queries
from pairs.access.requests import ScopedRequest
from pairs.service.models import Site
from reporting.dashboards.waits import WaitingReferral, build_waiting_query, list_missing_steps

WAIT_READERS = ("triage_referrals", "read_families")
PER_PAGE = 50


def _list_oldest_first(request: ScopedRequest, on: date) -> list[WaitingReferral]:
    """Those of the chosen site, the oldest first: one query, however many."""
    chosen = request.GET.get("site", "")
    found = run_queries([build_waiting_query(request.scope, on)])
    rows = [each for each in found if not chosen or str(each.site) == chosen]
    return sorted(rows, key=lambda each: (each.clock.start, each.reference))


def _get_waits_page(request: ScopedRequest, on: date) -> Page:
    """A page of them; the families on it are noted as listed."""
    page = Paginator(_list_oldest_first(request, on), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    request.access_log.listed.update(each.family for each in page.object_list if each.family)
    return page


@policy.permission(*WAIT_READERS)
def list_waits(request: ScopedRequest) -> HttpResponse:
    """Everybody whose clock runs, oldest first."""
    on = timezone.localdate()
    page = _get_waits_page(request, on)
    ids = {site for name in WAIT_READERS for site in request.scope.sites(name)}
    context = {
        "page": page,
        "rows": [_present_wait(each, on) for each in page.object_list],
        "sites": Site.objects.filter(pk__in=ids) if len(ids) > 1 else [],
        "chosen": request.GET.get("site", ""),
    }
    return render(request, "dashboards/waits.html", context)


def _present_wait(waiting: WaitingReferral, on: date) -> dict:
    return {
        "href": waiting.href,
        "reference": waiting.reference,
        "who": waiting.who,
        "status": waiting.status,
        "place": waiting.place,
        "days": waiting.clock.days(on),
        "started": waiting.clock.start,
        "speak": on >= waiting.clock.speak_on,
        "speak_on": waiting.clock.speak_on,
        "steps": {step.name: step for step in waiting.steps},
        "missing": list_missing_steps(waiting),
        "declined": bool(waiting.declined),
        "outside": waiting.clock.outside,
    }


class StepOut(serializers.Serializer):
    name = serializers.CharField()
    days = serializers.IntegerField(help_text="To the step, or until today while it has not come.")
    reached = serializers.DateField(allow_null=True)


class WaitingOut(serializers.Serializer):
    """One referral whose clock runs, without a name."""

    referral = serializers.UUIDField(source="id")
    reference = serializers.CharField()
    status = serializers.CharField()
    place = serializers.CharField()
    family = serializers.UUIDField(allow_null=True)
    started = serializers.DateField(source="clock.start")
    steps = StepOut(many=True)
    missing = serializers.ListField(child=serializers.CharField(), source="clock.missing")
    outside_national_measure = serializers.CharField(source="clock.outside")
    speak_on = serializers.DateField(source="clock.speak_on")


class WaitsOut(serializers.Serializer):
    pages = serializers.IntegerField()
    results = WaitingOut(many=True)


@policy.permission(*WAIT_READERS)
@extend_schema(responses=WaitsOut)
@api_view(["GET"])
def list_waits_api(request: Request) -> Response:
    """Referrals whose four-week clock is running, oldest first, 50 a page (?page=2, ?site=id)."""
    page = _get_waits_page(request._request, timezone.localdate())
    return Response(WaitsOut({"pages": page.paginator.num_pages, "results": page.object_list}).data)
