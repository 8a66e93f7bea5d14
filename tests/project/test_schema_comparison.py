"""An empty database gets its tables from the models; nothing may differ from what the migrations build."""

import pytest
from django.db import connection

from tests import databases
from tests.schema_comparison import OBJECT_KINDS, compare_schemas, describe_kind, describe_schema

# Kind of object → a statement that changes one of its kind alone.
CHANGING_STATEMENTS = {
    "tables": "ALTER TABLE families_family REPLICA IDENTITY FULL",
    "columns": "ALTER TABLE families_family ALTER created_at SET DEFAULT now()",
    "constraints": "ALTER TABLE families_family ADD CONSTRAINT one_more CHECK (id IS NOT NULL)",
    "indexes": "CREATE INDEX one_more ON families_family (created_at)",
    "triggers": "ALTER TABLE families_family DISABLE TRIGGER USER",
    "functions": "ALTER FUNCTION matching_fold VOLATILE",
    "sequences": "ALTER SEQUENCE service_teamevent_pgh_id_seq CACHE 2",
    "grants": "GRANT TRUNCATE ON families_family TO CURRENT_ROLE, pairs_app",
    "migrations": "DELETE FROM django_migrations WHERE app = 'matching'",
    "permissions": "UPDATE auth_permission SET name = 'Otherwise' WHERE codename = 'read_families'",
    "rows": "DELETE FROM outcomes_chosenmeasure",
}


def read_template_schema(name):
    """Nobody may be connected to a template while it is cloned: in turn."""
    with databases.hold_template_lock(), databases.connect(name) as db:
        return describe_schema(db.cursor())


@pytest.mark.prove
def test_models_and_migrations_build_the_same_database(record_property):
    by_models = read_template_schema(databases.get_prepared_template())
    by_migrations = read_template_schema(databases.get_migrated_template())
    for kind in OBJECT_KINDS:
        record_property("built", (kind, len(by_models[kind]), len(by_migrations[kind])))
    assert compare_schemas(by_models, by_migrations) == []


def test_a_difference_of_any_kind_is_seen(db):
    assert set(CHANGING_STATEMENTS) == set(OBJECT_KINDS) - {"extensions"}
    with connection.cursor() as cursor:
        for kind, statement in CHANGING_STATEMENTS.items():
            before = describe_kind(cursor, kind)
            cursor.execute("SAVEPOINT change")
            cursor.execute(statement)
            assert compare_schemas({kind: before}, {kind: describe_kind(cursor, kind)}), statement
            cursor.execute("ROLLBACK TO change")
