"""Pages and the API reach rows through the doors of access; forms offer what they were handed."""

import ast

import pytest

from pairs.service.models import CodeList, Place, Site, Team
from tests.house import doors
from tests.house.floors import modules

# file:function → why it may. This list may only grow shorter.
EXCEPTIONS = {
    "reporting/desk/worklist.py:_as_decided": "decisions about items the scope has already been asked for",
    "reporting/desk/worklist.py:_colleagues": "names of staff at the item's site; holds no family",
    "pairs/families/views.py:supported_family": "alerts of the family that supported_by has just let through",
    "outcomes/api.py:assessments": "handed to _once, which reads them with fetch_list",
    "outcomes/api.py:ratings": "handed to _once, which reads them with fetch_list",
    "reporting/desk/forms.py:clean_username": "whether a username is taken; only an administrator asks",
}
# Reference data: the same for everybody, public in every field (checked below).
PUBLIC_MODELS = {"Concern", "Intervention", "Place", "Site", "CodeList", "Team"}


def found():
    return {
        doors.where(path, function)
        for path in doors.page_modules().values()
        for function, _ in doors.unscoped(path)
        if not _only_public(path, function)
    }


def _only_public(path, function):
    """Every manager the function touches is of public reference data."""
    tree = ast.parse(path.read_text())
    body = next((node for node in ast.walk(tree) if getattr(node, "name", None) == function), tree)
    owners = {
        ast.unparse(node.value)
        for node in ast.walk(body)
        if isinstance(node, ast.Attribute) and node.attr in doors.MANAGERS
    }
    return bool(owners) and owners <= PUBLIC_MODELS


def test_pages_reach_rows_only_through_the_doors():
    assert found() - set(EXCEPTIONS) == set()


def test_what_is_due_is_asked_in_scope():
    assert _managers_unscoped("due.py", set()) - set(EXCEPTIONS) == set()


def test_forms_offer_public_reference_data_or_what_they_are_handed():
    assert _managers_unscoped("forms.py", PUBLIC_MODELS) - set(EXCEPTIONS) == set()


def test_no_exception_is_left_over():
    used = found() | _managers_unscoped("due.py", set()) | _managers_unscoped("forms.py", PUBLIC_MODELS)
    assert set(EXCEPTIONS) - used == set()


def test_the_desk_and_the_rooms_pages_are_looked_at():
    assert {"reporting.desk.family", "reporting.desk.worklist", "pairs.families.views"} <= set(
        doors.page_modules()
    )


@pytest.mark.parametrize("model", [CodeList, Place, Site, Team])
def test_reference_data_is_public_in_every_field(model):
    assert set(model.privacy) == {"public"}


def _managers_unscoped(filename, allowed):
    return {
        doors.where(path, function)
        for path in modules().values()
        if path.name == filename
        for function, line in doors.unscoped(path)
        if _owner(path, line) not in allowed
    }


def _owner(path, line):
    """The model whose manager the line touches."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and node.attr in doors.MANAGERS and node.lineno == line:
            return ast.unparse(node.value)
    return ""


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
        ("return Token.objects.live(now).filter(user=request.user)", False),
    ],
)
def test_the_checker_tells_a_door_from_a_window(tmp_path, code, caught):
    path = tmp_path / "views.py"
    path.write_text(f"def view(request, pk):\n    {code}\n")
    assert bool(list(doors.unscoped(path))) is caught
