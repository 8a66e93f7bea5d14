"""The keys of large tables, checked when all rows are there: the same keys afterwards, and a loose row is refused."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from interventions.episodes.models import CareContact
from pairs.demo.scenario_rows import LARGE_TABLES
from pairs.demo.scenarios.records import Act
from pairs.demo.writer import BulkWriter, make_row

# Definition, whether checked, and whether at the end of a transaction.
KEYS_SQL = """SELECT conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated, condeferrable, condeferred
    FROM pg_constraint WHERE contype = 'f' ORDER BY 1, 2"""
ACT = Act(datetime(2026, 11, 2, 10, tzinfo=UTC), None)


def list_keys():
    with connection.cursor() as cursor:
        cursor.execute(KEYS_SQL)
        return cursor.fetchall()


@pytest.mark.django_db
def test_afterwards_every_key_is_there_as_it_was():
    before = list_keys()
    with BulkWriter(LARGE_TABLES, {}, LARGE_TABLES):
        during = list_keys()
    assert len(before) - len(during) > len(LARGE_TABLES)
    assert list_keys() == before


@pytest.mark.django_db
def test_a_row_that_points_at_nothing_is_refused(cast):
    loose = make_row(
        CareContact, created_at=ACT.at, episode_id=uuid4(), practitioner_id=cast["hub"].pk, kind="family", minutes=5,
        starts_at=ACT.at, mechanism="01", location="A01",
    )  # fmt: skip
    refused = pytest.raises(IntegrityError, match="episode_id")
    with refused, BulkWriter([CareContact], {}, [CareContact]) as writer:
        writer.add(loose, ACT)
    assert not CareContact.objects.filter(pk=loose.pk).exists()
