"""Who looked: people by name and role, families by name or PI number, acts in words, days, and CSV."""

import csv
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.audit.models import AccessEntry
from pairs.families.models import Infant
from pairs.web.csv_files import protect_cell
from pairs.web.formats import format_short_day
from reporting.dashboards.act_words import describe_act, get_page_words
from tests.project.url_addresses import list_url_addresses
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.families.factories import make_family


@pytest.fixture
def family(cast):
    return make_family()


@pytest.fixture
def governance(client, cast):
    client.force_login(cast["governance"])
    return client


@pytest.fixture
def looked(client, cast, family):
    """Bilal opened the family; Hettie was refused it."""
    for username in ("blackburn", "hyndburn"):
        client.force_login(cast[username])
        client.get(reverse("family", args=[family.pk]))
    return family


def read(browser, **asked):
    return browser.get(reverse("access-log"), asked).content.decode().partition("<main")[2]


def look_for(browser, **asked):
    answer = browser.post(reverse("access-log"), asked, follow=True)
    return answer.content.decode().partition("<main")[2], answer


def test_people_families_and_acts_are_said_in_words(looked, governance, cast):
    reference = Infant.objects.get().reference
    text = read(governance)
    for words in (
        f"{cast['blackburn']} (Practitioner)",
        "Opened: Family page",
        "Refused: Family page",
        reference,
    ):
        assert words in text
    assert str(looked.pk) not in text.replace(f"/{looked.pk}/", "")


@pytest.mark.parametrize("person", ["blackburn", "Bilal", "bilal blackburn", "BLACKBURN"])
def test_a_person_is_found_by_name_or_username(looked, governance, person):
    text, _ = look_for(governance, person=person)
    assert ("Bilal Blackburn (Practitioner)" in text, "Hettie" in text) == (True, False)


@pytest.mark.parametrize("words", ["PI number", "Baby1", "Carer", "id"])
def test_a_family_is_found_by_name_number_or_id_and_no_name_is_in_an_address(looked, governance, words):
    reference = Infant.objects.get().reference
    asked = {"PI number": reference, "id": str(looked.pk)}.get(words, words)
    text, answer = look_for(governance, family=asked)
    assert ("Opened: Family page" in text, "Refused" in text) == (True, False)
    assert f"About Baby1 ({reference})" in text
    assert answer.redirect_chain == [(f"{reverse('access-log')}?family={looked.pk}", 302)]


def test_the_family_stays_while_other_days_are_asked_for(looked, governance):
    reference = Infant.objects.get().reference
    assert f'name="family" value="{reference}"' in read(governance, family=looked.pk)
    _, answer = look_for(governance, family=reference, since="2020-01-01")
    assert answer.redirect_chain[-1][0].endswith(f"since=2020-01-01&family={looked.pk}")


def test_when_several_are_meant_one_is_chosen(looked, governance, cast):
    make_family(reference="SECOND")
    text, answer = look_for(governance, family="Baby1", person="b")
    assert answer.redirect_chain == []
    assert ("Which family?" in text, "Which colleague?" in text) == (True, True)
    assert f"family={looked.pk}" in text


@pytest.mark.parametrize("field", ["person", "family"])
def test_who_is_not_found_is_said_beside_the_field(looked, governance, field):
    text, _ = look_for(governance, **{field: "Zzyzx"})
    assert "Check the spelling" in text
    assert "There is a problem" in text


def test_both_errors_come_at_once(looked, governance):
    text, _ = look_for(governance, person="Zzyzx", family="Zzyzx", since="2026-02-01", until="2026-01-01")
    assert "Choose a day on or after the first." in text


@pytest.mark.parametrize(
    ("since", "until", "shown"),
    [(0, 0, True), (-1, None, True), (1, None, False), (None, -1, False), (-3, -1, False)],
)
def test_days_count_whole(looked, governance, since, until, shown):
    today = timezone.localdate()
    asked = {"since": since, "until": until}
    days = {
        name: (today + timedelta(days=each)).isoformat() for name, each in asked.items() if each is not None
    }
    assert ("Opened: Family page" in read(governance, **days)) is shown
    assert ("Opened: Family page" in look_for(governance, **days)[0]) is shown


def test_the_csv_has_the_same_entries(looked, governance):
    answer = governance.get(reverse("access-log-csv"), {"username": "blackburn"})
    rows = list(csv.DictReader(answer.content.decode().splitlines()))
    assert [(row["Who"], row["What they did"]) for row in rows] == [
        ("Bilal Blackburn", "Opened: Family page")
    ]
    assert Infant.objects.get().reference in rows[0]["Families opened"]
    own = AccessEntry.objects.get(view="access-log-csv")
    assert looked.pk in own.listed


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\tx"])
def test_no_cell_is_a_formula(text):
    assert protect_cell(text) == f"'{text}"


def test_a_family_of_another_site_stays_unnamed(looked, governance, cast):
    other = make_family("hyndburn", reference="OTHER")
    client = type(governance)()
    client.force_login(cast["hyndburn"])
    client.get(reverse("family", args=[other.pk]))
    known = governance.get(reverse("access-log"), {"family": other.pk}).content.decode()
    held = {group.roleatsite.site_id for group in cast["governance"].groups.all()}
    assert ("a family of another site" in known) is (other.site_id not in held)


@pytest.mark.parametrize("who", ["supervisor", "manager", "administrator", "blackburn"])
@pytest.mark.parametrize("name", ["access-log", "access-log-csv"])
def test_it_is_governances_alone(client, cast, who, name):
    client.force_login(cast[who])
    assert client.get(reverse(name)).status_code == 403


def test_no_page_is_said_by_its_code_name():
    for address in list_url_addresses():
        words = get_page_words(address.name or "unknown")
        assert words[0].isupper(), address.name
        assert not {"_", "dyad", "infant", "api"} & {*words.lower().replace("(by a program)", "").split()}, (
            words
        )
        assert not re.search(r"(?<!sign)(?<!\bco)(?<!\be)-", words, re.IGNORECASE), words


def test_only_what_is_asked_of_the_hub_is_called_a_hub_request():
    named = [
        each for each in list_url_addresses() if "hub request" in get_page_words(each.name or "").lower()
    ]
    assert named
    assert {
        each.name for each in named if not each.view.__module__.startswith("interventions.collaboration")
    } == set()


@pytest.mark.parametrize(
    ("view", "method", "status", "words"),
    [
        ("family", "GET", 200, "Opened: Family page"),
        ("new-contact", "POST", 302, "Sent: New contact"),
        ("api-caregiver", "GET", 200, "Opened: A carer's page (by a program)"),
        ("family", "GET", 404, "Refused: Family page"),
        ("family", "GET", 429, "Stopped, too many records within an hour: Family page"),
    ],
)
def test_an_act_is_said_in_words(view, method, status, words):
    assert describe_act(view, method, status) == words


def test_an_entry_says_which_note_by_its_day(governance, client, cast):
    episode = make_episode(cast["blackburn"])
    contact = make_contact(episode, cast["blackburn"], days_ago=3)
    client.force_login(cast["blackburn"])
    assert client.get(reverse("care-contact", args=[contact.pk])).status_code == 200
    client.force_login(cast["governance"])
    day = format_short_day(timezone.localtime(contact.starts_at))
    assert f"Opened: A contact&#39;s note of {day}" in read(client).replace("’", "&#39;")
    assert f"note of {day}" in client.get(reverse("access-log-csv")).content.decode()


@pytest.mark.parametrize(
    ("act", "shown", "hidden"),
    [
        ("opened", "Opened: Family page", "Refused"),
        ("refused", "Refused: Family page", "Opened: Family page"),
        ("sent", "Sent: Reason", "Family page"),
    ],
)
def test_what_was_done_is_a_filter(looked, governance, act, shown, hidden):
    governance.post(reverse("opening-reason", args=[looked.pk]), {"reason": "A request to see the record"})
    text, _ = look_for(governance, act=act)
    rows = text.partition("<tbody")[2]
    assert shown in rows
    assert hidden not in rows
