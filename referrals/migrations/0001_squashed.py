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
    ]

    initial = True

    dependencies = [
        ("families", "0001_squashed"),
        ("service", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Concern",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(unique=True)),
                ("family_voice", models.CharField(max_length=120)),
                ("professional_voice", models.CharField(max_length=120)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["order"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_concernevent" ("code", "family_voice", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "professional_voice", "retired_on") VALUES (NEW."code", NEW."family_voice", NEW."id", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."professional_voice", NEW."retired_on"); RETURN NULL;',
                            hash="968820eb7e5aea091b563c8a88b9dfa29664b774",
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
                            func='INSERT INTO "referrals_concernevent" ("code", "family_voice", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "professional_voice", "retired_on") VALUES (NEW."code", NEW."family_voice", NEW."id", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."professional_voice", NEW."retired_on"); RETURN NULL;',
                            hash="b8ba4260ce76fdeae9cc6263ad7bda98a9aebda5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_28fe1",
                            table="referrals_concern",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_concernevent" ("code", "family_voice", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "professional_voice", "retired_on") VALUES (OLD."code", OLD."family_voice", OLD."id", OLD."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."professional_voice", OLD."retired_on"); RETURN NULL;',
                            hash="61b54d529311aebb690d11f85b29dcc65f043335",
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
                ("received_at", models.DateTimeField()),
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
                ("noticed", models.TextField(help_text="What the referrer has noticed.")),
                ("parent_says", models.TextField(blank=True, help_text="In the parent's own words.")),
                ("hopes", models.TextField(blank=True)),
                ("lsoa_code", models.CharField(blank=True, max_length=9)),
                ("imd_decile", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("imd_version", models.CharField(blank=True, max_length=4)),
                ("preferred_place", models.CharField(blank=True, max_length=12)),
                ("safe_contact", models.CharField(blank=True, max_length=200)),
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
                            func='RAISE EXCEPTION \'pgtrigger: Cannot update of "reference", "door", "source_code", "received_at", "permission", "permission_reason", "noticed", "parent_says", "hopes" rows from % table\', TG_TABLE_NAME;',
                            hash="0efb8ffba0ffcbcccc7d9664da6fad840fef559f",
                            operation='UPDATE OF "reference", "door", "source_code", "received_at", "permission", "permission_reason", "noticed", "parent_says", "hopes"',
                            pgid="pgtrigger_as_it_was_said_8fc03",
                            table="referrals_referral",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referralevent" ("created_at", "decided_at", "door", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "hopes", "id", "imd_decile", "imd_version", "lsoa_code", "noticed", "parent_says", "patient_id", "permission", "permission_reason", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "preferred_place", "received_at", "reference", "referrer_id", "response", "safe_contact", "sealed_at", "site_id", "source_code", "status", "team_id", "thrive", "thrive_reason") VALUES (NEW."created_at", NEW."decided_at", NEW."door", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."hopes", NEW."id", NEW."imd_decile", NEW."imd_version", NEW."lsoa_code", NEW."noticed", NEW."parent_says", NEW."patient_id", NEW."permission", NEW."permission_reason", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place_id", NEW."preferred_place", NEW."received_at", NEW."reference", NEW."referrer_id", NEW."response", NEW."safe_contact", NEW."sealed_at", NEW."site_id", NEW."source_code", NEW."status", NEW."team_id", NEW."thrive", NEW."thrive_reason"); RETURN NULL;',
                            hash="d94f6ff03d0b8df26d4acc12ed3530bb17330ca5",
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
                            func='INSERT INTO "referrals_referralevent" ("created_at", "decided_at", "door", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "hopes", "id", "imd_decile", "imd_version", "lsoa_code", "noticed", "parent_says", "patient_id", "permission", "permission_reason", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "preferred_place", "received_at", "reference", "referrer_id", "response", "safe_contact", "sealed_at", "site_id", "source_code", "status", "team_id", "thrive", "thrive_reason") VALUES (NEW."created_at", NEW."decided_at", NEW."door", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."hopes", NEW."id", NEW."imd_decile", NEW."imd_version", NEW."lsoa_code", NEW."noticed", NEW."parent_says", NEW."patient_id", NEW."permission", NEW."permission_reason", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place_id", NEW."preferred_place", NEW."received_at", NEW."reference", NEW."referrer_id", NEW."response", NEW."safe_contact", NEW."sealed_at", NEW."site_id", NEW."source_code", NEW."status", NEW."team_id", NEW."thrive", NEW."thrive_reason"); RETURN NULL;',
                            hash="43422e25abd088008a9f20a46d74440c1d525c0c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_223e7",
                            table="referrals_referral",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referralevent" ("created_at", "decided_at", "door", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "hopes", "id", "imd_decile", "imd_version", "lsoa_code", "noticed", "parent_says", "patient_id", "permission", "permission_reason", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "preferred_place", "received_at", "reference", "referrer_id", "response", "safe_contact", "sealed_at", "site_id", "source_code", "status", "team_id", "thrive", "thrive_reason") VALUES (OLD."created_at", OLD."decided_at", OLD."door", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."hopes", OLD."id", OLD."imd_decile", OLD."imd_version", OLD."lsoa_code", OLD."noticed", OLD."parent_says", OLD."patient_id", OLD."permission", OLD."permission_reason", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place_id", OLD."preferred_place", OLD."received_at", OLD."reference", OLD."referrer_id", OLD."response", OLD."safe_contact", OLD."sealed_at", OLD."site_id", OLD."source_code", OLD."status", OLD."team_id", OLD."thrive", OLD."thrive_reason"); RETURN NULL;',
                            hash="7c1fc41e022925c6ab483804e04cfe763366c593",
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
                ("received_at", models.DateTimeField()),
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
                ("noticed", models.TextField(help_text="What the referrer has noticed.")),
                ("parent_says", models.TextField(blank=True, help_text="In the parent's own words.")),
                ("hopes", models.TextField(blank=True)),
                ("lsoa_code", models.CharField(blank=True, max_length=9)),
                ("imd_decile", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("imd_version", models.CharField(blank=True, max_length=4)),
                ("preferred_place", models.CharField(blank=True, max_length=12)),
                ("safe_contact", models.CharField(blank=True, max_length=200)),
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
                        blank=True, help_text="Where the family was pointed, when not for us.", max_length=200
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
                        blank=True, help_text="Where the family was pointed, when not for us.", max_length=200
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
                ("language", models.CharField(blank=True, max_length=60)),
                ("needs_interpreter", models.BooleanField(default=False)),
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
                            func='INSERT INTO "referrals_referredcaregiverevent" ("address_lines", "became_id", "birth_date", "created_at", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "family_name", "given_name", "id", "language", "lives_with", "main_carer", "needs_interpreter", "nhs_number", "nhs_number_status", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "pregnant", "referral_id", "relationship", "said_as", "sealed_at") VALUES (NEW."address_lines", NEW."became_id", NEW."birth_date", NEW."created_at", NEW."email", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."ethnicity", NEW."family_name", NEW."given_name", NEW."id", NEW."language", NEW."lives_with", NEW."main_carer", NEW."needs_interpreter", NEW."nhs_number", NEW."nhs_number_status", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."postcode", NEW."pregnant", NEW."referral_id", NEW."relationship", NEW."said_as", NEW."sealed_at"); RETURN NULL;',
                            hash="187b6dacff491b8dc98f7b68d74d4bade0b926cf",
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
                            func='INSERT INTO "referrals_referredcaregiverevent" ("address_lines", "became_id", "birth_date", "created_at", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "family_name", "given_name", "id", "language", "lives_with", "main_carer", "needs_interpreter", "nhs_number", "nhs_number_status", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "pregnant", "referral_id", "relationship", "said_as", "sealed_at") VALUES (NEW."address_lines", NEW."became_id", NEW."birth_date", NEW."created_at", NEW."email", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."ethnicity", NEW."family_name", NEW."given_name", NEW."id", NEW."language", NEW."lives_with", NEW."main_carer", NEW."needs_interpreter", NEW."nhs_number", NEW."nhs_number_status", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."postcode", NEW."pregnant", NEW."referral_id", NEW."relationship", NEW."said_as", NEW."sealed_at"); RETURN NULL;',
                            hash="264b1eecce6a43f5761b9adc24b8d9e82c871fbe",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ab167",
                            table="referrals_referredcaregiver",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referredcaregiverevent" ("address_lines", "became_id", "birth_date", "created_at", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "family_name", "given_name", "id", "language", "lives_with", "main_carer", "needs_interpreter", "nhs_number", "nhs_number_status", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "pregnant", "referral_id", "relationship", "said_as", "sealed_at") VALUES (OLD."address_lines", OLD."became_id", OLD."birth_date", OLD."created_at", OLD."email", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."ethnicity", OLD."family_name", OLD."given_name", OLD."id", OLD."language", OLD."lives_with", OLD."main_carer", OLD."needs_interpreter", OLD."nhs_number", OLD."nhs_number_status", OLD."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."postcode", OLD."pregnant", OLD."referral_id", OLD."relationship", OLD."said_as", OLD."sealed_at"); RETURN NULL;',
                            hash="d0cdaf978521cd38c5cafbf76b50d041321bc4cf",
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
                ("language", models.CharField(blank=True, max_length=60)),
                ("needs_interpreter", models.BooleanField(default=False)),
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
                            func='INSERT INTO "referrals_referredinfantevent" ("became_id", "birth_date", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "estimated_due_date", "ethnicity", "family_name", "given_name", "id", "nhs_number", "nhs_number_status", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "said_as", "sealed_at", "sex") VALUES (NEW."became_id", NEW."birth_date", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."estimated_due_date", NEW."ethnicity", NEW."family_name", NEW."given_name", NEW."id", NEW."nhs_number", NEW."nhs_number_status", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."referral_id", NEW."said_as", NEW."sealed_at", NEW."sex"); RETURN NULL;',
                            hash="3ec788f8def4e68931d5632dc0aed4c27648821e",
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
                            func='INSERT INTO "referrals_referredinfantevent" ("became_id", "birth_date", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "estimated_due_date", "ethnicity", "family_name", "given_name", "id", "nhs_number", "nhs_number_status", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "said_as", "sealed_at", "sex") VALUES (NEW."became_id", NEW."birth_date", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."estimated_due_date", NEW."ethnicity", NEW."family_name", NEW."given_name", NEW."id", NEW."nhs_number", NEW."nhs_number_status", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."referral_id", NEW."said_as", NEW."sealed_at", NEW."sex"); RETURN NULL;',
                            hash="dc0bf21f272d05de49fa588a255b10e61fea66df",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b5543",
                            table="referrals_referredinfant",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referredinfantevent" ("became_id", "birth_date", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "estimated_due_date", "ethnicity", "family_name", "given_name", "id", "nhs_number", "nhs_number_status", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "said_as", "sealed_at", "sex") VALUES (OLD."became_id", OLD."birth_date", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."estimated_due_date", OLD."ethnicity", OLD."family_name", OLD."given_name", OLD."id", OLD."nhs_number", OLD."nhs_number_status", OLD."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."referral_id", OLD."said_as", OLD."sealed_at", OLD."sex"); RETURN NULL;',
                            hash="b301930ba4ae74c87f0c492388b6854bc66bfe55",
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
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
