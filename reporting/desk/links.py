"""Where the family's pages lead: each link is shown where its page is there and lets this person in.

Whoever builds a page about a family adds one line to OF_FAMILY; one that mends what is missing, to MENDS.
"""

import functools
import uuid

from django.urls import NoReverseMatch, resolve, reverse

from pairs.access.policy import policy_of

# Group by group: the words, and the name of the address, which takes the family's id.
OF_FAMILY = {
    "People": (
        ("People and addresses", "family-people"),
        ("Add a carer", "new-caregiver"),
        ("Record a pregnancy", "new-pregnancy"),
    ),
    "Around them": (
        ("Their village", "village"),
        ("Sharing agreements", "sharing"),
        ("Letters", "letters"),
        ("Write a letter", "new-letter"),
        ("Joint work", "joint-work"),
        ("Peer support", "peer-support"),
        ("Ask the hub", "family-asks"),
        ("Turning two and five", "transitions"),
    ),
    "Safety": (
        ("Safeguarding", "safeguarding"),
        ("Record a safeguarding concern", "new-safeguarding-concern"),
        ("Raise a risk alert", "new-alert"),
    ),
    "Record": (
        ("Chronology", "chronology"),
        ("Move to another site", "family-moves"),
    ),
}
# A gap's code → the page of that person where it is mended; everything else is mended from the family page.
OF_CARER, OF_INFANT = "caregiver", "infant"
MENDS = {
    "nhs_number": OF_INFANT,
    "infant_ethnicity": "infant-ethnicity",
    **dict.fromkeys(("carer_name", "birth_date", "carer_ethnicity", "language"), OF_CARER),
    **dict.fromkeys(("reachable", "safe_contact", "responsibility"), OF_CARER),
    **dict.fromkeys(("address", "postcode", "area"), OF_CARER),
}
# Who holds a family, and who else reaches it, is decided where it is held: no grant carries these.
AT_THE_SITE = {"family-moves", "new-ask"}
SOMEBODY = uuid.UUID(int=0)


def link(scope, text, name, pk, *, at, of=None):
    """{text, href} of the page about that row, or None where there is none or this person is not let in.

    ``at``: the site that holds it; ``of``: the family it is about, for somebody who was given access to that one.
    """
    policy = _policy(name)
    of = None if name in AT_THE_SITE else of
    if policy is None or not scope.may(*policy.permissions_for("GET"), at=at, of=of):
        return None
    return {"text": text, "href": reverse(name, args=[pk])}


def links_to(scope, pages, pk, *, at, of=None):
    """A link to each of the pages (words, name of the address) that lets this person in."""
    links = (link(scope, text, name, pk, at=at, of=of) for text, name in pages)
    return [each for each in links if each]


def of_family(scope, family):
    """[(group, links)] to the pages about this family, in the order of the table; no group without a link."""
    here = {"at": family.site_id, "of": family.pk}
    groups = ((text, links_to(scope, pages, family.pk, **here)) for text, pages in OF_FAMILY.items())
    return [(text, links) for text, links in groups if links]


def mending(scope, gaps, *, family_id, at):
    """What components/due_list.html draws of a family's gaps: one item for what is mended on one page."""
    items = {}
    for gap in gaps:
        items.setdefault((gap.who, _mended_at(scope, gap, family_id, at)), []).append(gap.words)
    return [
        {"title": who, "why": ". ".join(words) + ".", "href": href, "severity": "data"}
        for (who, href), words in items.items()
    ]


def _mended_at(scope, gap, family_id, at):
    found = gap.code in MENDS and link(scope, gap.words, MENDS[gap.code], gap.person, at=at, of=family_id)
    return found["href"] if found else reverse("family", args=[family_id])


@functools.cache
def _policy(name):
    """The policy of the page of that name; None while no room has such a page."""
    try:
        found = resolve(reverse(name, args=[SOMEBODY]))
    except NoReverseMatch:
        return None
    return policy_of(found.func, name)
