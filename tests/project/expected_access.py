"""The outcome to expect when a person requests an address: computed from the policies and the cast.

It uses neither Scope nor any QuerySet: the rules of access are written a second time, independently.
"""

from pairs.access.policy import FEED_TOKEN, ONE_TIME_LINK, PERMISSION, PUBLIC
from pairs.service.roles import get_role_permissions
from tests.cast import CAST
from tests.project.factories.collaboration import SAMPLE_ASKS
from tests.project.factories.sample_families import SAMPLE_FAMILIES, SAMPLE_MOVES

# FORBIDDEN_THERE: in scope, but the right that the act needs is not held at the record's own site.
LOGIN, FORBIDDEN, NOT_FOUND, OPEN, FORBIDDEN_THERE = "login", "403", "404", "open", "403 there"
NOT_LET_IN = {"anonymous", "deactivated"}
EVERYBODY = ["anonymous", "deactivated", *CAST]
# The catalogue is the same for whoever is let in at all.
CATALOGUE_PARAMETERS = {"way_id"}
PERMISSION_ANYWHERE = {
    "report_id": {"read_reports"},
    "service_report": {"read_reports"},
    "signed_report": {"read_reports"},
    "user_id": {"manage_accounts"},
    "factor_reset_id": {"manage_accounts", "govern_records"},
    "site_id": {"manage_accounts"},
    "district_id": {"manage_accounts"},
    "run_id": {"manage_accounts"},
    "destination_id": {"read_families", "manage_accounts"},
    "way_back_id": {"read_families"},
    "plan_line_id": {"manage_accounts", "read_reports"},
}
# Whose it is: the worker's of the home, the referrer's, duty's, who takes the calls, or the supervisor's.
PERSONAL_PARAMETERS = {
    "token_id": "worker",
    "submission_id": "worker",
    "token": "referrer",
    "call_id": "duty",
    "planned_id": "supervisor",
    "own_agreed_id": "supervisor",
    "harm_view_id": "worker",
}
# Of these, what is theirs only while they reach the family.
ALSO_BY_FAMILY = {"harm_view_id"}
# Which of a home's objects an address is about, where the parameter's name alone does not say it.
OBJECT_BY_ADDRESS = {
    **dict.fromkeys(
        [
            "service-report",
            "service-report-csv",
            "service-report-pdf",
            "service-report-progress",
            "api-service-report",
            "api-service-report-pdf",
        ],
        "service_report",
    ),
    "report-for-parents": "signed_report",
    "contact-as-text": "signed_contact",
    "sealed-contact": "sealed_contact",
    "open-episode": "to_open",
    "new-first-visit": "to_open",
    "settle-differences": "to_open",
    "tell-referrer": "to_open",
    "api-tell-referrer": "to_open",
    "api-referral-differences": "to_open",
    "api-first-visits": "to_open",
    "restore-appointment": "cancelled_visit",
    "gather-entries": "access_to_gather",
    "gather-entries-progress": "access_to_gather",
    "make-bundle": "access_to_make",
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
    **dict.fromkeys(["change-group-session", "api-group-session"], "coming_session"),
    **dict.fromkeys(["remove-training-attendee", "api-remove-training-attendee"], "new_attendee"),
    **dict.fromkeys(["cancel-training-session", "api-cancel-training-session"], "coming_training"),
    **dict.fromkeys(
        ["keepsake-progress", "keepsake-print", "keepsake-pdf", "api-keepsake-pdf"], "ready_keepsake"
    ),
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


def get_object_name(address):
    return OBJECT_BY_ADDRESS.get(address.name, address.ids[0])


def list_held_permissions(username):
    """{permission: site codes} from the table of the cast."""
    sites = {}
    for role, site in CAST[username][2]:
        for name in get_role_permissions(role):
            sites.setdefault(name, set()).add(site)
    return sites


def get_expected_outcome(username, address, method, where):
    """One of the classes above. ``where``: a home's name, "nowhere", or None for an address without ids."""
    policy = address.policy
    if policy is None:
        return FORBIDDEN
    if policy.kind in (PUBLIC, ONE_TIME_LINK, FEED_TOKEN):  # the link that is tried is one that works
        return OPEN
    if username in NOT_LET_IN:
        return LOGIN
    wanted = policy.permissions_for(method)
    if policy.kind == PERMISSION and not set(wanted) & set(list_held_permissions(username)):
        return FORBIDDEN
    if not address.ids:
        return OPEN
    if where == "nowhere" or not _can_reach_address(username, where, address, wanted):
        return NOT_FOUND
    return _get_outcome_at_site(username, where, address, wanted, method)


def _can_reach_address(username, where, address, wanted):
    if address.name.removeprefix("api-") in HUB_STEPS:
        return _is_asked_at_hub(username, where)
    asked = address.name.removeprefix("api-") == "ask" and _is_asked_at_hub(username, where)
    return asked or can_reach(username, where, get_object_name(address), wanted)


def _is_asked_at_hub(username, where):
    """Whoever writes records at the hub: what waits there, and what they took on themselves."""
    if SAMPLE_FAMILIES[where][3] or HUB_SITE not in list_held_permissions(username).get("write_records", ()):
        return False
    return SAMPLE_ASKS[where][0] == "asked" or username == "hub"


def _get_outcome_at_site(username, where, address, wanted, method):
    """Whoever reaches it by who they are, or may read it, is let in; to write they need the right at its site."""
    rights = list_held_permissions(username)
    if address.ids[0] == "absence_id":  # one's own, or at a site where one supervises
        site, worker, _, _ = SAMPLE_FAMILIES[where]
        return OPEN if username == worker or site in rights.get("supervise", ()) else FORBIDDEN_THERE
    here = any(
        site in rights.get(name, ()) for site in _list_sites_of_step(address, where) for name in wanted
    )
    if method in NEEDS_MORE_THAN_READING.get(address.name, ()) and _has_read_only_grant(username, where):
        return FORBIDDEN_THERE
    by_who_they_are = not wanted or address.ids[0] in REACHED_BY_IDENTITY or set(wanted) & LINK_PERMISSIONS
    hubs = address.name.removeprefix("api-") in HUB_STEPS
    if here or by_who_they_are or hubs or address.name in OPEN_TO_READERS:
        return OPEN
    posted = method == "POST" and address.name in POST_NEEDS_RIGHT_AT_SITE
    # Who people are, how they stand and where they are held is registered; no grant carries that.
    needed = {"register_people"} & set(wanted) or set(wanted)
    if not posted and address.name not in NEEDS_RIGHT_AT_SITE and needed & _get_grant(username, where):
        return OPEN
    return FORBIDDEN_THERE


def _list_sites_of_step(address, where):
    """Sites where the right may be held: the record's own; of a move's steps the one whose step it is."""
    own, other = SAMPLE_FAMILIES[where][0], SAMPLE_MOVES[where][0]
    name = address.name.removeprefix("api-")
    return {"accept-move": [other], "decline-move": [other], "call-back-move": [own, other]}.get(name, [own])


# Work that is handed over: by whoever supervises at its site, or keeps accounts.
HANDED_OVER = {"colleague_id", "hand_over_id"}
# Of posts: who reads them everywhere; whoever supervises at the site does too.
POST_READERS = {
    "post_id": {"manage_accounts", "read_reports"},
    "holding_id": {"manage_accounts"},
}
# Reached by who one is, not by where one works; and the permissions that a grant or a team gives rows to.
REACHED_BY_IDENTITY = {
    "session_id",
    *HANDED_OVER,
    *POST_READERS,
    "agenda_item_id",
    *PERMISSION_ANYWHERE,
    *PERSONAL_PARAMETERS,
    *CATALOGUE_PARAMETERS,
}
LINK_PERMISSIONS = {"make_referrals", "support_families", "read_families"}
# Who was given access to which family beyond their sites, and what it lets them do in its records.
FAMILY_GRANTS = {
    ("hub", "restricted"): {"read_families"},  # direct care
    ("hub", "hyndburn"): {"read_families", "write_records"},  # co-work
    ("hub", "moving"): {"read_families"},  # thinking together
}
# Of supervision: whether others who supervise at the site know of it as well as the two.
STAFF_PARAMETERS = {"session_id": True, "agreed_id": True, "agenda_item_id": False}
# What only whoever works where the family is held may do: no grant carries it.
NEEDS_RIGHT_AT_SITE = {
    "restrict-family", "api-family-restricting", "new-subject-access",
    "family-moves", "new-peer-supporter", "peer-ending", "new-ask", "end-ask", "prolong-ask",
    "api-family-moves", "api-peer-ending", "api-end-ask", "api-prolong-ask",
}  # fmt: skip
# The same address, where only its POST is so.
POST_NEEDS_RIGHT_AT_SITE = {"api-peer-support", "api-family-asks"}
# The hub's steps of an ask: reached by whoever writes records at the hub, while the ask waits or is their own.
HUB_STEPS = {"take-ask", "decline-ask", "answer-ask"}
HUB_SITE = "blackpool"
# Put off and answered by whoever reads it, but not by somebody whose grant only reads: address → methods.
NEEDS_MORE_THAN_READING = {
    "due-decision": {"GET", "POST"},
    "due-reassignment": {"GET", "POST"},
    "alert": {"POST"},
}
# Whoever reads the family may raise an alert, at whichever site they may write.
OPEN_TO_READERS = {"new-alert"}
# What is a site's own, and the rights there by which it is known. A group is its site's, whichever families come to it:
# nobody is named by knowing it.
GROUP_PARAMETERS = ("programme_id", "group_session_id", "coming_session", "facilitator_id", "other_group")
TRAINING_PARAMETERS = ("training_id", "training_session_id", "coming_training")
TRAINING_RUNNERS = ("write_records", "supervise")
SITE_PERMISSIONS_BY_PARAMETER = dict.fromkeys(GROUP_PARAMETERS, ("read_families", "govern_records")) | {
    "film_sealed": ("govern_records",),
    "restriction_id": ("govern_records",),
    "emergency_access_id": ("govern_records",),
    "retention_hold_id": ("govern_records",),
    "retention_decision_id": ("govern_records",),
    **dict.fromkeys(
        (
            "subject_access_id",
            "access_to_gather",
            "access_to_make",
            "disclosure_check_id",
            "bundle_entry_id",
            "bundle_id",
            "adoption_id",
            "sealed_reading_id",
        ),
        ("govern_records",),
    ),
    "own_record_answer_id": ("govern_records",),
    "grant_id": ("govern_records",),
    "room_id": ("read_families", "supervise", "manage_accounts"),
    **dict.fromkeys(TRAINING_PARAMETERS, (*TRAINING_RUNNERS, "read_reports")),
    **dict.fromkeys(("attendee_id", "certificate_id", "new_attendee"), TRAINING_RUNNERS),
    "outreach_id": (*TRAINING_RUNNERS, "triage_referrals", "read_reports"),
}
# Where an address's own form is there to be filled in, if not at Blackburn's home.
FORM_FILLED_AT = {
    "answer-ask": "hyndburn",
    "prolong-ask": "hyndburn",
    "accept-move": "moving",
    "decline-move": "moving",
    "withdraw-move": "moving",
}


def can_reach(username, where, parameter, wanted):
    """May this person know that the row exists?"""
    site, worker, referrer, _ = SAMPLE_FAMILIES[where]
    rights = list_held_permissions(username)
    if parameter in PERSONAL_PARAMETERS:
        is_theirs = username == {"worker": worker, "referrer": referrer}.get(
            PERSONAL_PARAMETERS[parameter], PERSONAL_PARAMETERS[parameter]
        )
        return is_theirs and (parameter not in ALSO_BY_FAMILY or _can_reach_family(username, where))
    if parameter in CATALOGUE_PARAMETERS:
        return True
    if parameter in PERMISSION_ANYWHERE:
        return bool(PERMISSION_ANYWHERE[parameter] & set(rights))
    if parameter in SITE_PERMISSIONS_BY_PARAMETER:
        return any(site in rights.get(name, ()) for name in SITE_PERMISSIONS_BY_PARAMETER[parameter])
    if parameter in ("absence_id", "competence_id") or parameter in HANDED_OVER | set(POST_READERS):
        return _can_reach_workforce(username, where, parameter)
    if parameter in STAFF_PARAMETERS:
        is_one_of_two = username in (worker, "supervisor")
        return is_one_of_two or (STAFF_PARAMETERS[parameter] and site in rights.get("supervise", ()))
    if "support_families" in wanted and "support_families" in rights:
        return (username, where) == ("peer", "blackburn")
    if parameter in (
        "referral_id",
        "to_open",
        "consultation_id",
        "ended",
        "reply_id",
        "sent_email_id",
        "named_id",
    ):
        has_family = parameter in ("to_open", "reply_id", "sent_email_id") or where == "restricted"
        return _can_reach_referral(username, where, wanted, has_family)
    if parameter == "move_id":
        return _can_reach_move(username, where)
    return _can_reach_family(username, where)


def _can_reach_workforce(username, where, parameter):
    site, worker, _, _ = SAMPLE_FAMILIES[where]
    rights = list_held_permissions(username)
    if parameter in POST_READERS:
        return bool(POST_READERS[parameter] & set(rights)) or site in rights.get("supervise", ())
    if parameter in HANDED_OVER:
        return "manage_accounts" in rights or site in rights.get("supervise", ())
    return username == worker or any(site in rights.get(name, ()) for name in ("write_records", "supervise"))


def _can_reach_family(username, where):
    site, _, _, restricted = SAMPLE_FAMILIES[where]
    rights = list_held_permissions(username)
    granted = "read_families" in _get_grant(username, where)
    reads = bool(_list_reading_sites(where) & rights.get("read_families", set())) and not restricted
    return granted or reads or site in rights.get("govern_records", ())


def _has_read_only_grant(username, where):
    rights, readers = (
        list_held_permissions(username),
        _list_reading_sites(where) if not SAMPLE_FAMILIES[where][3] else set(),
    )
    own = readers & rights.get("read_families", set()) or SAMPLE_FAMILIES[where][0] in rights.get(
        "govern_records", ()
    )
    return _get_grant(username, where) == {"read_families"} and not own


def _get_grant(username, where):
    return FAMILY_GRANTS.get((username, where), set())


def _list_reading_sites(where):
    """Sites that read it: its own, and the one that it is offered to."""
    to_site, status = SAMPLE_MOVES[where]
    return {SAMPLE_FAMILIES[where][0]} | ({to_site} if status == "offered" else set())


def _can_reach_move(username, where):
    """A move stays known at both of its sites, unless the family is restricted."""
    site, _, _, restricted = SAMPLE_FAMILIES[where]
    at_either = {site, SAMPLE_MOVES[where][0]} & list_held_permissions(username).get("read_families", set())
    return _can_reach_family(username, where) or (bool(at_either) and not restricted)


def _can_reach_referral(username, where, wanted, has_family):
    site, _, referrer, restricted = SAMPLE_FAMILIES[where]
    rights = list_held_permissions(username)
    if "make_referrals" in wanted and username == referrer:
        return True
    if wanted == ("make_referrals",):
        return False
    triages = site in rights.get("triage_referrals", ()) and not restricted
    return triages or (has_family and _can_reach_family(username, where))
