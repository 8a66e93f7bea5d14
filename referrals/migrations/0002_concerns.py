"""The first list of relationship concerns (referrals/concerns.py)."""

from django.db import migrations

from referrals.concerns import load_concerns


def fill(apps, schema_editor):
    load_concerns(apps.get_model("referrals", "Concern"))


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
