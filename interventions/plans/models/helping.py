"""Answers to "is this helping?" by the family and the practitioner, and the next step."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from interventions.episodes.models import InterventionUse
from interventions.plans.rules import FamilyAnswer, NextStep, OurAnswer
from pairs.access.records import Record
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked


@tracked
class HelpingAnswer(Record):
    """One set of answers about one intervention."""

    belongs_to = "use"
    family_path = "use__episode__family_id"

    use = ProtectedKey(InterventionUse, related_name="helping_answers")
    asked_on = models.DateField()
    family_says = models.CharField(max_length=9, choices=FamilyAnswer)
    family_words = models.TextField(blank=True)
    we_say = models.CharField(max_length=9, choices=OurAnswer)
    what_next = models.CharField(max_length=6, choices=NextStep)
    what_changes = models.TextField(blank=True)
    ask_again_on = models.DateField(null=True, blank=True)
    by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    privacy = {"clinical": "asked_on family_says family_words we_say what_next what_changes ask_again_on"}

    class Meta:
        ordering = ["-asked_on", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what_next=NextStep.END) | Q(ask_again_on__isnull=False),
                name="what_goes_on_is_asked_again",
            ),
            models.CheckConstraint(
                condition=~Q(what_next=NextStep.GO_ON)
                | ~(Q(family_says=FamilyAnswer.NOT_NOW) | Q(we_say=OurAnswer.NOT_NOW)),
                name="what_does_not_help_does_not_just_go_on",
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Is it helping? {self.asked_on}"
