import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("families", "0001_squashed"),
        ("jobs", "0001_squashed"),
        ("service", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="VillageMember",
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
                        related_name="village",
                        to="families.family",
                    ),
                ),
                (
                    "infant",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: around all the children.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="village",
                        to="families.infant",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("professional", "Professional"),
                            ("kin", "Family and kin"),
                            ("friend", "Friend"),
                            ("community", "Community"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("role", models.CharField(blank=True, max_length=80)),
                ("organisation", models.CharField(blank=True, max_length=120)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("lines", models.TextField(blank=True)),
                (
                    "closeness",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Every day"), (2, "Often"), (3, "Now and then")]
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        help_text="If they have an account, such as a health visitor who referred.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["family"], name="village_of_family")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closeness__range", (1, 3))), name="closeness_is_a_ring"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "village_villagememberevent" ("closeness", "created_at", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "kind", "lines", "name", "organisation", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "sealed_at", "since", "team_id", "until", "user_id") VALUES (NEW."closeness", NEW."created_at", NEW."email", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."infant_id", NEW."kind", NEW."lines", NEW."name", NEW."organisation", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."role", NEW."sealed_at", NEW."since", NEW."team_id", NEW."until", NEW."user_id"); RETURN NULL;',
                            hash="d215261f09835be2c88035f23ebcad3c4cd70ce8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7e9a4",
                            table="village_villagemember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "village_villagememberevent" ("closeness", "created_at", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "kind", "lines", "name", "organisation", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "sealed_at", "since", "team_id", "until", "user_id") VALUES (NEW."closeness", NEW."created_at", NEW."email", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."infant_id", NEW."kind", NEW."lines", NEW."name", NEW."organisation", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."role", NEW."sealed_at", NEW."since", NEW."team_id", NEW."until", NEW."user_id"); RETURN NULL;',
                            hash="13aa60b3e63e8fa5e41e6f6ea0d58e185a4f9a8e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cce77",
                            table="village_villagemember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "village_villagememberevent" ("closeness", "created_at", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "kind", "lines", "name", "organisation", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "sealed_at", "since", "team_id", "until", "user_id") VALUES (OLD."closeness", OLD."created_at", OLD."email", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."id", OLD."infant_id", OLD."kind", OLD."lines", OLD."name", OLD."organisation", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."role", OLD."sealed_at", OLD."since", OLD."team_id", OLD."until", OLD."user_id"); RETURN NULL;',
                            hash="3feccc17f772ea7ccde4f2e2b45aa8691f52736a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4d77a",
                            table="village_villagemember",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisclosureLimit",
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
                        related_name="disclosure_limits",
                        to="families.family",
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
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="village.villagemember",
                    ),
                ),
                (
                    "address",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="families.address",
                    ),
                ),
                (
                    "not_to_caregiver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="families.caregiver",
                    ),
                ),
                (
                    "not_to_member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="village.villagemember",
                    ),
                ),
                (
                    "not_to_name",
                    models.CharField(
                        blank=True, help_text="A person or agency in words.", max_length=120, null=True
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, help_text="The last day it holds.", null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("address__isnull", True),
                                ("caregiver__isnull", True),
                                ("infant__isnull", False),
                                ("member__isnull", True),
                            ),
                            models.Q(
                                ("address__isnull", True),
                                ("caregiver__isnull", False),
                                ("infant__isnull", True),
                                ("member__isnull", True),
                            ),
                            models.Q(
                                ("address__isnull", True),
                                ("caregiver__isnull", True),
                                ("infant__isnull", True),
                                ("member__isnull", False),
                            ),
                            models.Q(
                                ("address__isnull", False),
                                ("caregiver__isnull", True),
                                ("infant__isnull", True),
                                ("member__isnull", True),
                            ),
                            models.Q(
                                ("address__isnull", True),
                                ("caregiver__isnull", True),
                                ("infant__isnull", True),
                                ("member__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="a_limit_is_about_one_or_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("not_to_caregiver__isnull", False),
                                ("not_to_member__isnull", True),
                                ("not_to_name__isnull", True),
                            ),
                            models.Q(
                                ("not_to_caregiver__isnull", True),
                                ("not_to_member__isnull", False),
                                ("not_to_name__isnull", True),
                            ),
                            models.Q(
                                ("not_to_caregiver__isnull", True),
                                ("not_to_member__isnull", True),
                                ("not_to_name__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_limit_is_against_somebody",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="37de7491507585d190b1b36468f8b6a58be4f48d",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_a16b9",
                            table="village_disclosurelimit",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "village_disclosurelimitevent" ("address_id", "caregiver_id", "created_at", "ended_because", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "member_id", "not_to_caregiver_id", "not_to_member_id", "not_to_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_by_id", "sealed_at", "since", "until") VALUES (NEW."address_id", NEW."caregiver_id", NEW."created_at", NEW."ended_because", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."infant_id", NEW."member_id", NEW."not_to_caregiver_id", NEW."not_to_member_id", NEW."not_to_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."recorded_by_id", NEW."sealed_at", NEW."since", NEW."until"); RETURN NULL;',
                            hash="d3853ee07bd8eaa8c7e30381050a02abe2674357",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5aa29",
                            table="village_disclosurelimit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "village_disclosurelimitevent" ("address_id", "caregiver_id", "created_at", "ended_because", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "member_id", "not_to_caregiver_id", "not_to_member_id", "not_to_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_by_id", "sealed_at", "since", "until") VALUES (NEW."address_id", NEW."caregiver_id", NEW."created_at", NEW."ended_because", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."infant_id", NEW."member_id", NEW."not_to_caregiver_id", NEW."not_to_member_id", NEW."not_to_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."recorded_by_id", NEW."sealed_at", NEW."since", NEW."until"); RETURN NULL;',
                            hash="729fea5344eaba3179374c54e5912bacd1efb542",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_decbf",
                            table="village_disclosurelimit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "village_disclosurelimitevent" ("address_id", "caregiver_id", "created_at", "ended_because", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "infant_id", "member_id", "not_to_caregiver_id", "not_to_member_id", "not_to_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_by_id", "sealed_at", "since", "until") VALUES (OLD."address_id", OLD."caregiver_id", OLD."created_at", OLD."ended_because", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."id", OLD."infant_id", OLD."member_id", OLD."not_to_caregiver_id", OLD."not_to_member_id", OLD."not_to_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."recorded_by_id", OLD."sealed_at", OLD."since", OLD."until"); RETURN NULL;',
                            hash="6a06d9347c44e5a114bff5baa7bfe2a34df71071",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b1ec1",
                            table="village_disclosurelimit",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
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
                        related_name="letters",
                        to="families.family",
                    ),
                ),
                (
                    "to_caregiver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="families.caregiver",
                    ),
                ),
                (
                    "to_member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="village.villagemember",
                    ),
                ),
                (
                    "to_user",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whoever referred the family.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sent_on", models.DateField(blank=True, null=True)),
                (
                    "sent_how",
                    models.CharField(
                        blank=True,
                        choices=[("post", "By post"), ("hand", "Handed over in person")],
                        max_length=6,
                    ),
                ),
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
                    "job",
                    models.OneToOneField(
                        blank=True,
                        help_text="Its PDF.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter",
                        to="jobs.job",
                    ),
                ),
                ("about", models.ManyToManyField(related_name="letters", to="families.infant")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("to_caregiver__isnull", False),
                                ("to_member__isnull", True),
                                ("to_user__isnull", True),
                            ),
                            models.Q(
                                ("to_caregiver__isnull", True),
                                ("to_member__isnull", False),
                                ("to_user__isnull", True),
                            ),
                            models.Q(
                                ("to_caregiver__isnull", True),
                                ("to_member__isnull", True),
                                ("to_user__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_letter_is_to_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at", None), ("signed_by", None)),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_letter_is_signed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_by", None), ("sent_how", ""), ("sent_on", None)),
                            models.Q(
                                ("sent_by__isnull", False),
                                ("sent_on__isnull", False),
                                ("signed_at__isnull", False),
                                models.Q(("sent_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_letter_is_sent_once_signed",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="signed_is_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."signed_at" IS NOT NULL)',
                            func='RAISE EXCEPTION \'pgtrigger: Cannot update of "text", "written_by_id", "signed_at", "signed_by_id" rows from % table\', TG_TABLE_NAME;',
                            hash="55af49e4057aa4cb119b411b12b9454cd340ba16",
                            operation='UPDATE OF "text", "written_by_id", "signed_at", "signed_by_id"',
                            pgid="pgtrigger_signed_is_frozen_a29a5",
                            table="village_letter",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="c4c73eca9b3542ef745480afaef15f5456651644",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_6de6c",
                            table="village_letter",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "village_letterevent" ("created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "job_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "sent_by_id", "sent_how", "sent_on", "signed_at", "signed_by_id", "text", "to_caregiver_id", "to_member_id", "to_user_id", "written_by_id") VALUES (NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."job_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at", NEW."sent_by_id", NEW."sent_how", NEW."sent_on", NEW."signed_at", NEW."signed_by_id", NEW."text", NEW."to_caregiver_id", NEW."to_member_id", NEW."to_user_id", NEW."written_by_id"); RETURN NULL;',
                            hash="07d4b11a30b9b7d5bf9b639944e0b9e817491674",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_89cc3",
                            table="village_letter",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "village_letterevent" ("created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "job_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "sent_by_id", "sent_how", "sent_on", "signed_at", "signed_by_id", "text", "to_caregiver_id", "to_member_id", "to_user_id", "written_by_id") VALUES (NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."id", NEW."job_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at", NEW."sent_by_id", NEW."sent_how", NEW."sent_on", NEW."signed_at", NEW."signed_by_id", NEW."text", NEW."to_caregiver_id", NEW."to_member_id", NEW."to_user_id", NEW."written_by_id"); RETURN NULL;',
                            hash="49d9bfd6be6d9ea73cb18eede76c1d8fc8342fc8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_55730",
                            table="village_letter",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "village_letterevent" ("created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "id", "job_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "sent_by_id", "sent_how", "sent_on", "signed_at", "signed_by_id", "text", "to_caregiver_id", "to_member_id", "to_user_id", "written_by_id") VALUES (OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."id", OLD."job_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at", OLD."sent_by_id", OLD."sent_how", OLD."sent_on", OLD."signed_at", OLD."signed_by_id", OLD."text", OLD."to_caregiver_id", OLD."to_member_id", OLD."to_user_id", OLD."written_by_id"); RETURN NULL;',
                            hash="426fb9dd5093419b17d617158f3bf68607b1c149",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4e9d6",
                            table="village_letter",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterPart",
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
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="village.letter"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("involved", "That we are involved"),
                            ("appointments", "Appointments and attendance"),
                            ("plan", "The plan and its goals"),
                            ("progress", "Progress"),
                            ("measures", "Measures and scores"),
                            ("safeguarding", "Safeguarding"),
                            ("contact_details", "Contact details and address"),
                            ("address", "Address"),
                        ],
                        max_length=20,
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
                    "address",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="families.address",
                    ),
                ),
                ("text", models.TextField()),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="signed_is_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."signed_at" IS NOT NULL)',
                            func='RAISE EXCEPTION \'pgtrigger: Cannot update of "text", "what", "signed_at" or delete rows from % table\', TG_TABLE_NAME;',
                            hash="e38c8fa1761d96b188ff51de2ba7180d5b2cd217",
                            operation='UPDATE OF "text", "what", "signed_at" OR DELETE',
                            pgid="pgtrigger_signed_is_frozen_102b4",
                            table="village_letterpart",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "village_letterpartevent" ("address_id", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "letter_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "signed_at", "text", "what") VALUES (NEW."address_id", NEW."caregiver_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."letter_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_at", NEW."signed_at", NEW."text", NEW."what"); RETURN NULL;',
                            hash="65bd0e754c08b07bb8c4792d37cbd01591e43768",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1d3e2",
                            table="village_letterpart",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "village_letterpartevent" ("address_id", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "letter_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "signed_at", "text", "what") VALUES (NEW."address_id", NEW."caregiver_id", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."letter_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_at", NEW."signed_at", NEW."text", NEW."what"); RETURN NULL;',
                            hash="3c1e2568c8caa8100f8189d9a426411c6dbb4d8a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_806c5",
                            table="village_letterpart",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "village_letterpartevent" ("address_id", "caregiver_id", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "letter_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "signed_at", "text", "what") VALUES (OLD."address_id", OLD."caregiver_id", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."letter_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_at", OLD."signed_at", OLD."text", OLD."what"); RETURN NULL;',
                            hash="6e3f73c24d7264e7de620d27eac35f919f8e237a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7907c",
                            table="village_letterpart",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterPartEvent",
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
                        to="village.letterpart",
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
                    "letter",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="village.letter",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("involved", "That we are involved"),
                            ("appointments", "Appointments and attendance"),
                            ("plan", "The plan and its goals"),
                            ("progress", "Progress"),
                            ("measures", "Measures and scores"),
                            ("safeguarding", "Safeguarding"),
                            ("contact_details", "Contact details and address"),
                            ("address", "Address"),
                        ],
                        max_length=20,
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
                    "address",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.address",
                    ),
                ),
                ("text", models.TextField()),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6542efe127c9b59ab9dc42d0406cba837b40320a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d71ea",
                            table="village_letterpartevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SharingAgreement",
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
                        related_name="sharing_agreements",
                        to="families.family",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="village.villagemember",
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
                (
                    "agency",
                    models.CharField(
                        blank=True, help_text="In words, if not listed.", max_length=120, null=True
                    ),
                ),
                (
                    "what",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("involved", "That we are involved"),
                                ("appointments", "Appointments and attendance"),
                                ("plan", "The plan and its goals"),
                                ("progress", "Progress"),
                                ("measures", "Measures and scores"),
                                ("safeguarding", "Safeguarding"),
                                ("contact_details", "Contact details and address"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("how_often", models.CharField(blank=True, max_length=120)),
                ("until", models.DateField(blank=True, help_text="The last day it holds.", null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="families.caregiver",
                    ),
                ),
                ("agreed_on", models.DateField(blank=True, null=True)),
                ("without_consent_because", models.TextField(blank=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who wrote down that it was withdrawn.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agency__isnull", True), ("member__isnull", False), ("team__isnull", True)
                            ),
                            models.Q(
                                ("agency__isnull", True), ("member__isnull", True), ("team__isnull", False)
                            ),
                            models.Q(
                                ("agency__isnull", False), ("member__isnull", True), ("team__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="an_agreement_is_with_one_party",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agreed_by__isnull", False),
                                ("agreed_on__isnull", False),
                                ("without_consent_because", ""),
                            ),
                            models.Q(
                                ("agreed_by", None),
                                ("agreed_on", None),
                                models.Q(("without_consent_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="agreed_or_reasoned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what__len__gt", 0)), name="an_agreement_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_by", None), ("withdrawn_on", None)),
                            models.Q(("withdrawn_by__isnull", False), ("withdrawn_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="withdrawn_by_somebody",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="agreed_is_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='RAISE EXCEPTION \'pgtrigger: Cannot update of "agency", "what", "how_often", "until", "agreed_on", "without_consent_because" rows from % table\', TG_TABLE_NAME;',
                            hash="368b7548b3bd649dcdec9d3f836a8d02e3a82a4a",
                            operation='UPDATE OF "agency", "what", "how_often", "until", "agreed_on", "without_consent_because"',
                            pgid="pgtrigger_agreed_is_frozen_af818",
                            table="village_sharingagreement",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="26a9e7701c10b421c268dc86622e3347e9ed3f3d",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_2979b",
                            table="village_sharingagreement",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "village_sharingagreementevent" ("agency", "agreed_by_id", "agreed_on", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "how_often", "id", "member_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "sealed_at", "team_id", "until", "what", "withdrawn_because", "withdrawn_by_id", "withdrawn_on", "without_consent_because") VALUES (NEW."agency", NEW."agreed_by_id", NEW."agreed_on", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."how_often", NEW."id", NEW."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."sealed_at", NEW."team_id", NEW."until", NEW."what", NEW."withdrawn_because", NEW."withdrawn_by_id", NEW."withdrawn_on", NEW."without_consent_because"); RETURN NULL;',
                            hash="6e2d1259df7a67b8367af7931ed8cd5d5d693753",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d39b0",
                            table="village_sharingagreement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "village_sharingagreementevent" ("agency", "agreed_by_id", "agreed_on", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "how_often", "id", "member_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "sealed_at", "team_id", "until", "what", "withdrawn_because", "withdrawn_by_id", "withdrawn_on", "without_consent_because") VALUES (NEW."agency", NEW."agreed_by_id", NEW."agreed_on", NEW."created_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."family_id", NEW."how_often", NEW."id", NEW."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."sealed_at", NEW."team_id", NEW."until", NEW."what", NEW."withdrawn_because", NEW."withdrawn_by_id", NEW."withdrawn_on", NEW."without_consent_because"); RETURN NULL;',
                            hash="e8a30a4bd9c6dc0abe00c42b2f0793f08732cb9e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e1bfa",
                            table="village_sharingagreement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "village_sharingagreementevent" ("agency", "agreed_by_id", "agreed_on", "created_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "family_id", "how_often", "id", "member_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "sealed_at", "team_id", "until", "what", "withdrawn_because", "withdrawn_by_id", "withdrawn_on", "without_consent_because") VALUES (OLD."agency", OLD."agreed_by_id", OLD."agreed_on", OLD."created_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."family_id", OLD."how_often", OLD."id", OLD."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."sealed_at", OLD."team_id", OLD."until", OLD."what", OLD."withdrawn_because", OLD."withdrawn_by_id", OLD."withdrawn_on", OLD."without_consent_because"); RETURN NULL;',
                            hash="273bebd58c249b29c1f4f89241679aff4deb71d6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_54fa0",
                            table="village_sharingagreement",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharingAgreementEvent",
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
                        to="village.sharingagreement",
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
                    "member",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="village.villagemember",
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
                (
                    "agency",
                    models.CharField(
                        blank=True, help_text="In words, if not listed.", max_length=120, null=True
                    ),
                ),
                (
                    "what",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("involved", "That we are involved"),
                                ("appointments", "Appointments and attendance"),
                                ("plan", "The plan and its goals"),
                                ("progress", "Progress"),
                                ("measures", "Measures and scores"),
                                ("safeguarding", "Safeguarding"),
                                ("contact_details", "Contact details and address"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("how_often", models.CharField(blank=True, max_length=120)),
                ("until", models.DateField(blank=True, help_text="The last day it holds.", null=True)),
                (
                    "agreed_by",
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
                ("agreed_on", models.DateField(blank=True, null=True)),
                ("without_consent_because", models.TextField(blank=True)),
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
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Who wrote down that it was withdrawn.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7702d7d373632c46c67e6123d9bd7be60f3b122d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4190d",
                            table="village_sharingagreementevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterEvent",
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
                        to="village.letter",
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
                    "to_caregiver",
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
                    "to_member",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="village.villagemember",
                    ),
                ),
                (
                    "to_user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Whoever referred the family.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "signed_by",
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
                ("sent_on", models.DateField(blank=True, null=True)),
                (
                    "sent_how",
                    models.CharField(
                        blank=True,
                        choices=[("post", "By post"), ("hand", "Handed over in person")],
                        max_length=6,
                    ),
                ),
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
                    "job",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Its PDF.",
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
                            hash="1ff0206025b4bb8f4f6fd33d3439266867f03017",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_bb54b",
                            table="village_letterevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DisclosureLimitEvent",
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
                        to="village.disclosurelimit",
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
                    "member",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="village.villagemember",
                    ),
                ),
                (
                    "address",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="families.address",
                    ),
                ),
                (
                    "not_to_caregiver",
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
                    "not_to_member",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="village.villagemember",
                    ),
                ),
                (
                    "not_to_name",
                    models.CharField(
                        blank=True, help_text="A person or agency in words.", max_length=120, null=True
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
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
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, help_text="The last day it holds.", null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="fb5831434e1f56de3bc6a7b1c482d384a9b89538",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_17b2a",
                            table="village_disclosurelimitevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VillageMemberEvent",
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
                        to="village.villagemember",
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
                        help_text="Empty: around all the children.",
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
                            ("professional", "Professional"),
                            ("kin", "Family and kin"),
                            ("friend", "Friend"),
                            ("community", "Community"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("role", models.CharField(blank=True, max_length=80)),
                ("organisation", models.CharField(blank=True, max_length=120)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("lines", models.TextField(blank=True)),
                (
                    "closeness",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Every day"), (2, "Often"), (3, "Now and then")]
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="If they have an account, such as a health visitor who referred.",
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
                            hash="a8e5b4e8805ff73566c3c8bc18cc0f9f5721b081",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a8fb8",
                            table="village_villagememberevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterAbout",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("village.letter_about",),
        ),
        migrations.CreateModel(
            name="LetterAboutEvent",
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
                        to="village.letterabout",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "letter",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="village.letter",
                    ),
                ),
                (
                    "infant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
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
                            hash="6bd362e18784c1b470f8be19695bfb075b4bc92e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_73c3a",
                            table="village_letteraboutevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letterabout",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "village_letteraboutevent" ("id", "infant_id", "letter_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."infant_id", NEW."letter_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="f0b32f7eeb4f09a3c51ca871de50755ba488ada3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_55f48",
                    table="village_letter_about",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letterabout",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "village_letteraboutevent" ("id", "infant_id", "letter_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."infant_id", NEW."letter_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="1f949f42fa6e096f96c87cd8d6830ef35d06d57b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_205ea",
                    table="village_letter_about",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letterabout",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "village_letteraboutevent" ("id", "infant_id", "letter_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."infant_id", OLD."letter_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="95390d46020576c3d76c2cc473f6080c89fddea9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2448d",
                    table="village_letter_about",
                    when="AFTER",
                ),
            ),
        ),
    ]
