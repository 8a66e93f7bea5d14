import uuid

import django.db.models.deletion
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
            name='OutreachSession',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('community', models.CharField(help_text='Which community the session is for.', max_length=120)),
                ('venue', models.CharField(blank=True, max_length=120)),
                ('partner', models.CharField(blank=True, help_text='Who of the community it is held with.', max_length=120)),
                ('starts_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_because', models.CharField(blank=True, max_length=200)),
                ('parents', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('children', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('professionals', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('heard', models.TextField(blank=True, help_text='What people told us, without names.')),
                ('recorded_on', models.DateField(blank=True, null=True)),
                ('entered_in_error_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outreach_sessions', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='service.place')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outreach_sessions', to='service.site')),
            ],
            options={
                'ordering': ['-starts_at', 'id'],
                'indexes': [models.Index(fields=['site', 'starts_at'], name='outreach_of_site')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__range', (5, 720))), name='outreach_lasts_hours'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at', None), ('cancelled_because', '')), models.Q(('cancelled_at__isnull', False), ('recorded_on', None), models.Q(('cancelled_because', ''), _negated=True)), _connector='OR'), name='cancelled_outreach_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('children', None), ('heard', ''), ('parents', None), ('professionals', None), ('recorded_on', None)), models.Q(('children__isnull', False), ('parents__isnull', False), ('professionals__isnull', False), ('recorded_on__isnull', False)), _connector='OR'), name='recorded_outreach_has_numbers')],
                'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c655146c7dd7f2841ccbacb02a730be7d2c0e951', operation='DELETE', pgid='pgtrigger_never_deleted_ee050', table='outreach_outreachsession', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outreach_outreachsessionevent" ("cancelled_at", "cancelled_because", "children", "community", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "heard", "id", "lead_id", "minutes", "parents", "partner", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "professionals", "recorded_on", "sealed_at", "site_id", "starts_at", "venue") VALUES (NEW."cancelled_at", NEW."cancelled_because", NEW."children", NEW."community", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."heard", NEW."id", NEW."lead_id", NEW."minutes", NEW."parents", NEW."partner", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place_id", NEW."professionals", NEW."recorded_on", NEW."sealed_at", NEW."site_id", NEW."starts_at", NEW."venue"); RETURN NULL;', hash='b803d2a18739feccead4cc0e183eddb105afab15', operation='INSERT', pgid='pgtrigger_insert_insert_9f005', table='outreach_outreachsession', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outreach_outreachsessionevent" ("cancelled_at", "cancelled_because", "children", "community", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "heard", "id", "lead_id", "minutes", "parents", "partner", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "professionals", "recorded_on", "sealed_at", "site_id", "starts_at", "venue") VALUES (NEW."cancelled_at", NEW."cancelled_because", NEW."children", NEW."community", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."heard", NEW."id", NEW."lead_id", NEW."minutes", NEW."parents", NEW."partner", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place_id", NEW."professionals", NEW."recorded_on", NEW."sealed_at", NEW."site_id", NEW."starts_at", NEW."venue"); RETURN NULL;', hash='946056a91bc1b9a88614019e3e39b2160df904a6', operation='UPDATE', pgid='pgtrigger_update_update_9ec51', table='outreach_outreachsession', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outreach_outreachsessionevent" ("cancelled_at", "cancelled_because", "children", "community", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "heard", "id", "lead_id", "minutes", "parents", "partner", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "professionals", "recorded_on", "sealed_at", "site_id", "starts_at", "venue") VALUES (OLD."cancelled_at", OLD."cancelled_because", OLD."children", OLD."community", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."heard", OLD."id", OLD."lead_id", OLD."minutes", OLD."parents", OLD."partner", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place_id", OLD."professionals", OLD."recorded_on", OLD."sealed_at", OLD."site_id", OLD."starts_at", OLD."venue"); RETURN NULL;', hash='99f736d8b185615945e84ea85c6859c3a0f55ac5', operation='DELETE', pgid='pgtrigger_delete_delete_f65f1', table='outreach_outreachsession', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='OutreachSessionEvent',
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
                ('community', models.CharField(help_text='Which community the session is for.', max_length=120)),
                ('venue', models.CharField(blank=True, max_length=120)),
                ('partner', models.CharField(blank=True, help_text='Who of the community it is held with.', max_length=120)),
                ('starts_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_because', models.CharField(blank=True, max_length=200)),
                ('parents', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('children', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('professionals', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('heard', models.TextField(blank=True, help_text='What people told us, without names.')),
                ('recorded_on', models.DateField(blank=True, null=True)),
                ('entered_in_error_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='outreach.outreachsession')),
                ('place', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='service.place')),
                ('site', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='service.site')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2c17d77265a1b9b45993e615d6f202f9e2235fa7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f7dc4', table='outreach_outreachsessionevent', when='BEFORE'))],
            },
        ),
    ]
