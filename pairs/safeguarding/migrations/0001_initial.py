import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("families", "0001_squashed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HouseholdChild",
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
                        related_name="household_children",
                        to="families.family",
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("birth_date", models.DateField(blank=True, null=True)),
                ("lives_with", models.CharField(blank=True, max_length=160)),
                ("school", models.CharField(blank=True, help_text="School or nursery.", max_length=160)),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "verbose_name_plural": "household children",
                "ordering": ["birth_date", "name"],
                "indexes": [models.Index(fields=["family"], name="children_of_household")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "safeguarding_householdchildevent" ("birth_date", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "lives_with", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school", "sealed_at") VALUES (NEW."birth_date", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."lives_with", NEW."name", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."school", NEW."sealed_at"); RETURN NULL;',
                            hash="5814906482f7221e2696d6e868b8fb02382435e9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d36f3",
                            table="safeguarding_householdchild",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "safeguarding_householdchildevent" ("birth_date", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "lives_with", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school", "sealed_at") VALUES (NEW."birth_date", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."lives_with", NEW."name", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."school", NEW."sealed_at"); RETURN NULL;',
                            hash="cc29d6448a942670018c90e6f2ac850848b1fe01",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ffca6",
                            table="safeguarding_householdchild",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "safeguarding_householdchildevent" ("birth_date", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "lives_with", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school", "sealed_at") VALUES (OLD."birth_date", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."id", OLD."lives_with", OLD."name", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."school", OLD."sealed_at"); RETURN NULL;',
                            hash="fa2e7a82348bb17bd94ceafca7d6ceea2121290e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_86229",
                            table="safeguarding_householdchild",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HouseholdChildEvent",
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
                        to="safeguarding.householdchild",
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
                ("name", models.CharField(max_length=120)),
                ("birth_date", models.DateField(blank=True, null=True)),
                ("lives_with", models.CharField(blank=True, max_length=160)),
                ("school", models.CharField(blank=True, help_text="School or nursery.", max_length=160)),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="20aa685a188b70aeca31e217c7b25aa701253092",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ce931",
                            table="safeguarding_householdchildevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SafeguardingConcern",
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
                        related_name="safeguarding_concerns",
                        to="families.family",
                    ),
                ),
                (
                    "infant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safeguarding_concerns",
                        to="families.infant",
                    ),
                ),
                (
                    "caregiver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safeguarding_concerns",
                        to="families.caregiver",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safeguarding_concerns",
                        to="safeguarding.householdchild",
                    ),
                ),
                ("what", models.TextField(help_text="What was seen or heard.")),
                ("noticed_on", models.DateField()),
                ("told", models.TextField(blank=True, help_text="Whom, and when, in words.")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("referred", "Referred to children’s social care"),
                            ("advice", "Advice taken, and no referral for now"),
                            ("supervision", "Discussed in supervision, and no referral for now"),
                            ("not_referred", "Not referred"),
                        ],
                        max_length=12,
                    ),
                ),
                ("why", models.TextField()),
                (
                    "family_told",
                    models.CharField(
                        choices=[
                            ("agreed", "Yes, and they agreed to what we share"),
                            ("knows", "Yes, and they did not agree"),
                            ("not_told", "No"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "without_agreement",
                    models.TextField(blank=True, help_text="Why it was right to share it all the same."),
                ),
                ("chase_by", models.DateField(blank=True, null=True)),
                (
                    "alert",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concern",
                        to="families.riskalert",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["family"], name="concerns_of_family")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("caregiver", None), ("child", None), ("infant", None)),
                            models.Q(("caregiver", None), ("child", None), ("infant__isnull", False)),
                            models.Q(("caregiver__isnull", False), ("child", None), ("infant", None)),
                            models.Q(("caregiver", None), ("child__isnull", False), ("infant", None)),
                            _connector="OR",
                        ),
                        name="concern_is_about_one_or_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="a_decision_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("family_told", "agreed"),
                            models.Q(("without_agreement", ""), _negated=True),
                            models.Q(("decision", "not_referred"), ("told", "")),
                            _connector="OR",
                        ),
                        name="sharing_without_agreement_says_why",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="words_stand",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='RAISE EXCEPTION \'pgtrigger: Cannot update of "what", "noticed_on", "told", "decision", "why", "family_told", "without_agreement", "chase_by", "alert_id", "recorded_by_id", "created_at" rows from % table\', TG_TABLE_NAME;',
                            hash="99acde99c68caf43b883cd5da945e9e18784cbd0",
                            operation='UPDATE OF "what", "noticed_on", "told", "decision", "why", "family_told", "without_agreement", "chase_by", "alert_id", "recorded_by_id", "created_at"',
                            pgid="pgtrigger_words_stand_70273",
                            table="safeguarding_safeguardingconcern",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="a9ca352708e616ea363bcd9d451f7c7947d45a8f",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_b3d9f",
                            table="safeguarding_safeguardingconcern",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "safeguarding_safeguardingconcernevent" ("alert_id", "caregiver_id", "chase_by", "child_id", "created_at", "decision", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "family_told", "id", "infant_id", "noticed_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "sealed_at", "told", "what", "why", "without_agreement") VALUES (NEW."alert_id", NEW."caregiver_id", NEW."chase_by", NEW."child_id", NEW."created_at", NEW."decision", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."family_told", NEW."id", NEW."infant_id", NEW."noticed_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."sealed_at", NEW."told", NEW."what", NEW."why", NEW."without_agreement"); RETURN NULL;',
                            hash="789044216649f734d0e3150b71b54a740149e0bc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f262b",
                            table="safeguarding_safeguardingconcern",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "safeguarding_safeguardingconcernevent" ("alert_id", "caregiver_id", "chase_by", "child_id", "created_at", "decision", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "family_told", "id", "infant_id", "noticed_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "sealed_at", "told", "what", "why", "without_agreement") VALUES (NEW."alert_id", NEW."caregiver_id", NEW."chase_by", NEW."child_id", NEW."created_at", NEW."decision", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."family_told", NEW."id", NEW."infant_id", NEW."noticed_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."sealed_at", NEW."told", NEW."what", NEW."why", NEW."without_agreement"); RETURN NULL;',
                            hash="9c8a29da699438493e56a8775a755cccf11100d1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_87bd2",
                            table="safeguarding_safeguardingconcern",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "safeguarding_safeguardingconcernevent" ("alert_id", "caregiver_id", "chase_by", "child_id", "created_at", "decision", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "family_told", "id", "infant_id", "noticed_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "sealed_at", "told", "what", "why", "without_agreement") VALUES (OLD."alert_id", OLD."caregiver_id", OLD."chase_by", OLD."child_id", OLD."created_at", OLD."decision", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."family_told", OLD."id", OLD."infant_id", OLD."noticed_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."sealed_at", OLD."told", OLD."what", OLD."why", OLD."without_agreement"); RETURN NULL;',
                            hash="74d12bed02085f7651f68bdf6b81d90019f71d55",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_935cc",
                            table="safeguarding_safeguardingconcern",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConcernStep",
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
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="safeguarding.safeguardingconcern",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("outcome", "What came of it"),
                            ("challenge", "We disagree, and have said so"),
                            ("note", "Something more to note"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "to_whom",
                    models.CharField(
                        blank=True, help_text="To whom a disagreement was said.", max_length=200
                    ),
                ),
                ("chase_by", models.DateField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "challenge"), _negated=True),
                            models.Q(("to_whom", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_challenge_is_said_to_somebody",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5062e0adf594b46ce448a592b116275c798d8c1d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_26605",
                            table="safeguarding_concernstep",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "safeguarding_concernstepevent" ("at", "by_id", "chase_by", "concern_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "text", "to_whom") VALUES (NEW."at", NEW."by_id", NEW."chase_by", NEW."concern_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at", NEW."text", NEW."to_whom"); RETURN NULL;',
                            hash="5e168833955e1b79f1ee4f32d5548a9e26872370",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_77bb1",
                            table="safeguarding_concernstep",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "safeguarding_concernstepevent" ("at", "by_id", "chase_by", "concern_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "text", "to_whom") VALUES (NEW."at", NEW."by_id", NEW."chase_by", NEW."concern_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at", NEW."text", NEW."to_whom"); RETURN NULL;',
                            hash="e7e79f11be3a25b00052f8313987da32173ec7d1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_27e61",
                            table="safeguarding_concernstep",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "safeguarding_concernstepevent" ("at", "by_id", "chase_by", "concern_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "text", "to_whom") VALUES (OLD."at", OLD."by_id", OLD."chase_by", OLD."concern_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at", OLD."text", OLD."to_whom"); RETURN NULL;',
                            hash="b4015f0c489432a03cd34a353c3006077f3685af",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_79657",
                            table="safeguarding_concernstep",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConcernStepEvent",
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
                        to="safeguarding.concernstep",
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
                    "concern",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="safeguarding.safeguardingconcern",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("outcome", "What came of it"),
                            ("challenge", "We disagree, and have said so"),
                            ("note", "Something more to note"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "to_whom",
                    models.CharField(
                        blank=True, help_text="To whom a disagreement was said.", max_length=200
                    ),
                ),
                ("chase_by", models.DateField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
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
                            hash="8d17f317d2130f222d913ee7468df76d549d32af",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_75b18",
                            table="safeguarding_concernstepevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SafeguardingConcernEvent",
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
                        to="safeguarding.safeguardingconcern",
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
                    "child",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="safeguarding.householdchild",
                    ),
                ),
                ("what", models.TextField(help_text="What was seen or heard.")),
                ("noticed_on", models.DateField()),
                ("told", models.TextField(blank=True, help_text="Whom, and when, in words.")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("referred", "Referred to children’s social care"),
                            ("advice", "Advice taken, and no referral for now"),
                            ("supervision", "Discussed in supervision, and no referral for now"),
                            ("not_referred", "Not referred"),
                        ],
                        max_length=12,
                    ),
                ),
                ("why", models.TextField()),
                (
                    "family_told",
                    models.CharField(
                        choices=[
                            ("agreed", "Yes, and they agreed to what we share"),
                            ("knows", "Yes, and they did not agree"),
                            ("not_told", "No"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "without_agreement",
                    models.TextField(blank=True, help_text="Why it was right to share it all the same."),
                ),
                ("chase_by", models.DateField(blank=True, null=True)),
                (
                    "alert",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.riskalert",
                    ),
                ),
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
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6ec5313a19d94db450f3e089af6f1d63c591db99",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_43291",
                            table="safeguarding_safeguardingconcernevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SafeguardingStatus",
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
                        related_name="safeguarding_statuses",
                        to="families.family",
                    ),
                ),
                (
                    "infant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safeguarding_statuses",
                        to="families.infant",
                    ),
                ),
                (
                    "caregiver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safeguarding_statuses",
                        to="families.caregiver",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safeguarding_statuses",
                        to="safeguarding.householdchild",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pre_birth", "Pre-birth assessment"),
                            ("early_help", "Early help"),
                            ("in_need", "Child in need"),
                            ("protection_plan", "Child protection plan"),
                            ("looked_after", "Looked after"),
                            ("proceedings", "Care proceedings"),
                            ("marac", "MARAC (domestic abuse)"),
                            ("court_order", "Court order"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("neglect", "Neglect"),
                                ("physical", "Physical abuse"),
                                ("emotional", "Emotional abuse"),
                                ("sexual", "Sexual abuse"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "court_order",
                    models.CharField(blank=True, help_text="Which order, in words.", max_length=300),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("social_worker", models.CharField(blank=True, max_length=120)),
                ("social_worker_phone", models.CharField(blank=True, max_length=40)),
                (
                    "social_worker_of",
                    models.CharField(blank=True, help_text="Local authority or team.", max_length=160),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "safeguarding statuses",
                "indexes": [models.Index(fields=["family", "until"], name="statuses_of_family")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("caregiver", None), ("child", None), ("infant__isnull", False)),
                            models.Q(("caregiver__isnull", False), ("child", None), ("infant", None)),
                            models.Q(("caregiver", None), ("child__isnull", False), ("infant", None)),
                            _connector="OR",
                        ),
                        name="status_is_of_one_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "protection_plan"), _negated=True),
                            models.Q(("categories", []), _negated=True),
                            _connector="OR",
                        ),
                        name="a_plan_has_its_category",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "court_order"), _negated=True),
                            models.Q(("court_order", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_court_order_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="a_status_ends_after_it_began",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "safeguarding_safeguardingstatusevent" ("caregiver_id", "categories", "child_id", "court_order", "created_at", "ended_because", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "kind", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "review_on", "sealed_at", "since", "social_worker", "social_worker_of", "social_worker_phone", "until") VALUES (NEW."caregiver_id", NEW."categories", NEW."child_id", NEW."court_order", NEW."created_at", NEW."ended_because", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."infant_id", NEW."kind", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."review_on", NEW."sealed_at", NEW."since", NEW."social_worker", NEW."social_worker_of", NEW."social_worker_phone", NEW."until"); RETURN NULL;',
                            hash="cb4e4700d187d7cda2dfe2211d84e54722d2adb7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_11b94",
                            table="safeguarding_safeguardingstatus",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "safeguarding_safeguardingstatusevent" ("caregiver_id", "categories", "child_id", "court_order", "created_at", "ended_because", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "kind", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "review_on", "sealed_at", "since", "social_worker", "social_worker_of", "social_worker_phone", "until") VALUES (NEW."caregiver_id", NEW."categories", NEW."child_id", NEW."court_order", NEW."created_at", NEW."ended_because", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."infant_id", NEW."kind", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."review_on", NEW."sealed_at", NEW."since", NEW."social_worker", NEW."social_worker_of", NEW."social_worker_phone", NEW."until"); RETURN NULL;',
                            hash="a45ce6f0f4c88cd9fc6653354eaf663bdcd9d4ca",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e79d8",
                            table="safeguarding_safeguardingstatus",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "safeguarding_safeguardingstatusevent" ("caregiver_id", "categories", "child_id", "court_order", "created_at", "ended_because", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "kind", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "review_on", "sealed_at", "since", "social_worker", "social_worker_of", "social_worker_phone", "until") VALUES (OLD."caregiver_id", OLD."categories", OLD."child_id", OLD."court_order", OLD."created_at", OLD."ended_because", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."id", OLD."infant_id", OLD."kind", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."review_on", OLD."sealed_at", OLD."since", OLD."social_worker", OLD."social_worker_of", OLD."social_worker_phone", OLD."until"); RETURN NULL;',
                            hash="8d87e08bc25735fc058efa7af4743dca618f9b23",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bacc7",
                            table="safeguarding_safeguardingstatus",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafeguardingStatusEvent",
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
                        to="safeguarding.safeguardingstatus",
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
                    "child",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="safeguarding.householdchild",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pre_birth", "Pre-birth assessment"),
                            ("early_help", "Early help"),
                            ("in_need", "Child in need"),
                            ("protection_plan", "Child protection plan"),
                            ("looked_after", "Looked after"),
                            ("proceedings", "Care proceedings"),
                            ("marac", "MARAC (domestic abuse)"),
                            ("court_order", "Court order"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("neglect", "Neglect"),
                                ("physical", "Physical abuse"),
                                ("emotional", "Emotional abuse"),
                                ("sexual", "Sexual abuse"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "court_order",
                    models.CharField(blank=True, help_text="Which order, in words.", max_length=300),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("social_worker", models.CharField(blank=True, max_length=120)),
                ("social_worker_phone", models.CharField(blank=True, max_length=40)),
                (
                    "social_worker_of",
                    models.CharField(blank=True, help_text="Local authority or team.", max_length=160),
                ),
                ("note", models.TextField(blank=True)),
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
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f241953f472acbc8e2af05f10d8bd43349340dcb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_7a776",
                            table="safeguarding_safeguardingstatusevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
    ]
