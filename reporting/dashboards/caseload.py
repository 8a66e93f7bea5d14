"""The caseload: families waiting for their episode, then episodes with what one asks of each."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from interventions.diary.models import query_next_appointment
from interventions.episodes.due import assess_missed_contacts, to_local_day
from interventions.episodes.models import Episode
from interventions.episodes.models.episodes import EpisodeQuerySet
from interventions.plans.models import query_co_worked_episodes
from pairs.access import policy
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.requests import ScopedRequest
from pairs.access.scope import NOBODY, FamiliesScope, Scope, TemplateScope
from pairs.access.visible_records import annotate_family_id, get_prepared_page, list_prepared
from pairs.families.banner import join_infant_names
from pairs.families.due import DueItem
from pairs.families.models import Infant, build_caution_kinds
from pairs.service.models import Site
from pairs.web.jinja_environment import format_age, format_short_day
from pairs.web.url_cache import reverse_cached
from referrals.models import Referral
from referrals.models.referral import ReferralQuerySet
from referrals.rules.choices import ReferralState
from reporting.dashboards.due_cache import KINDS, list_work_for_families
from reporting.dashboards.episode_status import EpisodeStatus

MINE, ALL = "mine", "all"
NO_SITE = UUID(int=0)  # where the query asks for none
# name in the address → (words, order)
SORTS = {
    "opened": ("Longest open first", ("opened_on", "id")),
    "newest": ("Newest first", ("-opened_on", "id")),
    "seen": ("Longest since seen first", (F("last_seen_at").asc(nulls_first=True), "id")),
    "review": ("Plan to look at soonest", (F("review_on").asc(nulls_last=True), "id")),
    "goals": ("Fewest goals first", ("live_goals", "id")),
}
STATES = {"open": "Open", "ended": "Ended"}
# name in the address → (words, which episodes on that day)
CASELOAD_FILTERS = {
    "": ("Everybody", lambda on: Q()),
    "unseen": ("Not seen yet", lambda on: Q(last_seen_at=None)),
    "no-plan": ("No plan agreed yet", lambda on: Q(plan_agreed_on=None)),
    "review": ("Plan to look at now", lambda on: Q(review_on__lte=on)),
    "no-goal": ("No goal yet", lambda on: Q(live_goals=0)),
}


@policy.permission("read_families")
def show_caseload(request: ScopedRequest) -> HttpResponse:
    """My families, or my sites'; whose, which and in what order stand in the address and survive a reload."""
    on, chosen = timezone.localdate(), _read_choices(request)
    to_open, page = _list_unopened(request, chosen), _get_episode_page(request, chosen, on)
    _attach_infants([*to_open, *page.object_list])
    due, statuses = _load_due_and_statuses(request, on, page.object_list)
    rows = [
        _build_episode_row(
            episode, on, request.scope, due=due[episode.family_id], status=statuses.get(episode.pk)
        )
        for episode in page.object_list
    ]
    context = {
        "waiting": [_build_unopened_row(referral, on, request.scope) for referral in to_open],
        "rows": rows,
        "page": page,
        "chosen": chosen,
        "whose": _list_owner_choices(request),
        "sorts": [(name, words) for name, (words, _) in SORTS.items()],
        "states": list(STATES.items()),
        "only": [(name, words) for name, (words, _) in CASELOAD_FILTERS.items()],
    }
    return render(request, "dashboards/caseload.html", context)


def _read_choices(request: ScopedRequest) -> dict[str, str]:
    """Owner, state, sort and filter from the query string; unknown values fall back to the defaults."""
    asked = {name: request.GET.get(name, "") for name in ("whose", "state", "sort", "only")}
    sites = {str(pk) for pk in request.scope.sites("read_families")}
    return {
        "whose": asked["whose"] if asked["whose"] in {ALL, *sites} else MINE,
        "state": asked["state"] if asked["state"] in STATES else "open",
        "sort": asked["sort"] if asked["sort"] in SORTS else "opened",
        "only": asked["only"] if asked["only"] in CASELOAD_FILTERS else "",
    }


def _list_owner_choices(request: ScopedRequest) -> list[tuple[str, str]]:
    """Mine, all; and each site for those who have more than one."""
    ids = request.scope.sites("read_families")
    sites = Site.objects.filter(pk__in=ids) if len(ids) > 1 else []
    return [(MINE, "My families"), (ALL, "All I may see"), *((str(site.pk), site.name) for site in sites)]


def _query_episodes(
    scope: TemplateScope, whose: str, only: str, state: str, sort: str, on: date, site: UUID
) -> EpisodeQuerySet:
    """``whose``: MINE, ALL, or any other word for one site, whose id stands in ``site``."""
    episodes = Episode.objects.with_work().visible_to(scope).select_related("family", "lead", "site")
    coming = Subquery(query_next_appointment(Now()))
    episodes = episodes.annotate(cautions=build_caution_kinds(OuterRef("family")), next_at=coming)
    episodes = episodes.filter(CASELOAD_FILTERS[only][1](on), ended_on__isnull=state == "open")
    if whose == MINE:
        co_worked_by_me = Q(pk__in=query_co_worked_episodes(scope.user_id, on))
        episodes = episodes.filter(Q(lead=scope.user_id) | co_worked_by_me)
    elif whose != ALL:
        episodes = episodes.filter(site=site)
    return annotate_family_id(episodes).order_by(*SORTS[sort][1])


def _query_unopened(scope: TemplateScope, whose: str, site: UUID) -> ReferralQuerySet:
    """Accepted referrals without an episode, shown to everyone until somebody opens it."""
    accepted = (
        Referral.objects.visible_to(scope)
        .filter(status=ReferralState.ACCEPTED, episode=None)
        .exclude(family=None)
    )
    accepted = accepted.annotate(cautions=build_caution_kinds(OuterRef("family")))
    if whose not in (MINE, ALL):
        accepted = accepted.filter(family__site=site)
    return annotate_family_id(accepted).select_related("family__site").order_by("decided_at", "received_at")


def _query_infants(_: TemplateScope, families: UUID) -> QuerySet[Any]:
    """Everybody's infants: the caller has fetched their families in scope."""
    return Infant.objects.visible_to(FamiliesScope(families)).order_by("birth_date", "twin_order")


_EPISODES, _UNOPENED, _INFANTS = map(PreparedQuery, (_query_episodes, _query_unopened, _query_infants))


def _list_unopened(request: ScopedRequest, chosen: dict[str, str]) -> list[Referral]:
    if chosen["state"] == "ended":
        return []
    whose, site = _split_site_choice(chosen)
    return list_prepared(request, _UNOPENED, whose, site=site)


def _get_episode_page(request: ScopedRequest, chosen: dict[str, str], on: date) -> Page:
    whose, site = _split_site_choice(chosen)
    choices = (whose, chosen["only"], chosen["state"], chosen["sort"])
    return get_prepared_page(request, _EPISODES, *choices, on, site=site)


def _split_site_choice(chosen: dict[str, str]) -> tuple[str, UUID]:
    """(whose, the site's id): the same query whichever site it is."""
    is_site = chosen["whose"] not in (MINE, ALL)
    return ("site", UUID(chosen["whose"])) if is_site else (chosen["whose"], NO_SITE)


def _attach_infants(rows: list[Any]) -> None:
    """Everybody's infants in one query."""
    babies = defaultdict(list)
    families = list({row.family_id for row in rows})
    for infant in _INFANTS.rows(NOBODY, families=families) if families else ():
        babies[infant.family_id].append(infant)
    for row in rows:
        row.family.babies = babies[row.family_id]


def _load_due_and_statuses(request: ScopedRequest, on: date, episodes: Any) -> tuple[Any, ...]:
    """{family: what is due for it, the most pressing first}, and {episode: how it stands}."""
    families, due = [episode.family_id for episode in episodes], defaultdict(list)
    items, statuses = list_work_for_families(request.scope, on, families) if families else ([], {})
    for item in sorted(items, key=lambda item: KINDS.index(item.kind)):
        due[item.family_id].append(item)
    return due, statuses


def _format_ages(family: Any, on: date) -> str:
    return ", ".join(_format_age(infant, on) for infant in family.babies)


def _format_age(infant: Infant, on: date) -> str:
    if infant.lost_on:
        return infant.get_loss_display()
    return (
        format_age(infant.birth_date, on)
        if infant.birth_date
        else f"due {format_short_day(infant.estimated_due_date)}"
    )


def _build_unopened_row(referral: Any, on: date, scope: Scope) -> dict[str, Any]:
    since = timezone.localdate(referral.decided_at or referral.received_at)
    may = scope.may("write_records", at=referral.family.site_id, of=referral.family_id)
    return {
        "name": join_infant_names(referral.family.babies),
        "ages": _format_ages(referral.family, on),
        "cautions": referral.cautions,
        "family_href": reverse_cached("family", referral.family_id),
        "site": referral.family.site,
        "days": (on - since).days,
        "href": reverse_cached("open-episode", referral.pk) if may else None,
    }


def _build_episode_row(
    episode: Any, on: date, scope: Scope, *, due: list[DueItem], status: EpisodeStatus | None
) -> dict[str, Any]:
    may = scope.may("write_records", at=episode.site_id, of=episode.family_id) and not episode.ended_on
    newest = episode.attendances[0] if episode.attendances else None
    return {
        "name": join_infant_names(episode.family.babies),
        "ages": _format_ages(episode.family, on),
        "cautions": episode.cautions,
        "family_href": reverse_cached("family", episode.family_id),
        "episode_href": reverse_cached("episode", episode.pk),
        "lead": episode.lead,
        "days_open": ((episode.ended_on or on) - episode.opened_on).days,
        "ended": episode.ended_on,
        "days_since_seen": (on - timezone.localdate(episode.last_seen_at)).days
        if episode.last_seen_at
        else None,
        "newest": {"day": to_local_day(newest["at"]), "attendance": newest["attendance"]} if newest else None,
        "thought": "" if episode.ended_on else assess_missed_contacts(episode.attendances)[0],
        "next_at": episode.next_at,
        "goals": episode.live_goals,
        "clock": status and status.clock,
        "pair": status and status.pair,
        "plan_agreed_on": episode.plan_agreed_on,
        "review_on": episode.review_on,
        "due": [{"title": item.title, "href": item.href, "kind": item.kind} for item in due],
        "contact_href": reverse_cached("new-contact", episode.pk) if may else None,
        "book_href": reverse_cached("new-appointment", episode.pk) if may else None,
    }
