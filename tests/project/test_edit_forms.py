"""Every form that changes what a record says is a VersionedForm: the next one that is not is found here."""

import ast
import inspect
import textwrap

from pairs.api.views import ListApi, RecordApi
from pairs.submissions.edits import EditForm, SharedDraftForm, VersionedForm
from pairs.submissions.form_page import FormPage
from pairs.submissions.record_forms import RecordForm
from script.local.state_folder import ROOT
from tests.project.url_addresses import list_url_addresses

# What these read of the record is where something new begins; nothing that the record says is written over.
SUGGESTIONS = {
    "AddBaby": "how many babies the page showed: an act on another number is refused",
    "AddSession": "a session like the last",
    "AmendNote": "both texts of a note are kept",
    "BeginCycle": "a cycle of the work under way",
    "BookVisit": "a visit to the people of the episode",
    "ConfirmKeepsake": "a mark of what was seen, which is checked",
    "FillPost": "the whole of the post",
    "HandOver": "whoever asked, today",
    "HubAccess": "until when access is usual",
    "MakeBundle": "what they may be told, by the reasons given",
    "JoinGroup": "who usually comes",
    "PlanGroup": "the intervention that groups usually are",
    "PlanSupervision": "a session as it was agreed",
    "RateGoalPage": "at which point of the work the rating is",
    "RecordAgreedSupervision": "a session that was, as it was agreed",
    "RecordPlannedSupervision": "a session that was, as it was planned",
    "TellReferrer": "when they had been told, as the page showed it: an act on another moment is refused",
    "OpenEpisode": "the main carer's relationships",
    "RestrictFamily": "whoever works with the family",
    "WriteFormulation": "a new one, beginning with the words of the last, which stays",
    "RecordConsultation": "the time that was booked",
    "RecordPlanGiven": "the day of today",
    "WithdrawReferralPage": "who asked and why, where whoever referred asked for it",
}


def list_view_classes():
    views = [getattr(each.view, "loaded", each.view) for each in list_url_addresses() if each.ours]
    classes = {getattr(view, "cls", None) or getattr(view, "view_class", None) for view in views}
    return [each for each in classes if inspect.isclass(each)]


def list_record_forms():
    """Every class that a view is made of and that declares what its form holds at first."""
    classes = {each for view in list_view_classes() for each in view.__mro__ if issubclass(each, RecordForm)}
    ours = classes - {RecordForm, VersionedForm, EditForm, SharedDraftForm, FormPage}
    return sorted((each for each in ours if "get_initial" in vars(each)), key=lambda each: each.__name__)


def reads_record(declared):
    """Does its ``get_initial`` look at the record, or for one in the database?"""
    tree = ast.parse(textwrap.dedent(inspect.getsource(vars(declared)["get_initial"])))
    names = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    known = {"self.record", "self.ratings", "self.known", "self.last", "self.planned", "self.agreement"}
    return bool(names & known) or any(name.endswith((".objects", "_query_concern")) for name in names)


def test_a_form_that_shows_what_the_record_says_is_an_edit():
    forms = [each for each in list_record_forms() if reads_record(each)]
    assert len(forms) > 20
    wrong = {each.__name__ for each in forms if not issubclass(each, VersionedForm)}
    assert wrong - set(SUGGESTIONS) == set(), "make it an EditForm, or say above what it suggests"
    assert set(SUGGESTIONS) - wrong == set(), "no form of this name needs a reason"


def test_the_page_of_an_edit_carries_what_it_showed():
    """Without its marks nobody's page is stale, and the last who saves wins."""
    pages = [
        each for each in list_view_classes() if issubclass(each, FormPage) and issubclass(each, EditForm)
    ]
    assert len(pages) > 20
    own = {each.template_name for each in pages}
    written = {name: (ROOT / "templates" / name).read_text() for name in own}
    forgetful = {
        name for name, text in written.items() if "submission_fields(csrf_input, submission_token)" in text
    }
    assert forgetful == set()


def test_what_the_api_changes_by_patch_is_an_edit():
    details = [
        each
        for each in list_view_classes()
        if issubclass(each, RecordApi) and "patch" in each.http_method_names
    ]
    assert len(details) > 15
    assert [each.__name__ for each in details if not issubclass(each, EditForm)] == []


# Addresses that take the whole of what they show, and what else keeps one save from undoing another.
OTHER_GUARDS = {
    "FamilyTransitions": "it adds a plan, and those before stay",
    "GroupRegister": "a line that is saved is a contact, and is not written again",
    "KeepsakePreview": "it takes the mark of what was seen",
    **dict.fromkeys(
        (
            "CertificateDocumentPdf",
            "KeepsakeDocumentPdf",
            "LetterDocumentPdf",
            "PlanDocumentPdf",
            "ReplyDocumentPdf",
        ),
        "it asks for a file, and takes nothing",
    ),
}


def test_what_the_api_shows_and_takes_whole_has_a_version():
    both = [
        each
        for each in list_view_classes()
        if issubclass(each, RecordForm) and {"get", "post"} <= set(each.http_method_names)
    ]
    whole = {each for each in both if not issubclass(each, (FormPage, ListApi))}
    without = {each.__name__ for each in whole if not issubclass(each, VersionedForm)}
    assert len(whole) > len(without)
    assert without == set(OTHER_GUARDS), "make it an EditForm or a SharedDraftForm, or say what guards it"
