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
        ('service', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ExperienceInvitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('asked_on', models.DateField()),
                ('last_day', models.DateField(help_text='Of the link. Then they may be asked again, whether it was used or not.')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('caregiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='experience_asked', to='families.caregiver')),
                ('entered_in_error_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='experience_asked', to='episodes.episode')),
            ],
            options={
                'verbose_name': 'time we asked how it was',
                'verbose_name_plural': 'times we asked how it was',
                'ordering': ['-asked_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('asked_on'))), name='a_link_lasts_some_days')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "experience_experienceinvitationevent" ("asked_by_id", "asked_on", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "last_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at") VALUES (NEW."asked_by_id", NEW."asked_on", NEW."caregiver_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", NEW."last_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at"); RETURN NULL;', hash='76ca3190758c2ea17c1e62fa6062d86df2edcc85', operation='INSERT', pgid='pgtrigger_insert_insert_72fcc', table='experience_experienceinvitation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "experience_experienceinvitationevent" ("asked_by_id", "asked_on", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "last_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at") VALUES (NEW."asked_by_id", NEW."asked_on", NEW."caregiver_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", NEW."last_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at"); RETURN NULL;', hash='5a4b75fa384d82ad13966f6eee2d31d2d87ce2f2', operation='UPDATE', pgid='pgtrigger_update_update_e088a', table='experience_experienceinvitation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "experience_experienceinvitationevent" ("asked_by_id", "asked_on", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "last_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at") VALUES (OLD."asked_by_id", OLD."asked_on", OLD."caregiver_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."id", OLD."last_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at"); RETURN NULL;', hash='25985434e8fa32e60d79b032dfbb7d0b654bc5de', operation='DELETE', pgid='pgtrigger_delete_delete_f7c35', table='experience_experienceinvitation', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ExperienceInvitationEvent',
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
                ('asked_on', models.DateField()),
                ('last_day', models.DateField(help_text='Of the link. Then they may be asked again, whether it was used or not.')),
                ('asked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('caregiver', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='families.caregiver')),
                ('entered_in_error_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('episode', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='episodes.episode')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='experience.experienceinvitation')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='737c62cc36ecdf0da45fd297ac0e4efe348c3449', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6fe95', table='experience_experienceinvitationevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='ExperienceLink',
            fields=[
                ('last_day', models.DateField(help_text='Of the link.')),
                ('token_hash', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='service.site')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExperienceAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(help_text='Its first day.')),
                ('way', models.CharField(choices=[('link', 'By link'), ('paper', 'On paper')], max_length=5)),
                ('overall', models.PositiveSmallIntegerField(choices=[(1, 'Yes'), (2, 'Mostly'), (3, 'Partly'), (4, 'Not much'), (5, 'No'), (0, 'Can’t say')], null=True)),
                ('time_and_place', models.PositiveSmallIntegerField(choices=[(1, 'Yes'), (2, 'Mostly'), (3, 'Partly'), (4, 'Not much'), (5, 'No'), (0, 'Can’t say')], null=True)),
                ('knew_where', models.PositiveSmallIntegerField(choices=[(1, 'Yes'), (2, 'Mostly'), (3, 'Partly'), (4, 'Not much'), (5, 'No'), (0, 'Can’t say')], null=True)),
                ('trust', models.PositiveSmallIntegerField(choices=[(1, 'Yes'), (2, 'Mostly'), (3, 'Partly'), (4, 'Not much'), (5, 'No'), (0, 'Can’t say')], null=True)),
                ('words', models.TextField(blank=True, max_length=2000)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='service.site')),
            ],
            options={
                'indexes': [models.Index(fields=['site', 'month'], name='experience_of_site')],
                'constraints': [models.CheckConstraint(condition=models.Q(('month__day', 1)), name='an_answer_is_of_a_month'), models.CheckConstraint(condition=models.Q(models.Q(('overall', None), ('overall__in', [1, 2, 3, 4, 5, 0]), _connector='OR'), models.Q(('time_and_place', None), ('time_and_place__in', [1, 2, 3, 4, 5, 0]), _connector='OR'), models.Q(('knew_where', None), ('knew_where__in', [1, 2, 3, 4, 5, 0]), _connector='OR'), models.Q(('trust', None), ('trust__in', [1, 2, 3, 4, 5, 0]), _connector='OR')), name='an_answer_is_on_the_scale'), models.CheckConstraint(condition=models.Q(models.Q(('words', ''), _negated=True), ('overall__isnull', False), ('time_and_place__isnull', False), ('knew_where__isnull', False), ('trust__isnull', False), _connector='OR'), name='an_answer_says_something')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b2fa0516d8be8b5db352bed893b599257fab2bfd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8e026', table='experience_experienceanswer', when='BEFORE'))],
            },
        ),
    ]
