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

from pairs.families.exclusion_groups import load_groups


def fill(apps, schema_editor):
    load_groups(apps.get_model("families", "ExclusionGroup"))


class Migration(migrations.Migration):
    replaces = [
        ("families", "0001_initial"),
        ("families", "0002_people_moves_and_cautions"),
        ("families", "0003_addresses_and_pregnancies"),
        ("families", "0004_address_of_a_family"),
        ("families", "0005_losses_and_adoptions"),
        ("families", "0006_spans_of_addresses_and_dyads"),
        ("families", "0007_exclusion_groups"),
        ("families", "0008_moves_called_back"),
        ("families", "0009_escalated_alerts_and_court_orders"),
    ]

    initial = True

    dependencies = [
        ("service", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExclusionGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=120)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["order", "name"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_exclusiongroupevent" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on") VALUES (NEW."code", NEW."id", NEW."name", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."retired_on"); RETURN NULL;',
                            hash="5436fea665edbb88afe458637c626f13ed00cba3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_475db",
                            table="families_exclusiongroup",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "families_exclusiongroupevent" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on") VALUES (NEW."code", NEW."id", NEW."name", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."retired_on"); RETURN NULL;',
                            hash="0f90122d49a4b0cf87822754414364f1b1d5ec8a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e9582",
                            table="families_exclusiongroup",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_exclusiongroupevent" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on") VALUES (OLD."code", OLD."id", OLD."name", OLD."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."retired_on"); RETURN NULL;',
                            hash="3fb5e29d51028855a5b02c31ca93258bc452c0c5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4c1bc",
                            table="families_exclusiongroup",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExclusionGroupEvent",
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
                        to="families.exclusiongroup",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.SlugField(db_index=False)),
                ("name", models.CharField(max_length=120)),
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
                            hash="3d127d8d8abd77e673d5f8a937b95cf90d3f3903",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_45f41",
                            table="families_exclusiongroupevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Family",
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
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="families",
                        to="service.site",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="families",
                        to="service.place",
                    ),
                ),
                (
                    "restricted",
                    models.BooleanField(
                        default=False, help_text="Staff's own family, or an address at risk."
                    ),
                ),
                ("restricted_because", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name_plural": "families",
                "indexes": [models.Index(fields=["site", "restricted"], name="families_of_site")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_familyevent" ("created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "restricted", "restricted_because", "sealed_at", "site_id") VALUES (NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place_id", NEW."restricted", NEW."restricted_because", NEW."sealed_at", NEW."site_id"); RETURN NULL;',
                            hash="0a855d28621758ae268f2bb63543217a3e441e79",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b3032",
                            table="families_family",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "families_familyevent" ("created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "restricted", "restricted_because", "sealed_at", "site_id") VALUES (NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place_id", NEW."restricted", NEW."restricted_because", NEW."sealed_at", NEW."site_id"); RETURN NULL;',
                            hash="e5ae0e543444d1e9375ad570a61b42295b13fe2d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9cc70",
                            table="families_family",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_familyevent" ("created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "restricted", "restricted_because", "sealed_at", "site_id") VALUES (OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place_id", OLD."restricted", OLD."restricted_because", OLD."sealed_at", OLD."site_id"); RETURN NULL;',
                            hash="ac2bb587c091c409367fd9ab4c46b6315a67efc4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9ca0f",
                            table="families_family",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyEvent",
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
                        to="families.family",
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
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="service.place",
                    ),
                ),
                (
                    "restricted",
                    models.BooleanField(
                        default=False, help_text="Staff's own family, or an address at risk."
                    ),
                ),
                ("restricted_because", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d07eadc7f2edf1dc922a880fabf8ab53b90e3c86",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f644e",
                            table="families_familyevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyGrant",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="families.family",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="family_grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("care", "Direct care"), ("peer_support", "Peer support")], max_length=12
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["user", "purpose"], name="grants_of_user")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_familygrantevent" ("created_at", "expires_at", "family_id", "granted_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reason", "user_id") VALUES (NEW."created_at", NEW."expires_at", NEW."family_id", NEW."granted_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."purpose", NEW."reason", NEW."user_id"); RETURN NULL;',
                            hash="624bfe8a9d843036ba7dbaae2ac2a5f1da544b00",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b28bd",
                            table="families_familygrant",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "families_familygrantevent" ("created_at", "expires_at", "family_id", "granted_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reason", "user_id") VALUES (NEW."created_at", NEW."expires_at", NEW."family_id", NEW."granted_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."purpose", NEW."reason", NEW."user_id"); RETURN NULL;',
                            hash="d308d48fca8bd60994ab5a9411e36fb92d6d2f92",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7a846",
                            table="families_familygrant",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_familygrantevent" ("created_at", "expires_at", "family_id", "granted_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reason", "user_id") VALUES (OLD."created_at", OLD."expires_at", OLD."family_id", OLD."granted_by_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."purpose", OLD."reason", OLD."user_id"); RETURN NULL;',
                            hash="f52404d05c1657834f9160b9ecb6eabd4add6051",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d2ace",
                            table="families_familygrant",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyGrantEvent",
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
                        to="families.familygrant",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.family",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("care", "Direct care"), ("peer_support", "Peer support")], max_length=12
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                (
                    "granted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="daa4968f706e08468739711e6d7fd0b25ea38ff2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ef5c3",
                            table="families_familygrantevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyMove",
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
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="families.family",
                    ),
                ),
                (
                    "from_site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="service.site"
                    ),
                ),
                (
                    "to_site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="service.site"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("called_back", "Called back"),
                        ],
                        default="offered",
                        max_length=11,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("offered_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True, help_text="Why it was declined or called back.", max_length=300
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who leads at the receiving site.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hand_over_until",
                    models.DateField(blank=True, help_text="The last day both sites read it.", null=True),
                ),
                (
                    "called_back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("called_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "moved",
                    models.JSONField(
                        blank=True, default=list, help_text="Rows that moved with it, for calling it back."
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None), ("status", "offered")),
                        fields=("family",),
                        name="one_open_move_a_family",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_site", models.F("to_site")), _negated=True),
                        name="a_move_goes_somewhere_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_move_is_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("status", "offered")),
                            models.Q(
                                models.Q(("status", "offered"), _negated=True), ("answered_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="an_offer_waits_for_its_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ("accepted", "called_back")), _negated=True),
                            models.Q(("hand_over_until__isnull", False), ("lead__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_accepted_move_has_a_lead_and_a_last_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("called_back_at__isnull", False),
                                ("called_back_by__isnull", False),
                                ("status", "called_back"),
                            ),
                            models.Q(
                                models.Q(("status", "called_back"), _negated=True),
                                ("called_back_at", None),
                                ("called_back_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="a_move_is_called_back_by_somebody",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_familymoveevent" ("answer", "answered_at", "answered_by_id", "called_back_at", "called_back_by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "from_site_id", "hand_over_until", "id", "lead_id", "moved", "offered_at", "offered_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at", "status", "to_site_id") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."called_back_at", NEW."called_back_by_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."from_site_id", NEW."hand_over_until", NEW."id", NEW."lead_id", NEW."moved", NEW."offered_at", NEW."offered_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."sealed_at", NEW."status", NEW."to_site_id"); RETURN NULL;',
                            hash="06c9164a767ef5f2052e4d66e0faf4a04abecc30",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1f9ce",
                            table="families_familymove",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "families_familymoveevent" ("answer", "answered_at", "answered_by_id", "called_back_at", "called_back_by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "from_site_id", "hand_over_until", "id", "lead_id", "moved", "offered_at", "offered_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at", "status", "to_site_id") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."called_back_at", NEW."called_back_by_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."from_site_id", NEW."hand_over_until", NEW."id", NEW."lead_id", NEW."moved", NEW."offered_at", NEW."offered_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."sealed_at", NEW."status", NEW."to_site_id"); RETURN NULL;',
                            hash="1dbd57c9a0694cfc161bd8e11ef3fc21f99d36fe",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6fa95",
                            table="families_familymove",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_familymoveevent" ("answer", "answered_at", "answered_by_id", "called_back_at", "called_back_by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "from_site_id", "hand_over_until", "id", "lead_id", "moved", "offered_at", "offered_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at", "status", "to_site_id") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."called_back_at", OLD."called_back_by_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."from_site_id", OLD."hand_over_until", OLD."id", OLD."lead_id", OLD."moved", OLD."offered_at", OLD."offered_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."sealed_at", OLD."status", OLD."to_site_id"); RETURN NULL;',
                            hash="185a42c68a1290179fd95179b4a28dda5d52ca90",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_96489",
                            table="families_familymove",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyMoveEvent",
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
                        to="families.familymove",
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
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.family",
                    ),
                ),
                (
                    "from_site",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="service.site",
                    ),
                ),
                (
                    "to_site",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="service.site",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("called_back", "Called back"),
                        ],
                        default="offered",
                        max_length=11,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                (
                    "offered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("offered_at", models.DateTimeField()),
                (
                    "answered_by",
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
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True, help_text="Why it was declined or called back.", max_length=300
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Who leads at the receiving site.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hand_over_until",
                    models.DateField(blank=True, help_text="The last day both sites read it.", null=True),
                ),
                (
                    "called_back_by",
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
                ("called_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "moved",
                    models.JSONField(
                        blank=True, default=list, help_text="Rows that moved with it, for calling it back."
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
                            hash="258769829eed0ccfca3f394c61c633d7832efaf7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d160e",
                            table="families_familymoveevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskAlert",
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
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="families.family",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="alerts", to="service.site"
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        blank=True,
                        help_text="The referral's reference, before there is a family.",
                        max_length=20,
                    ),
                ),
                ("what", models.CharField(max_length=300)),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("family__isnull", False), models.Q(("about", ""), _negated=True), _connector="OR"
                        ),
                        name="alert_is_about_somebody",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_riskalertevent" ("about", "closed_at", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "lead_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_by_id", "sealed_at", "seen_at", "site_id", "what") VALUES (NEW."about", NEW."closed_at", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."lead_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."raised_by_id", NEW."sealed_at", NEW."seen_at", NEW."site_id", NEW."what"); RETURN NULL;',
                            hash="8ccd964f7e94e8e2c1e86db0181be1c1cd04d788",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5cab2",
                            table="families_riskalert",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "families_riskalertevent" ("about", "closed_at", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "lead_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_by_id", "sealed_at", "seen_at", "site_id", "what") VALUES (NEW."about", NEW."closed_at", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."lead_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."raised_by_id", NEW."sealed_at", NEW."seen_at", NEW."site_id", NEW."what"); RETURN NULL;',
                            hash="746ae646ef12e603b1374d894fda188b2e46ae09",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b46cc",
                            table="families_riskalert",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_riskalertevent" ("about", "closed_at", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "lead_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_by_id", "sealed_at", "seen_at", "site_id", "what") VALUES (OLD."about", OLD."closed_at", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."id", OLD."lead_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."raised_by_id", OLD."sealed_at", OLD."seen_at", OLD."site_id", OLD."what"); RETURN NULL;',
                            hash="92285d9f9fc2c6183ebcf3f3bc1ac3897ddf9045",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cde55",
                            table="families_riskalert",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskAlertEvent",
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
                        to="families.riskalert",
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
                    "about",
                    models.CharField(
                        blank=True,
                        help_text="The referral's reference, before there is a family.",
                        max_length=20,
                    ),
                ),
                ("what", models.CharField(max_length=300)),
                (
                    "raised_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="edaa51ab739e77321d0fed6cb4b379886850b574",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6e682",
                            table="families_riskalertevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskAlertStep",
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
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="families.riskalert",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("raised", "Raised"),
                            ("escalated", "Passed to the supervisors: nobody had seen it"),
                            ("seen", "Seen"),
                            ("action", "Action"),
                            ("closed", "Closed"),
                        ],
                        max_length=9,
                    ),
                ),
                ("note", models.TextField(blank=True)),
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
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", None), ("kind", "escalated")),
                            models.Q(models.Q(("kind", "escalated"), _negated=True), ("by__isnull", False)),
                            _connector="OR",
                        ),
                        name="only_the_timetable_is_nobody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "escalated")),
                        fields=("alert",),
                        name="an_alert_is_escalated_once",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c6c364797f1610e96c16e203994100319a44bd16",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_88d11",
                            table="families_riskalertstep",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_riskalertstepevent" ("alert_id", "at", "by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "kind", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at") VALUES (NEW."alert_id", NEW."at", NEW."by_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."kind", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at"); RETURN NULL;',
                            hash="39c6b5fec0db74bbd0165722da8a0406e2877b4e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_af67a",
                            table="families_riskalertstep",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "families_riskalertstepevent" ("alert_id", "at", "by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "kind", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at") VALUES (NEW."alert_id", NEW."at", NEW."by_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."kind", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at"); RETURN NULL;',
                            hash="b8c9ff1a1fc458b1fedcbd8404a8de2a6bbb7cfb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bdd5a",
                            table="families_riskalertstep",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_riskalertstepevent" ("alert_id", "at", "by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "kind", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at") VALUES (OLD."alert_id", OLD."at", OLD."by_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."kind", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at"); RETURN NULL;',
                            hash="ab3701744d14be0e26c0e32a3529e55e0e4dc8b2",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b8d32",
                            table="families_riskalertstep",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskAlertStepEvent",
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
                        to="families.riskalertstep",
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
                    "alert",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.riskalert",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("raised", "Raised"),
                            ("escalated", "Passed to the supervisors: nobody had seen it"),
                            ("seen", "Seen"),
                            ("action", "Action"),
                            ("closed", "Closed"),
                        ],
                        max_length=9,
                    ),
                ),
                ("note", models.TextField(blank=True)),
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
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="99538c15f5169d0309f9f91f71138cd37ac1634a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9f8c1",
                            table="families_riskalertstepevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sequence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=4)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "year"), name="one_sequence_a_year")],
            },
        ),
        migrations.CreateModel(
            name="Caregiver",
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
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="caregivers",
                        to="families.family",
                    ),
                ),
                ("birth_date", models.DateField(blank=True, null=True)),
                (
                    "gender",
                    models.CharField(blank=True, help_text="In the person's own words.", max_length=40),
                ),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "safe_contact",
                    models.CharField(
                        blank=True, help_text="How and when it is safe to make contact.", max_length=200
                    ),
                ),
                ("may_call", models.BooleanField(blank=True, null=True)),
                ("may_text", models.BooleanField(blank=True, null=True)),
                ("may_leave_message", models.BooleanField(blank=True, null=True)),
                ("may_email", models.BooleanField(blank=True, null=True)),
                ("may_post", models.BooleanField(blank=True, null=True)),
                ("language", models.CharField(blank=True, max_length=60)),
                ("needs_interpreter", models.BooleanField(default=False)),
                (
                    "communication_needs",
                    models.CharField(
                        blank=True,
                        help_text="Such as large print, or a signer (Accessible Information).",
                        max_length=200,
                    ),
                ),
                (
                    "access_needs",
                    models.CharField(
                        blank=True, help_text="Such as no stairs, or a quiet room.", max_length=200
                    ),
                ),
                (
                    "disability",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("declined", "Would rather not say"),
                            ("", "Not asked"),
                        ],
                        max_length=8,
                    ),
                ),
                ("disability_details", models.CharField(blank=True, max_length=200)),
                (
                    "care_experienced",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("declined", "Would rather not say"),
                            ("", "Not asked"),
                        ],
                        max_length=8,
                    ),
                ),
                ("died_on", models.DateField(blank=True, null=True)),
                (
                    "exclusion_groups",
                    models.ManyToManyField(
                        blank=True, related_name="caregivers", to="families.exclusiongroup"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None), ("sealed_at", None)),
                        fields=("nhs_number",),
                        name="caregiver_nhs_number_once",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_caregiverevent" ("access_needs", "birth_date", "care_experienced", "communication_needs", "created_at", "died_on", "disability", "disability_details", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "family_id", "family_name", "gender", "given_name", "id", "language", "may_call", "may_email", "may_leave_message", "may_post", "may_text", "needs_interpreter", "nhs_number", "nhs_number_status", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "safe_contact", "said_as", "sealed_at") VALUES (NEW."access_needs", NEW."birth_date", NEW."care_experienced", NEW."communication_needs", NEW."created_at", NEW."died_on", NEW."disability", NEW."disability_details", NEW."email", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."ethnicity", NEW."family_id", NEW."family_name", NEW."gender", NEW."given_name", NEW."id", NEW."language", NEW."may_call", NEW."may_email", NEW."may_leave_message", NEW."may_post", NEW."may_text", NEW."needs_interpreter", NEW."nhs_number", NEW."nhs_number_status", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."safe_contact", NEW."said_as", NEW."sealed_at"); RETURN NULL;',
                            hash="757f4aec7d5151a5ca73906f640794b1e9ba6f2a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ab38e",
                            table="families_caregiver",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "families_caregiverevent" ("access_needs", "birth_date", "care_experienced", "communication_needs", "created_at", "died_on", "disability", "disability_details", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "family_id", "family_name", "gender", "given_name", "id", "language", "may_call", "may_email", "may_leave_message", "may_post", "may_text", "needs_interpreter", "nhs_number", "nhs_number_status", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "safe_contact", "said_as", "sealed_at") VALUES (NEW."access_needs", NEW."birth_date", NEW."care_experienced", NEW."communication_needs", NEW."created_at", NEW."died_on", NEW."disability", NEW."disability_details", NEW."email", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."ethnicity", NEW."family_id", NEW."family_name", NEW."gender", NEW."given_name", NEW."id", NEW."language", NEW."may_call", NEW."may_email", NEW."may_leave_message", NEW."may_post", NEW."may_text", NEW."needs_interpreter", NEW."nhs_number", NEW."nhs_number_status", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."safe_contact", NEW."said_as", NEW."sealed_at"); RETURN NULL;',
                            hash="d812cc1b7cac4334502f5bb4aae9ef2674feb256",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d5ed7",
                            table="families_caregiver",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_caregiverevent" ("access_needs", "birth_date", "care_experienced", "communication_needs", "created_at", "died_on", "disability", "disability_details", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "family_id", "family_name", "gender", "given_name", "id", "language", "may_call", "may_email", "may_leave_message", "may_post", "may_text", "needs_interpreter", "nhs_number", "nhs_number_status", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "safe_contact", "said_as", "sealed_at") VALUES (OLD."access_needs", OLD."birth_date", OLD."care_experienced", OLD."communication_needs", OLD."created_at", OLD."died_on", OLD."disability", OLD."disability_details", OLD."email", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."ethnicity", OLD."family_id", OLD."family_name", OLD."gender", OLD."given_name", OLD."id", OLD."language", OLD."may_call", OLD."may_email", OLD."may_leave_message", OLD."may_post", OLD."may_text", OLD."needs_interpreter", OLD."nhs_number", OLD."nhs_number_status", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."safe_contact", OLD."said_as", OLD."sealed_at"); RETURN NULL;',
                            hash="30fbe0e12db97d89859df42bd705655e385326d3",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2ea8c",
                            table="families_caregiver",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Infant",
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
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="infants",
                        to="families.family",
                    ),
                ),
                ("reference", models.CharField(max_length=16, unique=True)),
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
                (
                    "carried_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pregnancies",
                        to="families.caregiver",
                    ),
                ),
                (
                    "pregnancy",
                    models.UUIDField(default=uuid.uuid4, help_text="The same for babies carried together."),
                ),
                ("twin_order", models.PositiveSmallIntegerField(default=1)),
                (
                    "plurality",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="How many babies of this pregnancy."
                    ),
                ),
                ("birth_weight_grams", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "gestation_weeks",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Completed weeks at birth.", null=True
                    ),
                ),
                (
                    "neonatal_stay",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no", "No"),
                            ("now", "Yes, and still there"),
                            ("yes", "Yes, and home since"),
                        ],
                        max_length=3,
                    ),
                ),
                (
                    "home_on",
                    models.DateField(
                        blank=True, help_text="First day at home after a neonatal stay.", null=True
                    ),
                ),
                ("lost_on", models.DateField(blank=True, null=True)),
                (
                    "loss",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("miscarriage", "Miscarriage"),
                            ("termination", "Termination"),
                            ("stillbirth", "Stillbirth"),
                            ("death", "Death after birth"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["family"], name="infants_of_family"),
                    models.Index(fields=["pregnancy"], name="infants_carried_together"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None), ("sealed_at", None)),
                        fields=("nhs_number",),
                        name="infant_nhs_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("birth_date__isnull", False),
                            ("estimated_due_date__isnull", False),
                            _connector="OR",
                        ),
                        name="infant_born_or_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("birth_date__isnull", False), ("nhs_number", None), _connector="OR"
                        ),
                        name="unborn_has_no_nhs_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("loss", ""), ("lost_on", None)),
                            models.Q(("lost_on__isnull", False), models.Q(("loss", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="loss_says_which",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("loss", ""),
                            models.Q(("birth_date", None), ("loss__in", ("miscarriage", "termination"))),
                            models.Q(("birth_date", None), ("loss", "stillbirth")),
                            models.Q(("birth_date", models.F("lost_on")), ("loss", "stillbirth")),
                            models.Q(("birth_date__lte", models.F("lost_on")), ("loss", "death")),
                            _connector="OR",
                        ),
                        name="loss_fits_the_birth",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("twin_order__lte", models.F("plurality"))),
                        name="twin_within_plurality",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_infantevent" ("birth_date", "birth_weight_grams", "carried_by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "estimated_due_date", "ethnicity", "family_id", "family_name", "gestation_weeks", "given_name", "home_on", "id", "loss", "lost_on", "neonatal_stay", "nhs_number", "nhs_number_status", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plurality", "pregnancy", "reference", "said_as", "sealed_at", "sex", "twin_order") VALUES (NEW."birth_date", NEW."birth_weight_grams", NEW."carried_by_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."estimated_due_date", NEW."ethnicity", NEW."family_id", NEW."family_name", NEW."gestation_weeks", NEW."given_name", NEW."home_on", NEW."id", NEW."loss", NEW."lost_on", NEW."neonatal_stay", NEW."nhs_number", NEW."nhs_number_status", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."plurality", NEW."pregnancy", NEW."reference", NEW."said_as", NEW."sealed_at", NEW."sex", NEW."twin_order"); RETURN NULL;',
                            hash="a36befe0e15ff8c5e21209ce232a9407211490ea",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a0d20",
                            table="families_infant",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "families_infantevent" ("birth_date", "birth_weight_grams", "carried_by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "estimated_due_date", "ethnicity", "family_id", "family_name", "gestation_weeks", "given_name", "home_on", "id", "loss", "lost_on", "neonatal_stay", "nhs_number", "nhs_number_status", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plurality", "pregnancy", "reference", "said_as", "sealed_at", "sex", "twin_order") VALUES (NEW."birth_date", NEW."birth_weight_grams", NEW."carried_by_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."estimated_due_date", NEW."ethnicity", NEW."family_id", NEW."family_name", NEW."gestation_weeks", NEW."given_name", NEW."home_on", NEW."id", NEW."loss", NEW."lost_on", NEW."neonatal_stay", NEW."nhs_number", NEW."nhs_number_status", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."plurality", NEW."pregnancy", NEW."reference", NEW."said_as", NEW."sealed_at", NEW."sex", NEW."twin_order"); RETURN NULL;',
                            hash="f0b40302c02a3098d064a5d4fb8ebdebe6daba9e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e1c88",
                            table="families_infant",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_infantevent" ("birth_date", "birth_weight_grams", "carried_by_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "estimated_due_date", "ethnicity", "family_id", "family_name", "gestation_weeks", "given_name", "home_on", "id", "loss", "lost_on", "neonatal_stay", "nhs_number", "nhs_number_status", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plurality", "pregnancy", "reference", "said_as", "sealed_at", "sex", "twin_order") VALUES (OLD."birth_date", OLD."birth_weight_grams", OLD."carried_by_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."estimated_due_date", OLD."ethnicity", OLD."family_id", OLD."family_name", OLD."gestation_weeks", OLD."given_name", OLD."home_on", OLD."id", OLD."loss", OLD."lost_on", OLD."neonatal_stay", OLD."nhs_number", OLD."nhs_number_status", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."plurality", OLD."pregnancy", OLD."reference", OLD."said_as", OLD."sealed_at", OLD."sex", OLD."twin_order"); RETURN NULL;',
                            hash="c7e86270c2ed08c13b7c6babbd7e600f4e3734e7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6c6bf",
                            table="families_infant",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InfantEvent",
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
                        to="families.infant",
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
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.family",
                    ),
                ),
                ("reference", models.CharField(max_length=16)),
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
                (
                    "carried_by",
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
                    "pregnancy",
                    models.UUIDField(default=uuid.uuid4, help_text="The same for babies carried together."),
                ),
                ("twin_order", models.PositiveSmallIntegerField(default=1)),
                (
                    "plurality",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="How many babies of this pregnancy."
                    ),
                ),
                ("birth_weight_grams", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "gestation_weeks",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Completed weeks at birth.", null=True
                    ),
                ),
                (
                    "neonatal_stay",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no", "No"),
                            ("now", "Yes, and still there"),
                            ("yes", "Yes, and home since"),
                        ],
                        max_length=3,
                    ),
                ),
                (
                    "home_on",
                    models.DateField(
                        blank=True, help_text="First day at home after a neonatal stay.", null=True
                    ),
                ),
                ("lost_on", models.DateField(blank=True, null=True)),
                (
                    "loss",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("miscarriage", "Miscarriage"),
                            ("termination", "Termination"),
                            ("stillbirth", "Stillbirth"),
                            ("death", "Death after birth"),
                        ],
                        max_length=12,
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
                            hash="c309d0e9cff7aadadfce3cec6c6ee76da1cb2ea6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_77312",
                            table="families_infantevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UndoneLoss",
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
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_losses",
                        to="families.family",
                    ),
                ),
                (
                    "infant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_losses",
                        to="families.infant",
                    ),
                ),
                (
                    "loss",
                    models.CharField(
                        choices=[
                            ("miscarriage", "Miscarriage"),
                            ("termination", "Termination"),
                            ("stillbirth", "Stillbirth"),
                            ("death", "Death after birth"),
                        ],
                        max_length=12,
                    ),
                ),
                ("lost_on", models.DateField()),
                ("reason", models.CharField(max_length=300)),
                (
                    "undone_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_undonelossevent" ("created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "loss", "lost_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at", "undone_by_id") VALUES (NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."infant_id", NEW."loss", NEW."lost_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."sealed_at", NEW."undone_by_id"); RETURN NULL;',
                            hash="ad762bf8d35bacf49d8106f4839242752f6ed1cc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8f055",
                            table="families_undoneloss",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "families_undonelossevent" ("created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "loss", "lost_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at", "undone_by_id") VALUES (NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."infant_id", NEW."loss", NEW."lost_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."sealed_at", NEW."undone_by_id"); RETURN NULL;',
                            hash="8979b43dd4aa9f82a248df812e713f6b26a96ae8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_33b59",
                            table="families_undoneloss",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_undonelossevent" ("created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "loss", "lost_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at", "undone_by_id") VALUES (OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."id", OLD."infant_id", OLD."loss", OLD."lost_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."sealed_at", OLD."undone_by_id"); RETURN NULL;',
                            hash="708ce5f6f033930ad4c7a49b55e14a218d3319b1",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0645c",
                            table="families_undoneloss",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UndoneLossEvent",
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
                        to="families.undoneloss",
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
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.family",
                    ),
                ),
                (
                    "infant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.infant",
                    ),
                ),
                (
                    "loss",
                    models.CharField(
                        choices=[
                            ("miscarriage", "Miscarriage"),
                            ("termination", "Termination"),
                            ("stillbirth", "Stillbirth"),
                            ("death", "Death after birth"),
                        ],
                        max_length=12,
                    ),
                ),
                ("lost_on", models.DateField()),
                ("reason", models.CharField(max_length=300)),
                (
                    "undone_by",
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
                            hash="fa6fa63f76748524f88db6d6d234b119abbd1617",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_bd0dd",
                            table="families_undonelossevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Address",
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
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addresses",
                        to="families.family",
                    ),
                ),
                (
                    "caregiver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addresses",
                        to="families.caregiver",
                    ),
                ),
                (
                    "infant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addresses",
                        to="families.infant",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("home", "Home"),
                            ("temporary", "Temporary"),
                            ("refuge", "Refuge (address hidden)"),
                            ("none", "No fixed abode"),
                        ],
                        default="home",
                        max_length=10,
                    ),
                ),
                ("lines", models.TextField(blank=True)),
                ("postcode", models.CharField(blank=True, max_length=8)),
                ("lsoa_code", models.CharField(blank=True, max_length=9)),
                ("imd_decile", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("imd_version", models.CharField(blank=True, max_length=4)),
                ("looked_up_on", models.DateField(blank=True, null=True)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "addresses",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("caregiver__isnull", False), ("infant", None)),
                            models.Q(("caregiver", None), ("infant__isnull", False)),
                            _connector="OR",
                        ),
                        name="address_is_of_one_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("imd_decile", None),
                            models.Q(
                                ("imd_decile__range", (1, 10)), models.Q(("imd_version", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="decile_names_its_index",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since", None),
                            ("until", None),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="address_ends_after_it_began",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_addressevent" ("caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "imd_decile", "imd_version", "infant_id", "kind", "lines", "looked_up_on", "lsoa_code", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "sealed_at", "since", "until") VALUES (NEW."caregiver_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."imd_decile", NEW."imd_version", NEW."infant_id", NEW."kind", NEW."lines", NEW."looked_up_on", NEW."lsoa_code", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."postcode", NEW."sealed_at", NEW."since", NEW."until"); RETURN NULL;',
                            hash="d579f9418f89bf6ab1db0a613c085293ba5f8718",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c2c11",
                            table="families_address",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "families_addressevent" ("caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "imd_decile", "imd_version", "infant_id", "kind", "lines", "looked_up_on", "lsoa_code", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "sealed_at", "since", "until") VALUES (NEW."caregiver_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."imd_decile", NEW."imd_version", NEW."infant_id", NEW."kind", NEW."lines", NEW."looked_up_on", NEW."lsoa_code", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."postcode", NEW."sealed_at", NEW."since", NEW."until"); RETURN NULL;',
                            hash="1488185088539312a09fb5570488675e10db2e86",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_73ce9",
                            table="families_address",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_addressevent" ("caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "imd_decile", "imd_version", "infant_id", "kind", "lines", "looked_up_on", "lsoa_code", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "sealed_at", "since", "until") VALUES (OLD."caregiver_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."id", OLD."imd_decile", OLD."imd_version", OLD."infant_id", OLD."kind", OLD."lines", OLD."looked_up_on", OLD."lsoa_code", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."postcode", OLD."sealed_at", OLD."since", OLD."until"); RETURN NULL;',
                            hash="2dcb3d18bfa50f59d5c633371d3fcab9e8053589",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fc642",
                            table="families_address",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adoption",
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
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="families.family",
                    ),
                ),
                (
                    "birth_infant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.infant"
                    ),
                ),
                (
                    "new_infant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.infant"
                    ),
                ),
                ("adopted_on", models.DateField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sealed_rows",
                    models.JSONField(default=dict, help_text="Ids of what was sealed with it, by table."),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_adoptionevent" ("adopted_on", "birth_infant_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "new_infant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "sealed_at", "sealed_rows") VALUES (NEW."adopted_on", NEW."birth_infant_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."new_infant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."sealed_at", NEW."sealed_rows"); RETURN NULL;',
                            hash="b4ddae4ad8407cf563bc0bd2e21b4c618ac05122",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_756e9",
                            table="families_adoption",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "families_adoptionevent" ("adopted_on", "birth_infant_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "new_infant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "sealed_at", "sealed_rows") VALUES (NEW."adopted_on", NEW."birth_infant_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."new_infant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."sealed_at", NEW."sealed_rows"); RETURN NULL;',
                            hash="68ed9f12d3110aa38324a1b2d1ac314e25108b17",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_22d9d",
                            table="families_adoption",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_adoptionevent" ("adopted_on", "birth_infant_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "new_infant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "sealed_at", "sealed_rows") VALUES (OLD."adopted_on", OLD."birth_infant_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."id", OLD."new_infant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."sealed_at", OLD."sealed_rows"); RETURN NULL;',
                            hash="88e04d932cc66638de0417fd1a455cc3a860bfbb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e0c37",
                            table="families_adoption",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdoptionEvent",
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
                        to="families.adoption",
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
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.family",
                    ),
                ),
                (
                    "birth_infant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.infant",
                    ),
                ),
                (
                    "new_infant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.infant",
                    ),
                ),
                ("adopted_on", models.DateField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sealed_rows",
                    models.JSONField(default=dict, help_text="Ids of what was sealed with it, by table."),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5e3d004c683e1bd0f11ca8342d3bfdd5c0910a0c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e8ce2",
                            table="families_adoptionevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AddressEvent",
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
                        to="families.address",
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
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.family",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("home", "Home"),
                            ("temporary", "Temporary"),
                            ("refuge", "Refuge (address hidden)"),
                            ("none", "No fixed abode"),
                        ],
                        default="home",
                        max_length=10,
                    ),
                ),
                ("lines", models.TextField(blank=True)),
                ("postcode", models.CharField(blank=True, max_length=8)),
                ("lsoa_code", models.CharField(blank=True, max_length=9)),
                ("imd_decile", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("imd_version", models.CharField(blank=True, max_length=4)),
                ("looked_up_on", models.DateField(blank=True, null=True)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1934b354fb9277d7d6eeb8514c4b400e0c76ed8d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_dd459",
                            table="families_addressevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaregiverEvent",
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
                        to="families.caregiver",
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
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.family",
                    ),
                ),
                ("birth_date", models.DateField(blank=True, null=True)),
                (
                    "gender",
                    models.CharField(blank=True, help_text="In the person's own words.", max_length=40),
                ),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "safe_contact",
                    models.CharField(
                        blank=True, help_text="How and when it is safe to make contact.", max_length=200
                    ),
                ),
                ("may_call", models.BooleanField(blank=True, null=True)),
                ("may_text", models.BooleanField(blank=True, null=True)),
                ("may_leave_message", models.BooleanField(blank=True, null=True)),
                ("may_email", models.BooleanField(blank=True, null=True)),
                ("may_post", models.BooleanField(blank=True, null=True)),
                ("language", models.CharField(blank=True, max_length=60)),
                ("needs_interpreter", models.BooleanField(default=False)),
                (
                    "communication_needs",
                    models.CharField(
                        blank=True,
                        help_text="Such as large print, or a signer (Accessible Information).",
                        max_length=200,
                    ),
                ),
                (
                    "access_needs",
                    models.CharField(
                        blank=True, help_text="Such as no stairs, or a quiet room.", max_length=200
                    ),
                ),
                (
                    "disability",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("declined", "Would rather not say"),
                            ("", "Not asked"),
                        ],
                        max_length=8,
                    ),
                ),
                ("disability_details", models.CharField(blank=True, max_length=200)),
                (
                    "care_experienced",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("declined", "Would rather not say"),
                            ("", "Not asked"),
                        ],
                        max_length=8,
                    ),
                ),
                ("died_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5a8bd6e8737212ea99bc8ea5f7df43751adac02a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_277d5",
                            table="families_caregiverevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Caution",
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
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cautions",
                        to="families.family",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("keep_apart", "Keep apart"), ("lone_worker", "Lone worker")], max_length=12
                    ),
                ),
                (
                    "caregiver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cautions",
                        to="families.caregiver",
                    ),
                ),
                (
                    "infant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cautions",
                        to="families.infant",
                    ),
                ),
                (
                    "kept_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_from",
                        to="families.caregiver",
                    ),
                ),
                (
                    "kept_from_name",
                    models.CharField(
                        blank=True, help_text="Somebody who has no record here.", max_length=120
                    ),
                ),
                (
                    "court_order",
                    models.CharField(
                        blank=True,
                        help_text="Which order asks for it, in words; empty when none does.",
                        max_length=200,
                    ),
                ),
                ("what", models.CharField(help_text="What is known, in a sentence.", max_length=300)),
                ("what_to_do", models.CharField(blank=True, max_length=300)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "keep_apart"), _negated=True),
                            ("kept_from__isnull", False),
                            models.Q(("kept_from_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="kept_apart_from_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="a_caution_ends_after_it_began",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_cautionevent" ("caregiver_id", "court_order", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "kept_from_id", "kept_from_name", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "since", "until", "what", "what_to_do") VALUES (NEW."caregiver_id", NEW."court_order", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."infant_id", NEW."kept_from_id", NEW."kept_from_name", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at", NEW."since", NEW."until", NEW."what", NEW."what_to_do"); RETURN NULL;',
                            hash="8e4dbde8b950673f9cd583aa546e9ceec0dd6971",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5a51a",
                            table="families_caution",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "families_cautionevent" ("caregiver_id", "court_order", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "kept_from_id", "kept_from_name", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "since", "until", "what", "what_to_do") VALUES (NEW."caregiver_id", NEW."court_order", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."infant_id", NEW."kept_from_id", NEW."kept_from_name", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at", NEW."since", NEW."until", NEW."what", NEW."what_to_do"); RETURN NULL;',
                            hash="8d43ffb3e0dd83929dd6a8b6261bcdcf9d0a73a9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_de12e",
                            table="families_caution",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_cautionevent" ("caregiver_id", "court_order", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "kept_from_id", "kept_from_name", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "since", "until", "what", "what_to_do") VALUES (OLD."caregiver_id", OLD."court_order", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."id", OLD."infant_id", OLD."kept_from_id", OLD."kept_from_name", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at", OLD."since", OLD."until", OLD."what", OLD."what_to_do"); RETURN NULL;',
                            hash="2e8b7a17f93cec365d90ede5c6737acefdfe64e2",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6fe44",
                            table="families_caution",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CautionEvent",
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
                        to="families.caution",
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
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.family",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("keep_apart", "Keep apart"), ("lone_worker", "Lone worker")], max_length=12
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
                    "kept_from",
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
                    "kept_from_name",
                    models.CharField(
                        blank=True, help_text="Somebody who has no record here.", max_length=120
                    ),
                ),
                (
                    "court_order",
                    models.CharField(
                        blank=True,
                        help_text="Which order asks for it, in words; empty when none does.",
                        max_length=200,
                    ),
                ),
                ("what", models.CharField(help_text="What is known, in a sentence.", max_length=300)),
                ("what_to_do", models.CharField(blank=True, max_length=300)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="34f8f1fb02bd5c9a30d8a63e01059d13966bbebe",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_702b3",
                            table="families_cautionevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Dyad",
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
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dyads",
                        to="families.family",
                    ),
                ),
                (
                    "infant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dyads",
                        to="families.infant",
                    ),
                ),
                (
                    "caregiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dyads",
                        to="families.caregiver",
                    ),
                ),
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
                ("lives_with", models.BooleanField(blank=True, null=True)),
                (
                    "parental_responsibility",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                (
                    "restrictions",
                    models.CharField(
                        blank=True,
                        help_text="Such as supervised contact only, and who ordered it.",
                        max_length=300,
                    ),
                ),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("entered_in_error_at", None), ("sealed_at", None), ("until", None)
                        ),
                        fields=("infant", "caregiver"),
                        name="dyad_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since", None),
                            ("until", None),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="dyad_ends_after_it_began",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_dyadevent" ("caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "lives_with", "main_carer", "parental_responsibility", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship", "restrictions", "sealed_at", "since", "until") VALUES (NEW."caregiver_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."infant_id", NEW."lives_with", NEW."main_carer", NEW."parental_responsibility", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."relationship", NEW."restrictions", NEW."sealed_at", NEW."since", NEW."until"); RETURN NULL;',
                            hash="0f7dc47310abe0b51133beb7d5601355b525b636",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_df2df",
                            table="families_dyad",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "families_dyadevent" ("caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "lives_with", "main_carer", "parental_responsibility", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship", "restrictions", "sealed_at", "since", "until") VALUES (NEW."caregiver_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."infant_id", NEW."lives_with", NEW."main_carer", NEW."parental_responsibility", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."relationship", NEW."restrictions", NEW."sealed_at", NEW."since", NEW."until"); RETURN NULL;',
                            hash="cab8d5996a21eed0a9a30d0d4ca97c5f5e3f0e53",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_22c43",
                            table="families_dyad",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "families_dyadevent" ("caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "lives_with", "main_carer", "parental_responsibility", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship", "restrictions", "sealed_at", "since", "until") VALUES (OLD."caregiver_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."id", OLD."infant_id", OLD."lives_with", OLD."main_carer", OLD."parental_responsibility", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."relationship", OLD."restrictions", OLD."sealed_at", OLD."since", OLD."until"); RETURN NULL;',
                            hash="a3dca6cda165a2be0be3b1293af69a878b4b4b82",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9676f",
                            table="families_dyad",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DyadEvent",
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
                        to="families.dyad",
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
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.family",
                    ),
                ),
                (
                    "infant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.infant",
                    ),
                ),
                (
                    "caregiver",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.caregiver",
                    ),
                ),
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
                ("lives_with", models.BooleanField(blank=True, null=True)),
                (
                    "parental_responsibility",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                (
                    "restrictions",
                    models.CharField(
                        blank=True,
                        help_text="Such as supervised contact only, and who ordered it.",
                        max_length=300,
                    ),
                ),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9ebaa65e848c79530dfd39dae7ddc372e9a9132a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a4a86",
                            table="families_dyadevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaregiverExclusionGroup",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("families.caregiver_exclusion_groups",),
        ),
        migrations.CreateModel(
            name="CaregiverExclusionGroupEvent",
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
                        to="families.caregiverexclusiongroup",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "caregiver",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.caregiver",
                    ),
                ),
                (
                    "exclusiongroup",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.exclusiongroup",
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
                            hash="452c00f621b7732a154230b4de253d6d66bb05b9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a2154",
                            table="families_caregiverexclusiongroupevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caregiverexclusiongroup",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "families_caregiverexclusiongroupevent" ("caregiver_id", "exclusiongroup_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."caregiver_id", NEW."exclusiongroup_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="c73ed3beccbce1eed77cf16487bccf7efee56245",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9d7b3",
                    table="families_caregiver_exclusion_groups",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caregiverexclusiongroup",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "families_caregiverexclusiongroupevent" ("caregiver_id", "exclusiongroup_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."caregiver_id", NEW."exclusiongroup_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="f271c0fa62544d82d4634acbe423bc7e64952f39",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6fc94",
                    table="families_caregiver_exclusion_groups",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caregiverexclusiongroup",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "families_caregiverexclusiongroupevent" ("caregiver_id", "exclusiongroup_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."caregiver_id", OLD."exclusiongroup_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="f67acafbfaa1f9329b507910355e019309252153",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bc611",
                    table="families_caregiver_exclusion_groups",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
