"""The API of posts, of who fills them, of the planned establishment, and of capacity."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers

from interventions.posts import record_forms
from interventions.posts.capacity import PersonCapacity, load_capacity
from interventions.posts.models import READERS, PlanLine, Post, PostHolding
from pairs.access import policy
from pairs.api.views import ActionApi, ListApi, RecordApi


class PostOut(serializers.ModelSerializer):
    """A post; without ``funded_from`` it is planned without a date. ``filled_wte``: of today."""

    site = serializers.SlugRelatedField(slug_field="code", read_only=True)
    filled_wte = serializers.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        model = Post
        fields = [
            "id", "site", "title", "group", "band", "wte", "filled_wte", "funded_from", "funded_until",
            "no_direct_work", "is_recruit_to_train", "course",
        ]  # fmt: skip


def query_posts() -> QuerySet[Any]:
    """With what the serializer writes."""
    return Post.objects.with_filled(timezone.localdate()).select_related("site")


@policy.permission("manage_accounts", "read_reports", "supervise", POST="manage_accounts")
class PostList(record_forms.AddPost, ListApi):
    """GET: posts that have not ended. POST: add a post."""

    serializer_class = PostOut

    def get_rows(self) -> QuerySet[Any]:
        return query_posts().unended(timezone.localdate()).in_order()

    def get_shown_records(self) -> QuerySet[Any]:
        return query_posts()


@policy.permission("manage_accounts", "read_reports", "supervise", PATCH="manage_accounts")
class PostDetail(record_forms.ChangePost, RecordApi):
    """GET: a post. PATCH: change it, or record the last day of its funding."""

    serializer_class = PostOut

    def get_records(self) -> QuerySet[Any]:
        return query_posts()

    def get_shown_records(self) -> QuerySet[Any]:
        return query_posts()


class PostHoldingOut(serializers.ModelSerializer):
    """Somebody fills a post, or a part of it."""

    class Meta:
        model = PostHolding
        fields = ["id", "post", "person", "wte", "starts_on", "ends_on", "qualifies_on"]


@policy.permission("manage_accounts", "supervise", POST="manage_accounts")
class PostHoldingList(record_forms.FillPost, ListApi):
    """GET: who fills the post, filled it or will. POST: record who fills it."""

    serializer_class = PostHoldingOut

    def get_rows(self) -> QuerySet[Any]:
        return PostHolding.objects.filter(post=self.record).newest_first()


@policy.permission("manage_accounts", "supervise", PATCH="manage_accounts")
class PostHoldingDetail(record_forms.ChangeFilling, RecordApi):
    """GET: who fills a post, how much of it and when. PATCH: change that."""

    serializer_class = PostHoldingOut


@policy.permission("manage_accounts")
class PostHoldingRemoval(record_forms.RemoveFilling, ActionApi):
    """Remove an entry that was recorded wrongly."""

    serializer_class = PostHoldingOut

    def get_shown_record(self, pk: Any) -> Any:
        """As it was: what was removed is out of sight."""
        return self.record


class PlanLineOut(serializers.ModelSerializer):
    """Planned and recommended whole-time equivalents of one role group and band, with their source."""

    planned = serializers.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        model = PlanLine
        fields = ["id", "group", "band", "at_start", "additional", "planned", "recommended", "year", "source"]


@policy.permission(*READERS)
class PlanLineList(ListApi):
    """The planned establishment."""

    serializer_class = PlanLineOut

    def get_rows(self) -> QuerySet[Any]:
        return PlanLine.objects.all()


@policy.permission(*READERS, PATCH="manage_accounts")
class PlanLineDetail(record_forms.ChangePlanLine, RecordApi):
    """GET: a line of the planned establishment. PATCH: change its figures."""

    serializer_class = PlanLineOut


class CapacityOut(serializers.Serializer):
    """What somebody has and does at one site. ``capacity``: contacts a week, empty where the service set no figure."""

    person = serializers.UUIDField(source="person.pk")
    site = serializers.SlugField(source="site.code")
    wte = serializers.DecimalField(source="load.wte", max_digits=5, decimal_places=2)
    families = serializers.IntegerField(source="load.families")
    weight = serializers.FloatField(source="load.weight")
    contacts_a_week = serializers.FloatField(source="load.contacts_a_week")
    capacity = serializers.FloatField(source="load.capacity", allow_null=True)


@policy.permission("supervise")
class CapacityList(ListApi):
    """Whole-time equivalents, families and contacts of each person at the sites that one supervises."""

    serializer_class = CapacityOut

    def get_rows(self) -> list[PersonCapacity]:
        return load_capacity(self.request.scope.sites("supervise"), timezone.localdate())
