"""The families we hold, with one site responsible; who else may reach them; and their moves between sites."""

import functools
import operator
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, TruncDate

from pairs.access.records import Record, RecordQuerySet, valid_q
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.choices import MoveStatus
from pairs.families.models.people import Dyad, Infant
from pairs.service.models import Place, Site
from pairs.service.roles import FAMILY_PERMISSIONS, RESTRICTED_ACCESS_PURPOSES, GrantPurpose


def build_family_within_q(scope: Scope, path: str = "") -> Q:
    """Families of the sites where the scope reads families, and those being handed over to or from one;
    restricted ones by grant, or to governance.

    ``path``: of the family that a row leads to ("family__"), when few rows are asked about: as "in the families that
    are visible" PostgreSQL would list all of these first, and there may be 60,000.
    """
    ways = (
        {"site__in": scope.sites("read_families"), "restricted": False},
        {"pk__in": query_moving_families(scope), "restricted": False},
        {"site__in": scope.sites("govern_records")},
        {"pk__in": scope.given("read_families")},
    )
    found = (Q(**{f"{path}{name}": value for name, value in way.items()}) for way in ways)
    return functools.reduce(operator.or_, found)


def query_moving_families(scope: Scope) -> Any:
    """Ids of the families being handed over to or from a site where the scope reads families."""
    reading = scope.sites("read_families")
    moves = FamilyMove.objects.seen_by_both().filter(Q(to_site__in=reading) | Q(from_site__in=reading))
    return moves.values("family")


class FamilyQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "FamilyQuerySet":
        return self.filter(build_family_within_q(scope))

    def supported_by(self, scope: Scope) -> "FamilyQuerySet":
        """The families a peer supporter is linked to: their alerts, safe contact and plan, never their notes."""
        return self.live().filter(pk__in=scope.given("support_families"))

    def with_people(self) -> "FamilyQuerySet":
        """Everybody in the family, and what to know before going: three more queries whatever its size."""
        return self.prefetch_related(*(models.Prefetch(*each) for each in build_people_querysets().items()))

    def _prefetch_related_objects(self) -> None:
        """``with_people()`` fetched the dyads with their infants: those held in another family join in."""
        super()._prefetch_related_objects()
        for family in self._result_cache:
            join_linked_infants(getattr(family, "_prefetched_objects_cache", {}))


def build_people_querysets() -> dict[str, models.QuerySet[Any]]:
    """{relation of Family: its rows as every page of a record shows them}: everybody's, to be narrowed to some."""
    cautions = Family._meta.get_field("cautions").related_model.objects
    dyads = Dyad.objects.live().current().select_related("caregiver", "infant")
    return {
        "cautions": cautions.live().current().with_people(),
        "infants": Infant.objects.live().order_by("birth_date", "twin_order", "created_at"),
        "dyads": dyads.order_by("-main_carer", "created_at"),
    }


def join_linked_infants(fetched: dict[str, Any]) -> None:
    """{relation: its QuerySet, fetched} of one family: those of its dyads' infants who are held in another join in.

    A foster carer's baby, a child in contact with a birth parent: here through a dyad alone, and no less here."""
    if "infants" not in fetched or "dyads" not in fetched:
        return
    infants = fetched["infants"]._result_cache
    known = {infant.pk for infant in infants}
    for dyad in fetched["dyads"]:
        if dyad.infant_id not in known and not dyad.infant.is_hidden:
            known.add(dyad.infant_id)
            infants.append(dyad.infant)


@tracked
class Family(Record):
    """The infants and caregivers held together, with one site responsible."""

    belongs_to = "site"
    family_path = "id"

    site = ProtectedKey(Site, related_name="families")
    place = ProtectedKey(Place, null=True, related_name="families")
    restricted = models.BooleanField(default=False, help_text="Staff's own family, or an address at risk.")
    restricted_because = models.CharField(max_length=200, blank=True)
    objects = FamilyQuerySet.as_manager()
    privacy = {"sensitive": "restricted restricted_because"}

    class Meta:
        verbose_name_plural = "families"
        permissions = list(FAMILY_PERMISSIONS.items())
        indexes = [models.Index(fields=["site", "restricted"], name="families_of_site")]

    def __str__(self) -> str:
        return f"Family {self.pk}"


class FamilyGrantQuerySet(models.QuerySet):
    def live(self) -> "FamilyGrantQuerySet":
        """Not yet expired, by the database's clock."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=Now()))

    def of_user(self, user_id: uuid.UUID | None) -> "FamilyGrantQuerySet":
        """What lets this person reach a family now. A family that was restricted since is shut to most purposes."""
        opens = Q(purpose__in=RESTRICTED_ACCESS_PURPOSES) | Q(family__restricted=False)
        return self.live().filter(opens, user_id=user_id)

    def visible_to(self, scope: Scope) -> "FamilyGrantQuerySet":
        """Who was given access to which family, and why: for information governance alone."""
        return self.filter(family__in=Family.objects.including_sealed(scope))

    def with_names(self) -> Any:
        return self.select_related("user", "granted_by").order_by("-created_at", "id")


@tracked
class FamilyGrant(models.Model):
    """One person's access to one family beyond their sites: a restricted family, co-work, peer support."""

    family_path = "family_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family = ProtectedKey(Family, related_name="grants")
    user = ProtectedKey(settings.AUTH_USER_MODEL, related_name="family_grants")
    purpose = models.CharField(max_length=12, choices=GrantPurpose)
    reason = models.CharField(max_length=200)
    granted_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    objects = FamilyGrantQuerySet.as_manager()
    privacy = {"staff": "purpose reason created_at expires_at"}

    class Meta:
        indexes = [models.Index(fields=["user", "purpose"], name="grants_of_user")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} until {self.expires_at or 'ended'}"

    @property
    def site_id(self) -> uuid.UUID:
        """Which site's governance answers for it."""
        return self.family.site_id


class Sequence(models.Model):
    """The last number given out for a kind of reference in a year."""

    kind = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    privacy = {"operational": "kind year last"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="one_sequence_a_year")]


class FamilyMoveQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "FamilyMoveQuerySet":
        """The move itself (no name is in it) stays known at both of its sites: who offered a family hears what
        became of it, even when another site holds the family by then. A restricted family's goes with the family."""
        reading = scope.sites("read_families")
        either = Q(from_site__in=reading) | Q(to_site__in=reading)
        return self.filter(either & Q(family__restricted=False) | build_family_within_q(scope, "family__"))

    def open(self) -> "FamilyMoveQuerySet":
        """Offered, and not yet answered."""
        return self.filter(status=MoveStatus.OFFERED)

    def waiting_first(self) -> "FamilyMoveQuerySet":
        """Those without an answer first, each kind newest first."""
        return self.order_by(models.F("answered_at").desc(nulls_first=True), "-offered_at", "id")

    def with_names(self) -> "FamilyMoveQuerySet":
        """Where from and where to, and who did what, in the same query."""
        people = ("offered_by", "answered_by", "called_back_by", "lead")
        return self.select_related("from_site", "to_site", "family", *people)

    def seen_by_both(self) -> "FamilyMoveQuerySet":
        """While it is offered, and until the hand-over ends, both sites may read the family."""
        handing_over = Q(status=MoveStatus.ACCEPTED, hand_over_until__gte=TruncDate(Now()))
        return self.live().filter(Q(status=MoveStatus.OFFERED) | handing_over)


@tracked
class FamilyMove(Record):
    """A family's move from one site to another: offered, accepted, and callable back."""

    family = ProtectedKey(Family, related_name="moves")
    from_site = ProtectedKey(Site, related_name="+")
    to_site = ProtectedKey(Site, related_name="+")
    status = models.CharField(max_length=11, choices=MoveStatus, default=MoveStatus.OFFERED)
    reason = models.CharField(max_length=300)
    offered_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    offered_at = models.DateTimeField()
    answered_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True, help_text="Why it was declined or called back.")
    lead = ProtectedKey(
        settings.AUTH_USER_MODEL, null=True, related_name="+", help_text="Who leads at the receiving site."
    )
    hand_over_until = models.DateField(null=True, blank=True, help_text="The last day both sites read it.")
    called_back_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    called_back_at = models.DateTimeField(null=True, blank=True)
    moved = models.JSONField(
        default=list, blank=True, help_text="Rows that moved with it, for calling it back."
    )
    objects = FamilyMoveQuerySet.as_manager()
    privacy = {
        "clinical": "reason answer",
        "operational": "status offered_at answered_at called_back_at hand_over_until moved",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family"],
                condition=valid_q() & Q(status=MoveStatus.OFFERED),
                name="one_open_move_a_family",
            ),
            models.CheckConstraint(
                condition=~Q(from_site=models.F("to_site")), name="a_move_goes_somewhere_else"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="a_move_is_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status=MoveStatus.OFFERED, answered_at=None)
                | (~Q(status=MoveStatus.OFFERED) & Q(answered_at__isnull=False)),
                name="an_offer_waits_for_its_answer",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(MoveStatus.ACCEPTED, MoveStatus.CALLED_BACK))
                | Q(lead__isnull=False, hand_over_until__isnull=False),
                name="an_accepted_move_has_a_lead_and_a_last_day",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=MoveStatus.CALLED_BACK, called_back_at__isnull=False, called_back_by__isnull=False
                )
                | (~Q(status=MoveStatus.CALLED_BACK) & Q(called_back_at=None, called_back_by=None)),
                name="a_move_is_called_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Move to {self.to_site}"
