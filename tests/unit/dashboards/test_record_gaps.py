"""What is missing from records: mine or all I may see, each with the page that mends it; never an alarm."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pairs.access.batch_query import run_queries
from pairs.access.scope import load_scope
from pairs.audit.models import AccessEntry
from pairs.families import completeness_queries
from pairs.families.due import SAFETY
from pairs.families.models import Address, Caregiver, Dyad, Infant
from reporting.dashboards import links
from reporting.dashboards.due_items import list_all_due_items
from tests.unit.episodes.factories import make_episode
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db


def list_gap_codes(user, *families):
    found = run_queries(
        completeness_queries.build_completeness_queries(
            load_scope(user), timezone.localdate(), [each.pk for each in families]
        )
    )
    return {gap.code for _, gap in found}


def test_the_facts_are_read_as_they_stand(me):
    family = make_family()
    Infant.objects.update(nhs_number="9990000018")
    assert list_gap_codes(me, family) == {
        "infant_ethnicity", "birth_date", "carer_ethnicity", "language", "safe_contact", "responsibility", "area",
    }  # fmt: skip
    Caregiver.objects.update(birth_date=date(1990, 1, 1), ethnicity="A", language="English", may_call=False)
    Infant.objects.update(ethnicity="Z")
    Dyad.objects.update(parental_responsibility="yes")
    Address.objects.update(lsoa_code="E01000001")
    assert list_gap_codes(me, family) == set()
    Dyad.objects.update(main_carer=False)
    assert list_gap_codes(me, family) == {"no_main_carer"}


def test_a_baby_who_died_and_a_past_carer_lack_nothing(me):
    family = make_family()
    Infant.objects.update(lost_on=timezone.localdate(), loss="death")
    Dyad.objects.update(until=timezone.localdate())
    assert list_gap_codes(me, family) == set()


def test_anothers_family_is_not_asked_about(cast):
    assert list_gap_codes(cast["hyndburn"], make_family()) == set()


def test_mine_or_all_and_it_is_logged(me, cast, client):
    make_episode(me, reference="M")
    theirs = make_episode(cast["supervisor"], reference="S")
    Infant.objects.filter(family=theirs.family).update(given_name="Somebody")
    page = client.get(reverse("record-gaps"))
    assert page.status_code == 200
    assert "Somebody" not in page.content.decode()
    assert "Ethnicity not recorded" in page.content.decode()
    assert "Somebody" in client.get(reverse("record-gaps"), {"whose": "all"}).content.decode()
    assert len(AccessEntry.objects.filter(view="record-gaps").latest("at").listed) == 2


def test_nothing_missing_says_so(me, client):
    assert "No gaps in records" in client.get(reverse("record-gaps")).content.decode()


def test_a_gap_interrupts_nobody(me):
    """Safety lists hold no gap, and a gap is no due item: asking kindly has no day."""
    family = make_family()
    Infant.objects.update(nhs_number="9990000018")
    assert list_gap_codes(me, family)
    assert list_all_due_items(load_scope(me), timezone.localdate(), [family.pk]) == []
    Infant.objects.update(nhs_number=None)
    kinds = {item.kind for item in list_all_due_items(load_scope(me), timezone.localdate(), [family.pk])}
    assert kinds == {"data quality"}
    assert SAFETY not in kinds


def test_a_gap_leads_to_the_page_that_mends_it(me, monkeypatch):
    """To that person's page where there is one, else to the family's."""
    family = make_family()
    found = run_queries(
        completeness_queries.build_completeness_queries(load_scope(me), timezone.localdate(), [family.pk])
    )
    at = {"family_id": family.pk, "at": family.site_id}
    monkeypatch.setattr(links, "PAGE_BY_GAP", {"language": "alert"})
    items = links.present_gaps(load_scope(me), [gap for _, gap in found], **at)
    (language,) = [item for item in items if "language" in item["why"]]
    assert language["href"] == reverse("alert", args=[family.caregivers.get().pk])
    assert {item["href"] for item in items if item != language} == {reverse("family", args=[family.pk])}
    assert {item["title"] for item in items} == {"Baby1", "Cora Carer"}


def test_ten_families_cost_what_one_does(me, client):
    def count_gap_queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("record-gaps")).status_code == 200
        return len(seen)

    make_episode(me, reference="A")
    client.get(reverse("record-gaps"))
    at_one = count_gap_queries()
    for number in range(9):
        make_episode(me, reference=f"B{number}")
    assert count_gap_queries() == at_one <= 10
