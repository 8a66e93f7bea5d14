"""What the family's and the episode's pages show of this room: joint work, and what the hub was asked."""

from django.urls import reverse

from interventions.alongside.models import HubAsk, JointWork
from interventions.alongside.rules import WANTS
from pairs.access.asking import Question, day
from pairs.access.fetch import fetch_list
from pairs.access.records import related_fields
from pairs.village.models import SharingAgreement
from pairs.village.panel import agreement_rows


def joint_on_episode(family):
    """Joint work that goes on, by the id of a family that was fetched in scope."""
    rows = JointWork.objects.live().going_on().filter(family=family).order_by("-since", "id")
    return rows.select_related("member").only("who", "days", *related_fields("member", "name"))


def joint_question(scope, family):
    """The family's joint work that goes on, for a page that asks every room in one query."""
    rows = JointWork.objects.visible_to(scope).filter(family=family).going_on()
    fields = {"member": "member__name", "who": "who", "days": "days", "look_again_on": "look_again_on"}
    return Question(rows, fields | {"since": "since"})


def asks_question(scope, family):
    """What the hub was asked and has not closed."""
    rows = HubAsk.objects.visible_to(scope).filter(family=family).open()
    fields = {"id": "id", "reference": "reference", "wants": "wants", "status": "status"}
    return Question(rows, fields | {"taken_by": "taken_by__display_name", "until": "until"})


def shown_on_family(joint, asks):
    """Rows of the two questions as templates/alongside/_on_family.html draws them."""
    words = dict(WANTS)
    return {
        "joint": [
            {
                "party": row["member"] or row["who"],
                "days": row["days"],
                "look_again_on": day(row["look_again_on"]),
            }
            for row in sorted(joint, key=lambda row: row["since"], reverse=True)
        ],
        "asks": [
            row
            | {
                "wants": words[row["wants"]],
                "until": day(row["until"]),
                "href": reverse("ask", args=[row["id"]]),
            }
            for row in sorted(asks, key=lambda row: row["reference"])
        ],
    }


def agreed_with(request, family, joint_work, on):
    """{joint work's id: the sharing agreements of today with that party}: one query for all of them."""
    agreements = SharingAgreement.objects.filter(family=family, withdrawn_on=None)
    rows = fetch_list(request, agreements.select_related("member", "team", "agreed_by"))
    shown = {row["id"]: row for row in agreement_rows(rows, on) if row["status"] == "live"}
    return {
        joint.pk: [shown[row.pk] for row in rows if row.pk in shown and _is_with(row, joint)]
        for joint in joint_work
    }


def _is_with(agreement, joint):
    """The same person of the village; or the same person or service by its name."""
    if agreement.member_id or joint.member_id:
        return agreement.member_id == joint.member_id
    names = {name.strip().casefold() for name in (joint.who, joint.organisation) if name.strip()}
    team = agreement.team
    known = (agreement.agency, team and team.name, team and team.organisation)
    return any(name.strip().casefold() in names for name in known if name)
