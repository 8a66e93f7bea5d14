"""Chronology events of episodes, care contacts with attendance and signed notes, and goals."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
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
from interventions.episodes.rules import Attendance, EndingReason, Location, Mechanism, NoteHeading
from pairs.access.batch_query import Query, build_person_name, build_user_name, parse_date, parse_datetime
from pairs.access.scope import Scope
from pairs.families.chronology import Event, parse_person_ids
from pairs.families.models import Family

PER_PAGE = 20  # contacts on an episode's page


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Episodes, care contacts, goals."""
    return [
        _query_episode_events(scope, family),
        _query_contact_events(scope, family),
        _query_goal_events(scope, family),
    ]


def _query_episode_events(scope: Scope, family: Family) -> Query:
    rows = Episode.objects.visible_to(scope).filter(family=family)
    fields = {"id": "id", "opened": "opened_on", "ended": "ended_on", "lead": "lead__display_name"}
    fields |= {"reason": "ending_reason", "summary": "ending_summary", "next": "held_next_by"}

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        href = reverse("episode", args=[row["id"]])
        yield Event("episode", parse_date(row["opened"]), "Episode opened", href=href, who=row["lead"])
        if row["ended"]:
            told = (("What has changed", row["summary"]), ("Held next by", row["next"]))
            reading = tuple(each for each in told if each[1])
            text = EndingReason(row["reason"]).label
            yield Event(
                "episode", parse_date(row["ended"]), "Episode ended", href=href, text=text, reading=reading
            )

    return Query(rows, fields, to_event)


def _query_contact_events(scope: Scope, family: Family) -> Query:
    rows = CareContact.objects.visible_to(scope).filter(episode__family=family)
    fields = {"id": "id", "at": "starts_at", "how": "mechanism", "where": "location", "minutes": "minutes"}
    fields |= {
        "by": "practitioner__display_name",
        "came": build_participants_array(),
        "notes": _build_signed_parts(),
    }
    fields |= {"kind": "kind", "with": build_colleagues_array(), "written": "created_at"}

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        yield Event(
            "contact",
            parse_datetime(row["at"]),
            _format_event_title(row),
            href=reverse("care-contact", args=[row["id"]]),
            who=row["by"],
            text=format_who_was_there(row),
            reading=tuple((NoteHeading(note["part"]).label, note["text"]) for note in row["notes"]),
            people=parse_person_ids(*(each["infant"] or each["caregiver"] for each in row["came"])),
        )

    return Query(rows, fields, to_event)


def _format_event_title(row: dict[str, Any]) -> str:
    how, where = Mechanism(row["how"]).label, Location(row["where"]).label
    what = (
        f"{how}, {where.lower()}"
        if row["kind"] == ContactKind.FAMILY
        else format_contact_title(row["kind"], row["how"], Location.ELSEWHERE)
    )
    length = f", {row['minutes']} minutes" if row["kind"] != ContactKind.MESSAGE else ""
    return f"{what}{length}{format_late_mark(row)}"


def build_contacts_query(episode: UUID, number: int) -> Query:
    """One page of an episode's contacts, newest first, by the id of an episode that was fetched in scope."""
    start = (number - 1) * PER_PAGE
    rows = CareContact.objects.live().filter(episode=episode).newest_first()[start : start + PER_PAGE]
    fields = {"id": "id", "at": "starts_at", "kind": "kind", "how": "mechanism", "where": "location"}
    fields |= {
        "by": build_user_name("practitioner"),
        "signed_at": "signed_at",
        "came": build_participants_array(),
        "with": build_colleagues_array(),
    }
    return Query(rows, fields, _present_contact)


def _present_contact(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    title = format_contact_title(row["kind"], row["how"], row["where"])
    shown = {
        "id": row["id"],
        "at": parse_datetime(row["at"]),
        "title": title,
        "by": row["by"],
        "came": format_who_was_there(row),
    }
    yield shown | {"draft": not row["signed_at"]}


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


def _build_signed_parts() -> Any:
    """The current signed parts of a contact's note, without those superseded by an amendment."""
    parts = NotePart.objects.live().filter(care_contact=OuterRef("pk"), signed_at__isnull=False)
    standing = parts.filter(amended_by=None).order_by("created_at")
    return ArraySubquery(standing.values(row=JSONObject(part="part", text="text")))


def _query_goal_events(scope: Scope, family: Family) -> Query:
    rows = Goal.objects.visible_to(scope).filter(episode__family=family)
    fields = {"words": "words", "set_on": "set_on", "dyad": "dyad_id", "episode": "episode_id"}
    fields |= {"infant": "dyad__infant_id", "caregiver": "dyad__caregiver_id"}

    def to_event(row: dict[str, str]) -> Iterator[Event]:
        href, whose = (
            reverse("episode", args=[row["episode"]]),
            parse_person_ids(row["infant"], row["caregiver"]),
        )
        yield Event("goal", parse_date(row["set_on"]), "Goal set", href=href, text=row["words"], people=whose)

    return Query(rows, fields, to_event)
