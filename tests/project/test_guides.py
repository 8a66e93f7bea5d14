"""Each role has a guide: what it names is on its pages, its links work, and its pictures are of pages as they are."""

import json
import re
from html import unescape

import pytest
from django.db import connections
from django.test import Client
from django.urls import NoReverseMatch, reverse

from pairs.service.guides import (
    FOLDER,
    PAGE_TOPICS,
    ROLE_GUIDES,
    find_help_path,
    list_guide_names,
    load_guide,
    render_guide,
)
from pairs.service.models import User
from pairs.service.roles import Role
from pairs.web.markdown import render_markdown
from script.local.state_folder import ROOT
from tests import databases
from tests.project.url_addresses import list_url_addresses
from tests.running_service import use_database

PICTURES = json.loads((FOLDER / "pictures.json").read_text())
MOST_BYTES = 80_000  # of a picture
# Guide → of the demo's people, one who reads it.
READERS = {
    "practitioner": "blackburn",
    "duty": "duty",
    "supervisor": "supervisor",
    "manager": "manager",
    "health-visitor": "healthvisitor",
    "peer-supporter": "peer",
    "administrator": "administrator",
    "information-governance": "governance",
}
# Parts about pages of one record, whose names depend on it: what they name is seen by the journeys.
OF_ONE_RECORD = {"Family", "Log a contact", "Decide"}
# Shown once there is a report, which the demo makes later: tests/unit/dashboards/test_manager_home.py.
OF_A_REPORT = {"The numbers, month by month"}


def list_sections(name):
    """[(heading, its text)] of a guide."""
    parts = re.split(r"^## (.+)$", load_guide(name).text, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def list_named(text):
    """What is bold: a button, link or heading, by its name on the page."""
    return [" ".join(each.split()) for each in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)]


def get_page_of(topic):
    """The first page about it whose address names no record."""
    return next(page for page, about in PAGE_TOPICS.items() if about == topic and has_plain_address(page))


def has_plain_address(page):
    try:
        return bool(reverse(page))
    except NoReverseMatch:
        return False


# ---------------------------------------------------------------- the files
def test_every_role_has_a_guide():
    assert set(ROLE_GUIDES) == set(Role)
    assert set(ROLE_GUIDES.values()) == set(READERS)


@pytest.mark.parametrize("name", list_guide_names())
def test_a_guide_has_a_title_its_parts_and_short_lines(name):
    guide = load_guide(name)
    assert guide.text.startswith(f"# {guide.title}\n")
    assert guide.title
    assert len(set(guide.topics.values())) == len(guide.topics)
    assert len(guide.text) < 8000


def test_every_file_is_a_guide_that_help_lists():
    assert {path.stem for path in FOLDER.glob("*.md")} == set(list_guide_names())


def test_every_page_with_a_topic_is_there_and_in_a_guide():
    names = {address.name for address in list_url_addresses()}
    assert set(PAGE_TOPICS) <= names
    told = {topic for name in READERS for topic in load_guide(name).topics}
    assert set(PAGE_TOPICS.values()) - told == set()


@pytest.mark.parametrize("name", list_guide_names())
def test_its_links_and_pictures_lead_somewhere(name):
    named = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", load_guide(name).text)
    assert [each for each in named if not (FOLDER / each).resolve().exists()] == []
    html = str(render_guide(name))
    assert '.md"' not in html
    assert html.count("<img") == html.count('src="/static/guide/')
    assert "<h1" in html


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture["name"])
def test_a_picture_is_small_and_used(picture):
    path = ROOT / "static" / "guide" / f"{picture['name']}.png"
    assert 1000 < path.stat().st_size < MOST_BYTES
    assert any(f"static/guide/{picture['name']}.png" in load_guide(name).text for name in list_guide_names())


def test_help_leads_to_the_part_about_the_page():
    assert find_help_path({"practitioner"}, "worklist") == "/help/practitioner/#to-do"
    assert find_help_path({"manager", "practitioner"}, "reports") == "/help/manager/#reports"
    assert find_help_path({"manager"}, "nowhere") == "/help/manager/"
    assert find_help_path(set(), "home") == "/help/"


def test_html_in_a_guide_is_text():
    html = render_markdown(
        "# A <script>alert(1)</script>\n\n[x](javascript:alert(1)) **b**", lambda each: each
    )
    assert "<script" not in html
    assert "href" not in html
    assert "<strong>b</strong>" in html


# ---------------------------------------------------------------- the pages, in the demo
@pytest.fixture(scope="module")
def demo_pages(django_db_setup, django_db_blocker):
    """`open_page("blackburn", "caseload")`: what the demo's page says, its tags left out."""
    clients, seen = {}, {}
    with django_db_blocker.unblock(), databases.use_clone(databases.get_seeded_template()) as database:
        connections.close_all()
        with use_database(database):

            def open_page(username, page):
                if username not in clients:
                    clients[username] = Client(headers={"host": "localhost"})
                    clients[username].force_login(User.objects.get(username=username))
                    open_a_family(clients[username])
                if (username, page) not in seen:
                    answer = clients[username].get(reverse(page))
                    assert answer.status_code == 200, f"{username}: {page}"
                    seen[username, page] = answer.content.decode()
                return seen[username, page]

            yield open_page
            connections.close_all()


def open_a_family(client):
    """So that the home page of whoever works with families has one that was opened lately."""
    page = client.get(reverse("caseload"))
    if page.status_code == 200 and (
        found := re.search(r'href="(/families/[0-9a-f-]{36}/)"', page.content.decode())
    ):
        assert client.get(found[1]).status_code == 200


def read_text(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize(("name", "username"), READERS.items())
def test_what_a_guide_names_is_on_the_page_it_is_about(demo_pages, name, username):
    missing = [
        (topic, words)
        for topic, text in list_sections(name)
        if topic not in OF_ONE_RECORD and topic in PAGE_TOPICS.values()
        for words in list_named(text)
        if words not in OF_A_REPORT and words not in read_text(demo_pages(username, get_page_of(topic)))
    ]
    assert missing == []


@pytest.mark.parametrize(("name", "username"), READERS.items())
def test_help_is_in_the_header_and_opens_ones_own_guide(demo_pages, name, username):
    html = demo_pages(username, "home")
    assert html.count(f'href="/help/{name}/#today"') == 2  # wide and narrow
    assert "Your role" in demo_pages(username, "guides")


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture["name"])
def test_a_picture_is_of_the_page_as_it_is(demo_pages, picture):
    """Where this fails, look at the guide and take the pictures anew: script/local/guide_pictures.py."""
    html = demo_pages(picture["user"], picture["page"])
    headings = [read_text(each) for each in re.findall(r"<h[12][^>]*>(.*?)</h[12]>", html, re.DOTALL)]
    assert not picture["heading"] or picture["heading"] in headings[0]
    assert [part for part in picture["parts"] if part not in headings] == []
