"""Made-up groups and films: one programme a site with a family of another's in it, and cycles of filming.

Written through the apps' own actions for a few families with ongoing work.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from interventions.episodes.models import Episode, Intervention
from interventions.episodes.rules import Location
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
from interventions.groups.actions.registers import RegisterLine
from interventions.groups.forms.places import list_usual_guests
from interventions.groups.models import GroupPlace, Programme
from interventions.groups.roster import list_expected_people
from pairs.demo.acts import act_as
from pairs.demo.scenarios.context import select_families
from pairs.demo.scenarios.records import FamilyScenario
from pairs.families.models import Infant
from pairs.service.models import User

CIRCLE_OF_SECURITY, VIDEO_GUIDANCE = "circle-of-security-8-group", "video-interaction-guidance"
GROUP_LEADS = ("blackburn", "hyndburn", "hub")
PLACES_PER_GROUP, FILMS_PER_LEAD = 5, 4
SESSIONS_BEFORE, SESSIONS = 3, 8
SESSION_NOTES = (
    "The group met for the first time. People were quiet at first and stayed for tea.",
    "We watched two short films of babies asking to be close. Many knew the moment from home.",
    "Lively. The talk was about being tired, and about what helps.",
)
REGISTER_LINES = (
    "They sat by the door at first, and stayed to the end.",
    "He crawled away to look and came back to be held; she saw both.",
    "She put into words what her baby's turning away might say.",
    "",
)
MISSED_NOTE = "Rang in the morning: a cold at home."


def seed_groups(lives: list[FamilyScenario]) -> int:
    """Groups and films of the demo; how many groups there are."""
    episodes = _group_episodes_by_lead(select_families(lives))
    for username in GROUP_LEADS:
        for number, episode in enumerate(episodes[username][:FILMS_PER_LEAD]):
            with act_as(episode.lead_id):
                _seed_film_cycle(episode, number)
    groups = [_seed_group(username, episodes) for username in GROUP_LEADS if len(episodes[username]) > 1]
    return len(groups)


def _group_episodes_by_lead(lives: list[FamilyScenario]) -> dict[str, list[Episode]]:
    """Open episodes of the cast, whose babies are born and alive."""
    people = ("focus__infant", "focus__caregiver")
    found = Episode.objects.select_related("lead", "family", "referral").prefetch_related(*people)
    held = found.in_bulk([life.work.id for life in lives if life.work.lead in GROUP_LEADS])
    by_lead = defaultdict(list)
    for life in lives:
        if life.work.id in held and all(
            _is_born_and_living(dyad.infant) for dyad in held[life.work.id].focus.all()
        ):
            by_lead[life.work.lead].append(held[life.work.id])
    return by_lead


def _is_born_and_living(infant: Infant) -> bool:
    return bool(infant.birth_date and not infant.lost_on and not infant.is_hidden)


def _seed_film_cycle(episode: Episode, number: int) -> FilmCycle:
    """One cycle each, at another stage: agreed, filmed, watched and due, deleted."""
    on, by, dyad = timezone.localdate(), episode.lead, episode.focus.all()[0]
    film = begin_film_cycle(
        episode=episode,
        dyad=dyad,
        intervention=Intervention.objects.get(code=VIDEO_GUIDANCE),
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


def _seed_group(username: str, episodes: dict[str, list[Episode]]) -> Programme:
    """A programme under way: three sessions registered, one cancelled, the rest to come."""
    mine = episodes[username][-PLACES_PER_GROUP:]
    by, site = mine[0].lead, mine[0].site
    guest = next(
        (episodes[other][-1] for other in GROUP_LEADS if other != username and episodes[other]), None
    )
    with act_as(by.pk):
        programme = begin_programme(
            name=f"Circle of Security, {site.name}",
            intervention=Intervention.objects.get(code=CIRCLE_OF_SECURITY),
            site=site,
            sites=[guest.site] if guest else [],
            capacity=8,
            starts=_list_session_times(),
            minutes=120,
            location=Location.FAMILY_HUB,
            room="Family room",
            by=by,
        )
        add_facilitator(
            programme=programme, user=None, name="Pat Exampleton", organisation="Example Nursery", by=by
        )
        for episode in mine:
            _join_group(programme, episode, by)
    if guest:
        with act_as(guest.lead_id):
            _join_group(programme, guest, guest.lead)
    with act_as(by.pk):
        _hold_sessions(programme, by)
    return programme


def _list_session_times() -> list[datetime]:
    """Each Tuesday at ten, some of them past."""
    today = timezone.localdate()
    first = today - timedelta(days=(today.weekday() - 1) % 7 or 7) - timedelta(weeks=SESSIONS_BEFORE)
    return [
        timezone.make_aware(datetime.combine(first + timedelta(weeks=week), time(10)))
        for week in range(SESSIONS)
    ]


def _join_group(programme: Programme, episode: Episode, by: User) -> None:
    start = timezone.localdate(programme.sessions.first().starts_at)
    join_group(
        programme=programme,
        episode=episode,
        people=list_usual_guests(episode),
        joined_on=max(episode.opened_on, start),
        by=by,
    )


def _hold_sessions(programme: Programme, by: User) -> None:
    """The sessions so far but the newest, which is due to be registered; and the last of all is cancelled."""
    sessions = list(programme.sessions.order_by("starts_at"))
    for number, session in enumerate(sessions[:SESSIONS_BEFORE]):
        day = timezone.localdate(session.starts_at)
        places = GroupPlace.objects.on(day).filter(programme=programme).with_people().order_by("pk")
        lines = [_build_register_line(place, day, number + order) for order, place in enumerate(places)]
        record_register(
            session=session, lines=[line for line in lines if line.came], note=SESSION_NOTES[number], by=by
        )
    cancel_session(session=sessions[-1], because="The hub is closed for the holidays", by=by)


def _build_register_line(place: GroupPlace, day: date, number: int) -> RegisterLine:
    people = [(person, usual) for person, usual in list_expected_people(place, day) if usual]
    if number % 5 == 4:
        gone = {"infant": "not_brought", "caregiver": "did_not_attend"}
        return RegisterLine(
            place, [(person, gone[person._meta.model_name]) for person, _ in people], MISSED_NOTE
        )
    return RegisterLine(place, people, REGISTER_LINES[number % len(REGISTER_LINES)])
