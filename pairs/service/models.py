"""The service itself: places, sites, teams that refer, and the people who work here."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser, Group, UserManager
from django.db import models
from django.db.models import Exists, OuterRef
from guardian.models import GroupObjectPermissionBase

from pairs.database.history import tracked
from pairs.service.roles import PERMISSIONS, Role


class SiteQuerySet(models.QuerySet):
    def open_on(self, day: date) -> "SiteQuerySet":
        return self.filter(opens_on__lte=day)

    def hub(self) -> Any:
        return self.get(is_hub=True)


@tracked
class Site(models.Model):
    """The hub or a satellite: where staff are, and where roles are held."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    is_hub = models.BooleanField(default=False)
    opens_on = models.DateField(null=True, blank=True, help_text="Empty while the site is planned.")
    objects = SiteQuerySet.as_manager()
    privacy = {"public": "code name is_hub opens_on"}

    class Meta:
        ordering = ["-is_hub", "opens_on", "name"]
        permissions = list(PERMISSIONS.items())
        constraints = [
            models.UniqueConstraint(fields=["is_hub"], condition=models.Q(is_hub=True), name="one_hub"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class Place(models.Model):
    """A district of Lancashire and South Cumbria; each has a covering site, so every family is eligible.

    Barrow-in-Furness and South Lakeland ended as districts in 2023 and are told apart inside
    Westmorland and Furness by the first words of the neighbourhood's name. Two districts lie only
    partly in the area (needs_icb): there the postcode's integrated care board decides.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    lad_code = models.CharField(max_length=9)
    lsoa_name_prefix = models.CharField(max_length=40, blank=True)
    needs_icb = models.BooleanField(default=False)
    covering_site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="places")
    privacy = {"public": "code name lad_code lsoa_name_prefix needs_icb"}

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@tracked
class Team(models.Model):
    """A team outside the service that refers: its members see one another's referrals."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    organisation = models.CharField(max_length=120)
    source_code = models.CharField(max_length=2, help_text="NHS Data Dictionary source of referral.")
    privacy = {"public": "name organisation source_code"}

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}"


class UserQuerySet(models.QuerySet):
    def visible_to(self, scope: Any) -> Any:
        """Accounts are read as accounts by a system administrator alone."""
        return self if scope.may("manage_accounts") else self.none()

    def with_permission(self, *codenames: str, at: Iterable[Any] | None = None) -> "UserQuerySet":
        """Active members with any of these permissions, by name. ``at``: sites or their ids; None is anywhere."""
        held = SitePermission.objects.filter(group__user=OuterRef("pk"), permission__codename__in=codenames)
        if at is not None:
            held = held.filter(content_object__in=at)
        return self.filter(Exists(held), is_active=True).order_by("display_name", "username")

    def with_roles(self) -> "UserQuerySet":
        return self.select_related("team").prefetch_related("groups__roleatsite__site")


class AccountManager(UserManager.from_queryset(UserQuerySet)):
    """Django's own manager, with our QuerySet's words."""

    use_in_migrations = False


@tracked(exclude=["password", "last_login"])
class User(AbstractUser):
    """Somebody with an account: staff, a referrer, a peer supporter."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    display_name = models.CharField(max_length=120)
    profession = models.CharField(max_length=80, blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="members")
    objects = AccountManager()
    privacy = {
        "staff": "username first_name last_name email display_name profession is_staff is_active is_superuser "
        "date_joined last_login",
        "secret": "password",
    }

    def __str__(self) -> str:
        return self.display_name or self.username


@tracked
class RoleAtSite(models.Model):
    """A role held at a site is a group: whoever is in it has the role's permissions on that site."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)
    privacy = {"staff": "role"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "role"], name="one_group_a_role_and_site")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} at {self.site}"


@tracked
class SitePermission(GroupObjectPermissionBase):
    """django-guardian's group permission, kept with a real foreign key to Site."""

    content_object = models.ForeignKey(Site, on_delete=models.CASCADE)
    privacy = {"staff": "permission"}

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False


@tracked
class Membership(User.groups.through):
    """Who is in which role's group: history of every role given and taken away."""

    class Meta:
        proxy = True


@tracked
class CodeList(models.Model):
    """One entry of a code list (NHS Data Dictionary or local): retired, never deleted."""

    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=20)
    label = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120, blank=True)
    privacy = {"public": "kind code label order retired_on source"}

    class Meta:
        ordering = ["kind", "order", "code"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="code_once_a_list")]
