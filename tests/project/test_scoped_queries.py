"""Pages and the API read rows through scoped fetchers; forms offer only the rows passed to them."""

import pytest

from pairs.service.models import CodeList, Place, Site, Team
from tests.project import scoped_queries
from tests.project.import_layers import list_modules

# file:function → why it may. This list may only grow shorter.
ALLOWED_UNSCOPED = {
    "reporting/dashboards/episode.py:_query_focus_dyads": "of the episode that fetch_whole opens, by its id",
    "interventions/episodes/api/contacts.py:_build_contact_queries": "of the contact fetched",
    "interventions/episodes/views/contacts.py:_query_newest_contact": "of the episode fetched",
    "interventions/episodes/forms/colleagues.py:build_colleague_queries": "of the family fetched",
    "pairs/families/api/families.py:_build_linked_infants": "infants in a relationship of a family that is in scope",
    "outcomes/views/assessments.py:_list_same_measure": "read by list_visible, with the days of contacts",
    "interventions/episodes/views/contacts.py:_build_sidebar_queries": "of an episode that was fetched in scope",
    "interventions/collaboration/peer_support/views/supporter.py:build_supporter_banner": "of the family supported",
    "interventions/collaboration/peer_support/api.py:get": "of the family supported",
    "reporting/dashboards/caseload.py:_build_choice_queries": "names of those who lead episodes in scope",
    "interventions/diary/views/calendars.py:serve_calendar_feed": "finds whose token it is",
    "interventions/supervision/forms.py:query_families_with_open_work": "infants prefetched for families in scope",
    "interventions/groups/record_forms.py:query_programmes": "narrowed by get_group_record, or as a list of the API",
    "interventions/groups/record_forms.py:query_full_programmes": "what belongs to those",
    "interventions/groups/record_forms.py:query_joinable_programmes": "sites of groups that are in scope",
    "reporting/dashboards/accounts/forms.py:clean_username": "whether a username is taken; only an administrator asks",
}
# Reference data: the same for everybody, public in every field (checked below).
PUBLIC_MODELS = {
    "ChosenMeasure",
    "Concern",
    "Destination",
    "ExclusionGroup",
    "Intervention",
    "Place",
    "Room",
    "Site",
    "CodeList",
    "Team",
    "TrainingTopic",
    "WayBack",
}


def list_unscoped_in_pages():
    """file:function of what reads non-public rows outside the scoped fetchers."""
    return _list_unscoped(scoped_queries.list_page_modules().values())


def _list_unscoped_in_files(filename):
    """Of files of that name, and of those in a folder of it."""
    folder = filename.removesuffix(".py")
    return _list_unscoped(
        path for path in list_modules().values() if filename == path.name or folder == path.parent.name
    )


def _list_unscoped(paths):
    return {
        scoped_queries.format_location(path, function)
        for path in paths
        for function, model in scoped_queries.find_unscoped_access(path)
        if model not in PUBLIC_MODELS
    }


def test_pages_read_rows_only_through_scoped_fetchers():
    assert list_unscoped_in_pages() - set(ALLOWED_UNSCOPED) == set()


def test_due_items_are_queried_in_scope():
    assert _list_unscoped_in_files("due.py") - set(ALLOWED_UNSCOPED) == set()


def test_forms_offer_public_reference_data_or_rows_passed_in():
    assert _list_unscoped_in_files("forms.py") - set(ALLOWED_UNSCOPED) == set()


def test_no_exception_is_out_of_date():
    used = list_unscoped_in_pages() | _list_unscoped_in_files("due.py") | _list_unscoped_in_files("forms.py")
    assert set(ALLOWED_UNSCOPED) - used == set()


def test_dashboards_and_app_pages_are_checked():
    assert {
        "reporting.dashboards.family",
        "reporting.dashboards.worklist",
        "pairs.families.views.alerts",
    } <= set(scoped_queries.list_page_modules())


@pytest.mark.parametrize("model", [CodeList, Place, Site, Team])
def test_reference_data_is_public_in_every_field(model):
    assert set(model.privacy) == {"public"}


@pytest.mark.parametrize(
    ("code", "caught"),
    [
        ("return Family.objects.all()", True),
        ("return Family.objects.get(pk=pk)", True),
        ("rows = Family.objects.all()\n    return rows", True),
        ("rows = Family.objects.all()\n    get_visible_page(request, rows)\n    return rows.first()", True),
        ("return get_object_or_404(Family, pk=pk)", True),
        ("return Family._default_manager.count()", True),
        ("return get_visible_or_404(request, Family.objects.with_people(), pk=pk)", False),
        (
            "rows = Family.objects.all()\n    rows = rows.filter(a=1)\n    return get_visible_page(request, rows)",
            False,
        ),
        ("return Family.objects.visible_to(request.scope)", False),
        ("return list_visible(request, _made())\n\ndef _made():\n    return Family.objects.all()", False),
        ("return _made()\n\ndef _made():\n    return Family.objects.all()", True),
        ("return Note.objects.filter(family__in=Family.objects.visible_to(scope))", False),
        ("return Token.objects.live(now).filter(user=request.user)", False),
    ],
)
def test_the_checker_recognises_unscoped_access(tmp_path, code, caught):
    path = tmp_path / "views.py"
    path.write_text(f"def view(request, pk):\n    {code}\n")
    assert bool(list(scoped_queries.find_unscoped_access(path))) is caught
