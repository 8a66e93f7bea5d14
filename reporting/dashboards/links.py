"""Links on family pages: shown where the page exists and this user may open it.

A new page about a family needs a line in FAMILY_PAGES; a page that fills a gap, one in PAGE_BY_GAP.
"""

import functools
import uuid
from collections.abc import Sequence
from typing import Any

from django.urls import NoReverseMatch, resolve, reverse

from pairs.access.policy import Policy, get_policy
from pairs.web.url_cache import reverse_cached

# Group by group: the words, and the name of the address, which takes the family's id. The tabs have their own links.
FAMILY_PAGES = {
    "People": (
        ("Add a carer", "new-caregiver"),
        ("Record a pregnancy", "new-pregnancy"),
        ("Support network", "village"),
    ),
    "Working together": (
        ("Letters", "letters"),
        ("Write a letter", "new-letter"),
        ("Joint work", "joint-work"),
        ("Peer support", "peer-support"),
        ("Ask the hub", "family-asks"),
        ("Transitions at 2 and 5", "transitions"),
    ),
    "Safety and moves": (
        ("Record a safeguarding concern", "new-safeguarding-concern"),
        ("Raise a risk alert", "new-alert"),
        ("Move to another site", "family-moves"),
        ("Restrict this record", "restrict-family"),
        ("Changes to this record", "family-changes"),
        ("Retention of this record", "family-retention"),
        ("Record a subject access request", "new-subject-access"),
    ),
}
# Never offered after a loss: nobody is written to or asked as if the baby lived.
PAGES_OF_LIFE = {"new-letter", "transitions"}
# Gap code → page of that person where it is filled in; other gaps are filled in from the family page.
CAREGIVER_PAGE, INFANT_PAGE = "caregiver", "infant"
PAGE_BY_GAP = {
    "nhs_number": INFANT_PAGE,
    "infant_ethnicity": "infant-ethnicity",
    **dict.fromkeys(("carer_name", "birth_date", "carer_ethnicity", "language"), CAREGIVER_PAGE),
    **dict.fromkeys(("reachable", "safe_contact", "responsibility"), CAREGIVER_PAGE),
    **dict.fromkeys(("address", "postcode", "area"), CAREGIVER_PAGE),
}
# Pages only for staff of the family's own site: a FamilyGrant does not open them.
SITE_ONLY_PAGES = {
    "family-changes",
    "family-moves",
    "family-retention",
    "new-ask",
    "new-subject-access",
    "restrict-family",
}
PLACEHOLDER_ID = uuid.UUID(int=0)


def build_link(
    scope: Any, text: str, name: str, pk: uuid.UUID | None, *, at: uuid.UUID, of: uuid.UUID | None = None
) -> dict[str, str] | None:
    """{text, href} of the page about that row, or None where there is none or this person is not let in.

    ``at``: the site that holds it; ``of``: the family it is about, for somebody who was given access to that one.
    """
    policy = _get_page_policy(name)
    of = None if name in SITE_ONLY_PAGES else of
    if policy is None or not scope.may(*policy.permissions_for("GET"), at=at, of=of):
        return None
    return {"text": text, "href": reverse_cached(name, pk)}


def build_links(
    scope: Any,
    pages: Sequence[tuple[str, str]],
    pk: uuid.UUID | None,
    *,
    at: uuid.UUID,
    of: uuid.UUID | None = None,
) -> list[dict[str, str]]:
    """A link to each of the pages (words, name of the address) that lets this person in."""
    links = (build_link(scope, text, name, pk, at=at, of=of) for text, name in pages)
    return [each for each in links if each]


def build_family_links(
    scope: Any, family: Any, *, lost: bool = False
) -> list[tuple[str, list[dict[str, str]]]]:
    """[(group, links)] to the pages about this family, in the order of the table; no group without a link."""
    here = {"at": family.site_id, "of": family.pk}
    offered = {
        text: [page for page in pages if not (lost and page[1] in PAGES_OF_LIFE)]
        for text, pages in FAMILY_PAGES.items()
    }
    groups = ((text, build_links(scope, pages, family.pk, **here)) for text, pages in offered.items())
    return [(text, links) for text, links in groups if links]


def present_gaps(scope: Any, gaps: list[Any], *, family_id: uuid.UUID, at: uuid.UUID) -> list[dict[str, str]]:
    """What components/due_list.html draws of a family's gaps: one item for what is mended on one page."""
    items = {}
    for gap in gaps:
        items.setdefault((gap.who, _get_gap_href(scope, gap, family_id, at)), []).append(gap.words)
    return [
        {"title": who, "why": ". ".join(words) + ".", "href": href, "severity": "data"}
        for (who, href), words in items.items()
    ]


def _get_gap_href(scope: Any, gap: Any, family_id: uuid.UUID, at: uuid.UUID) -> str:
    found = gap.code in PAGE_BY_GAP and build_link(
        scope, gap.words, PAGE_BY_GAP[gap.code], gap.person, at=at, of=family_id
    )
    return found["href"] if found else reverse("family", args=[family_id])


def lead_in(scope: Any, href: str, *, at: uuid.UUID | None, of: uuid.UUID | None) -> str:
    """That page where it lets this person in, else the family's: no row of a list ends at a refusal.

    ``at``: the site that the row belongs to; ``of``: its family.
    """
    if of is None or scope.may("write_records", at=at, of=of):
        return href
    found = resolve(href.partition("?")[0])
    policy = get_policy(found.func, found.view_name)
    asked = policy.permissions_for("GET") if policy else ()
    return href if not asked or scope.may(*asked, at=at, of=of) else reverse_cached("family", of)


@functools.cache
def _get_page_policy(name: str) -> Policy | None:
    """The policy of the page with that URL name; None if there is no such page."""
    try:
        found = resolve(reverse(name, args=[PLACEHOLDER_ID]))
    except NoReverseMatch:
        return None
    return get_policy(found.func, name)
