import uuid

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from pairs.database.initial_migration import InitialMigration


class Migration(InitialMigration):
    dependencies = [
        ('episodes', '0001_initial'),
        ('families', '0001_initial'),
        ('referrals', '0001_initial'),
        ('service', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('starts_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('mechanism', models.CharField(choices=[('01', 'Face to face'), ('02', 'Telephone'), ('11', 'Video'), ('09', 'Text message'), ('05', 'E-mail'), ('04', 'Text relay / speech-to-text'), ('98', 'Other')], help_text='NHS Data Dictionary consultation mechanism.', max_length=2)),
                ('location', models.CharField(choices=[('A01', "Family's home"), ('K01', 'Family hub'), ('A02', "Another carer's home"), ('B01', 'Health centre'), ('C01', 'GP practice'), ('E01', 'Out-patient clinic'), ('E02', 'Hospital ward, neonatal unit included'), ('N03', 'Voluntary sector premises'), ('X01', 'Somewhere else, or by phone or video')], help_text='NHS Data Dictionary activity location type.', max_length=3)),
                ('place', models.CharField(blank=True, help_text='Where exactly, in words.', max_length=200)),
                ('interpreter', models.BooleanField(default=False, help_text='Interpreter booked.')),
                ('travel_minutes', models.PositiveSmallIntegerField(blank=True, help_text='There, one way.', null=True)),
                ('note', models.CharField(blank=True, help_text='For the visit: what to bring, to ask.', max_length=500)),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('kept', 'Kept'), ('cancelled_family', 'Cancelled by the family'), ('cancelled_service', 'Cancelled by us'), ('moved', 'Moved')], default='planned', max_length=17)),
                ('why', models.CharField(blank=True, help_text='Why it was cancelled.', max_length=200)),
                ('series', models.UUIDField(blank=True, help_text='The same for visits booked weekly together.', null=True)),
                ('booked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('care_contact', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointment', to='episodes.carecontact')),
                ('colleagues', models.ManyToManyField(blank=True, related_name='goes_along', to=settings.AUTH_USER_MODEL)),
                ('entered_in_error_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('episode', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='episodes.episode')),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='families.family')),
                ('moved_to', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moved_from', to='diary.appointment')),
                ('practitioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(blank=True, help_text='A first visit, before the episode is opened.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='referrals.referral')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='service.site')),
                ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='diary.room')),
            ],
            options={
                'indexes': [models.Index(fields=['practitioner', 'starts_at'], name='appointments_of_person'), models.Index(fields=['site', 'starts_at'], name='appointments_of_site'), models.Index(fields=['family', 'starts_at'], name='appointments_of_family'), models.Index(fields=['episode', 'starts_at'], name='appointments_of_episode'), models.Index(fields=['starts_at'], name='appointments_by_time'), models.Index(condition=models.Q(('status', 'planned')), fields=['starts_at'], name='appointments_still_planned'), models.Index(condition=models.Q(('care_contact', None), ('status', 'cancelled_family')), fields=['starts_at'], name='appointments_to_record')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('episode__isnull', False), ('referral', None)), models.Q(('episode', None), ('referral__isnull', False)), _connector='OR'), name='a_visit_is_for_some_work'), models.CheckConstraint(condition=models.Q(('minutes__range', (1, 720))), name='a_visit_lasts_at_most_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'kept'), _negated=True), ('care_contact__isnull', False), _connector='OR'), name='a_kept_visit_has_its_contact'), models.CheckConstraint(condition=models.Q(models.Q(('moved_to__isnull', False), ('status', 'moved')), models.Q(models.Q(('status', 'moved'), _negated=True), ('moved_to', None)), _connector='OR'), name='a_moved_visit_says_where_to'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['cancelled_family', 'cancelled_service']), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='a_cancelled_visit_says_why')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "diary_appointmentevent" ("booked_by_id", "care_contact_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "family_id", "id", "interpreter", "location", "mechanism", "minutes", "moved_to_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "practitioner_id", "referral_id", "room_id", "sealed_at", "series", "site_id", "starts_at", "status", "travel_minutes", "why") VALUES (NEW."booked_by_id", NEW."care_contact_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."family_id", NEW."id", NEW."interpreter", NEW."location", NEW."mechanism", NEW."minutes", NEW."moved_to_id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place", NEW."practitioner_id", NEW."referral_id", NEW."room_id", NEW."sealed_at", NEW."series", NEW."site_id", NEW."starts_at", NEW."status", NEW."travel_minutes", NEW."why"); RETURN NULL;', hash='ff3c60759d21f101f60cb6e2ddcbd002fd2b1f77', operation='INSERT', pgid='pgtrigger_insert_insert_35696', table='diary_appointment', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "diary_appointmentevent" ("booked_by_id", "care_contact_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "family_id", "id", "interpreter", "location", "mechanism", "minutes", "moved_to_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "practitioner_id", "referral_id", "room_id", "sealed_at", "series", "site_id", "starts_at", "status", "travel_minutes", "why") VALUES (NEW."booked_by_id", NEW."care_contact_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."family_id", NEW."id", NEW."interpreter", NEW."location", NEW."mechanism", NEW."minutes", NEW."moved_to_id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place", NEW."practitioner_id", NEW."referral_id", NEW."room_id", NEW."sealed_at", NEW."series", NEW."site_id", NEW."starts_at", NEW."status", NEW."travel_minutes", NEW."why"); RETURN NULL;', hash='7db99269ea0aae7c59662c8c1ce397419212fda5', operation='UPDATE', pgid='pgtrigger_update_update_bb7ef', table='diary_appointment', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "diary_appointmentevent" ("booked_by_id", "care_contact_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "family_id", "id", "interpreter", "location", "mechanism", "minutes", "moved_to_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "practitioner_id", "referral_id", "room_id", "sealed_at", "series", "site_id", "starts_at", "status", "travel_minutes", "why") VALUES (OLD."booked_by_id", OLD."care_contact_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."family_id", OLD."id", OLD."interpreter", OLD."location", OLD."mechanism", OLD."minutes", OLD."moved_to_id", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place", OLD."practitioner_id", OLD."referral_id", OLD."room_id", OLD."sealed_at", OLD."series", OLD."site_id", OLD."starts_at", OLD."status", OLD."travel_minutes", OLD."why"); RETURN NULL;', hash='450eef9ffcffbe622d15f3f5f1793df3d3cb4462', operation='DELETE', pgid='pgtrigger_delete_delete_de4dc', table='diary_appointment', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='AppointmentColleagueEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('appointment', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='diary.appointment')),
                ('user', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='diary.appointmentcolleague')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='78fd7819dc8bed281f06010e23c3a1c115ab8cd3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_82361', table='diary_appointmentcolleagueevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='CalendarToken',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('hashed', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calendars', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('user',), name='one_calendar_a_person')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "diary_calendartokenevent" ("created_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") VALUES (NEW."created_at", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."user_id"); RETURN NULL;', hash='8c4e4cfd73c7afa32f85c923e6679b91837aaaea', operation='INSERT', pgid='pgtrigger_insert_insert_71bdf', table='diary_calendartoken', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "diary_calendartokenevent" ("created_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") VALUES (NEW."created_at", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."user_id"); RETURN NULL;', hash='b6371b54bec1ded073f1f6263c9bf84e7678fafe', operation='UPDATE', pgid='pgtrigger_update_update_203b3', table='diary_calendartoken', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "diary_calendartokenevent" ("created_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") VALUES (OLD."created_at", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."revoked_at", OLD."user_id"); RETURN NULL;', hash='4083ff29d1807ca6e05af9d599956ccfc00b466a', operation='DELETE', pgid='pgtrigger_delete_delete_dcc20', table='diary_calendartoken', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='CalendarTokenEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='diary.calendartoken')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='29160838c84a843a79d2a6b5177d240d7640b3c1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_417d9', table='diary_calendartokenevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='ExpectedPerson',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('appointment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expected', to='diary.appointment')),
                ('caregiver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='expected_at', to='families.caregiver')),
                ('entered_in_error_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('infant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='expected_at', to='families.infant')),
            ],
            options={
                'verbose_name_plural': 'expected',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('caregiver__isnull', False), ('infant', None)), models.Q(('caregiver', None), ('infant__isnull', False)), _connector='OR'), name='expected_is_one_person'), models.UniqueConstraint(condition=models.Q(('entered_in_error_at', None), ('sealed_at', None)), fields=('appointment', 'infant'), name='infant_expected_once'), models.UniqueConstraint(condition=models.Q(('entered_in_error_at', None), ('sealed_at', None)), fields=('appointment', 'caregiver'), name='caregiver_expected_once')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "diary_expectedpersonevent" ("appointment_id", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "infant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at") VALUES (NEW."appointment_id", NEW."caregiver_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."infant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at"); RETURN NULL;', hash='0ee42807666eeb9a71a087d31ffc8b953418bd8d', operation='INSERT', pgid='pgtrigger_insert_insert_a6c4d', table='diary_expectedperson', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "diary_expectedpersonevent" ("appointment_id", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "infant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at") VALUES (NEW."appointment_id", NEW."caregiver_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."infant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at"); RETURN NULL;', hash='331eeef8fcc78467e4d10269659dfa85f038fb0c', operation='UPDATE', pgid='pgtrigger_update_update_9a5c2', table='diary_expectedperson', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "diary_expectedpersonevent" ("appointment_id", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "infant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at") VALUES (OLD."appointment_id", OLD."caregiver_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."infant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at"); RETURN NULL;', hash='c450bb8c40a87c019620fa55257af6e70e72baee', operation='DELETE', pgid='pgtrigger_delete_delete_cdd28', table='diary_expectedperson', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ExpectedPersonEvent',
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
                ('appointment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='diary.appointment')),
                ('caregiver', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='families.caregiver')),
                ('entered_in_error_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('infant', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='families.infant')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='diary.expectedperson')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7d278d9e6baa05455625ec20b19bf994a04cdfcf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_48e55', table='diary_expectedpersonevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('access', models.CharField(blank=True, help_text='Such as no steps, a hearing loop, a place to feed.', max_length=200)),
                ('retired_on', models.DateField(blank=True, null=True)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='service.site')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('retired_on', None)), fields=('site', 'name'), name='room_once_a_site')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "diary_roomevent" ("access", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "site_id") VALUES (NEW."access", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."retired_on", NEW."site_id"); RETURN NULL;', hash='1130af0ad715c0f1d9533297eaad7d92b445f603', operation='INSERT', pgid='pgtrigger_insert_insert_4ba08', table='diary_room', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "diary_roomevent" ("access", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "site_id") VALUES (NEW."access", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."retired_on", NEW."site_id"); RETURN NULL;', hash='f806514edf1d5232bbbb6014a0db84c4df0c66b3', operation='UPDATE', pgid='pgtrigger_update_update_580cd', table='diary_room', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "diary_roomevent" ("access", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "site_id") VALUES (OLD."access", OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."retired_on", OLD."site_id"); RETURN NULL;', hash='19241d34cf0fcf497aec0b857e91200cb9b08017', operation='DELETE', pgid='pgtrigger_delete_delete_65de8', table='diary_room', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='AppointmentEvent',
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
                ('starts_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('mechanism', models.CharField(choices=[('01', 'Face to face'), ('02', 'Telephone'), ('11', 'Video'), ('09', 'Text message'), ('05', 'E-mail'), ('04', 'Text relay / speech-to-text'), ('98', 'Other')], help_text='NHS Data Dictionary consultation mechanism.', max_length=2)),
                ('location', models.CharField(choices=[('A01', "Family's home"), ('K01', 'Family hub'), ('A02', "Another carer's home"), ('B01', 'Health centre'), ('C01', 'GP practice'), ('E01', 'Out-patient clinic'), ('E02', 'Hospital ward, neonatal unit included'), ('N03', 'Voluntary sector premises'), ('X01', 'Somewhere else, or by phone or video')], help_text='NHS Data Dictionary activity location type.', max_length=3)),
                ('place', models.CharField(blank=True, help_text='Where exactly, in words.', max_length=200)),
                ('interpreter', models.BooleanField(default=False, help_text='Interpreter booked.')),
                ('travel_minutes', models.PositiveSmallIntegerField(blank=True, help_text='There, one way.', null=True)),
                ('note', models.CharField(blank=True, help_text='For the visit: what to bring, to ask.', max_length=500)),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('kept', 'Kept'), ('cancelled_family', 'Cancelled by the family'), ('cancelled_service', 'Cancelled by us'), ('moved', 'Moved')], default='planned', max_length=17)),
                ('why', models.CharField(blank=True, help_text='Why it was cancelled.', max_length=200)),
                ('series', models.UUIDField(blank=True, help_text='The same for visits booked weekly together.', null=True)),
                ('booked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('care_contact', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='episodes.carecontact')),
                ('entered_in_error_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('episode', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='episodes.episode')),
                ('family', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='families.family')),
                ('moved_to', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='diary.appointment')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='diary.appointment')),
                ('practitioner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(blank=True, db_constraint=False, help_text='A first visit, before the episode is opened.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='referrals.referral')),
                ('site', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='service.site')),
                ('room', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='diary.room')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0dd56361dc6a7614661b3a0aa74cd6da545e9405', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_42cff', table='diary_appointmentevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='RoomEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('access', models.CharField(blank=True, help_text='Such as no steps, a hearing loop, a place to feed.', max_length=200)),
                ('retired_on', models.DateField(blank=True, null=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='diary.room')),
                ('site', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='service.site')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4e46d9e563f13a0a318f12a18a1456f16bc3672b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a8311', table='diary_roomevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='AppointmentColleague',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('diary.appointment_colleagues',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentcolleague',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "diary_appointmentcolleagueevent" ("appointment_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."appointment_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='3266e1f7299b44b7d22b97b23691a23f46285d40', operation='INSERT', pgid='pgtrigger_insert_insert_f1644', table='diary_appointment_colleagues', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentcolleague',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "diary_appointmentcolleagueevent" ("appointment_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."appointment_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='bcebfb3c66804e5cce119499480b7bc3347f29a3', operation='UPDATE', pgid='pgtrigger_update_update_55d0a', table='diary_appointment_colleagues', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentcolleague',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "diary_appointmentcolleagueevent" ("appointment_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."appointment_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='f6567c48d804233fb6f76097936bf305adba82a8', operation='DELETE', pgid='pgtrigger_delete_delete_733b0', table='diary_appointment_colleagues', when='AFTER')),
        ),
    ]
