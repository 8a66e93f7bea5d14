"""Infants and caregivers as people of their own, and the dyads between them."""

import uuid
from datetime import date
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q, Subquery, Value
from django.db.models.functions import Concat, Upper
from django.db.models.lookups import IsNull

from pairs.access.records import Record, RecordQuerySet, list_related_fields, live_q, live_sql
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.choices import (
    BackgroundAnswer,
    Loss,
    NeonatalStay,
    ParentalResponsibility,
    Relationship,
    Sex,
)
from pairs.families.models.phones import PhoneQuerySet, WithPhone

NAME_FIELDS = ("given_name", "family_name")


def list_dyad_name_fields(path: str) -> list[str]:
    """For ``only()``: the foreign key to a dyad, and the names of both its people."""
    return [
        path,
        *list_related_fields(f"{path}__infant", *NAME_FIELDS),
        *list_related_fields(f"{path}__caregiver", *NAME_FIELDS),
    ]


class Person(Record):
    """What an infant and a caregiver have alike: a name, an NHS number, how they describe themselves."""

    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    nhs_number = models.CharField(max_length=10, null=True, blank=True)
    nhs_number_status = models.CharField(
        max_length=2, default="03", help_text="NHS Data Dictionary; 03: trace required."
    )
    ethnicity = models.CharField(max_length=2, default="99", help_text="NHS 16+1; Z declined; 99 not known.")

    said_as = models.CharField(max_length=80, blank=True, help_text="Pronunciation.")

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        return " ".join(filter(None, [self.given_name, self.family_name]))

    def __str__(self) -> str:
        return self.name or "Not yet named"


class NamedBaby:
    """Of babies: until there is a first name, a surname alone reads as somebody else's name."""

    given_name: Any
    family_name: Any

    @property
    def shown_name(self) -> str:
        """As pages write it: “Baby Testcase” until there is a first name; empty where no name is recorded."""
        return " ".join(filter(None, [self.given_name or (self.family_name and "Baby"), self.family_name]))

    def __str__(self) -> str:
        return self.shown_name or "Not yet named"


def build_nhs_number_constraint(name: str) -> models.UniqueConstraint:
    """Two live records never share an NHS number."""
    return models.UniqueConstraint(fields=["nhs_number"], condition=live_q(), name=name)


def build_nhs_number_trigger(other_table: str) -> pgtrigger.Trigger:
    """Nor do a baby and a carer: refused as a broken unique constraint is, also of two saved at once.

    The lock is one of a thousand, so that a long import does not fill the lock table.
    """
    live = live_sql()
    return pgtrigger.Trigger(
        name="nhs_number_is_one_persons",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(new__nhs_number__isnull=False),
        func=f"""
            IF NOT EXISTS (SELECT FROM (SELECT NEW.*) AS this WHERE {live}) THEN
                RETURN NEW;
            END IF;
            PERFORM pg_advisory_xact_lock(7041, hashtext(NEW.nhs_number) % 1000);
            IF EXISTS (SELECT FROM {other_table} WHERE nhs_number = NEW.nhs_number AND {live}) THEN
                RAISE unique_violation USING MESSAGE = 'A baby and a carer cannot have one NHS number.';
            END IF;
            RETURN NEW;
        """,
    )


def is_nhs_number_held(number: str, besides: Any = None) -> bool:
    """Does a baby or a carer whose record is in use have this number? ``besides``: a record that may."""
    held = (model.objects.live().filter(nhs_number=number) for model in (Infant, Caregiver))
    return any(rows.exclude(pk=besides and besides.pk).exists() for rows in held)


@tracked
class ExclusionGroup(models.Model):
    """A group at risk of being left out, as the service lists them locally. Retired, never deleted."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)
    privacy = {"public": "code name order retired_on"}

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


# By which a carer with a colleague's name is found (pairs/restrictions/own_records.py).
FULL_NAME_KEY = Upper(Concat("given_name", Value(" "), "family_name"))


class CaregiverQuerySet(PhoneQuerySet):
    def active(self) -> "CaregiverQuerySet":
        """Carers who can be met, asked and written to: nobody who has died."""
        return self.live().filter(died_on=None)


@tracked(shown_on_pages=True)
class Caregiver(WithPhone, Person):
    """Anyone bringing the infant up, on equal terms; a person in their own right."""

    family = ProtectedKey("families.Family", related_name="caregivers")
    birth_date = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=40, blank=True, help_text="In the person's own words.")
    email = models.EmailField(blank=True)
    safe_contact = models.TextField(blank=True, help_text="How and when it is safe to make contact.")
    # Safe or not as they told us; None: not asked, which nobody may read as yes.
    may_call = models.BooleanField(null=True, blank=True)
    may_text = models.BooleanField(null=True, blank=True)
    may_leave_message = models.BooleanField(null=True, blank=True)
    may_email = models.BooleanField(null=True, blank=True)
    may_post = models.BooleanField(null=True, blank=True)
    language = models.CharField(max_length=60, blank=True)
    needs_interpreter = models.BooleanField(default=False)
    communication_needs = models.CharField(
        max_length=200, blank=True, help_text="Such as large print, or a signer (Accessible Information)."
    )
    access_needs = models.CharField(
        max_length=200, blank=True, help_text="Such as no stairs, or a quiet room."
    )
    disability = models.CharField(max_length=8, choices=BackgroundAnswer, blank=True)
    disability_details = models.CharField(max_length=200, blank=True)
    care_experienced = models.CharField(max_length=8, choices=BackgroundAnswer, blank=True)
    exclusion_groups = models.ManyToManyField(ExclusionGroup, blank=True, related_name="caregivers")
    died_on = models.DateField(null=True, blank=True)
    objects = CaregiverQuerySet.as_manager()
    privacy = {
        "identifies": "given_name family_name said_as nhs_number birth_date",
        "contact": "phone phone_keys email safe_contact may_call may_text may_leave_message may_email may_post",
        "sensitive": "ethnicity gender language needs_interpreter communication_needs access_needs disability"
        " disability_details care_experienced exclusion_groups died_on",
        "operational": "nhs_number_status",
    }

    class Meta:
        indexes = [
            models.Index(Upper("email"), name="caregivers_by_email"),
            models.Index(FULL_NAME_KEY, name="caregivers_by_full_name"),
        ]
        constraints = [build_nhs_number_constraint("caregiver_nhs_number_once")]
        triggers = [build_nhs_number_trigger("families_infant")]

    @property
    def last_day(self) -> date | None:
        return self.died_on

    @property
    def name_or_role(self) -> str:
        """What to call them on a page while no name is recorded."""
        return self.name or "Carer, name not recorded"


@tracked
class CaregiverExclusionGroup(Caregiver.exclusion_groups.through):
    """Which groups were ticked when: history of the list."""

    class Meta:
        proxy = True


class InfantQuerySet(RecordQuerySet):
    def active(self) -> "InfantQuerySet":
        """Infants about whom messages, bookings and prompts may go out: nobody grieves over a reminder."""
        return self.live().filter(lost_on=None)

    def unborn(self) -> "InfantQuerySet":
        return self.active().filter(birth_date=None)

    def carried_with(self, infant: Any) -> "InfantQuerySet":
        """The babies of one pregnancy, in their order; one moved to another family is not among them."""
        together = self.live().filter(pregnancy=infant.pregnancy, family=infant.family_id)
        return together.order_by("twin_order", "created_at")

    def must_be_suppressed(self, infant_id: uuid.UUID) -> bool:
        """Must everything about this baby stop: lost, entered in error, or out of sight?"""
        return not self.active().filter(pk=infant_id).exists()

    def of_family(self, family_id: uuid.UUID) -> "InfantQuerySet":
        """Held in the family, or here through one of its dyads (a foster carer, contact with a birth parent)."""
        here = Dyad.objects.live().current().filter(family=family_id)
        return self.filter(Q(family=family_id) | Q(pk__in=here.values("infant")))


@tracked(shown_on_pages=True)
class Infant(NamedBaby, Person):
    """The child, one row from conception on."""

    family = ProtectedKey("families.Family", related_name="infants")
    reference = models.CharField(max_length=16, unique=True)
    estimated_due_date = models.DateField(null=True, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=13, choices=Sex, blank=True)
    carried_by = ProtectedKey(Caregiver, null=True, related_name="pregnancies")
    pregnancy = models.UUIDField(default=uuid.uuid4, help_text="The same for babies of one pregnancy.")
    twin_order = models.PositiveSmallIntegerField(default=1)
    plurality = models.PositiveSmallIntegerField(default=1, help_text="How many babies of this pregnancy.")
    birth_weight_grams = models.PositiveSmallIntegerField(null=True, blank=True)
    gestation_weeks = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Completed weeks at birth."
    )
    neonatal_stay = models.CharField(max_length=3, choices=NeonatalStay, blank=True)
    home_on = models.DateField(null=True, blank=True, help_text="First day at home after a neonatal stay.")
    lost_on = models.DateField(null=True, blank=True)
    loss = models.CharField(max_length=12, choices=Loss, blank=True)
    objects = InfantQuerySet.as_manager()
    privacy = {
        "identifies": "given_name family_name said_as nhs_number birth_date estimated_due_date reference",
        "sensitive": "ethnicity sex lost_on loss twin_order plurality birth_weight_grams gestation_weeks"
        " neonatal_stay home_on",
        "operational": "nhs_number_status pregnancy",
    }

    class Meta:
        constraints = [
            build_nhs_number_constraint("infant_nhs_number_once"),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=False) | Q(estimated_due_date__isnull=False),
                name="infant_born_or_due",
            ),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=False) | Q(nhs_number=None), name="unborn_has_no_nhs_number"
            ),
            models.CheckConstraint(
                condition=Q(lost_on=None, loss="") | (Q(lost_on__isnull=False) & ~Q(loss="")),
                name="loss_says_which",
            ),
            models.CheckConstraint(
                condition=Q(loss="")
                | Q(loss__in=(Loss.MISCARRIAGE, Loss.TERMINATION), birth_date=None)
                | Q(loss=Loss.STILLBIRTH, birth_date=None)
                | Q(loss=Loss.STILLBIRTH, birth_date=F("lost_on"))
                | Q(loss=Loss.DEATH, birth_date__lte=F("lost_on")),
                name="loss_fits_the_birth",
            ),
            models.CheckConstraint(condition=Q(twin_order__lte=F("plurality")), name="twin_within_plurality"),
        ]
        indexes = [
            models.Index(fields=["family"], name="infants_of_family"),
            models.Index(fields=["pregnancy"], name="infants_carried_together"),
        ]
        triggers = [build_nhs_number_trigger("families_caregiver")]

    @property
    def last_day(self) -> date | None:
        return self.lost_on


def build_bereaved_q(family: Any) -> Q:
    """Of rows that lead to a family: whether each of its infants has died.

    The living come first, and one infant is read a row: of an EXISTS PostgreSQL may read all infants there are.
    """
    here = Infant.objects.live().filter(family=family).order_by(F("lost_on").asc(nulls_first=True))
    return Q(IsNull(Subquery(here.values("lost_on")[:1]), False))


class DyadQuerySet(RecordQuerySet):
    def current(self) -> "DyadQuerySet":
        return self.filter(until=None)

    def living(self) -> "DyadQuerySet":
        """Both of whom live."""
        return self.filter(infant__lost_on=None, caregiver__died_on=None)

    def with_living_carer(self) -> "DyadQuerySet":
        """Whose carer lives: also after a baby's death, for a parent's own goals and mood."""
        return self.filter(caregiver__died_on=None)


@tracked
class Dyad(Record):
    """One infant and one caregiver: the relationship in our care. Its owning family is where its notes belong."""

    family = ProtectedKey("families.Family", related_name="dyads")
    infant = ProtectedKey(Infant, related_name="dyads")
    caregiver = ProtectedKey(Caregiver, related_name="dyads")
    relationship = models.CharField(max_length=16, choices=Relationship)
    main_carer = models.BooleanField(default=False)
    lives_with = models.BooleanField(null=True, blank=True)
    parental_responsibility = models.CharField(
        max_length=7, choices=ParentalResponsibility, default=ParentalResponsibility.UNKNOWN
    )
    restrictions = models.CharField(
        max_length=300, blank=True, help_text="Such as supervised contact only, and who ordered it."
    )
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    objects = DyadQuerySet.as_manager()
    privacy = {
        "sensitive": "relationship main_carer lives_with parental_responsibility restrictions since until"
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["infant", "caregiver"],
                condition=live_q(until=None),
                name="dyad_once",
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="dyad_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.infant} and {self.caregiver}"

    @property
    def last_day(self) -> date | None:
        """The first day on which one of the two was no longer there."""
        return min(filter(None, [self.infant.last_day, self.caregiver.last_day]), default=None)
