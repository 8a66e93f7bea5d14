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
        ('families', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FilmCycle',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('number', models.PositiveSmallIntegerField(help_text='Which cycle of this relationship in this episode.')),
                ('consented_on', models.DateField()),
                ('consent_for', models.CharField(help_text="What was agreed to, in the family's words.", max_length=300)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('filmed_on', models.DateField(blank=True, null=True)),
                ('kept_where', models.CharField(blank=True, help_text='A place, never the film itself.', max_length=200)),
                ('delete_by', models.DateField(blank=True, null=True)),
                ('reviewed_on', models.DateField(blank=True, null=True)),
                ('deleted_on', models.DateField(blank=True, null=True)),
                ('consent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='film_consents', to='families.caregiver')),
                ('copy_given_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='films_kept', to='families.caregiver')),
                ('deleted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dyad', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='films', to='families.dyad')),
                ('entered_in_error_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='films', to='episodes.episode')),
                ('intervention', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='films', to='episodes.intervention')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('deleted_on', None), ('filmed_on__isnull', False)), fields=['delete_by'], name='recordings_we_hold')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('delete_by', None), ('filmed_on', None), ('kept_where', '')), models.Q(('delete_by__gte', models.F('filmed_on')), ('filmed_on__gte', models.F('consented_on')), ('delete_by__isnull', False), ('filmed_on__isnull', False), models.Q(('kept_where', ''), _negated=True)), _connector='OR'), name='a_film_is_kept_somewhere_until_a_day'), models.CheckConstraint(condition=models.Q(('reviewed_on', None), models.Q(('filmed_on__isnull', False), ('reviewed_on__gte', models.F('filmed_on'))), _connector='OR'), name='only_a_film_is_watched'), models.CheckConstraint(condition=models.Q(models.Q(('deleted_by', None), ('deleted_on', None)), models.Q(('deleted_by__isnull', False), ('deleted_on__gte', models.F('filmed_on')), ('filmed_on__isnull', False)), _connector='OR'), name='a_deletion_is_of_a_film_by_somebody'), models.CheckConstraint(condition=models.Q(('withdrawn_on', None), ('withdrawn_on__gte', models.F('consented_on')), _connector='OR'), name='consent_is_withdrawn_after_it_was_given')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "filming_filmcycleevent" ("consent_by_id", "consent_for", "consented_on", "copy_given_to_id", "created_at", "delete_by", "deleted_by_id", "deleted_on", "dyad_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "filmed_on", "id", "intervention_id", "kept_where", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "reviewed_on", "sealed_at", "withdrawn_on") VALUES (NEW."consent_by_id", NEW."consent_for", NEW."consented_on", NEW."copy_given_to_id", NEW."created_at", NEW."delete_by", NEW."deleted_by_id", NEW."deleted_on", NEW."dyad_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."filmed_on", NEW."id", NEW."intervention_id", NEW."kept_where", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."reviewed_on", NEW."sealed_at", NEW."withdrawn_on"); RETURN NULL;', hash='9f89aafc2124f9042856477f555943337baaf100', operation='INSERT', pgid='pgtrigger_insert_insert_a2b60', table='filming_filmcycle', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "filming_filmcycleevent" ("consent_by_id", "consent_for", "consented_on", "copy_given_to_id", "created_at", "delete_by", "deleted_by_id", "deleted_on", "dyad_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "filmed_on", "id", "intervention_id", "kept_where", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "reviewed_on", "sealed_at", "withdrawn_on") VALUES (NEW."consent_by_id", NEW."consent_for", NEW."consented_on", NEW."copy_given_to_id", NEW."created_at", NEW."delete_by", NEW."deleted_by_id", NEW."deleted_on", NEW."dyad_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."filmed_on", NEW."id", NEW."intervention_id", NEW."kept_where", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."reviewed_on", NEW."sealed_at", NEW."withdrawn_on"); RETURN NULL;', hash='9cc9bcb5251c877e8323d445ef93ad41707f8afe', operation='UPDATE', pgid='pgtrigger_update_update_cd7bd', table='filming_filmcycle', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "filming_filmcycleevent" ("consent_by_id", "consent_for", "consented_on", "copy_given_to_id", "created_at", "delete_by", "deleted_by_id", "deleted_on", "dyad_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "filmed_on", "id", "intervention_id", "kept_where", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "reviewed_on", "sealed_at", "withdrawn_on") VALUES (OLD."consent_by_id", OLD."consent_for", OLD."consented_on", OLD."copy_given_to_id", OLD."created_at", OLD."delete_by", OLD."deleted_by_id", OLD."deleted_on", OLD."dyad_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."filmed_on", OLD."id", OLD."intervention_id", OLD."kept_where", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."reviewed_on", OLD."sealed_at", OLD."withdrawn_on"); RETURN NULL;', hash='1be060b3b7df45759604ad7860a32f5486373abe', operation='DELETE', pgid='pgtrigger_delete_delete_4f832', table='filming_filmcycle', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='FilmCycleEvent',
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
                ('number', models.PositiveSmallIntegerField(help_text='Which cycle of this relationship in this episode.')),
                ('consented_on', models.DateField()),
                ('consent_for', models.CharField(help_text="What was agreed to, in the family's words.", max_length=300)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('filmed_on', models.DateField(blank=True, null=True)),
                ('kept_where', models.CharField(blank=True, help_text='A place, never the film itself.', max_length=200)),
                ('delete_by', models.DateField(blank=True, null=True)),
                ('reviewed_on', models.DateField(blank=True, null=True)),
                ('deleted_on', models.DateField(blank=True, null=True)),
                ('consent_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='families.caregiver')),
                ('copy_given_to', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='families.caregiver')),
                ('deleted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('dyad', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='families.dyad')),
                ('entered_in_error_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('episode', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='episodes.episode')),
                ('intervention', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='episodes.intervention')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='filming.filmcycle')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='759a6ec6aa68b53eb9f3a938368d99f62bcbaa5e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a0510', table='filming_filmcycleevent', when='BEFORE'))],
            },
        ),
    ]
