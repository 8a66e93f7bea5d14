"""The caseload: families waiting for their episode, then episodes with what one asks of each."""

from collections import defaultdict

from django.db.models import F, OuterRef, Q, Subquery, prefetch_related_objects
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from interventions.diary.models import next_appointment
from interventions.episodes.due import day_of, thought_needed
from interventions.episodes.models import Episode
from interventions.plans.models import co_worked
from outcomes.standing import Standing, standing
from pairs.access import policy
from pairs.access.asking import PreparedBatch
from pairs.access.fetch import fetch_list, fetch_page
from pairs.families.banner import family_name
from pairs.families.models import Infant, caution_kinds
from pairs.service.models import Site
from pairs.service.pages import age, short_day
from referrals.models import Referral
from reporting.desk.waits import missing, waiting
from reporting.desk.worklist import LISTS, everything_due

MINE, ALL = "mine", "all"
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
ONLY = {
    "": ("Everybody", lambda on: Q()),
    "unseen": ("Not seen yet", lambda on: Q(last_seen_at=None)),
    "no-plan": ("No plan agreed yet", lambda on: Q(plan_agreed_on=None)),
    "review": ("Plan to look at now", lambda on: Q(review_on__lte=on)),
    "no-goal": ("No goal yet", lambda on: Q(live_goals=0)),
}
PRESSING = [kind for kind, *_ in LISTS]


@policy.permission("read_families")
def caseload(request):
    """My families, or my sites'; whose, which and in what order stand in the address and survive a reload."""
    on, chosen = timezone.localdate(), _chosen(request)
    to_open = [] if chosen["state"] == "ended" else fetch_list(request, _to_open(chosen))
    page = fetch_page(request, _episodes(request, chosen, on))
    _with_infants([*to_open, *page.object_list])
    due = _due(request, on, page.object_list)
    clocks, pairs = _clocks_and_pairs(request, on, page.object_list)
    rows = [
        _row(episode, on, request.scope, due=due[episode.family_id], clock=clocks.get(episode.pk))
        | {"pair": pairs.get(episode.pk)}
        for episode in page.object_list
    ]
    context = {
        "waiting": [_waiting_row(referral, on, request.scope) for referral in to_open],
        "rows": rows,
        "page": page,
        "chosen": chosen,
        "whose": _whose(request),
        "sorts": [(name, words) for name, (words, _) in SORTS.items()],
        "states": list(STATES.items()),
        "only": [(name, words) for name, (words, _) in ONLY.items()],
    }
    return render(request, "desk/caseload.html", context)


def _chosen(request):
    """Whose, which and in what order, as the address says; what it does not know is as usual."""
    asked = {name: request.GET.get(name, "") for name in ("whose", "state", "sort", "only")}
    sites = {str(pk) for pk in request.scope.sites("read_families")}
    return {
        "whose": asked["whose"] if asked["whose"] in {ALL, *sites} else MINE,
        "state": asked["state"] if asked["state"] in STATES else "open",
        "sort": asked["sort"] if asked["sort"] in SORTS else "opened",
        "only": asked["only"] if asked["only"] in ONLY else "",
    }


def _whose(request):
    """Mine, all; and each site for those who have more than one."""
    ids = request.scope.sites("read_families")
    sites = Site.objects.filter(pk__in=ids) if len(ids) > 1 else []
    return [(MINE, "My families"), (ALL, "All I may see"), *((str(site.pk), site.name) for site in sites)]


def _episodes(request, chosen, on):
    episodes = Episode.objects.with_work().select_related("family", "lead", "site")
    coming = Subquery(next_appointment(timezone.now()))
    episodes = episodes.annotate(cautions=caution_kinds(OuterRef("family")), next_at=coming)
    episodes = episodes.filter(ONLY[chosen["only"]][1](on), ended_on__isnull=chosen["state"] == "open")
    if chosen["whose"] == MINE:
        episodes = episodes.filter(
            Q(lead=request.user) | Q(pk__in=co_worked(request.user, timezone.localdate()))
        )
    elif chosen["whose"] != ALL:
        episodes = episodes.filter(site=chosen["whose"])
    return episodes.order_by(*SORTS[chosen["sort"]][1])


def _to_open(chosen):
    """Accepted, and nobody has opened the episode: everybody's until it is somebody's."""
    accepted = Referral.objects.filter(status="accepted", episode=None).exclude(family=None)
    accepted = accepted.annotate(cautions=caution_kinds(OuterRef("family")))
    if chosen["whose"] not in (MINE, ALL):
        accepted = accepted.filter(family__site=chosen["whose"])
    return accepted.select_related("family__site").order_by("decided_at", "received_at")


def _with_infants(rows):
    """Everybody's infants in one query."""
    families = [row.family for row in rows]
    prefetch_related_objects(families, "infants")
    for family in families:
        family.babies = [each for each in family.infants.all() if not each.is_out_of_sight]


def _due(request, on, episodes):
    """{family: what is due for it, the most pressing first}."""
    families, due = [episode.family_id for episode in episodes], defaultdict(list)
    for item in everything_due(request.scope, on, families) if families else []:
        due[item.family_id].append(item)
    for items in due.values():
        items.sort(key=lambda item: PRESSING.index(item.kind))
    return due


def _clocks_and_pairs(request, on, episodes):
    """({episode: its four weeks, while they run}, {episode: how its pair stands}), in one query."""
    families = [episode.family_id for episode in episodes if not episode.ended_on]
    found = _CLOCKS_AND_PAIRS.answers(request.scope, on, families=families) if families else []
    pairs = {each.episode: each for each in found if isinstance(each, Standing)}
    return {each.episode: each for each in found if not isinstance(each, Standing) and each.episode}, pairs


_CLOCKS_AND_PAIRS = PreparedBatch(
    lambda scope, on, families: [waiting(scope, on, [families]), standing(scope, [families])]
)


def _ages(family, on):
    return ", ".join(_age(infant, on) for infant in family.babies)


def _age(infant: Infant, on):
    if infant.lost_on:
        return infant.get_loss_display()
    return age(infant.birth_date, on) if infant.birth_date else f"due {short_day(infant.estimated_due_date)}"


def _waiting_row(referral, on, scope):
    since = timezone.localdate(referral.decided_at or referral.received_at)
    may = scope.may("write_records", at=referral.family.site_id, of=referral.family_id)
    return {
        "name": family_name(referral.family),
        "ages": _ages(referral.family, on),
        "cautions": referral.cautions,
        "family_href": reverse("family", args=[referral.family_id]),
        "site": referral.family.site,
        "days": (on - since).days,
        "href": reverse("open-episode", args=[referral.pk]) if may else None,
    }


def _row(episode, on, scope, *, due, clock):
    may = scope.may("write_records", at=episode.site_id, of=episode.family_id) and not episode.ended_on
    newest = episode.attendances[0] if episode.attendances else None
    return {
        "name": family_name(episode.family),
        "ages": _ages(episode.family, on),
        "cautions": episode.cautions,
        "family_href": reverse("family", args=[episode.family_id]),
        "episode_href": reverse("episode", args=[episode.pk]),
        "lead": episode.lead,
        "days_open": ((episode.ended_on or on) - episode.opened_on).days,
        "ended": episode.ended_on,
        "days_since_seen": (on - timezone.localdate(episode.last_seen_at)).days
        if episode.last_seen_at
        else None,
        "newest": {"day": day_of(newest["at"]), "attendance": newest["attendance"]} if newest else None,
        "thought": "" if episode.ended_on else thought_needed(episode.attendances)[0],
        "next_at": episode.next_at,
        "goals": episode.live_goals,
        "clock": _clock(clock, on) if clock else None,
        "plan_agreed_on": episode.plan_agreed_on,
        "review_on": episode.review_on,
        "due": [{"title": item.title, "href": item.href, "kind": item.kind} for item in due],
        "contact_href": reverse("new-contact", args=[episode.pk]) if may else None,
        "book_href": reverse("new-appointment", args=[episode.pk]) if may else None,
    }


def _clock(each, on):
    """The day of the four weeks, and what they still ask for."""
    return {"days": each.clock.days(on), "missing": missing(each), "speak": each.clock.speak_on <= on}
