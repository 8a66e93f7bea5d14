import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pairs.database.initial_migration import InitialMigration


class Migration(InitialMigration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.CharField(help_text='Which form, by the name of its address.', max_length=40)),
                ('path', models.CharField(blank=True, help_text='Where to continue filling it in.', max_length=300)),
                ('about', models.UUIDField(blank=True, help_text='The family it is about, once there is one.', null=True)),
                ('data', models.JSONField(default=dict, help_text='Posted values by page: {page: {field: [values]}}.')),
                ('version', models.PositiveIntegerField(default=1)),
                ('idempotency_key', models.CharField(blank=True, max_length=80, null=True)),
                ('words_digest', models.CharField(blank=True, help_text='Of what it said when it was saved: whether it is sent again as it was.', max_length=64)),
                ('result_id', models.UUIDField(blank=True, null=True)),
                ('result_path', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, help_text='When its author was told, once, that it has not been sent.', null=True)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'kind', 'used_at'], name='submission_drafts')],
                'constraints': [models.UniqueConstraint(fields=('user', 'kind', 'idempotency_key'), name='idempotent_once')],
            },
        ),
    ]
