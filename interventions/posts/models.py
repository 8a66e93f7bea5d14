"""Posts at sites, who fills them from when until when, and the establishment that is planned."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from interventions.posts.choices import Band, StaffGroup
from pairs.access.records import Record, RecordQuerySet, live_q
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.service.models import Site

MAX_POST_WTE = 50  # a slip of the decimal point, no limit on establishments
READERS = ("manage_accounts", "read_reports")  # read posts at every site


def make_wte_field(**options: Any) -> models.DecimalField:
    """Whole-time equivalents, to two places."""
    return models.DecimalField(max_digits=5, decimal_places=2, **options)


class PostQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "PostQuerySet":
        """Everywhere for administrators and managers; at the sites where somebody supervises."""
        return self if scope.may(*READERS) else self.filter(site__in=scope.sites("supervise"))

    def funded_on(self, day: date) -> "PostQuerySet":
        """Funded on that day; the first and the last day count."""
        return self.filter(funded_from__lte=day).filter(Q(funded_until=None) | Q(funded_until__gte=day))

    def unended(self, on: date) -> "PostQuerySet":
        """Funded on that day, later, or planned without a date."""
        return self.filter(Q(funded_until=None) | Q(funded_until__gte=on))

    def in_order(self) -> "PostQuerySet":
        """By site, the hub first, then by role group and band."""
        return self.order_by(
            "-site__is_hub", "site__opens_on", "site__name", "group", "band", "title", "created_at"
        )

    def with_filled(self, on: date) -> "PostQuerySet":
        """Annotates ``filled_wte``: of those who fill the post on that day."""
        held = PostHolding.objects.live().on_day(on).filter(post=OuterRef("pk")).order_by()
        filled = held.values("post").annotate(total=Sum("wte")).values("total")
        return self.annotate(filled_wte=Coalesce(Subquery(filled), Value(Decimal(0))))


@tracked
class Post(Record):
    """A post at a site: its role group, band and whole-time equivalent, and from when until when it is funded."""

    belongs_to = "site"
    family_path = None

    site = ProtectedKey(Site, related_name="posts")
    title = models.CharField(max_length=120)
    group = models.CharField(max_length=24, choices=StaffGroup)
    band = models.CharField(max_length=4, choices=Band)
    wte = make_wte_field()
    funded_from = models.DateField(
        null=True, blank=True, help_text="Empty while it is planned without a date."
    )
    funded_until = models.DateField(
        null=True, blank=True, help_text="The last day; empty while no end is set."
    )
    no_direct_work = models.BooleanField(default=False, help_text="It counts for no contacts with families.")
    is_recruit_to_train = models.BooleanField(default=False)
    course = models.CharField(max_length=200, blank=True)
    objects = PostQuerySet.as_manager()
    privacy = {
        "staff": "title group band wte funded_from funded_until no_direct_work is_recruit_to_train course"
    }

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(wte__gt=0, wte__lte=MAX_POST_WTE), name="a_post_has_whole_time_equivalents"
            ),
            models.CheckConstraint(
                condition=Q(funded_until=None)
                | Q(funded_from__isnull=False, funded_until__gte=F("funded_from")),
                name="a_post_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(is_recruit_to_train=False) | ~Q(course=""), name="a_trainee_post_has_a_course"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.site}"


class PostHoldingQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "PostHoldingQuerySet":
        """For administrators, and for supervisors of the site; one's own."""
        if scope.may("manage_accounts"):
            return self
        return self.filter(Q(person=scope.user_id) | Q(post__site__in=scope.sites("supervise")))

    def on_day(self, on: date) -> "PostHoldingQuerySet":
        """Filling the post on that day; the first and the last day count."""
        return self.filter(starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gte=on))

    def unended(self, on: date) -> "PostHoldingQuerySet":
        """On that day, or still to come."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on))

    def newest_first(self) -> "PostHoldingQuerySet":
        return self.order_by("-starts_on", "-created_at")


@tracked
class PostHolding(Record):
    """Somebody fills a post, or a part of it, from a day until a day. ``qualifies_on``: of a trainee, when expected."""

    belongs_to = "post"
    family_path = None

    post = ProtectedKey(Post, related_name="holdings")
    person = ProtectedKey(settings.AUTH_USER_MODEL, related_name="post_holdings")
    wte = make_wte_field()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day; empty while no end is set.")
    qualifies_on = models.DateField(null=True, blank=True)
    objects = PostHoldingQuerySet.as_manager()
    privacy = {"staff": "wte starts_on ends_on qualifies_on"}

    class Meta:
        ordering = ["starts_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(wte__gt=0, wte__lte=1), name="nobody_fills_more_than_whole_time"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="filling_a_post_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["post", "person"],
                condition=live_q(ends_on=None),
                name="a_post_is_filled_once_by_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.post.title}"

    @property
    def site_id(self) -> UUID:
        return self.post.site_id


class PlanLineQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "PlanLineQuerySet":
        """For managers, and administrators, who keep it."""
        return self if scope.may(*READERS) else self.none()


@tracked
class PlanLine(models.Model):
    """A line of the planned establishment: whole-time equivalents of one role group and band, and their source."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.CharField(max_length=24, choices=StaffGroup)
    band = models.CharField(max_length=4, choices=Band)
    at_start = make_wte_field(default=Decimal(0))
    additional = make_wte_field(default=Decimal(0), help_text="To be added by the year of the plan.")
    recommended = make_wte_field(default=Decimal(0))
    year = models.PositiveSmallIntegerField(help_text="By which the additional posts are planned.")
    source = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    objects = PlanLineQuerySet.as_manager()
    privacy = {"public": "group band at_start additional recommended year source order"}

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "band"], name="one_plan_a_group_and_band"),
            models.CheckConstraint(
                condition=Q(at_start__gte=0, additional__gte=0, recommended__gte=0),
                name="planned_equivalents_are_not_negative",
            ),
            models.CheckConstraint(condition=Q(year__range=(2000, 2100)), name="a_plan_is_of_this_century"),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}, {self.get_band_display().lower()}"

    @property
    def planned(self) -> Decimal:
        return self.at_start + self.additional
