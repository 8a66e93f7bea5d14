"""Pages and the API reach rows through the doors of access; forms offer what they were handed."""

import pytest

from pairs.service.models import CodeList, Place, Site, Team
from tests.house import doors
from tests.house.floors import modules

# file:function → why it may. This list may only grow shorter.
EXCEPTIONS = {
    "reporting/desk/episode.py:_focus": "of the episode that fetch_whole opens, by its id",
    "interventions/episodes/api/contacts.py:_contact": "rows of the contact that fetch_whole opens, by its id",
    "interventions/episodes/views/contacts.py:_newest": "a contact of the episode that was fetched, by its id",
    "interventions/episodes/forms/colleagues.py:parts_of_colleagues": "of the family that was fetched, by its id",
    "pairs/families/api/families.py:_infants_beside": "infants in a relationship of a family that is in scope",
    "interventions/diary/views/diary.py:_offered": "names of colleagues at the scope's sites",
    "reporting/desk/referrer.py:_meets_on": "a day alone, of a referral of theirs, where the family agreed to that",
    "interventions/alongside/views/supported.py:own_page": "alerts of the family supported_by let through",
    "interventions/alongside/api/peers.py:supported_family": "alerts of the family supported_by let through",
    "reporting/desk/referrer.py:_met_on": "a day alone, of a referral of theirs, where the family agreed to just that",
    "interventions/supervision/views.py:starred_for": "infants prefetched for families in scope",
    "interventions/diary/views/calendars.py:feed": "finds whose token it is; visits are asked in that person's scope",
    "interventions/supervision/forms.py:families_at_work": "infants prefetched for families in scope",
    "reporting/desk/forms.py:clean_username": "whether a username is taken; only an administrator asks",
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
    "WayBack",
}


def found():
    """file:function of what reaches rows that are not public past the doors."""
    return _unscoped(doors.page_modules().values())


def _in_files(filename):
    """Of files of that name, and of those in a folder of it."""
    folder = filename.removesuffix(".py")
    return _unscoped(
        path for path in modules().values() if filename == path.name or folder == path.parent.name
    )


def _unscoped(paths):
    return {
        doors.where(path, function)
        for path in paths
        for function, model in doors.unscoped(path)
        if model not in PUBLIC_MODELS
    }


def test_pages_reach_rows_only_through_the_doors():
    assert found() - set(EXCEPTIONS) == set()


def test_what_is_due_is_asked_in_scope():
    assert _in_files("due.py") - set(EXCEPTIONS) == set()


def test_forms_offer_public_reference_data_or_what_they_are_handed():
    assert _in_files("forms.py") - set(EXCEPTIONS) == set()


def test_no_exception_is_left_over():
    used = found() | _in_files("due.py") | _in_files("forms.py")
    assert set(EXCEPTIONS) - used == set()


def test_the_desk_and_the_rooms_pages_are_looked_at():
    assert {"reporting.desk.family", "reporting.desk.worklist", "pairs.families.views.alerts"} <= set(
        doors.page_modules()
    )


@pytest.mark.parametrize("model", [CodeList, Place, Site, Team])
def test_reference_data_is_public_in_every_field(model):
    assert set(model.privacy) == {"public"}


@pytest.mark.parametrize(
    ("code", "caught"),
    [
        ("return Family.objects.all()", True),
        ("return Family.objects.get(pk=pk)", True),
        ("rows = Family.objects.all()\n    return rows", True),
        ("rows = Family.objects.all()\n    fetch_page(request, rows)\n    return rows.first()", True),
        ("return get_object_or_404(Family, pk=pk)", True),
        ("return Family._default_manager.count()", True),
        ("return fetch(request, Family.objects.with_people(), pk=pk)", False),
        (
            "rows = Family.objects.all()\n    rows = rows.filter(a=1)\n    return fetch_page(request, rows)",
            False,
        ),
        ("return Family.objects.visible_to(request.scope)", False),
        ("return fetch_list(request, _made())\n\ndef _made():\n    return Family.objects.all()", False),
        ("return _made()\n\ndef _made():\n    return Family.objects.all()", True),
        ("return Note.objects.filter(family__in=Family.objects.visible_to(scope))", False),
        ("return Token.objects.live(now).filter(user=request.user)", False),
    ],
)
def test_the_checker_tells_a_door_from_a_window(tmp_path, code, caught):
    path = tmp_path / "views.py"
    path.write_text(f"def view(request, pk):\n    {code}\n")
    assert bool(list(doors.unscoped(path))) is caught
