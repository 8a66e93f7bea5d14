"""Two records of one family, to find, compare and merge."""

from datetime import date

from tests.unit.families.people import make_family


def held_twice(*, other_site="blackburn-with-darwen", born=date(2026, 6, 1)):
    """(family, family again): the same carer by phone and name, and the same baby in both."""
    return make_family(reference="A", born=born), make_family(site=other_site, reference="B", born=born)


def only(rows):
    (row,) = rows.all()
    return row
