"""A user's calendar feed: issued and revoked while signed in, read by programs with the token alone."""

import hashlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from interventions.diary import actions
from interventions.diary.calendar_feed import CalendarEntry, render_calendar
from interventions.diary.engagements import Engagement, load_engagements
from interventions.diary.models import Appointment, CalendarToken
from pairs.access import policy, rate_limits
from pairs.access.account_actions import record_account_event
from pairs.access.requests import ScopedRequest
from pairs.access.scope import load_scope
from pairs.access.visible_records import list_visible
from pairs.audit.models import AccountEventKind
from pairs.database.history import build_change_fields
from pairs.web.absolute_urls import build_absolute_path, build_absolute_url

RATE_LIMIT_NAME = "calendar"
FEED_PAST, FEED_AHEAD = timedelta(days=30), timedelta(days=180)


@policy.permission("write_records")
@never_cache
def issue_own_calendar(request: ScopedRequest) -> HttpResponse:
    """Issue a calendar address; it is shown once, in this response only."""
    address = None
    if request.method == "POST":
        address = build_absolute_url("calendar", actions.issue_calendar_token(user=request.user))
        record_account_event(AccountEventKind.CALENDAR_ISSUED, user=request.user, request=request)
    live = CalendarToken.objects.live().filter(user=request.user).first()
    return render(request, "diary/calendar.html", {"address": address, "live": live})


@policy.permission("write_records")
@require_POST
def revoke_calendar(request: ScopedRequest) -> HttpResponse:
    """Revoke the calendar address."""
    if actions.revoke_calendar_token(user=request.user):
        record_account_event(AccountEventKind.CALENDAR_REVOKED, user=request.user, request=request)
        messages.success(request, "The calendar’s address no longer works.")
    return redirect("my-calendar")


@policy.feed_token
@require_safe
@cache_control(private=True, no_cache=True)
def serve_calendar_feed(request: ScopedRequest, feed: str) -> HttpResponse:
    """Serve the visits of the token's owner: no cookie, no names, read-only."""
    try:
        with transaction.atomic():
            rate_limits.count_hit(request, RATE_LIMIT_NAME)
    except rate_limits.RateLimited:
        return HttpResponse("Too many requests. Try again in an hour.", status=429, content_type="text/plain")
    token = CalendarToken.objects.matching(feed)
    if token is None:
        raise Http404
    request.user, request.scope = (
        token.user,
        load_scope(token.user),
    )  # so the access log says whose calendar it was
    entries = [_build_calendar_entry(row) for row in _list_feed_visits(request)]
    entries += [_build_engagement_entry(each) for each in _list_feed_engagements(request)]
    text = render_calendar(f"{settings.SERVICE_NAME} diary", entries)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def _list_feed_visits(request: ScopedRequest) -> list[Appointment]:
    now = timezone.now()
    mine = Appointment.objects.going_on().of_person(request.user).between(now - FEED_PAST, now + FEED_AHEAD)
    mine = mine.annotate(**build_change_fields(Appointment))
    return list_visible(request, mine.select_related("room__site").in_time())


def _list_feed_engagements(request: ScopedRequest) -> list[Engagement]:
    now, me = timezone.now(), request.user.pk
    found = load_engagements(request.scope, now - FEED_PAST, now + FEED_AHEAD, staff=[me])
    return [each for each in found if me in each.staff]


def _build_entry(row: Any, **own: Any) -> CalendarEntry:
    """One entry: when it is and how often it was changed, as both kinds of row say, and what is the kind's own."""
    when = {name: getattr(row, name) for name in ("starts_at", "minutes", "changed_at", "changes")}
    return CalendarEntry(**when, **own)


def _build_engagement_entry(each: Engagement) -> CalendarEntry:
    """The kind alone: what a group is called, and who asks for a consultation, is nothing for another program."""
    return _build_entry(
        each,
        id=each.id,
        written_at=each.written_at,
        summary=each.kind,
        where=each.where,
        href=build_absolute_path(each.path),
    )


def _build_calendar_entry(row: Appointment) -> CalendarEntry:
    """Only the kind of place and the room: free text might name somebody and is never sent."""
    kind = row.place_words or row.get_mechanism_display()
    return _build_entry(
        row,
        id=row.pk,
        written_at=row.created_at,
        summary=f"{'Family visit' if row.episode_id else 'First visit'}, {kind[0].lower()}{kind[1:]}",
        where=f"{row.room}, {row.room.site}" if row.room else kind,
        href=build_absolute_url("appointment", row.pk),
    )
