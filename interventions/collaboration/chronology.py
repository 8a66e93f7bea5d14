"""Chronology events of joint work, peer support and hub consultation."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse

from interventions.collaboration.models import HubRequestStep, JointWork, PeerLog, PeerSupport
from interventions.collaboration.rules import HubHelp, HubRequestStatus, PeerContactMode
from pairs.access.batch_query import Query, parse_date, parse_datetime
from pairs.access.scope import Scope
from pairs.families.chronology import Event, exclude_hidden_people, parse_person_ids
from pairs.families.models import Family


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Queries for joint work, peer support with its log, and each step of a request to the hub."""
    return [
        _query_joint_work_events(scope, family),
        _query_peer_support_events(scope, family),
        _query_peer_log_events(scope, family),
        _query_hub_request_events(scope, family),
    ]


def _query_joint_work_events(scope: Scope, family: Family) -> Query:
    rows = JointWork.objects.visible_to(scope).filter(family=family)
    fields = {"member": "member__name", "who": "who", "we": "we_do", "they": "they_do", "since": "since"}
    fields |= {"ended_on": "ended_on", "why": "ended_because", "by": "recorded_by__display_name"}
    fields |= {"ended_by": "ended_by__display_name"}
    href = reverse("joint-work", args=[family.pk])

    def to_event(row: dict[str, str]) -> Iterator[Event]:
        party = row["member"] or row["who"]
        reading = (("What we do", row["we"]), ("What they do", row["they"]))
        title = f"Joint work with {party} began"
        yield Event("episode", parse_date(row["since"]), title, href=href, who=row["by"], reading=reading)
        if row["ended_on"]:
            title, who = f"Joint work with {party} ended", row["ended_by"] or ""
            yield Event("episode", parse_date(row["ended_on"]), title, href=href, who=who, text=row["why"])

    return Query(rows, fields, to_event)


def _query_peer_support_events(scope: Scope, family: Family) -> Query:
    rows = exclude_hidden_people(PeerSupport.objects.visible_to(scope).filter(family=family), "caregiver")
    fields = {"supporter": "supporter__display_name", "caregiver": "caregiver_id", "why": "why"}
    fields |= {"at": "linked_at", "by": "linked_by__display_name", "ended_at": "ended_at"}
    fields |= {"ended_by": "ended_by__display_name", "ended_why": "ended_because"}
    href = reverse("peer-support", args=[family.pk])

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        people, title = parse_person_ids(row["caregiver"]), f"{row['supporter']} linked as a peer supporter"
        yield Event(
            "episode",
            parse_datetime(row["at"]),
            title,
            href=href,
            who=row["by"],
            text=row["why"],
            people=people,
        )
        if row["ended_at"]:
            title, who = f"Peer support by {row['supporter']} ended", row["ended_by"] or ""
            at, text = parse_datetime(row["ended_at"]), row["ended_why"]
            yield Event("episode", at, title, href=href, who=who, text=text, people=people)

    return Query(rows, fields, to_event)


def _query_peer_log_events(scope: Scope, family: Family) -> Query:
    rows = exclude_hidden_people(
        PeerLog.objects.visible_to(scope).filter(support__family=family), "support__caregiver"
    )
    fields = {"day": "day", "how": "how", "minutes": "minutes", "who": "who", "line": "line"}
    fields |= {"by": "support__supporter__display_name", "caregiver": "support__caregiver_id"}
    href = reverse("peer-support", args=[family.pk])

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        how = PeerContactMode(row["how"]).label.lower()
        title = f"Peer supporter: {how}, {row['minutes']} minutes, {row['who']}"
        whose = parse_person_ids(row["caregiver"])
        yield Event(
            "contact", parse_date(row["day"]), title, href=href, who=row["by"], text=row["line"], people=whose
        )

    return Query(rows, fields, to_event)


HUB_STEP_TITLES: Mapping[str, str] = {
    HubRequestStatus.ASKED: "The hub was asked",
    HubRequestStatus.TAKEN: "The hub took this on",
    HubRequestStatus.ANSWERED: "The hub answered",
    HubRequestStatus.DECLINED: "The hub declined",
    HubRequestStatus.ENDED: "Asking the hub ended",
}


def _query_hub_request_events(scope: Scope, family: Family) -> Query:
    rows = HubRequestStep.objects.visible_to(scope).filter(ask__family=family)
    fields = {"ask": "ask_id", "reference": "ask__reference", "wants": "ask__wants", "status": "status"}
    fields |= {"question": "ask__question", "words": "words", "at": "at", "by": "by__display_name"}

    def to_event(row: dict[str, str]) -> Iterator[Event]:
        wants = HubHelp(row["wants"]).label.lower()
        title = f"{HUB_STEP_TITLES[row['status']]}: {wants} ({row['reference']})"
        words = row["question"] if row["status"] == HubRequestStatus.ASKED else row["words"]
        reading = (("The words", words),) if words else ()
        href = reverse("ask", args=[row["ask"]])
        yield Event("decision", parse_datetime(row["at"]), title, href=href, who=row["by"], reading=reading)

    return Query(rows, fields, to_event)
