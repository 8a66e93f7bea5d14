"""All of this room in one step for a new database: one CreateModel a table, with keys, constraints and triggers inside.

A database from before takes the migrations that this one replaces, one by one.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from interventions.episodes.catalogue import CATALOGUE, facts_of


def fill(apps, schema_editor):
    intervention = apps.get_model("episodes", "Intervention")
    for order, (code, name, shape) in enumerate(CATALOGUE, start=1):
        known = {"name": name, "shape": shape, "order": order} | facts_of(code)
        intervention.objects.update_or_create(code=code, defaults=known)


class Migration(migrations.Migration):
    replaces = [
        ("episodes", "0001_squashed"),
        ("episodes", "0002_plan_agreed"),
        ("episodes", "0003_contacts"),
        ("episodes", "0004_old_messages"),
        ("episodes", "0005_messages_held"),
        ("episodes", "0006_catalogue_goals_waits"),
        ("episodes", "0007_catalogue_facts"),
    ]

    initial = True

    dependencies = [
        ("families", "0001_squashed"),
        ("referrals", "0001_initial"),
        ("service", "0001_initial"),
        ("village", "0001_the_village"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NotePrompts",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="note_prompts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("hidden", models.BooleanField(default=False)),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_notepromptsevent" ("hidden", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."hidden", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;',
                            hash="67c20188a8d1b7b2d996c70e84b49a1d6b11c3d0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b7e0d",
                            table="episodes_noteprompts",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "episodes_notepromptsevent" ("hidden", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."hidden", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;',
                            hash="7f1c7486800f7cb4d5614e3e046bbd74e4f28be7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2eaa2",
                            table="episodes_noteprompts",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_notepromptsevent" ("hidden", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."hidden", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;',
                            hash="488496b31d619346c554efb7045d85bd2740a8e7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_81f28",
                            table="episodes_noteprompts",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NotePromptsEvent",
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
                        to="episodes.noteprompts",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
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
                ("hidden", models.BooleanField(default=False)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1e1092bddce7904a924119827ad3e6ec5e9eb6dc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_79381",
                            table="episodes_notepromptsevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Episode",
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
                        related_name="episodes",
                        to="families.family",
                    ),
                ),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="episode",
                        to="referrals.referral",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="episodes",
                        to="service.site",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("opened_on", models.DateField()),
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
                ("review_on", models.DateField(blank=True, null=True)),
                (
                    "plan_agreed_on",
                    models.DateField(
                        blank=True,
                        help_text="When the family first agreed the plan: help has begun.",
                        null=True,
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "ending_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("02", "The work is done"),
                            ("04", "No further work is right at present"),
                            ("07", "The family asked to end"),
                            ("05", "We lost touch"),
                            ("09", "The family did not want to start"),
                            ("03", "Moved out of the area"),
                            ("08", "Another service takes it on"),
                            ("01", "Admitted elsewhere"),
                            ("06", "The baby has died"),
                        ],
                        max_length=2,
                    ),
                ),
                (
                    "ending_summary",
                    models.TextField(
                        blank=True, help_text="What changed, in words the family would recognise."
                    ),
                ),
                (
                    "held_next_by",
                    models.CharField(blank=True, help_text="Who holds the family next.", max_length=200),
                ),
                (
                    "focus",
                    models.ManyToManyField(
                        help_text="The dyads in focus.", related_name="episodes", to="families.dyad"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["site", "ended_on"], name="episodes_of_site"),
                    models.Index(fields=["lead", "ended_on"], name="episodes_of_lead"),
                    models.Index(fields=["family"], name="episodes_of_family"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on", None), ("ending_reason", "")),
                            models.Q(
                                ("ended_on__isnull", False), models.Q(("ending_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="an_ending_has_a_reason",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_episodeevent" ("created_at", "ended_on", "ending_reason", "ending_summary", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "held_next_by", "id", "lead_id", "opened_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_agreed_on", "referral_id", "review_on", "sealed_at", "site_id", "thrive") VALUES (NEW."created_at", NEW."ended_on", NEW."ending_reason", NEW."ending_summary", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."held_next_by", NEW."id", NEW."lead_id", NEW."opened_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."plan_agreed_on", NEW."referral_id", NEW."review_on", NEW."sealed_at", NEW."site_id", NEW."thrive"); RETURN NULL;',
                            hash="076aa1c6b37122becfcdc8146bcb12c7892d5150",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_27c76",
                            table="episodes_episode",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "episodes_episodeevent" ("created_at", "ended_on", "ending_reason", "ending_summary", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "held_next_by", "id", "lead_id", "opened_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_agreed_on", "referral_id", "review_on", "sealed_at", "site_id", "thrive") VALUES (NEW."created_at", NEW."ended_on", NEW."ending_reason", NEW."ending_summary", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."held_next_by", NEW."id", NEW."lead_id", NEW."opened_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."plan_agreed_on", NEW."referral_id", NEW."review_on", NEW."sealed_at", NEW."site_id", NEW."thrive"); RETURN NULL;',
                            hash="c4e576f817412e8c655f13db3a199c04e081f366",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d1286",
                            table="episodes_episode",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_episodeevent" ("created_at", "ended_on", "ending_reason", "ending_summary", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "held_next_by", "id", "lead_id", "opened_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_agreed_on", "referral_id", "review_on", "sealed_at", "site_id", "thrive") VALUES (OLD."created_at", OLD."ended_on", OLD."ending_reason", OLD."ending_summary", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."held_next_by", OLD."id", OLD."lead_id", OLD."opened_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."plan_agreed_on", OLD."referral_id", OLD."review_on", OLD."sealed_at", OLD."site_id", OLD."thrive"); RETURN NULL;',
                            hash="6d42db50fee5ccfaadd1b70a3fa099c465e0d589",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_307d3",
                            table="episodes_episode",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EpisodeEvent",
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
                        to="episodes.episode",
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
                    "lead",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("opened_on", models.DateField()),
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
                ("review_on", models.DateField(blank=True, null=True)),
                (
                    "plan_agreed_on",
                    models.DateField(
                        blank=True,
                        help_text="When the family first agreed the plan: help has begun.",
                        null=True,
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "ending_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("02", "The work is done"),
                            ("04", "No further work is right at present"),
                            ("07", "The family asked to end"),
                            ("05", "We lost touch"),
                            ("09", "The family did not want to start"),
                            ("03", "Moved out of the area"),
                            ("08", "Another service takes it on"),
                            ("01", "Admitted elsewhere"),
                            ("06", "The baby has died"),
                        ],
                        max_length=2,
                    ),
                ),
                (
                    "ending_summary",
                    models.TextField(
                        blank=True, help_text="What changed, in words the family would recognise."
                    ),
                ),
                (
                    "held_next_by",
                    models.CharField(blank=True, help_text="Who holds the family next.", max_length=200),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0e85b81a9dee4cf76161b4ae3c6e39b9af27ea90",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_21158",
                            table="episodes_episodeevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Goal",
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
                        related_name="goals",
                        to="episodes.episode",
                    ),
                ),
                (
                    "dyad",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="goals", to="families.dyad"
                    ),
                ),
                ("words", models.CharField(max_length=300)),
                ("set_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "closed_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "Reached"),
                            ("reworded", "Said anew in other words"),
                            ("closed", "No longer theirs"),
                        ],
                        max_length=8,
                    ),
                ),
                ("closed_because", models.CharField(blank=True, max_length=300)),
                (
                    "rewords",
                    models.OneToOneField(
                        blank=True,
                        help_text="The goal that this one says in other words.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reworded_as",
                        to="episodes.goal",
                    ),
                ),
            ],
            options={
                "ordering": ["set_on", "created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_as", ""), ("closed_on", None)),
                            models.Q(
                                ("closed_on__isnull", False), models.Q(("closed_as", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_closed_goal_says_how",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_goalevent" ("closed_as", "closed_because", "closed_on", "created_at", "dyad_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rewords_id", "sealed_at", "set_on", "words") VALUES (NEW."closed_as", NEW."closed_because", NEW."closed_on", NEW."created_at", NEW."dyad_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."rewords_id", NEW."sealed_at", NEW."set_on", NEW."words"); RETURN NULL;',
                            hash="25a34c6ca8190de5f15cf537477c7ccec5b995f0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bd026",
                            table="episodes_goal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "episodes_goalevent" ("closed_as", "closed_because", "closed_on", "created_at", "dyad_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rewords_id", "sealed_at", "set_on", "words") VALUES (NEW."closed_as", NEW."closed_because", NEW."closed_on", NEW."created_at", NEW."dyad_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."rewords_id", NEW."sealed_at", NEW."set_on", NEW."words"); RETURN NULL;',
                            hash="e5119d3f06ae342f85a8ab8f380414bb3fc879b5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d2a1f",
                            table="episodes_goal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_goalevent" ("closed_as", "closed_because", "closed_on", "created_at", "dyad_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rewords_id", "sealed_at", "set_on", "words") VALUES (OLD."closed_as", OLD."closed_because", OLD."closed_on", OLD."created_at", OLD."dyad_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."rewords_id", OLD."sealed_at", OLD."set_on", OLD."words"); RETURN NULL;',
                            hash="89375cdc104c95cddb4a45254e7f8d33d0c918ad",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ef1b5",
                            table="episodes_goal",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GoalEvent",
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
                        to="episodes.goal",
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
                ("words", models.CharField(max_length=300)),
                ("set_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "closed_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "Reached"),
                            ("reworded", "Said anew in other words"),
                            ("closed", "No longer theirs"),
                        ],
                        max_length=8,
                    ),
                ),
                ("closed_because", models.CharField(blank=True, max_length=300)),
                (
                    "rewords",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The goal that this one says in other words.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="episodes.goal",
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
                            hash="6b2f56c7eb2831578cdaf9b275388412eb2f9e10",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8eae5",
                            table="episodes_goalevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Intervention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=120)),
                (
                    "shape",
                    models.CharField(
                        choices=[
                            ("cycles", "Cycles"),
                            ("sessions", "Sessions"),
                            ("group", "Group"),
                            ("open", "Open-ended"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "thrive",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("advice", "Getting Advice"),
                                ("help", "Getting Help"),
                                ("more_help", "Getting More Help"),
                                ("risk_support", "Getting Risk Support"),
                                ("thriving", "Thriving"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        help_text="The groupings it is for; empty where nobody has said.",
                        size=None,
                    ),
                ),
                (
                    "given",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("individual", "With one family"),
                            ("group", "In a group"),
                            ("either", "Either way"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sessions_from", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("sessions_to", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "delivered_by",
                    models.TextField(blank=True, help_text="Who may deliver it, as the service has agreed."),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("snomed_code", models.CharField(blank=True, max_length=18)),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["order", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sessions_from", None),
                            ("sessions_to", None),
                            ("sessions_to__gte", models.F("sessions_from")),
                            _connector="OR",
                        ),
                        name="sessions_from_few_to_many",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_interventionevent" ("code", "delivered_by", "given", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "sessions_from", "sessions_to", "shape", "snomed_code", "thrive") VALUES (NEW."code", NEW."delivered_by", NEW."given", NEW."id", NEW."name", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."retired_on", NEW."sessions_from", NEW."sessions_to", NEW."shape", NEW."snomed_code", NEW."thrive"); RETURN NULL;',
                            hash="bca2db3a90c06528fa1c78c0768ced1dedfae398",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2c49e",
                            table="episodes_intervention",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "episodes_interventionevent" ("code", "delivered_by", "given", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "sessions_from", "sessions_to", "shape", "snomed_code", "thrive") VALUES (NEW."code", NEW."delivered_by", NEW."given", NEW."id", NEW."name", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."retired_on", NEW."sessions_from", NEW."sessions_to", NEW."shape", NEW."snomed_code", NEW."thrive"); RETURN NULL;',
                            hash="b43d95733735b79d3cb6e31425d57604b68e4cb9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_367d9",
                            table="episodes_intervention",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_interventionevent" ("code", "delivered_by", "given", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "sessions_from", "sessions_to", "shape", "snomed_code", "thrive") VALUES (OLD."code", OLD."delivered_by", OLD."given", OLD."id", OLD."name", OLD."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."retired_on", OLD."sessions_from", OLD."sessions_to", OLD."shape", OLD."snomed_code", OLD."thrive"); RETURN NULL;',
                            hash="bba4b568b34f3fcd0da318b6c0afd7668e2ff9ce",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_78d75",
                            table="episodes_intervention",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InterventionEvent",
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
                        to="episodes.intervention",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.SlugField(db_index=False)),
                ("name", models.CharField(max_length=120)),
                (
                    "shape",
                    models.CharField(
                        choices=[
                            ("cycles", "Cycles"),
                            ("sessions", "Sessions"),
                            ("group", "Group"),
                            ("open", "Open-ended"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "thrive",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("advice", "Getting Advice"),
                                ("help", "Getting Help"),
                                ("more_help", "Getting More Help"),
                                ("risk_support", "Getting Risk Support"),
                                ("thriving", "Thriving"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        help_text="The groupings it is for; empty where nobody has said.",
                        size=None,
                    ),
                ),
                (
                    "given",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("individual", "With one family"),
                            ("group", "In a group"),
                            ("either", "Either way"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sessions_from", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("sessions_to", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "delivered_by",
                    models.TextField(blank=True, help_text="Who may deliver it, as the service has agreed."),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("snomed_code", models.CharField(blank=True, max_length=18)),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2413eb69ca2fe06910918f9060388f7a1f1e8a7c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e97a8",
                            table="episodes_interventionevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InterventionUse",
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
                        related_name="uses",
                        to="episodes.episode",
                    ),
                ),
                (
                    "intervention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="episodes.intervention",
                    ),
                ),
                ("started_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["started_on"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_interventionuseevent" ("created_at", "ended_because", "ended_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "intervention_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "started_on") VALUES (NEW."created_at", NEW."ended_because", NEW."ended_on", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", NEW."intervention_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at", NEW."started_on"); RETURN NULL;',
                            hash="cfad8b897c10403f08b944afe41055f281e4a2ae",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a94f7",
                            table="episodes_interventionuse",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "episodes_interventionuseevent" ("created_at", "ended_because", "ended_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "intervention_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "started_on") VALUES (NEW."created_at", NEW."ended_because", NEW."ended_on", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", NEW."intervention_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at", NEW."started_on"); RETURN NULL;',
                            hash="8b5c9dfe51d56328298ecd6cd9c3734152e6e93d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f7285",
                            table="episodes_interventionuse",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_interventionuseevent" ("created_at", "ended_because", "ended_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "intervention_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "started_on") VALUES (OLD."created_at", OLD."ended_because", OLD."ended_on", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."id", OLD."intervention_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at", OLD."started_on"); RETURN NULL;',
                            hash="0e97047a3d38ea7a14a09e958288dca42a2d89f6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_38be2",
                            table="episodes_interventionuse",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InterventionUseEvent",
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
                        to="episodes.interventionuse",
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
                    "intervention",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="episodes.intervention",
                    ),
                ),
                ("started_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5eea78806bc684e4920334344752a0b7a900c3b2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_78d52",
                            table="episodes_interventionuseevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InterventionWait",
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
                        related_name="waits",
                        to="episodes.episode",
                    ),
                ),
                (
                    "intervention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waits",
                        to="episodes.intervention",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intervention_waits",
                        to="service.site",
                    ),
                ),
                ("since", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "closed_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("started", "It has started"),
                            ("declined", "The family would rather not"),
                            ("not_right", "It is not right for them now"),
                            ("ended", "The episode ended"),
                        ],
                        max_length=9,
                    ),
                ),
                ("closed_because", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["since"],
                "indexes": [models.Index(fields=["site", "closed_on"], name="waits_of_site")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_as", ""), ("closed_on", None)),
                            models.Q(
                                ("closed_on__isnull", False), models.Q(("closed_as", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_wait_that_ended_says_how",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("closed_on", None), ("entered_in_error_at", None), ("sealed_at", None)
                        ),
                        fields=("episode", "intervention"),
                        name="one_wait_for_one_way",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_interventionwaitevent" ("closed_as", "closed_because", "closed_on", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "intervention_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "since", "site_id") VALUES (NEW."closed_as", NEW."closed_because", NEW."closed_on", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", NEW."intervention_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at", NEW."since", NEW."site_id"); RETURN NULL;',
                            hash="39a18f601cecb4f3cca4ac966785d820e89f0c3b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_737d0",
                            table="episodes_interventionwait",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "episodes_interventionwaitevent" ("closed_as", "closed_because", "closed_on", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "intervention_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "since", "site_id") VALUES (NEW."closed_as", NEW."closed_because", NEW."closed_on", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", NEW."intervention_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at", NEW."since", NEW."site_id"); RETURN NULL;',
                            hash="fe46a99486ea454e75cd7124c85fa29fcde7e6b8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d9bf6",
                            table="episodes_interventionwait",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_interventionwaitevent" ("closed_as", "closed_because", "closed_on", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "intervention_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "since", "site_id") VALUES (OLD."closed_as", OLD."closed_because", OLD."closed_on", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."id", OLD."intervention_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at", OLD."since", OLD."site_id"); RETURN NULL;',
                            hash="950347458c7d2b30b97bb06717ddf09f638e21aa",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_763af",
                            table="episodes_interventionwait",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InterventionWaitEvent",
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
                        to="episodes.interventionwait",
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
                    "intervention",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="episodes.intervention",
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
                ("since", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "closed_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("started", "It has started"),
                            ("declined", "The family would rather not"),
                            ("not_right", "It is not right for them now"),
                            ("ended", "The episode ended"),
                        ],
                        max_length=9,
                    ),
                ),
                ("closed_because", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="008a45f6bb4ba0b0404e9a231a02ca388153c036",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a7705",
                            table="episodes_interventionwaitevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CareContact",
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
                        related_name="contacts",
                        to="episodes.episode",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("family", "With the family"),
                            ("message", "A message"),
                            ("liaison", "About the family, with a colleague"),
                        ],
                        default="family",
                        max_length=8,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField()),
                (
                    "mechanism",
                    models.CharField(
                        choices=[
                            ("01", "Face to face"),
                            ("02", "Telephone"),
                            ("11", "Video"),
                            ("09", "Text message"),
                            ("05", "E-mail"),
                            ("04", "Talk type for a person unable to speak"),
                            ("98", "Other"),
                        ],
                        help_text="NHS Data Dictionary consultation mechanism.",
                        max_length=2,
                    ),
                ),
                (
                    "location",
                    models.CharField(
                        choices=[
                            ("A01", "Family's home"),
                            ("K01", "Family hub"),
                            ("A02", "Another carer's home"),
                            ("B01", "Health centre"),
                            ("C01", "GP practice"),
                            ("E01", "Out-patient clinic"),
                            ("E02", "Hospital ward, neonatal unit included"),
                            ("N03", "Voluntary sector premises"),
                            ("X01", "Somewhere else, or by phone or video"),
                        ],
                        help_text="NHS Data Dictionary activity location type.",
                        max_length=3,
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care_contacts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "countersigning",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("waiting", "Waiting to be countersigned"),
                            ("returned", "An amendment was asked for"),
                            ("done", "Countersigned"),
                        ],
                        help_text="Empty: nobody has to countersign.",
                        max_length=8,
                    ),
                ),
                (
                    "refiled_from",
                    models.OneToOneField(
                        blank=True,
                        help_text="The sealed copy on the record that it was written in by mistake.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refiled_as",
                        to="episodes.carecontact",
                    ),
                ),
                (
                    "interventions",
                    models.ManyToManyField(blank=True, related_name="contacts", to="episodes.intervention"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["episode", "-starts_at"], name="contacts_of_episode"),
                    models.Index(fields=["starts_at"], name="contacts_by_day"),
                    models.Index(
                        condition=models.Q(("countersigning__in", ("waiting", "returned"))),
                        fields=["episode"],
                        name="contacts_to_countersign",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__range", (0, 720))), name="a_contact_lasts_at_most_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "liaison"),
                            models.Q(("kind", "message"), ("mechanism__in", ("09", "05"))),
                            models.Q(
                                ("kind", "family"), models.Q(("mechanism__in", ("09", "05")), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="what_is_written_is_a_message",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("countersigning", ""), ("signed_at__isnull", False), _connector="OR"
                        ),
                        name="signed_before_countersigned",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="signed_stays_signed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."signed_at" IS NOT NULL)',
                            func='RAISE EXCEPTION \'pgtrigger: Cannot update of "signed_at", "practitioner_id" rows from % table\', TG_TABLE_NAME;',
                            hash="f081986c2e6b7261fad5136e845fc1706f5651bf",
                            operation='UPDATE OF "signed_at", "practitioner_id"',
                            pgid="pgtrigger_signed_stays_signed_88c9a",
                            table="episodes_carecontact",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="66f9a4d78478dcad2e1390be029a85f0a4ef44f4",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_882c2",
                            table="episodes_carecontact",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_carecontactevent" ("countersigning", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "kind", "location", "mechanism", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practitioner_id", "refiled_from_id", "sealed_at", "signed_at", "starts_at") VALUES (NEW."countersigning", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", NEW."kind", NEW."location", NEW."mechanism", NEW."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."practitioner_id", NEW."refiled_from_id", NEW."sealed_at", NEW."signed_at", NEW."starts_at"); RETURN NULL;',
                            hash="47f27fb11da7349fe010cdc3706d222f0784f2e3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3b3a2",
                            table="episodes_carecontact",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "episodes_carecontactevent" ("countersigning", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "kind", "location", "mechanism", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practitioner_id", "refiled_from_id", "sealed_at", "signed_at", "starts_at") VALUES (NEW."countersigning", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", NEW."kind", NEW."location", NEW."mechanism", NEW."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."practitioner_id", NEW."refiled_from_id", NEW."sealed_at", NEW."signed_at", NEW."starts_at"); RETURN NULL;',
                            hash="9fc0e4f3641a29f1d1bdc79f16bd941e4de7020e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7cc5f",
                            table="episodes_carecontact",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_carecontactevent" ("countersigning", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "kind", "location", "mechanism", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practitioner_id", "refiled_from_id", "sealed_at", "signed_at", "starts_at") VALUES (OLD."countersigning", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."id", OLD."kind", OLD."location", OLD."mechanism", OLD."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."practitioner_id", OLD."refiled_from_id", OLD."sealed_at", OLD."signed_at", OLD."starts_at"); RETURN NULL;',
                            hash="a73d8df8ddbdd69186ff1217127379f8e6038513",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f981f",
                            table="episodes_carecontact",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NotePart",
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
                    "care_contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="episodes.carecontact",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("happened", "What happened"),
                            ("baby_told", "What the baby told us"),
                            ("next", "What next"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("infant", "Infant"),
                            ("dyad", "Dyad"),
                            ("caregiver", "Caregiver"),
                            ("couple", "Couple"),
                            ("family", "Family"),
                        ],
                        default="family",
                        max_length=9,
                    ),
                ),
                (
                    "infant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="families.infant",
                    ),
                ),
                (
                    "dyad",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="families.dyad",
                    ),
                ),
                (
                    "caregiver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="families.caregiver",
                    ),
                ),
                ("text", models.TextField()),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "amends",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amended_by",
                        to="episodes.notepart",
                    ),
                ),
                ("amended_because", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="signed_is_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."signed_at" IS NOT NULL)',
                            func='RAISE EXCEPTION \'pgtrigger: Cannot update of "text", "part", "written_by_id", "signed_at", "amends_id", "amended_because" rows from % table\', TG_TABLE_NAME;',
                            hash="47a935631b8803944242f18b357e5751bff25e9a",
                            operation='UPDATE OF "text", "part", "written_by_id", "signed_at", "amends_id", "amended_because"',
                            pgid="pgtrigger_signed_is_frozen_9b255",
                            table="episodes_notepart",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="5903cc5bc9384546f648a4e047cc810460f6be0d",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_7b895",
                            table="episodes_notepart",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_notepartevent" ("amended_because", "amends_id", "care_contact_id", "caregiver_id", "created_at", "dyad_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "infant_id", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "signed_at", "subject", "text", "written_by_id") VALUES (NEW."amended_because", NEW."amends_id", NEW."care_contact_id", NEW."caregiver_id", NEW."created_at", NEW."dyad_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."infant_id", NEW."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at", NEW."signed_at", NEW."subject", NEW."text", NEW."written_by_id"); RETURN NULL;',
                            hash="216e8f45757d7c415f2f205f2f033973e7596c04",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b344f",
                            table="episodes_notepart",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "episodes_notepartevent" ("amended_because", "amends_id", "care_contact_id", "caregiver_id", "created_at", "dyad_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "infant_id", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "signed_at", "subject", "text", "written_by_id") VALUES (NEW."amended_because", NEW."amends_id", NEW."care_contact_id", NEW."caregiver_id", NEW."created_at", NEW."dyad_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."infant_id", NEW."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at", NEW."signed_at", NEW."subject", NEW."text", NEW."written_by_id"); RETURN NULL;',
                            hash="22084974b7e0db4a625eb5e963d230f138c181a7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_dd291",
                            table="episodes_notepart",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_notepartevent" ("amended_because", "amends_id", "care_contact_id", "caregiver_id", "created_at", "dyad_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "infant_id", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "signed_at", "subject", "text", "written_by_id") VALUES (OLD."amended_because", OLD."amends_id", OLD."care_contact_id", OLD."caregiver_id", OLD."created_at", OLD."dyad_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."infant_id", OLD."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at", OLD."signed_at", OLD."subject", OLD."text", OLD."written_by_id"); RETURN NULL;',
                            hash="ab6016b4da2cb77f27b913a445e02885bb3f7ced",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_21fa3",
                            table="episodes_notepart",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NotePartEvent",
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
                        to="episodes.notepart",
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
                    "care_contact",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="episodes.carecontact",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("happened", "What happened"),
                            ("baby_told", "What the baby told us"),
                            ("next", "What next"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("infant", "Infant"),
                            ("dyad", "Dyad"),
                            ("caregiver", "Caregiver"),
                            ("couple", "Couple"),
                            ("family", "Family"),
                        ],
                        default="family",
                        max_length=9,
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
                    "dyad",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.dyad",
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
                ("text", models.TextField()),
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
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "amends",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="episodes.notepart",
                    ),
                ),
                ("amended_because", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ba5fd079942a6e25e0ada0d05b4bbdf0a8096697",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_67f91",
                            table="episodes_notepartevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
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
                    "care_contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participants",
                        to="episodes.carecontact",
                    ),
                ),
                (
                    "infant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="families.infant",
                    ),
                ),
                (
                    "caregiver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="families.caregiver",
                    ),
                ),
                (
                    "attendance",
                    models.CharField(
                        choices=[
                            ("attended", "Attended"),
                            ("late_seen", "Came late, and was seen"),
                            ("not_brought", "Was not brought"),
                            ("did_not_attend", "Did not attend"),
                            ("late_not_seen", "Came too late to be seen"),
                            ("cancelled_family", "Cancelled by the family"),
                            ("cancelled_service", "Cancelled by us"),
                        ],
                        max_length=20,
                    ),
                ),
                ("present", models.BooleanField(blank=True, null=True)),
                ("seen", models.BooleanField(blank=True, null=True)),
                (
                    "observed",
                    models.BooleanField(blank=True, help_text="Watched together with a carer.", null=True),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("caregiver__isnull", False), ("infant", None)),
                            models.Q(("caregiver", None), ("infant__isnull", False)),
                            _connector="OR",
                        ),
                        name="participant_is_one_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("observed", None), ("present", None), ("seen", None)),
                            models.Q(
                                ("infant__isnull", False),
                                ("observed", False),
                                ("present", False),
                                ("seen", False),
                            ),
                            models.Q(
                                ("infant__isnull", False),
                                ("observed", False),
                                ("present", True),
                                ("seen", False),
                            ),
                            models.Q(
                                ("infant__isnull", False),
                                ("observed__isnull", False),
                                ("present", True),
                                ("seen", True),
                            ),
                            _connector="OR",
                        ),
                        name="a_baby_seen_was_there",
                    ),
                    models.UniqueConstraint(fields=("care_contact", "infant"), name="infant_once_a_contact"),
                    models.UniqueConstraint(
                        fields=("care_contact", "caregiver"), name="caregiver_once_a_contact"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_participantevent" ("attendance", "care_contact_id", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "infant_id", "observed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present", "sealed_at", "seen") VALUES (NEW."attendance", NEW."care_contact_id", NEW."caregiver_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."infant_id", NEW."observed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."present", NEW."sealed_at", NEW."seen"); RETURN NULL;',
                            hash="ad56b8f30dd3dc6eeb82c64ee21932ab2541e586",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6364c",
                            table="episodes_participant",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "episodes_participantevent" ("attendance", "care_contact_id", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "infant_id", "observed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present", "sealed_at", "seen") VALUES (NEW."attendance", NEW."care_contact_id", NEW."caregiver_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."infant_id", NEW."observed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."present", NEW."sealed_at", NEW."seen"); RETURN NULL;',
                            hash="5776ecc0f16f127bac081eeea967e42c0dd1262c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bb9d9",
                            table="episodes_participant",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_participantevent" ("attendance", "care_contact_id", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "infant_id", "observed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present", "sealed_at", "seen") VALUES (OLD."attendance", OLD."care_contact_id", OLD."caregiver_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."infant_id", OLD."observed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."present", OLD."sealed_at", OLD."seen"); RETURN NULL;',
                            hash="9126df16d61a013cd7f90248173da763f2e61d6b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2f178",
                            table="episodes_participant",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParticipantEvent",
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
                        to="episodes.participant",
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
                    "care_contact",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="episodes.carecontact",
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
                    "attendance",
                    models.CharField(
                        choices=[
                            ("attended", "Attended"),
                            ("late_seen", "Came late, and was seen"),
                            ("not_brought", "Was not brought"),
                            ("did_not_attend", "Did not attend"),
                            ("late_not_seen", "Came too late to be seen"),
                            ("cancelled_family", "Cancelled by the family"),
                            ("cancelled_service", "Cancelled by us"),
                        ],
                        max_length=20,
                    ),
                ),
                ("present", models.BooleanField(blank=True, null=True)),
                ("seen", models.BooleanField(blank=True, null=True)),
                (
                    "observed",
                    models.BooleanField(blank=True, help_text="Watched together with a carer.", null=True),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5308a12da427b02e8b4ab171651905b1913a185c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_09e2d",
                            table="episodes_participantevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Star",
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
                    "care_contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stars",
                        to="episodes.carecontact",
                    ),
                ),
                (
                    "starred_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stars",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("taken_off_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("entered_in_error_at", None), ("sealed_at", None), ("taken_off_at", None)
                        ),
                        fields=("care_contact", "starred_by"),
                        name="starred_once_by_each",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_starevent" ("care_contact_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "starred_by_id", "taken_off_at") VALUES (NEW."care_contact_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at", NEW."starred_by_id", NEW."taken_off_at"); RETURN NULL;',
                            hash="6bbf698da5449c984f86bf8803e4f96fb694b97e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0772a",
                            table="episodes_star",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "episodes_starevent" ("care_contact_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "starred_by_id", "taken_off_at") VALUES (NEW."care_contact_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at", NEW."starred_by_id", NEW."taken_off_at"); RETURN NULL;',
                            hash="c8691de9491974542e64f46312aab89c23b4293c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4c4fb",
                            table="episodes_star",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_starevent" ("care_contact_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "starred_by_id", "taken_off_at") VALUES (OLD."care_contact_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at", OLD."starred_by_id", OLD."taken_off_at"); RETURN NULL;',
                            hash="ecb3b094b05a1748b9638e1b9cec98083b215b57",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bff2a",
                            table="episodes_star",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StarEvent",
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
                        to="episodes.star",
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
                    "care_contact",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="episodes.carecontact",
                    ),
                ),
                (
                    "starred_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("taken_off_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1c3c94a2c46014729f51b0f5bb40cafa1933e08e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_aaa0b",
                            table="episodes_starevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactColleague",
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
                    "care_contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="colleagues",
                        to="episodes.carecontact",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("role", models.CharField(blank=True, max_length=80)),
                ("organisation", models.CharField(blank=True, max_length=120)),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who they are in the family's village; name, role and organisation stay as they were then.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="village.villagemember",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        help_text="One of our own.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joint_contacts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), ("user__isnull", False)),
                            models.Q(("user", None), models.Q(("name", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_colleague_is_somebody",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_contactcolleagueevent" ("care_contact_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "member_id", "name", "organisation", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "sealed_at", "user_id") VALUES (NEW."care_contact_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."member_id", NEW."name", NEW."organisation", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."role", NEW."sealed_at", NEW."user_id"); RETURN NULL;',
                            hash="bf0150f1b29eeba7c72a959f632cd54028168242",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_65351",
                            table="episodes_contactcolleague",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "episodes_contactcolleagueevent" ("care_contact_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "member_id", "name", "organisation", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "sealed_at", "user_id") VALUES (NEW."care_contact_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."member_id", NEW."name", NEW."organisation", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."role", NEW."sealed_at", NEW."user_id"); RETURN NULL;',
                            hash="b6f1b1ea1b90115eb2e2d1448687762d14b988cc",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c6476",
                            table="episodes_contactcolleague",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_contactcolleagueevent" ("care_contact_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "member_id", "name", "organisation", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "sealed_at", "user_id") VALUES (OLD."care_contact_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."member_id", OLD."name", OLD."organisation", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."role", OLD."sealed_at", OLD."user_id"); RETURN NULL;',
                            hash="6ec796c2add7f9825c8da75ebff3fb41a148a865",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b851c",
                            table="episodes_contactcolleague",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactColleagueEvent",
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
                        to="episodes.contactcolleague",
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
                    "care_contact",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="episodes.carecontact",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("role", models.CharField(blank=True, max_length=80)),
                ("organisation", models.CharField(blank=True, max_length=120)),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Who they are in the family's village; name, role and organisation stay as they were then.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="village.villagemember",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="One of our own.",
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
                            hash="16e92861d102b573ae750944ee3679afe9d00099",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_cc8a1",
                            table="episodes_contactcolleagueevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CountersignStep",
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
                    "care_contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countersign_steps",
                        to="episodes.carecontact",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be countersigned"),
                            ("returned", "An amendment was asked for"),
                            ("done", "Countersigned"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "done"),
                            models.Q(("status", "returned"), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="what_is_given_back_says_why",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7295609d73c82b8c671962332e8a59e09021ec13",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c7779",
                            table="episodes_countersignstep",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_countersignstepevent" ("by_id", "care_contact_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at", "status") VALUES (NEW."by_id", NEW."care_contact_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."sealed_at", NEW."status"); RETURN NULL;',
                            hash="ed5352c6d1adc48803abe5084d8bf835289db88d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c5147",
                            table="episodes_countersignstep",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "episodes_countersignstepevent" ("by_id", "care_contact_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at", "status") VALUES (NEW."by_id", NEW."care_contact_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."sealed_at", NEW."status"); RETURN NULL;',
                            hash="feb2b8b0f3c53363dfb2c6d2e18e4ae8855cbd21",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9d1a2",
                            table="episodes_countersignstep",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_countersignstepevent" ("by_id", "care_contact_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sealed_at", "status") VALUES (OLD."by_id", OLD."care_contact_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."sealed_at", OLD."status"); RETURN NULL;',
                            hash="5dbb0e497afbe134e423e0e2b5399cdd9002d003",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_66a63",
                            table="episodes_countersignstep",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountersignStepEvent",
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
                        to="episodes.countersignstep",
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
                    "care_contact",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="episodes.carecontact",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be countersigned"),
                            ("returned", "An amendment was asked for"),
                            ("done", "Countersigned"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
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
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f61ed52c2daf279d24c14237eaa33e5a65881c42",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a8e24",
                            table="episodes_countersignstepevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CareContactEvent",
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
                        to="episodes.carecontact",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("family", "With the family"),
                            ("message", "A message"),
                            ("liaison", "About the family, with a colleague"),
                        ],
                        default="family",
                        max_length=8,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField()),
                (
                    "mechanism",
                    models.CharField(
                        choices=[
                            ("01", "Face to face"),
                            ("02", "Telephone"),
                            ("11", "Video"),
                            ("09", "Text message"),
                            ("05", "E-mail"),
                            ("04", "Talk type for a person unable to speak"),
                            ("98", "Other"),
                        ],
                        help_text="NHS Data Dictionary consultation mechanism.",
                        max_length=2,
                    ),
                ),
                (
                    "location",
                    models.CharField(
                        choices=[
                            ("A01", "Family's home"),
                            ("K01", "Family hub"),
                            ("A02", "Another carer's home"),
                            ("B01", "Health centre"),
                            ("C01", "GP practice"),
                            ("E01", "Out-patient clinic"),
                            ("E02", "Hospital ward, neonatal unit included"),
                            ("N03", "Voluntary sector premises"),
                            ("X01", "Somewhere else, or by phone or video"),
                        ],
                        help_text="NHS Data Dictionary activity location type.",
                        max_length=3,
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "countersigning",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("waiting", "Waiting to be countersigned"),
                            ("returned", "An amendment was asked for"),
                            ("done", "Countersigned"),
                        ],
                        help_text="Empty: nobody has to countersign.",
                        max_length=8,
                    ),
                ),
                (
                    "refiled_from",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The sealed copy on the record that it was written in by mistake.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="episodes.carecontact",
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
                            hash="464ea3f0c87506cb1bcc29521c112be3c89a692e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_7271b",
                            table="episodes_carecontactevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EpisodeFocus",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("episodes.episode_focus",),
        ),
        migrations.CreateModel(
            name="EpisodeFocusEvent",
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
                        to="episodes.episodefocus",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
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
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.dyad",
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
                            hash="e943c6b48a2649cf0d3d3887bbdcd63227eee3b3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f83a7",
                            table="episodes_episodefocusevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactIntervention",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("episodes.carecontact_interventions",),
        ),
        migrations.CreateModel(
            name="ContactInterventionEvent",
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
                        to="episodes.contactintervention",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "carecontact",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="episodes.carecontact",
                    ),
                ),
                (
                    "intervention",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="episodes.intervention",
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
                            hash="d62cd3e9bd17c58d02598dd66ab93069fe2d4585",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1ee49",
                            table="episodes_contactinterventionevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="episodefocus",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "episodes_episodefocusevent" ("dyad_id", "episode_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."dyad_id", NEW."episode_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="f94f500bffe1e79918e17adacbe2b9cf262ca61e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_23597",
                    table="episodes_episode_focus",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="episodefocus",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "episodes_episodefocusevent" ("dyad_id", "episode_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."dyad_id", NEW."episode_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="2cce6edde4b2b2885faf2dcb0507fe7a6658a3fe",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3eb10",
                    table="episodes_episode_focus",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="episodefocus",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "episodes_episodefocusevent" ("dyad_id", "episode_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."dyad_id", OLD."episode_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="612db5bd868f3c76df1e5055ab3fe3f4785705cc",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_39ed0",
                    table="episodes_episode_focus",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactintervention",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "episodes_contactinterventionevent" ("carecontact_id", "id", "intervention_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."carecontact_id", NEW."id", NEW."intervention_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="207d4597a227709348bd1b3fb3ac31b3ac52a844",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_72894",
                    table="episodes_carecontact_interventions",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactintervention",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "episodes_contactinterventionevent" ("carecontact_id", "id", "intervention_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."carecontact_id", NEW."id", NEW."intervention_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="7f1597a5a433b709ad6f88adef0f2fa23aad8c75",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5fc9c",
                    table="episodes_carecontact_interventions",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactintervention",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "episodes_contactinterventionevent" ("carecontact_id", "id", "intervention_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."carecontact_id", OLD."id", OLD."intervention_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="2df2bcff883063c51309eeed6aa8c8996b4322e5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9b411",
                    table="episodes_carecontact_interventions",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
