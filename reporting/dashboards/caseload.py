"""The caseload: episodes with what one asks of each, in saved views; and families waiting for their episode."""

from collections import Counter, defaultdict
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Now
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from interventions.diary.models import Appointment, query_next_appointment
from interventions.episodes.models import Episode
from interventions.episodes.rules import UNSEEN_AFTER
from interventions.plans.models import build_working_q
from pairs.access import policy
from pairs.access.batch_query import PreparedBatch, Query, build_user_name, parse_datetime
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.requests import ScopedRequest
from pairs.access.scope import TemplateScope
from pairs.access.visible_records import annotate_family_id, get_prepared_page, list_prepared
from pairs.families.family_lines import load_family_lines
from pairs.families.models import Infant, RiskAlert, build_bereaved_q, build_caution_kinds
from pairs.service.models import Site, User
from pairs.web.csv_files import build_csv_response
from pairs.web.local_days import get_local_day
from pairs.web.url_cache import reverse_cached
from referrals.models import Referral
from reporting.dashboards.caseload_names import list_families_named
from reporting.dashboards.caseload_rows import (
    CSV_HEADERS,
    build_csv_row,
    build_episode_row,
    build_unopened_row,
)
from reporting.dashboards.due_cache import KINDS, list_work_for_families
from reporting.dashboards.models import CachedEpisode

LONGEST_UNSEEN = F("last_seen_at").asc(nulls_first=True)
MINE, ALL, LEAD, SITE = "mine", "all", "lead", "site"
NO_ID = UUID(int=0)  # where the query asks for none
PER_PAGE = 40
MAX_COUNTED, MAX_COLLEAGUES = 500, 200
MAX_NAME_LENGTH = 80
MAX_ROWS_ON_PAPER = 1000  # of the CSV file
WAITING = "waiting"
# name in the address → (words, order). The first is the order of a caseload that nobody has sorted.
SORTS = {
    "concern": (
        "Most concern first",
        ("-worried", F("clock_days").desc(nulls_last=True), LONGEST_UNSEEN, "id"),
    ),
    "name": ("By name", (F("first_name").asc(nulls_last=True), "id")),
    "seen": ("Longest since seen first", (LONGEST_UNSEEN, "id")),
    "review": ("Plan review soonest", (F("review_on").asc(nulls_last=True), "id")),
    "opened": ("Longest open first", ("opened_on", "id")),
    "newest": ("Newest first", ("-opened_on", "id")),
    "goals": ("Fewest goals first", ("live_goals", "id")),
}
STATES = {"open": "Open", "ended": "Ended"}
# What a row says of the episode itself (caseload_rows).
EPISODE_FIELDS = (
    *("family_id", "site_id", "opened_on", "ended_on", "plan_agreed_on", "review_on"),
    *("lead__display_name", "lead__username"),
)
BEREAVED = build_bereaved_q(OuterRef("family"))  # of whom no plan, goal or review is asked
# name in the address → (words, which episodes on that day)
CASELOAD_FILTERS = {
    "": ("All families", lambda on: Q()),
    "unseen-28": ("Not seen for 28 days", lambda on: _is_unseen_since(on - UNSEEN_AFTER)),
    "unseen": ("Not seen yet", lambda on: Q(last_seen_at=None)),
    "no-plan": ("No plan agreed yet", lambda on: Q(plan_agreed_on=None) & ~BEREAVED),
    "review": ("Plan review due", lambda on: Q(review_on__lte=on) & ~BEREAVED),
    "no-goal": ("No goal yet", lambda on: Q(live_goals=0) & ~BEREAVED),
}
# Saved views: words, and what the address asks for. The counts of one's own families stand beside them.
VIEWS = (
    ("mine", "My families", {"whose": MINE}),
    ("all", "My sites", {"whose": ALL}),
    ("unseen-28", "Not seen for 28 days", {"only": "unseen-28"}),
    ("review", "Plan review due", {"only": "review"}),
    ("no-goal", "No goal yet", {"only": "no-goal"}),
    (WAITING, "Waiting to start", {"only": WAITING}),
    ("ended", "Ended", {"state": "ended"}),
)


def _is_unseen_since(day: date) -> Q:
    """Last seen on that day or before it; of those never seen, open since then."""
    return Q(last_seen_at__date__lte=day) | Q(last_seen_at=None, opened_on__lte=day)


@policy.permission("read_families")
def show_caseload(request: ScopedRequest) -> HttpResponse:
    """My families, or my sites'; whose, which and in what order stand in the address and survive a reload."""
    on, known = timezone.localdate(), _load_choices(request)
    chosen = _read_choices(request, known)
    page, waiting = _get_episode_page(request, chosen, on), _list_waiting(request, chosen, on)
    context = {
        "waiting": waiting,
        "rows": _build_rows(request, page.object_list, on) if chosen["only"] != WAITING else [],
        "page": page,
        "chosen": chosen,
        "whose": _list_owner_choices(request, known),
        "sorts": {name: words for name, (words, _) in SORTS.items()},
        "views": _present_views(chosen, known["mine"], _count_waiting(request, chosen, waiting), on),
        "review_href": _get_review_path(request, chosen),
        "on": on,
    }
    return render(request, "dashboards/caseload.html", context)


@policy.permission("read_families")
def download_caseload(request: ScopedRequest) -> HttpResponse:
    """The same families as a CSV file, with the line in the access log that the page has."""
    on, known = timezone.localdate(), _load_choices(request)
    chosen = _read_choices(request, known)
    episodes = [] if chosen["only"] == WAITING else _list_all_episodes(request, chosen, on)
    rows = (build_csv_row(row) for row in _build_rows(request, episodes, on))
    return build_csv_response(f"caseload-{on:%Y-%m-%d}.csv", CSV_HEADERS, rows)


def _build_rows(request: ScopedRequest, episodes: Any, on: date) -> list[dict[str, Any]]:
    lines = load_family_lines((each.family_id for each in episodes), on)
    due, statuses = _load_due_and_statuses(request, on, episodes)
    undecided = _count_undecided_visits(request, [pk for pk, line in lines.items() if line.lost])
    return [
        build_episode_row(
            each,
            lines[each.family_id],
            on,
            request.scope,
            due=due[each.family_id],
            status=statuses.get(each.pk),
            undecided=undecided[each.family_id],
        )
        for each in episodes
    ]


def _count_undecided_visits(request: ScopedRequest, lost: list[UUID]) -> Counter[UUID]:
    """How many visits somebody has to keep or cancel, of families after a loss; no query where there are none."""
    if not lost:
        return Counter()
    return Counter(row.family_id for row in list_prepared(request, _UNDECIDED_VISITS, families=lost))


def _query_undecided_visits(scope: TemplateScope, families: UUID) -> QuerySet[Any]:
    rows = Appointment.objects.visible_to(scope).to_keep_or_cancel().filter(family__in=[families])
    return annotate_family_id(rows.only("family"))


def _load_choices(request: ScopedRequest) -> dict[str, list[dict[str, Any]]]:
    """What the page counts and offers, in one query: my open episodes, my sites and who leads there."""
    names = ("mine", "sites", "leads")
    return dict(zip(names, _CHOICES_BATCH.rows(request.scope, timezone.localdate()), strict=True))


def _build_choice_queries(scope: TemplateScope, on: date) -> list[Query]:
    sites = Site.objects.filter(pk__in=scope.sites("read_families")).order_by("name")
    leading = Episode.objects.visible_to(scope).open().values("lead")
    leads = User.objects.filter(pk__in=leading).order_by("display_name", "username")
    return [
        build_figures_query(scope, on),
        Query(sites[:MAX_COLLEAGUES], {"id": "id", "name": "name"}),
        Query(leads[:MAX_COLLEAGUES], {"id": "id", "name": build_user_name()}),
    ]


def build_figures_query(scope: TemplateScope, on: date) -> Query:
    """What the saved views count: one row for each of one's own open episodes."""
    mine = Episode.objects.with_work().visible_to(scope).open().filter(_build_mine_q(scope, on))
    counted = {
        "seen": "last_seen_at",
        "review": "review_on",
        "goals": "live_goals",
        "opened": "opened_on",
        "bereaved": ExpressionWrapper(BEREAVED, BooleanField()),
    }
    return Query(mine.order_by("pk")[:MAX_COUNTED], counted)


def _build_mine_q(scope: TemplateScope, on: date) -> Q:
    return build_working_q(scope.user_id, on, leads=scope.own_ids)


def _read_choices(request: ScopedRequest, known: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """Owner, state, sort and filter from the query string; unknown values fall back to the defaults."""
    asked = {name: request.GET.get(name, "") for name in ("whose", "state", "sort", "only")}
    people = {row["id"] for name in ("sites", "leads") for row in known[name]}
    # Who has no families of their own, such as a supervisor, begins with those of their sites.
    usual = MINE if known["mine"] or request.GET else ALL
    return {
        "whose": asked["whose"] if asked["whose"] in {MINE, ALL, *people} else usual,
        "state": asked["state"] if asked["state"] in STATES else "open",
        "sort": asked["sort"] if asked["sort"] in SORTS else "concern",
        "only": asked["only"] if asked["only"] in {WAITING, *CASELOAD_FILTERS} else "",
        "named": request.GET.get("named", "").strip()[:MAX_NAME_LENGTH],
        "kind": SITE if asked["whose"] in {row["id"] for row in known["sites"]} else LEAD,
    }


def _get_review_path(request: ScopedRequest, chosen: dict[str, str]) -> str:
    """To go through the caseload that is shown family by family, for whoever supervises; "" for nobody's."""
    is_colleagues = chosen["whose"] not in (MINE, ALL, str(request.user.pk)) and chosen["kind"] == LEAD
    may = is_colleagues and request.scope.may("supervise")
    return reverse_cached("caseload-review", chosen["whose"]) if may else ""


def _list_owner_choices(
    request: ScopedRequest, known: dict[str, list[dict[str, Any]]]
) -> list[tuple[str, str]]:
    """Mine, all; each site for those who have more than one; and whoever leads work there."""
    sites = known["sites"] if len(known["sites"]) > 1 else []
    others = [row for row in known["leads"] if row["id"] != str(request.user.pk)]
    return [
        (MINE, f"{request.user} (me)"),
        (ALL, "All sites"),
        *((row["id"], row["name"]) for row in (*sites, *others)),
    ]


def _present_views(
    chosen: dict[str, str], mine: list[dict[str, Any]], waiting: int, on: date
) -> list[dict[str, Any]]:
    """The tabs, with how many of my own families each holds where that is known; of who has none, all their sites'."""
    here = {} if mine else {"whose": ALL}
    counts = (_count_views(mine, on) if mine else {}) | (
        {} if chosen["state"] == "ended" else {WAITING: waiting}
    )
    current = _find_view(chosen)
    return [
        {
            "text": text,
            "href": f"?{urlencode(here | asked)}",
            "count": counts.get(code),
            "current": code == current,
        }
        for code, text, asked in VIEWS
    ]


def present_figures(mine: list[dict[str, Any]], on: date) -> list[dict[str, Any]]:
    """The saved views that count one's own families (``mine``: of ``build_figures_query``), with their addresses."""
    counts = _count_views(mine, on)
    return [
        {"text": text, "href": f"{reverse_cached('caseload')}?{urlencode(asked)}", "count": counts[code]}
        for code, text, asked in VIEWS
        if code in counts
    ]


def _find_view(chosen: dict[str, str]) -> str:
    if chosen["state"] == "ended":
        return "ended"
    return chosen["only"] or (ALL if chosen["whose"] == ALL else MINE)


def _count_views(mine: list[dict[str, Any]], on: date) -> dict[str, int]:
    def is_unseen(row: dict[str, Any]) -> bool:
        seen = parse_datetime(row["seen"])
        since = get_local_day(seen) if seen else date.fromisoformat(row["opened"])
        return since <= on - UNSEEN_AFTER

    goes_on = [row for row in mine if not row["bereaved"]]
    return {
        "mine": len(mine),
        "unseen-28": sum(map(is_unseen, mine)),
        "review": sum(bool(row["review"]) and row["review"] <= on.isoformat() for row in goes_on),
        "no-goal": sum(row["goals"] == 0 for row in goes_on),
    }


def _query_episodes(
    scope: TemplateScope,
    whose: str,
    only: str,
    state: str,
    sort: str,
    on: date,
    of: UUID,
    named: UUID | None = None,
) -> QuerySet[Any]:
    """``whose``: MINE, ALL, or of one SITE or LEAD, whose id stands in ``of``; ``named``: of these families alone."""
    episodes = Episode.objects.with_work().visible_to(scope).select_related("lead").only(*EPISODE_FIELDS)
    coming = Subquery(query_next_appointment(Now()))
    episodes = episodes.annotate(cautions=build_caution_kinds(OuterRef("family")), next_at=coming)
    episodes = episodes.annotate(**_build_order_annotations(sort))
    episodes = episodes.filter(CASELOAD_FILTERS[only][1](on), ended_on__isnull=state == "open")
    if whose == MINE:
        episodes = episodes.filter(_build_mine_q(scope, on))
    elif whose != ALL:
        episodes = episodes.filter(**{whose: of})
    if named is not None:
        episodes = episodes.filter(family_id__in=[named])
    return annotate_family_id(episodes).order_by(*SORTS[sort][1])


def _build_order_annotations(sort: str) -> dict[str, Any]:
    """What that order asks beyond the row itself. The clock is the one kept with what is due (due_cache)."""
    if sort == "name":
        babies = Infant.objects.live().active().filter(family=OuterRef("family"))
        return {"first_name": Subquery(babies.order_by("birth_date", "twin_order").values("given_name")[:1])}
    if sort != "concern":
        return {}
    alerts = RiskAlert.objects.live().open().filter(family=OuterRef("family"))
    near = CachedEpisode.objects.filter(family_id=OuterRef("family_id"), episode_id=OuterRef("pk"))
    days = Cast(KeyTextTransform("days", "clock"), IntegerField())
    return {
        "worried": Exists(alerts),
        "clock_days": Subquery(near.filter(clock__speak=True).values(days=days)[:1]),
    }


def _query_unopened(scope: TemplateScope, whose: str, of: UUID) -> QuerySet[Any]:
    """Accepted referrals without an episode, shown to everyone until somebody opens it."""
    accepted = Referral.objects.visible_to(scope).waiting_to_start()
    accepted = accepted.annotate(cautions=build_caution_kinds(OuterRef("family")))
    if whose == SITE:
        accepted = accepted.filter(family__site=of)
    return annotate_family_id(accepted).select_related("family__site").order_by("decided_at", "received_at")


_EPISODES, _UNOPENED = map(PreparedQuery, (_query_episodes, _query_unopened))
_UNDECIDED_VISITS = PreparedQuery(_query_undecided_visits)
_CHOICES_BATCH = PreparedBatch(_build_choice_queries)


def _list_waiting(request: ScopedRequest, chosen: dict[str, str], on: date) -> list[dict[str, Any]]:
    """The rows of families who wait for their episode, for their own view."""
    if chosen["only"] != WAITING or chosen["state"] == "ended":
        return []
    whose, of = _split_owner(chosen)
    found = list_prepared(request, _UNOPENED, whose, of=of)
    lines = load_family_lines((each.family_id for each in found), on)
    return [build_unopened_row(each, lines[each.family_id], on, request.scope) for each in found]


def _count_waiting(request: ScopedRequest, chosen: dict[str, str], listed: list[dict[str, Any]]) -> int:
    """How many wait: without reading them, where they are not shown."""
    if chosen["only"] == WAITING or chosen["state"] == "ended":
        return len(listed)
    whose, of = _split_owner(chosen)
    return _UNOPENED.count(request.scope, whose, of=of)


def _get_episode_page(request: ScopedRequest, chosen: dict[str, str], on: date) -> Page:
    if chosen["only"] == WAITING:
        return Paginator([], PER_PAGE).get_page(1)
    choices, values = _build_query_choices(request, chosen)
    return get_prepared_page(request, _EPISODES, *choices, on, **values, per_page=PER_PAGE)


def _list_all_episodes(request: ScopedRequest, chosen: dict[str, str], on: date) -> list[Any]:
    choices, values = _build_query_choices(request, chosen)
    return list_prepared(request, _EPISODES, *choices, on, **values)[:MAX_ROWS_ON_PAPER]


def _build_query_choices(
    request: ScopedRequest, chosen: dict[str, str]
) -> tuple[tuple[str, ...], dict[str, Any]]:
    """What changes the SQL, and the ids it asks for; a name that was typed is looked up first."""
    whose, of = _split_owner(chosen)
    named = {"named": list_families_named(request.scope, chosen["named"])} if chosen["named"] else {}
    return (whose, chosen["only"], chosen["state"], chosen["sort"]), {"of": of} | named


def _split_owner(chosen: dict[str, str]) -> tuple[str, UUID]:
    """(whose, the id of the site or the lead): the same query whichever it is."""
    if chosen["whose"] in (MINE, ALL):
        return chosen["whose"], NO_ID
    return chosen["kind"], UUID(chosen["whose"])


def _load_due_and_statuses(request: ScopedRequest, on: date, episodes: Any) -> tuple[Any, ...]:
    """{family: what is due for it, the most pressing first}, and {episode: how it stands}."""
    families, due = [episode.family_id for episode in episodes], defaultdict(list)
    items, statuses = list_work_for_families(request.scope, on, families) if families else ([], {})
    for item in sorted(items, key=lambda item: KINDS.index(item.kind)):
        due[item.family_id].append(item)
    return due, statuses
