"""What the village adds to a family's chronology: what may be told and what may not, and the letters that went out."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse

from pairs.access.batch_query import Query, build_person_name, parse_date, parse_datetime
from pairs.access.scope import Scope
from pairs.families.chronology import Event, exclude_hidden_people, parse_person_ids
from pairs.families.models import Family
from pairs.village.models import DisclosureLimit, Letter, LetterAbout, SharingAgreement
from pairs.village.rules import SendingMethod, SharingTopic


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Agreements, limits, and letters once they are signed; never what an address is."""
    return [
        _build_agreements_query(scope, family),
        _build_limits_query(scope, family),
        _build_letters_query(scope, family),
    ]


def _build_agreements_query(scope: Scope, family: Family) -> Query:
    rows = exclude_hidden_people(SharingAgreement.objects.visible_to(scope), "member", "agreed_by").filter(
        family=family
    )
    parties = {"member": "member__name", "team": "team__name", "agency": "agency"}
    agreed = {"on": "agreed_on", "at": "created_at", "what": "what", "parent": build_person_name("agreed_by")}
    withdrawn = {"withdrawn_on": "withdrawn_on", "because": "withdrawn_because"}
    by = {"by": "recorded_by__display_name", "withdrawn_by": "withdrawn_by__display_name"}
    href = reverse("sharing", args=[family.pk])

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        party = row["member"] or row["team"] or row["agency"]
        title = f"Sharing with {party} agreed" if row["on"] else f"Sharing with {party} without agreement"
        on = parse_date(row["on"]) or parse_datetime(row["at"])
        yield Event("letter", on, title, href, row["by"], _describe_agreement(row))
        if row["withdrawn_on"]:
            gone, who, because = parse_date(row["withdrawn_on"]), row["withdrawn_by"], row["because"]
            yield Event("letter", gone, f"Sharing with {party} withdrawn", href, who, because)

    return Query(rows, parties | agreed | withdrawn | by, to_event)


def _describe_agreement(row: dict[str, Any]) -> str:
    """What it covers, and who agreed to it."""
    covers = ", ".join(topic.label for topic in SharingTopic if topic in row["what"])
    return f"{covers}. Agreed by {row['parent']}" if row["parent"] else covers


def _build_limits_query(scope: Scope, family: Family) -> Query:
    named = ("infant", "caregiver", "member", "address", "address__infant", "address__caregiver")
    rows = exclude_hidden_people(
        DisclosureLimit.objects.visible_to(scope), *named, "not_to_caregiver", "not_to_member"
    ).filter(family=family)
    to = {
        "carer": build_person_name("not_to_caregiver"),
        "member": "not_to_member__name",
        "name": "not_to_name",
    }
    fields = {"reason": "reason", "since": "since", "until": "until", "because": "ended_because"}
    fields |= {"infant": "infant_id", "caregiver": "caregiver_id", "by": "recorded_by__display_name"}
    href = reverse("sharing", args=[family.pk])

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        not_to = row["carer"] or row["member"] or row["name"] or "a carer, name not recorded"
        whose, title = parse_person_ids(row["infant"], row["caregiver"]), f"Not to be told to {not_to}"
        since = parse_date(row["since"])
        yield Event("letter", since, f"{title}: from this day", href, row["by"], row["reason"], people=whose)
        if row["until"]:
            until, because = parse_date(row["until"]), row["because"]
            yield Event("letter", until, f"{title}: until this day", href, text=because, people=whose)

    return Query(rows, fields | to, to_event)


def _build_letters_query(scope: Scope, family: Family) -> Query:
    rows = exclude_hidden_people(Letter.objects.visible_to(scope), "to_caregiver", "to_member").filter(
        family=family
    )
    children = LetterAbout.objects.filter(letter=OuterRef("pk")).order_by("infant").values("infant")
    to = {
        "carer": build_person_name("to_caregiver"),
        "member": "to_member__name",
        "user": "to_user__display_name",
    }
    fields = {"id": "id", "signed_at": "signed_at", "signed_by": "signed_by__display_name"}
    fields |= {"sent_on": "sent_on", "how": "sent_how", "sent_by": "sent_by__display_name"}

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        href, whose = reverse("letter", args=[row["id"]]), parse_person_ids(*row["children"])
        title = f"Letter to {row['carer'] or row['member'] or row['user'] or 'a carer'}"
        signed, by = parse_datetime(row["signed_at"]), row["signed_by"]
        yield Event("letter", signed, f"{title} signed", href, by, people=whose)
        if row["sent_on"]:
            on, by, how = parse_date(row["sent_on"]), row["sent_by"], SendingMethod(row["how"]).label
            yield Event("letter", on, f"{title} sent", href, by, how, people=whose)

    return Query(rows.exclude(signed_at=None), fields | to | {"children": ArraySubquery(children)}, to_event)
