"""Records the plan for a child who turns two or five."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.endings.models import TransitionPlan
from pairs.families.models import Family, Infant
from pairs.service.models import User
from pairs.service.refusals import refuse_all


@transaction.atomic
def plan_transition(
    *,
    family: Family,
    infant: Infant,
    turning: str,
    who_next: str,
    agreed_with: str,
    agreed_on: date,
    note: str,
    by: User,
) -> TransitionPlan:
    """Record who supports the child next and with whom it was agreed. The newest plan applies."""
    born = None if infant.lost_on else infant.birth_date
    refuse_all(
        {"infant": "" if born else "Choose a child who is born."},
        {"agreed_on": "This date is in the future." if agreed_on > timezone.localdate() else ""},
        {"agreed_on": "This is before the child was born." if born and agreed_on < born else ""},
    )
    return TransitionPlan.objects.create(
        family=family, infant=infant, turning=turning, who_next=who_next, agreed_with=agreed_with,
        agreed_on=agreed_on, note=note, recorded_by=by,
    )  # fmt: skip
