import uuid

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from pairs.database.initial_migration import InitialMigration


class Migration(InitialMigration):
    dependencies = [
        ('jobs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(help_text='First day of the month.')),
                ('version', models.PositiveSmallIntegerField(help_text='Of the definitions: new definitions make a new report.')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('snapshot', models.JSONField(blank=True, help_text='What is published; see evidence/snapshot.py.', null=True)),
                ('computed_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(blank=True, help_text='Empty when the schedule asked.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='jobs.job')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('month', 'version'), name='one_report_a_month')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evidence_reportevent" ("asked_at", "asked_by_id", "computed_at", "id", "job_id", "month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "snapshot", "version") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."computed_at", NEW."id", NEW."job_id", NEW."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."snapshot", NEW."version"); RETURN NULL;', hash='505123688626d2ed74ab0ec603991be5cf44f4c9', operation='INSERT', pgid='pgtrigger_insert_insert_88c06', table='evidence_report', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "evidence_reportevent" ("asked_at", "asked_by_id", "computed_at", "id", "job_id", "month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "snapshot", "version") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."computed_at", NEW."id", NEW."job_id", NEW."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."snapshot", NEW."version"); RETURN NULL;', hash='e3495ad5f63912745cedbbf766e00f855514ee80', operation='UPDATE', pgid='pgtrigger_update_update_d0c30', table='evidence_report', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evidence_reportevent" ("asked_at", "asked_by_id", "computed_at", "id", "job_id", "month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "snapshot", "version") VALUES (OLD."asked_at", OLD."asked_by_id", OLD."computed_at", OLD."id", OLD."job_id", OLD."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."snapshot", OLD."version"); RETURN NULL;', hash='35f7a05468269277bfc207ca11a10f58bc2a4918', operation='DELETE', pgid='pgtrigger_delete_delete_e5300', table='evidence_report', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ReportEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('month', models.DateField(help_text='First day of the month.')),
                ('version', models.PositiveSmallIntegerField(help_text='Of the definitions: new definitions make a new report.')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('snapshot', models.JSONField(blank=True, help_text='What is published; see evidence/snapshot.py.', null=True)),
                ('computed_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty when the schedule asked.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='jobs.job')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='evidence.report')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='01cbf87cb14c6ce5990b18129d9ad9d48b775a79', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8fbec', table='evidence_reportevent', when='BEFORE'))],
            },
        ),
    ]
