import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pairs.database.initial_migration import InitialMigration


class Migration(InitialMigration):
    dependencies = [
        ('jobs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AreaBoard',
            fields=[
                ('lsoa_code', models.CharField(max_length=9, primary_key=True, serialize=False)),
                ('lsoa_name', models.CharField(max_length=100)),
                ('lad_code', models.CharField(max_length=9)),
                ('icb_code', models.CharField(max_length=9)),
            ],
        ),
        migrations.CreateModel(
            name='Postcode',
            fields=[
                ('postcode', models.CharField(help_text='As spoken: FY1 1AA.', max_length=8, primary_key=True, serialize=False)),
                ('lsoa_code', models.CharField(max_length=9)),
                ('lad_code', models.CharField(max_length=9)),
                ('icb_code', models.CharField(blank=True, help_text='Blank outside England.', max_length=9)),
                ('terminated_on', models.DateField(blank=True, help_text='First day of the month it ended.', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lsoa_code', models.CharField(max_length=9)),
                ('imd_version', models.PositiveSmallIntegerField(help_text="The release's year: 2019 or 2025.")),
                ('lsoa_name', models.CharField(max_length=100)),
                ('lad_code', models.CharField(max_length=9)),
                ('lad_name', models.CharField(max_length=100)),
                ('imd_rank', models.PositiveIntegerField()),
                ('imd_decile', models.PositiveSmallIntegerField(help_text='National decile as published, never re-ranked.')),
                ('imd_score', models.DecimalField(decimal_places=3, max_digits=6)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('lsoa_code', 'imd_version'), name='area_once_a_release'), models.CheckConstraint(condition=models.Q(('imd_decile__range', (1, 10))), name='area_decile_1_to_10'), models.CheckConstraint(condition=models.Q(('imd_rank__gte', 1)), name='area_rank_from_1')],
            },
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('deprivation', 'Indices of Deprivation, File 7'), ('postcodes', 'ONS postcode directory'), ('population', 'ONS population by LSOA and single year of age'), ('ethnicity', 'Census population aged 0 to 4 by ethnic group and district'), ('boards', 'ONS look-up from LSOA to integrated care board')], max_length=20)),
                ('file_name', models.CharField(max_length=255)),
                ('sha256', models.CharField(max_length=64)),
                ('layout', models.CharField(help_text='The published layout it was recognised as.', max_length=60)),
                ('scope', models.CharField(help_text='What it replaces: a release, or the postcode areas kept.', max_length=400)),
                ('rows_read', models.PositiveIntegerField()),
                ('rows_written', models.PositiveIntegerField()),
                ('rows_outside', models.PositiveIntegerField(help_text='Valid rows of areas that were not asked for.')),
                ('rows_skipped', models.PositiveIntegerField()),
                ('skipped', models.JSONField(default=dict, help_text='Rows skipped by reason, and the first of them by line.')),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['kind', '-finished_at'], name='import_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['deprivation', 'postcodes', 'population', 'ethnicity', 'boards'])), name='import_kind_known'), models.CheckConstraint(condition=models.Q(('finished_at__gte', models.F('started_at'))), name='import_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Population',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_code', models.CharField(help_text='An LSOA; a district where an ethnic group is given.', max_length=9)),
                ('area_name', models.CharField(max_length=100)),
                ('lad_code', models.CharField(max_length=9)),
                ('year', models.PositiveSmallIntegerField(help_text='Mid-year of an estimate; the year of a census.')),
                ('ethnic_group', models.CharField(blank=True, help_text='One of the Census 2021 five groups; blank: everyone.', max_length=10)),
                ('aged_0_to_4', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area_code', 'ethnic_group', 'year'), name='population_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('deprivation', 'Indices of Deprivation, File 7'), ('postcodes', 'ONS postcode directory'), ('population', 'ONS population by LSOA and single year of age'), ('ethnicity', 'Census population aged 0 to 4 by ethnic group and district'), ('boards', 'ONS look-up from LSOA to integrated care board')], max_length=20)),
                ('file_name', models.CharField(max_length=255)),
                ('takes', models.BooleanField(help_text='False: only finds out what would change.')),
                ('partial', models.BooleanField(default=False, help_text='Far fewer rows than are loaded are accepted.')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('refusal', models.CharField(blank=True, help_text='Why the file was refused.', max_length=500)),
                ('result', models.JSONField(default=dict, help_text="Rows added, changed, removed and skipped; the file's digest.")),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checked', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_as', to='geography.importrun')),
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='import_run', to='jobs.job')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['deprivation', 'postcodes', 'population', 'ethnicity', 'boards'])), name='import_run_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('checked__isnull', False), ('takes', True)), models.Q(('checked', None), ('takes', False)), _connector='OR'), name='a_file_is_taken_after_its_check')],
            },
        ),
    ]
