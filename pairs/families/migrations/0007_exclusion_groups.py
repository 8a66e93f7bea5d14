"""The first list of groups at risk of being left out (families/exclusion_groups.py)."""

from django.db import migrations

from pairs.families.exclusion_groups import load_groups


def fill(apps, schema_editor):
    load_groups(apps.get_model("families", "ExclusionGroup"))


class Migration(migrations.Migration):
    dependencies = [("families", "0006_spans_of_addresses_and_dyads")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
