"""Competences of colleagues, what an intervention asks of whoever delivers it, and supervisors' sign-offs."""

import uuid
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from interventions.competencies.rules import DELIVERS, Arrangement, Level, Needs
from interventions.episodes.models import Intervention, InterventionUse
from interventions.episodes.rules import InterventionShape
from pairs.access.records import Record, RecordQuerySet, live_q
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.service.models import Site


class CompetenceQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "CompetenceQuerySet":
        """One's own, and those of colleagues at sites where one writes records or supervises."""
        here = Q(site__in=scope.sites("write_records", "supervise"))
        return self.filter(Q(person=scope.user_id) | here)

    def enough_for(self, needs: str, on: date) -> "CompetenceQuerySet":
        """Those with which somebody may deliver what ``needs`` that much, as ``rules.assess_standing`` says."""
        found = self.filter(level__gte=DELIVERS)
        if needs != Needs.ACCREDITATION:
            return found
        in_date = Q(accredited_until=None) | Q(accredited_until__gte=on)
        return found.exclude(accredited_by="").filter(in_date)


@tracked
class Competence(Record):
    """What somebody is trained to do: in one intervention, or in general where none is named.

    ``accredited_until``: the last day of an accreditation; empty where it does not run out, or there is none.
    """

    belongs_to = "site"
    family_path = None

    site = ProtectedKey(Site, related_name="competences")
    person = ProtectedKey(settings.AUTH_USER_MODEL, related_name="competences")
    intervention = ProtectedKey(Intervention, null=True, related_name="competences")
    training = models.CharField(max_length=200)
    trained_on = models.DateField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(choices=Level)
    accredited_by = models.CharField(max_length=120, blank=True)
    accredited_until = models.DateField(null=True, blank=True)
    objects = CompetenceQuerySet.as_manager()
    privacy = {"staff": "training trained_on level accredited_by accredited_until"}

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["accredited_until"], name="accreditations_by_last_day")]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="a_competence_has_a_level"),
            models.CheckConstraint(
                condition=Q(accredited_until=None) | ~Q(accredited_by=""),
                name="an_accreditation_is_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(accredited_until=None)
                | Q(trained_on=None)
                | Q(accredited_until__gte=F("trained_on")),
                name="an_accreditation_ends_after_the_training",
            ),
            models.UniqueConstraint(
                fields=["person", "intervention"], condition=live_q(), name="one_competence_an_intervention"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.intervention or self.training}"


class RequirementQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "RequirementQuerySet":
        """For whoever may read the catalogue of interventions."""
        return self if scope.may("read_families", "supervise", "manage_accounts") else self.none()


@tracked
class DeliveryRequirement(models.Model):
    """What an intervention asks of whoever delivers it; one that has none asks for nothing recorded."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    intervention = models.OneToOneField(Intervention, on_delete=models.PROTECT, related_name="requirement")
    needs = models.CharField(max_length=13, choices=Needs)
    objects = RequirementQuerySet.as_manager()
    privacy = {"public": "needs"}

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.intervention}: {self.get_needs_display()}"


class SignOff(Record):
    """A supervisor said how an intervention is delivered by those who do not have the competence, or not yet.

    ``by_colleague``: who supervises the delivery, or delivers it; ``by_outside``: the same, of somebody outside.
    """

    arrangement = models.CharField(max_length=10, choices=Arrangement)
    by_colleague = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    by_outside = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)
    signed_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")

    class Meta:
        abstract = True
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by_colleague=None) | Q(by_outside=""), name="%(class)s_support_is_by_one"
            ),
        ]


@tracked
class DeliverySignOff(SignOff):
    """Of an intervention in an episode, and of the lead it had then: with another lead it is asked again."""

    belongs_to = "use"
    family_path = "use__episode__family_id"

    use = ProtectedKey(InterventionUse, related_name="sign_offs")
    person = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    privacy = {"clinical": "arrangement by_outside note"}

    class Meta(SignOff.Meta):
        constraints = [
            *SignOff.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(signed_by=F("person")), name="nobody_signs_off_their_own_delivery"
            ),
        ]

    def __str__(self) -> str:
        return self.get_arrangement_display()

    @property
    def site_id(self) -> UUID:
        return self.use.episode.site_id


def build_unmet_q(held: CompetenceQuerySet, on: date) -> Q:
    """That what the row's intervention asks for is in none of these competences."""
    asks = [
        Q(~Exists(held.enough_for(needs, on)), intervention__requirement__needs=needs)
        for needs in (Needs.COMPETENCE, Needs.ACCREDITATION)
    ]
    return asks[0] | asks[1]


def query_unsigned_uses(on: date) -> Any:
    """Interventions under way whose lead may not deliver them alone, and for whom no supervisor has signed off.

    Groups are left out: their facilitators deliver them (interventions.groups.deliveries).
    """
    uses = InterventionUse.objects.live().filter(live_q("episode__"), ended_on=None, episode__ended_on=None)
    uses = uses.exclude(intervention__shape=InterventionShape.GROUP)
    of_lead = Competence.objects.live().filter(
        person=OuterRef("episode__lead"), intervention=OuterRef("intervention")
    )
    signed = DeliverySignOff.objects.live().filter(use=OuterRef("pk"), person=OuterRef("episode__lead"))
    return uses.filter(build_unmet_q(of_lead, on)).exclude(Exists(signed))
