"""Plans for who supports a child next when they turn two and when they turn five."""

from django.conf import settings
from django.db import models

from interventions.endings.rules.transitions import TransitionAge
from pairs.access.records import Record
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Family, Infant


@tracked
class TransitionPlan(Record):
    """The plan agreed for one child's turning two or five, within one family."""

    family = ProtectedKey(Family, related_name="transition_plans")
    infant = ProtectedKey(Infant, related_name="transition_plans")
    turning = models.CharField(max_length=4, choices=TransitionAge)
    who_next = models.CharField(max_length=200)
    agreed_with = models.CharField(max_length=200)
    agreed_on = models.DateField()
    note = models.TextField(blank=True)
    recorded_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    privacy = {"clinical": "turning who_next agreed_with agreed_on note"}

    class Meta:
        indexes = [models.Index(fields=["family"], name="transitions_of_family")]

    def __str__(self) -> str:
        return self.get_turning_display()
