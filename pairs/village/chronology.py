"""What the village adds to a family's timeline: what may be told and what may not, and the letters that went out."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import Coalesce, TruncDate

from pairs.access.batch_query import Query, build_person_name
from pairs.access.scope import Scope
from pairs.families.events import EventRule, build_event_query, exclude_hidden_people, parse_person_ids
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
    rows = exclude_hidden_people(SharingAgreement.objects.visible_to(scope), "member", "agreed_by")
    parties = {"member": "member__name", "team": "team__name", "agency": "agency"}
    agreed = {"agreed_on": "agreed_on", "what": "what", "parent": build_person_name("agreed_by")}

    def format_party(row: dict[str, Any]) -> str:
        return f"Sharing with {row['member'] or row['team'] or row['agency']}"

    def format_agreement(row: dict[str, Any]) -> str:
        return f"{format_party(row)} {'agreed' if row['agreed_on'] else 'without agreement'}"

    return build_event_query(
        "letter",
        rows.filter(family=family),
        EventRule("from", format_agreement, "recorded_by__display_name", _describe_agreement),
        EventRule(
            "withdrawn_on",
            lambda row: f"{format_party(row)} withdrawn",
            "withdrawn_by__display_name",
            "withdrawn_because",
        ),
        page=("sharing", "family_id"),
        fields=parties | agreed | {"from": Coalesce("agreed_on", TruncDate("created_at"))},
    )


def _describe_agreement(row: dict[str, Any]) -> str:
    """What it covers, and who agreed to it."""
    covers = ", ".join(topic.label for topic in SharingTopic if topic in row["what"])
    return f"{covers}. Agreed by {row['parent']}" if row["parent"] else covers


def _build_limits_query(scope: Scope, family: Family) -> Query:
    named = ("infant", "caregiver", "member", "address", "address__infant", "address__caregiver")
    rows = exclude_hidden_people(
        DisclosureLimit.objects.visible_to(scope), *named, "not_to_caregiver", "not_to_member"
    )

    def format_limit(row: dict[str, Any], when: str) -> str:
        not_to = row["carer"] or row["member"] or row["name"] or "a carer, name not recorded"
        return f"Not to be shared with {not_to}: {when} this day"

    return build_event_query(
        "letter",
        rows.filter(family=family),
        EventRule("since", lambda row: format_limit(row, "from"), "recorded_by__display_name", "reason"),
        EventRule("until", lambda row: format_limit(row, "until"), text="ended_because"),
        page=("sharing", "family_id"),
        people=("infant_id", "caregiver_id"),
        fields={
            "carer": build_person_name("not_to_caregiver"),
            "member": "not_to_member__name",
            "name": "not_to_name",
        },
    )


def _build_letters_query(scope: Scope, family: Family) -> Query:
    rows = exclude_hidden_people(Letter.objects.visible_to(scope), "to_caregiver", "to_member")
    children = LetterAbout.objects.filter(letter=OuterRef("pk")).order_by("infant").values("infant")
    to = {
        "carer": build_person_name("to_caregiver"),
        "member": "to_member__name",
        "user": "to_user__display_name",
    }

    def format_letter(row: dict[str, Any], became: str) -> str:
        return f"Letter to {row['carer'] or row['member'] or row['user'] or 'a carer'} {became}"

    return build_event_query(
        "letter",
        rows.filter(family=family).exclude(signed_at=None),
        EventRule("signed_at", lambda row: format_letter(row, "signed"), "signed_by__display_name"),
        EventRule(
            "sent_on",
            lambda row: format_letter(row, "sent"),
            "sent_by__display_name",
            lambda row: SendingMethod(row["sent_how"]).label,
        ),
        page=("letter", "id"),
        people=lambda row: parse_person_ids(*row["children"]),
        fields=to | {"sent_how": "sent_how", "children": ArraySubquery(children)},
    )
