"""What script/bench matching measures, on a few hundred families: who is found, and who is offered wrongly."""

import pytest
from django.db import connection

from pairs.access.scope import load_scope
from pairs.matching.duplicates import find_matches
from pairs.matching.rules.evidence import PersonDescription
from script.local import matching_cases

pytestmark = pytest.mark.django_db
FAMILY_COUNT, EACH_COUNT, STRANGER_COUNT, SEED = 300, 6, 60, 11


@pytest.fixture
def measured_matching(cast):
    """({kind: what came of it}, all of it, every id offered with the kind of record that was asked about)."""
    scope = load_scope(cast["supervisor"])
    held = list(matching_cases.make_families(FAMILY_COUNT, SEED))
    matching_cases.write_families(held, sorted(scope.sites("register_people")))
    kinds, every, offered = {}, matching_cases.MatchingTally(), []

    def find_held(person):
        found = find_matches(person, scope).here
        offered.extend((person.kind, pk) for pk in found)
        return set(found)

    strangers = matching_cases.make_unknown_cases(STRANGER_COUNT, SEED, FAMILY_COUNT)
    for referral in (*matching_cases.make_known_cases(held, EACH_COUNT, SEED), *strangers):
        tally = matching_cases.run_case(referral, find_held)
        kinds.setdefault(referral.kind, matching_cases.MatchingTally()).add(tally)
        every.add(tally)
    babies = {baby.id for home in held for baby in home.babies}
    return kinds, every, [(kind, pk in babies) for kind, pk in offered]


def test_existing_people_are_found_and_hardly_anybody_else_is_offered(measured_matching):
    kinds, every, offered = measured_matching
    assert set(kinds) == {*matching_cases.REFERRAL_KINDS, matching_cases.UNKNOWN_FAMILY}
    assert every.families_found >= 0.95 * every.families
    assert every.found >= 0.95 * every.held
    assert every.wrong_lookups <= 0.01 * every.lookups
    assert {(kind == "infant") == is_baby for kind, is_baby in offered} == {True}  # never a baby for a carer
    # A twin or a sibling whom we do not hold is never offered as the child we do; their carer is found.
    for kind in ("the first letter wrong", "the other twin", "a younger sibling"):
        assert (kinds[kind].wrong, kinds[kind].found) == (0, kinds[kind].held), kind


def test_a_look_up_reads_no_whole_table(cast, django_assert_max_num_queries):
    """Two statements find whoever shares something; three describe them; one asks who may be named."""
    person = PersonDescription(
        "infant", "Amira", "Testlake", birth_date=matching_cases.LATEST_DATE, due_date=matching_cases.LATEST_DATE,
        phones=frozenset(["441632960001"]), emails=frozenset(["a@example.org"]), postcodes=frozenset(["ZQ11AA"]),
        nhs_number="9990001235",
    )  # fmt: skip
    with django_assert_max_num_queries(6):
        find_matches(person, load_scope(cast["supervisor"]))


@pytest.mark.parametrize(
    ("index", "statement"),
    [
        (
            "matching_by_email",
            "families_caregiver WHERE upper(email::text) = upper('a@example.org') AND email <> ''",
        ),
        (
            "matching_by_any_home",
            "families_address WHERE upper(replace(postcode, ' ', '')) IN ('ZQ11AA') AND postcode <> ''",
        ),
        (
            "matching_by_phone",
            "families_caregiver WHERE phone_keys && ARRAY['441632960001']",
        ),
        (
            "matching_by_end_of_phone_1",
            "families_caregiver WHERE reverse(phone_keys[1]) LIKE '100069%'",
        ),
    ],
)
def test_each_way_of_sharing_has_its_index(db, index, statement):
    where = f"{statement} AND sealed_at IS NULL AND entered_in_error_at IS NULL"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = %s AND indexname NOT IN (%s, %s)",
            [statement.split()[0], index, f"{statement.split()[0]}_pkey"],
        )
        for (other,) in cursor.fetchall():  # of an empty table any index would do
            cursor.execute(f'DROP INDEX "{other}"')
        cursor.execute(f"EXPLAIN SELECT id FROM {where}")
        assert index in " ".join(line for (line,) in cursor.fetchall())
