"""The service today and the team's figures: what each may read, and that a figure is the length of its list."""

import csv
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Episode
from pairs.jobs.models import Job
from reporting.evidence.rules import get_previous_month
from reporting.performance.definitions import DEFINITIONS_VERSION
from reporting.performance.models import ServiceReport
from tests.unit.episodes.factories import make_contact, make_episode

pytestmark = pytest.mark.django_db


def read(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    return answer.content.decode()


def list_figures(page):
    """{words: (count, address)} of the strip of figures."""
    found = re.findall(
        r'<a href="([^"]+)"><span class="pairs-figures__number">(\d+)</span> ([^<]+)</a>', page
    )
    return {words: (int(count), href.replace("&amp;", "&")) for href, count, words in found}


def test_a_manager_reads_numbers_without_a_name_or_a_list(cast, sign_in_as):
    make_episode(cast["blackburn"])
    page = read(sign_in_as("manager"), "service-now")
    assert "Sites side by side" in page
    assert "Episodes open today" in page
    assert "Testbaby" not in page
    main = page[page.index("<main") : page.index("</main")]
    assert not re.search(r'href="/(families|caseload|waits|episodes)', main)
    assert "csv" not in main.lower()


def test_one_family_is_never_a_number_to_a_manager(cast, sign_in_as):
    make_episode(cast["blackburn"])
    page = read(sign_in_as("manager"), "service-now")
    (row,) = re.findall(r"<tr[^>]*>(?:(?!</tr>).)*>Episodes open today<.*?</tr>", page, re.DOTALL)
    assert ">*<" in re.sub(r"\s", "", row)


@pytest.mark.parametrize("username", ["blackburn", "supervisor", "duty"])
def test_a_team_figure_is_the_length_of_the_list_that_it_opens(cast, sign_in_as, username):
    for number, days in enumerate((3, 40, 45)):
        episode = make_episode(cast["blackburn"], reference=f"T{number}", days_ago=days)
        make_contact(episode, cast["blackburn"], days_ago=days - 1)
    client = sign_in_as(username)
    figures = list_figures(read(client, "team-figures"))
    assert figures["open episodes"][0] == Episode.objects.count()
    assert figures["not seen for 28 days"][0] == 2
    clocks = next(words for words in figures if words.startswith("clocks running"))
    for words in ("open episodes", "not seen for 28 days", "plan reviews due", clocks):
        count, href = figures[words]
        assert (words, count) == (words, count_listed(client, href))


def count_listed(client, href):
    """The lines of the list's own file, without its head."""
    page, _, query = href.partition("?")
    name = {reverse("caseload"): "caseload-csv", reverse("waits"): "waits-csv"}[page]
    rows = client.get(f"{reverse(name)}?{query}").content.decode()
    return len(list(csv.reader(rows.splitlines()))) - 1


def test_a_team_sees_its_own_sites_alone(cast, sign_in_as):
    make_episode(cast["blackburn"])
    figures = list_figures(read(sign_in_as("hyndburn"), "team-figures"))
    assert figures["open episodes"][0] == 0


def test_a_team_page_says_that_it_is_not_for_publication_and_has_no_file(cast, sign_in_as):
    page = read(sign_in_as("blackburn"), "team-figures")
    assert "not for publication" in page
    assert "csv" not in page.lower()


@pytest.mark.parametrize("username", ["healthvisitor", "peer", "administrator", "manager", "governance"])
def test_nobody_else_reads_a_teams_figures(sign_in_as, username):
    assert sign_in_as(username).get(reverse("team-figures")).status_code == 403


def make_published_month():
    """A report with two tables by place that were divided differently."""
    tables = [
        {"headers": ["Place", "Babies referred"], "rows": [["North", "20"], ["Whole service", "35"]]},
        {"headers": ["Place", "Babies seen"], "rows": [["South", "10"], ["Whole service", "*"]]},
        {"headers": ["Age at referral", "Babies referred"], "rows": [["Unborn", "15"]]},
    ]
    snapshot = {"headline": {"Babies referred": "35"}, "period": {"sections": [{"tables": tables}]}}
    job = Job.objects.create(task="none", key="a month", status="done")
    month = get_previous_month(timezone.localdate())
    ServiceReport.objects.create(month=month, version=DEFINITIONS_VERSION, job=job, snapshot=snapshot)


def test_the_newest_months_places_are_side_by_side_as_they_were_published(cast, sign_in_as):
    make_published_month()
    page = read(sign_in_as("manager"), "service-now")
    places = page[page.index("Places side by side") :]
    rows = [re.findall(r">([^<>\n]+)</t[hd]>", row) for row in re.findall(r"<tr.*?</tr>", places, re.DOTALL)]
    assert rows[:4] == [
        ["Place", "Babies referred", "Babies seen"],
        ["North", "20", "–"],
        ["South", "–", "10"],
        ["Whole service", "35", "*"],
    ]
    assert "joined with others in that column" in places
