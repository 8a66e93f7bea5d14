import uuid
from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from pairs.database.initial_migration import InitialMigration


class Migration(InitialMigration):
    dependencies = [
        ('jobs', '0001_initial'),
        ('service', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NeedFigure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('population', models.PositiveIntegerField(help_text='Children aged 0 to 4, the under-ones included.')),
                ('percent', models.DecimalField(decimal_places=1, default=Decimal('5'), max_digits=4, validators=[django.core.validators.MinValueValidator(Decimal('0.1'))])),
                ('as_of', models.DateField()),
                ('source', models.CharField(max_length=200)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='need_figures', to='service.place')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['place', '-as_of'],
                'constraints': [models.UniqueConstraint(fields=('place', 'as_of'), name='need_once_a_day'), models.CheckConstraint(condition=models.Q(('population__gte', 1)), name='need_is_of_children'), models.CheckConstraint(condition=models.Q(('percent__gt', 0), ('percent__lte', 100)), name='need_is_a_percentage')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "performance_needfigureevent" ("as_of", "id", "percent", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "population", "recorded_by_id", "source") VALUES (NEW."as_of", NEW."id", NEW."percent", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place_id", NEW."population", NEW."recorded_by_id", NEW."source"); RETURN NULL;', hash='67ebae4d308b6c4dc9c5d413a2de543b4fffd94a', operation='INSERT', pgid='pgtrigger_insert_insert_7ad54', table='performance_needfigure', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "performance_needfigureevent" ("as_of", "id", "percent", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "population", "recorded_by_id", "source") VALUES (NEW."as_of", NEW."id", NEW."percent", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place_id", NEW."population", NEW."recorded_by_id", NEW."source"); RETURN NULL;', hash='d5f992bab66ef7bb22936ce50545030590e1bc84', operation='UPDATE', pgid='pgtrigger_update_update_119c0', table='performance_needfigure', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "performance_needfigureevent" ("as_of", "id", "percent", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "population", "recorded_by_id", "source") VALUES (OLD."as_of", OLD."id", OLD."percent", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place_id", OLD."population", OLD."recorded_by_id", OLD."source"); RETURN NULL;', hash='70ac4629bbd50717fd7968284dca58abc6139c08', operation='DELETE', pgid='pgtrigger_delete_delete_08f63', table='performance_needfigure', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='NeedFigureEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('population', models.PositiveIntegerField(help_text='Children aged 0 to 4, the under-ones included.')),
                ('percent', models.DecimalField(decimal_places=1, default=Decimal('5'), max_digits=4, validators=[django.core.validators.MinValueValidator(Decimal('0.1'))])),
                ('as_of', models.DateField()),
                ('source', models.CharField(max_length=200)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='performance.needfigure')),
                ('place', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='service.place')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1ef599bc27d77208e0244efd5e54f0dc25a68c55', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dfbf0', table='performance_needfigureevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='ServiceReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(help_text='First day of the month.')),
                ('version', models.PositiveSmallIntegerField(help_text='Of the definitions: new definitions make a new report.')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('snapshot', models.JSONField(blank=True, help_text='What is published; see performance/snapshot.py.', null=True)),
                ('computed_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(blank=True, help_text='Empty when the schedule asked.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='service_report', to='jobs.job')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('month', 'version'), name='one_service_report_a_month')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "performance_servicereportevent" ("asked_at", "asked_by_id", "computed_at", "id", "job_id", "month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "snapshot", "version") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."computed_at", NEW."id", NEW."job_id", NEW."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."snapshot", NEW."version"); RETURN NULL;', hash='5745ab32637b12dee9e49d62babe4be0e58335bc', operation='INSERT', pgid='pgtrigger_insert_insert_d6de0', table='performance_servicereport', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "performance_servicereportevent" ("asked_at", "asked_by_id", "computed_at", "id", "job_id", "month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "snapshot", "version") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."computed_at", NEW."id", NEW."job_id", NEW."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."snapshot", NEW."version"); RETURN NULL;', hash='f8f38d91190551937970dbe7d1815b725eb91b00', operation='UPDATE', pgid='pgtrigger_update_update_740a9', table='performance_servicereport', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "performance_servicereportevent" ("asked_at", "asked_by_id", "computed_at", "id", "job_id", "month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "snapshot", "version") VALUES (OLD."asked_at", OLD."asked_by_id", OLD."computed_at", OLD."id", OLD."job_id", OLD."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."snapshot", OLD."version"); RETURN NULL;', hash='a9c170ba76b9df43bc851c76c3b85435c1b5f7f6', operation='DELETE', pgid='pgtrigger_delete_delete_931b7', table='performance_servicereport', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ServiceReportEvent',
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
                ('snapshot', models.JSONField(blank=True, help_text='What is published; see performance/snapshot.py.', null=True)),
                ('computed_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty when the schedule asked.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='jobs.job')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='performance.servicereport')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2e59a610b66103ac6bffb2f2bb4237c915e0d381', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_58646', table='performance_servicereportevent', when='BEFORE'))],
            },
        ),
    ]
