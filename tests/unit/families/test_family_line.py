"""How a family is written in a row: one rule, a line a case."""

from dataclasses import replace
from datetime import date

import pytest

from pairs.families.choices import Loss, Relationship
from pairs.families.family_line import FamilyLine, LineCarer, LineInfant, build_family_line
from pairs.families.models import Infant
from referrals.models import ReferredInfant

ON = date(2026, 11, 30)
ANNA = LineCarer("Anna Testcase", Relationship.MOTHER)
BEN = LineCarer("Ben Testcase", Relationship.FATHER)
GONE = LineCarer("Anna Testcase", Relationship.MOTHER, alive=False)
LEO = LineInfant("Leo", "Testcase", born=date(2026, 4, 20))
NOAH = LineInfant("Noah", "Testlake", born=date(2026, 6, 20), pregnancy="p")
NOHA = LineInfant("Noha", "Testlake", born=date(2026, 6, 20), pregnancy="p")
UNBORN = LineInfant(due=date(2026, 12, 23))
SURNAME = LineInfant("", "Testlake", due=date(2027, 1, 26))
TWINS = [replace(NOAH, pregnancy=1, plurality=2), replace(NOHA, pregnancy=2, plurality=2)]
LOST = LineInfant("Iris", "Sampleham", born=date(2026, 1, 4), lost_on=date(2026, 11, 4), loss=Loss.DEATH)


@pytest.mark.parametrize(
    ("infants", "carers", "words"),
    [
        ([LEO], [ANNA], "Leo Testcase, 7 months, with Anna Testcase, mother"),
        ([LEO], [ANNA, BEN], "Leo Testcase, 7 months, with Anna Testcase, mother"),
        ([LEO], [GONE, BEN], "Leo Testcase, 7 months, with Ben Testcase, father"),
        ([LEO], [GONE], "Leo Testcase, 7 months"),
        ([LEO], [], "Leo Testcase, 7 months"),
        ([LEO], [LineCarer("Jo Testcase", Relationship.OTHER)], "Leo Testcase, 7 months, with Jo Testcase"),
        ([LEO], [LineCarer("", Relationship.MOTHER)], "Leo Testcase, 7 months, with mother"),
        ([UNBORN], [ANNA], "Baby of Anna Testcase, due 23 Dec, with Anna Testcase, mother-to-be"),
        ([UNBORN], [], "Baby not yet named, due 23 Dec"),
        ([UNBORN, UNBORN], [ANNA], "Babies of Anna Testcase, due 23 Dec, with Anna Testcase, mother-to-be"),
        ([LineInfant(due=date(2025, 12, 23))], [], "Baby not yet named, was due 23 Dec 2025"),
        ([LineInfant(born=date(2026, 11, 27))], [ANNA], "Baby of Anna Testcase, 3 days, with Anna Testcase, mother"),
        ([NOAH, NOHA], [ANNA], "Noah and Noha Testlake, 23 weeks, twins, with Anna Testcase, mother"),
        ([NOAH, LOST], [], "Noah Testlake, 23 weeks"),
        ([LEO, NOAH], [], "Leo Testcase and Noah Testlake, 7 months and 23 weeks"),
        ([LEO, UNBORN], [], "Leo Testcase and a baby not yet named, 7 months and due 23 Dec"),
        ([LOST], [ANNA], "Iris Sampleham, died 4 Nov 2026, with Anna Testcase, mother"),
        (
            [LineInfant(due=date(2026, 12, 1), lost_on=date(2026, 11, 4), loss=Loss.STILLBIRTH)],
            [],
            "Baby not yet named, stillborn 4 Nov 2026",
        ),
        ([LineInfant("Leo", born=ON)], [], "Leo, 0 days"),
        ([SURNAME], [ANNA], "Baby of Anna Testcase, due 26 Jan, with Anna Testcase, mother-to-be"),
        ([SURNAME], [], "Baby Testlake, due 26 Jan"),
        ([LEO, LineInfant("", "Other", born=ON)], [], "Leo Testcase and a baby not yet named, 7 months and 0 days"),
        (TWINS, [], "Noah and Noha Testlake, 23 weeks, twins"),
        ([], [], "Baby not yet named"),
    ],
)  # fmt: skip
def test_a_family_in_a_row(infants, carers, words):
    assert str(build_family_line(infants, carers, on=ON)) == words


def test_a_line_says_whether_nobody_lives():
    assert build_family_line([LOST], on=ON).lost
    assert not build_family_line([NOAH, LOST], on=ON).lost
    assert not FamilyLine("Baby not yet named").lost


@pytest.mark.parametrize("person", [Infant, ReferredInfant])
@pytest.mark.parametrize(
    ("given", "family", "shown"),
    [
        ("Leo", "Testcase", "Leo Testcase"),
        ("Leo", "", "Leo"),
        ("", "Testcase", "Baby Testcase"),  # “Testcase” alone would read as a carer
        ("", "", ""),
    ],
)
def test_a_surname_alone_is_shown_as_a_babys(person, given, family, shown):
    baby = person(given_name=given, family_name=family)
    assert baby.shown_name == shown
    assert str(baby) == (shown or "Not yet named")
