"""What of this app a colleague holds (pairs/service/hooks.py): due items that a colleague handed to them."""

from django.db.models import Exists, OuterRef, Q, Subquery

from interventions.episodes.models import Episode
from pairs.families.models import Family
from pairs.service.models import User
from pairs.service.work_to_hand_over import HandOverRule, HeldWork, mark_held, pass_field
from pairs.web.formats import format_day
from reporting.dashboards.models import DueDecision

RULE = HandOverRule(
    code="due-item",
    pass_on=pass_field("handed_to"),
    describe=lambda row: f"Handed to them on {format_day(row.decided_at)}",
    with_lead=Q(),
)


def list_held_work(user: User) -> list[HeldWork]:
    """The latest word about items of families in open work."""
    same = DueDecision.objects.filter(subject_id=OuterRef("subject_id"), code=OuterRef("code"))
    newest = same.order_by("-decided_at").values("pk")[:1]
    at_work = Episode.objects.live().open().filter(family=OuterRef("family_id"))
    rows = DueDecision.objects.filter(Exists(at_work), handed_to=user, pk=Subquery(newest))
    site = Subquery(Family.objects.filter(pk=OuterRef("family_id")).values("site")[:1])
    return [
        HeldWork(
            mark_held(rows, site=site),
            "due item handed to them",
            "due items handed to them",
            "worklist",
            "read_families",
            RULE,
        )
    ]
