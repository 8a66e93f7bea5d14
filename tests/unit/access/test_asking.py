"""Several questions in one query: rows afresh each time, whichever family is named, and nothing for no rows."""

import pytest

from pairs.access.asking import PreparedBatch, Question, answers, name_of
from pairs.access.scope import NOBODY, scope_of
from pairs.families.models import Caregiver, Infant
from tests.unit.families.people import make_family

pytestmark = pytest.mark.django_db


def infants(scope, family):
    rows = Infant.objects.visible_to(scope).filter(family=family)
    return Question(rows, {"name": name_of()}, lambda row: [f"baby {row['name']}"])


def carers(scope, family):
    rows = Caregiver.objects.visible_to(scope).filter(family=family)
    return Question(rows, {"name": name_of(), "born": "birth_date"})


def test_two_questions_are_one_query_answered_in_their_order(cast, django_assert_num_queries):
    family, scope = make_family(infants=2), scope_of(cast["blackburn"])
    with django_assert_num_queries(1):
        said = answers([infants(scope, family), carers(scope, family)])
    assert sorted(said[:2]) == ["baby Baby1", "baby Baby2"]
    assert said[2:] == [{"name": "Cora Carer", "born": None}]


def test_no_question_and_no_row_in_scope_ask_nothing(cast, django_assert_num_queries):
    family = make_family()
    with django_assert_num_queries(0):
        assert answers([]) == []
        assert answers([Question(Infant.objects.none(), {"name": name_of()})]) == []
    assert answers([infants(NOBODY, family), carers(scope_of(cast["hyndburn"]), family)]) == []


def test_the_question_is_kept_and_never_the_answer(cast):
    scope, elsewhere = scope_of(cast["blackburn"]), scope_of(cast["hyndburn"])
    first, second = make_family(reference="A"), make_family(reference="B", site="hyndburn")
    batch = PreparedBatch(lambda scope, family: [infants(scope, family)])
    assert batch.answers(scope, family=first.pk) == ["baby Baby1"]
    assert batch.answers(scope, family=second.pk) == []  # another site's
    assert batch.answers(elsewhere, family=second.pk) == [
        "baby Baby1"
    ]  # the same SQL, asked for somebody else
    assert batch.answers(elsewhere, family=first.pk) == []
    first.infants.update(given_name="Maya")
    assert batch.answers(scope, family=first.pk) == ["baby Maya"]
    assert batch.answers(NOBODY, family=first.pk) == []


def test_a_list_of_families_is_one_value_however_long(cast, django_assert_num_queries):
    scope, families = scope_of(cast["blackburn"]), [make_family(reference=each) for each in "AB"]

    def of_families(scope, families):
        rows = Infant.objects.visible_to(scope).filter(family__in=[families])
        return [Question(rows, {"family": "family_id"})]

    batch = PreparedBatch(of_families)
    for some in (families, families[:1], []):
        with django_assert_num_queries(1):
            found = batch.answers(scope, families=[family.pk for family in some])
        assert sorted(row["family"] for row in found) == sorted(str(family.pk) for family in some)


def test_the_newest_few_keep_their_order(cast):
    family = make_family(infants=3)

    def newest(scope, family):
        rows = Infant.objects.visible_to(scope).order_by("-twin_order")[:2]
        return [Question(rows, {"order": "twin_order"}), carers(scope, family)]

    rows = PreparedBatch(newest).rows(scope_of(cast["blackburn"]), family=family.pk)
    assert [row["order"] for row in rows[0]] == [3, 2]


def test_a_role_more_is_another_scope(cast):
    """What is kept under a scope is found again by the same scope alone."""
    mine, same = scope_of(cast["blackburn"]), scope_of(cast["blackburn"])
    other = scope_of(cast["supervisor"])
    assert (mine == same, hash(mine) == hash(same), mine == other) == (True, True, False)


def test_the_same_roles_elsewhere_are_the_same_shape(cast):
    """What is compiled is shared by everybody with the same permissions, at whichever sites."""
    mine, theirs = scope_of(cast["blackburn"]), scope_of(cast["hyndburn"])
    assert mine != theirs
    assert mine.shape == theirs.shape
    assert mine.shape != scope_of(cast["duty"]).shape != NOBODY.shape
