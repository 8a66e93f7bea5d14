"""The help that is given: interventions, groups and peer support."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from interventions.collaboration.peer_support.models import PeerLog, PeerSupport
from interventions.collaboration.rules import PeerContactMode
from interventions.episodes.models import Intervention, InterventionUse, InterventionWait
from interventions.groups.models import GroupLine, GroupPlace, GroupSession
from pairs.matching.counted import select_counted
from reporting.performance.counting.contacts import ATTENDED, load_contacts
from reporting.performance.figures import Section, Share, Whole, Window, divide

HELD, CANCELLED = "Held", "Cancelled"
CAME, DID_NOT_COME = "Came", "Did not come"


def build_interventions(window: Window) -> Section:
    """By name: begun in the period, in use on the last day, and waited for."""
    names = list(Intervention.objects.order_by("order", "name").values_list("name", flat=True))
    uses = select_counted(InterventionUse.objects.all()).filter(window.at_sites("episode__site"))
    waits = select_counted(InterventionWait.objects.all()).filter(window.at_sites("episode__site"))
    began = Q(started_on__range=(window.first, window.last))
    return Section(
        "interventions",
        "Interventions",
        "Interventions that an episode began to use in the period, that were in use at the end of the last day, and "
        "for which a family was waiting then. An episode may have several.",
        (
            _count_by_name("uses_begun", "Interventions begun", uses.filter(began), names),
            _count_by_name(
                "uses_open",
                "Interventions in use on the last day",
                uses.filter(window.open_on_last_day("started_on", "ended_on")),
                names,
            ),
            _count_by_name(
                "intervention_waits",
                "Waiting for an intervention on the last day",
                waits.filter(window.open_on_last_day("since", "closed_on")),
                names,
            ),
        ),
    )


def _count_by_name(key: str, heading: str, rows: QuerySet, names: Sequence[str]) -> Whole:
    found = list(rows.values_list("intervention__name", flat=True))
    return Whole(key, heading, len(found), (divide("Intervention", names, found, chart=key == "uses_open"),))


def build_groups(window: Window) -> Section:
    """Sessions of group programmes, and families expected at those that were held."""
    sessions = GroupSession.objects.valid().filter(
        window.within("starts_at") & window.at_sites("programme__site")
    )
    cancelled = sessions.exclude(cancelled_at=None).count()
    found = [HELD] * (sessions.count() - cancelled) + [CANCELLED] * cancelled
    places = select_counted(GroupPlace.objects.all()).filter(window.at_sites("episode__site"))
    attended = _list_register(window)
    return Section(
        "groups",
        "Groups",
        "Sessions by their day; families on the register of a session that was held, and whether anyone of them was "
        "seen; places that were taken on the last day.",
        (
            Whole("sessions", "Group sessions", len(found), (divide("Session", (HELD, CANCELLED), found),)),
            Whole(
                "register",
                "Families expected at group sessions",
                len(attended),
                (divide("Register", (CAME, DID_NOT_COME), attended),),
                (Share("Families who came to the session", "Register", (CAME,)),),
            ),
            Whole(
                "group_places",
                "Group places taken on the last day",
                places.filter(window.open_on_last_day("joined_on", "left_on")).count(),
            ),
        ),
    )


def _list_register(window: Window) -> list[str]:
    lines = select_counted(GroupLine.objects.filter(session__cancelled_at=None))
    contacts = set(
        lines.filter(window.within("care_contact__starts_at")).values_list("care_contact_id", flat=True)
    )
    expected = [each for each in load_contacts(window) if each.id in contacts]
    return [CAME if each.outcome == ATTENDED else DID_NOT_COME for each in expected]


def build_peer_support(window: Window) -> Section:
    """Families linked to a peer supporter, and the supporters' own log."""
    links = select_counted(PeerSupport.objects.all()).filter(window.at_sites("family__site"))
    there = Q(linked_at__lt=window.stop) & (Q(ended_at=None) | Q(ended_at__gte=window.stop))
    families = set(links.filter(there).values_list("family_id", flat=True))
    logs = select_counted(PeerLog.objects.all()).filter(window.at_sites("support__family__site"))
    found = [
        PeerContactMode(how).label
        for how in logs.filter(day__range=(window.first, window.last)).values_list("how", flat=True)
    ]
    return Section(
        "peer_support",
        "Peer support",
        "Families with a peer supporter on the last day, and what peer supporters logged in the period. A peer "
        "supporter’s log is no care contact.",
        (
            Whole("peer_families", "Families with a peer supporter on the last day", len(families)),
            Whole(
                "peer_logs",
                "Peer support contacts",
                len(found),
                (divide("How in touch", PeerContactMode.labels, found),),
            ),
        ),
    )
