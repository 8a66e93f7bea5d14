"""What the pathway says of the ways of working; what is filled in by hand meanwhile stays."""

from django.db import migrations

from interventions.episodes.catalogue import CATALOGUE, facts_of


def fill(apps, schema_editor):
    intervention = apps.get_model("episodes", "Intervention")
    for code, _, _ in CATALOGUE:
        intervention.objects.filter(code=code, thrive=[], given="", sessions_from=None).update(
            **facts_of(code)
        )


class Migration(migrations.Migration):
    dependencies = [("episodes", "0006_catalogue_goals_waits")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
