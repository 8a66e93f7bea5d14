"""All of this room in one step for a new database: one CreateModel a table, with keys, constraints and triggers inside.

A database from before takes the migrations that this one replaces, one by one.
"""

import uuid

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from referrals.concerns import load_concerns


def fill(apps, schema_editor):
    load_concerns(apps.get_model("referrals", "Concern"))


class Migration(migrations.Migration):
    replaces = [
        ("referrals", "0001_initial"),
        ("referrals", "0002_concerns"),
        ("referrals", "0003_sealed"),
        ("referrals", "0004_patient"),
        ("referrals", "0005_doors_triage_and_replies"),
        ("referrals", "0006_place_assumed"),
        ("referrals", "0007_everybody_hears"),
        ("referrals", "0008_reading_notices_and_added_people"),
    ]

    initial = True

    dependencies = [
        ("families", "0001_squashed"),
        ("jobs", "0001_squashed"),
        ("service", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Destination",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                (
                    "offers",
                    models.CharField(help_text="What families get there, in plain words.", max_length=300),
                ),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("website", models.URLField(blank=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "how_to_start",
                    models.CharField(
                        blank=True, help_text="Such as: ring, or ask your health visitor.", max_length=200
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        blank=True, help_text="When somebody last made sure that this is right.", null=True
                    ),
                ),
                ("retired_on", models.DateField(blank=True, null=True)),
                (
                    "places",
                    models.ManyToManyField(
                        blank=True,
                        help_text="None: everywhere.",
                        related_name="destinations",
                        to="service.place",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_destinationevent" ("checked_on", "email", "how_to_start", "id", "name", "offers", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "retired_on", "website") VALUES (NEW."checked_on", NEW."email", NEW."how_to_start", NEW."id", NEW."name", NEW."offers", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."retired_on", NEW."website"); RETURN NULL;',
                            hash="5c703d1d4852e468b61202b7eaccfa1e1fb28655",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2f361",
                            table="referrals_destination",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_destinationevent" ("checked_on", "email", "how_to_start", "id", "name", "offers", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "retired_on", "website") VALUES (NEW."checked_on", NEW."email", NEW."how_to_start", NEW."id", NEW."name", NEW."offers", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."retired_on", NEW."website"); RETURN NULL;',
                            hash="4d145f9cdda18c66ad249eb5fdadd1dfc1d6adef",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_53847",
                            table="referrals_destination",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_destinationevent" ("checked_on", "email", "how_to_start", "id", "name", "offers", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "retired_on", "website") VALUES (OLD."checked_on", OLD."email", OLD."how_to_start", OLD."id", OLD."name", OLD."offers", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."retired_on", OLD."website"); RETURN NULL;',
                            hash="bb7bcb789b96770035d3b0650c41aa0352d9386a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e0ce6",
                            table="referrals_destination",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DestinationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.destination",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("name", models.CharField(max_length=120)),
                (
                    "offers",
                    models.CharField(help_text="What families get there, in plain words.", max_length=300),
                ),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("website", models.URLField(blank=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "how_to_start",
                    models.CharField(
                        blank=True, help_text="Such as: ring, or ask your health visitor.", max_length=200
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        blank=True, help_text="When somebody last made sure that this is right.", null=True
                    ),
                ),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3f783d53e82f7972b8027ae4fc9d5589f7d2196b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6c4f1",
                            table="referrals_destinationevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FirstReader",
            fields=[
                (
                    "site",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="first_reader",
                        serialize=False,
                        to="service.site",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reader", models.F("deputy")), _negated=True),
                        name="reader_and_deputy_differ",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_firstreaderevent" ("deputy_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "site_id") VALUES (NEW."deputy_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."site_id", NEW."reader_id", NEW."site_id"); RETURN NULL;',
                            hash="dd40113bac179fb981d563cb59b079631d5d304e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_06e39",
                            table="referrals_firstreader",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_firstreaderevent" ("deputy_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "site_id") VALUES (NEW."deputy_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."site_id", NEW."reader_id", NEW."site_id"); RETURN NULL;',
                            hash="3f10f6bbe1aaccd303b7952f8e4752c2e051d861",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_70fb6",
                            table="referrals_firstreader",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_firstreaderevent" ("deputy_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "site_id") VALUES (OLD."deputy_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."site_id", OLD."reader_id", OLD."site_id"); RETURN NULL;',
                            hash="14ff8cdb6f78b739ef3da2ec76ea196ae6f264fb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_10210",
                            table="referrals_firstreader",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FirstReaderEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.firstreader",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="service.site",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6e5469f7515aa87aa1ed34dbb942ff271de480e7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_99f69",
                            table="referrals_firstreaderevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferrerLink",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("email", models.EmailField(max_length=254)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "draft",
                    models.UUIDField(
                        default=uuid.uuid4, help_text="The submission that is filled in through it."
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referrerlinkevent" ("asked_at", "draft", "email", "expires_at", "id", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "used_at") VALUES (NEW."asked_at", NEW."draft", NEW."email", NEW."expires_at", NEW."id", NEW."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."used_at"); RETURN NULL;',
                            hash="eecbcfa50b5e1b227db919c7ee92d1f96697d705",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7c775",
                            table="referrals_referrerlink",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."draft" IS DISTINCT FROM (NEW."draft") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."used_at" IS DISTINCT FROM (NEW."used_at"))',
                            func='INSERT INTO "referrals_referrerlinkevent" ("asked_at", "draft", "email", "expires_at", "id", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "used_at") VALUES (NEW."asked_at", NEW."draft", NEW."email", NEW."expires_at", NEW."id", NEW."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."used_at"); RETURN NULL;',
                            hash="22f2fbd3b65af0e325ba899f991146aff4b74a3b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7d429",
                            table="referrals_referrerlink",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referrerlinkevent" ("asked_at", "draft", "email", "expires_at", "id", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "used_at") VALUES (OLD."asked_at", OLD."draft", OLD."email", OLD."expires_at", OLD."id", OLD."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."used_at"); RETURN NULL;',
                            hash="dd48e3638a1dbc2560aaef4b4396649936c0cb5c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1bd4d",
                            table="referrals_referrerlink",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferrerLinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.referrerlink",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("email", models.EmailField(max_length=254)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "draft",
                    models.UUIDField(
                        default=uuid.uuid4, help_text="The submission that is filled in through it."
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="912d28e2adc2a6d534107da66020f0c104b6152e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_873a1",
                            table="referrals_referrerlinkevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Concern",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField()),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("family_voice", models.CharField(max_length=120)),
                ("professional_voice", models.CharField(max_length=120)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["order", "code", "version"],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "version"), name="concern_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_on", None)), fields=("code",), name="one_wording_offered"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_concernevent" ("code", "family_voice", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "professional_voice", "retired_on", "version") VALUES (NEW."code", NEW."family_voice", NEW."id", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."professional_voice", NEW."retired_on", NEW."version"); RETURN NULL;',
                            hash="cdfef3555829d8c1ea2908729b721d902f2bdf34",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f9353",
                            table="referrals_concern",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_concernevent" ("code", "family_voice", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "professional_voice", "retired_on", "version") VALUES (NEW."code", NEW."family_voice", NEW."id", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."professional_voice", NEW."retired_on", NEW."version"); RETURN NULL;',
                            hash="85b2ea1b06107c15338cc27417c458d34ad9a17b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_28fe1",
                            table="referrals_concern",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_concernevent" ("code", "family_voice", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "professional_voice", "retired_on", "version") VALUES (OLD."code", OLD."family_voice", OLD."id", OLD."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."professional_voice", OLD."retired_on", OLD."version"); RETURN NULL;',
                            hash="a8b8f19e53351990ec6f35a30f98a0bb2790d6b7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_97e80",
                            table="referrals_concern",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConcernEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.concern",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.SlugField(db_index=False)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("family_voice", models.CharField(max_length=120)),
                ("professional_voice", models.CharField(max_length=120)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="89800f797c973d349025875d97f6b50c2fdad1f6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_53202",
                            table="referrals_concernevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                ("reference", models.CharField(max_length=16, unique=True)),
                (
                    "site",
                    models.ForeignKey(
                        help_text="Who triages or holds it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="service.site",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="service.place",
                    ),
                ),
                (
                    "place_assumed",
                    models.BooleanField(
                        default=False,
                        help_text="Nobody said where the family lives: the hub's own place stands in.",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="families.family",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        help_text="The carer whose own help is asked for; empty when it is for a baby.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_referrals",
                        to="families.caregiver",
                    ),
                ),
                (
                    "door",
                    models.CharField(
                        choices=[
                            ("professional", "Professional referral"),
                            ("email", "Professional without an account"),
                            ("api", "Another system"),
                            ("phone", "Phone"),
                            ("self", "Asked for help"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "source_code",
                    models.CharField(help_text="NHS Data Dictionary source of referral.", max_length=2),
                ),
                (
                    "referrer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="service.team",
                    ),
                ),
                ("asker_name", models.CharField(blank=True, max_length=120)),
                (
                    "asker_role",
                    models.CharField(blank=True, help_text="Such as aunt, or nursery nurse.", max_length=120),
                ),
                (
                    "asker_group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("health_visitor", "Health visitor"),
                            ("midwife", "Midwife"),
                            ("gp", "GP or practice nurse"),
                            ("neonatal", "Neonatal team"),
                            ("paediatrics", "Paediatrics"),
                            ("mental_health", "Mental health"),
                            ("social_worker", "Social worker"),
                            ("early_years", "Nursery or early years"),
                            ("family_hub", "Family hub"),
                            ("voluntary", "Voluntary sector"),
                            ("other", "Another profession"),
                        ],
                        max_length=16,
                    ),
                ),
                ("asker_organisation", models.CharField(blank=True, max_length=120)),
                ("asker_phone", models.CharField(blank=True, max_length=20)),
                ("asker_email", models.EmailField(blank=True, max_length=254)),
                ("received_at", models.DateTimeField()),
                (
                    "read_by_time",
                    models.DateTimeField(
                        blank=True, help_text="When somebody has to have read it.", null=True
                    ),
                ),
                ("first_read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "first_read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "permission",
                    models.CharField(
                        choices=[
                            ("parent_agrees", "The parent agrees to this referral"),
                            ("lawful_basis", "There is a lawful basis without the parent's agreement"),
                        ],
                        max_length=20,
                    ),
                ),
                ("permission_reason", models.TextField(blank=True)),
                ("noticed", models.TextField(blank=True, help_text="What the referrer has noticed.")),
                ("parent_says", models.TextField(blank=True, help_text="In the parent's own words.")),
                ("hopes", models.TextField(blank=True)),
                ("at_home", models.TextField(blank=True, help_text="Who is at home, in the family's words.")),
                (
                    "others_involved",
                    models.TextField(blank=True, help_text="Who else is involved, as the referrer told."),
                ),
                ("lsoa_code", models.CharField(blank=True, max_length=9)),
                ("imd_decile", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("imd_version", models.CharField(blank=True, max_length=4)),
                ("preferred_place", models.CharField(blank=True, max_length=12)),
                (
                    "who_comes",
                    models.CharField(blank=True, help_text="Who would come along.", max_length=200),
                ),
                ("safe_contact", models.CharField(blank=True, max_length=200)),
                ("best_times", models.CharField(blank=True, max_length=200)),
                (
                    "unsafe_times",
                    models.CharField(blank=True, help_text="When nobody may ring or write.", max_length=200),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("read", "Read"),
                            ("more_asked", "More asked for"),
                            ("accepted", "Accepted"),
                            ("consultation", "Consultation"),
                            ("not_accepted", "Not for us now"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="received",
                        max_length=14,
                    ),
                ),
                (
                    "response",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direct", "Direct work"),
                            ("joint", "Joint working"),
                            ("consultation", "Consultation"),
                            ("none", "Not for us now"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "thrive",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("advice", "Getting Advice"),
                            ("help", "Getting Help"),
                            ("more_help", "Getting More Help"),
                            ("risk_support", "Getting Risk Support"),
                            ("thriving", "Thriving"),
                        ],
                        max_length=12,
                    ),
                ),
                ("thrive_reason", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals_led",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first_visit_together",
                    models.BooleanField(default=False, help_text="The referrer comes to the first visit."),
                ),
                (
                    "concerns",
                    models.ManyToManyField(blank=True, related_name="referrals", to="referrals.concern"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["site", "status", "received_at"], name="triage_board")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="as_it_was_said",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='RAISE EXCEPTION \'pgtrigger: Cannot update of "reference", "door", "source_code", "received_at", "permission", "permission_reason", "noticed", "parent_says", "hopes", "at_home", "others_involved", "asker_name", "asker_role", "asker_organisation" rows from % table\', TG_TABLE_NAME;',
                            hash="7d88da2105cf09e7ab2af1375b96af92e1217847",
                            operation='UPDATE OF "reference", "door", "source_code", "received_at", "permission", "permission_reason", "noticed", "parent_says", "hopes", "at_home", "others_involved", "asker_name", "asker_role", "asker_organisation"',
                            pgid="pgtrigger_as_it_was_said_8fc03",
                            table="referrals_referral",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="everybody_hears",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.status IS DISTINCT FROM NEW.status)",
                            constraint="CONSTRAINT",
                            declare="DECLARE referral referrals_referral%ROWTYPE; heard text[];",
                            func="\nSELECT * INTO referral FROM referrals_referral WHERE id = NEW.id;\nIF referral.status NOT IN ('accepted', 'consultation', 'not_accepted', 'withdrawn') THEN\n    RETURN NULL;\nEND IF;\nSELECT array_agg(reply.to) INTO heard FROM referrals_reply reply\n    JOIN referrals_referralstatus step ON step.id = reply.step_id\n    WHERE step.referral_id = referral.id AND step.status = referral.status AND reply.sent_at IS NOT NULL\n    AND NOT EXISTS (SELECT 1 FROM referrals_referralstatus later\n        WHERE later.referral_id = referral.id AND later.at > step.at);\nIF heard IS NULL OR NOT 'family' = ANY(heard) OR (NOT 'referrer' = ANY(heard) AND (\n    referral.referrer_id IS NOT NULL OR (referral.source_code <> 'B1'\n    AND (referral.door <> 'self' OR referral.asker_name <> '' OR referral.asker_email <> '')))) THEN\n    RAISE EXCEPTION 'A referral ends with a reply to everybody owed one' USING ERRCODE = 'check_violation',\n        CONSTRAINT = 'everybody_hears';\nEND IF;\nRETURN NULL;\n",
                            hash="a3a04ee50ac87a2233d1881a370a7daa211df095",
                            operation='UPDATE OF "status"',
                            pgid="pgtrigger_everybody_hears_79364",
                            table="referrals_referral",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referralevent" ("asker_email", "asker_group", "asker_name", "asker_organisation", "asker_phone", "asker_role", "at_home", "best_times", "created_at", "decided_at", "door", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "first_read_at", "first_read_by_id", "first_visit_together", "hopes", "id", "imd_decile", "imd_version", "lead_id", "lsoa_code", "noticed", "others_involved", "parent_says", "patient_id", "permission", "permission_reason", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_assumed", "place_id", "preferred_place", "read_by_time", "received_at", "reference", "referrer_id", "response", "safe_contact", "sealed_at", "site_id", "source_code", "status", "team_id", "thrive", "thrive_reason", "unsafe_times", "who_comes") VALUES (NEW."asker_email", NEW."asker_group", NEW."asker_name", NEW."asker_organisation", NEW."asker_phone", NEW."asker_role", NEW."at_home", NEW."best_times", NEW."created_at", NEW."decided_at", NEW."door", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."first_read_at", NEW."first_read_by_id", NEW."first_visit_together", NEW."hopes", NEW."id", NEW."imd_decile", NEW."imd_version", NEW."lead_id", NEW."lsoa_code", NEW."noticed", NEW."others_involved", NEW."parent_says", NEW."patient_id", NEW."permission", NEW."permission_reason", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place_assumed", NEW."place_id", NEW."preferred_place", NEW."read_by_time", NEW."received_at", NEW."reference", NEW."referrer_id", NEW."response", NEW."safe_contact", NEW."sealed_at", NEW."site_id", NEW."source_code", NEW."status", NEW."team_id", NEW."thrive", NEW."thrive_reason", NEW."unsafe_times", NEW."who_comes"); RETURN NULL;',
                            hash="f26f6a2dc0a1c79c618aa36228f1ac49fb68cbe7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a74c8",
                            table="referrals_referral",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_referralevent" ("asker_email", "asker_group", "asker_name", "asker_organisation", "asker_phone", "asker_role", "at_home", "best_times", "created_at", "decided_at", "door", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "first_read_at", "first_read_by_id", "first_visit_together", "hopes", "id", "imd_decile", "imd_version", "lead_id", "lsoa_code", "noticed", "others_involved", "parent_says", "patient_id", "permission", "permission_reason", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_assumed", "place_id", "preferred_place", "read_by_time", "received_at", "reference", "referrer_id", "response", "safe_contact", "sealed_at", "site_id", "source_code", "status", "team_id", "thrive", "thrive_reason", "unsafe_times", "who_comes") VALUES (NEW."asker_email", NEW."asker_group", NEW."asker_name", NEW."asker_organisation", NEW."asker_phone", NEW."asker_role", NEW."at_home", NEW."best_times", NEW."created_at", NEW."decided_at", NEW."door", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."first_read_at", NEW."first_read_by_id", NEW."first_visit_together", NEW."hopes", NEW."id", NEW."imd_decile", NEW."imd_version", NEW."lead_id", NEW."lsoa_code", NEW."noticed", NEW."others_involved", NEW."parent_says", NEW."patient_id", NEW."permission", NEW."permission_reason", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place_assumed", NEW."place_id", NEW."preferred_place", NEW."read_by_time", NEW."received_at", NEW."reference", NEW."referrer_id", NEW."response", NEW."safe_contact", NEW."sealed_at", NEW."site_id", NEW."source_code", NEW."status", NEW."team_id", NEW."thrive", NEW."thrive_reason", NEW."unsafe_times", NEW."who_comes"); RETURN NULL;',
                            hash="f496ce4def7573f7110b62b5caac6c3f3c0e9ac3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_223e7",
                            table="referrals_referral",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referralevent" ("asker_email", "asker_group", "asker_name", "asker_organisation", "asker_phone", "asker_role", "at_home", "best_times", "created_at", "decided_at", "door", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "first_read_at", "first_read_by_id", "first_visit_together", "hopes", "id", "imd_decile", "imd_version", "lead_id", "lsoa_code", "noticed", "others_involved", "parent_says", "patient_id", "permission", "permission_reason", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_assumed", "place_id", "preferred_place", "read_by_time", "received_at", "reference", "referrer_id", "response", "safe_contact", "sealed_at", "site_id", "source_code", "status", "team_id", "thrive", "thrive_reason", "unsafe_times", "who_comes") VALUES (OLD."asker_email", OLD."asker_group", OLD."asker_name", OLD."asker_organisation", OLD."asker_phone", OLD."asker_role", OLD."at_home", OLD."best_times", OLD."created_at", OLD."decided_at", OLD."door", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."first_read_at", OLD."first_read_by_id", OLD."first_visit_together", OLD."hopes", OLD."id", OLD."imd_decile", OLD."imd_version", OLD."lead_id", OLD."lsoa_code", OLD."noticed", OLD."others_involved", OLD."parent_says", OLD."patient_id", OLD."permission", OLD."permission_reason", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place_assumed", OLD."place_id", OLD."preferred_place", OLD."read_by_time", OLD."received_at", OLD."reference", OLD."referrer_id", OLD."response", OLD."safe_contact", OLD."sealed_at", OLD."site_id", OLD."source_code", OLD."status", OLD."team_id", OLD."thrive", OLD."thrive_reason", OLD."unsafe_times", OLD."who_comes"); RETURN NULL;',
                            hash="8f3acd6bb095b47eb7dd29f4b98d68ad3c2f2abb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e24da",
                            table="referrals_referral",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                ("reference", models.CharField(max_length=16, unique=True)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="service.site",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="service.place"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="families.family",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="referrals.referral",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="service.team",
                    ),
                ),
                ("asker_name", models.CharField(blank=True, max_length=120)),
                ("asker_role", models.CharField(blank=True, max_length=120)),
                (
                    "asker_group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("health_visitor", "Health visitor"),
                            ("midwife", "Midwife"),
                            ("gp", "GP or practice nurse"),
                            ("neonatal", "Neonatal team"),
                            ("paediatrics", "Paediatrics"),
                            ("mental_health", "Mental health"),
                            ("social_worker", "Social worker"),
                            ("early_years", "Nursery or early years"),
                            ("family_hub", "Family hub"),
                            ("voluntary", "Voluntary sector"),
                            ("other", "Another profession"),
                        ],
                        max_length=16,
                    ),
                ),
                ("asker_organisation", models.CharField(blank=True, max_length=120)),
                ("asker_phone", models.CharField(blank=True, max_length=20)),
                ("asker_email", models.EmailField(blank=True, max_length=254)),
                ("asked_at", models.DateTimeField()),
                (
                    "named",
                    models.BooleanField(default=False, help_text="The family is named, with permission."),
                ),
                (
                    "permission",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("parent_agrees", "The parent agrees to this referral"),
                            ("lawful_basis", "There is a lawful basis without the parent's agreement"),
                        ],
                        max_length=20,
                    ),
                ),
                ("permission_reason", models.TextField(blank=True)),
                (
                    "who",
                    models.CharField(
                        blank=True, help_text="Who it is about, when the family is named.", max_length=200
                    ),
                ),
                ("about", models.TextField(help_text="What they would like to think about.")),
                ("best_times", models.CharField(blank=True, max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("arranged", "Arranged"),
                            ("held", "Held"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=9,
                    ),
                ),
                (
                    "clinician",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("arranged_for", models.DateTimeField(blank=True, null=True)),
                ("held_on", models.DateField(blank=True, null=True)),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("thoughts", models.TextField(blank=True, help_text="What we thought together.")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("advice", "Thought about together"),
                            ("joint", "A visit together"),
                            ("referral", "A referral to us"),
                            ("elsewhere", "Help from somebody else"),
                        ],
                        max_length=9,
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at"],
                "indexes": [models.Index(fields=["site", "status", "asked_at"], name="consultations_open")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("named", True), models.Q(("permission", ""), _negated=True)),
                            models.Q(("family", None), ("named", False), ("permission", ""), ("who", "")),
                            _connector="OR",
                        ),
                        name="named_with_permission",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "held"), _negated=True),
                            models.Q(("held_on__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="held_says_what_came",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="consultation_as_asked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='RAISE EXCEPTION \'pgtrigger: Cannot update of "reference", "asked_at", "about", "named", "permission_reason" rows from % table\', TG_TABLE_NAME;',
                            hash="1bab5265cec9211e0ad7118557bb249d2468cdf9",
                            operation='UPDATE OF "reference", "asked_at", "about", "named", "permission_reason"',
                            pgid="pgtrigger_consultation_as_asked_65a62",
                            table="referrals_consultation",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_consultationevent" ("about", "arranged_for", "asked_at", "asked_by_id", "asker_email", "asker_group", "asker_name", "asker_organisation", "asker_phone", "asker_role", "best_times", "clinician_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "held_on", "id", "minutes", "named", "outcome", "permission", "permission_reason", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "reference", "referral_id", "sealed_at", "site_id", "status", "team_id", "thoughts", "who") VALUES (NEW."about", NEW."arranged_for", NEW."asked_at", NEW."asked_by_id", NEW."asker_email", NEW."asker_group", NEW."asker_name", NEW."asker_organisation", NEW."asker_phone", NEW."asker_role", NEW."best_times", NEW."clinician_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."held_on", NEW."id", NEW."minutes", NEW."named", NEW."outcome", NEW."permission", NEW."permission_reason", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place_id", NEW."reference", NEW."referral_id", NEW."sealed_at", NEW."site_id", NEW."status", NEW."team_id", NEW."thoughts", NEW."who"); RETURN NULL;',
                            hash="b51c88ace658940085b16f0af2d3a4c9b3a89d2e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ecc66",
                            table="referrals_consultation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_consultationevent" ("about", "arranged_for", "asked_at", "asked_by_id", "asker_email", "asker_group", "asker_name", "asker_organisation", "asker_phone", "asker_role", "best_times", "clinician_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "held_on", "id", "minutes", "named", "outcome", "permission", "permission_reason", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "reference", "referral_id", "sealed_at", "site_id", "status", "team_id", "thoughts", "who") VALUES (NEW."about", NEW."arranged_for", NEW."asked_at", NEW."asked_by_id", NEW."asker_email", NEW."asker_group", NEW."asker_name", NEW."asker_organisation", NEW."asker_phone", NEW."asker_role", NEW."best_times", NEW."clinician_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."held_on", NEW."id", NEW."minutes", NEW."named", NEW."outcome", NEW."permission", NEW."permission_reason", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place_id", NEW."reference", NEW."referral_id", NEW."sealed_at", NEW."site_id", NEW."status", NEW."team_id", NEW."thoughts", NEW."who"); RETURN NULL;',
                            hash="0abd70ad36c2d4c79d557b24b0bd41e1067eac9b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5eca5",
                            table="referrals_consultation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_consultationevent" ("about", "arranged_for", "asked_at", "asked_by_id", "asker_email", "asker_group", "asker_name", "asker_organisation", "asker_phone", "asker_role", "best_times", "clinician_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "held_on", "id", "minutes", "named", "outcome", "permission", "permission_reason", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "reference", "referral_id", "sealed_at", "site_id", "status", "team_id", "thoughts", "who") VALUES (OLD."about", OLD."arranged_for", OLD."asked_at", OLD."asked_by_id", OLD."asker_email", OLD."asker_group", OLD."asker_name", OLD."asker_organisation", OLD."asker_phone", OLD."asker_role", OLD."best_times", OLD."clinician_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."held_on", OLD."id", OLD."minutes", OLD."named", OLD."outcome", OLD."permission", OLD."permission_reason", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place_id", OLD."reference", OLD."referral_id", OLD."sealed_at", OLD."site_id", OLD."status", OLD."team_id", OLD."thoughts", OLD."who"); RETURN NULL;',
                            hash="e71439f890b97911f0b7d1b88de3f16657555485",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_82276",
                            table="referrals_consultation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsultationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.consultation",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                ("reference", models.CharField(max_length=16)),
                (
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="service.site",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="service.place",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.family",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.referral",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="service.team",
                    ),
                ),
                ("asker_name", models.CharField(blank=True, max_length=120)),
                ("asker_role", models.CharField(blank=True, max_length=120)),
                (
                    "asker_group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("health_visitor", "Health visitor"),
                            ("midwife", "Midwife"),
                            ("gp", "GP or practice nurse"),
                            ("neonatal", "Neonatal team"),
                            ("paediatrics", "Paediatrics"),
                            ("mental_health", "Mental health"),
                            ("social_worker", "Social worker"),
                            ("early_years", "Nursery or early years"),
                            ("family_hub", "Family hub"),
                            ("voluntary", "Voluntary sector"),
                            ("other", "Another profession"),
                        ],
                        max_length=16,
                    ),
                ),
                ("asker_organisation", models.CharField(blank=True, max_length=120)),
                ("asker_phone", models.CharField(blank=True, max_length=20)),
                ("asker_email", models.EmailField(blank=True, max_length=254)),
                ("asked_at", models.DateTimeField()),
                (
                    "named",
                    models.BooleanField(default=False, help_text="The family is named, with permission."),
                ),
                (
                    "permission",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("parent_agrees", "The parent agrees to this referral"),
                            ("lawful_basis", "There is a lawful basis without the parent's agreement"),
                        ],
                        max_length=20,
                    ),
                ),
                ("permission_reason", models.TextField(blank=True)),
                (
                    "who",
                    models.CharField(
                        blank=True, help_text="Who it is about, when the family is named.", max_length=200
                    ),
                ),
                ("about", models.TextField(help_text="What they would like to think about.")),
                ("best_times", models.CharField(blank=True, max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("arranged", "Arranged"),
                            ("held", "Held"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=9,
                    ),
                ),
                (
                    "clinician",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("arranged_for", models.DateTimeField(blank=True, null=True)),
                ("held_on", models.DateField(blank=True, null=True)),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("thoughts", models.TextField(blank=True, help_text="What we thought together.")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("advice", "Thought about together"),
                            ("joint", "A visit together"),
                            ("referral", "A referral to us"),
                            ("elsewhere", "Help from somebody else"),
                        ],
                        max_length=9,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4ba7801ff4d163d33b2712eb65d3d88d8bcf055d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_27822",
                            table="referrals_consultationevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsultationStep",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="referrals.consultation",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("arranged", "Arranged"),
                            ("held", "Held"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["at"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f5b271fd9292bd53e73b8a1f89a7fe5b3de5da71",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6ff92",
                            table="referrals_consultationstep",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_consultationstepevent" ("at", "by_id", "consultation_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at", "status") VALUES (NEW."at", NEW."by_id", NEW."consultation_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."sealed_at", NEW."status"); RETURN NULL;',
                            hash="e89b91ca703154ebbf496a85bb8632831c6a5060",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a12f1",
                            table="referrals_consultationstep",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_consultationstepevent" ("at", "by_id", "consultation_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at", "status") VALUES (NEW."at", NEW."by_id", NEW."consultation_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."sealed_at", NEW."status"); RETURN NULL;',
                            hash="4ad2047e67e5e4c951417b90c6bd340213970bf1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7e582",
                            table="referrals_consultationstep",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_consultationstepevent" ("at", "by_id", "consultation_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at", "status") VALUES (OLD."at", OLD."by_id", OLD."consultation_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."sealed_at", OLD."status"); RETURN NULL;',
                            hash="e959c20394711ea3819c1b0a7eb27efb72f4c992",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_60dd9",
                            table="referrals_consultationstep",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsultationStepEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.consultationstep",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.consultation",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("arranged", "Arranged"),
                            ("held", "Held"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0c2efaad85259a7ed3f3a09b070fe427d0f304d7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b4772",
                            table="referrals_consultationstepevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadingNotice",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reading_notices",
                        to="referrals.referral",
                    ),
                ),
                (
                    "whom",
                    models.CharField(
                        choices=[
                            ("reader", "The reader"),
                            ("deputy", "The deputy"),
                            ("supervisors", "The supervisors"),
                        ],
                        max_length=11,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("referral", "whom"), name="told_once_that_it_waits")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f1c7827342796673491654b4ff0354c9bbf6e0c3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_748f2",
                            table="referrals_readingnotice",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_readingnoticeevent" ("at", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "sealed_at", "whom") VALUES (NEW."at", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."referral_id", NEW."sealed_at", NEW."whom"); RETURN NULL;',
                            hash="88d6eea961aa5ddaf9df311ea83fb658ab2505f4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8c7a6",
                            table="referrals_readingnotice",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_readingnoticeevent" ("at", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "sealed_at", "whom") VALUES (NEW."at", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."referral_id", NEW."sealed_at", NEW."whom"); RETURN NULL;',
                            hash="b3470d4822b53dffb36f9c01aa1be4e5f2abcb5d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fdabf",
                            table="referrals_readingnotice",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_readingnoticeevent" ("at", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "sealed_at", "whom") VALUES (OLD."at", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."referral_id", OLD."sealed_at", OLD."whom"); RETURN NULL;',
                            hash="b07208c6e3ebe4827bdd7282f684479c54dc3f90",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2d82f",
                            table="referrals_readingnotice",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadingNoticeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.readingnotice",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.referral",
                    ),
                ),
                (
                    "whom",
                    models.CharField(
                        choices=[
                            ("reader", "The reader"),
                            ("deputy", "The deputy"),
                            ("supervisors", "The supervisors"),
                        ],
                        max_length=11,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="453ad0b34b5c5ce3de123576a5f90c445246eb67",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_57e78",
                            table="referrals_readingnoticeevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.referral",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                ("reference", models.CharField(max_length=16)),
                (
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Who triages or holds it.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="service.site",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="service.place",
                    ),
                ),
                (
                    "place_assumed",
                    models.BooleanField(
                        default=False,
                        help_text="Nobody said where the family lives: the hub's own place stands in.",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.family",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The carer whose own help is asked for; empty when it is for a baby.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.caregiver",
                    ),
                ),
                (
                    "door",
                    models.CharField(
                        choices=[
                            ("professional", "Professional referral"),
                            ("email", "Professional without an account"),
                            ("api", "Another system"),
                            ("phone", "Phone"),
                            ("self", "Asked for help"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "source_code",
                    models.CharField(help_text="NHS Data Dictionary source of referral.", max_length=2),
                ),
                (
                    "referrer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="service.team",
                    ),
                ),
                ("asker_name", models.CharField(blank=True, max_length=120)),
                (
                    "asker_role",
                    models.CharField(blank=True, help_text="Such as aunt, or nursery nurse.", max_length=120),
                ),
                (
                    "asker_group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("health_visitor", "Health visitor"),
                            ("midwife", "Midwife"),
                            ("gp", "GP or practice nurse"),
                            ("neonatal", "Neonatal team"),
                            ("paediatrics", "Paediatrics"),
                            ("mental_health", "Mental health"),
                            ("social_worker", "Social worker"),
                            ("early_years", "Nursery or early years"),
                            ("family_hub", "Family hub"),
                            ("voluntary", "Voluntary sector"),
                            ("other", "Another profession"),
                        ],
                        max_length=16,
                    ),
                ),
                ("asker_organisation", models.CharField(blank=True, max_length=120)),
                ("asker_phone", models.CharField(blank=True, max_length=20)),
                ("asker_email", models.EmailField(blank=True, max_length=254)),
                ("received_at", models.DateTimeField()),
                (
                    "read_by_time",
                    models.DateTimeField(
                        blank=True, help_text="When somebody has to have read it.", null=True
                    ),
                ),
                ("first_read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "first_read_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "permission",
                    models.CharField(
                        choices=[
                            ("parent_agrees", "The parent agrees to this referral"),
                            ("lawful_basis", "There is a lawful basis without the parent's agreement"),
                        ],
                        max_length=20,
                    ),
                ),
                ("permission_reason", models.TextField(blank=True)),
                ("noticed", models.TextField(blank=True, help_text="What the referrer has noticed.")),
                ("parent_says", models.TextField(blank=True, help_text="In the parent's own words.")),
                ("hopes", models.TextField(blank=True)),
                ("at_home", models.TextField(blank=True, help_text="Who is at home, in the family's words.")),
                (
                    "others_involved",
                    models.TextField(blank=True, help_text="Who else is involved, as the referrer told."),
                ),
                ("lsoa_code", models.CharField(blank=True, max_length=9)),
                ("imd_decile", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("imd_version", models.CharField(blank=True, max_length=4)),
                ("preferred_place", models.CharField(blank=True, max_length=12)),
                (
                    "who_comes",
                    models.CharField(blank=True, help_text="Who would come along.", max_length=200),
                ),
                ("safe_contact", models.CharField(blank=True, max_length=200)),
                ("best_times", models.CharField(blank=True, max_length=200)),
                (
                    "unsafe_times",
                    models.CharField(blank=True, help_text="When nobody may ring or write.", max_length=200),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("read", "Read"),
                            ("more_asked", "More asked for"),
                            ("accepted", "Accepted"),
                            ("consultation", "Consultation"),
                            ("not_accepted", "Not for us now"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="received",
                        max_length=14,
                    ),
                ),
                (
                    "response",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direct", "Direct work"),
                            ("joint", "Joint working"),
                            ("consultation", "Consultation"),
                            ("none", "Not for us now"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "thrive",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("advice", "Getting Advice"),
                            ("help", "Getting Help"),
                            ("more_help", "Getting More Help"),
                            ("risk_support", "Getting Risk Support"),
                            ("thriving", "Thriving"),
                        ],
                        max_length=12,
                    ),
                ),
                ("thrive_reason", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first_visit_together",
                    models.BooleanField(default=False, help_text="The referrer comes to the first visit."),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1a61dcd844caf3ca043cd5fc836a4fbfb5122b75",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d0304",
                            table="referrals_referralevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralStatus",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="referrals.referral",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("read", "Read"),
                            ("more_asked", "More asked for"),
                            ("accepted", "Accepted"),
                            ("consultation", "Consultation"),
                            ("not_accepted", "Not for us now"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=14,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "destination",
                    models.CharField(
                        blank=True, help_text="Where the family was pointed, in words.", max_length=200
                    ),
                ),
                (
                    "destinations",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Of the directory, where the family was pointed.",
                        related_name="+",
                        to="referrals.destination",
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b781cc7d758edd25a3b3238418d9f78121a56073",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_bd946",
                            table="referrals_referralstatus",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referralstatusevent" ("at", "by_id", "created_at", "destination", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "referral_id", "sealed_at", "status") VALUES (NEW."at", NEW."by_id", NEW."created_at", NEW."destination", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."referral_id", NEW."sealed_at", NEW."status"); RETURN NULL;',
                            hash="fe00d0d2430c8f18620246c3e36f483f254f1c37",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9f519",
                            table="referrals_referralstatus",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_referralstatusevent" ("at", "by_id", "created_at", "destination", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "referral_id", "sealed_at", "status") VALUES (NEW."at", NEW."by_id", NEW."created_at", NEW."destination", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."referral_id", NEW."sealed_at", NEW."status"); RETURN NULL;',
                            hash="321e5b7db61be3725dd5d285bf8b57fca9f7450e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b487d",
                            table="referrals_referralstatus",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referralstatusevent" ("at", "by_id", "created_at", "destination", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "referral_id", "sealed_at", "status") VALUES (OLD."at", OLD."by_id", OLD."created_at", OLD."destination", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."referral_id", OLD."sealed_at", OLD."status"); RETURN NULL;',
                            hash="19471785060b3e21a7473b98238780a570f85fdf",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2028f",
                            table="referrals_referralstatus",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralStatusEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.referralstatus",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.referral",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("read", "Read"),
                            ("more_asked", "More asked for"),
                            ("accepted", "Accepted"),
                            ("consultation", "Consultation"),
                            ("not_accepted", "Not for us now"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=14,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "destination",
                    models.CharField(
                        blank=True, help_text="Where the family was pointed, in words.", max_length=200
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c9b77a7ce3010d0990c166cc17388abe5312f363",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_fddb0",
                            table="referrals_referralstatusevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferredCaregiver",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                ("given_name", models.CharField(blank=True, max_length=80)),
                ("family_name", models.CharField(blank=True, max_length=80)),
                ("nhs_number", models.CharField(blank=True, max_length=10, null=True)),
                (
                    "nhs_number_status",
                    models.CharField(
                        default="03", help_text="NHS Data Dictionary; 03: trace required.", max_length=2
                    ),
                ),
                (
                    "ethnicity",
                    models.CharField(
                        default="99", help_text="NHS 16+1; Z declined; 99 not known.", max_length=2
                    ),
                ),
                ("said_as", models.CharField(blank=True, help_text="How the name is said.", max_length=80)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who of ours named them at triage; empty for those named at the door.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="caregivers",
                        to="referrals.referral",
                    ),
                ),
                ("birth_date", models.DateField(blank=True, null=True)),
                (
                    "relationship",
                    models.CharField(
                        choices=[
                            ("mother", "Mother"),
                            ("father", "Father"),
                            ("partner", "Parent's partner"),
                            ("grandparent", "Grandparent"),
                            ("foster_carer", "Foster carer"),
                            ("kinship_carer", "Kinship carer"),
                            ("adoptive_parent", "Adoptive parent"),
                            ("other", "Somebody else"),
                        ],
                        max_length=16,
                    ),
                ),
                ("main_carer", models.BooleanField(default=False)),
                (
                    "pregnant",
                    models.BooleanField(default=False, help_text="Is or was pregnant with the baby."),
                ),
                ("lives_with", models.BooleanField(blank=True, null=True)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("address_lines", models.TextField(blank=True)),
                ("postcode", models.CharField(blank=True, max_length=8)),
                ("may_call", models.BooleanField(blank=True, null=True)),
                ("may_text", models.BooleanField(blank=True, null=True)),
                ("may_leave_message", models.BooleanField(blank=True, null=True)),
                ("may_email", models.BooleanField(blank=True, null=True)),
                ("may_post", models.BooleanField(blank=True, null=True)),
                ("language", models.CharField(blank=True, max_length=60)),
                ("needs_interpreter", models.BooleanField(default=False)),
                ("communication_needs", models.CharField(blank=True, max_length=200)),
                ("access_needs", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=1)),
                (
                    "became",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_in",
                        to="families.caregiver",
                    ),
                ),
            ],
            options={
                "ordering": ["order"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referredcaregiverevent" ("access_needs", "added_by_id", "address_lines", "became_id", "birth_date", "communication_needs", "created_at", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "family_name", "given_name", "id", "language", "lives_with", "main_carer", "may_call", "may_email", "may_leave_message", "may_post", "may_text", "needs_interpreter", "nhs_number", "nhs_number_status", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "pregnant", "referral_id", "relationship", "said_as", "sealed_at") VALUES (NEW."access_needs", NEW."added_by_id", NEW."address_lines", NEW."became_id", NEW."birth_date", NEW."communication_needs", NEW."created_at", NEW."email", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."ethnicity", NEW."family_name", NEW."given_name", NEW."id", NEW."language", NEW."lives_with", NEW."main_carer", NEW."may_call", NEW."may_email", NEW."may_leave_message", NEW."may_post", NEW."may_text", NEW."needs_interpreter", NEW."nhs_number", NEW."nhs_number_status", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."postcode", NEW."pregnant", NEW."referral_id", NEW."relationship", NEW."said_as", NEW."sealed_at"); RETURN NULL;',
                            hash="ac4b600f7175875bd8337b29429fb3f019404360",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8814d",
                            table="referrals_referredcaregiver",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_referredcaregiverevent" ("access_needs", "added_by_id", "address_lines", "became_id", "birth_date", "communication_needs", "created_at", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "family_name", "given_name", "id", "language", "lives_with", "main_carer", "may_call", "may_email", "may_leave_message", "may_post", "may_text", "needs_interpreter", "nhs_number", "nhs_number_status", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "pregnant", "referral_id", "relationship", "said_as", "sealed_at") VALUES (NEW."access_needs", NEW."added_by_id", NEW."address_lines", NEW."became_id", NEW."birth_date", NEW."communication_needs", NEW."created_at", NEW."email", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."ethnicity", NEW."family_name", NEW."given_name", NEW."id", NEW."language", NEW."lives_with", NEW."main_carer", NEW."may_call", NEW."may_email", NEW."may_leave_message", NEW."may_post", NEW."may_text", NEW."needs_interpreter", NEW."nhs_number", NEW."nhs_number_status", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."postcode", NEW."pregnant", NEW."referral_id", NEW."relationship", NEW."said_as", NEW."sealed_at"); RETURN NULL;',
                            hash="87fcb609234d0a84b15bedab7701ca6106c4a0f4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ab167",
                            table="referrals_referredcaregiver",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referredcaregiverevent" ("access_needs", "added_by_id", "address_lines", "became_id", "birth_date", "communication_needs", "created_at", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "family_name", "given_name", "id", "language", "lives_with", "main_carer", "may_call", "may_email", "may_leave_message", "may_post", "may_text", "needs_interpreter", "nhs_number", "nhs_number_status", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "pregnant", "referral_id", "relationship", "said_as", "sealed_at") VALUES (OLD."access_needs", OLD."added_by_id", OLD."address_lines", OLD."became_id", OLD."birth_date", OLD."communication_needs", OLD."created_at", OLD."email", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."ethnicity", OLD."family_name", OLD."given_name", OLD."id", OLD."language", OLD."lives_with", OLD."main_carer", OLD."may_call", OLD."may_email", OLD."may_leave_message", OLD."may_post", OLD."may_text", OLD."needs_interpreter", OLD."nhs_number", OLD."nhs_number_status", OLD."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."postcode", OLD."pregnant", OLD."referral_id", OLD."relationship", OLD."said_as", OLD."sealed_at"); RETURN NULL;',
                            hash="8463defc056c22fb8f72762b3cc2fda69997dbc9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_029f5",
                            table="referrals_referredcaregiver",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferredCaregiverEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.referredcaregiver",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                ("given_name", models.CharField(blank=True, max_length=80)),
                ("family_name", models.CharField(blank=True, max_length=80)),
                ("nhs_number", models.CharField(blank=True, max_length=10, null=True)),
                (
                    "nhs_number_status",
                    models.CharField(
                        default="03", help_text="NHS Data Dictionary; 03: trace required.", max_length=2
                    ),
                ),
                (
                    "ethnicity",
                    models.CharField(
                        default="99", help_text="NHS 16+1; Z declined; 99 not known.", max_length=2
                    ),
                ),
                ("said_as", models.CharField(blank=True, help_text="How the name is said.", max_length=80)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Who of ours named them at triage; empty for those named at the door.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.referral",
                    ),
                ),
                ("birth_date", models.DateField(blank=True, null=True)),
                (
                    "relationship",
                    models.CharField(
                        choices=[
                            ("mother", "Mother"),
                            ("father", "Father"),
                            ("partner", "Parent's partner"),
                            ("grandparent", "Grandparent"),
                            ("foster_carer", "Foster carer"),
                            ("kinship_carer", "Kinship carer"),
                            ("adoptive_parent", "Adoptive parent"),
                            ("other", "Somebody else"),
                        ],
                        max_length=16,
                    ),
                ),
                ("main_carer", models.BooleanField(default=False)),
                (
                    "pregnant",
                    models.BooleanField(default=False, help_text="Is or was pregnant with the baby."),
                ),
                ("lives_with", models.BooleanField(blank=True, null=True)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("address_lines", models.TextField(blank=True)),
                ("postcode", models.CharField(blank=True, max_length=8)),
                ("may_call", models.BooleanField(blank=True, null=True)),
                ("may_text", models.BooleanField(blank=True, null=True)),
                ("may_leave_message", models.BooleanField(blank=True, null=True)),
                ("may_email", models.BooleanField(blank=True, null=True)),
                ("may_post", models.BooleanField(blank=True, null=True)),
                ("language", models.CharField(blank=True, max_length=60)),
                ("needs_interpreter", models.BooleanField(default=False)),
                ("communication_needs", models.CharField(blank=True, max_length=200)),
                ("access_needs", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=1)),
                (
                    "became",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.caregiver",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1b9a14d0efb0e5fca2619ccff0e0b129ebb6ebc7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_7ea4d",
                            table="referrals_referredcaregiverevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferredInfant",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                ("given_name", models.CharField(blank=True, max_length=80)),
                ("family_name", models.CharField(blank=True, max_length=80)),
                ("nhs_number", models.CharField(blank=True, max_length=10, null=True)),
                (
                    "nhs_number_status",
                    models.CharField(
                        default="03", help_text="NHS Data Dictionary; 03: trace required.", max_length=2
                    ),
                ),
                (
                    "ethnicity",
                    models.CharField(
                        default="99", help_text="NHS 16+1; Z declined; 99 not known.", max_length=2
                    ),
                ),
                ("said_as", models.CharField(blank=True, help_text="How the name is said.", max_length=80)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who of ours named them at triage; empty for those named at the door.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="infants",
                        to="referrals.referral",
                    ),
                ),
                ("estimated_due_date", models.DateField(blank=True, null=True)),
                ("birth_date", models.DateField(blank=True, null=True)),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("female", "Female"),
                            ("male", "Male"),
                            ("indeterminate", "Indeterminate"),
                            ("", "Not known"),
                        ],
                        max_length=13,
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=1)),
                (
                    "became",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_in",
                        to="families.infant",
                    ),
                ),
            ],
            options={
                "ordering": ["order"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referredinfantevent" ("added_by_id", "became_id", "birth_date", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "estimated_due_date", "ethnicity", "family_name", "given_name", "id", "nhs_number", "nhs_number_status", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "said_as", "sealed_at", "sex") VALUES (NEW."added_by_id", NEW."became_id", NEW."birth_date", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."estimated_due_date", NEW."ethnicity", NEW."family_name", NEW."given_name", NEW."id", NEW."nhs_number", NEW."nhs_number_status", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."referral_id", NEW."said_as", NEW."sealed_at", NEW."sex"); RETURN NULL;',
                            hash="09b1cd4a54498cbd23ca76d2d7dc3fac7f6bcfec",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d2541",
                            table="referrals_referredinfant",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_referredinfantevent" ("added_by_id", "became_id", "birth_date", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "estimated_due_date", "ethnicity", "family_name", "given_name", "id", "nhs_number", "nhs_number_status", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "said_as", "sealed_at", "sex") VALUES (NEW."added_by_id", NEW."became_id", NEW."birth_date", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."estimated_due_date", NEW."ethnicity", NEW."family_name", NEW."given_name", NEW."id", NEW."nhs_number", NEW."nhs_number_status", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."referral_id", NEW."said_as", NEW."sealed_at", NEW."sex"); RETURN NULL;',
                            hash="b7b14959e35dbcb89f3954909dbbcea5498c0a7f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b5543",
                            table="referrals_referredinfant",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referredinfantevent" ("added_by_id", "became_id", "birth_date", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "estimated_due_date", "ethnicity", "family_name", "given_name", "id", "nhs_number", "nhs_number_status", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "said_as", "sealed_at", "sex") VALUES (OLD."added_by_id", OLD."became_id", OLD."birth_date", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."estimated_due_date", OLD."ethnicity", OLD."family_name", OLD."given_name", OLD."id", OLD."nhs_number", OLD."nhs_number_status", OLD."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."referral_id", OLD."said_as", OLD."sealed_at", OLD."sex"); RETURN NULL;',
                            hash="1c5476620b8f7e69170da14ffc5a80952f55076a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_88ade",
                            table="referrals_referredinfant",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="match_answers",
                        to="referrals.referral",
                    ),
                ),
                (
                    "named_infant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="match_answers",
                        to="referrals.referredinfant",
                    ),
                ),
                (
                    "infant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="families.infant",
                    ),
                ),
                (
                    "named_caregiver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="match_answers",
                        to="referrals.referredcaregiver",
                    ),
                ),
                (
                    "caregiver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="families.caregiver",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("same", "The same person"),
                            ("different", "Not the same"),
                            ("asked", "The hub will check"),
                        ],
                        max_length=9,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("caregiver", None),
                                ("infant__isnull", False),
                                ("named_caregiver", None),
                                ("named_infant__isnull", False),
                            ),
                            models.Q(
                                ("caregiver__isnull", False),
                                ("infant", None),
                                ("named_caregiver__isnull", False),
                                ("named_infant", None),
                            ),
                            _connector="OR",
                        ),
                        name="match_baby_with_baby",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="match_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='RAISE EXCEPTION \'pgtrigger: Cannot update of "answer", "reason", "at", "by_id" rows from % table\', TG_TABLE_NAME;',
                            hash="c4d6758009a346a3d13f7a2573692678c5aea0e8",
                            operation='UPDATE OF "answer", "reason", "at", "by_id"',
                            pgid="pgtrigger_match_append_only_4a131",
                            table="referrals_matchanswer",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_matchanswerevent" ("answer", "at", "by_id", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "infant_id", "named_caregiver_id", "named_infant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "referral_id", "sealed_at") VALUES (NEW."answer", NEW."at", NEW."by_id", NEW."caregiver_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."infant_id", NEW."named_caregiver_id", NEW."named_infant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."referral_id", NEW."sealed_at"); RETURN NULL;',
                            hash="f6b1ce49e003a8e89e7067b2d98d7aad09c1f77a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d33e4",
                            table="referrals_matchanswer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_matchanswerevent" ("answer", "at", "by_id", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "infant_id", "named_caregiver_id", "named_infant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "referral_id", "sealed_at") VALUES (NEW."answer", NEW."at", NEW."by_id", NEW."caregiver_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."infant_id", NEW."named_caregiver_id", NEW."named_infant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."referral_id", NEW."sealed_at"); RETURN NULL;',
                            hash="b1d8217f82ae544269889d425fab73c045483ad5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6c3a5",
                            table="referrals_matchanswer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_matchanswerevent" ("answer", "at", "by_id", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "infant_id", "named_caregiver_id", "named_infant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "referral_id", "sealed_at") VALUES (OLD."answer", OLD."at", OLD."by_id", OLD."caregiver_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."infant_id", OLD."named_caregiver_id", OLD."named_infant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."referral_id", OLD."sealed_at"); RETURN NULL;',
                            hash="9af40a14ddfbe542472398851c2d5cae55a93c54",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_533c7",
                            table="referrals_matchanswer",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchAnswerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.matchanswer",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.referral",
                    ),
                ),
                (
                    "named_infant",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.referredinfant",
                    ),
                ),
                (
                    "infant",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.infant",
                    ),
                ),
                (
                    "named_caregiver",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.referredcaregiver",
                    ),
                ),
                (
                    "caregiver",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.caregiver",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("same", "The same person"),
                            ("different", "Not the same"),
                            ("asked", "The hub will check"),
                        ],
                        max_length=9,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="767279da2e3db8fc798e88f2f3fac08e44bbb8fe",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9fe9b",
                            table="referrals_matchanswerevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferredInfantEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.referredinfant",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                ("given_name", models.CharField(blank=True, max_length=80)),
                ("family_name", models.CharField(blank=True, max_length=80)),
                ("nhs_number", models.CharField(blank=True, max_length=10, null=True)),
                (
                    "nhs_number_status",
                    models.CharField(
                        default="03", help_text="NHS Data Dictionary; 03: trace required.", max_length=2
                    ),
                ),
                (
                    "ethnicity",
                    models.CharField(
                        default="99", help_text="NHS 16+1; Z declined; 99 not known.", max_length=2
                    ),
                ),
                ("said_as", models.CharField(blank=True, help_text="How the name is said.", max_length=80)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Who of ours named them at triage; empty for those named at the door.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.referral",
                    ),
                ),
                ("estimated_due_date", models.DateField(blank=True, null=True)),
                ("birth_date", models.DateField(blank=True, null=True)),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("female", "Female"),
                            ("male", "Male"),
                            ("indeterminate", "Indeterminate"),
                            ("", "Not known"),
                        ],
                        max_length=13,
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=1)),
                (
                    "became",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.infant",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ddadee536bdf9d767d10b0bbe78ca405377745c0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6d60c",
                            table="referrals_referredinfantevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="referrals.referral",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        help_text="The step that it tells of.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="referrals.referralstatus",
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("answer", "The answer"),
                            ("question", "A question"),
                            ("withdrawn", "The withdrawal"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[("referrer", "The referrer"), ("family", "The family")], max_length=8
                    ),
                ),
                (
                    "carer",
                    models.ForeignKey(
                        blank=True,
                        help_text="The one carer it is to; empty when it is to the referrer.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="referrals.referredcaregiver",
                    ),
                ),
                ("recipient", models.CharField(max_length=160)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("letter", "Letter"),
                            ("email", "E-mail with the reference alone"),
                            ("phone", "Told on the phone"),
                            ("in_person", "Told in person"),
                            ("none", "No reply to them"),
                        ],
                        max_length=9,
                    ),
                ),
                ("why_none", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField(blank=True)),
                ("address_lines", models.TextField(blank=True, help_text="As it is printed on the letter.")),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jobs.job",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "none"), _negated=True),
                            models.Q(("why_none", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="no_reply_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at", None), ("sent_by", None)),
                            models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reply_sent_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("way", "none"), models.Q(("text", ""), _negated=True), _connector="OR"
                        ),
                        name="reply_says_something",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="sent_is_sent",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."sent_at" IS NOT NULL)',
                            func='RAISE EXCEPTION \'pgtrigger: Cannot update of "text", "recipient", "way", "address_lines", "email", "to", "about" rows from % table\', TG_TABLE_NAME;',
                            hash="67a16ab834490c192f0e46452741d27249581c64",
                            operation='UPDATE OF "text", "recipient", "way", "address_lines", "email", "to", "about"',
                            pgid="pgtrigger_sent_is_sent_3d396",
                            table="referrals_reply",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_replyevent" ("about", "address_lines", "carer_id", "created_at", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pdf_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "referral_id", "sealed_at", "sent_at", "sent_by_id", "step_id", "text", "to", "way", "why_none", "written_by_id") VALUES (NEW."about", NEW."address_lines", NEW."carer_id", NEW."created_at", NEW."email", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."pdf_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recipient", NEW."referral_id", NEW."sealed_at", NEW."sent_at", NEW."sent_by_id", NEW."step_id", NEW."text", NEW."to", NEW."way", NEW."why_none", NEW."written_by_id"); RETURN NULL;',
                            hash="552aa588d702e1bcae52ff3e04ded7dfed8a18a0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4e96a",
                            table="referrals_reply",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_replyevent" ("about", "address_lines", "carer_id", "created_at", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pdf_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "referral_id", "sealed_at", "sent_at", "sent_by_id", "step_id", "text", "to", "way", "why_none", "written_by_id") VALUES (NEW."about", NEW."address_lines", NEW."carer_id", NEW."created_at", NEW."email", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."pdf_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recipient", NEW."referral_id", NEW."sealed_at", NEW."sent_at", NEW."sent_by_id", NEW."step_id", NEW."text", NEW."to", NEW."way", NEW."why_none", NEW."written_by_id"); RETURN NULL;',
                            hash="a2c01e402774455a1be3a29d8f4355762895c468",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_baa51",
                            table="referrals_reply",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_replyevent" ("about", "address_lines", "carer_id", "created_at", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pdf_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "referral_id", "sealed_at", "sent_at", "sent_by_id", "step_id", "text", "to", "way", "why_none", "written_by_id") VALUES (OLD."about", OLD."address_lines", OLD."carer_id", OLD."created_at", OLD."email", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."pdf_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recipient", OLD."referral_id", OLD."sealed_at", OLD."sent_at", OLD."sent_by_id", OLD."step_id", OLD."text", OLD."to", OLD."way", OLD."why_none", OLD."written_by_id"); RETURN NULL;',
                            hash="7c81273b8b646a59fd9e6a9e614aad8f7719ef6d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_353e8",
                            table="referrals_reply",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReplyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.reply",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.referral",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The step that it tells of.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.referralstatus",
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("answer", "The answer"),
                            ("question", "A question"),
                            ("withdrawn", "The withdrawal"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[("referrer", "The referrer"), ("family", "The family")], max_length=8
                    ),
                ),
                (
                    "carer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The one carer it is to; empty when it is to the referrer.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.referredcaregiver",
                    ),
                ),
                ("recipient", models.CharField(max_length=160)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("letter", "Letter"),
                            ("email", "E-mail with the reference alone"),
                            ("phone", "Told on the phone"),
                            ("in_person", "Told in person"),
                            ("none", "No reply to them"),
                        ],
                        max_length=9,
                    ),
                ),
                ("why_none", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField(blank=True)),
                ("address_lines", models.TextField(blank=True, help_text="As it is printed on the letter.")),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "written_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="jobs.job",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a27898b81b60d79e7eb6e4156d16282abaf732a9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8c502",
                            table="referrals_replyevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Addition",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="additions",
                        to="referrals.referral",
                    ),
                ),
                ("text", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="addition_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='RAISE EXCEPTION \'pgtrigger: Cannot update of "text", "at" rows from % table\', TG_TABLE_NAME;',
                            hash="669a609f9f47af0978730d45b594f6472d7206af",
                            operation='UPDATE OF "text", "at"',
                            pgid="pgtrigger_addition_append_only_1e2b6",
                            table="referrals_addition",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_additionevent" ("at", "by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "sealed_at", "text") VALUES (NEW."at", NEW."by_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."referral_id", NEW."sealed_at", NEW."text"); RETURN NULL;',
                            hash="594d7a592c501efa84ab2b46b910863b9935683c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_90a9d",
                            table="referrals_addition",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_additionevent" ("at", "by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "sealed_at", "text") VALUES (NEW."at", NEW."by_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."referral_id", NEW."sealed_at", NEW."text"); RETURN NULL;',
                            hash="10deb788f6336796fd6875b9e268dd4277cedb61",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_465f5",
                            table="referrals_addition",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_additionevent" ("at", "by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "sealed_at", "text") VALUES (OLD."at", OLD."by_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."referral_id", OLD."sealed_at", OLD."text"); RETURN NULL;',
                            hash="0d357c5bdeed37342c19177b7622af6bc007a04f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8bcdb",
                            table="referrals_addition",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdditionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.addition",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=200)),
                (
                    "sealed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Out of sight but for governance; adoption or merging says why.",
                        null=True,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.referral",
                    ),
                ),
                ("text", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1e0913c63beb54a8b0736beb2685940077a43918",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d3d93",
                            table="referrals_additionevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DestinationPlace",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("referrals.destination_places",),
        ),
        migrations.CreateModel(
            name="DestinationPlaceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.destinationplace",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "destination",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.destination",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="service.place",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ce423d01b10f323eb2e8c0b22962c261fd5f0d35",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0772f",
                            table="referrals_destinationplaceevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralConcern",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("referrals.referral_concerns",),
        ),
        migrations.CreateModel(
            name="ReferralConcernEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.referralconcern",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "referral",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.referral",
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.concern",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b68fea1b3f6ef1b35b110bf62c708e715538440d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_7cbc1",
                            table="referrals_referralconcernevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusDestination",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("referrals.referralstatus_destinations",),
        ),
        migrations.CreateModel(
            name="StatusDestinationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="referrals.statusdestination",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "referralstatus",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.referralstatus",
                    ),
                ),
                (
                    "destination",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.destination",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f2cabebd0d212ee3dd7d1789b325a9adfe682cfc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_3a682",
                            table="referrals_statusdestinationevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="destinationplace",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "referrals_destinationplaceevent" ("destination_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id") VALUES (NEW."destination_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place_id"); RETURN NULL;',
                    hash="f127b03e9bd3225d709c2ef1940756035972dee7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_865ab",
                    table="referrals_destination_places",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="destinationplace",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "referrals_destinationplaceevent" ("destination_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id") VALUES (NEW."destination_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place_id"); RETURN NULL;',
                    hash="a31ec31ca31472a10720f24e6510e2a53f1b9887",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f8076",
                    table="referrals_destination_places",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="destinationplace",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "referrals_destinationplaceevent" ("destination_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id") VALUES (OLD."destination_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place_id"); RETURN NULL;',
                    hash="a63567fd7c25315f94ee85dfdcd4bd6b677579ca",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_545de",
                    table="referrals_destination_places",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referralconcern",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "referrals_referralconcernevent" ("concern_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id") VALUES (NEW."concern_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."referral_id"); RETURN NULL;',
                    hash="186a639307a2ced7c497b04150aa073b5f5c252e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_05475",
                    table="referrals_referral_concerns",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referralconcern",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "referrals_referralconcernevent" ("concern_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id") VALUES (NEW."concern_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."referral_id"); RETURN NULL;',
                    hash="8c97222b2d77bb29935552e4a64292f1c9acabaa",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_769e7",
                    table="referrals_referral_concerns",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referralconcern",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "referrals_referralconcernevent" ("concern_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id") VALUES (OLD."concern_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."referral_id"); RETURN NULL;',
                    hash="4f95b9652fc96557e04c864e1b5b0e042ef2ac46",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9f01d",
                    table="referrals_referral_concerns",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statusdestination",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "referrals_statusdestinationevent" ("destination_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referralstatus_id") VALUES (NEW."destination_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."referralstatus_id"); RETURN NULL;',
                    hash="86c62bdd4b587b47149d0169f33134e33e3b9251",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6dcbb",
                    table="referrals_referralstatus_destinations",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statusdestination",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "referrals_statusdestinationevent" ("destination_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referralstatus_id") VALUES (NEW."destination_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."referralstatus_id"); RETURN NULL;',
                    hash="f9bf8b01e08c91b56cf770fdaad56e11331d5182",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f4b14",
                    table="referrals_referralstatus_destinations",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statusdestination",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "referrals_statusdestinationevent" ("destination_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referralstatus_id") VALUES (OLD."destination_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."referralstatus_id"); RETURN NULL;',
                    hash="38dfd0956ec6d7010445c684814fa4f61981e50b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1d498",
                    table="referrals_referralstatus_destinations",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
