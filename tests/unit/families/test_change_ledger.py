"""The ledger of changes: what is put back is what was there, and nothing that somebody changed since."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from pairs.database.change_ledger import change_and_record, list_later_changes, revert_changes
from pairs.families.actions import grant_family_access
from pairs.families.models import FamilyGrant
from pairs.service.roles import GrantPurpose
from tests.unit.families.factories import make_family

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize("month", [1, 7], ids=["winter", "summer"])
def test_a_moment_in_local_time_goes_back_in_winter_and_summer(cast, month):
    grant = grant_family_access(
        family=make_family(),
        user=cast["blackburn"],
        purpose=GrantPurpose.CARE,
        reason="Leads",
        by=cast["duty"],
    )
    ledger = []
    change_and_record(grant, ledger, expires_at=datetime(2027, month, 15, tzinfo=LONDON))
    assert list_later_changes(ledger) == []
    revert_changes(ledger)
    assert FamilyGrant.objects.get(pk=grant.pk).expires_at is None
