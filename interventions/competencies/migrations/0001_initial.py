import uuid

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from pairs.database.initial_migration import InitialMigration


class Migration(InitialMigration):
    dependencies = [
        ('episodes', '0001_initial'),
        ('service', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Competence',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('training', models.CharField(max_length=200)),
                ('trained_on', models.DateField(blank=True, null=True)),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'Aware'), (2, 'Intervene'), (3, 'Supervise others')])),
                ('accredited_by', models.CharField(blank=True, max_length=120)),
                ('accredited_until', models.DateField(blank=True, null=True)),
                ('entered_in_error_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('intervention', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='competences', to='episodes.intervention')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='competences', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='competences', to='service.site')),
            ],
            options={
                'ordering': ['created_at'],
                'indexes': [models.Index(fields=['accredited_until'], name='accreditations_by_last_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', [1, 2, 3])), name='a_competence_has_a_level'), models.CheckConstraint(condition=models.Q(('accredited_until', None), models.Q(('accredited_by', ''), _negated=True), _connector='OR'), name='an_accreditation_is_by_somebody'), models.CheckConstraint(condition=models.Q(('accredited_until', None), ('trained_on', None), ('accredited_until__gte', models.F('trained_on')), _connector='OR'), name='an_accreditation_ends_after_the_training'), models.UniqueConstraint(condition=models.Q(('entered_in_error_at', None), ('sealed_at', None)), fields=('person', 'intervention'), name='one_competence_an_intervention')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "competencies_competenceevent" ("accredited_by", "accredited_until", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "intervention_id", "level", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "site_id", "trained_on", "training") VALUES (NEW."accredited_by", NEW."accredited_until", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."intervention_id", NEW."level", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at", NEW."site_id", NEW."trained_on", NEW."training"); RETURN NULL;', hash='27fa5cf96fff2569c0662e3f4a95fc53d8800f87', operation='INSERT', pgid='pgtrigger_insert_insert_41f6e', table='competencies_competence', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "competencies_competenceevent" ("accredited_by", "accredited_until", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "intervention_id", "level", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "site_id", "trained_on", "training") VALUES (NEW."accredited_by", NEW."accredited_until", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."intervention_id", NEW."level", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at", NEW."site_id", NEW."trained_on", NEW."training"); RETURN NULL;', hash='e255ec17966e0bfc857be96a5595548ccf180c83', operation='UPDATE', pgid='pgtrigger_update_update_ac4a8', table='competencies_competence', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "competencies_competenceevent" ("accredited_by", "accredited_until", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "intervention_id", "level", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "site_id", "trained_on", "training") VALUES (OLD."accredited_by", OLD."accredited_until", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."intervention_id", OLD."level", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at", OLD."site_id", OLD."trained_on", OLD."training"); RETURN NULL;', hash='39c43892b37d72322947b4c2d4ea85bdc956723e', operation='DELETE', pgid='pgtrigger_delete_delete_63b1b', table='competencies_competence', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='CompetenceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('training', models.CharField(max_length=200)),
                ('trained_on', models.DateField(blank=True, null=True)),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'Aware'), (2, 'Intervene'), (3, 'Supervise others')])),
                ('accredited_by', models.CharField(blank=True, max_length=120)),
                ('accredited_until', models.DateField(blank=True, null=True)),
                ('entered_in_error_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('intervention', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='episodes.intervention')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='competencies.competence')),
                ('site', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='service.site')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e7a0e8ecc201b69255f48b4de7707ca59f6e9692', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_71c6d', table='competencies_competenceevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='DeliveryRequirement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('needs', models.CharField(choices=[('nothing', 'No recorded competence'), ('competence', 'A recorded competence to intervene'), ('accreditation', 'A competence to intervene, with accreditation in date')], max_length=13)),
                ('intervention', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='requirement', to='episodes.intervention')),
            ],
            options={
                'ordering': ['id'],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "competencies_deliveryrequirementevent" ("id", "intervention_id", "needs", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."intervention_id", NEW."needs", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='d6c43235641ac310a870fff1153102ba4a14c512', operation='INSERT', pgid='pgtrigger_insert_insert_2bd34', table='competencies_deliveryrequirement', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "competencies_deliveryrequirementevent" ("id", "intervention_id", "needs", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."intervention_id", NEW."needs", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;', hash='f486e954163e40cb05ec1cfe4cbc258c8607d263', operation='UPDATE', pgid='pgtrigger_update_update_efe8d', table='competencies_deliveryrequirement', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "competencies_deliveryrequirementevent" ("id", "intervention_id", "needs", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."intervention_id", OLD."needs", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='a2ab1c69c2e34f0258c16dbc0800cf37a9c548c6', operation='DELETE', pgid='pgtrigger_delete_delete_24392', table='competencies_deliveryrequirement', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='DeliveryRequirementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('needs', models.CharField(choices=[('nothing', 'No recorded competence'), ('competence', 'A recorded competence to intervene'), ('accreditation', 'A competence to intervene, with accreditation in date')], max_length=13)),
                ('intervention', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='episodes.intervention')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='competencies.deliveryrequirement')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2e14d872e4c0ec72954e06de3e3939e35aa898cf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_366a6', table='competencies_deliveryrequirementevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='DeliverySignOff',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('arrangement', models.CharField(choices=[('supervised', 'The lead delivers it under supervision'), ('colleague', 'Someone with the competence delivers it with the lead'), ('not_yet', 'It is not delivered until the lead is trained')], max_length=10)),
                ('by_outside', models.CharField(blank=True, max_length=120)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('by_colleague', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_in_error_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('use', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='episodes.interventionuse')),
            ],
            options={
                'ordering': ['-created_at'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('by_colleague', None), ('by_outside', ''), _connector='OR'), name='deliverysignoff_support_is_by_one'), models.CheckConstraint(condition=models.Q(('signed_by', models.F('person')), _negated=True), name='nobody_signs_off_their_own_delivery')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "competencies_deliverysignoffevent" ("arrangement", "by_colleague_id", "by_outside", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "note", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "signed_by_id", "use_id") VALUES (NEW."arrangement", NEW."by_colleague_id", NEW."by_outside", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."note", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at", NEW."signed_by_id", NEW."use_id"); RETURN NULL;', hash='38410f30a4b6a7069d66220bb42eb18b8f0f39d3', operation='INSERT', pgid='pgtrigger_insert_insert_b7d2e', table='competencies_deliverysignoff', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "competencies_deliverysignoffevent" ("arrangement", "by_colleague_id", "by_outside", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "note", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "signed_by_id", "use_id") VALUES (NEW."arrangement", NEW."by_colleague_id", NEW."by_outside", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."note", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at", NEW."signed_by_id", NEW."use_id"); RETURN NULL;', hash='830392b6d596532f3563ce49fb195e701cd38280', operation='UPDATE', pgid='pgtrigger_update_update_2c352', table='competencies_deliverysignoff', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "competencies_deliverysignoffevent" ("arrangement", "by_colleague_id", "by_outside", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "note", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "signed_by_id", "use_id") VALUES (OLD."arrangement", OLD."by_colleague_id", OLD."by_outside", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."note", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at", OLD."signed_by_id", OLD."use_id"); RETURN NULL;', hash='5df1d8e8106158aec24c7a6242356abec956e9fb', operation='DELETE', pgid='pgtrigger_delete_delete_392a4', table='competencies_deliverysignoff', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='DeliverySignOffEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('arrangement', models.CharField(choices=[('supervised', 'The lead delivers it under supervision'), ('colleague', 'Someone with the competence delivers it with the lead'), ('not_yet', 'It is not delivered until the lead is trained')], max_length=10)),
                ('by_outside', models.CharField(blank=True, max_length=120)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('by_colleague', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_in_error_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='competencies.deliverysignoff')),
                ('signed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('use', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='episodes.interventionuse')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e7b8e5d657b259203b7de3381c01933bd3d718d0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_756b8', table='competencies_deliverysignoffevent', when='BEFORE'))],
            },
        ),
    ]
