import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import pairs.database.encryption
from pairs.database.initial_migration import InitialMigration


class Migration(InitialMigration):
    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('task', models.CharField(help_text='Name of the Celery task that does it.', max_length=80)),
                ('key', models.CharField(help_text='Kind, period, scope and version: once, exactly.', max_length=200, unique=True)),
                ('arguments', models.JSONField(default=dict)),
                ('status', models.CharField(default='queued', max_length=10)),
                ('attempt', models.PositiveSmallIntegerField(default=0)),
                ('publish_after', models.DateTimeField(auto_now_add=True)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('progress', models.PositiveSmallIntegerField(default=0, help_text='Per cent.')),
                ('stage', models.CharField(blank=True, help_text='What it is doing, in plain words.', max_length=120)),
                ('failure', models.CharField(blank=True, max_length=200)),
                ('file', models.BinaryField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['status', 'publish_after'], name='job_waiting')],
            },
        ),
        migrations.CreateModel(
            name='OutboxEmail',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('to', models.JSONField()),
                ('subject', models.CharField(max_length=200)),
                ('body', pairs.database.encryption.EncryptedTextField(help_text='Emptied once it is sent or stopped: it may hold a one-time link.')),
                ('from_email', models.CharField(max_length=200)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('about_people', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, help_text='The babies and carers it is about or for (pairs/jobs/suppression.py).', size=None)),
                ('stopped_at', models.DateTimeField(blank=True, help_text='It was about someone about whom nothing may be sent, now or later.', null=True)),
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='email', to='jobs.job')),
            ],
        ),
    ]
