"""The guides of docs/guide: whose each is, which part is about which page, and how they read as pages."""

import functools
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from pairs.service.roles import Role
from pairs.web.formats import make_dom_id
from pairs.web.jinja_environment import get_static_url
from pairs.web.markdown import render_markdown
from pairs.web.url_cache import reverse_cached

FOLDER = settings.ROOT / "docs" / "guide"
STATIC_PREFIX = "../../static/"
# Role → its guide. Who has several roles is shown the first that says something about the page.
ROLE_GUIDES = {
    Role.PRACTITIONER: "practitioner",
    Role.TRAINEE: "practitioner",
    Role.SUPERVISOR: "supervisor",
    Role.DUTY: "duty",
    Role.REFERRER: "health-visitor",
    Role.PEER_SUPPORTER: "peer-supporter",
    Role.MANAGER: "manager",
    Role.GOVERNANCE: "information-governance",
    Role.ADMINISTRATOR: "administrator",
}
# Guides about one part of the work, for whoever does it.
MORE_GUIDES = ("family-form", "measures", "groups-and-films", "reports")
# Name of an address → the heading of the guides that is about it.
PAGE_TOPICS = {
    "home": "Today",
    "caseload": "Caseload",
    "worklist": "To do",
    "due-decision": "To do",
    "due-reassignment": "To do",
    "family": "Family",
    "episode": "Family",
    "family-people": "Family",
    "new-contact": "Log a contact",
    "care-contact": "Log a contact",
    "choose-measure": "Measures and goals",
    "new-assessment": "Measures and goals",
    "assessment": "Measures and goals",
    "new-measure-link": "Measures and goals",
    "measures": "Measures and goals",
    "measure": "Measures and goals",
    "new-goal": "Measures and goals",
    "rate-goal": "Measures and goals",
    "diary": "Diary",
    "new-appointment": "Diary",
    "before-you-knock": "Diary",
    "triage": "Triage",
    "decide-referral": "Decide",
    "phone-in": "Phone referrals",
    "waits": "Waiting times",
    "supervision": "Supervision",
    "to-countersign": "Countersigning",
    "absences": "Absence and cover",
    "competencies": "Competencies",
    "competence": "Competencies",
    "sign-off-delivery": "Competencies",
    "sign-off-group": "Competencies",
    "posts": "Posts",
    "post": "Posts",
    "establishment": "Posts",
    "capacity": "Posts",
    "reports": "Reports",
    "report": "Reports",
    "service-reports": "Service reports",
    "service-report": "Service reports",
    "needs": "Service reports",
    "new-need": "Service reports",
    "service-now": "The service today",
    "team-figures": "Team figures",
    "experience-results": "Family feedback",
    "new-experience-link": "Family feedback",
    "refer": "Refer a family",
    "my-referrals": "My referrals",
    "new-consultation": "Request a consultation",
    "consultations": "Consultations",
    "consultation": "Consultations",
    "log-consultation": "Consultations",
    "training": "Training",
    "training-programme": "Training",
    "training-reach": "Training",
    "outreach": "Outreach",
    "outreach-session": "Outreach",
    "supported-families": "Families you support",
    "access-log": "Access log",
    "record-changes": "Record changes",
    "family-changes": "Record changes",
    "retention": "Retention",
    "family-retention": "Retention",
    "account-events": "Sign-ins",
    "subject-access": "Subject access requests",
    "subject-access-request": "Subject access requests",
    "disclosure-check": "Subject access requests",
    "bundle-entry": "Subject access requests",
    "bundle-section": "Subject access requests",
    "bundle": "Subject access requests",
    "sealed-readings": "Sealed birth records",
    "sealed-reading": "Sealed birth records",
    "sealed-contacts": "Contacts entered in error",
    "accounts": "Accounts",
    "account": "Accounts",
    "new-account": "Accounts",
    "settings": "Settings",
    "sites": "Settings",
    "official-files": "Settings",
    "failed-work": "Failed e-mails and documents",
    "my-account": "Your account",
}


@dataclass(frozen=True)
class Guide:
    """One Markdown file. ``topics``: {heading: its anchor}."""

    name: str
    title: str
    text: str
    topics: dict[str, str]


def load_guide(name: str) -> Guide | None:
    """The guide of that name, read once; None where there is none."""
    return _read_guide(name) if name in list_guide_names() else None


@functools.cache
def _read_guide(name: str) -> Guide:
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    return Guide(
        name, text.splitlines()[0].removeprefix("# "), text, {each: make_dom_id(each) for each in headings}
    )


def list_guide_names() -> list[str]:
    """Every guide once: those of roles, then those about one part of the work."""
    return list(dict.fromkeys([*ROLE_GUIDES.values(), *MORE_GUIDES]))


def find_help_path(roles: Collection[str], page: str) -> str:
    """Where Help leads from the page (name of its address): the part about it in the guide of one of the roles."""
    guides = [guide for role, name in ROLE_GUIDES.items() if role in roles and (guide := load_guide(name))]
    topic = PAGE_TOPICS.get(page, "")
    for guide in guides:
        if topic in guide.topics:
            return f"{reverse_cached('guide', guide.name)}#{guide.topics[topic]}"
    return reverse_cached("guide", guides[0].name) if guides else reverse_cached("guides")


@functools.cache
def render_guide(name: str) -> Any:
    """The guide as a page, rendered once a process."""
    guide = load_guide(name)
    return render_markdown(guide.text, _resolve) if guide else ""


def _resolve(named: str) -> str:
    """A picture of static/, another guide, or an address as it stands."""
    if named.startswith(STATIC_PREFIX):
        return get_static_url(named.removeprefix(STATIC_PREFIX))
    path, _, anchor = named.partition("#")
    if path.endswith(".md") and load_guide(path.removesuffix(".md")):
        return reverse_cached("guide", path.removesuffix(".md")) + (f"#{anchor}" if anchor else "")
    return named
