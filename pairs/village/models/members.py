"""The people around the child: professionals, kin, friends and community."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, TruncDate

from pairs.access.records import Record, RecordQuerySet
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Family, Infant
from pairs.service.models import Team, User, UserQuerySet
from pairs.village.rules import Closeness, MemberKind
from pairs.web.typed_text import PHONE_LENGTH


class VillageMemberQuerySet(RecordQuerySet):
    def current(self) -> "VillageMemberQuerySet":
        """Still there, by the database's clock."""
        return self.filter(Q(until=None) | Q(until__gt=TruncDate(Now())))

    def around(self, infant: Any) -> "VillageMemberQuerySet":
        """This child's: their own, and those of all the children of the family."""
        return self.filter(Q(infant=None) | Q(infant=infant), family=infant.family_id)

    def nearest_first(self) -> "VillageMemberQuerySet":
        return self.select_related("infant", "user", "team").order_by("closeness", "name", "id")


@tracked
class VillageMember(Record):
    """Somebody around one child, or around all the children of a family, and how to reach them."""

    family = ProtectedKey(Family, related_name="village")
    infant = ProtectedKey(
        Infant, null=True, related_name="village", help_text="Empty: around all the children."
    )
    kind = models.CharField(max_length=12, choices=MemberKind)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=80, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=PHONE_LENGTH, blank=True)
    email = models.EmailField(blank=True)
    lines = models.TextField(blank=True)
    closeness = models.PositiveSmallIntegerField(choices=Closeness)
    user = ProtectedKey(
        settings.AUTH_USER_MODEL,
        null=True,
        related_name="+",
        help_text="If they have an account, such as a health visitor who referred.",
    )
    team = ProtectedKey(Team, null=True, related_name="+")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    objects = VillageMemberQuerySet.as_manager()
    privacy = {
        "identifies": "name",
        "contact": "organisation phone email lines",
        "sensitive": "kind role closeness since until",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closeness__range=(1, 3)), name="closeness_is_a_ring"),
        ]
        indexes = [models.Index(fields=["family"], name="village_of_family")]

    def __str__(self) -> str:
        return self.name

    @property
    def described(self) -> str:
        """What they are, in words: role and organisation, or else which part of the village."""
        return ", ".join(filter(None, [self.role, self.organisation])) or self.get_kind_display()


def query_referrer_accounts() -> UserQuerySet:
    """Accounts a professional of the village may have: those who refer."""
    return User.objects.with_permission("make_referrals")


def query_referrers(family: Family) -> UserQuerySet:
    """Whoever referred the family, through the reverse relation: the referrals app is not imported."""
    return User.objects.filter(pk__in=family.referrals.values("referrer"), is_active=True)
