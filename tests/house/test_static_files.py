"""What is served beside the pages: everything they ask for, and little else."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from script.local.state import ROOT

IN_PAGES = re.compile(r"""static\(['"]([^'"]+)""")
IN_ALLAUTH = re.compile(r"""{% static ['"]([^'"]+)""")
IN_SCRIPTS = re.compile(r"""from ['"]\./([^'"]+)""")
IN_STYLE = re.compile(r"""url\(['"]?\.\./([^'")]+)""")


def served() -> set[str]:
    names = set()
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            names.add("/".join(filter(None, [getattr(storage, "prefix", None), name])))
    return names


def read(*paths):
    return "".join(path.read_text() for path in paths)


def asked_for() -> set[str]:
    """By our pages, by allauth's pages of accounts and second factors, by our script and by our style sheet."""
    import allauth

    theirs = [
        path for app in ("account", "mfa") for path in (allauth_templates(allauth) / app).rglob("*.html")
    ]
    return {
        *IN_PAGES.findall(read(*(ROOT / "templates").rglob("*.html"))),
        *IN_ALLAUTH.findall(read(*theirs)),
        *IN_SCRIPTS.findall(read(ROOT / "static" / "pairs.js")),
        *IN_STYLE.findall(read(ROOT / "static" / "build" / "pairs.css")),
    }


def allauth_templates(package):
    from pathlib import Path

    return Path(package.__file__).parent / "templates"


def test_all_that_a_page_asks_for_is_served():
    assert asked_for() > {"pairs.js", "htmx/htmx.min.js", "mfa/js/webauthn.js"}
    assert sorted(asked_for() - served()) == []


@pytest.mark.parametrize("prefix", sorted(settings.PUBLISHED_FILES))
def test_every_published_file_is_in_its_package_and_asked_for(prefix):
    folders = dict(each for each in settings.STATICFILES_DIRS if isinstance(each, tuple))
    for name in settings.PUBLISHED_FILES[prefix]:
        assert (folders[prefix] / name).is_file()
        assert f"{prefix}/{name}" in asked_for()


def test_no_package_is_served_whole():
    assert len(served()) < 30
