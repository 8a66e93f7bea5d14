"""What a database is made of, read from PostgreSQL's catalogue, to be compared with another's."""

IS_OURS_SQL = """nspname = 'public' AND NOT EXISTS (
    SELECT FROM pg_depend WHERE classid = '{catalogue}'::regclass AND objid = {catalogue}.oid AND deptype = 'e')"""

# Kind of object → name and definition of each. Columns by name, not by place: one that a migration added stands
# last, where the models have it in the middle. Rights: who granted what to whom, the owner's own left out.
CATALOGUE_QUERIES = {
    "tables": """
        SELECT relname, concat_ws(' ', relkind, relpersistence, relrowsecurity, relreplident, reloptions)
        FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
        WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND {ours}""",
    "columns": """
        SELECT relname || '.' || attname, concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attidentity,
            attgenerated, pg_get_expr(adbin, adrelid), attcollation::regcollation, attstorage, attcompression)
        FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
        JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND {ours}""",
    "constraints": """
        SELECT relname || '.' || conname, concat_ws(' ', pg_get_constraintdef(pg_constraint.oid), convalidated)
        FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid JOIN pg_namespace n ON n.oid = relnamespace
        WHERE {ours}""",
    "indexes": """
        SELECT relname, concat_ws(' ', pg_get_indexdef(indexrelid), indisvalid)
        FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_namespace n ON n.oid = relnamespace
        WHERE {ours}""",
    "triggers": """
        SELECT relname || '.' || tgname, concat_ws(' ', pg_get_triggerdef(pg_trigger.oid), tgenabled,
            obj_description(pg_trigger.oid, 'pg_trigger'))
        FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_namespace n ON n.oid = relnamespace
        WHERE NOT tgisinternal AND {ours}""",
    "functions": """
        SELECT pg_proc.oid::regprocedure::text, pg_get_functiondef(pg_proc.oid)
        FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace WHERE prokind IN ('f', 'p') AND {ours}""",
    "sequences": """
        SELECT relname, concat_ws(' ', format_type(seqtypid, NULL), seqstart, seqincrement, seqmin, seqmax, seqcycle,
            seqcache, (SELECT refobjid::regclass || '.' || attname FROM pg_depend
                       JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
                       WHERE classid = 'pg_class'::regclass AND objid = seqrelid AND deptype IN ('a', 'i')))
        FROM pg_sequence JOIN pg_class ON pg_class.oid = seqrelid JOIN pg_namespace n ON n.oid = relnamespace
        WHERE {ours}""",
    "grants": """
        SELECT concat_ws(' ', relname, grantee::regrole, privilege_type), is_grantable::text
        FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace, aclexplode(relacl)
        WHERE grantee <> relowner AND {ours}""",
    "extensions": "SELECT extname, extversion FROM pg_extension",
    "migrations": "SELECT concat_ws('.', app, name), '' FROM django_migrations",
    "permissions": """
        SELECT concat_ws('.', app_label, model, codename), coalesce(name, '')
        FROM auth_permission RIGHT JOIN django_content_type c ON c.id = content_type_id""",
}
CATALOGUES = {"functions": "pg_proc"}
OBJECT_KINDS = [*CATALOGUE_QUERIES, "rows"]


def describe_schema(cursor) -> dict[str, dict[str, str]]:
    """Kind → name of an object → its definition, of everything in the public schema that is no extension's."""
    return {kind: describe_kind(cursor, kind) for kind in OBJECT_KINDS}


def describe_kind(cursor, kind) -> dict[str, str]:
    """The same of one kind; "rows" says how many rows each table has."""
    ours = IS_OURS_SQL.format(catalogue=CATALOGUES.get(kind, "pg_class"))
    cursor.execute(_count_rows(cursor) if kind == "rows" else CATALOGUE_QUERIES[kind].format(ours=ours))
    return dict(cursor.fetchall())


def _count_rows(cursor):
    counts = [
        f"SELECT '{table}', count(*)::text FROM \"{table}\"" for table in describe_kind(cursor, "tables")
    ]
    return " UNION ALL ".join(counts)


def compare_schemas(one, other) -> list[str]:
    """One line for each object that one description lacks, or that they define differently; its kind comes first."""
    return [
        f"{kind} {name}: {one[kind].get(name)} / {other[kind].get(name)}"
        for kind in one
        for name in sorted(one[kind].keys() | other[kind].keys())
        if one[kind].get(name) != other[kind].get(name)
    ]
