"""Timeline events of episodes, care contacts with attendance and signed notes, and goals."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, Value, When
from django.db.models.functions import JSONObject
from django.utils import timezone

from interventions.episodes.contact_rules import ContactKind, format_colleague, is_late
from interventions.episodes.models import (
    CareContact,
    ContactColleague,
    Episode,
    Goal,
    NotePart,
    Participant,
    format_contact_title,
)
from interventions.episodes.rules import (
    Attendance,
    EndingReason,
    Location,
    Mechanism,
    NoteHeading,
    describe_place,
)
from pairs.access.batch_query import Query, build_person_name, parse_datetime, parse_uuid
from pairs.access.scope import Scope
from pairs.families.events import Event, EventQuery, EventRule, build_event_query, parse_person_ids
from pairs.families.models import Family
from pairs.web.url_cache import reverse_cached


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Episodes, care contacts, goals."""
    return [
        build_event_query(
            "episode",
            Episode.objects.visible_to(scope).filter(family=family),
            EventRule("opened_on", "Episode opened", "lead__display_name"),
            EventRule(
                "ended_on",
                "Episode ended",
                text=lambda row: EndingReason(row["ending_reason"]).label,
                reading=(("What has changed", "ending_summary"), ("Support from now on", "held_next_by")),
            ),
            page=("episode", "id"),
            fields=("ending_reason",),
        ),
        _query_contact_events(scope, family),
        _query_sealed_contacts(family),
        build_event_query(
            "goal",
            Goal.objects.visible_to(scope).filter(episode__family=family),
            EventRule("set_on", "Goal set", text="words"),
            page=("episode", "episode_id"),
            people=("dyad__infant_id", "dyad__caregiver_id"),
        ),
    ]


def _query_contact_events(scope: Scope, family: Family) -> Query:
    rows = CareContact.objects.visible_to(scope).filter(episode__family=family)
    fields = {"id": "id", "at": "starts_at", "how": "mechanism", "where": "location", "minutes": "minutes"}
    fields |= {"by": "practitioner__display_name", "writer": "practitioner_id", "signed_at": "signed_at"}
    fields |= {"came": build_participants_array(), "notes": _build_current_parts()}
    fields |= {"kind": "kind", "with": build_colleagues_array(), "written": "created_at"}
    return EventQuery(rows, fields, _to_contact_event, ("starts_at",), many=True)


def _query_sealed_contacts(family: Family) -> EventQuery:
    """Contacts that an adoption sealed: the timeline of the family that remains says that there is an entry."""
    rows = CareContact.objects.valid().sealed().filter(episode__family=family)
    return EventQuery(rows, {"at": "starts_at"}, _to_restricted_event, ("starts_at",))


def _to_restricted_event(row: dict[str, Any]) -> Iterator[Event]:
    yield Event("contact", parse_datetime(row["at"]), "An entry here is restricted", restricted=True)


def _to_contact_event(row: dict[str, Any]) -> Iterator[Event]:
    """What is signed is for whoever reads the record; a draft is its writer's."""
    signed = [note for note in row["notes"] if note["signed"]]
    unsigned = [note for note in row["notes"] if not note["signed"]]
    yield Event(
        "contact",
        parse_datetime(row["at"]),
        _format_event_title(row),
        href=reverse_cached("care-contact", row["id"]),
        who=row["by"],
        text=format_who_was_there(row),
        reading=_list_note_texts(signed),
        people=parse_person_ids(*(each["infant"] or each["caregiver"] for each in row["came"])),
        writer=None if row["signed_at"] else parse_uuid(row["writer"]),
        unsigned=_list_note_texts(unsigned),
    )


def _list_note_texts(notes: list[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    return tuple((NoteHeading(note["part"]).label, note["text"]) for note in notes)


def _format_event_title(row: dict[str, Any]) -> str:
    parts = (Mechanism(row["how"]).label, describe_place(row["how"], row["where"]).lower())
    what = (
        ", ".join(filter(None, parts))
        if row["kind"] == ContactKind.FAMILY
        else format_contact_title(row["kind"], row["how"], Location.ELSEWHERE)
    )
    took_time = row["minutes"] and row["kind"] != ContactKind.MESSAGE  # none where no one came
    length = f", {row['minutes']} minutes" if took_time else ""
    return f"{what}{length}{format_late_mark(row)}"


def format_late_mark(row: dict[str, Any]) -> str:
    """The late-entry mark of a contact that was written up late by the local rule, else ''."""
    ended = parse_datetime(row["at"]) + timedelta(minutes=row["minutes"])
    written = parse_datetime(row["written"])
    late = is_late(ended_at=ended, written_at=written, hours=settings.LATE_ENTRY_HOURS)
    return f" (late entry, written {timezone.localtime(written):%-d %B %Y})" if late else ""


def format_who_was_there(row: dict[str, Any]) -> str:
    """Who came, who did not, and which colleagues were there or were spoken with."""
    who = [format_attendances(row["came"], message=row["kind"] == ContactKind.MESSAGE)] if row["came"] else []
    return "; ".join([*who, *(f"with {_format_colleague_row(each)}" for each in row["with"])])


def _format_colleague_row(each: dict[str, Any]) -> str:
    return each.pop("user") or format_colleague(**each)


def build_colleagues_array() -> Any:
    """A care contact's colleagues as [{name, role, organisation, user}]."""
    rows = ContactColleague.objects.live().filter(care_contact=OuterRef("pk")).order_by("created_at", "id")
    names = {name: name for name in ("name", "role", "organisation")}
    return ArraySubquery(rows.values(row=JSONObject(user="user__display_name", **names)))


def build_participants_array() -> Any:
    """A care contact's participants as [{infant, caregiver, name, attendance}], infants first."""
    rows = Participant.objects.live().filter(care_contact=OuterRef("pk")).with_person()
    names = {"infant_name": build_person_name("infant"), "caregiver_name": build_person_name("caregiver")}
    return ArraySubquery(
        rows.values(
            row=JSONObject(infant="infant_id", caregiver="caregiver_id", attendance="attendance", **names)
        )
    )


def format_attendances(participants: list[Any], *, message: bool = False) -> str:
    """Each expected person with their attendance, in words; for a message, only the names."""
    if message:
        return "; ".join(_get_participant_name(each) for each in participants)
    return "; ".join(
        f"{_get_participant_name(each)}: {Attendance(each['attendance']).label.lower()}"
        for each in participants
    )


def _get_participant_name(participant: dict[str, str | None]) -> str:
    return participant["infant_name"] or participant["caregiver_name"] or "Not yet named"


def _build_current_parts() -> Any:
    """The parts of a contact's note as they are now, without those superseded by an amendment."""
    parts = NotePart.objects.live().filter(care_contact=OuterRef("pk"), amended_by=None)
    signed = Case(When(signed_at=None, then=Value(False)), default=Value(True))
    rows = parts.order_by("created_at").values(row=JSONObject(part="part", text="text", signed=signed))
    return ArraySubquery(rows)
