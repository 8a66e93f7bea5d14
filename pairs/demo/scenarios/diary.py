"""The diary of some made-up families: rooms, visits of the days to come, one cancelled, one moved, a weekly series."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from interventions.diary.actions import (
    Visit,
    add_room,
    book_appointment,
    cancel_appointment,
    move_appointment,
)
from interventions.diary.models import Appointment, Room
from interventions.episodes.models import Episode
from interventions.episodes.rules import Mechanism
from interventions.supervision.actions import agree_supervision, plan_supervision
from interventions.supervision.models import SupervisionKind
from pairs.demo.calendar import get_working_day
from pairs.demo.scenarios.village import FamilyContext
from pairs.service.models import Site, User

ROOMS = (
    ("Blue room", "No steps, a mat on the floor"),
    ("Garden room", "One step; a quiet corner to feed in"),
)
GROUP_SIZE = 3
WORKING_PERCENTS = (100, 80, 100, 60)
VISIT_HOURS = (9, 10, 11, 13, 14, 15)
VISIT_NOTES = ("", "Bring the mat and the bells.", "Ask how bedtime goes now.", "", "Bring the photographs.")


def seed_rooms(sites: list[Site], by: User) -> None:
    """Two rooms at each site."""
    for site in sites:
        for name, access in ROOMS:
            add_room(site=site, name=name, access=access, by=by)


def plan_sessions(contexts: list[FamilyContext], by: User) -> None:
    """How often each lead has supervision, and the session of the days to come; two have no next date."""
    leads = {context.by: context.family.site for context in contexts if context.by != by}
    people = sorted(leads.items(), key=lambda each: each[0].username)
    for number, (lead, site) in enumerate(people):
        _agree_supervision(number, lead, site, by)
        if number % 6 == 4:
            continue
        day = get_working_day(timezone.localdate() + timedelta(days=1 + number // len(VISIT_HOURS)))
        starts_at = _at(day, VISIT_HOURS[number % len(VISIT_HOURS)])
        plan_supervision(site=site, supervisee=lead, starts_at=starts_at, minutes=60, by=by)
    _plan_group(people, by)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, 30)))


def _agree_supervision(number: int, lead: User, site: Site, by: User) -> None:
    """Some are new to the work, some work part time."""
    today = timezone.localdate()
    agree_supervision(
        site=site,
        supervisor=by,
        supervisee=lead,
        kind=SupervisionKind.CLINICAL,
        starts_on=today - timedelta(days=120),
        under_twos_since=today - timedelta(days=500) if number % 5 == 1 else None,
        working_percent=WORKING_PERCENTS[number % len(WORKING_PERCENTS)],
        by=by,
    )


def _plan_group(people: list[tuple[User, Site]], by: User) -> None:
    """Supervision of video interaction guidance, for those of one site together."""
    site = people[0][1] if people else None
    group = [person for person, there in people if there == site][:GROUP_SIZE]
    if site and len(group) > 1:
        day = get_working_day(timezone.localdate() + timedelta(days=9))
        plan_supervision(
            site=site, supervisee=group[0], others=group[1:], kind=SupervisionKind.INTERVENTION,
            starts_at=_at(day, VISIT_HOURS[-1]), minutes=90, by=by,
        )  # fmt: skip


def book_visits(context: FamilyContext) -> None:
    """A visit in the days to come for most; with a few the diary has more to tell."""
    episode = context.episode
    if episode is None or context.number % 9 == 5:
        return
    row = book_visit(context, episode, times=4 if context.number % 10 == 3 else 1)
    if context.number % 13 == 4:
        cancel_appointment(
            appointment=row, whose="cancelled_family", why="The baby has a cold", by=context.by
        )
    elif context.number % 11 == 6:
        later = row.starts_at + timedelta(days=7)
        move_appointment(appointment=row, starts_at=later, minutes=row.minutes, by=context.by)


def book_visit(context: FamilyContext, episode: Episode, times: int) -> Appointment:
    """By their lead, on one of the days to come, with everybody of the family who lives."""
    at_hub = context.number % 3 == 0
    carer = context.carers[0]
    visit = Visit(
        minutes=60,
        mechanism=Mechanism.FACE_TO_FACE,
        location="K01" if at_hub else "A01",
        practitioner=context.by,
        expected=[*(baby for baby in context.infants if not baby.lost_on), carer],
        room=_choose_room(context, episode) if at_hub else None,
        interpreter=carer.needs_interpreter,
        travel_minutes=None if at_hub else 10 + 5 * (context.number % 5),
        note="" if context.grieving else VISIT_NOTES[context.number % len(VISIT_NOTES)],
    )
    return book_appointment(
        work=episode, starts_at=_choose_visit_time(context), visit=visit, times=times, by=context.by
    )


def _choose_room(context: FamilyContext, episode: Episode) -> Room | None:
    rooms = list(Room.objects.in_use().filter(site=episode.site_id))
    return rooms[context.number % len(rooms)] if rooms else None


def _choose_visit_time(context: FamilyContext) -> datetime:
    """Spread over the days to come, today among them; at the weekend nobody is visited."""
    day = context.on + timedelta(days=context.number % 8)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return timezone.make_aware(
        datetime.combine(day, time(VISIT_HOURS[context.number // 3 % len(VISIT_HOURS)]))
    )
