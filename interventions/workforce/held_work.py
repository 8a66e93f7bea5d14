"""What of this app a colleague holds (pairs/service/hooks.py): families that they lead, absences that they cover."""

from django.utils import timezone

from interventions.episodes.models import Episode
from interventions.workforce.actions.leads import pass_on_lead
from interventions.workforce.models import Absence
from pairs.service.models import User
from pairs.service.work_to_hand_over import NO_FAMILY, HandOverRule, HeldWork, mark_held, pass_field
from pairs.web.formats import format_day

LEAD = HandOverRule(
    code="lead",
    pass_on=pass_on_lead,
    describe=lambda episode: f"Open work since {format_day(episode.opened_on)}",
    is_lead=True,
)
COVER = HandOverRule(
    code="cover",
    pass_on=pass_field("cover"),
    describe=lambda absence: f"Absence from {format_day(absence.starts_on)} to {format_day(absence.ends_on)}",
    may_end=lambda absence: True,
)


def list_held_work(user: User) -> list[HeldWork]:
    """Families whose open work this person leads; absences of colleagues, now or to come, that they cover."""
    led = mark_held(Episode.objects.live().open().filter(lead=user)).order_by("opened_on", "pk")
    covered = Absence.objects.standing().unended(timezone.localdate()).filter(cover=user)
    return [
        HeldWork(
            led, "family in open work", "families in open work", "caseload", "read_families", LEAD, "family"
        ),
        HeldWork(
            mark_held(covered, family=NO_FAMILY, barred=["person_id"]),
            "absence they cover",
            "absences they cover",
            "absences",
            "write_records",
            COVER,
        ),
    ]
