"""All of this room in one step for a new database: one CreateModel a table, with keys, constraints and triggers inside.

A database from before takes the migrations that this one replaces, one by one.
"""

import uuid

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("outcomes", "0001_initial"), ("outcomes", "0002_sealed")]

    initial = True

    dependencies = [
        ("episodes", "0001_squashed"),
        ("families", "0001_squashed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
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
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="episodes.episode",
                    ),
                ),
                (
                    "dyad",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="families.dyad",
                    ),
                ),
                ("measure", models.SlugField(help_text="Id in outcomes/catalogue.")),
                ("measure_version", models.CharField(max_length=20)),
                (
                    "timepoint",
                    models.CharField(
                        choices=[("start", "Start"), ("review", "Review"), ("end", "End")], max_length=8
                    ),
                ),
                (
                    "rater",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="families.caregiver",
                    ),
                ),
                (
                    "rated_by_staff",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("completed_on", models.DateField()),
                ("declined", models.BooleanField(default=False)),
                (
                    "responses",
                    models.JSONField(
                        default=dict, help_text="{item number as text: value}; a missing item is absent."
                    ),
                ),
                (
                    "scores",
                    models.JSONField(
                        default=dict, help_text="{subscale: score, or null where an item is missing}."
                    ),
                ),
                ("scoring_version", models.CharField(max_length=20)),
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
                "indexes": [
                    models.Index(fields=["episode", "measure", "completed_on"], name="assessments_of_episode")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rated_by_staff__isnull", False), ("rater", None)),
                            models.Q(("rated_by_staff", None), ("rater__isnull", False)),
                            _connector="OR",
                        ),
                        name="assessment_has_one_rater",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "outcomes_assessmentevent" ("completed_on", "created_at", "declined", "dyad_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "measure", "measure_version", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rated_by_staff_id", "rater_id", "recorded_by_id", "responses", "scores", "scoring_version", "sealed_at", "timepoint") VALUES (NEW."completed_on", NEW."created_at", NEW."declined", NEW."dyad_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", NEW."measure", NEW."measure_version", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."rated_by_staff_id", NEW."rater_id", NEW."recorded_by_id", NEW."responses", NEW."scores", NEW."scoring_version", NEW."sealed_at", NEW."timepoint"); RETURN NULL;',
                            hash="2be3acdf32cc9dc0b17a951818bf2f1db3c8c5a4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_00dda",
                            table="outcomes_assessment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "outcomes_assessmentevent" ("completed_on", "created_at", "declined", "dyad_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "measure", "measure_version", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rated_by_staff_id", "rater_id", "recorded_by_id", "responses", "scores", "scoring_version", "sealed_at", "timepoint") VALUES (NEW."completed_on", NEW."created_at", NEW."declined", NEW."dyad_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", NEW."measure", NEW."measure_version", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."rated_by_staff_id", NEW."rater_id", NEW."recorded_by_id", NEW."responses", NEW."scores", NEW."scoring_version", NEW."sealed_at", NEW."timepoint"); RETURN NULL;',
                            hash="fa0e2c7f232b0c8b76c2e37345e13edc3ee8ac2b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_723fc",
                            table="outcomes_assessment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "outcomes_assessmentevent" ("completed_on", "created_at", "declined", "dyad_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "measure", "measure_version", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rated_by_staff_id", "rater_id", "recorded_by_id", "responses", "scores", "scoring_version", "sealed_at", "timepoint") VALUES (OLD."completed_on", OLD."created_at", OLD."declined", OLD."dyad_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."id", OLD."measure", OLD."measure_version", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."rated_by_staff_id", OLD."rater_id", OLD."recorded_by_id", OLD."responses", OLD."scores", OLD."scoring_version", OLD."sealed_at", OLD."timepoint"); RETURN NULL;',
                            hash="27b0414fd6a958c31b87a203f8d6d70ed98d47a1",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b5fef",
                            table="outcomes_assessment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessmentEvent",
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
                        to="outcomes.assessment",
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
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="episodes.episode",
                    ),
                ),
                (
                    "dyad",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.dyad",
                    ),
                ),
                ("measure", models.SlugField(db_index=False, help_text="Id in outcomes/catalogue.")),
                ("measure_version", models.CharField(max_length=20)),
                (
                    "timepoint",
                    models.CharField(
                        choices=[("start", "Start"), ("review", "Review"), ("end", "End")], max_length=8
                    ),
                ),
                (
                    "rater",
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
                    "rated_by_staff",
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
                ("completed_on", models.DateField()),
                ("declined", models.BooleanField(default=False)),
                (
                    "responses",
                    models.JSONField(
                        default=dict, help_text="{item number as text: value}; a missing item is absent."
                    ),
                ),
                (
                    "scores",
                    models.JSONField(
                        default=dict, help_text="{subscale: score, or null where an item is missing}."
                    ),
                ),
                ("scoring_version", models.CharField(max_length=20)),
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
                            hash="da5e6759f398ddd2102895b4e646e9cf9c62d4f8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_59e4d",
                            table="outcomes_assessmentevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GoalRating",
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
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="episodes.goal",
                    ),
                ),
                (
                    "timepoint",
                    models.CharField(
                        choices=[("start", "Start"), ("review", "Review"), ("end", "End")], max_length=8
                    ),
                ),
                ("score", models.PositiveSmallIntegerField()),
                ("rated_on", models.DateField()),
                (
                    "rater",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goal_ratings",
                        to="families.caregiver",
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
                "ordering": ["rated_on", "created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("score__range", (0, 10))), name="goal_rating_0_to_10"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "outcomes_goalratingevent" ("created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "goal_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rated_on", "rater_id", "recorded_by_id", "score", "sealed_at", "timepoint") VALUES (NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."goal_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."rated_on", NEW."rater_id", NEW."recorded_by_id", NEW."score", NEW."sealed_at", NEW."timepoint"); RETURN NULL;',
                            hash="ad6ea885d87fe181f82c87fbb8e46741771819ba",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7a5d6",
                            table="outcomes_goalrating",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "outcomes_goalratingevent" ("created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "goal_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rated_on", "rater_id", "recorded_by_id", "score", "sealed_at", "timepoint") VALUES (NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."goal_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."rated_on", NEW."rater_id", NEW."recorded_by_id", NEW."score", NEW."sealed_at", NEW."timepoint"); RETURN NULL;',
                            hash="7150cb8092559781c3b8ef742a0714ec29857415",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9eb9c",
                            table="outcomes_goalrating",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "outcomes_goalratingevent" ("created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "goal_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rated_on", "rater_id", "recorded_by_id", "score", "sealed_at", "timepoint") VALUES (OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."goal_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."rated_on", OLD."rater_id", OLD."recorded_by_id", OLD."score", OLD."sealed_at", OLD."timepoint"); RETURN NULL;',
                            hash="ac3dc94eecaca13c381b40fbc8fdf9d5cb2085ea",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1bad1",
                            table="outcomes_goalrating",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GoalRatingEvent",
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
                        to="outcomes.goalrating",
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
                    "goal",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="episodes.goal",
                    ),
                ),
                (
                    "timepoint",
                    models.CharField(
                        choices=[("start", "Start"), ("review", "Review"), ("end", "End")], max_length=8
                    ),
                ),
                ("score", models.PositiveSmallIntegerField()),
                ("rated_on", models.DateField()),
                (
                    "rater",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.caregiver",
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
                            hash="009d5bdf4be42527a9be903eac1e525b2718861e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_53b64",
                            table="outcomes_goalratingevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
    ]
