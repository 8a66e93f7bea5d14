"""What the documents say is there, is there; and the drawings are of the project as it is."""

import re
import subprocess

import pytest

from script.local import map as drawings
from tests.project.import_layers import APPS, ROOT

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs/developing.md")
TOP = "config|pairs|referrals|interventions|outcomes|reporting|templates|tests|script|docs|requirements|static|deploy"
# Of this project: begins with a folder of ours, or is a file at the top.
PATH = re.compile(rf"`((?:{TOP})/[\w./-]*|pyproject\.toml|manage\.py|docker-compose\.yml)`")
COMMAND = re.compile(r"\b(script/[a-z]+)\b")
LINK = re.compile(r"\]\(([^)#]+)\)")
MADE = {"docs/map/layers.svg", "docs/map/records.svg", "docs/map/tables.md", "docs/map/personal-data.md"}


def read(name):
    return (ROOT / name).read_text()


def list_named_paths(text, folder=ROOT):
    """Every file or folder of ours that a document names, by path or by link."""
    links = [folder / each for each in LINK.findall(text) if "://" not in each]
    return {*links, *(ROOT / each for each in [*PATH.findall(text), *COMMAND.findall(text)])}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_a_document_names_is_there(name):
    named = list_named_paths(read(name), (ROOT / name).parent)
    assert [str(path) for path in named if not path.exists()] == []


def test_a_file_that_is_not_there_is_found():
    text = "See `pairs/families/nothing.py`, [this](nowhere.md) and script/nothing."
    assert {path.name for path in list_named_paths(text) if not path.exists()} == {
        "nothing.py",
        "nowhere.md",
        "nothing",
    }


def test_the_guide_answers_twenty_questions_and_names_a_file_for_each():
    section = read("docs/developing.md").partition("## Where is")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ") and "---" not in line][1:]
    assert len(rows) >= 20
    assert [row for row in rows if not PATH.search(row.split("|")[2]) and "due.py" not in row] == []


def test_the_readme_points_to_the_front_door_and_stays_short():
    text = read("README.md")
    assert {"CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs/developing.md"} <= set(LINK.findall(text))
    assert "script/test" in text
    assert len(text.splitlines()) <= 130


def test_every_command_is_named_in_the_readme():
    listed = subprocess.run(
        ["git", "ls-files", "script"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    commands = {line.rpartition("/")[2] for line in listed.stdout.splitlines() if line.count("/") == 1}
    named = set(re.search(r"^script/ +(.*)$", read("README.md"), re.MULTILINE)[1].split(", "))
    assert commands - {"__init__.py"} <= named
    assert [name for name in named if not (ROOT / "script" / name).exists()] == []


# ---------------------------------------------------------------- script/map
@pytest.fixture(scope="module")
def drawn():
    return {str(path.relative_to(ROOT)): text for path, text in drawings.draw_all().items()}


def test_the_drawings_are_up_to_date(drawn):
    assert set(drawn) == MADE
    old = [name for name, text in drawn.items() if read(name) != text]
    assert old == [], "run script/map"


def test_every_app_is_drawn_once_in_the_order_of_the_layers(drawn):
    titles = re.findall(r'font-weight="bold">([\w.]+)<', drawn["docs/map/layers.svg"])
    assert sorted(titles) == sorted(APPS)
    assert titles == drawings.list_layers()
    assert titles.index("outcomes.experience") == titles.index("outcomes") + 1


def test_a_drawn_line_leads_down_to_what_is_always_there(drawn):
    links = drawings.leave_out_implied(drawings.read_links())
    assert set(links["families.Dyad"]) == {
        "families.Infant",
        "families.Caregiver",
    }  # the family follows from them
    boxes = drawings.place_boxes(drawings.place_in_rows(links))
    assert [(label, to) for label in links for to in links[label] if boxes[label].top >= boxes[to].top] == []


def test_no_two_boxes_lie_on_each_other():
    boxes = list(drawings.place_boxes(drawings.place_in_rows(drawings.read_links())).values())
    over = [
        (one.title, two.title)
        for one in boxes
        for two in boxes
        if one is not two and one.top == two.top and abs(one.left - two.left) < one.width
    ]
    assert over == []


def test_every_table_is_listed_with_what_it_is(drawn):
    rows = re.findall(r"^\| (\w+) \| (.*?) \|", drawn["docs/map/tables.md"], re.MULTILINE)
    assert [name for name, what in rows if not what] == []
    assert {model.__name__ for model in drawings.list_models()} <= {name for name, _ in rows}
