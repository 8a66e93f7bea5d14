"""Imports run downwards, and the checker would notice if they did not."""

import pytest

from tests.house import floors


def test_every_room_imports_only_the_rooms_below_it():
    assert floors.upward_imports() == []


def test_no_two_files_need_each_other():
    assert floors.circles() == []


def test_every_module_lives_in_a_room():
    homeless = [name for name in floors.modules() if not floors.room_of(name) and name not in shells()]
    assert homeless == []


def shells():
    """A folder that holds rooms is nothing but their shell."""
    return {room.partition(".")[0] for room in floors.ROOMS if "." in room}


@pytest.fixture
def house(tmp_path):
    def build(**files):
        for name, text in files.items():
            path = tmp_path / (name.replace("__", "/") + ".py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path

    return build


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("from referrals.models import Referral", "referrals stands above pairs.families"),
        ("import referrals.models", "referrals stands above pairs.families"),
        ("def late():\n    from referrals import models", "referrals stands above pairs.families"),
        ("from config import settings", "nothing imports config"),
    ],
)
def test_an_import_upwards_is_found(house, text, problem):
    root = house(pairs__families__actions=text, referrals__models="", config__settings="")
    assert [problem in found for found in floors.upward_imports(root)] == [True]


def test_an_import_downwards_is_welcome(house):
    root = house(referrals__actions="from pairs.families import models", pairs__families__models="")
    assert floors.upward_imports(root) == []


def test_a_circle_inside_a_room_is_found(house):
    root = house(outcomes__a="from . import b", outcomes__b="def f():\n    import outcomes.a")
    assert floors.circles(root) == ["outcomes.a → outcomes.b → outcomes.a"]
