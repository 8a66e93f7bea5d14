"""Whose work is whose while a colleague is away (pairs/service/hooks.py)."""

from django.utils import timezone

from interventions.workforce.models import Absence, AbsenceQuerySet


def query_covered_absences(user: object) -> AbsenceQuerySet:
    """Today's absences that this person covers."""
    return Absence.objects.standing().on_day(timezone.localdate()).filter(cover=user)
