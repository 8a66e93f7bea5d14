"""A family to test with, made in the plainest way."""

from datetime import date, timedelta

from django.utils import timezone

from pairs.families.models import Address, Caregiver, Dyad, Family, Infant
from pairs.service.models import Place, Site

DUE = timezone.localdate() + timedelta(days=40)  # of a baby not born yet
BIRTH_DAY = DUE - timedelta(days=70)  # of one who came early


def make_family(
    site="blackburn-with-darwen", *, infants=1, born=date(2026, 6, 1), restricted=False, reference="T"
):
    """A family of one carer and so many infants, born that day (None: unborn)."""
    family = Family.objects.create(
        site=Site.objects.get(code=site),
        place=Place.objects.filter(covering_site__code=site).first(),
        restricted=restricted,
    )
    carer = Caregiver.objects.create(
        family=family, given_name="Cora", family_name="Carer", phone="01632 960001"
    )
    Address.objects.create(family=family, caregiver=carer, lines="1 Example Street", postcode="ZQ1 1AA")
    for number in range(1, infants + 1):
        infant = Infant.objects.create(
            family=family,
            reference=f"PI-{reference}-{number}",
            given_name=f"Baby{number}" if born else "",
            birth_date=born,
            estimated_due_date=None if born else DUE,
            carried_by=carer,
            twin_order=number,
            plurality=infants,
        )
        Dyad.objects.create(
            family=family, infant=infant, caregiver=carer, relationship="mother", main_carer=True
        )
    return family
