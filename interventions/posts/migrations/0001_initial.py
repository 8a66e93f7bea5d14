import uuid
from decimal import Decimal

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
            name='PlanLineEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('group', models.CharField(choices=[('consultant_psychologist', 'Consultant clinical psychologist'), ('psychologist', 'Clinical psychologist'), ('service_manager', 'Specialist health visitor and service manager'), ('therapist', 'Parent-infant therapist'), ('practitioner', 'Mental health practitioner'), ('assistant', 'Assistant psychologist'), ('peer_support', 'Peer support worker'), ('administration', 'Administrator'), ('other', 'Other')], max_length=24)),
                ('band', models.CharField(choices=[('2', 'Band 2'), ('3', 'Band 3'), ('4', 'Band 4'), ('5', 'Band 5'), ('6', 'Band 6'), ('7', 'Band 7'), ('8a', 'Band 8a'), ('8b', 'Band 8b'), ('8c', 'Band 8c'), ('8d', 'Band 8d'), ('9', 'Band 9'), ('none', 'Not on Agenda for Change')], max_length=4)),
                ('at_start', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=5)),
                ('additional', models.DecimalField(decimal_places=2, default=Decimal('0'), help_text='To be added by the year of the plan.', max_digits=5)),
                ('recommended', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=5)),
                ('year', models.PositiveSmallIntegerField(help_text='By which the additional posts are planned.')),
                ('source', models.CharField(max_length=200)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='posts.planline')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e587cdb986754710d5bbc543d34c982b91129475', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f3c92', table='posts_planlineevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('title', models.CharField(max_length=120)),
                ('group', models.CharField(choices=[('consultant_psychologist', 'Consultant clinical psychologist'), ('psychologist', 'Clinical psychologist'), ('service_manager', 'Specialist health visitor and service manager'), ('therapist', 'Parent-infant therapist'), ('practitioner', 'Mental health practitioner'), ('assistant', 'Assistant psychologist'), ('peer_support', 'Peer support worker'), ('administration', 'Administrator'), ('other', 'Other')], max_length=24)),
                ('band', models.CharField(choices=[('2', 'Band 2'), ('3', 'Band 3'), ('4', 'Band 4'), ('5', 'Band 5'), ('6', 'Band 6'), ('7', 'Band 7'), ('8a', 'Band 8a'), ('8b', 'Band 8b'), ('8c', 'Band 8c'), ('8d', 'Band 8d'), ('9', 'Band 9'), ('none', 'Not on Agenda for Change')], max_length=4)),
                ('wte', models.DecimalField(decimal_places=2, max_digits=5)),
                ('funded_from', models.DateField(blank=True, help_text='Empty while it is planned without a date.', null=True)),
                ('funded_until', models.DateField(blank=True, help_text='The last day; empty while no end is set.', null=True)),
                ('no_direct_work', models.BooleanField(default=False, help_text='It counts for no contacts with families.')),
                ('is_recruit_to_train', models.BooleanField(default=False)),
                ('course', models.CharField(blank=True, max_length=200)),
                ('entered_in_error_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='service.site')),
            ],
            options={
                'ordering': ['created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('wte__gt', 0), ('wte__lte', 50)), name='a_post_has_whole_time_equivalents'), models.CheckConstraint(condition=models.Q(('funded_until', None), models.Q(('funded_from__isnull', False), ('funded_until__gte', models.F('funded_from'))), _connector='OR'), name='a_post_ends_after_it_began'), models.CheckConstraint(condition=models.Q(('is_recruit_to_train', False), models.Q(('course', ''), _negated=True), _connector='OR'), name='a_trainee_post_has_a_course')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "posts_postevent" ("band", "course", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "funded_from", "funded_until", "group", "id", "is_recruit_to_train", "no_direct_work", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "site_id", "title", "wte") VALUES (NEW."band", NEW."course", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."funded_from", NEW."funded_until", NEW."group", NEW."id", NEW."is_recruit_to_train", NEW."no_direct_work", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at", NEW."site_id", NEW."title", NEW."wte"); RETURN NULL;', hash='56a735263fc33ded1421249449cb278c6671dbcc', operation='INSERT', pgid='pgtrigger_insert_insert_8fc8d', table='posts_post', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "posts_postevent" ("band", "course", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "funded_from", "funded_until", "group", "id", "is_recruit_to_train", "no_direct_work", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "site_id", "title", "wte") VALUES (NEW."band", NEW."course", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."funded_from", NEW."funded_until", NEW."group", NEW."id", NEW."is_recruit_to_train", NEW."no_direct_work", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at", NEW."site_id", NEW."title", NEW."wte"); RETURN NULL;', hash='121dd824be6871a515c85d518ac7718a3c58b6d2', operation='UPDATE', pgid='pgtrigger_update_update_15a94', table='posts_post', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "posts_postevent" ("band", "course", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "funded_from", "funded_until", "group", "id", "is_recruit_to_train", "no_direct_work", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "site_id", "title", "wte") VALUES (OLD."band", OLD."course", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."funded_from", OLD."funded_until", OLD."group", OLD."id", OLD."is_recruit_to_train", OLD."no_direct_work", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at", OLD."site_id", OLD."title", OLD."wte"); RETURN NULL;', hash='50983ba75235496bcdea933b94da497030a83b90', operation='DELETE', pgid='pgtrigger_delete_delete_03b89', table='posts_post', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PostEvent',
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
                ('title', models.CharField(max_length=120)),
                ('group', models.CharField(choices=[('consultant_psychologist', 'Consultant clinical psychologist'), ('psychologist', 'Clinical psychologist'), ('service_manager', 'Specialist health visitor and service manager'), ('therapist', 'Parent-infant therapist'), ('practitioner', 'Mental health practitioner'), ('assistant', 'Assistant psychologist'), ('peer_support', 'Peer support worker'), ('administration', 'Administrator'), ('other', 'Other')], max_length=24)),
                ('band', models.CharField(choices=[('2', 'Band 2'), ('3', 'Band 3'), ('4', 'Band 4'), ('5', 'Band 5'), ('6', 'Band 6'), ('7', 'Band 7'), ('8a', 'Band 8a'), ('8b', 'Band 8b'), ('8c', 'Band 8c'), ('8d', 'Band 8d'), ('9', 'Band 9'), ('none', 'Not on Agenda for Change')], max_length=4)),
                ('wte', models.DecimalField(decimal_places=2, max_digits=5)),
                ('funded_from', models.DateField(blank=True, help_text='Empty while it is planned without a date.', null=True)),
                ('funded_until', models.DateField(blank=True, help_text='The last day; empty while no end is set.', null=True)),
                ('no_direct_work', models.BooleanField(default=False, help_text='It counts for no contacts with families.')),
                ('is_recruit_to_train', models.BooleanField(default=False)),
                ('course', models.CharField(blank=True, max_length=200)),
                ('entered_in_error_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='posts.post')),
                ('site', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='service.site')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1341d34374554d915baf1cd40a5f870064c572b9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bc8bf', table='posts_postevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='PostHolding',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('entered_in_error_at', models.DateTimeField(blank=True, null=True)),
                ('entered_in_error_reason', models.CharField(blank=True, max_length=200)),
                ('sealed_at', models.DateTimeField(blank=True, help_text='Hidden except from governance; adoption or merging says why.', null=True)),
                ('wte', models.DecimalField(decimal_places=2, max_digits=5)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, help_text='The last day; empty while no end is set.', null=True)),
                ('qualifies_on', models.DateField(blank=True, null=True)),
                ('entered_in_error_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='post_holdings', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='posts.post')),
            ],
            options={
                'ordering': ['starts_on', 'created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('wte__gt', 0), ('wte__lte', 1)), name='nobody_fills_more_than_whole_time'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='filling_a_post_ends_after_it_began'), models.UniqueConstraint(condition=models.Q(('ends_on', None), ('entered_in_error_at', None), ('sealed_at', None)), fields=('post', 'person'), name='a_post_is_filled_once_by_each')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "posts_postholdingevent" ("created_at", "ends_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "qualifies_on", "sealed_at", "starts_on", "wte") VALUES (NEW."created_at", NEW."ends_on", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."post_id", NEW."qualifies_on", NEW."sealed_at", NEW."starts_on", NEW."wte"); RETURN NULL;', hash='f3dfd065c156ebffd59b47dec330e3912d6ecfdf', operation='INSERT', pgid='pgtrigger_insert_insert_113cc', table='posts_postholding', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "posts_postholdingevent" ("created_at", "ends_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "qualifies_on", "sealed_at", "starts_on", "wte") VALUES (NEW."created_at", NEW."ends_on", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."post_id", NEW."qualifies_on", NEW."sealed_at", NEW."starts_on", NEW."wte"); RETURN NULL;', hash='9ae5b35d03ef9bd72976911b0848323577bbee5f', operation='UPDATE', pgid='pgtrigger_update_update_d3c0a', table='posts_postholding', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "posts_postholdingevent" ("created_at", "ends_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "qualifies_on", "sealed_at", "starts_on", "wte") VALUES (OLD."created_at", OLD."ends_on", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."post_id", OLD."qualifies_on", OLD."sealed_at", OLD."starts_on", OLD."wte"); RETURN NULL;', hash='cebe1a93557272f0142d5813157c4e9a72917eff', operation='DELETE', pgid='pgtrigger_delete_delete_288bc', table='posts_postholding', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PostHoldingEvent',
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
                ('wte', models.DecimalField(decimal_places=2, max_digits=5)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, help_text='The last day; empty while no end is set.', null=True)),
                ('qualifies_on', models.DateField(blank=True, null=True)),
                ('entered_in_error_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='posts.postholding')),
                ('post', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='posts.post')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c610e00ce38db7284f0d920a73e238538e42308a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fd2fc', table='posts_postholdingevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='PlanLine',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group', models.CharField(choices=[('consultant_psychologist', 'Consultant clinical psychologist'), ('psychologist', 'Clinical psychologist'), ('service_manager', 'Specialist health visitor and service manager'), ('therapist', 'Parent-infant therapist'), ('practitioner', 'Mental health practitioner'), ('assistant', 'Assistant psychologist'), ('peer_support', 'Peer support worker'), ('administration', 'Administrator'), ('other', 'Other')], max_length=24)),
                ('band', models.CharField(choices=[('2', 'Band 2'), ('3', 'Band 3'), ('4', 'Band 4'), ('5', 'Band 5'), ('6', 'Band 6'), ('7', 'Band 7'), ('8a', 'Band 8a'), ('8b', 'Band 8b'), ('8c', 'Band 8c'), ('8d', 'Band 8d'), ('9', 'Band 9'), ('none', 'Not on Agenda for Change')], max_length=4)),
                ('at_start', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=5)),
                ('additional', models.DecimalField(decimal_places=2, default=Decimal('0'), help_text='To be added by the year of the plan.', max_digits=5)),
                ('recommended', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=5)),
                ('year', models.PositiveSmallIntegerField(help_text='By which the additional posts are planned.')),
                ('source', models.CharField(max_length=200)),
                ('order', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['order', 'id'],
                'constraints': [models.UniqueConstraint(fields=('group', 'band'), name='one_plan_a_group_and_band'), models.CheckConstraint(condition=models.Q(('additional__gte', 0), ('at_start__gte', 0), ('recommended__gte', 0)), name='planned_equivalents_are_not_negative'), models.CheckConstraint(condition=models.Q(('year__range', (2000, 2100))), name='a_plan_is_of_this_century')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "posts_planlineevent" ("additional", "at_start", "band", "group", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommended", "source", "year") VALUES (NEW."additional", NEW."at_start", NEW."band", NEW."group", NEW."id", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recommended", NEW."source", NEW."year"); RETURN NULL;', hash='7e9f6fc87a19371ccb4211a382c11de7bbf9d586', operation='INSERT', pgid='pgtrigger_insert_insert_d0354', table='posts_planline', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "posts_planlineevent" ("additional", "at_start", "band", "group", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommended", "source", "year") VALUES (NEW."additional", NEW."at_start", NEW."band", NEW."group", NEW."id", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recommended", NEW."source", NEW."year"); RETURN NULL;', hash='1eeb293f954158b107b658ef6afa4a922b4d9261', operation='UPDATE', pgid='pgtrigger_update_update_407f2', table='posts_planline', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "posts_planlineevent" ("additional", "at_start", "band", "group", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommended", "source", "year") VALUES (OLD."additional", OLD."at_start", OLD."band", OLD."group", OLD."id", OLD."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recommended", OLD."source", OLD."year"); RETURN NULL;', hash='7f7a4aa9e87952bb1077c7ca185bea384d9199fa', operation='DELETE', pgid='pgtrigger_delete_delete_847f9', table='posts_planline', when='AFTER'))],
            },
        ),
    ]
