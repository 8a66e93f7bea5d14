"""Two people save the same page at the same moment, on connections of their own: on every page that edits.

One is saved. The other is shown both texts, chooses, and then that is what the record says. A page that begins anew
once it is saved, or closes, is played once: the other is told, and sees their own words again. Rounds go over all the
pages in turn: one of each in the suite, five hundred in script/prove editors.
"""

import html
import re
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import product

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from pairs.submissions.edits import SAME_MOMENT, EditForm
from pairs.submissions.form_page import FormPage
from tests.at_once import run_at_once
from tests.cast import make_cast
from tests.project import expected_access
from tests.project.conftest import sign_in_all
from tests.project.crawler import FORM_SENDERS, LONG_RUN, build_path, list_allowed_people
from tests.project.factories import sample_families
from tests.project.form_filling import fill_form, parse_form
from tests.project.form_sending import send_past_warning
from tests.project.test_acts_twice import get_view_class
from tests.project.test_form_ids import KNOWN_VALUES, list_addresses_with_forms

pytestmark = [pytest.mark.prove, pytest.mark.parametrize("cloned_database", ["prepared"], indirect=True)]
ROUNDS = 500
# What an editor of one page would say and another page be refused for: an outreach session that has been stays one, and
# nobody dies.
NOBODY_DIED = {f"died_on-{part}": "" for part in ("day", "month", "year")}
VALUES = KNOWN_VALUES | {
    "change-outreach": {},
    "caregiver-details": KNOWN_VALUES["caregiver-details"] | NOBODY_DIED,
}
CONFLICT = "A colleague changed this too"
NOT_SAVED = "Your changes are not saved"
# Pages that two editors cannot play here, and why. That they carry what they showed is held by test_edit_forms.py.
NOT_PLAYED = {
    "consultation-follow-up": "the samples do not offer its form",
    "plan-agreement": "each save is one more version of the plan, and both stay",
    "training-register": "no two answers to its one list are both taken, whoever is first",
}


@dataclass(frozen=True)
class EditedPage:
    """A page that edits, who sends it, and a field that shows what was saved: words, a number, a day or a choice."""

    name: str
    path: str
    people: tuple[str, str]
    field: str
    kind: str


def list_edit_addresses():
    return [
        each
        for each in list_addresses_with_forms()
        if (view := get_view_class(each)) and issubclass(view, FormPage) and issubclass(view, EditForm)
    ]


@pytest.fixture
def editors(cloned_database):
    """(homes, two sets of clients): each of the cast sits at two browsers, as some pages are one person's alone."""
    cast = make_cast()
    homes = sample_families.build_sample_families(cast)
    return homes, (sign_in_all(cast), sign_in_all(cast))


def find_edited_page(address, homes, clients, is_played, kinds):
    """None where there is no form to fill in, or no field of it that two can fill in differently.

    ``is_played``: whether a page, with one of its fields of these ``kinds``, can be.
    """
    where = expected_access.FORM_FILLED_AT.get(address.name, "blackburn") if address.ids else None
    path = build_path(address, homes, where)
    people = list_allowed_people(address, "POST", where, FORM_SENDERS)
    form = open_form(clients[0][people[0]], path)
    for kind in kinds:
        for field in list_fields_of_one_box(form):
            if not PROPOSALS[kind](form["fields"][field], 0):
                continue  # without opening the page again
            page = EditedPage(address.name, path, (people[0], people[-1]), field, kind)
            if is_played(page, clients[0][people[0]]):
                return page
    return None


def list_fields_of_one_box(form):
    return [name for name in (form or {"fields": ()})["fields"] if not re.search(r"-(day|month|year)$", name)]


def propose_words(field, number):
    """What two editors put into the field in that round, [one, the other]; nothing where it takes no such thing."""
    if field["kind"] not in ("textarea", "text"):
        return []
    return [f"Words {number} of editor {side}" for side in (1, 2)]


def propose_numbers(field, number):
    known = {*field["value"]}
    others = [str(each) for each in range(2, 29) if str(each) not in known]
    return (
        [others[(number + side) % len(others)] for side in (0, 1)]
        if field["kind"] in ("text", "number")
        else []
    )


def propose_days(field, number):
    days = [timezone.localdate() + timedelta(days=20 + 2 * (number % 9) + side) for side in (0, 1)]
    others = [each.isoformat() for each in days if each.isoformat() not in field["value"]]
    return others if field["kind"] == "date" and len(others) == 2 else []


def propose_past_days(field, number):
    days = [(timezone.localdate() - timedelta(days=each)).isoformat() for each in (1, 2)]
    return days if field["kind"] == "date" else []


def propose_choices(field, number):
    others = [each for each in field["choices"] if each and each not in field["value"]]
    return others[:2] if field["kind"] in ("radio", "select") and len(others) > 1 else []


def propose_ticks(field, number):
    return field["choices"][:2] if field["kind"] == "checkbox" and len(field["choices"]) > 1 else []


PROPOSALS = {
    "words": propose_words,
    "numbers": propose_numbers,
    "days": propose_days,
    "past days": propose_past_days,
    "choices": propose_choices,
    "ticks": propose_ticks,
}
SHOWN_KINDS = ("words", "numbers", "days", "choices")


def open_form(client, path):
    page = client.get(path)
    is_page = page.status_code == 200 and page.headers.get("Content-Type", "").startswith("text/html")
    return parse_form(page.content.decode()) if is_page else None


def fill_page(client, page, number):
    """{field: values} that each of two editors sends who opens the page in that round, [one's, the other's]."""
    form = open_form(client, page.path)
    if form is None or page.field not in form["fields"]:
        return []
    values = fill_form(form, **VALUES.get(page.name, {}))
    return [
        values | {page.field: [said]} for said in PROPOSALS[page.kind](form["fields"][page.field], number)
    ]


def shows_what_was_saved(page, client):
    """Is the form accepted with what either puts into this field, and does the page then show that? Undone."""
    shown = []
    for values in fill_page(client, page, 0):
        with transaction.atomic():
            saved = send_past_warning(client, page.path, values).status_code == 302
            shown.append(saved and get_words(client, page.path, page.field) == values[page.field])
            transaction.set_rollback(True)
    return bool(shown) and all(shown)


def takes_either(page, client):
    """Is the form accepted with what either puts into this field? Undone."""
    statuses = []
    for values in fill_page(client, page, 0):
        with transaction.atomic():
            statuses.append(send_past_warning(client, page.path, values).status_code)
            transaction.set_rollback(True)
    return statuses == [302, 302]


def get_words(client, path, field):
    form = open_form(client, path)
    return form["fields"][field]["value"] if form and field in form["fields"] else None


def post_at_once(sent):
    """The answers to ``sent``, [(client, path, values)], posted at a barrier, each by a thread of its own."""
    return run_at_once([partial(send_past_warning, *each) for each in sent])


def post_in_turn(sent):
    """The answers to the same, the second posted when the first is saved."""
    return [send_past_warning(*each) for each in sent]


def post_backwards(sent):
    """The other way about."""
    return post_in_turn(sent[::-1])[::-1]


def list_errors(answer):
    """What the page says is wrong, as its summary of errors lists it."""
    if not isinstance(answer, HttpResponse):
        return repr(answer)  # it broke
    summary = re.search(r"(?s)There is a problem(.*?)</form>", answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", summary[1]))[:200] if summary else ""


def play_round(page, clients, number, post=post_at_once):
    """Problems of one round: both open the page, both save, the second chooses their own words."""
    two = [clients[side][page.people[side]] for side in (0, 1)]
    values = fill_page(two[0], page, number)[:1] + fill_page(two[1], page, number)[1:]
    if len(values) != 2:
        yield f"{page.name}.{page.field}, round {number}: the form is not there"
        return
    said = [each[page.field][0] for each in values]
    answers = post([(client, page.path, sent) for client, sent in zip(two, values, strict=True)])
    statuses = [getattr(each, "status_code", None) for each in answers]
    if sorted(map(str, statuses)) != ["200", "302"]:
        yield f"{page.name}.{page.field}, round {number}: {statuses} answered, {[*map(list_errors, answers)]}"
        return
    first, second = statuses.index(302), statuses.index(200)
    if get_words(two[second], page.path, page.field) != [said[first]]:
        yield f"{page.name}.{page.field}, round {number}: the first who saved is not what the record says"
    yield from find_lost_words(
        page, two[second], values[second], (said[first], said[second]), answers[second]
    )


def find_lost_words(page, client, values, words, answer):
    """Is the second shown both texts, and saved once they have chosen their own?"""
    shown = html.unescape(answer.content.decode())
    if SAME_MOMENT in shown:
        if parse_form(shown)["fields"][page.field]["value"] != [words[1]]:
            yield f"{page.name}.{page.field}: what the second wrote is not shown again"
        shown = html.unescape(send_past_warning(client, page.path, values).content.decode())
    if CONFLICT not in shown or (page.kind == "words" and any(each not in shown for each in words)):
        yield f"{page.name}.{page.field}: the second is not shown both texts"
    # Of what both gave the same value for the first time they may be asked as well (ADR 41).
    choices = re.findall(r'name="(keep-[^"]+)" type="radio" value="(mine:\w+)"', shown)
    chosen = {name: [mine] for name, mine in choices}
    saved = send_past_warning(client, page.path, values | chosen)
    if saved.status_code != 302 or get_words(client, page.path, page.field) != [words[1]]:
        at = f"{page.name}.{page.field}: {saved.status_code} answered to the choice of one's own words"
        yield f"{at}, {list_errors(saved)}"


def play_unshown_round(page, clients, post=post_at_once):
    """Problems of the one round of a page that begins anew once it is saved: one is saved, the other is told, and sees
    their own words again."""
    two = [clients[side][page.people[side]] for side in (0, 1)]
    if not fill_page(two[1], page, 0):  # a page of one person alone, who sits at two browsers
        two[1] = clients[1][page.people[0]]
    values = fill_page(two[0], page, 0)[:1] + fill_page(two[1], page, 0)[1:]
    answers = post([(client, page.path, sent) for client, sent in zip(two, values, strict=True)])
    statuses = [getattr(each, "status_code", None) for each in answers]
    at = f"{page.name}.{page.field}"
    if sorted(map(str, statuses)) not in (
        ["200", "302"],
        ["302", "404"],
    ):  # 404: it is closed, with the words shown
        yield f"{at}: {statuses} answered, {[*map(list_errors, answers)]}"
        return
    second = 1 - statuses.index(302)
    text = answers[second].content.decode()
    form = parse_form(text) or {"fields": {}}
    [said] = values[second][page.field]
    if form["fields"].get(page.field, {}).get("value") != [said] and said not in html.unescape(text):
        yield f"{at}: what the second wrote is not shown again"
    if not any(each in text for each in ("There is a problem", CONFLICT, NOT_SAVED)):
        yield f"{at}: the second is not told"


def play_in_turn(play, *how, post):
    """Problems of a round in which it is known who is first, undone: at a barrier chance says who is."""
    with transaction.atomic():
        yield from play(*how, post=post)
        transaction.set_rollback(True)


def test_no_words_are_lost_between_two_editors(editors, cells):
    """Two editors at a barrier on every form that edits: one is saved, the other sees both texts and chooses"""
    homes, clients = editors
    addresses = list_edit_addresses()
    found = {
        each.name: find_edited_page(each, homes, clients, shows_what_was_saved, SHOWN_KINDS)
        for each in addresses
    }
    pages = [page for page in found.values() if page]
    others = [each for each in addresses if not found[each.name] and each.name not in NOT_PLAYED]
    unshown = {each.name: find_edited_page(each, homes, clients, takes_either, PROPOSALS) for each in others}
    assert [name for name, page in unshown.items() if page is None] == []
    assert set(NOT_PLAYED) <= {name for name, page in found.items() if page is None}
    for page in pages:
        cells.add("two editors in turn", play_in_turn(play_round, page, clients, 0, post=post_in_turn))
    # What such a page does not show may differ by who is first.
    for page, post in product(filter(None, unshown.values()), (post_in_turn, post_backwards)):
        cells.add("two editors in turn", play_in_turn(play_unshown_round, page, clients, post=post))
    for number in range(ROUNDS if LONG_RUN else len(pages)):
        cells.add("two editors at a barrier", play_round(pages[number % len(pages)], clients, number))
    for page in filter(None, unshown.values()):
        cells.add("two editors of a page that begins anew", play_unshown_round(page, clients))
    cells.assert_none_wrong()
