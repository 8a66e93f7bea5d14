"""What a look-up of somebody named finds by, one index each: e-mail, and the postcode of every home, old ones too."""

from django.db import migrations

LIVE = "sealed_at IS NULL AND entered_in_error_at IS NULL"


def index(name, what):
    return migrations.RunSQL(f"CREATE INDEX matching_{name} ON {what}", f"DROP INDEX matching_{name}")


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_merges")]
    operations = [
        index("by_email", f"families_caregiver (upper(email::text)) WHERE {LIVE} AND email <> ''"),
        index(
            "by_any_home",
            f"families_address (upper(replace(postcode, ' ', ''))) WHERE {LIVE} AND postcode <> ''",
        ),
    ]
