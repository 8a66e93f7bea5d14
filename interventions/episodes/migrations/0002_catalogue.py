"""The catalogue of interventions. Later changes to it are migrations of their own; nothing is taken away."""

from django.db import migrations

from interventions.episodes.catalogue import CATALOGUE


def fill(apps, schema_editor):
    intervention = apps.get_model("episodes", "Intervention")
    for order, (code, name, shape) in enumerate(CATALOGUE, start=1):
        known = {"name": name, "shape": shape, "order": order}
        intervention.objects.update_or_create(code=code, defaults=known)


class Migration(migrations.Migration):
    dependencies = [("episodes", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
