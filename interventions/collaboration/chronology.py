"""Timeline events of joint work, peer support and hub consultation."""

from collections.abc import Mapping
from typing import Any

from interventions.collaboration.models import HubRequestStep, JointWork, PeerLog, PeerSupport
from interventions.collaboration.rules import HubHelp, HubRequestStatus, PeerContactMode
from pairs.access.batch_query import Query
from pairs.access.scope import Scope
from pairs.families.events import EventRule, build_event_query, exclude_hidden_people
from pairs.families.models import Family

HUB_STEP_TITLES: Mapping[str, str] = {
    HubRequestStatus.ASKED: "Request sent to the hub",
    HubRequestStatus.TAKEN: "The hub accepted the request",
    HubRequestStatus.ANSWERED: "The hub answered",
    HubRequestStatus.DECLINED: "The hub declined",
    HubRequestStatus.ENDED: "Request to the hub closed",
}


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Queries for joint work, peer support with its log, and each step of a request to the hub."""
    return [
        _build_joint_work_query(scope, family),
        *_build_peer_queries(scope, family),
        build_event_query(
            "decision",
            HubRequestStep.objects.visible_to(scope).filter(ask__family=family),
            EventRule("at", _format_hub_step, "by__display_name", reading=_list_hub_words),
            page=("ask", "ask_id"),
            fields={"status": "status", "words": "words"}
            | {name: f"ask__{name}" for name in ("reference", "wants", "question")},
        ),
    ]


def _build_joint_work_query(scope: Scope, family: Family) -> Query:
    def format_party(row: dict[str, Any]) -> str:
        return f"Joint work with {row['member'] or row['who']}"

    return build_event_query(
        "episode",
        JointWork.objects.visible_to(scope).filter(family=family),
        EventRule(
            "since",
            lambda row: f"{format_party(row)} began",
            "recorded_by__display_name",
            reading=(("What we do", "we_do"), ("What they do", "they_do")),
        ),
        EventRule(
            "ended_on",
            lambda row: f"{format_party(row)} ended",
            "ended_by__display_name",
            "ended_because",
        ),
        page=("joint-work", "family_id"),
        fields={"member": "member__name", "who": "who"},
    )


def _build_peer_queries(scope: Scope, family: Family) -> list[Query]:
    links = exclude_hidden_people(PeerSupport.objects.visible_to(scope).filter(family=family), "caregiver")
    logs = PeerLog.objects.visible_to(scope).filter(support__family=family)
    return [
        build_event_query(
            "episode",
            links,
            EventRule(
                "linked_at",
                lambda row: f"{row['supporter']} linked as a peer supporter",
                "linked_by__display_name",
                "why",
            ),
            EventRule(
                "ended_at",
                lambda row: f"Peer support by {row['supporter']} ended",
                "ended_by__display_name",
                "ended_because",
            ),
            page=("peer-support", "family_id"),
            people=("caregiver_id",),
            fields={"supporter": "supporter__display_name"},
        ),
        build_event_query(
            "contact",
            exclude_hidden_people(logs, "support__caregiver"),
            EventRule("day", _format_peer_log, "support__supporter__display_name", "line"),
            page=("peer-support", "support__family_id"),
            people=("support__caregiver_id",),
            fields=("how", "minutes", "who"),
        ),
    ]


def _format_peer_log(row: dict[str, Any]) -> str:
    how = PeerContactMode(row["how"]).label.lower()
    return f"Peer supporter: {how}, {row['minutes']} minutes, {row['who']}"


def _format_hub_step(row: dict[str, Any]) -> str:
    wants = HubHelp(row["wants"]).label.lower()
    return f"{HUB_STEP_TITLES[row['status']]}: {wants} ({row['reference']})"


def _list_hub_words(row: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    words = row["question"] if row["status"] == HubRequestStatus.ASKED else row["words"]
    return (("The words", words),) if words else ()
