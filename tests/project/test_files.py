"""Files a person can read: short, with a docstring, no catch-all module names, no paths of one machine."""

import ast
import re
import statistics
import subprocess

import pytest

from pairs.families.record_forms import FamilyFormPage
from pairs.web.preload import load_views
from tests.project.import_layers import ROOT, list_modules
from tests.xdist_groups import COSTLY_FIXTURES

MAX_LINES = 400
CATCH_ALL_NAMES = {
    "utils",
    "helpers",
    "common",
    "services",
    "selectors",
    "signals",
    "misc",
    "util",
    "helper",
    "tools",
}
# Folders of a machine, and the settings that say where packages come from: neither belongs in the project.
FOREIGN_PATHS = re.compile(
    r"(?<![\w/.-])/(?:work|root|home/\w+)/[\w.-]|(?<!emit-)index-url\b|trusted-host\b|find-links\b"
    r"|^\s*(?:@[\w-]+:)?registry\s*=|\"resolved\":",
    re.MULTILINE,
)
# A file and the reason its match is no leak.
ALLOWED_MATCHES = {"tests/project/test_files.py": "holds the expressions and their examples"}
ADDRESS = re.compile(r"\b(?:https?|git|ssh|ftp)(?:\+\w+)?://(?:[^@/\s]+@)?([\w.-]+)")
BARE_HOST = re.compile(r"(?<![\w.@-])((?:[a-z0-9-]+\.)+(?:org|com|net|io|dev))\b")
# Every host that a file may name, and why. Where packages come from is the business of the machine that installs them,
# so no host of a package source stands here, and a mirror serves as well. Hosts ending in .example are nobody's.
HOSTS = {
    "localhost": "this machine",
    "127.0.0.1": "this machine",
    "www.w3.org": "names the language of a picture",
    "json-schema.org": "names the language of a schema",
    "www.nationalarchives.gov.uk": "the licence of the public figures",
    "fhir.nhs.uk": "names a code system",
    "fhir.hl7.org.uk": "names a code system",
    "fhir.hl7.org": "names a code system",
    "www.bbc.co.uk": "where the quick exit leads",
    "htmx.org": "the name of an npm package",
    "github.com": "who maintains an npm package, as its lock file says",
    "opencollective.com": "who maintains an npm package, as its lock file says",
    "paulmillr.com": "who maintains an npm package, as its lock file says",
}
# Here a host may hide without https:// before it: what installs, what builds, what tells people how.
INSTALLING = (".ci/", ".github/", "requirements/", "script/", "deploy/", "docs/")


def test_no_test_empties_the_database_that_others_share():
    """What is committed for a test is committed to a database of its own: ask for ``cloned_database``."""
    emptying = re.compile(r"transactional_db|transaction=True[)]|reset_sequences")
    mine = "tests/project/test_files.py"
    files = [
        each for each in list_tracked_files() if each.suffix == ".py" and str(each.relative_to(ROOT)) != mine
    ]
    found = {str(each.relative_to(ROOT)) for each in files if emptying.search(each.read_text())}
    assert found == set()


def list_tracked_files():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def list_our_python_files():
    """Every Python file but migrations, which Django writes."""
    return [path for path in list_tracked_files() if path.suffix == ".py" and "migrations" not in path.parts]


def format_path(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("name", COSTLY_FIXTURES)
def test_what_is_costly_to_make_is_a_fixture_of_that_name(name, request):
    """After a change of name its tests would go out file by file, and each process would make it."""
    assert request._fixturemanager.getfixturedefs(name, request.node)


def test_no_file_is_too_long():
    long = {
        format_path(path): length
        for path in list_our_python_files()
        if (length := len(path.read_text().splitlines())) > MAX_LINES
    }
    assert long == {}


# Comments may stand before it: nothing else. To parse a thousand files for it took seconds.
LEADING_DOCSTRING = re.compile(r'(?:\s*#[^\n]*\n)*\s*r?"""\s*\S')


def test_every_module_begins_with_a_docstring():
    texts = {
        format_path(path): path.read_text() for path in list_our_python_files() if path.name != "apps.py"
    }
    assert [name for name, text in texts.items() if text.strip() and not LEADING_DOCSTRING.match(text)] == []


def test_no_module_has_a_catch_all_name():
    found = [name for name in list_modules() if CATCH_ALL_NAMES & set(name.split("."))]
    assert found == []


def test_no_function_is_a_page_long():
    """Nothing over fifty lines; the median shows how the code reads."""
    lengths = {where: length for path in list_modules().values() for where, length in list_functions(path)}
    assert {where: length for where, length in lengths.items() if length > 50} == {}
    print(f"{len(lengths)} functions, median {statistics.median(lengths.values())} lines")
    assert statistics.median(lengths.values()) <= 9


def list_functions(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield f"{format_path(path)}:{node.name}", node.end_lineno - node.lineno + 1


def test_no_file_names_a_machine_or_a_package_source():
    texts = {format_path(path): path.read_text(errors="replace") for path in list_tracked_files()}
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts.items()
        if name not in ALLOWED_MATCHES and FOREIGN_PATHS.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if FOREIGN_PATHS.search(line)
    ]
    assert found == []


def find_named_hosts(name, text):
    installs = "/" not in name or name.startswith(INSTALLING)
    return {*ADDRESS.findall(text), *(BARE_HOST.findall(text) if installs else ())}


def test_every_host_that_a_file_names_is_listed_with_its_reason():
    texts = {format_path(path): path.read_text(errors="replace") for path in list_tracked_files()}
    named = {
        name: find_named_hosts(name, text) for name, text in texts.items() if name not in ALLOWED_MATCHES
    }
    unknown = {
        name: hosts
        for name, found in named.items()
        if (hosts := {each for each in found if not each.endswith(".example")} - set(HOSTS))
    }
    assert unknown == {}
    assert set(HOSTS) <= set().union(*named.values())  # none is listed that no file names any more


@pytest.mark.parametrize(
    ("name", "text", "host"),
    [
        ("package-lock.json", '"from": "https://packages.elsewhere.dev/a.tgz"', "packages.elsewhere.dev"),
        ("pairs/web/jinja_environment.py", "git+https://me@code.elsewhere.dev/a", "code.elsewhere.dev"),
        ("requirements/base.txt", "# from packages.elsewhere.dev", "packages.elsewhere.dev"),
        (".github/workflows/test.yml", "  host: packages.elsewhere.dev", "packages.elsewhere.dev"),
    ],
)
def test_the_host_of_a_package_source_is_found(name, text, host):
    assert find_named_hosts(name, text) == {host}


@pytest.mark.parametrize(
    "line", ["--index-url x", "extra-index-url = x", "registry=x", "  @a:registry=x", "find-links = x"]
)
def test_a_setting_that_names_a_package_source_is_found(line):
    assert FOREIGN_PATHS.search(line)
    assert not FOREIGN_PATHS.search("uv pip compile --no-emit-index-url")


def test_nothing_is_left_undone():
    """No stub, no note to self: what is not built yet is in the issues."""
    note = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|NotImplemented" + r"Error")
    found = [format_path(path) for path in list_our_python_files() if note.search(path.read_text())]
    assert found == []


# ---------------------------------------------------------------- templates


def list_templates():
    """Pages and their parts. Paper (…_pdf.html) meets no browser: its style sheet travels inside it."""
    return [path for path in sorted((ROOT / "templates").rglob("*.html")) if not path.stem.endswith("_pdf")]


INLINE_SCRIPT_OR_STYLE = re.compile(
    r"<script(?![^>]*\b(?:src=|type=\"application/json\"))|<style\b|\sstyle=|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)


def test_no_template_has_inline_script_or_style():
    """The Content-Security-Policy would refuse it."""
    found = [
        f"{format_path(path)}:{number}"
        for path in list_templates()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if INLINE_SCRIPT_OR_STYLE.search(line)
    ]
    assert found == []


def test_every_page_extends_a_layout():
    # 500: nothing may be needed to draw it; the PDF is paper and has no header or menu
    layouts = {"base.html", "record.html", "plain.html", "500.html", "report_pdf.html", "pdf.html"}
    folders = {"components", "_django", "style"}
    naked = [
        format_path(path)
        for path in list_templates()
        if path.name not in layouts
        and not path.name.startswith("_")  # a part of a page
        and not re.match(r"\s*(\{#.*?#\}\s*)?\{% macro", path.read_text())
        and not folders & set(path.relative_to(ROOT / "templates").parts)
        and not re.search(r'{% extends "', path.read_text())
    ]
    assert naked == []


def test_a_page_that_is_handed_the_persons_banner_shows_it():
    """Its template extends record.html or family_tab.html.

    The other way round, a record page without a banner cannot be rendered at all: a name that is not there raises, and
    every page is opened by the checks of pages.
    """
    with_banner = {name for path in list_modules().values() for name in list_banner_templates(path)}
    with_banner |= {each.template_name for each in list_subclasses(FamilyFormPage)}
    records = {str(path.relative_to(ROOT / "templates")) for path in list_templates() if is_record_page(path)}
    assert with_banner - records == set()
    assert len(with_banner) > 60


def list_subclasses(cls):
    load_views()
    return {each for kind in cls.__subclasses__() for each in (kind, *list_subclasses(kind))}


def is_record_page(path):
    """It extends record.html, if there is a banner, or the tab of a family's record; or a page that does."""
    above = re.search(r'{% extends "([^"]+)"', path.read_text())
    ours = bool(above) and (ROOT / "templates" / above[1]).exists()
    return ours and (
        above[1] in ("record.html", "family_tab.html") or is_record_page(ROOT / "templates" / above[1])
    )


def list_banner_templates(path):
    """Templates of the functions that build a banner and render, by whatever name they are called with."""
    if "banner" not in path.read_text():
        return
    for function in ast.walk(ast.parse(path.read_text())):
        if isinstance(function, ast.FunctionDef) and '"banner":' in ast.unparse(function).replace("'", '"'):
            for call in list_calls_of("render", function):
                yield from list_template_names(call.args[1], function.name)


def list_calls_of(name, tree):
    return [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name
    ]


def list_template_names(node, function):
    """A constant; or, of a function that is told which, what each of its calls says."""
    if isinstance(node, ast.Constant):
        return [node.value]
    folder, ending = (
        (node.values[0].value, node.values[-1].value) if isinstance(node, ast.JoinedStr) else ("", "")
    )
    given = [
        argument.value
        for path in list_modules().values()
        if function in path.read_text()
        for call in list_calls_of(function, ast.parse(path.read_text()))
        for argument in [*call.args[1:2], *(each.value for each in call.keywords if each.arg == "template")]
        if isinstance(argument, ast.Constant)
    ]
    return [f"{folder}{name}{ending}" for name in given]


def test_no_template_asks_for_a_role_or_runs_a_query():
    asks = re.compile(r"scope\.|\.has_perm|\.objects\b|\.filter\(|user\.groups|\.is_superuser")
    found = [format_path(path) for path in list_templates() if asks.search(path.read_text())]
    assert found == []
