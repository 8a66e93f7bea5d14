"""Each role's home page: what that role does next."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from interventions.collaboration.peer_support.families import list_supported_family_names
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from referrals.views.professional import list_draft_links
from reporting.dashboards.due_cache import get_due_counts
from reporting.dashboards.worklist import DUE_LISTS, format_count

# permission → (title, url name, what it is for)
HOME_LINKS = (
    (
        "make_referrals",
        "Refer a family",
        "refer",
        "For a baby, born or unborn, and those who care for them. About three minutes.",
    ),
    (
        "make_referrals",
        "Ask for a consultation",
        "new-consultation",
        "Think with us about a baby and those who care for them. The family can stay unnamed.",
    ),
    ("make_referrals", "My referrals", "my-referrals", "What has happened since, and what comes next."),
    ("triage_referrals", "Triage", "triage", "Referrals that wait for a decision, oldest first."),
    (
        "triage_referrals",
        "Where else to turn",
        "destinations",
        "Services and groups that families can be pointed to.",
    ),
    ("triage_referrals", "Somebody rang", "phone-in", "Type a referral while the caller speaks."),
    ("triage_referrals", "Consultations", "consultations", "Asked for, arranged, and what was thought."),
    ("read_families", "Find a family", "search", "By name, date of birth, NHS number, phone or reference."),
    ("read_families", "Caseload", "caseload", "The families you work with. Log a contact from here."),
    ("read_families", "Groups", "groups", "Their sessions, rosters and registers."),
    (
        "read_families",
        "Recordings",
        "recordings",
        "Films made with families, and when each is to be deleted.",
    ),
    ("read_families", "Waits", "waits", "Who waits for help, and what the four weeks still miss."),
    ("write_records", "Ask the hub", "hub-asks", "What the hub is asked, and what your site has asked."),
    ("read_families", "Moves", "moves", "Families offered to or from another site, and what was answered."),
    ("read_families", "What is missing", "record-gaps", "What the records of your families lack yet."),
    ("register_people", "Likely duplicates", "duplicates", "Two records that may be of one person."),
    (
        "register_people",
        "Postcodes without a match",
        "unmatched-postcodes",
        "Addresses whose postcode the directory does not know.",
    ),
    (
        "supervise",
        "Relationship concerns",
        "relationship-concerns",
        "What families and professionals can tick, in their two voices.",
    ),
    ("supervise", "Countersigning", "to-countersign", "Trainees’ signed notes that wait to be read."),
    (
        "supervise",
        "How the help was",
        "experience-results",
        "What families say of the service, without names.",
    ),
    ("supervise", "Supervision", "supervision", "Sessions held, and what was decided about families."),
    (
        "support_families",
        "Families you support",
        "supported-families",
        "Safe ways to make contact, alerts, your own log, and what to do with a worry.",
    ),
    ("read_reports", "Reports", "reports", "The month's service and equity report, as a page and a PDF."),
    (
        "read_reports",
        "How the help was",
        "experience-results",
        "What families say of the service, without names; and answers that come on paper.",
    ),
    (
        "govern_records",
        "Possible matches",
        "match-checks",
        "Somebody named in a referral may be held in a restricted record.",
    ),
    (
        "govern_records",
        "Contacts entered in error",
        "sealed-contacts",
        "Sealed copies, and where each stands now.",
    ),
    (
        "govern_records",
        "Recordings",
        "recordings",
        "Films not yet deleted, those of sealed records among them.",
    ),
    ("govern_records", "Who looked", "access-log", "Who opened which record, when and where."),
    ("govern_records", "Adoptions", "adoptions", "Birth records that were sealed by an adoption."),
    ("manage_accounts", "Accounts", "accounts", "Who may sign in, and what they may do where."),
    (
        "manage_accounts",
        "Groups at risk of being left out",
        "exclusion-groups",
        "The list that carers choose from, in this service's own words.",
    ),
)


@policy.signed_in
def show_home(request: ScopedRequest) -> HttpResponse:
    """Ways on for the roles held, with what is due on top."""
    scope = request.scope
    ways = [
        {"title": title, "href": reverse(name), "text": text}
        for permission, title, name, text in HOME_LINKS
        if scope.may(permission)
    ]
    context = {
        "ways": ways,
        "drafts": list_draft_links(request) if scope.may("make_referrals", "triage_referrals") else (),
        "supported": list_supported_family_names(request) if scope.may("support_families") else (),
        "due": _count_due_items(request) if scope.may("read_families", "triage_referrals") else None,
    }
    return render(request, "dashboards/home.html", context)


def _count_due_items(request: ScopedRequest) -> dict[str, int]:
    counts = get_due_counts(request.scope, timezone.localdate())
    return {code: format_count(counts[kind]) for kind, _, code in DUE_LISTS}
