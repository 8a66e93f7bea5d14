"""A service begins with one measure of its core, as it was before the choice was its own."""

from django.db import migrations


def choose_first(apps, schema_editor):
    apps.get_model("outcomes", "ChosenMeasure").objects.get_or_create(measure="prfq", defaults={"core": True})


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0002_sheets_links_and_choices")]
    operations = [migrations.RunPython(choose_first, migrations.RunPython.noop)]
