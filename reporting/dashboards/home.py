"""Each role's home page: what that role does next."""

from datetime import date
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from interventions.collaboration.peer_support.families import list_supported_family_lines
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.families.family_lines import load_visible_family_lines
from pairs.web.url_cache import reverse_cached
from reporting.dashboards.caseload import present_figures
from reporting.dashboards.due_cache import MAX_COUNTED, DueLists, get_due_lists
from reporting.dashboards.governance_home import list_governance_items
from reporting.dashboards.manager_home import build_manager_home
from reporting.dashboards.my_referrals import list_current_referrals
from reporting.dashboards.service_settings.readiness import list_missing_of_new_service
from reporting.dashboards.supervisor_home import (
    WATCHED_CODES,
    present_supervised_work,
    sort_supervised_work,
)
from reporting.dashboards.today import (
    choose_needs,
    describe_day,
    list_visits_of_today,
    load_own_work,
    present_needs,
)
from reporting.dashboards.urgent_count import (
    URGENT_KINDS,
    count_urgent,
    format_due_count,
    format_urgent_count,
)

# permission → (title, url name, what it is for)
HOME_LINKS = (
    (
        "make_referrals",
        "Refer a family",
        "refer",
        "For a baby, born or unborn, and their carers. Takes about three minutes.",
    ),
    (
        "make_referrals",
        "Request a consultation",
        "new-consultation",
        "Think with us about a baby and their carers. The family need not be named.",
    ),
    ("make_referrals", "My referrals", "my-referrals", "What has happened since, and what is next."),
    ("make_referrals", "Consultations", "consultations", "Those that you or your team have requested."),
    ("triage_referrals", "Triage", "triage", "Referrals waiting for a decision, oldest first."),
    (
        "triage_referrals",
        "Signposting directory",
        "destinations",
        "Services and groups to signpost families to.",
    ),
    ("triage_referrals", "Take a phone referral", "phone-in", "Record a referral during the call."),
    ("triage_referrals", "Consultations", "consultations", "Consultations: requested, booked and held."),
    ("triage_referrals", "Outreach", "outreach", "Sessions with communities who do not reach us."),
    ("read_families", "Find a family", "search", "By name, date of birth, NHS number, phone or reference."),
    ("read_families", "Caseload", "caseload", "The families you work with. Log a contact from here."),
    ("read_families", "Groups", "groups", "Their sessions, rosters and registers."),
    (
        "read_families",
        "Recordings",
        "recordings",
        "Recordings and deletion dates.",
    ),
    (
        "read_families",
        "Waiting times",
        "waits",
        "Who is waiting for help, and what is missing from the 4-week standard.",
    ),
    (
        "read_families",
        "Team figures",
        "team-figures",
        "Your sites in exact numbers, week by week and last month.",
    ),
    ("write_records", "Consultations", "consultations", "Consultations: requested, booked and held."),
    ("write_records", "Training", "training", "Training for other professionals, and how far it reaches."),
    ("write_records", "Outreach", "outreach", "Sessions with communities who do not reach us."),
    ("write_records", "Ask the hub", "hub-asks", "Requests to the hub, and your site’s requests."),
    ("read_families", "Moves", "moves", "Families offered to or from another site, with the outcome."),
    ("read_families", "Gaps in records", "record-gaps", "Gaps in your families’ records."),
    ("register_people", "Possible duplicates", "duplicates", "Possible duplicate records."),
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
    ("supervise", "Countersigning", "to-countersign", "Trainees’ signed notes to countersign."),
    (
        "supervise",
        "Family feedback",
        "experience-results",
        "What families say about the service, without names.",
    ),
    ("supervise", "Supervision", "supervision", "Sessions held, and decisions about families."),
    ("supervise", "Competencies", "competencies", "Who may deliver what, and accreditations that end."),
    (
        "open_in_emergency",
        "Emergency access",
        "emergency-access",
        "Read a record you cannot open, when a baby or carer may come to harm.",
    ),
    ("write_records", "Absence and cover", "absences", "Who is away, and who covers."),
    (
        "support_families",
        "Families you support",
        "supported-families",
        "Safe contact, alerts, your log, and what to do if you are worried.",
    ),
    ("read_reports", "Posts", "posts", "Posts funded, filled and vacant, and the planned establishment."),
    ("read_reports", "Training", "training", "Training for other professionals, and how far it reaches."),
    ("read_reports", "Outreach", "outreach", "Sessions with communities who do not reach us."),
    ("read_reports", "Reports", "reports", "The month's service and equity report, as a page and a PDF."),
    (
        "read_reports",
        "Service reports",
        "service-reports",
        "Demand, waits, work, outcomes, staff and reach, by month.",
    ),
    (
        "read_reports",
        "The service today",
        "service-now",
        "Waits, caseload, supervision and capacity, in numbers.",
    ),
    (
        "read_reports",
        "Need by district",
        "needs",
        "Children of each district, and how many need the service.",
    ),
    (
        "read_reports",
        "Family feedback",
        "experience-results",
        "What families say about the service, without names; and answers on paper.",
    ),
    (
        "govern_records",
        "Possible matches",
        "match-checks",
        "A person named in a referral may match a restricted record.",
    ),
    (
        "govern_records",
        "Contacts entered in error",
        "sealed-contacts",
        "Sealed copies, and where each contact is now.",
    ),
    (
        "govern_records",
        "Recordings",
        "recordings",
        "Recordings not yet deleted, including those in sealed records.",
    ),
    (
        "govern_records",
        "Restricted families",
        "restrictions",
        "Who is named for them, and when each restriction is reviewed.",
    ),
    (
        "govern_records",
        "Emergency access",
        "emergency-access-list",
        "Records opened in an emergency, and what each review found.",
    ),
    (
        "govern_records",
        "Retention",
        "retention",
        "Records to review, holds, and what was destroyed.",
    ),
    (
        "govern_records",
        "Subject access requests",
        "subject-access",
        "Requests for a copy of what we hold about a person, and when each must be answered.",
    ),
    ("govern_records", "Access log", "access-log", "Who opened which record, when and where."),
    (
        "govern_records",
        "Record changes",
        "record-changes",
        "Who changed what: each field before and after.",
    ),
    (
        "govern_records",
        "Sign-ins",
        "account-events",
        "Sign-ins, failures, lock-outs and changes of accounts.",
    ),
    ("govern_records", "Adoptions", "adoptions", "Birth records that were sealed by an adoption."),
    ("manage_accounts", "Accounts", "accounts", "Who can sign in, and what they may do at which site."),
    (
        "manage_accounts",
        "Settings",
        "settings",
        "Sites, districts, rooms, code lists, the signposting directory and official files.",
    ),
    (
        "manage_accounts",
        "Failed e-mails and documents",
        "failed-work",
        "E-mails and documents that failed, to try again.",
    ),
    (
        "manage_accounts",
        "Groups at risk of being left out",
        "exclusion-groups",
        "The list carers choose from, in your service's words.",
    ),
)


@policy.signed_in
def show_home(request: ScopedRequest) -> HttpResponse:
    """What the roles held have to do today; the other pages are in the menu, and below."""
    scope, on = request.scope, timezone.localdate()
    works_with_families = scope.may("write_records")
    visits = list_visits_of_today(request, on) if works_with_families else []
    own = (
        load_own_work(request, on)
        if scope.may("write_records", "make_referrals", "triage_referrals")
        else None
    )
    supervises, has_due = scope.may("supervise"), scope.may("read_families", "triage_referrals")
    found = _get_due_lists(request, on) if has_due else None
    needs = choose_needs(found, on) if found else []
    supervised = (
        sort_supervised_work(own.supervised, scope, found.watched, needs)
        if own and found and supervises
        else None
    )
    recent = own.recent if own and works_with_families else []
    listed = {*recent, *(supervised.families if supervised else ())}
    lines = load_visible_family_lines(scope, {*listed, *(item.family_id for item in needs)}, on)
    governed = list_governance_items(scope, on)
    named = {row["listed"] for row in governed if row["listed"]}
    request.access_log.listed.update(listed & lines.keys() | named)
    # Who supervises and leads no work has no caseload of four noughts.
    has_caseload = works_with_families and bool(own.episodes or not supervises)
    context = {
        "on": on,
        "summary": describe_day(visits, own.next_visit_at) if works_with_families else "",
        "visits": visits,
        "works_with_families": works_with_families,
        "has_due": has_due,
        "needs": present_needs(request, needs, lines, on),
        "to_do": _describe_to_do(found),
        "urgent_count": format_urgent_count(count_urgent(found, on)) if found else "",
        "figures": present_figures(own.episodes, on) if has_caseload else (),
        "supervised": supervised and present_supervised_work(supervised, request.user, scope, lines, on),
        "recent": [{"line": lines[pk], "href": reverse_cached("family", pk)} for pk in recent if pk in lines],
        "service": build_manager_home(scope, on) if scope.may("read_reports") else None,
        "may_take_calls": scope.may("triage_referrals"),
        "governed": governed,
        "ways": _list_ways(request),
        "drafts": own.drafts if own and scope.may("make_referrals", "triage_referrals") else (),
        "referred": list_current_referrals(request) if scope.may("make_referrals") else None,
        "missing": list_missing_of_new_service() if scope.may("manage_accounts") else (),
        "supported": list_supported_family_lines(request) if scope.may("support_families") else (),
    }
    return render(request, "dashboards/home.html", context)


def _describe_to_do(found: DueLists | None) -> str:
    """“All 12 to do”, “To do: 100 or more”: the words of the link to the whole list."""
    count = sum(found.counts.values()) if found else 0
    if not count:
        return "To do"
    return f"To do: {format_due_count(count)}" if count >= MAX_COUNTED else f"All {count} to do"


def _get_due_lists(request: ScopedRequest, on: date) -> DueLists:
    """Their own; of who supervises, what is watched at their sites as well."""
    watched = WATCHED_CODES if request.scope.may("supervise") else ()
    return get_due_lists(request.scope, on, kinds=URGENT_KINDS, watched=watched)


class Way(NamedTuple):
    """A page that one may open, and what it is for."""

    title: str
    href: str
    text: str


def _list_ways(request: ScopedRequest) -> tuple[Way, ...]:
    """Each page once, whichever of the permissions lead to it."""
    held = request.scope.shape.held
    ways = {
        (name, text): Way(title, reverse_cached(name), text)
        for permission, title, name, text in HOME_LINKS
        if permission in held
    }
    return tuple(ways.values())
