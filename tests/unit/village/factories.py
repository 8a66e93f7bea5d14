"""A family with a village to test with: a father who lives apart, a nursery, and an agreement with it."""

from datetime import timedelta

from django.utils import timezone

from pairs.families.models import Address, Caregiver, Dyad
from pairs.village.actions import agree_sharing, limit_disclosure
from pairs.village.models import VillageMember
from tests.unit.families.factories import make_family

HIDDEN_ADDRESS = "7 Hidden Lane"


def make_village(by):
    """Cora, who lives at 1 Example Street; Dan, the father, at 7 Hidden Lane; a nursery worker."""
    family = make_family()
    cora = family.caregivers.get()
    dan = Caregiver.objects.create(family=family, given_name="Dan", family_name="Away", phone="01632 960777")
    Dyad.objects.create(family=family, infant=family.infants.get(), caregiver=dan, relationship="father")
    Address.objects.create(family=family, caregiver=dan, lines=HIDDEN_ADDRESS, postcode="ZQ9 9ZZ")
    nursery = VillageMember.objects.create(
        family=family,
        kind="professional",
        name="Nell Key",
        role="Key worker",
        organisation="Acorn Nursery",
        lines="3 Acorn Road",
        closeness=1,
    )
    return family, cora, dan, nursery


def make_agreement(family, party, what, agreed_by, by, **details):
    known = {"how_often": "", "until": None, "without_consent_because": "", "agreed_on": timezone.localdate()}
    known |= details
    return agree_sharing(family=family, party=party, what=what, agreed_by=agreed_by, by=by, **known)


def make_limit(family, about, not_to, by, **details):
    known = {"reason": "She asked", "since": timezone.localdate() - timedelta(days=1), "until": None}
    return limit_disclosure(family=family, about=about, not_to=not_to, by=by, **known | details)
