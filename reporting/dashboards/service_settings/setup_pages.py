"""Setting up a service, as a page: what is done, what is missing, and where each is done."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from reporting.dashboards.service_settings.readiness import Step, list_missing, list_steps

# Pages that an administrator does not open; whoever does, has a link to them of their own.
NOT_AN_ADMINISTRATORS = {"first-readers"}


@policy.permission("manage_accounts")
def show_setup(request: ScopedRequest) -> HttpResponse:
    """What a new service needs before its first referral."""
    steps = list_steps()
    rows = [_build_row(step) for step in steps]
    return render(request, "service_settings/setup.html", {"rows": rows, "missing": list_missing(steps)})


def _build_row(step: Step) -> list[Any]:
    leads_there = step.address and step.address not in NOT_AN_ADMINISTRATORS
    name = {"text": step.name, "href": reverse(step.address)} if leads_there else step.name
    return [name, step.state, step.text]
