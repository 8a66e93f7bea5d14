"""However a session ends, what is posted then comes back byte for byte: every page in which somebody may write.

Every way of ending on every page in script/prove drafts; in the suite one by turns on every sixth page.
"""

import html
import re
import time
from copy import copy

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from django.urls import reverse

from pairs.access.account_actions import end_account_keys
from pairs.service.models import User
from pairs.submissions.models import Submission
from tests.cast import PASSWORD
from tests.project.conftest import sign_in_all
from tests.project.crawler import LONG_RUN, PARTS, compute_turn, take_part
from tests.project.form_filling import fill_form, parse_form
from tests.project.test_form_ids import KNOWN_VALUES, page_forms  # noqa: F401

pytestmark = pytest.mark.prove
STEP_IN_SUITE = 6
WORDS = "He cried & she <held> him: “shh”.\r\n\r\n  Ünïcode 👶 — a tab\tand the end.  "
# Whoever writes there needs no session: tests/journeys/test_asking_for_help.py shows that an error loses no word.
WITHOUT_SESSION = {"ask-for-help"}
TEXTAREA = re.compile(r'<textarea[^>]*\bname="([^"]+)"[^>]*>\n?(.*?)</textarea>', re.DOTALL)


# ---------------------------------------------------------------- how a session ends
def leave_alone(client, user):
    """For sixteen minutes: it locks."""
    change_session(client, last_seen=int(time.time()) - 16 * 60)


def use_for_too_long(client, user):
    change_session(client, since=int(time.time()) - settings.SESSION_COOKIE_AGE - 1)


def close_browser(client, user):
    del client.cookies[settings.SESSION_COOKIE_NAME]


def sign_out_in_another_tab(client, user):
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    assert client.post(reverse("account_logout"), {"csrfmiddlewaretoken": token}).status_code == 302


def end_from_another_browser(client, user):
    assert Session.objects.filter(session_key=client.session.session_key).delete()[0] == 1


def end_all_keys(client, user):
    """By its owner; a second factor that is reset ends them too."""
    end_account_keys(user=user)


def choose_new_password(client, user):
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])


def sign_in_again_in_another_tab(client, user):
    client.cookies.pop(settings.CSRF_COOKIE_NAME, None)
    client.force_login(user)
    client.get(reverse("my-account"))


WAYS = (
    leave_alone, use_for_too_long, close_browser, sign_out_in_another_tab, end_from_another_browser, end_all_keys,
    choose_new_password, sign_in_again_in_another_tab,
)  # fmt: skip


def change_session(client, **values):
    session = client.session
    session.update(values)
    session.save()


# ---------------------------------------------------------------- the proof
def list_writing_pages(forms):
    """(name, client, path, form) of every page of a session with a box for words and a token."""
    return [
        (name, *rest)
        for name, rest in forms.items()
        if name not in WITHOUT_SESSION and "submission" in rest[2]["fields"] and list_boxes(rest[2])
    ]


def list_boxes(form):
    return [name for name, field in form["fields"].items() if field["kind"] == "textarea"]


def open_tab(client):
    """The same person in a browser that checks what a form carries."""
    tab = Client(enforce_csrf_checks=True, headers={"Access-Reason": "Subject access request"})
    tab.cookies = copy(client.cookies)
    return tab


def read_boxes(page):
    """{box: its text as a browser would send it again}."""
    found = TEXTAREA.findall(page.content.decode())
    return {name: html.unescape(text).replace("\r\n", "\n") for name, text in found}


def find_lost_words(way, name, tab, user, path):
    """Problems: what was posted after the session had ended in this way is not kept, or not as it was."""
    page = tab.get(path)
    form = parse_form(page.content.decode())
    boxes = list_boxes(form)
    sent = fill_form(form, **KNOWN_VALUES.get(name, {})) | {box: [WORDS] for box in boxes}
    way(tab, user)
    answer = tab.post(path, sent)
    kept = Submission.objects.filter(user=user, path=path).order_by("-updated_at").first()
    at = f"{name}, {way.__name__.replace('_', ' ')}"
    if kept is None or answer.status_code != 302:
        yield f"{at}: {answer.status_code} answered, {'kept' if kept else 'nothing kept'}"
        return
    if {box: kept.data[""].get(box) for box in boxes} != {box: [WORDS] for box in boxes}:
        yield f"{at}: not kept byte for byte"
    shown = read_boxes(come_back(user).get(f"{path}?draft={kept.pk}"))
    if {box: shown.get(box) for box in boxes} != {box: WORDS.replace("\r\n", "\n") for box in boxes}:
        yield f"{at}: not shown again as it was"


def get_user(client):
    return User.objects.get(pk=client.session[SESSION_KEY])


def come_back(user):
    """Signed in again, wherever."""
    (client,) = sign_in_all({user.username: user}).values()
    return client


def choose_ways(name):
    return WAYS if LONG_RUN else [WAYS[compute_turn(name, "end") % len(WAYS)]]


@pytest.mark.parametrize("part", PARTS)
def test_words_come_back_however_the_session_ended(page_forms, sample_and_clients, cells, part):  # noqa: F811
    """Every page in which somebody writes, posted after every kind of session end: kept, and shown again as it was"""
    pages = list_writing_pages(page_forms)
    assert len(pages) > 60
    for name, client, path, _ in take_part(pages[:: 1 if LONG_RUN else STEP_IN_SUITE], part):
        for way in choose_ways(name):
            with transaction.atomic():
                tab = open_tab(client)
                problems = list(find_lost_words(way, name, tab, get_user(client), path))
                transaction.set_rollback(True)
            cells.add(f"posted after: {way.__name__.replace('_', ' ')}", problems)
    cells.assert_none_wrong()
