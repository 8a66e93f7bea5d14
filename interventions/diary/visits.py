"""The visits of a day or a week with all that a diary shows of them: two prepared queries, however many visits."""

from collections import defaultdict

from interventions.diary.models import Appointment, Expected
from interventions.diary.rules import MOVED
from pairs.access.fetch import fetch_prepared_list, with_family_id
from pairs.access.prepared import PreparedQuery
from pairs.access.prepared_records import PreparedRecords, attach_rows
from pairs.access.records import OUT_OF_SIGHT

# What a row says of a visit and of what belongs to it.
SHOWN = (
    *(
        "family",
        "episode",
        "referral",
        "site",
        "starts_at",
        "minutes",
        "mechanism",
        "location",
        "room",
        "place",
    ),
    *("practitioner", "interpreter", "travel_minutes", "note", "status", "care_contact"),
    *("practitioner__display_name", "practitioner__username"),
    *("room__name", "room__access", "room__site__name"),
    *("episode__ended_on", "referral__episode__ended_on"),
    *(f"care_contact__{name}" for name in OUT_OF_SIGHT),
)


def visits_of(start, end, kind, pk):
    """Between the moments, of one ``kind`` (site, room or person); one that was moved stands where it went."""
    rows = Appointment.objects.exclude(status=MOVED).between(start, end)
    return rows.of_person(pk) if kind == "person" else rows.filter(**{kind: pk})


def visits_with_all(request, start, end, kind, pk):
    """Those in scope, in time, as ``with_all().with_staff()`` has them: noted as listed."""
    visits = fetch_prepared_list(request, _VISITS, kind, start=start, end=end, of=pk)
    if visits:
        _join_people(visits, _PEOPLE.rows(request.scope, visits=[each.pk for each in visits]))
    return visits


def _in_time(scope, kind, start, end, of):
    rows = with_family_id(visits_of(start, end, kind, of).visible_to(scope)).with_staff().in_time()
    related = ("practitioner", "room__site", "episode", "referral__episode", "care_contact")
    return rows.select_related(*related).only(*SHOWN)


def _people(scope, visits):
    along = Appointment.colleagues.through.objects.filter(appointment__in=[visits])
    return {
        "expected": Expected.objects.live().with_person().filter(appointment__in=[visits]),
        "along": along.select_related("user").only("appointment", "user__display_name", "user__username"),
    }


def _join_people(visits, people):
    expected, along = defaultdict(list), defaultdict(list)
    for row in people["expected"]:
        expected[row.appointment_id].append(row)
    for row in people["along"]:
        along[row.appointment_id].append(row.user)
    for visit in visits:
        attach_rows(visit, "expected", expected[visit.pk])
        attach_rows(visit, "colleagues", along[visit.pk])


_VISITS = PreparedQuery(_in_time)
_PEOPLE = PreparedRecords(_people)
