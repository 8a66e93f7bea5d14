"""What may be told to whom, as the family agreed it; and what may not be told to somebody."""

import functools
import operator

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from pairs.access.records import Record
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Address, Caregiver, Family, Infant
from pairs.service.models import Team
from pairs.village.models.members import VillageMember
from pairs.village.rules import SharingTopic


def build_exactly_one(*names: str, or_none: bool = False) -> Q:
    """One of these fields is set, and no other (``or_none``: at most one)."""
    ways = [Q(**{f"{each}__isnull": each != name for each in names}) for name in names]
    if or_none:
        ways.append(Q(**{f"{each}__isnull": True for each in names}))
    return functools.reduce(operator.or_, ways)


@tracked
class SharingAgreement(Record):
    """What one person or agency may be told. Its words stay: to change it is to withdraw it and agree anew."""

    family = ProtectedKey(Family, related_name="sharing_agreements")
    member = ProtectedKey(VillageMember, null=True, related_name="agreements")
    team = ProtectedKey(Team, null=True, related_name="+")
    agency = models.CharField(max_length=120, null=True, blank=True, help_text="In words, if not listed.")
    what = ArrayField(models.CharField(max_length=20, choices=SharingTopic))
    how_often = models.CharField(max_length=120, blank=True)
    until = models.DateField(null=True, blank=True, help_text="The last day it holds.")
    agreed_by = ProtectedKey(Caregiver, null=True, related_name="agreements")
    agreed_on = models.DateField(null=True, blank=True)
    without_consent_because = models.TextField(blank=True)
    recorded_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = ProtectedKey(
        settings.AUTH_USER_MODEL,
        null=True,
        related_name="+",
        help_text="Who wrote down that it was withdrawn.",
    )
    withdrawn_because = models.CharField(max_length=300, blank=True)
    privacy = {
        "sensitive": "agency what how_often until agreed_on without_consent_because withdrawn_on"
        " withdrawn_because",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=build_exactly_one("member", "team", "agency"), name="an_agreement_is_with_one_party"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=False, agreed_on__isnull=False, without_consent_because="")
                | (Q(agreed_by=None, agreed_on=None) & ~Q(without_consent_because="")),
                name="agreed_or_reasoned",
            ),
            models.CheckConstraint(condition=Q(what__len__gt=0), name="an_agreement_says_what"),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_by=None)
                | Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False),
                name="withdrawn_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="agreed_is_frozen",
                operation=pgtrigger.UpdateOf(
                    "agency", "what", "how_often", "until", "agreed_on", "without_consent_because"
                ),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Sharing with {self.party}"

    @property
    def party(self) -> str:
        """Whom it is with, in words."""
        return str(self.member or self.team or self.agency)

    @property
    def covers(self) -> list[str]:
        """What it covers, in words, in the order of the list."""
        return [topic.label for topic in SharingTopic if topic in self.what]


@tracked
class DisclosureLimit(Record):
    """Do not disclose: about whom or what, and not to whom."""

    family = ProtectedKey(Family, related_name="disclosure_limits")
    infant = ProtectedKey(Infant, null=True, related_name="+")
    caregiver = ProtectedKey(Caregiver, null=True, related_name="+")
    member = ProtectedKey(VillageMember, null=True, related_name="+")
    address = ProtectedKey(Address, null=True, related_name="+")
    not_to_caregiver = ProtectedKey(Caregiver, null=True, related_name="+")
    not_to_member = ProtectedKey(VillageMember, null=True, related_name="+")
    not_to_name = models.CharField(
        max_length=120, null=True, blank=True, help_text="A person or agency in words."
    )
    reason = models.CharField(max_length=300)
    recorded_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="The last day it holds.")
    ended_because = models.CharField(max_length=300, blank=True)
    privacy = {"sensitive": "not_to_name reason since until ended_because"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=build_exactly_one("infant", "caregiver", "member", "address", or_none=True),
                name="a_limit_is_about_one_or_all",
            ),
            models.CheckConstraint(
                condition=build_exactly_one("not_to_caregiver", "not_to_member", "not_to_name"),
                name="a_limit_is_against_somebody",
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Do not tell {self.not_to}"

    @property
    def not_to(self) -> str:
        """Who is not to be told, in words."""
        return str(self.not_to_caregiver or self.not_to_member or self.not_to_name)

    @property
    def about(self) -> str:
        """What is not to be told, in words; an address by whose it is, never as an address."""
        if self.address_id:
            return f"The address of {self.address.person}"
        return str(self.infant or self.caregiver or self.member or "The whole family")
