"""What ought to happen when somebody asks for an address: computed from the policies and the cast, by hand's rules.

It reads neither Scope nor any QuerySet: the same sentences of the design, said a second time.
"""

from pairs.access.policy import FEED_TOKEN, ONE_TIME_LINK, PERMISSION, PUBLIC
from pairs.service.roles import permissions_of
from tests.cast import CAST
from tests.house.world import HOMES, MOVES
from tests.house.world_alongside import ASKS

# FORBIDDEN_THERE: in scope, but the right that the act needs is not held at the record's own site.
LOGIN, FORBIDDEN, NOT_FOUND, OPEN, FORBIDDEN_THERE = "login", "403", "404", "open", "403 there"
NOBODY_IN = {"anonymous", "deactivated"}
EVERYBODY = ["anonymous", "deactivated", *CAST]
# The catalogue is the same for whoever is let in at all.
CATALOGUE = {"way_id"}
ANYWHERE = {
    "report_id": "read_reports",
    "user_id": "manage_accounts",
    "destination_id": "read_families",
    "way_back_id": "read_families",
}
# Whose it is: the worker's of the home, the referrer's, or duty's, who takes the calls.
PERSONAL = {"token_id": "worker", "submission_id": "worker", "token": "referrer", "call_id": "duty"}
# Which of a home's objects an address is about, where the parameter's name alone does not say it.
OBJECT_OF = {
    "contact-as-text": "signed_contact",
    "sealed-contact": "sealed_contact",
    "open-episode": "to_open",
    "new-first-visit": "to_open",
    "api-first-visits": "to_open",
    "restore-appointment": "cancelled_visit",
    "api-appointment-restoring": "cancelled_visit",
    "adoption": "subject_id",
    "api-adoption": "subject_id",
    "loss-in-error": "lost_id",
    "api-loss-in-error": "lost_id",
    "reopen-referral": "ended",
    "api-referral-reopening": "ended",
    "film-in-error": "film_agreed",
    "sealed-recording": "film_sealed",
    "new-group-places": "other_group",
    **dict.fromkeys(["keepsake-progress", "keepsake-pdf", "api-keepsake-pdf"], "ready_keepsake"),
} | dict.fromkeys(
    [
        "letter-print",
        "letter-pdf",
        "letter-progress",
        "letter-sending",
        "api-letter-paper",
        "api-letter-pdf",
        "api-letter-sending",
    ],
    "signed_letter",
)


def object_of(address):
    return OBJECT_OF.get(address.name, address.ids[0])


def held(username):
    """{permission: site codes} from the table of the cast."""
    sites = {}
    for role, site in CAST[username][2]:
        for name in permissions_of(role):
            sites.setdefault(name, set()).add(site)
    return sites


def expected(username, address, method, where):
    """One of the classes above. ``where``: a home's name, "nowhere", or None for an address without ids."""
    policy = address.policy
    if policy is None:
        return FORBIDDEN
    if policy.kind in (PUBLIC, ONE_TIME_LINK, FEED_TOKEN):  # the link that is tried is one that works
        return OPEN
    if username in NOBODY_IN:
        return LOGIN
    wanted = policy.permissions_for(method)
    if policy.kind == PERMISSION and not set(wanted) & set(held(username)):
        return FORBIDDEN
    if not address.ids:
        return OPEN
    if where == "nowhere" or not _reaches_at(username, where, address, wanted):
        return NOT_FOUND
    return _at_the_site(username, where, address, wanted, method)


def _reaches_at(username, where, address, wanted):
    if address.name.removeprefix("api-") in HUBS_STEPS:
        return _is_asked(username, where)
    asked = address.name.removeprefix("api-") == "ask" and _is_asked(username, where)
    return asked or reaches(username, where, object_of(address), wanted)


def _is_asked(username, where):
    """Whoever writes records at the hub: what waits there, and what they took on themselves."""
    if HOMES[where][3] or HUB not in held(username).get("write_records", ()):
        return False
    return ASKS[where][0] == "asked" or username == "hub"


def _at_the_site(username, where, address, wanted, method):
    """Whoever reaches it by who they are, or may read it, is let in; to write they need the right at its site."""
    rights = held(username)
    here = any(site in rights.get(name, ()) for site in _whose_step(address, where) for name in wanted)
    if method in NOT_BY_READING.get(address.name, ()) and _only_reads(username, where):
        return FORBIDDEN_THERE
    by_who_they_are = not wanted or address.ids[0] in OWN_DOOR or set(wanted) & BY_LINK
    hubs = address.name.removeprefix("api-") in HUBS_STEPS
    if here or by_who_they_are or hubs or address.name in WHOEVER_READS:
        return OPEN
    posted = method == "POST" and address.name in POST_AT_THE_SITE
    # Who people are, how they stand and where they are held is registered; no grant carries that.
    needed = {"register_people"} & set(wanted) or set(wanted)
    if not posted and address.name not in AT_THE_SITE and needed & _granted(username, where):
        return OPEN
    return FORBIDDEN_THERE


def _whose_step(address, where):
    """Sites where the right may be held: the record's own; of a move's steps the one whose step it is."""
    own, other = HOMES[where][0], MOVES[where][0]
    name = address.name.removeprefix("api-")
    return {"accept-move": [other], "decline-move": [other], "call-back-move": [own, other]}.get(name, [own])


# Reached by who one is, not by where one works; and the permissions that a grant or a team gives rows to.
OWN_DOOR = {"session_id", *ANYWHERE, *PERSONAL, *CATALOGUE}
BY_LINK = {"make_referrals", "support_families", "read_families"}
# Who was given access to which family beyond their sites, and what it lets them do in its records.
GRANTED = {
    ("hub", "restricted"): {"read_families"},  # direct care
    ("hub", "hyndburn"): {"read_families", "write_records"},  # co-work
    ("hub", "moving"): {"read_families"},  # thinking together
}
# What only whoever works where the family is held may do: no grant carries it.
AT_THE_SITE = {
    "family-moves", "new-peer-supporter", "peer-ending", "new-ask", "end-ask", "prolong-ask",
    "api-family-moves", "api-peer-ending", "api-end-ask", "api-prolong-ask",
}  # fmt: skip
# The same address, where only its POST is so.
POST_AT_THE_SITE = {"api-peer-support", "api-family-asks"}
# The hub's steps of an ask: reached by whoever writes records at the hub, while the ask waits or is their own.
HUBS_STEPS = {"take-ask", "decline-ask", "answer-ask"}
HUB = "blackpool"
# Put off and answered by whoever reads it, but not by somebody whose grant only reads: address → methods.
NOT_BY_READING = {"due-decision": {"GET", "POST"}, "alert": {"POST"}}
# A worry is told by whoever reads the family, wherever they hold the right to write.
WHOEVER_READS = {"new-alert"}
# What is a site's own, and the rights there by which it is known. A group is its site's, whichever families come to it:
# nobody is named by knowing it.
GROUPS = ("programme_id", "group_session_id", "facilitator_id", "other_group")
BY_RIGHTS_THERE = dict.fromkeys(GROUPS, ("read_families", "govern_records")) | {
    "film_sealed": ("govern_records",),
    "room_id": ("read_families", "supervise", "manage_accounts"),
}
# Where an address's own form is there to be filled in, if not at Blackburn's home.
TRIED_AT = {
    "answer-ask": "hyndburn",
    "prolong-ask": "hyndburn",
    "accept-move": "moving",
    "decline-move": "moving",
    "withdraw-move": "moving",
}


def reaches(username, where, parameter, wanted):
    """May this person know that the row exists?"""
    site, worker, referrer, _ = HOMES[where]
    rights = held(username)
    if parameter in PERSONAL:
        return username == {"worker": worker, "referrer": referrer, "duty": "duty"}[PERSONAL[parameter]]
    if parameter in CATALOGUE:
        return True
    if parameter in ANYWHERE:
        return ANYWHERE[parameter] in rights
    if parameter in BY_RIGHTS_THERE:
        return any(site in rights.get(name, ()) for name in BY_RIGHTS_THERE[parameter])
    if parameter == "session_id":
        return username in (worker, "supervisor") or site in rights.get("supervise", ())
    if "support_families" in wanted and "support_families" in rights:
        return (username, where) == ("peer", "blackburn")
    if parameter in ("referral_id", "to_open", "consultation_id", "ended", "reply_id"):
        has_family = parameter in ("to_open", "reply_id") or where == "restricted"
        return _reaches_referral(username, where, wanted, has_family)
    if parameter == "move_id":
        return _reaches_move(username, where)
    return _reaches_family(username, where)


def _reaches_family(username, where):
    site, _, _, restricted = HOMES[where]
    rights = held(username)
    granted = "read_families" in _granted(username, where)
    reads = bool(_readers_of(where) & rights.get("read_families", set())) and not restricted
    return granted or reads or site in rights.get("govern_records", ())


def _only_reads(username, where):
    rights, readers = held(username), _readers_of(where) if not HOMES[where][3] else set()
    own = readers & rights.get("read_families", set()) or HOMES[where][0] in rights.get("govern_records", ())
    return _granted(username, where) == {"read_families"} and not own


def _granted(username, where):
    return GRANTED.get((username, where), set())


def _readers_of(where):
    """Sites that read it: its own, and the one that it is offered to."""
    to_site, status = MOVES[where]
    return {HOMES[where][0]} | ({to_site} if status == "offered" else set())


def _reaches_move(username, where):
    """A move stays known at both of its sites, unless the family is restricted."""
    site, _, _, restricted = HOMES[where]
    at_either = {site, MOVES[where][0]} & held(username).get("read_families", set())
    return _reaches_family(username, where) or (bool(at_either) and not restricted)


def _reaches_referral(username, where, wanted, has_family):
    site, _, referrer, restricted = HOMES[where]
    rights = held(username)
    if "make_referrals" in wanted and username == referrer:
        return True
    if wanted == ("make_referrals",):
        return False
    triages = site in rights.get("triage_referrals", ()) and not restricted
    return triages or (has_family and _reaches_family(username, where))
