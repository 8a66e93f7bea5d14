"""Waits for an intervention that was agreed but has no place or practitioner yet."""

from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery

from interventions.episodes.contact_rules import ContactKind
from interventions.episodes.models.contacts import CareContact
from interventions.episodes.models.episodes import Episode, Intervention
from interventions.episodes.rules import WaitOutcome
from pairs.access.records import Record, RecordQuerySet, live_q
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.service.models import Site


class InterventionWaitQuerySet(RecordQuerySet):
    def waiting(self) -> "InterventionWaitQuerySet":
        """Open waits, the longest first."""
        return self.filter(closed_on=None).order_by("since", "id")

    def with_last_contact(self) -> "InterventionWaitQuerySet":
        """Annotates ``last_contact``: when the family last heard from us; liaison does not count."""
        heard = CareContact.objects.live().exclude(kind=ContactKind.LIAISON)
        theirs = heard.filter(episode=OuterRef("episode")).order_by().values("episode")
        return self.annotate(last_contact=Subquery(theirs.annotate(last=Max("starts_at")).values("last")))


@tracked
class InterventionWait(Record):
    """A family's wait for an intervention: since when, and how it ended."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = ProtectedKey(Episode, related_name="waits")
    intervention = ProtectedKey(Intervention, related_name="waits")
    site = ProtectedKey(Site, related_name="intervention_waits")
    since = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_as = models.CharField(max_length=9, choices=WaitOutcome, blank=True)
    closed_because = models.CharField(max_length=300, blank=True)
    objects = InterventionWaitQuerySet.as_manager()
    privacy = {"clinical": "since closed_on closed_as closed_because"}

    class Meta:
        ordering = ["since"]
        indexes = [models.Index(fields=["site", "closed_on"], name="waits_of_site")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_as="") | (Q(closed_on__isnull=False) & ~Q(closed_as="")),
                name="a_wait_that_ended_says_how",
            ),
            models.UniqueConstraint(
                fields=["episode", "intervention"],
                condition=live_q(closed_on=None),
                name="one_wait_for_one_way",
            ),
        ]

    def __str__(self) -> str:
        return f"Waiting for {self.intervention}"
