"""One's own calendar for other programs: made and revoked by a person who is signed in, read with its token alone."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from interventions.diary import actions
from interventions.diary.feed import Entry, calendar
from interventions.diary.models import Appointment, CalendarToken
from pairs.access import limits, policy
from pairs.access.fetch import fetch_list
from pairs.access.scope import scope_of
from pairs.service.links import full_address

DOOR = "calendar"
BACK, AHEAD = timedelta(days=30), timedelta(days=180)


@policy.permission("write_records")
@never_cache
def my_calendar(request):
    """Make an address for my calendar: its text is shown once, on this answer only."""
    address = None
    if request.method == "POST":
        address = full_address("calendar", actions.issue_calendar(user=request.user))
    live = CalendarToken.objects.live().filter(user=request.user).first()
    return render(request, "diary/calendar.html", {"address": address, "live": live})


@policy.permission("write_records")
@require_POST
def revoke_calendar(request):
    """The address works no more, from now on."""
    if actions.revoke_calendar(user=request.user):
        messages.success(request, "The calendar’s address no longer works.")
    return redirect("my-calendar")


@policy.feed_token
@require_safe
@never_cache
def feed(request, feed):
    """A program reads the visits of the token's owner. No cookie, no name, nothing to write."""
    try:
        with transaction.atomic():
            limits.count(request, DOOR)
    except limits.TooMany:
        return HttpResponse("Too many requests. Try again in an hour.", status=429, content_type="text/plain")
    token = CalendarToken.objects.matching(feed)
    if token is None:
        raise Http404
    request.user, request.scope = (
        token.user,
        scope_of(token.user),
    )  # so the access log says whose calendar it was
    text = calendar(f"{settings.SERVICE_NAME} diary", [_entry(row) for row in _visits(request)])
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def _visits(request):
    now = timezone.now()
    mine = Appointment.objects.going_on().of_person(request.user).between(now - BACK, now + AHEAD)
    return fetch_list(request, mine.select_related("room__site").in_time())


def _entry(row):
    """The kind of place and the room: what was typed by hand may name somebody, and stays here."""
    kind = row.get_location_display()
    return Entry(
        id=row.pk,
        written_at=row.created_at,
        starts_at=row.starts_at,
        minutes=row.minutes,
        summary=f"{'Family visit' if row.episode_id else 'First visit'}, {kind[0].lower()}{kind[1:]}",
        where=f"{row.room}, {row.room.site}" if row.room else kind,
        href=full_address("appointment", row.pk),
    )
