"""What was recorded as a text or an e-mail before contacts had a kind is a message."""

from django.db import migrations


def say_so(apps, schema_editor):
    contacts = apps.get_model("episodes", "CareContact")
    contacts.objects.filter(mechanism__in=["09", "05"]).update(kind="message")


class Migration(migrations.Migration):
    dependencies = [("episodes", "0003_contacts")]

    operations = [migrations.RunPython(say_so, migrations.RunPython.noop)]
