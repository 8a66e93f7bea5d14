"""The room as it was before the work had its plans, kinds of contact and waits. A new database takes 0001_the_work."""

import uuid

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from interventions.episodes.catalogue import CATALOGUE


def fill(apps, schema_editor):
    intervention = apps.get_model("episodes", "Intervention")
    for order, (code, name, shape) in enumerate(CATALOGUE, start=1):
        known = {"name": name, "shape": shape, "order": order}
        intervention.objects.update_or_create(code=code, defaults=known)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("families", "0001_squashed"),
        ("referrals", "0001_initial"),
        ("service", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("snomed_code", models.CharField(blank=True, max_length=18)),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["order", "name"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_interventionevent" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "shape", "snomed_code") VALUES (NEW."code", NEW."id", NEW."name", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."retired_on", NEW."shape", NEW."snomed_code"); RETURN NULL;',
                            hash="2d50439f067e805d7e382af2b5a5b78111d73711",
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
                            func='INSERT INTO "episodes_interventionevent" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "shape", "snomed_code") VALUES (NEW."code", NEW."id", NEW."name", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."retired_on", NEW."shape", NEW."snomed_code"); RETURN NULL;',
                            hash="70f4a2de120e3422f19e49c8b72c5835b7fc385d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_367d9",
                            table="episodes_intervention",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_interventionevent" ("code", "id", "name", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "shape", "snomed_code") VALUES (OLD."code", OLD."id", OLD."name", OLD."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."retired_on", OLD."shape", OLD."snomed_code"); RETURN NULL;',
                            hash="cad3f63422405df04e62e5158cf269b7dc4bfe84",
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
                            func='INSERT INTO "episodes_episodeevent" ("created_at", "ended_on", "ending_reason", "ending_summary", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "held_next_by", "id", "lead_id", "opened_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "review_on", "sealed_at", "site_id", "thrive") VALUES (NEW."created_at", NEW."ended_on", NEW."ending_reason", NEW."ending_summary", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."held_next_by", NEW."id", NEW."lead_id", NEW."opened_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."referral_id", NEW."review_on", NEW."sealed_at", NEW."site_id", NEW."thrive"); RETURN NULL;',
                            hash="a39a46b2b7d3a53e6e15e266859166ea3acf247d",
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
                            func='INSERT INTO "episodes_episodeevent" ("created_at", "ended_on", "ending_reason", "ending_summary", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "held_next_by", "id", "lead_id", "opened_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "review_on", "sealed_at", "site_id", "thrive") VALUES (NEW."created_at", NEW."ended_on", NEW."ending_reason", NEW."ending_summary", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."held_next_by", NEW."id", NEW."lead_id", NEW."opened_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."referral_id", NEW."review_on", NEW."sealed_at", NEW."site_id", NEW."thrive"); RETURN NULL;',
                            hash="541fcb31ffbf0332a67dbc5a13cabf1da91235d8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d1286",
                            table="episodes_episode",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_episodeevent" ("created_at", "ended_on", "ending_reason", "ending_summary", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "held_next_by", "id", "lead_id", "opened_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "review_on", "sealed_at", "site_id", "thrive") VALUES (OLD."created_at", OLD."ended_on", OLD."ending_reason", OLD."ending_summary", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."held_next_by", OLD."id", OLD."lead_id", OLD."opened_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."referral_id", OLD."review_on", OLD."sealed_at", OLD."site_id", OLD."thrive"); RETURN NULL;',
                            hash="6d2f25d73c288cc4e1504888efee701fd1b161df",
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
            ],
            options={
                "ordering": ["started_on"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_interventionuseevent" ("created_at", "ended_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "intervention_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "started_on") VALUES (NEW."created_at", NEW."ended_on", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", NEW."intervention_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at", NEW."started_on"); RETURN NULL;',
                            hash="89fb309ef7f350a52f8a644ac48c7e7f9fb8f4b8",
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
                            func='INSERT INTO "episodes_interventionuseevent" ("created_at", "ended_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "intervention_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "started_on") VALUES (NEW."created_at", NEW."ended_on", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", NEW."intervention_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at", NEW."started_on"); RETURN NULL;',
                            hash="17350b3e4611b052b721fc0cb54c98e5733fc3df",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f7285",
                            table="episodes_interventionuse",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_interventionuseevent" ("created_at", "ended_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "intervention_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "started_on") VALUES (OLD."created_at", OLD."ended_on", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."id", OLD."intervention_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at", OLD."started_on"); RETURN NULL;',
                            hash="cbc77a1a49f29b56ff3c785aba3a3ac1066f1e31",
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
                    "interventions",
                    models.ManyToManyField(blank=True, related_name="contacts", to="episodes.intervention"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["episode", "-starts_at"], name="contacts_of_episode"),
                    models.Index(fields=["starts_at"], name="contacts_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__range", (0, 720))), name="a_contact_lasts_at_most_a_day"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_carecontactevent" ("created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "location", "mechanism", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practitioner_id", "sealed_at", "signed_at", "starts_at") VALUES (NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", NEW."location", NEW."mechanism", NEW."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."practitioner_id", NEW."sealed_at", NEW."signed_at", NEW."starts_at"); RETURN NULL;',
                            hash="792dfd5e985325474c4cb73c787f0ec0861fa7fb",
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
                            func='INSERT INTO "episodes_carecontactevent" ("created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "location", "mechanism", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practitioner_id", "sealed_at", "signed_at", "starts_at") VALUES (NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", NEW."location", NEW."mechanism", NEW."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."practitioner_id", NEW."sealed_at", NEW."signed_at", NEW."starts_at"); RETURN NULL;',
                            hash="1b9b5b6a7150bf856a61af4190b315495140aa68",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7cc5f",
                            table="episodes_carecontact",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_carecontactevent" ("created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "location", "mechanism", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practitioner_id", "sealed_at", "signed_at", "starts_at") VALUES (OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."id", OLD."location", OLD."mechanism", OLD."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."practitioner_id", OLD."sealed_at", OLD."signed_at", OLD."starts_at"); RETURN NULL;',
                            hash="227ed6105ebb272599a66490771bc55b433ad896",
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
                            func='RAISE EXCEPTION \'pgtrigger: Cannot update of "text", "part", "written_by_id", "signed_at" rows from % table\', TG_TABLE_NAME;',
                            hash="66e3a74e3fe3bd471ac1501986247594c48edec2",
                            operation='UPDATE OF "text", "part", "written_by_id", "signed_at"',
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
                    models.UniqueConstraint(fields=("care_contact", "infant"), name="infant_once_a_contact"),
                    models.UniqueConstraint(
                        fields=("care_contact", "caregiver"), name="caregiver_once_a_contact"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_participantevent" ("attendance", "care_contact_id", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "infant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at") VALUES (NEW."attendance", NEW."care_contact_id", NEW."caregiver_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."infant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at"); RETURN NULL;',
                            hash="b40896b1df13d69392771515ca3e496a12a3004c",
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
                            func='INSERT INTO "episodes_participantevent" ("attendance", "care_contact_id", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "infant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at") VALUES (NEW."attendance", NEW."care_contact_id", NEW."caregiver_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."infant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at"); RETURN NULL;',
                            hash="fcb4e14670f19b69850c70f723ca49d5b30872e0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bb9d9",
                            table="episodes_participant",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_participantevent" ("attendance", "care_contact_id", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "infant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at") VALUES (OLD."attendance", OLD."care_contact_id", OLD."caregiver_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."infant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at"); RETURN NULL;',
                            hash="94d2911a270f427b6c5c88ffe9b854a4cb4d92d6",
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
            ],
            options={
                "ordering": ["set_on", "created_at"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_goalevent" ("created_at", "dyad_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "set_on", "words") VALUES (NEW."created_at", NEW."dyad_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at", NEW."set_on", NEW."words"); RETURN NULL;',
                            hash="56962b7d13496a681e70ace028f4ae5e09802a56",
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
                            func='INSERT INTO "episodes_goalevent" ("created_at", "dyad_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "set_on", "words") VALUES (NEW."created_at", NEW."dyad_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at", NEW."set_on", NEW."words"); RETURN NULL;',
                            hash="d507d4637d5ea1e89a6226ad9d95b62cfcfab8bd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d2a1f",
                            table="episodes_goal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "episodes_goalevent" ("created_at", "dyad_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "set_on", "words") VALUES (OLD."created_at", OLD."dyad_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at", OLD."set_on", OLD."words"); RETURN NULL;',
                            hash="50e81a15ecb1181b90901fad89741cf49fa03bf8",
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
