"""Several queries sent as one: fresh rows each time, for any family, and no SQL without a query."""

import pytest

from pairs.access.batch_query import PreparedBatch, Query, build_person_name, run_queries
from pairs.access.scope import NOBODY, load_scope
from pairs.families.models import Caregiver, Infant
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db


def query_infants(scope, family):
    rows = Infant.objects.visible_to(scope).filter(family=family)
    return Query(rows, {"name": build_person_name()}, lambda row: [f"baby {row['name']}"])


def query_carers(scope, family):
    rows = Caregiver.objects.visible_to(scope).filter(family=family)
    return Query(rows, {"name": build_person_name(), "born": "birth_date"})


def test_two_queries_are_sent_as_one_and_answered_in_order(cast, django_assert_num_queries):
    family, scope = make_family(infants=2), load_scope(cast["blackburn"])
    with django_assert_num_queries(1):
        said = run_queries([query_infants(scope, family), query_carers(scope, family)])
    assert sorted(said[:2]) == ["baby Baby1", "baby Baby2"]
    assert said[2:] == [{"name": "Cora Carer", "born": None}]


def test_no_query_and_no_row_in_scope_send_no_sql(cast, django_assert_num_queries):
    family = make_family()
    with django_assert_num_queries(0):
        assert run_queries([]) == []
        assert run_queries([Query(Infant.objects.none(), {"name": build_person_name()})]) == []
    assert (
        run_queries([query_infants(NOBODY, family), query_carers(load_scope(cast["hyndburn"]), family)]) == []
    )


def test_the_compiled_query_is_cached_and_never_its_rows(cast):
    scope, elsewhere = load_scope(cast["blackburn"]), load_scope(cast["hyndburn"])
    first, second = make_family(reference="A"), make_family(reference="B", site="hyndburn")
    batch = PreparedBatch(lambda scope, family: [query_infants(scope, family)])
    assert batch.list_results(scope, family=first.pk) == ["baby Baby1"]
    assert batch.list_results(scope, family=second.pk) == []  # another site's
    assert batch.list_results(elsewhere, family=second.pk) == [
        "baby Baby1"
    ]  # the same SQL, asked for somebody else
    assert batch.list_results(elsewhere, family=first.pk) == []
    first.infants.update(given_name="Maya")
    assert batch.list_results(scope, family=first.pk) == ["baby Maya"]
    assert batch.list_results(NOBODY, family=first.pk) == []


def test_a_list_of_families_is_one_value_however_long(cast, django_assert_num_queries):
    scope, families = load_scope(cast["blackburn"]), [make_family(reference=each) for each in "AB"]

    def query_families_infants(scope, families):
        rows = Infant.objects.visible_to(scope).filter(family__in=[families])
        return [Query(rows, {"family": "family_id"})]

    batch = PreparedBatch(query_families_infants)
    for some in (families, families[:1], []):
        with django_assert_num_queries(1):
            found = batch.list_results(scope, families=[family.pk for family in some])
        assert sorted(row["family"] for row in found) == sorted(str(family.pk) for family in some)


def test_order_and_limit_are_preserved(cast):
    family = make_family(infants=3)

    def query_newest(scope, family):
        rows = Infant.objects.visible_to(scope).order_by("-twin_order")[:2]
        return [Query(rows, {"order": "twin_order"}), query_carers(scope, family)]

    rows = PreparedBatch(query_newest).rows(load_scope(cast["blackburn"]), family=family.pk)
    assert [row["order"] for row in rows[0]] == [3, 2]


def test_one_more_role_makes_another_scope(cast):
    """What is kept under a scope is found again by the same scope alone."""
    mine, same = load_scope(cast["blackburn"]), load_scope(cast["blackburn"])
    other = load_scope(cast["supervisor"])
    assert (mine == same, hash(mine) == hash(same), mine == other) == (True, True, False)


def test_the_same_roles_elsewhere_are_the_same_shape(cast):
    """What is compiled is shared by everybody with the same permissions, at whichever sites."""
    mine, theirs = load_scope(cast["blackburn"]), load_scope(cast["hyndburn"])
    assert mine != theirs
    assert mine.shape == theirs.shape
    assert mine.shape != load_scope(cast["duty"]).shape != NOBODY.shape
