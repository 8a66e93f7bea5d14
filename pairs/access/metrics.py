"""Figures for a monitoring system, in Prometheus' format: off, and not even imported, without METRICS_FOLDER.

How often and how long each kind of page is asked for, by the name of its address, and how much work waits. Nobody's
name or id is among them. Each web process keeps its own figures in METRICS_FOLDER; who asks gets the sum.
"""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from pairs.access import policy
from pairs.jobs.models import Job

os.environ["PROMETHEUS_MULTIPROC_DIR"] = settings.METRICS_FOLDER  # read when the library is imported

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

REQUEST_SECONDS = Histogram(
    "pairs_request_seconds",
    "Seconds until the answer was ready, by the name of the address.",
    ["address", "method", "status"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


class MetricsMiddleware:
    """Measures every request."""

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        name = (match and match.view_name) or "unknown"
        labels = REQUEST_SECONDS.labels(name, request.method, response.status_code)
        labels.observe(time.perf_counter() - began)
        return response


class JobsCollector:
    """Work that waits, asked of the database when somebody looks."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        by_status = Job.objects.values_list("status").annotate(Count("pk")).order_by("status")
        jobs = GaugeMetricFamily("pairs_jobs", "Pieces of work by their state.", labels=["status"])
        for status, count in by_status:
            jobs.add_metric([status], count)
        yield jobs
        first = Job.objects.filter(status=Job.QUEUED).aggregate(first=Min("publish_after"))["first"]
        waited = max((timezone.now() - first).total_seconds(), 0) if first else 0
        yield GaugeMetricFamily(
            "pairs_oldest_job_seconds", "How long the first piece of work has waited.", waited
        )


@policy.public
def show_metrics(request: HttpRequest) -> HttpResponse:
    """For the inside alone: the proxy answers 404 for it, as for the health checks."""
    figures = CollectorRegistry()
    MultiProcessCollector(figures)
    figures.register(JobsCollector())
    return HttpResponse(generate_latest(figures), content_type=CONTENT_TYPE_LATEST)


def forget_metrics() -> None:
    """Begin anew with a new web service: figures of processes that are gone would never end."""
    folder = Path(settings.METRICS_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.db"):
        file.unlink()
