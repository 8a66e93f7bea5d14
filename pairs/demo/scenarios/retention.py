"""Made-up retention for information governance: records of long ago to review, one to confirm, and a hold."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from pairs.demo.acts import act_as
from pairs.demo.people import MAX_FAMILIES, NhsNumbers
from pairs.demo.scenarios.village import FamilyContext
from pairs.families.actions.records import allocate_reference
from pairs.families.choices import Relationship
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.service.models import Site, User
from reporting.retention.actions import decide_retention, hold_records
from reporting.retention.rules import DecisionKind

SITE, FIRST, SECOND = "blackburn-with-darwen", "information-governance", "governance"
# Names and births of children whom an earlier service saw: their records were taken over from it.
OF_LONG_AGO = (("Robin", "Oldfield", date(1998, 2, 11)), ("Ashley", "Yesterby", date(1999, 9, 3)))


def seed_retention(found: Sequence[FamilyContext]) -> int:
    """How many there are: one record to review, one that a colleague has decided on, one that is held."""
    site, people = (
        Site.objects.get(code=SITE),
        {name: User.objects.get(username=name) for name in (FIRST, SECOND)},
    )
    records = [_take_over(site, number, *each) for number, each in enumerate(OF_LONG_AGO)]
    with act_as(people[FIRST].pk):
        decide_retention(
            family=records[0],
            kind=DecisionKind.DESTROY,
            reason="The period has ended, no inquiry asks for it",
            review_on=None,
            by=people[FIRST],
        )
    held = [each.family for each in found if each.family.site_id == site.pk][-1:]
    with act_as(people[SECOND].pk):
        for family in held:
            hold_records(
                site=site,
                family=family,
                reason="A complaint is being looked into",
                review_on=timezone.localdate() + timedelta(days=180),
                by=people[SECOND],
            )
    return len(records) + len(held)


def _take_over(site: Site, number: int, given_name: str, family_name: str, born: date) -> Family:
    family = Family.objects.create(site=site)
    seen = timezone.now().replace(year=born.year + 1, month=6, day=15)
    Family.objects.filter(pk=family.pk).update(created_at=seen)
    name = {"family": family, "family_name": family_name}
    infant = Infant.objects.create(
        **name,
        given_name=given_name,
        reference=allocate_reference("PI", date(born.year + 1, 6, 15)),
        birth_date=born,
        nhs_number=NhsNumbers(MAX_FAMILIES - 1 - number).take(),
        nhs_number_status="01",
    )
    carer = Caregiver.objects.create(**name, given_name="Morgan", died_on=date(2015, 1, 1))
    Dyad.objects.create(
        family=family, infant=infant, caregiver=carer, relationship=Relationship.MOTHER, main_carer=True
    )
    return family
