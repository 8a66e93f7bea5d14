"""The service itself: places, sites, teams that refer, and the people who work here."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser, Group, UserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.crypto import salted_hmac
from guardian.models import GroupObjectPermissionBase

from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.service.roles import PERMISSIONS, Role


class SiteQuerySet(models.QuerySet):
    def visible_to(self, scope: Any) -> "SiteQuerySet":
        """Public, but kept by a system administrator alone."""
        return self if scope.may("manage_accounts") else self.none()

    def open_on(self, day: date) -> "SiteQuerySet":
        """Opened by that day and not closed before it; the last day counts."""
        return self.filter(opens_on__lte=day).filter(Q(closes_on=None) | Q(closes_on__gte=day))

    def hub(self) -> Any:
        return self.get(is_hub=True)

    def get_opening_day(self) -> date | None:
        """When the service opened: its first site."""
        return self.exclude(opens_on=None).order_by("opens_on").values_list("opens_on", flat=True).first()


@tracked
class Site(models.Model):
    """The hub or a satellite: where staff are, and where roles are held."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    is_hub = models.BooleanField(default=False)
    opens_on = models.DateField(null=True, blank=True, help_text="Empty while the site is planned.")
    closes_on = models.DateField(null=True, blank=True, help_text="The last day on which it is open.")
    objects = SiteQuerySet.as_manager()
    privacy = {"public": "code name is_hub opens_on closes_on"}

    class Meta:
        ordering = ["-is_hub", "opens_on", "name"]
        permissions = list(PERMISSIONS.items())
        constraints = [
            models.UniqueConstraint(fields=["is_hub"], condition=Q(is_hub=True), name="one_hub"),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(opens_on__isnull=False, closes_on__gte=F("opens_on")),
                name="a_site_closes_after_it_opened",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open_on(self, day: date) -> bool:
        """As ``SiteQuerySet.open_on`` asks it."""
        return bool(self.opens_on and self.opens_on <= day and (not self.closes_on or day <= self.closes_on))


class PlaceQuerySet(models.QuerySet):
    def visible_to(self, scope: Any) -> "PlaceQuerySet":
        """Public, but kept by a system administrator alone."""
        return self if scope.may("manage_accounts") else self.none()


@tracked
class Place(models.Model):
    """A district of Lancashire and South Cumbria; each has a covering site, so every family is eligible.

    Barrow-in-Furness and South Lakeland ended as districts in 2023 and are told apart inside
    Westmorland and Furness by the first words of the neighbourhood's name. Two districts lie only
    partly in the area (needs_icb): there the postcode's integrated care board decides.
    """

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    lad_code = models.CharField(max_length=9)
    lsoa_name_prefix = models.CharField(max_length=40, blank=True)
    needs_icb = models.BooleanField(default=False)
    covering_site = ProtectedKey(Site, related_name="places")
    objects = PlaceQuerySet.as_manager()
    privacy = {"public": "code name lad_code lsoa_name_prefix needs_icb"}

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def get_place_of_site(site: Site) -> Place:
    """The site's own district, of the same code; the hub's where it has none. It stands in where nobody said.

    A district that only stands in is marked as assumed and counts as known nowhere. ``Place.DoesNotExist``: the
    hub has no district of its own either, which the reference data rule out.
    """
    own = Place.objects.filter(code=site.code).first()
    return own or Place.objects.get(code=Site.objects.hub().code)


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

    def supervised_by(self, scope: Any) -> "UserQuerySet":
        """Colleagues with a role, now or once, at the sites where the scope supervises; for accounts everybody."""
        if scope.may("manage_accounts"):
            return self
        sites = scope.sites("supervise")
        here = RoleAtSite.objects.filter(site__in=sites)
        now = User.groups.through.objects.filter(user=OuterRef("pk"), group__in=here.values("group"))
        once = RoleTerm.objects.filter(user=OuterRef("pk"), held__in=here)
        return self.filter(Exists(now) | Exists(once))

    def with_roles(self) -> "UserQuerySet":
        return self.select_related("team").prefetch_related(
            "groups__roleatsite__site",
            Prefetch("role_terms", RoleTerm.objects.select_related("held__site")),
        )

    def matching(
        self, *, words: str = "", role: str = "", site: Any = None, state: str = "", unused_since: Any = None
    ) -> "UserQuerySet":
        """Each when given: every word in the name, username or e-mail; a role or site held; open or closed; not
        signed in since that moment."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(display_name__icontains=word) | Q(username__icontains=word) | Q(email__icontains=word)
            )
        held = RoleAtSite.objects.filter(group__user=OuterRef("pk"))
        held = held.filter(role=role) if role else held
        held = held.filter(site=site) if site else held
        found = found.filter(Exists(held)) if role or site else found
        found = found.filter(is_active=state == "open") if state else found
        return found.filter(Q(last_login=None) | Q(last_login__lt=unused_since)) if unused_since else found


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
    team = ProtectedKey(Team, null=True, related_name="members")
    key_version = models.PositiveIntegerField(
        default=1, help_text="Sessions and links to choose a password work while this stays as it was."
    )
    objects = AccountManager()
    privacy = {
        "staff": "username first_name last_name email display_name profession is_staff is_active is_superuser "
        "date_joined last_login",
        "operational": "key_version",
        "secret": "password",
    }

    def __str__(self) -> str:
        return self.display_name or self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's own, of the password and of the key version: raising that ends every session for good."""
        return salted_hmac(
            "pairs.service.session", f"{self.password}|{self.key_version}", secret=secret, algorithm="sha256"
        ).hexdigest()


@tracked
class RoleAtSite(models.Model):
    """A role held at a site is a group: whoever is in it has the role's permissions on that site."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, primary_key=True)
    site = ProtectedKey(Site, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)
    privacy = {"staff": "role"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "role"], name="one_group_a_role_and_site")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} at {self.site}"


class RoleTermQuerySet(models.QuerySet):
    def visible_to(self, scope: Any) -> "RoleTermQuerySet":
        """Read with accounts, by a system administrator alone."""
        return self if scope.may("manage_accounts") else self.none()

    def unended(self, on: date) -> "RoleTermQuerySet":
        """Of that day or to come; the last day counts."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on))


@tracked
class RoleTerm(models.Model):
    """From which day until which somebody holds a role at a site: its group's members follow, each day."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = ProtectedKey("service.User", related_name="role_terms")
    held = ProtectedKey(RoleAtSite, related_name="terms")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day; empty while no end is set.")
    objects = RoleTermQuerySet.as_manager()
    privacy = {"staff": "starts_on ends_on"}

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="a_role_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held}, from {self.starts_on}"


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
