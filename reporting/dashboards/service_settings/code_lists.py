"""The code lists as an administrator reads them: national ones with their source, and those the service keeps."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from interventions.episodes.models import Intervention
from interventions.episodes.rules import Attendance, EndingReason, Location, Mechanism
from interventions.training.models import TrainingTopic
from pairs.access.scope import Scope
from pairs.code_lists.reference import ETHNIC_CATEGORIES
from pairs.families.models import ExclusionGroup
from referrals.models import Concern
from referrals.rules.choices import SOURCES, ThriveGrouping

DICTIONARY = "NHS Data Dictionary"
# (title, source, entries)
FIXED_LISTS = (
    ("Ethnic category", f"{DICTIONARY}, ETHNIC CATEGORY", ETHNIC_CATEGORIES),
    ("Source of referral", f"{DICTIONARY}, SOURCE OF REFERRAL FOR MENTAL HEALTH", SOURCES),
    ("How a contact was made", f"{DICTIONARY}, CONSULTATION MECHANISM", Mechanism.choices),
    ("Where a contact was", f"{DICTIONARY}, ACTIVITY LOCATION TYPE", Location.choices),
    (
        "Why work ended",
        f"{DICTIONARY}, REFERRAL CLOSURE REASON, in the service’s words",
        EndingReason.choices,
    ),
    ("Attendance", "Local values, reported to the national data set in its own codes", Attendance.choices),
    ("Kind of help", "i-THRIVE needs-based groupings", ThriveGrouping.choices),
)


def build_code_lists(scope: Scope) -> list[dict[str, Any]]:
    """{title, source, entries: [(code, words)], and of a list that is kept here: href, by whom}."""
    fixed = [
        {"title": title, "source": source, "entries": list(entries)} for title, source, entries in FIXED_LISTS
    ]
    groups = [(each.code, each.name, each.retired_on) for each in ExclusionGroup.objects.all()]
    concerns = [
        (each.code, each.professional_voice, None) for each in Concern.objects.filter(retired_on=None)
    ]
    ways = [
        (each.code, each.name, each.retired_on) for each in Intervention.objects.order_by("order", "name")
    ]
    topics = [(each.code, each.name, each.retired_on) for each in TrainingTopic.objects.all()]
    return [
        *fixed,
        _build_kept("Groups at risk of being left out", groups, "exclusion-groups", "manage_accounts", scope),
        _build_kept("Relationship concerns", concerns, "relationship-concerns", "supervise", scope),
        _build_kept("Interventions", ways, "interventions", "supervise", scope),
        _build_kept("Topics of training", topics, "training-topics", "supervise", scope),
    ]


def _build_kept(
    title: str, rows: Iterable[tuple[str, str, Any]], address: str, permission: str, scope: Scope
) -> dict[str, Any]:
    by = "administrators" if permission == "manage_accounts" else "supervisors"
    return {
        "title": title,
        "source": f"Your service’s own list, kept by {by}",
        "entries": [(code, f"{words} (retired)" if retired else words) for code, words, retired in rows],
        "href": reverse(address) if scope.may(permission) else "",
    }
