import uuid

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from pairs.database.initial_migration import InitialMigration


class Migration(InitialMigration):
    dependencies = [
        ('families', '0001_initial'),
        ('service', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionDecision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('kind', models.CharField(choices=[('keep', 'Keep the record longer'), ('destroy', 'Destroy the record')], max_length=7)),
                ('rule', models.CharField(choices=[('child', 'Child’s record: kept until the 25th birthday, or the 26th if 17 at the last contact'), ('mental_health', 'Mental health record: kept for 20 years after the last contact'), ('maternity', 'Antenatal record: kept for 25 years after the last contact'), ('decided', 'Kept longer by a decision of information governance')], max_length=13)),
                ('due_on', models.DateField(help_text='The review date as it was worked out.')),
                ('reason', models.CharField(max_length=300)),
                ('review_on', models.DateField(blank=True, help_text='Until when it is kept.', null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('signature', models.CharField(blank=True, max_length=64)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_in_error_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retention_decisions', to='families.family')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_retention_decision_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'keep'), ('review_on__isnull', False), ('confirmed_at', None), ('confirmed_by', None), ('signature', ''), ('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('kind', 'destroy'), ('review_on', None)), _connector='OR'), name='a_record_is_kept_until_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None), ('signature', '')), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('signature', ''), _negated=True)), _connector='OR'), name='a_destruction_is_confirmed_by_somebody'), models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('decided_by')), _negated=True), name='a_destruction_takes_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='a_retention_decision_is_withdrawn_by_somebody'), models.UniqueConstraint(condition=models.Q(('entered_in_error_at', None), ('kind', 'destroy'), ('sealed_at', None), ('withdrawn_at', None)), fields=('family',), name='one_destruction_a_record')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "retention_retentiondecisionevent" ("confirmed_at", "confirmed_by_id", "created_at", "decided_by_id", "due_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review_on", "rule", "sealed_at", "signature", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."created_at", NEW."decided_by_id", NEW."due_on", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."review_on", NEW."rule", NEW."sealed_at", NEW."signature", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;', hash='f143d742a08a6f4b76cafd8a2885ace49b068f0b', operation='INSERT', pgid='pgtrigger_insert_insert_1fa2f', table='retention_retentiondecision', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "retention_retentiondecisionevent" ("confirmed_at", "confirmed_by_id", "created_at", "decided_by_id", "due_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review_on", "rule", "sealed_at", "signature", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."created_at", NEW."decided_by_id", NEW."due_on", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."review_on", NEW."rule", NEW."sealed_at", NEW."signature", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;', hash='a4425b0e4b207a35a26e992c8821b5d47f60c475', operation='UPDATE', pgid='pgtrigger_update_update_2391e', table='retention_retentiondecision', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "retention_retentiondecisionevent" ("confirmed_at", "confirmed_by_id", "created_at", "decided_by_id", "due_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review_on", "rule", "sealed_at", "signature", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."confirmed_at", OLD."confirmed_by_id", OLD."created_at", OLD."decided_by_id", OLD."due_on", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."review_on", OLD."rule", OLD."sealed_at", OLD."signature", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;', hash='44a5945b8298343016415233151920916896b2c4', operation='DELETE', pgid='pgtrigger_delete_delete_129b1', table='retention_retentiondecision', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='RetentionDecisionEvent',
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
                ('kind', models.CharField(choices=[('keep', 'Keep the record longer'), ('destroy', 'Destroy the record')], max_length=7)),
                ('rule', models.CharField(choices=[('child', 'Child’s record: kept until the 25th birthday, or the 26th if 17 at the last contact'), ('mental_health', 'Mental health record: kept for 20 years after the last contact'), ('maternity', 'Antenatal record: kept for 25 years after the last contact'), ('decided', 'Kept longer by a decision of information governance')], max_length=13)),
                ('due_on', models.DateField(help_text='The review date as it was worked out.')),
                ('reason', models.CharField(max_length=300)),
                ('review_on', models.DateField(blank=True, help_text='Until when it is kept.', null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('signature', models.CharField(blank=True, max_length=64)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_in_error_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('family', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='families.family')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='retention.retentiondecision')),
                ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d46b1227ea604fa37f471beb312d8cf9fcca78f9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0ed7e', table='retention_retentiondecisionevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='RetentionHold',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('reason', models.CharField(max_length=300)),
                ('review_on', models.DateField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_because', models.CharField(blank=True, max_length=300)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_in_error_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('family', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='retention_holds', to='families.family')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retention_holds', to='service.site')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_hold_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_because', ''), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('ended_because', ''), _negated=True)), _connector='OR'), name='a_hold_is_ended_by_somebody')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "retention_retentionholdevent" ("created_at", "ended_at", "ended_because", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review_on", "sealed_at", "site_id") VALUES (NEW."created_at", NEW."ended_at", NEW."ended_because", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."review_on", NEW."sealed_at", NEW."site_id"); RETURN NULL;', hash='778cf8e0c053ac12a1a87b8960da215895e35fee', operation='INSERT', pgid='pgtrigger_insert_insert_c6add', table='retention_retentionhold', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "retention_retentionholdevent" ("created_at", "ended_at", "ended_because", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review_on", "sealed_at", "site_id") VALUES (NEW."created_at", NEW."ended_at", NEW."ended_because", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."review_on", NEW."sealed_at", NEW."site_id"); RETURN NULL;', hash='792466d1cbcd666109311cc6853476dd08327e35', operation='UPDATE', pgid='pgtrigger_update_update_5588a', table='retention_retentionhold', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "retention_retentionholdevent" ("created_at", "ended_at", "ended_because", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review_on", "sealed_at", "site_id") VALUES (OLD."created_at", OLD."ended_at", OLD."ended_because", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."id", OLD."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."review_on", OLD."sealed_at", OLD."site_id"); RETURN NULL;', hash='c468c9b2cc4c040c1f8c5dc228c5a8cfe4dfae4c', operation='DELETE', pgid='pgtrigger_delete_delete_537b5', table='retention_retentionhold', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='RetentionHoldEvent',
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
                ('reason', models.CharField(max_length=300)),
                ('review_on', models.DateField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_because', models.CharField(blank=True, max_length=300)),
                ('ended_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_in_error_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('family', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='families.family')),
                ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='retention.retentionhold')),
                ('site', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='service.site')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ae4ae236a9a1437f3d63b99651ba30c8cfa05c1f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a45a6', table='retention_retentionholdevent', when='BEFORE'))],
            },
        ),
    ]
