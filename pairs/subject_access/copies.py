"""The entries of a copy: gathered once by the worker, decided upon, made into one frozen bundle, handed over."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cache, partial
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone

from pairs.documents.actions import request_pdf
from pairs.jobs.actions import finish_job, report_progress, request_job
from pairs.jobs.models import Job
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all
from pairs.subject_access.actions import end_request, find_check_obstacles, lock_open_request
from pairs.subject_access.choices import Decision, RequestStatus
from pairs.subject_access.documents import BUNDLE
from pairs.subject_access.gathering import Found, find_entries, find_subject, name_people
from pairs.subject_access.models import Bundle, BundleEntry, HarmView, SubjectAccessRequest
from pairs.subject_access.rules import (
    ALWAYS_LEFT_OUT,
    build_left_out_words,
    find_day_error,
    find_harm_error,
)

TASK = "subject_access.gather_entries"
BATCH = 500
FORMAT = "pairs-subject-access"
VERSION = 1


@transaction.atomic
def request_gathering(*, access_request: SubjectAccessRequest) -> SubjectAccessRequest:
    """Have the worker gather the entries as they are now; they are gathered once. Raises ActionRefused until the
    checks are done."""
    found = lock_open_request(access_request)
    refuse_all({"": " ".join(find_check_obstacles(found))})
    if found.gathered_at:
        raise ActionRefused("The entries have already been gathered.")
    job = request_job(task=TASK, key=f"{TASK}:{found.pk}", access_request=str(found.pk))
    return found.change(job=job)


def gather_entries(job: Job) -> None:
    """One attempt. Of a request that was closed since, nothing is gathered. Raises LostClaim."""
    request = SubjectAccessRequest.objects.live_throughout().open().filter(job=job).first()
    if request is None or request.gathered_at:
        finish_job(job=job)
        return
    subject = find_subject(request.family, request.person)
    found = list(find_entries(subject, partial(_say_progress, job)))
    name = cache(name_people)  # most entries are about the same few people
    rows = [_build_entry(request, order, each, name(each.about)) for order, each in enumerate(found, start=1)]
    with transaction.atomic():
        finish_job(job=job)
        BundleEntry.objects.bulk_create(rows, batch_size=BATCH)
        request.change(gathered_at=timezone.now())


def _say_progress(job: Job, per_cent: int, stage: str) -> None:
    report_progress(job=job, per_cent=per_cent, stage=stage)


def _build_entry(request: SubjectAccessRequest, order: int, found: Found, about: str) -> BundleEntry:
    """Of an entry about several people, its first line says about whom: that is decided upon with the rest."""
    return BundleEntry(
        access_request=request,
        order=order,
        section=found.title,
        on=found.on,
        about=about[:400],
        lines=[["About", about], *found.lines] if len(found.about) > 1 else found.lines,
        source=found.row._meta.label,
        source_id=found.source_id,
        held_because=found.held_because or "",
        decision="" if found.held_because else Decision.GIVE,
    )


@transaction.atomic
def decide_entry(
    *,
    entry: BundleEntry,
    decision: str,
    given_text: str = "",
    withheld_because: str = "",
    why: str = "",
    by: User,
) -> BundleEntry:
    """Given, given with parts struck out, or withheld; may be decided anew until the request is closed."""
    lock_open_request(entry.access_request)
    refuse_all(_find_decision_errors(decision, given_text, withheld_because, why))
    gives, strikes = decision == Decision.GIVE, decision == Decision.STRIKE
    return entry.change(
        decision=decision,
        given_text=given_text if strikes else "",
        withheld_because="" if gives else withheld_because,
        why="" if gives else why,
        decided_by=by,
        decided_at=timezone.now(),
    )


def _find_decision_errors(decision: str, given_text: str, withheld_because: str, why: str) -> dict[str, str]:
    gives, strikes = decision == Decision.GIVE, decision == Decision.STRIKE
    return {
        "given_text": "Enter the text that is given instead." if strikes and not given_text.strip() else "",
        "withheld_because": "" if gives or withheld_because else "Choose why it is not given.",
        "why": "" if gives or why.strip() else "Enter why. The person does not see this.",
    }


@transaction.atomic
def decide_section(
    *,
    access_request: SubjectAccessRequest,
    section: str,
    decision: str,
    withheld_because: str = "",
    why: str = "",
    by: User,
) -> SubjectAccessRequest:
    """The same for every entry of the section that nobody has decided yet: all given, or all withheld."""
    found = lock_open_request(access_request)
    if decision == Decision.STRIKE:
        raise ActionRefused({"decision": "Strike parts out of each entry by itself."})
    waiting = BundleEntry.objects.live().undecided().filter(access_request=found, section=section)
    for entry in waiting:
        decide_entry(entry=entry, decision=decision, withheld_because=withheld_because, why=why, by=by)
    return found


def find_bundle_obstacles(request: SubjectAccessRequest) -> list[str]:
    """Why no copy may be made yet; empty when it may."""
    if request.gathered_at is None:
        return [*find_check_obstacles(request), "Gather the entries."]
    entries = BundleEntry.objects.live().filter(access_request=request)
    waiting = entries.undecided().count()
    view = HarmView.objects.live().filter(access_request=request).order_by("-created_at").first()
    left_out = set(entries.exclude(withheld_because="").values_list("withheld_because", flat=True))
    found = find_check_obstacles(request)
    found += [f"Decide {waiting} more {'entry' if waiting == 1 else 'entries'}."] if waiting else []
    if view is None or view.given_at is None:
        return [*found, "Ask a practitioner for their view on serious harm, and wait for it."]
    error = find_harm_error(view.finding, left_out)
    return [*found, error] if error else found


@transaction.atomic
def make_bundle(*, access_request: SubjectAccessRequest, left_out_words: str, by: User) -> Bundle:
    """The copy as everything was decided, frozen; its PDF is asked for. Raises ActionRefused with what is missing."""
    found = lock_open_request(access_request)
    refuse_all({"": " ".join(find_bundle_obstacles(found))})
    entries = list(BundleEntry.objects.live().filter(access_request=found))
    needed = any(entry.withheld_because for entry in entries) and not left_out_words.strip()
    refuse_all({"left_out_words": "Enter what they are told of what was left out." if needed else ""})
    content = build_content(found, entries, left_out_words)
    made = Bundle.objects.create(access_request=found, made_by=by, content=content)
    return request_pdf(document=BUNDLE, record=made)


def build_content(
    request: SubjectAccessRequest, entries: Collection[BundleEntry], left_out_words: str
) -> dict[str, Any]:
    """The copy for machines, and what the PDF is drawn from."""
    given = sorted((entry for entry in entries if entry.is_given), key=lambda each: each.order)
    return {
        "format": FORMAT,
        "version": VERSION,
        "about": str(request.person),
        "asked_by": request.asked_by,
        "received_on": request.received_on.isoformat(),
        "gathered_at": request.gathered_at.isoformat() if request.gathered_at else None,
        "made_on": timezone.localdate().isoformat(),
        "sections": [
            {"title": title, "entries": [_present_entry(each) for each in of_section]}
            for title, of_section in groupby(given, key=lambda each: each.section)
        ],
        "left_out": [*_list_lines(left_out_words), *ALWAYS_LEFT_OUT],
    }


def _list_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _present_entry(entry: BundleEntry) -> dict[str, Any]:
    struck = entry.decision == Decision.STRIKE
    lines: Iterable[Any] = [] if struck else entry.lines
    return {
        "on": entry.on.isoformat() if entry.on else None,
        "lines": [{"label": label, "text": text} for label, text in lines],
        "text": entry.given_text if struck else "",
        "parts_struck_out": struck,
    }


def suggest_left_out_words(request: SubjectAccessRequest) -> str:
    """What they might be told, by the reasons given: never what, where or how much."""
    entries = BundleEntry.objects.live().filter(access_request=request).exclude(withheld_because="")
    return build_left_out_words(entries.values_list("withheld_because", flat=True))


@transaction.atomic
def hand_over_bundle(*, bundle: Bundle, handed_on: date, handed_how: str, handed_to: str, by: User) -> Bundle:
    """It was given: how, to whom and when. That closes the request. Only the newest copy is handed over."""
    request = lock_open_request(bundle.access_request)
    newest = Bundle.objects.live().filter(access_request=request).newest_first().first()
    if newest is None or newest.pk != bundle.pk:
        raise ActionRefused("A newer copy has been made. Hand that one over.")
    now = list(BundleEntry.objects.live().filter(access_request=request))
    if build_content(request, now, "")["sections"] != bundle.content["sections"]:
        raise ActionRefused("A decision has changed since this copy was made. Make it again.")
    if bundle.job is None or bundle.job.status != Job.DONE:
        raise ActionRefused("The PDF is not ready yet.")
    made_on = timezone.localdate(bundle.created_at)
    refuse_all({"handed_on": find_day_error(handed_on, made_on, timezone.localdate())})
    end_request(request, status=RequestStatus.HANDED_OVER, because=f"Given to {handed_to}"[:300], by=by)
    return bundle.change(handed_on=handed_on, handed_how=handed_how, handed_to=handed_to, handed_by=by)
