"""Two records of one family, to find, compare and merge."""

from datetime import date

from pairs.families.models import Infant
from pairs.matching.actions import merge_people
from tests.unit.families.factories import make_family


def make_family_twice(*, other_site="blackburn-with-darwen", born=date(2026, 6, 1)):
    """(family, family again): the same carer by phone and name, and the same baby in both."""
    return make_family(reference="A", born=born), make_family(site=other_site, reference="B", born=born)


def get_only(rows):
    (row,) = rows.all()
    return row


def list_babies(family):
    return list(family.infants.order_by("twin_order"))


def update_only_baby(family, **changed):
    """The family's only baby, with this recorded."""
    Infant.objects.filter(family=family).update(**changed)
    return get_only(family.infants)


def merge_with_families(kept, merged, by, **other):
    """The two made one, their families with them."""
    asked = {"choices": {}, "reason": "I know them", "families_too": True} | other
    return merge_people(kept=kept, merged=merged, by=by, **asked)
