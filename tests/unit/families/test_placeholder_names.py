"""What stands where a newborn's name will be, and what is a name."""

import pytest

from pairs.families.placeholder_names import read_newborn_name, read_newborn_name_to_compare


@pytest.mark.parametrize(
    ("given", "family", "read"),
    [
        ("Baby", "Smith", ("", "Smith", (1, 1))),
        ("Baby Smith", "", ("", "Smith", (1, 1))),
        ("Baby Smith", "Smith", ("", "Smith", (1, 1))),
        ("", "Baby Smith", ("", "Smith", (1, 1))),
        ("Smith", "Baby", ("", "Smith", (1, 1))),
        ("Smith", "Baby Boy", ("", "Smith", (1, 1))),
        ("boy", "Smith", ("", "Smith", (1, 1))),
        ("Baby-Girl", "Smith-Jones", ("", "Smith-Jones", (1, 1))),
        ("Male Infant", "Khan", ("", "Khan", (1, 1))),
        ("Infant Female", "Khan", ("", "Khan", (1, 1))),
        ("Girl (unnamed)", "Khan", ("", "Khan", (1, 1))),
        ("Newborn", "Khan", ("", "Khan", (1, 1))),
        ("B/O Amy", "Khan", ("", "Khan", (1, 1))),
        ("BO Amy", "Khan", ("", "Khan", (1, 1))),
        ("b/o", "Khan", ("", "Khan", (1, 1))),
        ("Baby of Amy", "Khan", ("", "Khan", (1, 1))),
        ("Son of Amy", "Khan", ("", "Khan", (1, 1))),
        ("TBC", "Khan", ("", "Khan", (1, 1))),
        ("not yet named", "Khan", ("", "Khan", (1, 1))),
        ("?", "Khan", ("", "Khan", (1, 1))),
        ("Twin 1", "Khan", ("", "Khan", (1, 2))),
        ("Twin2", "Khan", ("", "Khan", (2, 2))),
        ("Baby B", "Khan", ("", "Khan", (2, 2))),
        ("Twin Two", "Khan", ("", "Khan", (2, 2))),
        ("Triplet 3", "Khan", ("", "Khan", (3, 3))),
        ("Baby Oliver", "Smith", ("Oliver", "Smith", (1, 1))),
        ("Bo", "Jones", ("Bo", "Jones", (1, 1))),
        ("Mary", "Child", ("Mary", "Child", (1, 1))),
        ("Ali", "Boyd", ("Ali", "Boyd", (1, 1))),
        ("Son", "Nguyen", ("Son", "Nguyen", (1, 1))),
        ("", "Khan", ("", "Khan", (1, 1))),
        ("T.B.C.", "Khan", ("", "Khan", (1, 1))),
        ("TBD", "Khan", ("", "Khan", (1, 1))),
        ("N.K.", "Khan", ("", "Khan", (1, 1))),
        ("to be named", "Khan", ("", "Khan", (1, 1))),
        ("Name to follow", "Khan", ("", "Khan", (1, 1))),
        ("No first name", "Khan", ("", "Khan", (1, 1))),
        ("Un-named", "Khan", ("", "Khan", (1, 1))),
        ("none", "Khan", ("", "Khan", (1, 1))),
        ("X" * 3, "Khan", ("", "Khan", (1, 1))),
        ("Child", "Khan", ("", "Khan", (1, 1))),
        ("Male Child", "Khan", ("", "Khan", (1, 1))),
        ("Our baby", "Khan", ("", "Khan", (1, 1))),
        ("Baby K", "Khan", ("", "Khan", (1, 1))),
        ("F/I", "Khan", ("", "Khan", (1, 1))),
        ("B/G Khan", "", ("", "Khan", (1, 1))),
        ("BGO Amy", "Khan", ("", "Khan", (1, 1))),
        ("Amy's baby boy", "Khan", ("", "Khan", (1, 1))),
        ("Mrs Khan’s baby", "", ("", "", (1, 1))),
        ("Surviving twin", "Khan", ("", "Khan", (1, 2))),
        ("2nd twin", "Khan", ("", "Khan", (2, 2))),
        ("Second born twin", "Khan", ("", "Khan", (2, 2))),
        ("T2", "Khan", ("", "Khan", (2, 2))),
        ("2 of 2", "Khan", ("", "Khan", (2, 2))),
        ("Baby 1 of 3", "Khan", ("", "Khan", (1, 3))),
        ("Baby Girl #2", "Khan", ("", "Khan", (2, 2))),
        ("Baby (2)", "Khan", ("", "Khan", (2, 2))),
        ("Quad 4", "Khan", ("", "Khan", (4, 4))),
        ("NK", "NK", ("", "", (1, 1))),
        ("Unk", "Unk", ("", "", (1, 1))),
        ("Baby Girl", "TBC", ("", "", (1, 1))),
        ("Amelia", "Not known", ("Amelia", "", (1, 1))),
        ("Oliver (baby)", "Smith", ("Oliver", "Smith", (1, 1))),
        ("D'Angelo", "Smith", ("D'Angelo", "Smith", (1, 1))),
        ("Given", "No", ("Given", "No", (1, 1))),
        ("Chosen", "Na", ("Chosen", "Na", (1, 1))),
        ("Bébé", "Dupont", ("Bébé", "Dupont", (1, 1))),
    ],
)
def test_a_stand_in_is_not_a_name(given, family, read):
    name = read_newborn_name(given, family)
    assert (name.given_name, name.family_name, name.twin) == read


@pytest.mark.parametrize(
    ("given", "compared"),
    [
        ("Bebe", ""),
        ("Bébé", ""),
        ("Little one", ""),
        ("Dziecko", ""),
        ("Niemowlę", ""),
        ("Bebeluș", ""),
        ("немовля", ""),
        ("BG", ""),
        ("Baby Boy", ""),
        ("Bebe Rose", "Bebe Rose"),
        ("Chosen", "Chosen"),
        ("K", "K"),
    ],
)
def test_what_is_mostly_a_stand_in_is_kept_and_compared_as_no_name(given, compared):
    assert read_newborn_name_to_compare(given, "Khan").given_name == compared
