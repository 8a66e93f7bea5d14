"""The caseload: whose, in what order, what each row says; and that more rows cost no more queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import agree_plan, end_episode, set_goal
from pairs.access.scope import load_scope
from reporting.dashboards.due_items import list_all_due_items
from reporting.dashboards.due_refresh import refresh_due_items
from tests.unit.episodes.factories import make_accepted_referral, make_contact, make_episode
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db

MAX_QUERIES = 12


@pytest.fixture
def me(cast, client):
    client.force_login(cast["blackburn"])
    return cast["blackburn"]


def get_caseload_rows(client, **asked):
    return client.get(reverse("caseload"), asked).context["rows"]


@pytest.fixture
def show_caseload(client, monkeypatch):
    """The rows and the text of the page as it is asked for."""
    import reporting.dashboards.caseload as module

    seen = {}
    drawn = module.render

    def render(request, template, context):
        seen.update(context)
        return drawn(request, template, context)

    monkeypatch.setattr(module, "render", render)

    def get_caseload(**asked):
        answer = client.get(reverse("caseload"), asked)
        assert answer.status_code == 200
        return seen, answer.content.decode()

    return get_caseload


def test_a_row_answers_the_usual_questions_about_a_family(me, show_caseload):
    episode = make_episode(me, days_ago=40)
    set_goal(episode=episode, dyad=episode.focus.get(), words="Bath time", by=me)
    make_contact(episode, me, days_ago=12)
    make_contact(episode, me, days_ago=8, infant="not_brought")
    make_contact(episode, me, days_ago=3, infant="not_brought", carer="did_not_attend")
    seen, text = show_caseload()
    row = seen["rows"][0]
    assert (row["days_open"], row["days_since_seen"], row["goals"]) == (40, 8, 1)
    assert row["thought"] == "Not brought 2 times since last seen"
    due = list_all_due_items(load_scope(me), timezone.localdate(), [episode.family_id])
    assert {each["title"] for each in row["due"]} == {item.title for item in due}
    assert {"missed_contacts", "nhs_number_trace"} <= {item.code for item in due}
    for words in ("Baby1", "Needs thought", "Was not brought", reverse("new-contact", args=[episode.pk])):
        assert words in text


def test_accepted_without_an_episode_come_first(me, show_caseload):
    referral = make_accepted_referral(make_family(born=None), days_ago=3)
    seen, text = show_caseload()
    assert [row["days"] for row in seen["waiting"]] == [3]
    assert reverse("open-episode", args=[referral.pk]) in text
    assert "due 10 Jan 2027" in text
    assert not show_caseload(state="ended")[0]["rows"]


def test_mine_all_and_ended(cast, me, show_caseload):
    mine = make_episode(me, reference="M")
    make_episode(cast["supervisor"], reference="S")
    make_episode(cast["hyndburn"], reference="H", site="hyndburn")
    assert [row["lead"] for row in show_caseload()[0]["rows"]] == [me]
    assert {row["lead"] for row in show_caseload(whose="all")[0]["rows"]} == {me, cast["supervisor"]}
    assert [row["lead"] for row in show_caseload(whose="not a site")[0]["rows"]] == [me]
    end_episode(episode=mine, ended_on=mine.opened_on, reason="02", summary="x", held_next_by="x", by=me)
    assert not show_caseload()[0]["rows"]
    ended, text = show_caseload(state="ended")
    assert len(ended["rows"]) == 1
    assert "Log contact" not in text


def test_the_order_is_asked_for_and_stays_chosen(me, show_caseload):
    first, second = make_episode(me, reference="A", days_ago=50), make_episode(me, reference="B", days_ago=20)
    make_contact(first, me, days_ago=1)
    make_contact(second, me, days_ago=9)

    def get_days_open(**asked):
        return [row["days_open"] for row in show_caseload(**asked)[0]["rows"]]

    assert get_days_open() == [50, 20]
    assert get_days_open(sort="newest") == get_days_open(sort="seen") == [20, 50]
    assert '<option value="seen" selected' in show_caseload(sort="seen")[1]


def test_the_four_week_clock_the_plan_and_the_filters(me, show_caseload):
    early, planned = make_episode(me, reference="E", days_ago=22), make_episode(me, reference="P", days_ago=9)
    make_contact(planned, me, days_ago=8)
    agree_plan(episode=planned, agreed_on=timezone.localdate(), by=me)
    planned.change(review_on=timezone.localdate())
    rows = {row["episode_href"]: row for row in show_caseload()[0]["rows"]}
    first, second = (rows[reverse("episode", args=[each.pk])] for each in (early, planned))
    assert first["clock"]["speak"]
    assert "first contact" in " ".join(first["clock"]["missing"]).lower()
    assert (first["plan_agreed_on"], second["plan_agreed_on"]) == (None, timezone.localdate())

    def get_filtered_hrefs(name):
        return [row["episode_href"] for row in show_caseload(only=name)[0]["rows"]]

    assert get_filtered_hrefs("unseen") == get_filtered_hrefs("no-plan") == [first["episode_href"]]
    assert get_filtered_hrefs("review") == [second["episode_href"]]
    assert len(get_filtered_hrefs("no-goal")) == len(get_filtered_hrefs("nonsense")) == 2


@pytest.mark.parametrize(("who", "status"), [("healthvisitor", 403), ("manager", 403), ("peer", 403)])
def test_who_has_no_caseload(cast, client, who, status):
    client.force_login(cast[who])
    assert client.get(reverse("caseload")).status_code == status


def count_caseload_queries(client):
    refresh_due_items(timezone.localdate())
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse("caseload")).status_code == 200
    return len(seen)


def test_fifty_rows_cost_what_ten_do_and_twelve_queries_at_most(me, client):
    for number in range(10):
        make_contact(make_episode(me, reference=f"Q{number}"), me)
    make_accepted_referral(make_family(reference="W"), reference="R-W")
    client.get(reverse("caseload"))
    at_ten = count_caseload_queries(client)
    for number in range(10, 50):
        make_contact(make_episode(me, reference=f"Q{number}"), me)
    assert count_caseload_queries(client) == at_ten <= MAX_QUERIES
