"""What the page that decides a referral asks of the database."""

import sys

import pytest
from django.urls import reverse

from script.local.bench_client import count_sql
from script.local.budgets import REQUEST_BUDGETS
from tests.unit.dashboards.test_returning_referrals import answer_match, end_work
from tests.unit.dashboards.test_triage import BABY_NAMED, CORA_NAMED
from tests.unit.families.factories import make_family
from tests.unit.referrals.factories import BORN, FATHER, make_test_referral

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(sys.platform != "linux", reason="libpq's trace is Linux's")
def test_with_several_held_and_one_out_of_sight_the_screen_stays_within_its_queries(cast, client):
    """Of a family that comes back: its ended work is told as well."""
    episode = end_work(cast["blackburn"], 90)
    for number in range(3):
        make_family(born=BORN, reference=f"held{number}")
    make_family("hyndburn", born=BORN, reference="hidden", restricted=True)
    referral = make_test_referral(
        cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[CORA_NAMED, FATHER]
    )
    answer_match(referral, episode.family.infants.get(), "same")
    client.force_login(cast["duty"])
    path = reverse("decide-referral", args=[referral.pk])
    text = client.get(path).content.decode()
    assert text.count("The same as Cora Carer") >= 4
    assert "Returning family: earlier work ended" in text
    assert "Possible match: the hub will check." in text
    asked = count_sql(lambda: client.get(path), warm_up=1).queries
    assert asked <= REQUEST_BUDGETS["decision of a referral"].queries
