"""The caseload: whose, in what order, what each row says; and that more rows cost no more queries."""

from datetime import date, timedelta
from types import SimpleNamespace
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import agree_plan, end_episode, set_goal
from pairs.access.scope import load_scope
from pairs.audit.models import AccessEntry
from pairs.families.actions import raise_risk_alert
from pairs.families.models import Caregiver, Infant
from reporting.dashboards.caseload_rows import build_clock_chip
from reporting.dashboards.due_items import list_all_due_items
from reporting.dashboards.due_refresh import refresh_due_items
from tests.unit.diary.factories import make_visit
from tests.unit.episodes.factories import make_accepted_referral, make_contact, make_episode
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db

MAX_QUERIES = 12
ON = date(2026, 11, 30)


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
    assert ("Missed contacts", "orange") in row["chips"]
    due = list_all_due_items(load_scope(me), timezone.localdate(), [episode.family_id])
    assert {each["title"] for each in row["due"]} == {item.title for item in due}
    assert {"missed_contacts", "nhs_number_trace"} <= {item.code for item in due}
    for words in ("Baby1", "with Cora Carer, mother", reverse("new-contact", args=[episode.pk])):
        assert words in text


def test_after_a_loss_a_row_asks_only_to_keep_or_cancel_what_was_booked(me, show_caseload):
    episode = make_episode(me, days_ago=40)
    episode.plan_agreed_on = episode.review_on = timezone.localdate()
    episode.save()
    make_visit(episode, me)
    episode.family.infants.update(loss="death", lost_on=timezone.localdate())
    seen, text = show_caseload()
    row = seen["rows"][0]
    assert (row["clock_chip"], row["pair_chip"], row["next"]) == (None, None, "")
    assert row["due"][0]["title"] == "1 visit to keep or cancel"
    assert "Nothing booked" not in text
    assert row["due"][0]["href"] == reverse("family", args=[episode.family_id])


def test_no_plan_goal_or_review_is_counted_or_listed_after_a_loss(me, show_caseload):
    today = timezone.localdate()
    for reference in "AB":
        episode = make_episode(me, reference=reference, days_ago=40)
        episode.review_on = today
        episode.save()
    episode.family.infants.update(loss="death", lost_on=today)
    for only in ("review", "no-goal", "no-plan"):
        (row,) = show_caseload(only=only)[0]["rows"]
        assert row["family_href"] != reverse("family", args=[episode.family_id])
    counts = {view["text"]: view["count"] for view in show_caseload()[0]["views"]}
    assert (counts["My families"], counts["Plan review due"], counts["No goal yet"]) == (2, 1, 1)
    assert len(show_caseload(only="unseen-28")[0]["rows"]) == 2


def test_a_baby_born_early_has_both_ages_on_a_row(me, show_caseload):
    born = timezone.localdate() - timedelta(weeks=20)
    make_episode(me, born=born).family.infants.update(gestation_weeks=32)
    seen, text = show_caseload()
    assert "(12 weeks corrected)" in seen["rows"][0]["line"].age
    assert "corrected" in text


def test_accepted_without_an_episode_are_a_view_of_their_own(me, show_caseload):
    referral = make_accepted_referral(make_family(born=None), days_ago=3)
    assert [view["count"] for view in show_caseload()[0]["views"] if "Waiting" in view["text"]] == [1]
    seen, text = show_caseload(only="waiting")
    assert [row["days"] for row in seen["waiting"]] == [3]
    assert reverse("open-episode", args=[referral.pk]) in text
    assert "Baby of Cora Carer" in text
    assert "with Cora Carer, mother-to-be" in text
    assert not show_caseload(state="ended")[0]["rows"]


def test_mine_all_and_ended(cast, me, show_caseload):
    mine = make_episode(me, reference="M")
    make_episode(cast["supervisor"], reference="S")
    make_episode(cast["hyndburn"], reference="H", site="hyndburn")
    assert [row["lead"] for row in show_caseload()[0]["rows"]] == [me]
    assert {row["lead"] for row in show_caseload(whose="all")[0]["rows"]} == {me, cast["supervisor"]}
    assert [row["lead"] for row in show_caseload(whose="not a site")[0]["rows"]] == [me]
    end_episode(episode=mine, ended_on=mine.opened_on, reason="02", summary="x", held_next_by="x", by=me)
    assert not show_caseload(whose="mine")[0]["rows"]
    ended, text = show_caseload(state="ended")
    assert len(ended["rows"]) == 1
    assert "Log contact" not in text


def test_who_leads_no_family_begins_with_those_of_their_sites(cast, client, show_caseload):
    make_episode(cast["blackburn"])
    client.force_login(cast["supervisor"])
    assert len(show_caseload()[0]["rows"]) == 1
    assert not show_caseload(whose="mine")[0]["rows"]
    assert not show_caseload(only="no-goal")[0]["rows"]


def test_the_order_is_asked_for_and_stays_chosen(me, show_caseload):
    first, second = make_episode(me, reference="A", days_ago=50), make_episode(me, reference="B", days_ago=20)
    make_contact(first, me, days_ago=1)
    make_contact(second, me, days_ago=9)

    def get_days_open(**asked):
        return [row["days_open"] for row in show_caseload(**asked)[0]["rows"]]

    assert get_days_open(sort="opened") == [50, 20]
    assert get_days_open(sort="newest") == get_days_open(sort="seen") == get_days_open() == [20, 50]
    assert '?sort=seen" aria-current="true"' in show_caseload(sort="seen")[1]


def test_a_name_as_it_is_typed_filters_the_view_by_baby_or_carer(cast, me, show_caseload):
    first, second = make_episode(me, reference="A"), make_episode(me, reference="B")
    other = make_episode(cast["hyndburn"], reference="H", site="hyndburn")
    for episode, name in ((first, "Zoë"), (second, "Ibrahim"), (other, "Ibrahim")):
        Infant.objects.filter(family=episode.family_id).update(given_name=name)
    Caregiver.objects.filter(family=second.family_id).update(family_name="O'Neill")

    def get_named(typed, **asked):
        return [row["episode_href"] for row in show_caseload(named=typed, **asked)[0]["rows"]]

    assert (
        get_named("ibra")
        == get_named("IBRAHIM o'neill", whose="all")
        == [reverse("episode", args=[second.pk])]
    )
    assert get_named("zoë carer") == [reverse("episode", args=[first.pk])]
    assert get_named("zoë o'neill") == get_named("%") == []
    text = show_caseload(named="nobody here")[1]
    assert "No family of that name in this view" in text
    assert 'value="nobody here"' in text
    assert "named=ibra" in show_caseload(named="ibra")[1]  # the order and the CSV file keep it


def test_concern_comes_first_safety_before_the_clock_before_the_longest_not_seen(me, show_caseload):
    unseen, seen, near, worried = (
        make_episode(me, reference=name, days_ago=days)
        for name, days in (("U", 15), ("S", 16), ("N", 25), ("W", 2))
    )
    make_contact(unseen, me, days_ago=14)
    make_contact(seen, me, days_ago=1)
    raise_risk_alert(site=worried.site, family=worried.family, what="x", by=me)
    refresh_due_items(timezone.localdate())
    rows = show_caseload()[0]["rows"]
    assert [row["family_href"] for row in rows] == [
        reverse("family", args=[each.family_id]) for each in (worried, near, unseen, seen)
    ]
    assert rows[0]["chips"][0] == ("Risk alert", "red")
    assert rows[1]["clock_chip"] == ("4-week: day 25", "orange")


def test_the_tabs_count_what_they_show(me, show_caseload):
    make_contact(make_episode(me, reference="A", days_ago=70), me, days_ago=28)
    make_contact(make_episode(me, reference="B", days_ago=70), me, days_ago=27)
    make_episode(me, reference="C", days_ago=28)
    make_episode(me, reference="D", days_ago=3).change(review_on=timezone.localdate())
    views = {view["text"]: view for view in show_caseload()[0]["views"]}
    for text, count in {
        "My families": 4,
        "Not seen for 28 days": 2,
        "Plan review due": 1,
        "No goal yet": 4,
    }.items():
        asked = dict(parse_qsl(views[text]["href"].removeprefix("?")))
        assert views[text]["count"] == count == len(show_caseload(**asked)[0]["rows"]), text


def test_the_csv_file_holds_the_rows_shown_and_leaves_a_line_in_the_access_log(cast, me, client):
    episode = make_episode(me, days_ago=40)
    make_episode(cast["supervisor"], reference="S")
    Infant.objects.filter(family=episode.family_id).update(given_name="=1+1")
    lines = client.get(reverse("caseload-csv")).content.decode().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("'=1+1,")
    assert "Cora Carer, mother" in lines[1]
    assert AccessEntry.objects.get(view="caseload-csv").listed == [episode.family_id]
    client.force_login(cast["manager"])
    assert client.get(reverse("caseload-csv")).status_code == 403


@pytest.mark.parametrize(
    ("clock", "review", "agreed", "chip"),
    [
        ({"days": 12, "missing": ["x"], "speak": False}, None, None, ("4-week: day 12", "grey")),
        ({"days": 28, "missing": ["x"], "speak": True}, None, None, ("4-week: day 28", "orange")),
        ({"days": 29, "missing": ["x"], "speak": True}, None, None, ("4-week: over, day 29", "red")),
        ({"days": 40, "missing": [], "speak": True}, 0, ON, ("Review due today", "orange")),
        (None, -1, ON, ("Review overdue 1 d", "red")),
        (None, 9, ON, ("Review 9 Dec", "grey")),
        (None, None, ON, ("No review date", "grey")),
        (None, None, None, ("No plan yet", "orange")),
    ],
)
def test_red_is_for_what_is_over_its_day(clock, review, agreed, chip):
    review_on = ON + timedelta(days=review) if review is not None else None
    episode = SimpleNamespace(ended_on=None, review_on=review_on, plan_agreed_on=agreed)
    assert build_clock_chip(clock, episode, ON) == chip


def test_the_four_week_clock_the_plan_and_the_filters(me, show_caseload):
    early, planned = make_episode(me, reference="E", days_ago=22), make_episode(me, reference="P", days_ago=9)
    make_contact(planned, me, days_ago=8)
    agree_plan(episode=planned, agreed_on=timezone.localdate(), by=me)
    planned.change(review_on=timezone.localdate())
    rows = {row["episode_href"]: row for row in show_caseload()[0]["rows"]}
    first, second = (rows[reverse("episode", args=[each.pk])] for each in (early, planned))
    assert first["clock"]["speak"]
    assert "a first attended contact" in first["clock"]["missing"]
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
