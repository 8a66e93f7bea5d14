import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
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
            name='Destruction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('reference', models.CharField(help_text="The babies' PI numbers.", max_length=300)),
                ('first_day', models.DateField(help_text='When the record began.')),
                ('last_contact', models.DateField()),
                ('due_on', models.DateField(help_text='The review date.')),
                ('rule', models.CharField(help_text='The retention rule in words, as it was then.', max_length=200)),
                ('decided_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField()),
                ('rows', models.JSONField(help_text='Rows destroyed, by table.')),
                ('resealed', models.JSONField()),
                ('signature', models.CharField(max_length=64, unique=True)),
                ('confirmed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='service.site')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('decided_by')), _negated=True), name='two_people_destroyed_it')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e86b55e81022b2a8c7c6f197109fbac6ee551304', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_19587', table='audit_destruction', when='BEFORE')), pgtrigger.compiler.Trigger(name='dated_by_the_database', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.at = clock_timestamp(); RETURN NEW;', hash='70982218634afd0c10a41d6d5f85d4e252edc08b', operation='INSERT', pgid='pgtrigger_dated_by_the_database_6678b', table='audit_destruction', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='AccessEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('view', models.CharField(help_text='Name of the address, never the address itself.', max_length=120)),
                ('method', models.CharField(max_length=7)),
                ('status', models.PositiveSmallIntegerField()),
                ('opened', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('listed', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('about', models.UUIDField(help_text='The record that the address names, such as one note.', null=True)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-at'], name='access_by_user'), django.contrib.postgres.indexes.GinIndex(fields=['opened'], name='access_by_family')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0c114a1282803c010fda1b82369468aad4c601cd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0d31e', table='audit_accessentry', when='BEFORE')), pgtrigger.compiler.Trigger(name='dated_by_the_database', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.at = clock_timestamp(); RETURN NEW;', hash='9df9378e10c801f401e7f8063fc0e6a154219d5a', operation='INSERT', pgid='pgtrigger_dated_by_the_database_5493d', table='audit_accessentry', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='AccountEvent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(choices=[('signed_in', 'Signed in'), ('failed', 'Sign-in failed'), ('locked_out', 'Too many attempts: sign-in blocked for a few minutes'), ('unlock_failed', 'Wrong password at a locked screen'), ('code_failed', 'Wrong code or passkey'), ('signed_out', 'Signed out'), ('password_changed', 'Password changed'), ('reset_requested', 'Link to choose a new password requested'), ('password_reset', 'Password chosen through a link'), ('factor_added', 'Passkey or authenticator app added'), ('factor_removed', 'Passkey or authenticator app removed'), ('identity_linked', 'Single sign-on linked'), ('identity_removed', 'Single sign-on removed'), ('codes_renewed', 'New recovery codes made'), ('token_issued', 'API token made'), ('token_revoked', 'API token revoked'), ('calendar_issued', 'Calendar address made'), ('calendar_revoked', 'Calendar address revoked'), ('session_ended', 'Signed out in another browser'), ('keys_ended', 'Signed out everywhere; API tokens and calendar revoked'), ('many_opened', 'Many families opened within an hour: reported'), ('created', 'Account created'), ('changed', 'Name, e-mail address or job title changed'), ('role_given', 'Role given'), ('role_ended', 'Role ended'), ('reset_sent', 'Link to choose a new password sent by an administrator'), ('reset_asked', 'Reset of the second factor requested by an administrator'), ('factors_reset', 'Second factor reset, confirmed by a second person'), ('reset_withdrawn', 'Reset of the second factor withdrawn'), ('closed', 'Account closed'), ('opened', 'Account reopened')], max_length=20)),
                ('network', models.CharField(blank=True, help_text='Where from, without its last part.', max_length=45)),
                ('detail', models.CharField(blank=True, help_text='Which role, or the reason given.', max_length=300)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, help_text='Whose account it is; empty when no account has the name that was typed.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-at'], name='account_events_by_user')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='40787a29267b159ac806d67ef80b9cb489f099ad', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_564d9', table='audit_accountevent', when='BEFORE')), pgtrigger.compiler.Trigger(name='dated_by_the_database', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.at = clock_timestamp(); RETURN NEW;', hash='d1f92f60fdf18c385f4961a196f53e1a8679e1d8', operation='INSERT', pgid='pgtrigger_dated_by_the_database_43d97', table='audit_accountevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='DailyDigest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('since', models.DateField(help_text='First day; empty: everything that was written before.', null=True)),
                ('until', models.DateField(help_text='Last day, of UTC.', unique=True)),
                ('tables', models.JSONField(help_text='Table: columns, and rows and hash a day.')),
                ('previous', models.CharField(blank=True, help_text='Signature of the digest before.', max_length=64)),
                ('signature', models.CharField(max_length=64, unique=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('since', None), ('until__gte', models.F('since')), _connector='OR'), name='a_digest_is_of_days')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='36d0f2329ec7a14efb68f393ddf3b95d524b76cb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_14ea2', table='audit_dailydigest', when='BEFORE')), pgtrigger.compiler.Trigger(name='dated_by_the_database', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.at = clock_timestamp(); RETURN NEW;', hash='e67cbb04518ba15cb155cb5ee1b7f9d5d830e095', operation='INSERT', pgid='pgtrigger_dated_by_the_database_8f2cc', table='audit_dailydigest', when='BEFORE'))],
            },
        ),
    ]
