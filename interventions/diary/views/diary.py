"""Days and weeks of the diary: mine, a colleague's, a site's, a room's; and a day on paper."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date

from interventions.diary.facts import families_of, knocking
from interventions.diary.models import Room, writers_at
from interventions.diary.rules import clashes
from interventions.diary.shown import stopped, visit_row
from interventions.diary.visits import visits_of, visits_with_all
from interventions.diary.warned import slots_beside
from pairs.access import policy
from pairs.access.asking import Question, name_of_user
from pairs.access.fetch import fetch_list
from pairs.access.prepared_records import PreparedRecords
from pairs.service.models import Site, User

MINE = "mine"
SPANS = {"day": 1, "week": 7}
FURTHEST = timedelta(days=3 * 366)  # what the address may ask for, either way


@policy.permission("read_families")
def diary(request):
    """Whose, which day, day or week: all of it stands in the address and survives a reload."""
    chosen = chosen_by(request)
    rows = visits_with_all(request, *_span(chosen), *_who_or_where(request, chosen))
    families = families_of(request, [row.family_id for row in rows])
    near = _near(request, chosen, rows)
    context = {
        "chosen": chosen,
        "days": _days(request, chosen, rows, families, near),
        "whose": chosen["choices"],
        "before": chosen["on"] - timedelta(days=SPANS[chosen["view"]]),
        "after": chosen["on"] + timedelta(days=SPANS[chosen["view"]]),
        "today": timezone.localdate(),
        "may_have_calendar": request.scope.may("write_records"),
        "keeps_rooms": request.scope.may("supervise", "manage_accounts"),
    }
    return render(request, "diary/diary.html", context)


@policy.permission("read_families")
def day_sheet(request):
    """All of one day's visits on paper, for when systems are down: each family counts as read."""
    chosen = chosen_by(request) | {"view": "day"}
    rows = fetch_list(request, of_chosen(request, chosen).planned().with_all().in_time())
    rows = [row for row in rows if not stopped(row)]
    families = families_of(request, [row.family_id for row in rows])
    facts = knocking(request, [(families[row.family_id], row.work) for row in rows])
    request.sight.opened.update(families)
    visits = [
        visit_row(row, families[row.family_id]) | {"facts": facts[number]} for number, row in enumerate(rows)
    ]
    context = {"chosen": chosen, "visits": visits, "printed": timezone.now()}
    return render(request, "diary/day_sheet.html", context)


def chosen_by(request):
    """Whose diary, from which day, day or week; what the address does not know is as usual."""
    choices = _whose(request)
    known = {value for _, options in choices for value, _ in options}
    asked = request.GET.get("whose", "")
    whose = asked if asked in known else MINE
    view = request.GET.get("view") if request.GET.get("view") in SPANS else "day"
    on = day_asked(request.GET.get("on"))
    start = on - timedelta(days=on.weekday()) if view == "week" else on
    words = next(text for _, options in choices for value, text in options if value == whose)
    return {"whose": whose, "view": view, "on": start, "choices": choices, "words": words}


def day_asked(text) -> date:
    """The day in the address; today when it is none, or out of all proportion."""
    today = timezone.localdate()
    try:
        day = parse_date(text or "")
    except ValueError:
        day = None
    return day if day and abs(day - today) <= FURTHEST else today


def _whose(request):
    """[(group, [(value, words)])]: me, my sites, their rooms, whoever works there."""
    offered = _OFFERED.rows(request.scope, me=request.user.pk)
    rooms = [row | {"name": f"{row['name']}, {row['site']}"} for row in offered["rooms"]]
    return [
        ("Me", [(MINE, "My diary")]),
        ("Sites", _options("site", offered["sites"])),
        ("Rooms", _options("room", rooms)),
        ("Colleagues", _options("person", offered["people"])),
    ]


def _options(kind, rows):
    return [(f"{kind}:{row['id']}", row["name"]) for row in rows]


def _offered(scope, me):
    ids = scope.sites("read_families")
    writers = User.objects.filter(pk__in=writers_at(ids).order_by().values("pk")).exclude(pk=me)
    rooms = Room.objects.visible_to(scope).in_use().filter(site__in=ids).by_name()
    return {
        "sites": Question(Site.objects.filter(pk__in=ids), {"id": "id", "name": "name"}),
        "rooms": Question(rooms, {"id": "id", "name": "name", "site": "site__name"}),
        "people": Question(
            writers.order_by("display_name", "username"), {"id": "id", "name": name_of_user()}
        ),
    }


_OFFERED = PreparedRecords(_offered)


def _span(chosen):
    """The first moment of the first day, and that of the day after the last."""
    last = chosen["on"] + timedelta(days=SPANS[chosen["view"]])
    return [timezone.make_aware(datetime.combine(day, time.min)) for day in (chosen["on"], last)]


def of_chosen(request, chosen):
    """The visits of that diary in those days; one that was moved stands where it went."""
    return visits_of(*_span(chosen), *_who_or_where(request, chosen))


def _who_or_where(request, chosen):
    """(site, room or person, its id)."""
    kind, _, pk = chosen["whose"].partition(":")
    return (kind, UUID(pk)) if pk else ("person", request.user.pk)


def _near(request, chosen, rows):
    """What these could clash with, by what the rows are; and whatever else takes the person's or the room's time."""
    kind, _, pk = chosen["whose"].partition(":")
    staff = {row.practitioner_id for row in rows} | {pk for row in rows for pk in row.going}
    rooms = {row.room_id for row in rows if row.room_id} | ({UUID(pk)} if kind == "room" else set())
    staff |= {request.user.pk} if kind == MINE else {UUID(pk)} if kind == "person" else set()
    return slots_beside(*_span(chosen), staff=staff, rooms=rooms, families={row.family_id for row in rows})


def _days(request, chosen, rows, families, near):
    """A day each: its visits, and what is taken by something that the reader may not open."""
    found = clashes(near)
    days = {chosen["on"] + timedelta(days=each): [] for each in range(SPANS[chosen["view"]])}
    for row in rows:
        may = request.scope.may("write_records", at=row.site_id)
        shown = visit_row(row, families[row.family_id], found.get(row.pk, ()), may_write=may)
        days[shown["at"].date()].append(shown)
    for slot in _taken(request, chosen, rows, near):
        days[slot["at"].date()].append(slot)
    return [(day, sorted(each, key=lambda row: row["at"])) for day, each in days.items()]


def _taken(request, chosen, rows, near):
    """Times of bookings that are the person's or the room's, and out of the reader's sight."""
    kind, _, pk = chosen["whose"].partition(":")
    mine = request.user.pk if kind == MINE else UUID(pk)
    known, (start, end) = {row.pk for row in rows}, _span(chosen)
    for slot in near:
        theirs = mine == slot.room or (kind != "room" and mine in slot.staff)
        if slot.id not in known and theirs and start <= slot.starts_at < end:
            yield {
                "taken": True,
                "at": timezone.localtime(slot.starts_at),
                "until": timezone.localtime(slot.ends_at),
            }
