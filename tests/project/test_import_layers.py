"""Imports run downwards, and the checks would notice if they did not."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.project import import_layers


def check_project(root):
    """The layers and what else is checked of the packages in a folder, as script/lint does it."""
    return subprocess.run(
        [sys.executable, import_layers.__file__], cwd=root, capture_output=True, text=True, check=False
    )


def test_every_app_imports_only_the_apps_below_it():
    checked = check_project(import_layers.ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.fixture(scope="module")
def imports():
    return import_layers.read_imports()


def test_an_app_inside_anothers_folder_stands_below_it(imports):
    assert "outcomes.experience" in import_layers.APPS
    assert import_layers.find_nested_imports(imports) == []


def test_no_circular_imports(imports):
    assert import_layers.find_circular_imports(imports) == []


def test_every_file_is_read(imports):
    assert set(imports) == set(import_layers.list_modules())


def test_every_module_lives_in_an_app():
    homeless = [
        name
        for name in import_layers.list_modules()
        if not import_layers.get_app(name) and name not in list_container_packages()
    ]
    assert homeless == []


def list_container_packages():
    """A folder that holds apps is nothing but their shell."""
    return {app.partition(".")[0] for app in import_layers.APPS if "." in app}


def test_apps_are_installed_in_the_order_of_the_layers():
    ours = [each for each in settings.INSTALLED_APPS if each.partition(".")[0] in import_layers.TOP_PACKAGES]
    assert [each.rpartition(".apps.")[0] for each in ours] == list(filter(is_django_app, import_layers.APPS))


def is_django_app(package):
    """The settings, and packages without tables or pages of their own, have a layer and are no Django app."""
    return (import_layers.ROOT / package.replace(".", "/") / "apps.py").exists()


# ---------------------------------------------------------------- a made-up project in which each rule is broken once
WRONG = {
    "pairs/families/actions": "from referrals.models import Referral",
    "pairs/families/due": "import referrals.models",
    "pairs/families/late": "def late():\n    from referrals import models",
    "pairs/families/set": "from config import settings",
    "referrals/actions": "from pairs.families import models",
    "outcomes/experience/apps": "from outcomes import models",
    "outcomes/models": "",
    "outcomes/a": "from . import b",
    "outcomes/b": "def f():\n    import outcomes.a",
    "referrals/models": "",
    "pairs/families/models": "",
    "config/settings": "",
}
FOUND = [
    "pairs.families.actions -> referrals.models (l.1)",
    "pairs.families.due -> referrals.models (l.1)",
    "pairs.families.late -> referrals.models (l.2)",
    "pairs.families is not allowed to import config",
    "outcomes.experience.apps imports outcomes.models: outcomes.experience stands below outcomes",
    "circle: outcomes.a → outcomes.b → outcomes.a",
]


def build_project(root, files):
    """Every app as an empty package, and these files in them."""
    packages = {Path(*app.split(".")) for app in import_layers.APPS}
    inits = {folder / "__init__" for each in packages for folder in (each, *each.parents) if folder.name}
    for name, text in [*((each, "") for each in inits), *files.items()]:
        path = (root / name).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    root = tmp_path_factory.mktemp("wrong")
    build_project(root, WRONG)
    checked = check_project(root)
    assert checked.returncode == 1, checked.stderr
    return checked.stdout


@pytest.mark.parametrize("problem", FOUND)
def test_what_is_wrong_is_found(told, problem):
    assert problem in told


def test_a_downward_import_is_allowed(told):
    assert "referrals.actions" not in told


def test_a_project_without_fault_passes(tmp_path):
    build_project(
        tmp_path, {"referrals/actions": "from pairs.families import models", "pairs/families/models": ""}
    )
    checked = check_project(tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
