import uuid

import django.db.models.deletion
from django.db import migrations, models

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
                ('body', models.TextField()),
                ('from_email', models.CharField(max_length=200)),
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='email', to='jobs.job')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('about_infant', models.UUIDField(blank=True, db_index=True, help_text='The baby it is about (pairs/jobs/suppression.py).', null=True)),
                ('stopped_at', models.DateTimeField(blank=True, help_text='It was about a baby of whom nothing may leave, and never will.', null=True)),
            ],
        ),
    ]
