"""What is served beside the pages: everything they ask for, and little else."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from script.local.state_folder import ROOT

PAGE_FILES = re.compile(r"""static\(['"]([^'"]+)""")
ALLAUTH_FILES = re.compile(r"""{% static ['"]([^'"]+)""")
SCRIPT_FILES = re.compile(r"""from ['"]\./([^'"]+)""")
STYLE_FILES = re.compile(r"""url\(['"]?\.\./([^'")]+)""")


def list_served_files() -> set[str]:
    names = set()
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            names.add("/".join(filter(None, [getattr(storage, "prefix", None), name])))
    return names


def read_all(*paths):
    return "".join(path.read_text() for path in paths)


def list_requested_files() -> set[str]:
    """By our pages, by allauth's pages of accounts and second factors, by our script and by our style sheet."""
    import allauth

    theirs = [
        path for app in ("account", "mfa") for path in (get_allauth_templates(allauth) / app).rglob("*.html")
    ]
    return {
        *PAGE_FILES.findall(read_all(*(ROOT / "templates").rglob("*.html"))),
        *ALLAUTH_FILES.findall(read_all(*theirs)),
        *SCRIPT_FILES.findall(read_all(ROOT / "static" / "pairs.js")),
        *STYLE_FILES.findall(read_all(ROOT / "static" / "build" / "pairs.css")),
    }


def get_allauth_templates(package):
    from pathlib import Path

    return Path(package.__file__).parent / "templates"


def test_all_that_a_page_asks_for_is_served():
    assert list_requested_files() > {"pairs.js", "htmx/htmx.min.js", "mfa/js/webauthn.js"}
    assert sorted(list_requested_files() - list_served_files()) == []


@pytest.mark.parametrize("prefix", sorted(settings.PUBLISHED_FILES))
def test_every_published_file_is_in_its_package_and_asked_for(prefix):
    folders = dict(each for each in settings.STATICFILES_DIRS if isinstance(each, tuple))
    for name in settings.PUBLISHED_FILES[prefix]:
        assert (folders[prefix] / name).is_file()
        assert f"{prefix}/{name}" in list_requested_files()


def test_no_package_is_served_in_full():
    assert len(list_served_files()) < 40
