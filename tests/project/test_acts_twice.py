"""An act that two people do from pages that both had open leaves one outcome, and the second is told.

An act is a form about a record that the API has as an ActionApi: it closes, decides, signs, cancels. It takes no
version; the record's own state refuses what has been done. Here every act is done twice, found by its classes.
"""

import inspect

import pytest
from django.db import connection, transaction

from pairs.api.views import ActionApi, FormApi
from pairs.submissions.edits import EditForm, SharedDraftForm, VersionedForm
from pairs.submissions.form_page import FormPage
from pairs.submissions.record_forms import RecordForm
from script.local.state_folder import ROOT
from tests.project import expected_access
from tests.project.crawler import FORM_SENDERS, WriteRecorder, list_allowed_people
from tests.project.form_filling import fill_form, parse_form
from tests.project.form_sending import DRAFT_TABLES, send_past_warning
from tests.project.test_form_ids import (  # noqa: F401
    KNOWN_VALUES,
    list_addresses_with_forms,
    page_forms,
)
from tests.project.url_addresses import list_url_addresses

# Acts of which each is one more: nobody's is lost, and nothing is there twice that should be there once.
ONE_MORE = {
    "add-to-referral": "what each adds stays",
    "new-appointment": "one more visit; one at the same time is warned of",
    "new-first-visit": "one more visit; one at the same time is warned of",
    "new-plan-paper": "one more paper of the plan in force",
    "rate-goal": "one more rating of a series, by whoever made it",
    "safeguarding-concern": "one more step, and both stay",
}
# Acts whose second time changes nothing here.
NOTHING_MORE = {
    "decision-done": "done is done, whoever did it",
    "password-link": "one more link by e-mail; the password that is chosen ends them all",
}
CLOSED_ONCE = (
    "tests/unit/access/test_account_keys.py::test_closing_and_opening_are_kept_with_who_did_it_and_once"
)
MERGED_ONCE = (
    "tests/unit/matching/test_concurrent_merges.py::test_a_pair_merged_both_ways_at_once_is_merged_once"
)
# Pages whose form the samples do not offer, by the test in which the act is done twice.
ELSEWHERE = {
    "call-back-move": "tests/unit/moves/test_edge_cases.py::test_no_step_is_taken_twice",
    "close-account": CLOSED_ONCE,
    "open-account": CLOSED_ONCE,
    "countersigning": "tests/unit/episodes/test_countersigning.py::test_it_is_countersigned_once_and_a_return_says_why",
    "infant-duplicates": "tests/unit/matching/test_pages.py::test_a_second_click_lands_where_the_first_did",
    "caregiver-duplicates": "tests/unit/matching/test_pages.py::test_a_second_click_lands_where_the_first_did",
    "merge-infant": MERGED_ONCE,
    "merge-caregiver": MERGED_ONCE,
    "look-through-merge": "tests/unit/matching/test_written_between.py"
    "::test_what_cannot_go_back_by_itself_is_put_to_somebody_until_it_is_looked_through",
    "official-file": "tests/unit/service_settings/test_official_files.py::test_what_was_checked_is_taken_once",
    "reopen-episode": "tests/unit/endings/test_endings.py::test_an_open_episode_is_not_opened_again",
    "settle-differences": "tests/unit/referrals/test_differences.py"
    "::test_the_page_and_the_api_settle_what_waits_and_nobody_elses",
    "tell-referrer": "tests/unit/diary/test_first_visit.py::test_of_two_who_tell_the_referrer_one_does",
}
# Acts whose page is none of its own.
NO_PAGE = {
    "ReopenDecision": "tests/unit/endings/test_endings.py::test_a_decision_is_done_once_and_by_those_who_write_there",
    "ResetSecondFactor": "tests/unit/accounts/test_administration.py"
    "::test_a_reset_is_asked_for_once_and_confirmed_once",
    "StarContact": "tests/unit/episodes/test_countersigning.py::test_a_star_is_ones_own_and_there_once",
    "WriteUpVisit": "tests/unit/diary/test_api.py::test_written_up",
}
BASES = {RecordForm, VersionedForm, EditForm, SharedDraftForm, FormApi, ActionApi, FormPage}


def get_view_class(address):
    view = getattr(address.view, "loaded", address.view)
    found = getattr(view, "cls", None) or getattr(view, "view_class", None)
    return found if inspect.isclass(found) else None


def get_form_classes(view):
    """The RecordForms with a ``save`` of their own that a view is made of."""
    return {
        each
        for each in view.__mro__
        if issubclass(each, RecordForm)
        and not issubclass(each, (FormApi, FormPage))
        and each not in BASES
        and "save" in vars(each)
    }


def list_acts():
    """{RecordForm: the API view} of every act about a record."""
    views = [get_view_class(each) for each in list_url_addresses() if each.ours]
    acts = [each for each in views if each and issubclass(each, ActionApi) and each.names_record()]
    return {form: view for view in acts for form in get_form_classes(view)}


def list_act_pages():
    """{address: its RecordForms} of the pages that do an act."""
    acts = set(list_acts())
    found = {}
    for address in list_addresses_with_forms():
        view = get_view_class(address)
        if view and issubclass(view, FormPage) and (forms := get_form_classes(view) & acts):
            found[address] = forms
    return found


def do_twice(first, second, path, name):
    """(the first answer, the second, tables that the second wrote to), of pages that were both open before; undone."""
    watch = WriteRecorder()
    with transaction.atomic():
        pages = [each.get(path).content.decode() for each in (first, second)]
        sent = [fill_form(parse_form(page), **KNOWN_VALUES.get(name, {})) for page in pages]
        done = send_past_warning(first, path, sent[0])
        with connection.execute_wrapper(watch):
            again = send_past_warning(second, path, sent[1])
        transaction.set_rollback(True)
    return done, again, watch.tables - DRAFT_TABLES


def test_the_second_of_two_people_is_told(page_forms, sample_and_clients):  # noqa: F811
    """Not of forms that carry a version: tests/unit/families/test_two_editors.py."""
    _, clients = sample_and_clients
    again, unwritten, undone, missing = set(), set(), {}, set()
    for address in list_act_pages():
        if address.name not in page_forms:
            missing.add(address.name)
            continue
        client, path, _ = page_forms[address.name]
        where = expected_access.FORM_FILLED_AT.get(address.name, "blackburn") if address.ids else None
        others = [clients[each] for each in list_allowed_people(address, "POST", where, FORM_SENDERS)]
        second = next((each for each in others if each is not client), client)
        done, repeated, written = do_twice(client, second, path, address.name)
        if done.status_code != 302:
            undone[address.name] = done.status_code
        elif written and not issubclass(get_view_class(address), VersionedForm):
            again.add(address.name)
        elif repeated.status_code == 302 and not written:
            unwritten.add(address.name)
    assert undone == {}
    assert sorted(again) == sorted(ONE_MORE)
    assert sorted(unwritten) == sorted(NOTHING_MORE)
    assert sorted(missing) == sorted(ELSEWHERE)


def test_every_act_has_a_page():
    on_pages = {form for forms in list_act_pages().values() for form in forms}
    without = {form.__name__ for form in set(list_acts()) - on_pages}
    assert sorted(without) == sorted(NO_PAGE)


@pytest.mark.parametrize("named", sorted({*ELSEWHERE.values(), *NO_PAGE.values()}))
def test_the_tests_named_here_are_there(named):
    path, _, name = named.partition("::")
    assert f"def {name}(" in (ROOT / path).read_text()
