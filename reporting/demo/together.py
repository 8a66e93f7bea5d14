"""Made-up groups and films: one programme a site with a family of another's in it, and cycles of filming.

Written through the rooms' own actions for a few of the families that go on, so it is what they would have written.
"""

from collections import defaultdict
from datetime import datetime, time, timedelta

import pghistory
from django.utils import timezone

from interventions.episodes.models import Episode, Intervention
from interventions.filming.actions import (
    begin_film_cycle,
    record_deletion,
    record_filming,
    record_shared_review,
)
from interventions.filming.models import FilmCycle
from interventions.groups.actions import (
    add_facilitator,
    begin_programme,
    cancel_session,
    join_group,
    record_register,
)
from interventions.groups.actions.registers import Line
from interventions.groups.forms.places import usual_guests
from interventions.groups.models import GroupPlace, Programme
from interventions.groups.roster import people_of
from pairs.service.models import User
from reporting.demo.around import fitting
from reporting.demo.lives import Life

COS, VIG = "circle-of-security-8-group", "video-interaction-guidance"
CAST = ("blackburn", "hyndburn", "hub")
A_SITE, FILMED = 5, 4
SESSIONS_BEFORE, SESSIONS = 3, 8
NOTES = (
    "The group met for the first time. People were quiet at first and stayed for tea.",
    "We watched two short films of babies asking to be close. Many knew the moment from home.",
    "Lively. The talk was about being tired, and about what helps.",
)
LINES = (
    "They sat by the door at first, and stayed to the end.",
    "He crawled away to look and came back to be held; she saw both.",
    "She put into words what her baby's turning away might say.",
    "",
)
MISSED = "Rang in the morning: a cold at home."


def bring_together(lives: list[Life]) -> int:
    """Groups and films of the demo; how many groups there are."""
    episodes = _by_lead(fitting(lives))
    for username in CAST:
        for number, episode in enumerate(episodes[username][:FILMED]):
            with pghistory.context(user=str(episode.lead_id)):
                _film(episode, number)
    groups = [_group(username, episodes) for username in CAST if len(episodes[username]) > 1]
    return len(groups)


def _by_lead(lives: list[Life]) -> dict[str, list[Episode]]:
    """Open episodes of the cast, whose babies are born and alive."""
    people = ("focus__infant", "focus__caregiver")
    found = Episode.objects.select_related("lead", "family", "referral").prefetch_related(*people)
    held = found.in_bulk([life.work.id for life in lives if life.work.lead in CAST])
    by_lead = defaultdict(list)
    for life in lives:
        if life.work.id in held and all(_goes_on(dyad.infant) for dyad in held[life.work.id].focus.all()):
            by_lead[life.work.lead].append(held[life.work.id])
    return by_lead


def _goes_on(infant) -> bool:
    return bool(infant.birth_date and not infant.lost_on and not infant.is_out_of_sight)


def _film(episode: Episode, number: int) -> FilmCycle:
    """One cycle each, at another stage: agreed, filmed, watched and due, deleted."""
    on, by, dyad = timezone.localdate(), episode.lead, episode.focus.all()[0]
    film = begin_film_cycle(
        episode=episode,
        dyad=dyad,
        intervention=Intervention.objects.get(code=VIG),
        consent_by=dyad.caregiver,
        consented_on=max(episode.opened_on, on - timedelta(days=40)),
        consent_for="To be filmed at home, and to watch it with us. Nobody else sees it.",
        by=by,
    )
    filmed_on = max(film.consented_on, on - timedelta(days=33))
    if number:
        kept = {
            "kept_where": "Encrypted camera 2, locked cupboard",
            "delete_by": on + timedelta(days=-3 + number),
        }
        film = record_filming(
            film=film, filmed_on=filmed_on, by=by, **kept | {"delete_by": max(filmed_on, kept["delete_by"])}
        )
    if number > 1:
        film = record_shared_review(film=film, reviewed_on=max(filmed_on, on - timedelta(days=26)), by=by)
    return record_deletion(film=film, deleted_on=on, by=by) if number > 2 else film


def _group(username: str, episodes: dict[str, list[Episode]]) -> Programme:
    """A programme under way: three sessions registered, one cancelled, the rest to come."""
    mine = episodes[username][-A_SITE:]
    by, site = mine[0].lead, mine[0].site
    guest = next((episodes[other][-1] for other in CAST if other != username and episodes[other]), None)
    with pghistory.context(user=str(by.pk)):
        programme = begin_programme(
            name=f"Circle of Security, {site.name}",
            intervention=Intervention.objects.get(code=COS),
            site=site,
            sites=[guest.site] if guest else [],
            capacity=8,
            starts=_weeks(),
            minutes=120,
            location="K01",
            room="Family room",
            by=by,
        )
        add_facilitator(
            programme=programme, user=None, name="Pat Exampleton", organisation="Example Nursery", by=by
        )
        for episode in mine:
            _join(programme, episode, by)
    if guest:
        with pghistory.context(user=str(guest.lead_id)):
            _join(programme, guest, guest.lead)
    with pghistory.context(user=str(by.pk)):
        _hold(programme, by)
    return programme


def _weeks() -> list[datetime]:
    """Each Tuesday at ten, some of them past."""
    today = timezone.localdate()
    first = today - timedelta(days=(today.weekday() - 1) % 7 or 7) - timedelta(weeks=SESSIONS_BEFORE)
    return [
        timezone.make_aware(datetime.combine(first + timedelta(weeks=week), time(10)))
        for week in range(SESSIONS)
    ]


def _join(programme: Programme, episode: Episode, by: User) -> None:
    start = timezone.localdate(programme.sessions.first().starts_at)
    join_group(
        programme=programme,
        episode=episode,
        people=usual_guests(episode),
        joined_on=max(episode.opened_on, start),
        by=by,
    )


def _hold(programme: Programme, by: User) -> None:
    """The sessions so far but the newest, which is due to be registered; and the last of all is cancelled."""
    sessions = list(programme.sessions.order_by("starts_at"))
    for number, session in enumerate(sessions[:SESSIONS_BEFORE]):
        day = timezone.localdate(session.starts_at)
        places = GroupPlace.objects.on(day).filter(programme=programme).with_people().order_by("pk")
        lines = [_line(place, number + order) for order, place in enumerate(places)]
        record_register(
            session=session, lines=[line for line in lines if line.came], note=NOTES[number], by=by
        )
    cancel_session(session=sessions[-1], because="The hub is closed for the holidays", by=by)


def _line(place: GroupPlace, number: int) -> Line:
    people = [(person, usual) for person, usual in people_of(place) if usual]
    if number % 5 == 4:
        gone = {"infant": "not_brought", "caregiver": "did_not_attend"}
        return Line(place, [(person, gone[person._meta.model_name]) for person, _ in people], MISSED)
    return Line(place, people, LINES[number % len(LINES)])
