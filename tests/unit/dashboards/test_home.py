"""Home: today's visits, what needs somebody now, and their families in numbers."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.diary.actions import cancel_appointment
from interventions.episodes.models import Episode
from interventions.supervision.models import CaseDecision, SupervisionSession
from pairs.families.models import RiskAlert
from reporting.dashboards.today import describe_day
from tests.unit.diary.factories import get_time, make_visit
from tests.unit.episodes.factories import make_contact, make_episode


@pytest.fixture
def me(cast, client):
    client.force_login(cast["blackburn"])
    return cast["blackburn"]


def get_home(client):
    answer = client.get(reverse("home"))
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[1]).split())


def make_visit_today(episode, me, **other):
    """One that has not begun: in an hour, or in the last minute of the day."""
    now = timezone.localtime()
    at = min(now + timedelta(hours=1), now.replace(hour=23, minute=59))
    return make_visit(episode, me, days=0, hour=at.hour, minute=at.minute, **other)


def test_todays_visit_says_who_where_what_to_remember_and_how_to_reach_them(me, client):
    episode = make_episode(me)
    episode.family.caregivers.get().change(may_text=True, may_call=False)
    make_contact(episode, me, notes={"next": "Bring the photographs"})
    row = make_visit_today(episode, me, travel_minutes=20)
    page = get_home(client)
    assert "One visit today; the next is at" in page
    for words in ("Bring the photographs", "Text.", "Never call", "Before you visit", "leave by"):
        assert words in page, words
    assert reverse("visit-before-you-knock", args=[row.pk]) in client.get(reverse("home")).content.decode()


def test_a_visit_that_is_over_is_to_be_written_up_and_a_cancelled_one_to_be_booked_anew(me, client):
    past = make_visit(make_episode(me), me, days=0, hour=0)
    cancelled = make_visit_today(make_episode(me, reference="C"), me)
    cancel_appointment(appointment=cancelled, whose="cancelled_family", why="A cold", by=me)
    html = client.get(reverse("home")).content.decode()
    assert reverse("write-up", args=[past.pk]) in html
    assert f'{reverse("new-appointment", args=[cancelled.episode_id])}">Rebook' in html
    assert "One visit today." in get_home(client)


def test_without_a_visit_it_says_when_the_next_one_is(me, client):
    make_visit(make_episode(me), me, days=3, hour=10)
    assert f"No visits today. The next is {get_time(3, 10):%a %-d %b} 10:00." in get_home(client)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "No visits today."),
        ([("planned", "")], "One visit today."),
        ([("planned", ""), ("cancelled_family", "")], "One visit today."),
        (
            [("planned", ""), ("planned", ""), ("planned", "A loss is recorded.")],
            "Two visits today. One visit to keep or cancel.",
        ),
        ([("planned", "The episode has ended.")], "No visits today. One visit to keep or cancel."),
        ([("planned", "")] * 12, "12 visits today."),
    ],
)
def test_the_days_sentence_counts_every_visit_that_the_list_shows(rows, said):
    visits = [{"status": status, "stopped": stopped, "next": False} for status, stopped in rows]
    assert describe_day(visits, None) == said


def test_somebody_elses_visits_are_not_mine(cast, me, client):
    make_visit_today(make_episode(cast["supervisor"]), cast["supervisor"])
    assert "No visits today." in get_home(client)


def test_what_needs_me_names_the_family_and_safety_comes_first(me, client):
    episode = make_episode(me)
    RiskAlert.objects.create(
        family=episode.family, site=episode.site, what="Ring before you go", raised_by=me
    )
    page = get_home(client)
    needs = page[page.index("Needs you now") :]
    name = episode.family.infants.get().name
    assert needs.index(name) < needs.index("Safety") < needs.index("Review alert")


def test_what_was_agreed_in_supervision_is_ticked_off_where_it_is_seen(cast, me, client):
    family = make_episode(me).family
    session = SupervisionSession.objects.create(
        site=family.site,
        supervisor=cast["supervisor"],
        supervisee=me,
        held_on=timezone.localdate(),
        minutes=60,
    )
    decision = CaseDecision.objects.create(
        session=session, family=family, decision="Invite him", do_by=timezone.localdate(), owner=me
    )
    html = client.get(reverse("home")).content.decode()
    path = reverse("decision-done", args=[decision.pk])
    assert f'action="{path}"' in html
    assert client.post(path, {"to": "home"}).url == reverse("home")
    assert path not in client.get(reverse("home")).content.decode()


def test_at_most_seven_are_shown_and_the_rest_is_counted(me, client):
    for number in range(9):
        make_episode(me, reference=f"Q{number}")
    html = client.get(reverse("home")).content.decode()
    needs = html[html.index('id="needs"') : html.index('id="figures"')]
    assert needs.count("<li") == 7
    assert int(re.search(r"All (\d+) to do", needs)[1]) > 7


def test_the_figures_are_those_of_the_caseload(me, client):
    make_episode(me)
    html = client.get(reverse("home")).content.decode()
    figures = dict(re.findall(r'figures__number">(\d+)</span> ([^<]+)</a>', html))
    tabs = client.get(reverse("caseload")).content.decode()
    assert figures
    for number, words in figures.items():
        assert re.search(rf'{words} <span class="pairs-tabs__count">{number}<', tabs), words
    assert Episode.objects.open().count() == int(next(iter(figures)))


def test_families_opened_last_are_offered_newest_first_while_they_are_in_scope(cast, me, client):
    first, second, moved = (make_episode(me, reference=name).family for name in ("A", "B", "C"))
    for family in (first, second, moved, first):
        client.get(reverse("family", args=[family.pk]))
    moved.change(site=cast["hyndburn"].groups.get().roleatsite.site)
    html = client.get(reverse("home")).content.decode()
    recent = html[html.index('id="recent"') :].split("</section>")[0]
    shown = [path for path in re.findall(r'href="([^"]+)"', recent) if path != reverse("search")]
    assert shown == [reverse("family", args=[each.pk]) for each in (first, second)]
    client.force_login(cast["hyndburn"])
    assert 'id="recent"' not in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize(("who", "heading"), [("manager", "All your pages"), ("duty", "Needs you now")])
def test_other_roles_have_their_own(cast, client, who, heading):
    client.force_login(cast[who])
    page = get_home(client)
    assert heading in page
    assert "Today’s visits" not in page
