"""The home page of a supervisor: alerts, supervision this week, families gone quiet, and work by practitioner."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import StarredContact
from interventions.supervision.models import PlannedSupervision
from pairs.audit.models import AccessEntry
from pairs.families.actions import raise_risk_alert
from reporting.dashboards.due_refresh import refresh_due_items
from tests.unit.episodes.factories import make_contact, make_episode

MAX_QUERIES = 12


@pytest.fixture
def supervisor(cast, client):
    client.force_login(cast["supervisor"])
    return cast["supervisor"]


def get_html(client):
    answer = client.get(reverse("home"))
    assert answer.status_code == 200
    return answer.content.decode().split("<main")[1]


def get_words(client):
    return " ".join(re.sub(r"<[^>]+>", " ", get_html(client)).split())


def plan_session(cast, *, at, supervisor="supervisor", supervisee="blackburn"):
    site = cast["blackburn"].groups.get().roleatsite.site
    return PlannedSupervision.objects.create(
        site=site, supervisor=cast[supervisor], supervisee=cast[supervisee], starts_at=at
    )


def get_monday(hour=10):
    now = timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0)
    return now - timedelta(days=now.weekday())


def get_section(html, name):
    return html[html.index(f'id="{name}"') :].split("</section>")[0]


def test_an_alert_of_a_colleagues_family_is_shown_once_with_the_family(cast, supervisor, client):
    episode = make_episode(cast["blackburn"])
    alert = raise_risk_alert(site=episode.site, family=episode.family, what="x", by=cast["blackburn"])
    alert.change(lead=cast["blackburn"])
    html = get_html(client)
    shown = get_section(html, "alerts")
    assert reverse("alert", args=[alert.pk]) in shown
    assert episode.family.infants.get().name in shown
    assert html.count(reverse("alert", args=[alert.pk])) == 1
    alert.change(lead=None)  # now it needs them as well, and stands there
    html = get_html(client)
    assert 'id="alerts"' not in html
    assert html.count(reverse("alert", args=[alert.pk])) == 1


def test_an_alert_before_there_is_a_family_is_named_by_its_reference(cast, supervisor, client):
    site = cast["blackburn"].groups.get().roleatsite.site
    alert = raise_risk_alert(site=site, about="R-2026-77", what="x", by=cast["blackburn"])
    alert.change(lead=cast["blackburn"])
    assert "R-2026-77" in get_section(get_html(client), "alerts")


def test_supervision_this_week_counts_starred_contacts_and_asks_for_the_record(cast, supervisor, client):
    contact = make_contact(make_episode(cast["blackburn"]), cast["blackburn"])
    StarredContact.objects.create(care_contact=contact, starred_by=cast["blackburn"])
    held = plan_session(cast, at=get_monday(hour=0))
    plan_session(cast, at=get_monday() + timedelta(days=7), supervisee="trainee")
    shown = get_section(get_html(client), "sessions")
    assert f"with {cast['blackburn']}" in shown
    assert "1 contact starred to discuss" in shown
    assert str(cast["trainee"]) not in shown
    is_over = timezone.localtime() > held.starts_at + timedelta(minutes=held.minutes)
    assert (f"?planned={held.pk}" in shown) is is_over


def test_without_a_session_it_says_when_the_next_one_is(cast, supervisor, client):
    at = get_monday() + timedelta(days=9)
    plan_session(cast, at=at)
    plan_session(cast, at=get_monday(), supervisor="hub", supervisee="trainee")  # of two others
    assert f"No sessions this week. The next is {at:%a %-d %b} 10:00." in get_words(client)


def test_families_gone_quiet_come_longest_first_with_their_lead(cast, supervisor, client):
    blackburn = cast["blackburn"]
    longest, quiet = (
        make_episode(blackburn, reference="A", days_ago=50),
        make_episode(blackburn, reference="B", days_ago=60),
    )
    make_contact(quiet, blackburn, days_ago=30)
    make_contact(make_episode(blackburn, reference="C", days_ago=60), blackburn, days_ago=27)
    html = get_section(get_html(client), "quiet")
    families = re.findall(r'href="([^"]+)"', html)[1:]
    assert families == [reverse("family", args=[each.family_id]) for each in (longest, quiet)]
    assert "Last seen 30 days ago" in html
    assert "Not seen since the episode opened, 50 days ago" in html
    assert str(blackburn) in html
    assert {longest.family_id, quiet.family_id} <= set(AccessEntry.objects.get(view="home").listed)


def test_each_practitioner_has_the_numbers_of_their_caseload(cast, supervisor, client):
    blackburn = cast["blackburn"]
    quiet = make_episode(blackburn, reference="A", days_ago=60)
    quiet.change(review_on=timezone.localdate())
    late = make_episode(blackburn, reference="B", days_ago=40)
    make_contact(late, blackburn, days_ago=1, sign=False)
    refresh_due_items(timezone.localdate())
    html = get_section(get_html(client), "leads")
    row = html[html.index(f"whose={blackburn.pk}") :].split("</tr>")[0]
    numbers = dict(re.findall(r'data-label="([^"]+)" class="pairs-table__number">(?:<a[^>]+>)?(\d+)', row))
    assert numbers["Families"] == "2"
    assert numbers["Not seen for 28 days"] == numbers["Plan review due"] == "1"
    assert numbers["Notes not signed"] == "1"
    assert int(numbers["Over the 4-week standard"]) == 2
    for only, words in (
        ("", "Families in open work"),
        ("unseen-28", "Not seen for 28 days"),
        ("review", "Plan review due"),
    ):
        count = int(re.search(rf'figures__number">(\d+)</span> {words}', html)[1])
        listed = client.get(reverse("caseload"), {"whose": "all", "only": only}).content.decode()
        assert count == listed.count('class="pairs-caseload__family"'), words


def test_a_change_shows_at_once_though_due_items_are_kept(cast, supervisor, client):
    episode = make_episode(cast["blackburn"], days_ago=40)
    refresh_due_items(timezone.localdate())
    assert 'figures__number">1</span> Over the 4-week standard' in get_html(client)
    episode.enter_in_error(by=supervisor, reason="x")
    assert 'figures__number">0</span> Over the 4-week standard' in get_html(client)


def test_other_sites_and_other_roles_see_none_of_it(cast, client):
    episode = make_episode(cast["blackburn"], days_ago=50)
    client.force_login(cast["blackburn"])
    assert 'id="quiet"' not in get_html(client)
    client.force_login(cast["hyndburn"])
    assert str(episode.family_id) not in get_html(client)


def test_many_families_cost_no_more_queries(cast, supervisor, client):
    for number in range(12):
        make_episode(cast["blackburn"], reference=f"Q{number}", days_ago=60)
    refresh_due_items(timezone.localdate())
    client.get(reverse("home"))
    with CaptureQueriesContext(connection) as seen:
        get_html(client)
    assert len(seen) <= MAX_QUERIES


def test_what_needs_them_comes_before_sessions_and_families_gone_quiet(cast, supervisor, client):
    """In the order of the page: that is how a phone shows it."""
    html = get_html(client)
    places = [html.index(f'id="{name}"') for name in ("needs", "visits", "sessions", "quiet", "leads")]
    assert places == sorted(places)
