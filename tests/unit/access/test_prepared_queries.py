"""SQL compiled once: which values become parameters, which are written out, and what comes back."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.models import Count, Value

from pairs.access.batch_query import PreparedBatch, Query
from pairs.access.placeholders import make_placeholder
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.scope import NOBODY, get_template_scope, load_scope
from pairs.access.statements import Statement, build_statement, compile_statement
from pairs.database.arrays import EqualsAny
from pairs.families.models import Family, Infant
from tests.unit.families.factories import make_family

ONE_ID, MANY_IDS, MORE_IDS = (
    make_placeholder("one"),
    make_placeholder("many", is_list=True),
    make_placeholder("more", is_list=True),
)


@pytest.mark.parametrize(
    ("sql", "params", "written", "names"),
    [
        ("id = %s", [ONE_ID], "id = $1::uuid", ("one",)),
        ("a = %s OR b = %s", [ONE_ID, ONE_ID], "a = $1::uuid OR b = $1::uuid", ("one",)),
        ("id IN (%s)", [MANY_IDS], "id = ANY($1::uuid[])", ("many",)),
        ("id IN (%s, %s)", [MANY_IDS, MORE_IDS], "id = ANY($1::uuid[] || $2::uuid[])", ("many", "more")),
        ("id IN (%s, %s)", [ONE_ID, MANY_IDS], "id = ANY(ARRAY[$1::uuid] || $2::uuid[])", ("one", "many")),
        ("a IN (%s, %s) AND b = %s", ["x", 2, ONE_ID], "a IN ('x', 2) AND b = $1::uuid", ("one",)),
        ("a LIKE 'x%%' AND b = %s", ["it's"], "a LIKE 'x%' AND b = 'it''s'", ()),
        ("d < %s", [date(2026, 11, 29)], "d < '2026-11-29'::date", ()),
    ],
)
def test_placeholders_become_parameters_and_the_rest_is_written_out(sql, params, written, names):
    assert build_statement(sql, params) == Statement(written, names)


@pytest.mark.parametrize(
    ("sql", "params"), [("id = %s", [MANY_IDS]), ("id IN (%s, %s)", [MANY_IDS, uuid4()])]
)
def test_unsupported_sql_is_refused_when_it_is_compiled(sql, params):
    with pytest.raises(ValueError, match="list"):
        build_statement(sql, params)


def test_a_template_refuses_to_answer_for_one_site(db, cast):
    template = get_template_scope(load_scope(cast["blackburn"]).shape)
    assert template.may("read_families")
    with pytest.raises(ValueError, match="one site"):
        template.may("read_families", at=uuid4())


@pytest.mark.django_db
class TestRows:
    query = PreparedQuery(
        lambda scope, order, family: (
            Infant.objects.visible_to(scope)
            .filter(family=family)
            .select_related("family__site")
            .annotate(others=Count("family__infants"), mark=Value("50%"))
            .order_by(order)
        )
    )

    def test_instances_come_whole(self, cast, django_assert_num_queries):
        family, scope = make_family(infants=2), load_scope(cast["blackburn"])
        with django_assert_num_queries(1):
            found = self.query.rows(scope, "twin_order", family=family.pk)
            sites = {infant.family.site.code for infant in found}
        assert found == list(family.infants.order_by("twin_order"))
        assert sites == {"blackburn-with-darwen"}
        assert [(each.others, each.mark, each.created_at.tzinfo is not None) for each in found] == [
            (2, "50%", True),
            (2, "50%", True),
        ]

    def test_a_choice_is_another_query(self, cast):
        family, scope = make_family(infants=2), load_scope(cast["blackburn"])
        assert [each.twin_order for each in self.query.rows(scope, "-twin_order", family=family.pk)] == [2, 1]

    def test_out_of_scope_is_nothing(self, cast):
        family = make_family()
        assert self.query.first(load_scope(cast["hyndburn"]), "id", family=family.pk) is None
        assert self.query.first(NOBODY, "id", family=family.pk) is None

    def test_its_statement_is_prepared(self, cast, django_assert_num_queries):
        family, scope = make_family(), load_scope(cast["blackburn"])
        self.query.rows(scope, "created_at", family=family.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%50\\%%"])
            assert cursor.fetchone()[0] >= 1

    def test_a_rollback_leaves_what_is_prepared(self, cast):
        scope = load_scope(cast["blackburn"])
        unasked = PreparedQuery(
            lambda scope, family: Family.objects.filter(pk=family).order_by("-id", "created_at")
        )
        before = _list_prepared_statements()
        with transaction.atomic():
            unasked.rows(scope, family=uuid4())
            transaction.set_rollback(True)
        assert _list_prepared_statements() - before
        assert len(unasked.rows(scope, family=make_family().pk)) == 1


def _list_prepared_statements():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        return {name for (name,) in cursor.fetchall()}


def _build_typed_queries(scope, names, born):
    infants = Infant.objects.filter(EqualsAny("given_name", names), EqualsAny("birth_date", born))
    return [Query(infants.order_by("twin_order")[:9], {"name": "given_name"})]


@pytest.mark.parametrize("names", [["Ada", "Ben's 5%"], ["Ben's 5%"], ["Nobody"]])
def test_words_and_days_are_values_too(db, names):
    family = make_family(infants=2)
    born = date(2026, 3, 7)
    for infant, name in zip(family.infants.order_by("twin_order"), ("Ada", "Ben's 5%"), strict=True):
        infant.change(given_name=name, birth_date=born)
    batch = PreparedBatch(_build_typed_queries)
    (found,) = batch.rows(NOBODY, names=names, born=[born, date(2020, 1, 1)])
    assert [row["name"] for row in found] == [each for each in names if each != "Nobody"]
    assert batch.statement(NOBODY, names=names, born=[born]).names == ("names", "born")


def test_an_empty_query_returns_no_row(db):
    assert compile_statement(Family.objects.none()) is None
