"""The days on which a family's children turn two and five, and what was planned for them."""

from interventions.endings.models import TransitionPlan
from interventions.endings.rules.transitions import Transition, list_transitions
from pairs.access.records import RecordQuerySet
from pairs.families.models import Family, Infant


def query_transition_plans(family: Family) -> RecordQuerySet:
    """The family's transition plans, newest first."""
    return (
        TransitionPlan.objects.filter(family=family)
        .select_related("infant", "recorded_by")
        .order_by("-agreed_on", "-created_at")
    )


def list_transition_days(family: Family) -> list[tuple[Infant, Transition]]:
    """[(child, transition)] of the born, living children."""
    return [
        (infant, each)
        for infant in family.infants.all()
        for each in list_transitions(infant.birth_date, lost=bool(infant.lost_on))
    ]
