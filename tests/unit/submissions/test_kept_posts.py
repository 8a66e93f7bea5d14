"""Words that came too late are kept for whoever typed them, and come back on the page where they were typed."""

import re
import time

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from pairs.families.models import Family, Infant, RiskAlert
from pairs.submissions.models import Submission
from tests.cast import PASSWORD
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def paths(cast):
    """The pages that record an alert about each of two families."""
    return [reverse("new-alert", args=[make_family(reference=name).pk]) for name in ("A", "B")]


class Tab:
    """A browser's tab: a page that was opened, and is posted as it stands."""

    def __init__(self, client, path):
        self.client, self.path = client, path
        page = client.get(path).content.decode().partition("<main")[2]
        self.fields = dict(
            re.findall(r'name="(csrfmiddlewaretoken|submission|author)" value="([^"]+)"', page)
        )

    def post(self, what):
        return self.client.post(self.path, self.fields | {"what": what, "level": "amber"})


@pytest.fixture
def person(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["blackburn"])
    return client


def make_idle(client):
    session = client.session
    session["last_seen"] = int(time.time()) - 16 * 60
    session.save()


def unlock(client):
    page = client.get(reverse("unlock")).content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    return client.post(reverse("unlock"), {"password": PASSWORD, "csrfmiddlewaretoken": token})["Location"]


def sign_in(client, user):
    """In another tab: the session and the CSRF token are new."""
    client.cookies.pop("csrftoken", None)
    client.force_login(user)
    client.get(reverse("home"))


def test_two_tabs_that_were_posted_while_locked_come_back_each_in_its_own_record(person, paths):
    first, second = [Tab(person, path) for path in paths]
    make_idle(person)
    assert first.post("About A")["Location"] == second.post("About B")["Location"] == reverse("unlock")
    person.get(paths[0])  # and a third is only read
    assert unlock(person) == reverse("drafts")
    links = re.findall(r'href="([^"]+draft=[^"]+)"', person.get(reverse("drafts")).content.decode())
    assert sorted(each.partition("?")[0] for each in links) == sorted(paths)
    for link in links:
        shown = person.get(link).content.decode()
        assert ("About A" in shown, "About B" in shown) == (paths[0] in link, paths[1] in link)


def test_a_draft_opens_on_no_other_page(person, paths):
    tab = Tab(person, paths[0])
    make_idle(person)
    tab.post("About A")
    person.get(paths[1])
    assert unlock(person).partition("?")[0] == paths[0]
    kept = Submission.objects.get()
    assert "About A" not in person.get(f"{paths[1]}?draft={kept.pk}").content.decode()
    assert "About A" not in person.get(f"{reverse('home')}?draft={kept.pk}").content.decode()


@pytest.mark.parametrize("end", ["expired", "signed out"])
def test_what_is_posted_after_the_session_has_ended_is_kept_for_its_author(person, paths, cast, end):
    tab = Tab(person, paths[0])
    if end == "expired":
        session = person.session
        session["since"] = int(time.time()) - settings.SESSION_COOKIE_AGE - 1
        session.save()
    else:
        del person.cookies[settings.SESSION_COOKIE_NAME]
    answer = tab.post("A worry")
    kept = Submission.objects.get()
    assert answer["Location"].startswith(reverse("account_login"))
    assert str(kept.pk) in answer["Location"]
    assert kept.user == cast["blackburn"]
    assert RiskAlert.objects.count() == 0
    sign_in(person, cast["supervisor"])
    assert "A worry" not in person.get(f"{paths[0]}?draft={kept.pk}").content.decode()
    sign_in(person, cast["blackburn"])
    shown = person.get(f"{paths[0]}?draft={kept.pk}").content.decode()
    assert "A worry" in shown
    assert "It is not saved yet" in shown


def test_a_page_from_before_one_signed_in_again_loses_nothing(person, paths, cast):
    tab = Tab(person, paths[0])
    sign_in(person, cast["blackburn"])
    answer = tab.post("A worry")
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, paths[0])
    back = Tab(person, answer["Location"])
    assert back.post("A worry").status_code == 302
    assert RiskAlert.objects.get().what == "A worry"


def test_a_colleagues_page_is_kept_for_the_colleague(person, paths, cast):
    tab = Tab(person, paths[0])
    sign_in(person, cast["supervisor"])
    answer = tab.post("A worry")
    assert answer.status_code == 403
    assert "A worry" not in answer.content.decode()
    assert Submission.objects.get().user == cast["blackburn"]


def test_a_forged_author_keeps_nothing(person, paths, cast):
    tab = Tab(person, paths[0])
    tab.fields["author"] = f"{cast['supervisor'].pk}:forged"
    del person.cookies[settings.SESSION_COOKIE_NAME]
    assert tab.post("Words that are not theirs")["Location"].startswith(reverse("account_login"))
    assert not Submission.objects.exists()


def test_a_draft_is_thrown_away(person, paths):
    tab = Tab(person, paths[0])
    make_idle(person)
    tab.post("About A")
    unlock(person)
    page = person.get(reverse("drafts")).content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    kept = Submission.objects.get()
    assert person.post(reverse("drafts"), {"draft": kept.pk, "csrfmiddlewaretoken": token}).status_code == 302
    assert "No unfinished forms" in person.get(reverse("drafts")).content.decode()
    assert Submission.objects.get().data == {}


def keep_draft(user, path):
    return Submission.objects.create(user=user, kind="kept", path=path, data={"": {"what": ["Words"]}})


def test_the_list_of_drafts_says_whose_record_each_is_about(person, cast):
    """Of a family, of a record of one, and of a page that is a function; nothing of one that is out of reach now."""
    mine = make_family(reference="M")
    Infant.objects.filter(family=mine).update(given_name="Ottilie")
    gone = make_family(reference="G")
    Infant.objects.filter(family=gone).update(given_name="Nobody")
    carer = mine.caregivers.get()
    for path in (
        reverse("new-alert", args=[mine.pk]),
        reverse("caregiver-details", args=[carer.pk]),
        reverse("family", args=[mine.pk]),
        reverse("new-alert", args=[gone.pk]),
        reverse("groups"),
    ):
        keep_draft(cast["blackburn"], path)
    Family.objects.filter(pk=gone.pk).update(restricted=True)
    page = person.get(reverse("drafts")).content.decode()
    assert page.count(": Ottilie") >= 3
    assert "Nobody" not in page
