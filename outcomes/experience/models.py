"""Who was asked, unused links, and answers. No key or timestamp connects the three.

Why it is built so, and what it cannot hide, stands in docs/adr/0027-experience-is-anonymous.md.
"""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from interventions.episodes.models import Episode
from outcomes.experience.rules import MAX_WORDS_LENGTH, QUESTIONS, Agreement, AnswerWay
from pairs.access.one_time_links import DayLink, DayLinkQuerySet
from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Caregiver
from pairs.service.models import Site


class ExperienceAskedQuerySet(RecordQuerySet):
    def of_carer(self, caregiver: Caregiver) -> "ExperienceAskedQuerySet":
        """Newest first."""
        return self.filter(caregiver=caregiver).order_by("-asked_on", "-created_at")


@tracked
class ExperienceInvitation(Record):
    """One carer was given a link, or asked at least. It never says, to anybody, whether they answered."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = ProtectedKey(Episode, related_name="experience_asked")
    caregiver = ProtectedKey(Caregiver, related_name="experience_asked")
    asked_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    asked_on = models.DateField()
    last_day = models.DateField(
        help_text="Of the link. Then they may be asked again, whether it was used or not."
    )
    objects = ExperienceAskedQuerySet.as_manager()
    privacy = {"operational": "asked_on last_day"}

    class Meta:
        verbose_name = "time we asked how it was"
        verbose_name_plural = "times we asked how it was"
        ordering = ["-asked_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("asked_on")), name="a_link_lasts_some_days"
            )
        ]

    @property
    def site_id(self):
        return self.episode.site_id


class ExperienceLink(DayLink):
    """A link that nobody used yet. Used or over, the row is deleted: nothing is left to say which of the two."""

    family_path = None

    token_hash = models.CharField(primary_key=True, max_length=64)
    site = ProtectedKey(Site, related_name="+")
    objects = DayLinkQuerySet.as_manager()
    privacy = {"secret": "token_hash", "operational": "last_day"}


class ExperienceAnswerQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "ExperienceAnswerQuerySet":
        """Of the sites where one reads reports or supervises; whoever works with families has no right to any."""
        return self.filter(site__in=scope.sites("read_reports", "supervise"))


def _build_scale_condition() -> Q:
    condition = Q()
    for name in QUESTIONS:
        condition &= Q(**{name: None}) | Q(**{f"{name}__in": Agreement.values})
    return condition


def _build_not_empty_condition() -> Q:
    condition = ~Q(words="")
    for name in QUESTIONS:
        condition |= Q(**{f"{name}__isnull": False})
    return condition


class ExperienceAnswer(models.Model):
    """What somebody answered: which site, which month, and nothing of who. Written once, never changed.

    It keeps no history and no moment of its making: either would stand beside the moment of something else.
    """

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = ProtectedKey(Site, related_name="+")
    month = models.DateField(help_text="Its first day.")
    way = models.CharField(max_length=5, choices=AnswerWay)
    overall = models.PositiveSmallIntegerField(null=True, choices=Agreement)
    time_and_place = models.PositiveSmallIntegerField(null=True, choices=Agreement)
    knew_where = models.PositiveSmallIntegerField(null=True, choices=Agreement)
    trust = models.PositiveSmallIntegerField(null=True, choices=Agreement)
    words = models.TextField(max_length=MAX_WORDS_LENGTH, blank=True)
    objects = ExperienceAnswerQuerySet.as_manager()
    privacy = {
        "operational": "month way",
        "sensitive": "overall time_and_place knew_where trust words",
    }

    class Meta:
        indexes = [models.Index(fields=["site", "month"], name="experience_of_site")]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="an_answer_is_of_a_month"),
            models.CheckConstraint(condition=_build_scale_condition(), name="an_answer_is_on_the_scale"),
            models.CheckConstraint(condition=_build_not_empty_condition(), name="an_answer_says_something"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
