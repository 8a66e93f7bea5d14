"""A caseload review: the page's order and reasons are the rule's; each row is saved by itself and signed."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.plans.actions import add_co_worker
from interventions.supervision.concern import rank_concern, sort_reasons
from interventions.supervision.due import build_agreed_query
from interventions.supervision.models import CaseDecision, SupervisionSession
from interventions.supervision.review_forms import NO_CHANGE
from interventions.supervision.session_agenda import ORDER, load_agenda_lines
from pairs.access.batch_query import run_queries
from pairs.access.scope import load_scope
from pairs.families.actions import raise_risk_alert
from pairs.submissions.models import Submission
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.safeguarding.factories import make_status
from tests.unit.supervision.factories import get_site, make_agreement, make_session

pytestmark = pytest.mark.django_db
QUERY_BUDGET, BYTE_BUDGET = 12, 15_000


def sign_in(client, user):
    client.force_login(user, backend="pairs.access.backends.StaffBackend")


@pytest.fixture
def lead(cast, client):
    """Who supervises, signed in."""
    sign_in(client, cast["supervisor"])
    return client


@pytest.fixture
def address(cast):
    return reverse("caseload-review", args=[cast["blackburn"].pk])


@pytest.fixture
def caseload(cast):
    """Five families, each a concern of another kind; the last has the least."""
    me, today = cast["blackburn"], timezone.localdate()
    made = [make_episode(me, reference=f"C{number}", days_ago=60) for number in range(5)]
    for episode in made[:4]:
        make_contact(episode, me, days_ago=1)
    raise_risk_alert(site=made[3].site, what="Worry", by=me, family=made[3].family, lead=me)
    make_status(made[1].family, me, made[1].family.infants.get())
    make_session(cast, decisions=[(made[0].family, "Call the nursery", today)])
    return made


def post(client, address, episode, **typed):
    values = {"family": episode.family_id, "decision": "", "action": "", "do_by": ""}
    return client.post(address, values | {"submission": uuid.uuid4()} | typed)


def list_shown(page):
    """[(family, [why, …])] as the page shows them, from top to bottom."""
    return [
        (re.search(r'href="/families/([0-9a-f-]{36})/"', card)[1], re.findall(r'todo__what"><a[^>]*>(.*?)</a>', card))
        for card in page.split('<section class="pairs-todo pairs-agenda"')[1:]
    ]  # fmt: skip


def unescape(text):
    return text.replace("&#39;", "'").replace("&amp;", "&")


# ---------------------------------------------------------------- what it shows
def test_the_pages_order_and_reasons_are_the_rules(lead, address, caseload):
    shown = list_shown(lead.get(address).content.decode())
    families = [episode.family_id for episode in caseload]
    lines = load_agenda_lines(families, timezone.localdate())
    ranks = [rank_concern(lines[uuid.UUID(family)], ORDER) for family, _ in shown]
    assert len(shown) == len(families)
    assert ranks == sorted(ranks)
    for family, reasons in shown:
        assert [unescape(each) for each in reasons] == [
            line.why for line in sort_reasons(lines[uuid.UUID(family)], ORDER)
        ]
    first, second = caseload[3].family_id, caseload[1].family_id
    assert [family for family, _ in shown[:2]] == [str(first), str(second)]
    assert "Child protection plan since" in shown[1][1][0]


def test_colleagues_whose_families_are_not_supervised_are_not_found(cast, lead, client):
    assert lead.get(reverse("caseload-review", args=[cast["supervisor"].pk])).status_code == 404
    assert lead.get(reverse("caseload-review", args=[uuid.uuid4()])).status_code == 404
    for username in ("blackburn", "hyndburn", "duty", "manager", "governance", "administrator", "peer"):
        sign_in(client, cast[username])
        answer = client.get(reverse("caseload-review", args=[cast["blackburn"].pk]))
        assert answer.status_code == 403, username


def test_the_hub_reviews_across_sites(cast, lead, address, caseload):
    other = make_episode(cast["hyndburn"], reference="H", site=get_site(cast["hyndburn"]).code)
    type(other).objects.filter(pk=other.pk).update(lead=cast["blackburn"])
    page = lead.get(address).content.decode()
    assert str(other.family_id) in page
    assert "Hyndburn" in page


def test_who_leads_is_said_of_a_family_that_they_co_work(cast, lead, address, caseload):
    theirs = make_episode(cast["supervisor"], reference="L")
    add_co_worker(
        episode=theirs, user=cast["blackburn"], since=timezone.localdate(), why="Films", by=cast["supervisor"]
    )
    page = lead.get(address).content.decode()
    assert (page.count("led by"), f"led by {cast['supervisor']}" in page) == (1, True)


# ---------------------------------------------------------------- what is saved
def test_a_row_is_saved_signed_and_the_cursor_goes_to_the_next(cast, lead, address, caseload):
    day, following = timezone.localdate() + timedelta(days=7), caseload[2]
    typed = {"decision": "See them together", "action": "Book a joint visit", "do_by": day}
    answer = post(lead, f"{address}?at={following.family_id}", caseload[0], **typed)
    assert answer.url == f"{address}?at={following.family_id}"
    made = CaseDecision.objects.get(action="Book a joint visit")
    assert (made.decision, made.do_by, made.owner) == ("See them together", day, cast["blackburn"])
    assert (made.reviewed_by, made.reviewed_on) == (cast["supervisor"], timezone.localdate())
    assert SupervisionSession.objects.count() == 1  # of the fixture: a review is no session
    page = lead.get(answer.url).content.decode()
    assert f'id="id_{following.family_id}_decision"' in page
    focused = re.search(r"<textarea[^>]*autofocus[^>]*>", page).group()
    assert f'id="id_{following.family_id}_decision"' in focused
    assert "Reviewed today" in page
    timeline = lead.get(reverse("chronology", args=[caseload[0].family_id])).content.decode()
    assert f"Decided in a caseload review, for {cast['blackburn']} to do" in timeline
    assert "Action: Book a joint visit" in timeline
    assert str(cast["supervisor"]) in timeline


def list_to_do(user):
    return [item.title for item in run_queries([build_agreed_query(load_scope(user), user.pk)])]


def test_an_action_is_for_its_lead_to_do_and_a_mere_decision_is_not(cast, lead, address, caseload):
    assert list_to_do(cast["blackburn"]) == ["Call the nursery"]
    post(lead, address, caseload[1], decision="Go on as planned")
    assert post(lead, address, caseload[2], no_change="on").status_code == 302
    assert CaseDecision.objects.filter(decision=NO_CHANGE, family=caseload[2].family).exists()
    assert list_to_do(cast["blackburn"]) == ["Call the nursery"]
    post(lead, address, caseload[3], decision="Talk to the GP", action="Call the GP")
    post(lead, address, caseload[4], decision="See whether sleep is better", do_by=timezone.localdate())
    assert set(list_to_do(cast["blackburn"])) == {
        "Call the nursery",
        "Call the GP",
        "See whether sleep is better",
    }


def test_a_second_click_saves_nothing_more(lead, address, caseload):
    once = {"decision": "Once", "submission": uuid.uuid4()}
    for _ in range(2):
        assert post(lead, address, caseload[0], **once).status_code == 302
    assert CaseDecision.objects.filter(decision="Once").count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Enter a decision or an action"),
        ({"no_change": "on", "decision": "Words"}, "Press “Save” to keep what you typed"),
        ({"decision": "Words", "do_by": "2020-01-01"}, "This date has passed."),
        ({"decision": "Words", "do_by": "2099-01-01"}, "more than a year ahead"),
        ({"action": "x" * 501}, "has room for"),
    ],
)
def test_what_is_wrong_is_said_beside_the_row_and_nothing_is_lost(lead, address, caseload, typed, said):
    before = CaseDecision.objects.count()
    page = post(lead, address, caseload[4], **typed).content.decode()
    assert CaseDecision.objects.count() == before
    card = next(
        part for part in page.split("pairs-todo pairs-agenda") if f"id_{caseload[4].family_id}_" in part
    )
    assert "There is a problem" in page
    assert said in page
    assert all(str(words) in page for words in typed.values() if words != "on")
    assert card


def test_what_was_typed_comes_back_when_the_family_has_left_the_caseload(cast, lead, address, caseload):
    theirs = make_episode(cast["trainee"], reference="T")
    page = post(lead, address, theirs, decision="Words that stay").content.decode()
    assert "Words that stay" in page
    assert "no longer in the caseload" in page
    assert "%" not in post(lead, address, theirs, family="%s%").headers.get("Location", "")


def test_a_draft_comes_back_in_its_row(lead, address, caseload):
    draft = uuid.uuid4()
    typed = {"family": caseload[2].family_id, "decision": "Half a thought", "action": "", "do_by": ""}
    sent = typed | {"kind": "caseload-review", "page": "", "path": address}
    assert lead.post(reverse("autosave", args=[draft]), sent).status_code == 200
    page = lead.get(address).content.decode()
    assert "Half a thought" in page
    assert f'name="submission" value="{draft}"' in page
    post(lead, address, caseload[2], decision="A whole thought", submission=draft)
    assert "Half a thought" not in lead.get(address).content.decode()
    assert Submission.objects.get(pk=draft).used_at


# ---------------------------------------------------------------- API
def test_the_api_gives_the_same_order_and_decides(cast, lead, caseload):
    api = reverse("api-caseload-review", args=[cast["blackburn"].pk])
    rows = lead.get(api).json()["results"]
    assert [row["family"] for row in rows][:2] == [str(caseload[3].family_id), str(caseload[1].family_id)]
    assert rows[0]["reasons"][0]["kind"] == "safety"
    body = {"family": str(caseload[0].family_id), "decision": "By the API"}
    answer = lead.post(api, body, content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert answer.json()["reviewed_by"] == str(cast["supervisor"].pk)
    wrong = lead.post(api, body | {"family": str(uuid.uuid4())}, content_type="application/json")
    assert wrong.status_code == 400
    assert "family" in str(wrong.json())


# ---------------------------------------------------------------- what it costs
def test_the_page_costs_the_same_however_many_families(cast, lead, address):
    make_agreement(cast)
    for number in range(10):
        make_episode(cast["blackburn"], reference=f"A{number}")
    lead.get(address)
    with CaptureQueriesContext(connection) as few:
        lead.get(address)
    for number in range(50):
        make_episode(cast["blackburn"], reference=f"B{number}")
    with CaptureQueriesContext(connection) as many:
        assert lead.get(address).content.decode().count("pairs-agenda__buttons") == 60
    assert len(few) == len(many) <= QUERY_BUDGET


def test_the_next_session_shows_what_became_of_it(cast, lead, address, caseload):
    agreed = make_agreement(cast)
    post(lead, address, caseload[1], action="Call the GP")
    post(lead, address, caseload[2], no_change="on")
    page = lead.get(reverse("supervision-agreement", args=[agreed.pk])).content.decode()
    assert "Action: Call the GP" in page
    assert NO_CHANGE in page
    assert (
        page.count("Mark as done<") == 2
    )  # the fixture's own, and the action: nothing is to do where nothing changes
