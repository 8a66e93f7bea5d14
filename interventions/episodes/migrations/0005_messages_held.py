"""From here on the database holds that what is written is a message."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("episodes", "0004_old_messages")]

    operations = [
        migrations.AddConstraint(
            model_name="carecontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "liaison"),
                    models.Q(("kind", "message"), ("mechanism__in", ("09", "05"))),
                    models.Q(("kind", "family"), models.Q(("mechanism__in", ("09", "05")), _negated=True)),
                    _connector="OR",
                ),
                name="what_is_written_is_a_message",
            ),
        ),
    ]
