"""The caseload on the last day: by site, grouping, when last seen and safeguarding; and what began and ended."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from interventions.episodes.models import Episode
from interventions.episodes.rules import UNSEEN_AFTER
from interventions.plans.models import GroupingStep
from pairs.matching.counted import select_counted
from pairs.safeguarding.models import SafeguardingStatus
from pairs.safeguarding.rules import StatusKind
from pairs.service.models import Site
from referrals.rules.choices import ThriveGrouping
from reporting.performance.counting.contacts import query_attended_contacts
from reporting.performance.figures import NOT_RECORDED, Section, Whole, Window, divide, divide_yes

SEEN_LATELY = f"Seen within {UNSEEN_AFTER.days} days"
SEEN_BEFORE, NOT_SEEN = f"Not seen for {UNSEEN_AFTER.days} days", "Not seen yet"
THRIVE_LABELS = (*ThriveGrouping.labels, NOT_RECORDED)
LESS, SAME, MORE = "Less support needed", "The same", "More support needed"
# From least to most support (i-THRIVE).
SUPPORT_ORDER = (
    ThriveGrouping.THRIVING, ThriveGrouping.ADVICE, ThriveGrouping.HELP, ThriveGrouping.MORE_HELP,
    ThriveGrouping.RISK_SUPPORT,
)  # fmt: skip
STATUSES = (StatusKind.PROTECTION_PLAN, StatusKind.IN_NEED, StatusKind.LOOKED_AFTER)


def query_open_episodes(window: Window) -> QuerySet[Episode]:
    """Open at the end of the window's last day, at its sites."""
    rows = select_counted(Episode.objects.all()).filter(window.at_sites())
    return rows.filter(window.open_on_last_day("opened_on", "ended_on"))


def query_ended_episodes(window: Window) -> QuerySet[Episode]:
    """Ended on a day of the window, at its sites."""
    rows = select_counted(Episode.objects.all()).filter(window.at_sites())
    return rows.filter(ended_on__range=(window.first, window.last))


def build_caseload(window: Window) -> Section:
    """Episodes of work, one a family and referral."""
    rows = list(query_open_episodes(window).values_list("pk", "family_id", "site__name", "thrive"))
    ids = {pk for pk, *_ in rows}
    groupings, seen = load_groupings(ids, window.last), load_last_seen(ids, window)
    sites = list(Site.objects.order_by("name").values_list("name", flat=True))
    caseload = Whole(
        "caseload",
        "Episodes open on the last day",
        len(rows),
        (
            divide("Site", sites, [site for _, _, site, _ in rows], chart=True),
            divide(
                "THRIVE grouping",
                THRIVE_LABELS,
                [_get_grouping(groupings.get(pk, thrive)) for pk, _, _, thrive in rows],
            ),
            divide(
                "Last seen",
                (SEEN_LATELY, SEEN_BEFORE, NOT_SEEN),
                [_describe_seen(seen.get(pk), window.last) for pk in ids],
            ),
            *_divide_safeguarding([family for _, family, _, _ in rows], window.last),
        ),
    )
    opened = select_counted(Episode.objects.all()).filter(window.at_sites())
    ended = query_ended_episodes(window)
    return Section(
        "caseload",
        "Caseload",
        "Episodes open at the end of the last day; those that began and ended in the period. A family with two "
        "referrals accepted has two. Groupings and safeguarding statuses are those of the last day.",
        (
            caseload,
            Whole(
                "opened",
                "Episodes begun",
                opened.filter(opened_on__range=(window.first, window.last)).count(),
            ),
            _count_grouping_changes(ended),
        ),
    )


def load_groupings(episodes: Collection[UUID], on: date) -> dict[UUID, str]:
    """{episode: its newest THRIVE grouping of that day or before}, where one was ever changed."""
    steps = GroupingStep.objects.valid().filter(episode__in=episodes, since__lte=on)
    return dict(steps.order_by("since", "created_at").values_list("episode_id", "grouping"))


def _get_grouping(code: str) -> str:
    return ThriveGrouping(code).label if code else NOT_RECORDED


def load_last_seen(episodes: Collection[UUID], window: Window) -> dict[UUID, date]:
    """{episode: the local day of its last attended direct contact before the end of the window}."""
    rows = (
        query_attended_contacts()
        .filter(episode__in=episodes, starts_at__lt=window.stop)
        .order_by("starts_at")
    )
    return {episode: timezone.localdate(at) for episode, at in rows.values_list("episode_id", "starts_at")}


def _describe_seen(day: date | None, on: date) -> str:
    if day is None:
        return NOT_SEEN
    return SEEN_LATELY if day > on - UNSEEN_AFTER else SEEN_BEFORE


def _divide_safeguarding(families: list[UUID], on: date) -> list:
    """Of each status: episodes of families where somebody has it on that day."""
    there = Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))
    statuses = select_counted(
        SafeguardingStatus.objects.filter(there, family__in=families, kind__in=STATUSES)
    )
    rows = set(statuses.values_list("family_id", "kind"))
    found = []
    for kind in STATUSES:
        part = sum((family, kind) in rows for family in families)
        found.append(divide_yes(f"Safeguarding: {kind.label}", kind.label, "Not so", part, len(families)))
    return found


def _count_grouping_changes(ended: QuerySet[Episode]) -> Whole:
    """Of episodes that ended: the grouping at the end beside the first one."""
    rows = dict(ended.values_list("pk", "thrive"))
    firsts: dict[UUID, str] = {}
    steps = GroupingStep.objects.valid().filter(episode__in=rows).order_by("since", "created_at")
    for episode, before, grouping in steps.values_list("episode_id", "before", "grouping"):
        firsts.setdefault(episode, before or grouping)
    found = [_compare_groupings(firsts.get(pk, thrive), thrive) for pk, thrive in rows.items()]
    return Whole(
        "ended_episodes",
        "Episodes ended",
        len(found),
        (divide("THRIVE grouping from start to end", (LESS, SAME, MORE, NOT_RECORDED), found),),
    )


def _compare_groupings(first: str, last: str) -> str:
    if not first or not last:
        return NOT_RECORDED
    order = [each.value for each in SUPPORT_ORDER]
    moved = order.index(last) - order.index(first)
    return SAME if moved == 0 else LESS if moved < 0 else MORE
