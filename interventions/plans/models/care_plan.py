"""Formulations, versioned plans and their reviews, what families declined, and printed plans."""

from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from interventions.episodes.models import Episode, Goal
from interventions.plans.rules import FormulationHeading, OfferKind, ReviewDecision
from pairs.access.records import Record, RecordQuerySet
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Caregiver, Dyad
from pairs.jobs.models import Job


class FormulationQuerySet(RecordQuerySet):
    def newest_first(self) -> "FormulationQuerySet":
        return self.order_by("-written_on", "-created_at", "id")

    def whole(self) -> "FormulationQuerySet":
        """With its parts and their subjects."""
        about = FormulationPart.objects.select_related("dyad__infant", "dyad__caregiver", "caregiver")
        parts = models.Prefetch("parts", about.order_by("created_at"))
        return self.select_related("episode", "written_by").prefetch_related(parts)


@tracked
class Formulation(Record):
    """A formulation as of one day. Each change is a new version."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = ProtectedKey(Episode, related_name="formulations")
    written_on = models.DateField(help_text="The day on which it was seen, or talked about.")
    with_family = models.BooleanField(default=False, help_text="Discussed with the family.")
    written_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    objects = FormulationQuerySet.as_manager()
    privacy = {"clinical": "written_on with_family"}

    class Meta:
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"How we understand it, {self.written_on}"

    @property
    def site_id(self):
        return self.episode.site_id


@tracked
class FormulationPart(Record):
    """One part, about a dyad, one carer alone, or everybody (both null)."""

    belongs_to = "formulation"
    family_path = "formulation__episode__family_id"

    formulation = ProtectedKey(Formulation, related_name="parts")
    part = models.CharField(max_length=12, choices=FormulationHeading)
    dyad = ProtectedKey(Dyad, null=True, related_name="+")
    caregiver = ProtectedKey(
        Caregiver,
        null=True,
        related_name="+",
        help_text="About this carer alone: never shown to another carer.",
    )
    text = models.TextField()
    privacy = {"clinical": "part text"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(dyad=None) | Q(caregiver=None), name="a_part_is_about_one_or_everybody"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="what_was_said_stays", operation=pgtrigger.UpdateOf("part", "text")),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.get_part_display()

    @property
    def about(self) -> str:
        """The subject in words."""
        if self.caregiver_id:
            return f"{self.caregiver} alone"
        return str(self.dyad) if self.dyad_id else "Everyone"


class PlanQuerySet(RecordQuerySet):
    def current(self) -> "PlanQuerySet":
        """The newest version of each plan: not replaced by a live version."""
        newer = Plan.objects.live().filter(replaces=models.OuterRef("pk"))
        return self.filter(~models.Exists(newer))

    def newest_first(self) -> "PlanQuerySet":
        return self.order_by("-made_on", "-created_at", "id")

    def whole(self) -> "PlanQuerySet":
        return self.select_related("episode__site", "episode__lead", "caregiver", "written_by")


@tracked
class Plan(Record):
    """One version of a plan, of the whole family or of one carer; a carer's own is never given to another."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = ProtectedKey(Episode, related_name="plans")
    caregiver = ProtectedKey(
        Caregiver,
        null=True,
        related_name="plans",
        help_text="Whose plan it is; no one named: the whole family's.",
    )
    aims = models.TextField()
    success = models.TextField(blank=True, help_text="What success would look like.")
    by_when = models.DateField(null=True, blank=True)
    who_when = models.TextField(blank=True, help_text="Who sees the family, and when.")
    if_not_helping = models.TextField(blank=True, help_text="What happens if it does not help.")
    review_on = models.DateField(null=True, blank=True)
    made_on = models.DateField()
    agreed_on = models.DateField(null=True, blank=True, help_text="When the family agreed this version.")
    changed_because = models.CharField(max_length=300, blank=True)
    replaces = ProtectedKey("self", null=True, related_name="replaced_by")
    written_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    objects = PlanQuerySet.as_manager()
    privacy = {
        "clinical": "aims success by_when who_when if_not_helping review_on made_on agreed_on changed_because"
    }

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="what_was_said_stays",
                operation=pgtrigger.UpdateOf(
                    "aims", "success", "by_when", "who_when", "if_not_helping", "made_on", "changed_because"
                ),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Plan of {self.made_on}"

    @property
    def site_id(self) -> UUID:
        return self.episode.site_id

    @property
    def whose(self) -> str:
        return str(self.caregiver) if self.caregiver_id else "The whole family"


@tracked
class PlanReview(Record):
    """A review of a plan: how it went, and whether it is kept, changed or ended."""

    belongs_to = "plan"
    family_path = "plan__episode__family_id"

    plan = ProtectedKey(Plan, related_name="reviews")
    held_on = models.DateField()
    how_it_went = models.TextField()
    decision = models.CharField(max_length=6, choices=ReviewDecision)
    next_on = models.DateField(null=True, blank=True)
    by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    privacy = {"clinical": "held_on how_it_went decision next_on"}

    class Meta:
        ordering = ["-held_on", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision=ReviewDecision.END) | Q(next_on__isnull=False),
                name="what_goes_on_is_looked_at_again",
            )
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Looked at on {self.held_on}"


@tracked
class DeclinedOffer(Record):
    """A family declined a plan, goals or a goal rating. They are asked again at the next review."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = ProtectedKey(Episode, related_name="declined")
    what = models.CharField(max_length=6, choices=OfferKind)
    goal = ProtectedKey(Goal, null=True, related_name="declined")
    declined_on = models.DateField()
    why = models.CharField(max_length=300, blank=True)
    by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    privacy = {"clinical": "what declined_on why"}

    class Meta:
        ordering = ["declined_on", "created_at"]

    def __str__(self) -> str:
        return self.get_what_display()

    @property
    def site_id(self):
        return self.episode.site_id


class PlanPaperQuerySet(RecordQuerySet):
    def whole(self) -> "PlanPaperQuerySet":
        rows = self.select_related(
            "plan__episode__site", "plan__episode__lead", "plan__caregiver", "to_caregiver", "job"
        )
        return rows.defer("job__file")


@tracked
class PlanPaper(Record):
    """A page of a plan for one carer. Its content is built anew each time; the worker makes its PDF."""

    belongs_to = "plan"
    family_path = "plan__episode__family_id"

    plan = ProtectedKey(Plan, related_name="papers")
    to_caregiver = ProtectedKey(Caregiver, related_name="plan_papers")
    made_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    given_on = models.DateField(null=True, blank=True)
    job = models.OneToOneField(
        Job, null=True, blank=True, on_delete=models.PROTECT, related_name="plan_paper", help_text="Its PDF."
    )
    objects = PlanPaperQuerySet.as_manager()
    privacy = {"operational": "given_on"}

    def __str__(self) -> str:
        return f"Plan for {self.to_caregiver}"

    @property
    def site_id(self) -> UUID:
        return self.plan.episode.site_id

    @property
    def file_name(self) -> str:
        return f"pairs-plan-{self.created_at:%Y-%m-%d}.pdf"
