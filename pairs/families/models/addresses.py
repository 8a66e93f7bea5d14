"""Where people live, dated, with the deprivation of the place as it was looked up."""

from django.db import models
from django.db.models import F, Q

from pairs.access.records import Record, RecordQuerySet
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.choices import AddressKind
from pairs.families.models.family import Family
from pairs.families.models.people import Caregiver, Infant
from pairs.families.rules import takes_post
from pairs.geography.rules import NO_PLACE_PREFIXES


class AddressQuerySet(RecordQuerySet):
    def current(self) -> "AddressQuerySet":
        return self.filter(until=None)

    def without_match(self) -> "AddressQuerySet":
        """A postcode that the loaded directory did not know, or knew without its deprivation, and should.

        No fixed abode, and what stands for no place (ZZ99, BFPO), have nothing to be matched with.
        """
        waiting = self.live().filter(Q(lsoa_code="") | Q(imd_decile=None)).exclude(postcode="")
        placeless = [Q(postcode__startswith=prefix) for prefix in NO_PLACE_PREFIXES]
        return waiting.exclude(Q(*placeless, kind=AddressKind.NO_FIXED_ABODE, _connector=Q.OR))

    def newest_first(self) -> "AddressQuerySet":
        return self.order_by(
            F("until").desc(nulls_first=True), F("since").desc(nulls_last=True), "-created_at"
        )


@tracked
class Address(Record):
    """Where one person lives, dated, with the deprivation of the place as it was looked up and in which index."""

    family = ProtectedKey(Family, related_name="addresses")
    caregiver = ProtectedKey(Caregiver, null=True, related_name="addresses")
    infant = ProtectedKey(Infant, null=True, related_name="addresses")
    kind = models.CharField(max_length=10, choices=AddressKind, default=AddressKind.HOME)
    lines = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    lsoa_code = models.CharField(max_length=9, blank=True)
    imd_decile = models.PositiveSmallIntegerField(null=True, blank=True)
    imd_version = models.CharField(max_length=4, blank=True)
    looked_up_on = models.DateField(null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    objects = AddressQuerySet.as_manager()
    privacy = {
        "contact": "kind lines postcode since until",
        "sensitive": "lsoa_code imd_decile",
        "operational": "imd_version looked_up_on",
    }

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [
            models.CheckConstraint(
                condition=Q(infant=None, caregiver__isnull=False) | Q(infant__isnull=False, caregiver=None),
                name="address_is_of_one_person",
            ),
            models.CheckConstraint(
                condition=Q(imd_decile=None) | (Q(imd_decile__range=(1, 10)) & ~Q(imd_version="")),
                name="decile_names_its_index",
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="address_ends_after_it_began",
            ),
        ]

    @property
    def takes_post(self) -> bool:
        """Does a letter arrive there?"""
        return takes_post(kind=self.kind, lines=self.lines, postcode=self.postcode)

    @property
    def person(self) -> Caregiver | Infant | None:
        return self.infant or self.caregiver

    def __str__(self) -> str:
        return self.postcode or self.get_kind_display()
