"""Several questions in one query: rows afresh each time, whichever family is named, and nothing for no rows."""

import pytest

from pairs.access.asking import STAND_IN, Asked, Question, answers, name_of
from pairs.access.scope import NOBODY, scope_of
from pairs.families.models import Caregiver, Family, Infant
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
    scope = scope_of(cast["blackburn"])
    first, second = make_family(reference="A"), make_family(reference="B", site="hyndburn")
    asked = Asked([infants(scope, Family(pk=STAND_IN))])
    assert asked.answers(first.pk) == ["baby Baby1"]
    assert asked.answers(second.pk) == []  # another site's: the scope stands in the question
    first.infants.update(given_name="Maya")
    assert asked.answers(first.pk) == ["baby Maya"]
    assert asked.answers(STAND_IN) == []


def test_the_newest_few_keep_their_order(cast):
    scope = scope_of(cast["blackburn"])
    make_family(infants=3)
    newest = Infant.objects.visible_to(scope).order_by("-twin_order")[:2]
    rows = Asked([Question(newest, {"order": "twin_order"}), carers(scope, STAND_IN)]).rows(STAND_IN)
    assert [row["order"] for row in rows[0]] == [3, 2]


def test_a_role_more_is_another_scope(cast):
    """What is kept under a scope is found again by the same scope alone."""
    mine, same = scope_of(cast["blackburn"]), scope_of(cast["blackburn"])
    other = scope_of(cast["supervisor"])
    assert (mine == same, hash(mine) == hash(same), mine == other) == (True, True, False)
