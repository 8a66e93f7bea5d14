"""Joint work with another service: with whom, who does what and when, and how it ended."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from interventions.episodes.models import Episode
from pairs.access.records import Record, RecordQuerySet
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Family
from pairs.village.models import VillageMember


class JointWorkQuerySet(RecordQuerySet):
    def going_on(self) -> "JointWorkQuerySet":
        return self.filter(ended_on=None)

    def with_people(self) -> "JointWorkQuerySet":
        """Current ones first, newest first."""
        first = F("ended_on").desc(nulls_first=True)
        return self.select_related("member", "episode", "recorded_by", "ended_by").order_by(
            first, "-since", "id"
        )


@tracked
class JointWork(Record):
    """What we and somebody from another service agreed to do together for one family."""

    family = ProtectedKey(Family, related_name="joint_work")
    episode = ProtectedKey(Episode, null=True, related_name="joint_work")
    member = ProtectedKey(
        VillageMember,
        null=True,
        related_name="joint_work",
        help_text="Someone in the family's village; otherwise named in words.",
    )
    who = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    we_do = models.TextField()
    they_do = models.TextField()
    days = models.CharField(max_length=200, blank=True, help_text="On which days, in words.")
    they_share = models.TextField(blank=True, help_text="What they may tell us, as it was agreed.")
    since = models.DateField()
    look_again_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)
    ended_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    recorded_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    objects = JointWorkQuerySet.as_manager()
    privacy = {
        "identifies": "who",
        "contact": "organisation",
        "sensitive": "we_do they_do days they_share since look_again_on ended_on ended_because",
    }

    class Meta:
        indexes = [models.Index(fields=["family"], name="joint_work_of_family")]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, who="") | (Q(member=None) & ~Q(who="")),
                name="joint_work_is_with_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_because="", ended_by=None)
                | (Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
                name="joint_work_ends_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since")),
                name="joint_work_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"Joint work with {self.party}"

    @property
    def party(self) -> str:
        """With whom, in words."""
        return str(self.member or self.who)

    @property
    def described(self) -> str:
        """The other party's role and organisation, as far as known."""
        return self.member.described if self.member else self.organisation

    @property
    def site_id(self) -> UUID:
        return self.family.site_id
