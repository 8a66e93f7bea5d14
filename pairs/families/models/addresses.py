"""Where people live, dated, with the deprivation of the place as it was looked up."""

from django.db import models
from django.db.models import F, Q

from pairs.access.records import Record, RecordQuerySet
from pairs.database.history import tracked
from pairs.families.choices import AddressKind
from pairs.families.models.family import Family
from pairs.families.models.people import Caregiver, Infant


class AddressQuerySet(RecordQuerySet):
    def current(self) -> "AddressQuerySet":
        return self.filter(until=None)

    def without_match(self) -> "AddressQuerySet":
        """A postcode that the loaded directory did not know, or knew without its deprivation."""
        return self.live().filter(Q(lsoa_code="") | Q(imd_decile=None)).exclude(postcode="")

    def newest_first(self) -> "AddressQuerySet":
        return self.order_by(
            F("until").desc(nulls_first=True), F("since").desc(nulls_last=True), "-created_at"
        )


@tracked
class Address(Record):
    """Where one person lives, dated, with the deprivation of the place as it was looked up and in which index."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="addresses")
    caregiver = models.ForeignKey(
        Caregiver, null=True, blank=True, on_delete=models.PROTECT, related_name="addresses"
    )
    infant = models.ForeignKey(
        Infant, null=True, blank=True, on_delete=models.PROTECT, related_name="addresses"
    )
    kind = models.CharField(max_length=10, choices=AddressKind, default=AddressKind.HOME)
    lines = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
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
    def person(self) -> Caregiver | Infant | None:
        return self.infant or self.caregiver

    def __str__(self) -> str:
        return self.postcode or self.get_kind_display()
