"""More families to look among: those that were written, copied within the database under other days, phones and homes.

Sixty thousand families made one by one in Python take as long as everything that is measured; copied they take a
minute, and no memory. Names recur, as they do in a district.
"""

from typing import Any

from django.db import connection, models

DAYS_APART, NUMBERS_APART = 41, 400_000
_KEYS = f"ARRAY(SELECT (key::bigint + {{n}} * {NUMBERS_APART})::text FROM unnest(phone_keys) AS key)"
_IDS = ("id", "family_id", "caregiver_id", "infant_id", "carried_by_id", "pregnancy")
# What differs in copy number n; every other column is as it was.
OVERRIDES = {name: f"md5({name}::text || '-{{n}}')::uuid" for name in _IDS} | {
    "birth_date": f"birth_date - {{n}} * {DAYS_APART}",
    "estimated_due_date": f"estimated_due_date - {{n}} * {DAYS_APART}",
    "phone": f"coalesce('+' || ({_KEYS})[1], '')",
    "phone_keys": _KEYS,
    "email": "CASE WHEN email = '' THEN '' ELSE '{n}.' || email END",
    "postcode": "CASE WHEN postcode = '' THEN '' ELSE chr(64 + {n}) || substr(postcode, 2) END",
    "nhs_number": "NULL",
    "reference": "'PC-{n}' || substr(reference, 8)",
}


def copy_families(times: int) -> None:
    """So many copies of every family there is, with its people; 25 at most, told apart by a letter of the postcode."""
    from pairs.families.models import Address, Caregiver, Dyad, Family, Infant

    tables = (Family, Caregiver, Infant, Dyad, Address)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE copied AS SELECT id FROM families_family")
        for number in range(1, times + 1):
            for model in tables:
                cursor.execute(_build_copy_sql(model, number))


def _build_copy_sql(model: type[models.Model], number: int) -> str:
    columns = [field.column for field in model._meta.concrete_fields]
    values = ", ".join(OVERRIDES.get(name, name).format(n=number) for name in columns)
    key: Any = "id" if model._meta.model_name == "family" else "family_id"
    table = model._meta.db_table
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table}"
        f" WHERE {key} IN (SELECT id FROM copied)"
    )
