"""Merges; and what search finds people by, kept beside every live name by the database, with its indexes.

Columns on caregivers and infants that Django's models do not know: the folded name and its keys.
They are generated, so that no write can forget them; a change of the type of given_name, family_name or said_as
must drop and make them again. The functions are the twins of pairs/matching/name_matching.py as it was in this migration.
"""

import uuid

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from pairs.database.initial_migration import DatabaseSQL, InitialMigration

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


CAPITALS = "".join(map(chr, (*range(0x410, 0x430), *range(0x400, 0x410), *range(0x391, 0x3A2), *range(0x3A3, 0x3AA))))
SMALL_LETTERS = "".join(map(chr, (*range(0x430, 0x460), *range(0x3B1, 0x3C2), *range(0x3C3, 0x3CA))))
LETTERS = (
    r"a-z0-9\u0250-\u02af\u0370-\u060b\u060d-\u061a\u0620-\u0669\u066e-\u06d3\u06d5-\u0963\u0966-\u1fff"
    r"\u2c00-\u2dff\u3040-\ud7ff\uf900-\ufaff\U00010000-\U0010ffff"
)
FOLD = rf"""
CREATE FUNCTION matching_fold(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(trim(regexp_replace(lower(translate(
    regexp_replace(normalize(name, NFKD), '[\u0300-\u036f\u064b-\u065f\u0670]', '', 'g'),
    'łŁøØđĐðÐþÞßẞæÆœŒıħĦς{CAPITALS}''’‘`´ʼʻʿʾ′' || U&'\0640\200C\200D',
    'llooddddttssaaooihhσ{SMALL_LETTERS}'
)), '[^{LETTERS}]+', ' ', 'g')), '(^| )(o|d|mc|mac|al|el|abd|abdul|abdur) (?=[a-z]{{2}})', '\1\2', 'g')
"""
HEARD = """
CREATE FUNCTION matching_heard(word text, heard text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN length(ltrim(heard, 'A')) > 1 THEN heard
    ELSE heard || coalesce(translate(substring(word from '[^aeiouy]([aeiouy])'), 'yu', 'io'), '') END
"""
KEYS = f"""
CREATE FUNCTION matching_keys(name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH said AS (
        SELECT word, place FROM string_to_table(matching_fold(name), ' ') WITH ORDINALITY AS of_name (word, place)
        WHERE word <> ''
    ), words AS (
        SELECT word FROM said
        UNION ALL SELECT one.word || two.word FROM said AS one JOIN said AS two ON two.place = one.place + 1
        UNION ALL SELECT one.word || two.word || three.word FROM said AS one
            JOIN said AS two ON two.place = one.place + 1 JOIN said AS three ON three.place = one.place + 2
    )
    SELECT coalesce(array_agg(DISTINCT key), ARRAY[]::text[])
    FROM words, LATERAL (VALUES
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
    *on("caregiver"),
    *on("infant"),
    *index("infant_by_due", f"families_infant (estimated_due_date) WHERE {LIVE}"),
    *index("by_phone", f"families_caregiver USING gin (phone_keys) WHERE {LIVE}"),
    *(
        each
        for place in (1, 2)
        for each in index(
            f"by_end_of_phone_{place}",
            f"families_caregiver (reverse(phone_keys[{place}]) text_pattern_ops) WHERE {LIVE}",
        )
    ),
    *index(
        "by_postcode",
        "families_address (replace(postcode, ' ', '') text_pattern_ops)"
        f" WHERE {LIVE} AND until IS NULL AND kind <> 'refuge'",
    ),
    *index("by_email", f"families_caregiver (upper(email::text)) WHERE {LIVE} AND email <> ''"),
    *index(
        "by_any_home",
        f"families_address (upper(replace(postcode, ' ', ''))) WHERE {LIVE} AND postcode <> ''",
    ),
]


class Migration(InitialMigration):
    dependencies = [
        ('families', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='families.family')),
                ('kind', models.CharField(choices=[('infant', 'Baby'), ('caregiver', 'Carer'), ('family', 'Family')], max_length=9)),
                ('kept_id', models.UUIDField()),
                ('merged_id', models.UUIDField(db_index=True)),
                ('reason', models.CharField(max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_reason', models.CharField(blank=True, max_length=300)),
                ('looked_through_at', models.DateTimeField(blank=True, help_text='When entries made while they were merged had been checked.', null=True)),
                ('looked_through_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kept_id', models.F('merged_id')), _negated=True), name='a_merge_is_of_two'), models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='a_merge_is_undone_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('looked_through_at', None), ('looked_through_by', None)), models.Q(('looked_through_at__isnull', False), ('looked_through_by__isnull', False)), _connector='OR'), name='a_merge_is_looked_through_by_somebody'), models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('merged_id',), name='merged_away_once')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matching_mergeevent" ("at", "by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "kept_id", "kind", "looked_through_at", "looked_through_by_id", "merged_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at", "undone_at", "undone_by_id", "undone_reason") VALUES (NEW."at", NEW."by_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."kept_id", NEW."kind", NEW."looked_through_at", NEW."looked_through_by_id", NEW."merged_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."sealed_at", NEW."undone_at", NEW."undone_by_id", NEW."undone_reason"); RETURN NULL;', hash='011ed2fa5869e984271ce4d582e16273027352a2', operation='INSERT', pgid='pgtrigger_insert_insert_cba48', table='matching_merge', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "matching_mergeevent" ("at", "by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "kept_id", "kind", "looked_through_at", "looked_through_by_id", "merged_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at", "undone_at", "undone_by_id", "undone_reason") VALUES (NEW."at", NEW."by_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."kept_id", NEW."kind", NEW."looked_through_at", NEW."looked_through_by_id", NEW."merged_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."sealed_at", NEW."undone_at", NEW."undone_by_id", NEW."undone_reason"); RETURN NULL;', hash='4b936d4ec1b206cf5f8dd1dd56456e8dc4bdef5d', operation='UPDATE', pgid='pgtrigger_update_update_1aa41', table='matching_merge', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matching_mergeevent" ("at", "by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "kept_id", "kind", "looked_through_at", "looked_through_by_id", "merged_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at", "undone_at", "undone_by_id", "undone_reason") VALUES (OLD."at", OLD."by_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."id", OLD."kept_id", OLD."kind", OLD."looked_through_at", OLD."looked_through_by_id", OLD."merged_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."sealed_at", OLD."undone_at", OLD."undone_by_id", OLD."undone_reason"); RETURN NULL;', hash='0419ff6805786ab45267208c9a82b706b48f90c1', operation='DELETE', pgid='pgtrigger_delete_delete_4c0e5', table='matching_merge', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='NotTheSame',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told_apart', to='families.family')),
                ('kind', models.CharField(choices=[('infant', 'Baby'), ('caregiver', 'Carer')], max_length=9)),
                ('one_id', models.UUIDField(help_text='The smaller of the two ids.')),
                ('other_id', models.UUIDField()),
                ('reason', models.CharField(max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('one_id__lt', models.F('other_id'))), name='told_apart_in_order'), models.UniqueConstraint(condition=models.Q(('entered_in_error_at', None), ('sealed_at', None)), fields=('one_id', 'other_id'), name='told_apart_once')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matching_notthesameevent" ("at", "by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "kind", "one_id", "other_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at") VALUES (NEW."at", NEW."by_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."kind", NEW."one_id", NEW."other_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."sealed_at"); RETURN NULL;', hash='443393700eaf5dcde5bf9bc7ab8f12107250a1cd', operation='INSERT', pgid='pgtrigger_insert_insert_58451', table='matching_notthesame', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "matching_notthesameevent" ("at", "by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "kind", "one_id", "other_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at") VALUES (NEW."at", NEW."by_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."kind", NEW."one_id", NEW."other_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."sealed_at"); RETURN NULL;', hash='4e0908508f1511365f945b07ad558a215659325f', operation='UPDATE', pgid='pgtrigger_update_update_e21e1', table='matching_notthesame', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matching_notthesameevent" ("at", "by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "kind", "one_id", "other_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at") VALUES (OLD."at", OLD."by_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."id", OLD."kind", OLD."one_id", OLD."other_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."sealed_at"); RETURN NULL;', hash='ace534eceb2a67a164f5acd6501522454b2a502e', operation='DELETE', pgid='pgtrigger_delete_delete_7dced', table='matching_notthesame', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='MergeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='matching.merge')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('family', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='families.family')),
                ('kind', models.CharField(choices=[('infant', 'Baby'), ('caregiver', 'Carer'), ('family', 'Family')], max_length=9)),
                ('kept_id', models.UUIDField()),
                ('merged_id', models.UUIDField()),
                ('reason', models.CharField(max_length=300)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('undone_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_reason', models.CharField(blank=True, max_length=300)),
                ('looked_through_at', models.DateTimeField(blank=True, help_text='When entries made while they were merged had been checked.', null=True)),
                ('looked_through_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c04a29de39dd4e8408346028c90104d7b4a0b285', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7e436', table='matching_mergeevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='MergeStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('merge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='matching.merge')),
                ('order', models.PositiveIntegerField()),
                ('what', models.CharField(choices=[('moved', 'Moved to the record kept'), ('filled', 'Taken over from the other record'), ('sealed', 'Hidden'), ('dropped', 'Dropped: the record kept has it too'), ('left', 'Changed since, and not reverted'), ('back', 'Written since, and returned with the person')], max_length=7)),
                ('model_label', models.CharField(help_text='app.Model', max_length=80)),
                ('row_id', models.CharField(max_length=40)),
                ('field', models.CharField(blank=True, help_text='Column as Django calls it (attname).', max_length=60)),
                ('before', models.JSONField(help_text='The value; of a dropped row, all of them.', null=True)),
                ('after', models.JSONField(null=True)),
                ('into', models.UUIDField(blank=True, help_text='The row that a sealed one was merged into.', null=True)),
            ],
            options={
                'ordering': ['order'],
                'indexes': [models.Index(fields=['row_id'], name='steps_of_row')],
                'constraints': [models.UniqueConstraint(fields=('merge', 'order'), name='one_step_at_a_time')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b0dc17f6f72550119147723b6a18335603c5e55f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e7797', table='matching_mergestep', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='NotTheSameEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='matching.notthesame')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('family', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='families.family')),
                ('kind', models.CharField(choices=[('infant', 'Baby'), ('caregiver', 'Carer')], max_length=9)),
                ('one_id', models.UUIDField(help_text='The smaller of the two ids.')),
                ('other_id', models.UUIDField()),
                ('reason', models.CharField(max_length=300)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a86c9a3c07888e2c6cbb68ad8509c8ce0f5a1ce9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1dd4e', table='matching_notthesameevent', when='BEFORE'))],
            },
        ),
        TrigramExtension(),
        *(DatabaseSQL(sql, reverse) for sql, reverse in STATEMENTS),
    ]
