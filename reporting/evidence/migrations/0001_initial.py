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
            name='MonthlyCount',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('month', models.DateField(help_text='First day of the month.')),
                ('name', models.CharField(help_text='One of evidence.indicators.COUNT_NAMES.', max_length=20)),
                ('place', models.CharField(max_length=80)),
                ('ethnicity', models.CharField(max_length=40)),
                ('quintile', models.CharField(max_length=20)),
                ('count', models.PositiveIntegerField()),
                ('rebuilt_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('name', 'month', 'place', 'ethnicity', 'quintile'), name='monthly_count_once_a_cell'), models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='monthly_count_from_1')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(help_text='First day of the month.')),
                ('version', models.PositiveSmallIntegerField(help_text='Of the definitions: new definitions make a new report.')),
                ('edition', models.PositiveSmallIntegerField(default=1, help_text='Each correction is the next one.')),
                ('reason', models.CharField(blank=True, help_text='Why the edition before was corrected.', max_length=300)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('snapshot', models.JSONField(blank=True, help_text='What is published; see evidence/snapshot.py.', null=True)),
                ('computed_at', models.DateTimeField(blank=True, null=True)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(blank=True, help_text='Empty when the schedule asked.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='jobs.job')),
                ('signed_by', models.ForeignKey(blank=True, help_text='The manager who takes responsibility.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('month', 'version', 'edition'), name='one_report_a_month'), models.CheckConstraint(condition=models.Q(models.Q(('edition', 1), ('reason', '')), models.Q(('edition__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='a_corrected_report_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('signed_at', None), ('signed_by', None)), models.Q(('computed_at__isnull', False), ('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='a_report_is_signed_by_someone_once_made')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evidence_reportevent" ("asked_at", "asked_by_id", "computed_at", "edition", "id", "job_id", "month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "signed_at", "signed_by_id", "snapshot", "version") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."computed_at", NEW."edition", NEW."id", NEW."job_id", NEW."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."signed_at", NEW."signed_by_id", NEW."snapshot", NEW."version"); RETURN NULL;', hash='8de37ae9fe20b37a888879d28b3aa7ede399b406', operation='INSERT', pgid='pgtrigger_insert_insert_88c06', table='evidence_report', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "evidence_reportevent" ("asked_at", "asked_by_id", "computed_at", "edition", "id", "job_id", "month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "signed_at", "signed_by_id", "snapshot", "version") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."computed_at", NEW."edition", NEW."id", NEW."job_id", NEW."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."signed_at", NEW."signed_by_id", NEW."snapshot", NEW."version"); RETURN NULL;', hash='3c4eb3c1c3606581bff4a64631a63cdfd9131d28', operation='UPDATE', pgid='pgtrigger_update_update_d0c30', table='evidence_report', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evidence_reportevent" ("asked_at", "asked_by_id", "computed_at", "edition", "id", "job_id", "month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "signed_at", "signed_by_id", "snapshot", "version") VALUES (OLD."asked_at", OLD."asked_by_id", OLD."computed_at", OLD."edition", OLD."id", OLD."job_id", OLD."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."signed_at", OLD."signed_by_id", OLD."snapshot", OLD."version"); RETURN NULL;', hash='26877e67ed6d9de770a1ac38a545b3e9c2694400', operation='DELETE', pgid='pgtrigger_delete_delete_e5300', table='evidence_report', when='AFTER'))],
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
                ('edition', models.PositiveSmallIntegerField(default=1, help_text='Each correction is the next one.')),
                ('reason', models.CharField(blank=True, help_text='Why the edition before was corrected.', max_length=300)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('snapshot', models.JSONField(blank=True, help_text='What is published; see evidence/snapshot.py.', null=True)),
                ('computed_at', models.DateTimeField(blank=True, null=True)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty when the schedule asked.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='jobs.job')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='evidence.report')),
                ('signed_by', models.ForeignKey(blank=True, db_constraint=False, help_text='The manager who takes responsibility.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='01cbf87cb14c6ce5990b18129d9ad9d48b775a79', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8fbec', table='evidence_reportevent', when='BEFORE'))],
            },
        ),
    ]
