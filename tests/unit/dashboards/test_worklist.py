"""Due items come from the apps, in three lists; only a person's decision is stored."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.actions import raise_risk_alert
from pairs.service.refusals import ActionRefused
from reporting.dashboards.actions import decide_due_item
from reporting.dashboards.due_items import is_mine_or_unowned, list_all_due_items
from reporting.dashboards.models import DueDecision
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db
LONG_AGO = date(2026, 1, 1)


@pytest.fixture
def family(cast):
    return make_family(born=LONG_AGO)


def find_trace_item(cast, on=None):
    items = list_all_due_items(load_scope(cast["blackburn"]), on or timezone.localdate())
    return next((item for item in items if item.code == "nhs_number_trace"), None)


def test_a_snoozed_item_comes_back_on_its_day(cast, family):
    today = timezone.localdate()
    decide_due_item(
        item=find_trace_item(cast),
        until=today + timedelta(days=3),
        handed_to=None,
        why="Asked",
        by=cast["blackburn"],
    )
    assert find_trace_item(cast) is None
    assert find_trace_item(cast, on=today + timedelta(days=3)) is not None


def test_a_past_day_is_refused(cast, family):
    with pytest.raises(ActionRefused) as refused:
        decide_due_item(
            item=find_trace_item(cast),
            until=timezone.localdate(),
            handed_to=None,
            why="x",
            by=cast["blackburn"],
        )
    assert "until" in refused.value.errors


def test_what_is_handed_on_is_the_other_persons(cast, family):
    decide_due_item(
        item=find_trace_item(cast), until=None, handed_to=cast["duty"], why="On leave", by=cast["blackburn"]
    )
    item = find_trace_item(cast)
    assert item.owner_id == cast["duty"].pk
    assert not is_mine_or_unowned(item, cast["blackburn"].pk)


def test_safety_is_never_put_off(cast, family, client):
    alert = raise_risk_alert(site=family.site, family=family, what="x", by=cast["blackburn"])
    client.force_login(cast["blackburn"])
    address = reverse("due-decision", args=[alert.pk, "risk_alert"])
    assert client.get(address).status_code == 404
    DueDecision.objects.create(
        code="risk_alert",
        subject_id=alert.pk,
        snoozed_until=date(2099, 1, 1),
        why="x",
        decided_by=cast["blackburn"],
    )
    items = list_all_due_items(load_scope(cast["blackburn"]), timezone.localdate())
    assert "risk_alert" in {item.code for item in items}


def test_the_page_lists_mine_and_writes_the_families_it_listed(cast, family, client):
    client.force_login(cast["blackburn"])
    page = client.get(reverse("worklist"))
    assert page.status_code == 200
    assert "Trace the baby" in page.content.decode()
    from pairs.audit.models import AccessEntry

    assert AccessEntry.objects.get(view="worklist").listed == [family.pk]


def test_snoozing_is_one_page_and_stores_the_reason(cast, family, client):
    client.force_login(cast["blackburn"])
    infant = family.infants.get()
    address = reverse("due-decision", args=[infant.pk, "nhs_number_trace"])
    assert "Choose a day" in client.post(address, {"why": "Waiting for the registrar"}).content.decode()
    later = timezone.localdate() + timedelta(days=5)
    assert client.post(address, {"why": "Waiting for the registrar", "until": later}).status_code == 302
    assert DueDecision.objects.get().why == "Waiting for the registrar"


def test_another_sites_item_is_not_there(cast, family, client):
    client.force_login(cast["hyndburn"])
    assert (
        client.get(reverse("due-decision", args=[family.infants.get().pk, "nhs_number_trace"])).status_code
        == 404
    )
