"""Says which family an address is of, and which babies were carried together, for rows from before."""

from django.db import migrations

FAMILIES = """
    UPDATE families_address SET family_id = caregiver.family_id
    FROM families_caregiver caregiver WHERE caregiver.id = caregiver_id AND families_address.family_id IS NULL"""
# The history of addresses says it as well, or its new column could not stay without gaps; it is append-only for all
# but the owner of the tables, who lifts that for this one statement.
PAST_FAMILIES = """
    ALTER TABLE families_addressevent DISABLE TRIGGER USER;
    UPDATE families_addressevent SET family_id = caregiver.family_id
    FROM families_caregiver caregiver WHERE caregiver.id = caregiver_id AND families_addressevent.family_id IS NULL;
    ALTER TABLE families_addressevent ENABLE TRIGGER USER"""
# Django filled one and the same id into every row: each pregnancy gets its own.
PREGNANCIES = """
    UPDATE families_infant SET pregnancy = carried.id
    FROM (SELECT family_id, coalesce(birth_date, estimated_due_date) AS day, plurality, gen_random_uuid() AS id
          FROM families_infant GROUP BY 1, 2, 3) carried
    WHERE carried.family_id = families_infant.family_id AND carried.plurality = families_infant.plurality
      AND carried.day = coalesce(birth_date, estimated_due_date)"""


class Migration(migrations.Migration):
    dependencies = [("families", "0002_people_moves_and_cautions")]

    operations = [
        migrations.RunSQL(FAMILIES, migrations.RunSQL.noop),
        migrations.RunSQL(PAST_FAMILIES, migrations.RunSQL.noop),
        migrations.RunSQL(PREGNANCIES, migrations.RunSQL.noop),
    ]
