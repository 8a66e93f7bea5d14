"""The same statement with short names."""

import pytest

from pairs.access.short_sql import shorten_sql


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ('SELECT "t"."id" FROM "t"', 'SELECT a0.id FROM "t" a0'),
        (
            'SELECT "t"."id" FROM "t" INNER JOIN "u" ON ("t"."u_id" = "u"."id") WHERE "u"."order" = %s',
            'SELECT a0.id FROM "t" a0 INNER JOIN "u" a1 ON (a0.u_id = a1.id) WHERE a1.order = %s',
        ),
        (
            'SELECT T3."id" FROM "t" LEFT OUTER JOIN "t" T3 ON ("t"."x" = T3."id") ORDER BY "t"."x"',
            'SELECT T3.id FROM "t" a0 LEFT OUTER JOIN "t" T3 ON (a0.x = T3.id) ORDER BY a0.x',
        ),
        ('SELECT 1 FROM "t" U0 WHERE U0."a" = ("t"."b")', 'SELECT 1 FROM "t" U0 WHERE U0.a = ("t".b)'),
        (
            'SELECT 1 FROM "t" INNER JOIN "u" ON ("t"."x" = "u"."x") FOR NO KEY UPDATE OF "u", "t"',
            'SELECT 1 FROM "t" a0 INNER JOIN "u" a1 ON (a0.x = a1.x) FOR NO KEY UPDATE OF a1, a0',
        ),
        ("JSON_OBJECT(((%s)::text) VALUE 1)", "JSON_OBJECT(%s VALUE 1)"),
        ('SELECT COUNT(*) AS "n" FROM "t"', 'SELECT COUNT(*) AS "n" FROM "t" a0'),
    ],
)
def test_tables_have_aliases_and_columns_no_quotes(written, short):
    assert shorten_sql(written) == short
