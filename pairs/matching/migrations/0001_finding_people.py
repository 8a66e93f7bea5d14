"""What search finds people by, kept beside every live name by the database itself, and the indexes for it.

Two columns on caregivers and infants that Django's models do not know: the folded name, and its keys. They are
generated, so that no write can forget them; a change of the type of given_name, family_name or said_as must drop
and make them again. The functions are the twins of pairs/matching/names.py as it was in this migration.
Adding the columns rewrites both tables, and nobody can save meanwhile: allow some minutes for 60,000 families.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

BEGIN = [
    ("^[kg]n", "n"), ("^wr", "r"), ("^ps", "s"), ("sch|sh|sz", "s"), ("ph", "f"), ("q", "k"), ("ck", "k"), ("x", "ks"),
]  # fmt: skip
END = [
    ("(?<=.)gh(?![aeiouy])", ""), ("(?<=.)h", ""), ("rz", "s"), ("z", "s"), ("dj", "j"), ("v", "f"), ("d$", "t"),
    (r"(.)\1+", r"\1"), ("^[aeiouy]+", "A"), ("[aeiouy]", ""),
]  # fmt: skip
HARD = [*BEGIN, ("c", "k"), ("w(?![aeiouy])", ""), ("w", "v"), *END]
SOFT = [
    *BEGIN, ("^kh", "h"), ("cz|ch|c(?=[eiy])", "s"), ("c", "k"), ("j", "y"), ("g(?=[eiy])", "j"), ("w", "v"), *END,
]  # fmt: skip


def heard(rules):
    """One expression for all the rules: the first is the innermost."""
    said = "word"
    for pattern, replacement in rules:
        replaced = "replace({}, '{}', '{}')" if pattern.isalpha() else "regexp_replace({}, '{}', '{}', 'g')"
        said = replaced.format(said, pattern, replacement)
    return said


FOLD = r"""
CREATE FUNCTION matching_fold(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(trim(regexp_replace(lower(translate(
    regexp_replace(normalize(name, NFKD), '[\u0300-\u036f]', '', 'g'),
    'łŁøØđĐðÐþÞßẞæÆœŒıħĦ''’‘`´ʼʻʿʾ′', 'llooddddttssaaooihh'
)), '[^a-z0-9]+', ' ', 'g')), '(^| )(o|d|mc|mac|al|el|abd|abdul|abdur) (?=[a-z]{2})', '\1\2', 'g')
"""
HEARD = """
CREATE FUNCTION matching_heard(word text, heard text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN length(ltrim(heard, 'A')) > 1 THEN heard
    ELSE heard || coalesce(translate(substring(word from '[^aeiouy]([aeiouy])'), 'yu', 'io'), '') END
"""
KEYS = f"""
CREATE FUNCTION matching_keys(name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(DISTINCT key), ARRAY[]::text[])
    FROM string_to_table(matching_fold(name), ' ') AS word, LATERAL (VALUES
        (matching_heard(word, {heard(HARD)})),
        (matching_heard(word, {heard(SOFT)})),
        (CASE WHEN length(word) > 3 THEN
            '~' || (SELECT string_agg(letter, '' ORDER BY letter COLLATE "C")
                    FROM string_to_table(word, NULL) AS letter) END)
    ) AS of_word (key)
    WHERE word <> '' AND key IS NOT NULL;
END
"""
NAME = "given_name || ' ' || family_name || ' ' || said_as"
LIVE = "sealed_at IS NULL AND entered_in_error_at IS NULL"
PHONE = """
CREATE FUNCTION matching_phone(phone text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(regexp_replace(phone, '[^0-9+]', '', 'g'), '^(\\+44|0044)0?', '0')
"""


def on(table):
    """(statement, its undoing) for the columns and indexes of one kind of person."""
    return [
        (
            f"ALTER TABLE families_{table}"
            f" ADD COLUMN matching_name text GENERATED ALWAYS AS (' ' || matching_fold({NAME})) STORED,"
            f" ADD COLUMN matching_keys text[] GENERATED ALWAYS AS (matching_keys({NAME})) STORED",
            f"ALTER TABLE families_{table} DROP COLUMN matching_name, DROP COLUMN matching_keys",
        ),
        *index(f"{table}_by_name", f"families_{table} USING gin (matching_name gin_trgm_ops) WHERE {LIVE}"),
        *index(f"{table}_by_keys", f"families_{table} USING gin (matching_keys) WHERE {LIVE}"),
        *index(f"{table}_by_birth", f"families_{table} (birth_date) WHERE {LIVE}"),
    ]


def index(name, what):
    return [(f"CREATE INDEX matching_{name} ON {what}", f"DROP INDEX matching_{name}")]


STATEMENTS = [
    (FOLD, "DROP FUNCTION matching_fold"),
    (HEARD, "DROP FUNCTION matching_heard"),
    (KEYS, "DROP FUNCTION matching_keys"),
    (PHONE, "DROP FUNCTION matching_phone"),
    *on("caregiver"),
    *on("infant"),
    *index("infant_by_due", f"families_infant (estimated_due_date) WHERE {LIVE}"),
    *index(
        "by_phone",
        f"families_caregiver (reverse(matching_phone(phone)) text_pattern_ops) WHERE {LIVE} AND phone <> ''",
    ),
    *index(
        "by_postcode",
        "families_address (replace(postcode, ' ', '') text_pattern_ops)"
        f" WHERE {LIVE} AND until IS NULL AND kind <> 'refuge'",
    ),
]


class Migration(migrations.Migration):
    dependencies = [("families", "0004_address_of_a_family")]
    operations = [
        TrigramExtension(),
        *(migrations.RunSQL(sql, reverse) for sql, reverse in STATEMENTS),
    ]
