"""Which pages script/bench and the suite's budgets ask for, as whom, and how: an address, or a form that is sent.

Nothing here needs Django: the same pages are asked through a web server and through the test client.
"""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.project.form_filling import parse_form

UUID_PATTERN = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# Id → who finds it, on which page, in which address.
ID_SOURCES = {
    "family": ("blackburn", "/caseload/", f"/families/({UUID_PATTERN})/"),
    "episode": ("blackburn", "/caseload/", f"/episodes/({UUID_PATTERN})/new-contact/"),
    "colleague": ("supervisor", "/", f"/colleagues/({UUID_PATTERN})/review/"),
    "referral": ("duty", "/triage/", f"/referrals/({UUID_PATTERN})/decision/"),
}
ONE_EPISODE = "/episodes/{episode}/"


# Pages of baseline_pages, by the kind of work they do; "API create" is sent NEW_ROW.
BASELINES = {"list": "/", "detail": "/rows/1/", "API list": "/api/rows/", "API create": "/api/rows/"}
BASELINE_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
NEW_ROW = {
    "name": "Family 10001",
    "place": "Blackpool",
    "status": "open",
    "born_on": "2026-05-01",
    "seen_on": "2026-11-02",
}


@dataclass(frozen=True)
class Page:
    """``path``: an address, its ids as names of ID_SOURCES. ``sends_form``: its form is sent afresh."""

    name: str
    username: str
    path: str
    sends_form: bool = False
    is_short: bool = True  # also in the short form


PAGES = [
    Page("home of a practitioner", "blackburn", "/"),
    Page("home of duty", "duty", "/", is_short=False),
    Page("home of a supervisor", "supervisor", "/"),
    Page("home of a manager", "manager", "/", is_short=False),
    Page("caseload", "blackburn", "/caseload/"),
    Page("to-do", "blackburn", "/due/"),
    Page("review of a colleague", "supervisor", "/colleagues/{colleague}/review/", is_short=False),
    Page("triage", "duty", "/triage/"),
    Page("decision of a referral", "duty", "/referrals/{referral}/decision/", is_short=False),
    Page("family", "blackburn", "/families/{family}/"),
    Page("episode", "blackburn", ONE_EPISODE),
    Page("contact form", "blackburn", f"{ONE_EPISODE}new-contact/"),
    Page("API: fifty families", "blackburn", "/api/v1/families/"),
    Page("API: contacts of an episode", "blackburn", f"/api/v1{ONE_EPISODE}contacts/", is_short=False),
    Page("diary, a week", "blackburn", "/diary/?view=week", is_short=False),
    Page("book a visit, its form", "blackburn", f"{ONE_EPISODE}new-appointment/", is_short=False),
    Page("record a contact", "blackburn", f"{ONE_EPISODE}new-contact/", sends_form=True),
]


def choose_pages(*, only: str | None = None, short: bool = False) -> list[Page]:
    """The pages to measure. ``only``: those whose name contains it; raises SystemExit when there is none."""
    found = [page for page in PAGES if (not only or only in page.name) and (page.is_short or not short)]
    if not found:
        raise SystemExit(f"No page is called {only!r}: {', '.join(page.name for page in PAGES)}")
    return found


def find_ids(read: Callable[[str, str], str], pages: list[Page]) -> dict[str, str]:
    """{name: id} of what the pages' addresses name. ``read``: the text of an address, read by that username."""
    return {name: found[0] for name, found in find_all_ids(read, pages).items()}


def find_all_ids(read: Callable[[str, str], str], pages: list[Page]) -> dict[str, list[str]]:
    """{name: every id that the page of its source shows}, at least one each, in the page's order."""
    needed = [name for name in ID_SOURCES if any("{" + name + "}" in page.path for page in pages)]
    return {name: _list_ids(read, *ID_SOURCES[name]) for name in needed}


def _list_ids(read, username, path, address):
    found = list(dict.fromkeys(re.findall(address, read(username, path))))
    if not found:
        raise SystemExit(f"{path} leads {username} to no address like {address}")
    return found


def build_form_values(page_text: str, now: datetime) -> dict[str, list[str]]:
    """What a browser sends of the page's form when the words of a contact of yesterday are typed into it."""
    form = parse_form(page_text)
    values = {
        name: value for name, control in form["fields"].items() if (value := _get_untouched_value(control))
    }
    typed = {
        "held_on": f"{now - timedelta(days=1):%Y-%m-%d}",
        "held_at": "10:00",
        "happened": "We watched the film together.",
        "baby_told": "He reached out.",
    }
    return values | {name: [value] for name, value in typed.items() if name in form["fields"]}


def _get_untouched_value(control):
    """Of a control that nobody touches; no button is pressed."""
    if control["kind"] == "button":
        return []
    return control["value"] or (control["choices"][:1] if control["kind"] == "select" else [])


def renew_submission(values: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same form as a page opened anew sends it: another submission, so that another record is made."""
    return values | {"submission": [str(uuid.uuid4())]}
