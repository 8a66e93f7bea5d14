"""A name typed in one box is taken apart where a person would."""

import pytest

from pairs.families.whole_names import split_whole_name


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Amina Khan", ("Amina", "Khan")),
        ("Khan, Amina", ("Amina", "Khan")),
        ("Amina", ("Amina", "")),
        ("Mrs Khan", ("Mrs", "Khan")),
        ("Anna van der Berg", ("Anna", "van der Berg")),
        ("Ana de la Cruz", ("Ana", "de la Cruz")),
        ("Mohammed Al Hassan", ("Mohammed", "Al Hassan")),
        ("Kate (Kitty) Holt", ("Kate (Kitty)", "Holt")),
        ("Kate Holt (Kitty)", ("Kate (Kitty)", "Holt")),
        ("Mary Ann O'Neill", ("Mary Ann", "O'Neill")),
        ("De Souza", ("De", "Souza")),
        ("van der Berg", ("", "van der Berg")),
        ("Amy Holt, mum", ("Amy (mum)", "Holt")),
        ("Amy Smith née Jones", ("Amy (née Jones)", "Smith")),
        ("Amy Smith (née Jones)", ("Amy (née Jones)", "Smith")),
        ("Amy,", ("Amy", "")),
        (", Amy", ("Amy", "")),
        ("Khan, Amina,", ("Amina", "Khan")),
        (" ", ("", "")),
    ],
)
def test_it_is_taken_apart(typed, parts):
    assert split_whole_name(typed) == parts
