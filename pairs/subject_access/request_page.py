"""What the page of one request shows: its clock, the steps with what is done and what is next, and its copies."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from pairs.subject_access.copies import find_bundle_obstacles
from pairs.subject_access.models import Bundle, BundleEntry, DisclosureCheck, HarmView, SubjectAccessRequest
from pairs.subject_access.sections import list_sections
from pairs.web.formats import format_day, format_plural

NO_ANSWER = "To answer"


def describe_clock(request: SubjectAccessRequest, on: date) -> str:
    """By when it has to be answered, or what the clock waits for."""
    if not request.is_open:
        return "Closed"
    clock = request.clock
    if clock.due_on is None:
        return f"Waiting for proof of identity, requested {format_day(request.identity_asked_on)}"
    if clock.due_on < on:
        return f"Overdue since {format_day(clock.due_on)}"
    more = ", extended by two months" if request.extended_by_id else ""
    return f"Answer by {format_day(clock.due_on)}{more}"


def build_request_context(request: SubjectAccessRequest, on: date) -> dict[str, Any]:
    """Of a request that was fetched in scope."""
    views = HarmView.objects.live().filter(access_request=request).select_related("asked_of")
    bundles = Bundle.objects.live().filter(access_request=request).with_names().newest_first()
    return {
        "request_record": request,
        "clock": describe_clock(request, on),
        "checks": [_build_check_row(check) for check in list_checks(request)],
        "sections": list_section_rows(request),
        "harm_view": views.order_by("-created_at").first(),
        "obstacles": find_bundle_obstacles(request) if request.is_open else [],
        "bundles": [_build_bundle_row(bundle) for bundle in bundles],
    }


def list_checks(request: SubjectAccessRequest) -> list[DisclosureCheck]:
    return list(DisclosureCheck.objects.live().filter(access_request=request).select_related("answered_by"))


def _build_check_row(check: DisclosureCheck) -> list[Any]:
    return [
        {"text": str(check), "href": reverse("disclosure-check", args=[check.pk])},
        check.get_answer_display() if check.answer else NO_ANSWER,
        check.note,
        f"{check.answered_by}, {format_day(check.answered_at)}" if check.answered_at else "",
    ]


def list_section_rows(request: SubjectAccessRequest) -> list[list[Any]]:
    """A row for each section: how many entries, how many wait, and where they are decided."""
    entries = BundleEntry.objects.live().filter(access_request=request)
    counts = entries.values("section").annotate(
        entries=Count("pk"),
        waiting=Count("pk", filter=Q(decision="")),
        left=Count("pk", ~Q(withheld_because="")),
    )
    firsts = {entry.section: entry for entry in entries.order_by("-order")}
    by_section = {row["section"]: row for row in counts}
    ordered = sorted(firsts.values(), key=lambda entry: entry.order)
    return [_build_section_row(entry, by_section[entry.section]) for entry in ordered]


def _build_section_row(first: BundleEntry, counted: dict[str, Any]) -> list[Any]:
    waiting = counted["waiting"]
    return [
        {"text": first.section, "href": reverse("bundle-section", args=[first.pk])},
        counted["entries"],
        format_plural(waiting, "to decide", "to decide") if waiting else "All decided",
        counted["left"],
    ]


def _build_bundle_row(bundle: Bundle) -> list[Any]:
    handed = f"{bundle.handed_to}, {format_day(bundle.handed_on)}" if bundle.handed_on else "Not handed over"
    return [
        {"text": f"Copy of {format_day(bundle.created_at)}", "href": reverse("bundle", args=[bundle.pk])},
        str(bundle.made_by),
        handed,
    ]


def list_section_entries(entry: BundleEntry) -> list[BundleEntry]:
    """The entries of the section that this one is of, in their order."""
    rows = BundleEntry.objects.live().filter(access_request=entry.access_request_id, section=entry.section)
    return list(rows.select_related("decided_by"))


def list_entries(request: SubjectAccessRequest) -> list[BundleEntry]:
    """The entries in their order, for a practitioner who says whether they may cause harm: of those that clinicians
    read."""
    hidden = [section.model for section in list_sections() if section.governance_only]
    return list(BundleEntry.objects.live().filter(access_request=request).exclude(source__in=hidden))
