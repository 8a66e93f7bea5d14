"""What a local copy asks of a database as its owner: is it new, did we seed it, empty it again."""

import psycopg
from psycopg import sql

from script.local.servers import connect_as_owner

# A database says itself what it holds, so that a demo can never be poured over a real service's records.
SEEDED_COMMENT = "PaIRS demo: made-up families"
TABLE_COUNT_SQL = """SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')"""
DATABASE_COMMENT_SQL = (
    """SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"""
)


def is_database_empty(owner_url) -> bool:
    with connect_as_owner(owner_url) as db:
        return db.execute(TABLE_COUNT_SQL).fetchone()[0] == 0


def is_database_seeded(owner_url) -> bool:
    with connect_as_owner(owner_url) as db:
        return db.execute(DATABASE_COMMENT_SQL).fetchone()[0] == SEEDED_COMMENT


def mark_database_seeded(owner_url):
    with connect_as_owner(owner_url) as db:
        name = sql.Identifier(db.info.dbname)
        db.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(SEEDED_COMMENT)))


def clear_demo_database(owner_url):
    """--fresh on somebody else's server: only a database that says it holds the demo, or nothing."""
    if is_database_empty(owner_url):
        return
    if not is_database_seeded(owner_url):
        raise SystemExit(
            "The database in DATABASE_URL was not filled by this demo, so --fresh leaves it alone."
        )
    with connect_as_owner(owner_url) as db:
        try:
            db.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        except psycopg.errors.InsufficientPrivilege:
            raise SystemExit(
                "The owner in DATABASE_URL may not empty its database: drop it and make it again."
            ) from None
