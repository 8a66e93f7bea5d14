import uuid

import django.db.models.deletion
import django.db.models.functions.comparison
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from pairs.database.initial_migration import InitialMigration


class Migration(InitialMigration):
    dependencies = [
        ('service', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CachedEpisode',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('family_id', models.UUIDField(db_index=True)),
                ('episode_id', models.UUIDField()),
                ('clock', models.JSONField(null=True)),
                ('pair', models.JSONField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='DailyDigest',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('wanted', models.BooleanField(default=False)),
                ('looked_on', models.DateField(blank=True, help_text='The last day it was looked at, whether anything was sent or not.', null=True)),
                ('weekly', models.BooleanField(default=False)),
                ('week_looked_on', models.DateField(blank=True, help_text='The last day it was looked at for the week, or asked for.', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='DueCacheDay',
            fields=[
                ('id', models.SmallAutoField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='FamilyChange',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('family_id', models.UUIDField(db_index=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='CachedDueItem',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('family_id', models.UUIDField()),
                ('family_site_id', models.UUIDField(help_text="The family's own site: a list asks about no other site's families.")),
                ('site_id', models.UUIDField(null=True)),
                ('owner_id', models.UUIDField(null=True)),
                ('is_snoozed', models.BooleanField(default=False, help_text='A person put it off: no list shows it, and the rule says it all the same.')),
                ('kind', models.CharField(max_length=12)),
                ('due_on', models.DateField()),
                ('code', models.CharField(max_length=40)),
                ('title', models.TextField()),
                ('subject_id', models.UUIDField()),
                ('href', models.TextField()),
                ('who', models.TextField(blank=True)),
                ('why', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(fields=['family_id'], name='kept_due_of_family'), models.Index(fields=['subject_id', 'code'], name='kept_due_of_subject'), models.Index(models.F('kind'), models.F('owner_id'), models.F('due_on'), django.db.models.functions.comparison.Collate('title', 'C'), models.F('id'), name='kept_due_of_owner'), models.Index(models.F('kind'), models.F('due_on'), django.db.models.functions.comparison.Collate('title', 'C'), models.F('id'), name='kept_due_in_order'), models.Index(fields=['code'], name='kept_due_by_code')],
            },
        ),
        migrations.CreateModel(
            name='DueDecision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(help_text='Which rule, e.g. awaiting_triage.', max_length=40)),
                ('subject_id', models.UUIDField(help_text='Which row the rule speaks of.')),
                ('family_id', models.UUIDField(blank=True, null=True)),
                ('snoozed_until', models.DateField(blank=True, null=True)),
                ('why', models.CharField(max_length=200)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handed_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_id', 'code', '-decided_at'], name='newest_due_decision')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "dashboards_duedecisionevent" ("code", "decided_at", "decided_by_id", "family_id", "handed_to_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "snoozed_until", "subject_id", "why") VALUES (NEW."code", NEW."decided_at", NEW."decided_by_id", NEW."family_id", NEW."handed_to_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."snoozed_until", NEW."subject_id", NEW."why"); RETURN NULL;', hash='604313056461ba464c92d6ce7fc6d82bed87521c', operation='INSERT', pgid='pgtrigger_insert_insert_0f226', table='dashboards_duedecision', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "dashboards_duedecisionevent" ("code", "decided_at", "decided_by_id", "family_id", "handed_to_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "snoozed_until", "subject_id", "why") VALUES (NEW."code", NEW."decided_at", NEW."decided_by_id", NEW."family_id", NEW."handed_to_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."snoozed_until", NEW."subject_id", NEW."why"); RETURN NULL;', hash='2d7c42bd7327a5ce55d03a7d7792f816a69ddb1b', operation='UPDATE', pgid='pgtrigger_update_update_cac29', table='dashboards_duedecision', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "dashboards_duedecisionevent" ("code", "decided_at", "decided_by_id", "family_id", "handed_to_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "snoozed_until", "subject_id", "why") VALUES (OLD."code", OLD."decided_at", OLD."decided_by_id", OLD."family_id", OLD."handed_to_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."snoozed_until", OLD."subject_id", OLD."why"); RETURN NULL;', hash='1c06fca65dfbe1fafb8e59fb74b29a78eec66a28', operation='DELETE', pgid='pgtrigger_delete_delete_4c52a', table='dashboards_duedecision', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='DueDecisionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('code', models.CharField(help_text='Which rule, e.g. awaiting_triage.', max_length=40)),
                ('subject_id', models.UUIDField(help_text='Which row the rule speaks of.')),
                ('family_id', models.UUIDField(blank=True, null=True)),
                ('snoozed_until', models.DateField(blank=True, null=True)),
                ('why', models.CharField(max_length=200)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('decided_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('handed_to', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='dashboards.duedecision')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='31dd30ce013fed6722110306ff9950e1debdd3b6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_215a8', table='dashboards_duedecisionevent', when='BEFORE'))],
            },
        ),
    ]
