"""Due items come from the apps, in three lists; only a person's decision is stored."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.supervision.models import CaseDecision, SupervisionSession
from pairs.access.scope import load_scope
from pairs.audit.models import AccessEntry
from pairs.families.actions import raise_risk_alert
from pairs.families.due import CLINICAL, SAFETY, DueItem
from pairs.families.models import RiskAlert
from pairs.service.refusals import ActionRefused
from reporting.dashboards.actions import decide_due_item
from reporting.dashboards.due_groups import DAY_SECTIONS, get_day_section, group_due_items, present_due_groups
from reporting.dashboards.due_items import is_mine_or_unowned, list_all_due_items
from reporting.dashboards.links import PLACEHOLDER_ID, lead_in
from reporting.dashboards.models import DueDecision
from reporting.dashboards.worklist import FAMILIES_SHOWN, MAX_SHOWN_FOR_SAFETY
from tests.unit.episodes.factories import make_accepted_referral
from tests.unit.families.factories import make_family
from tests.unit.referrals.factories import make_test_referral

pytestmark = pytest.mark.django_db
LONG_AGO = date(2026, 1, 1)
PHONE_ALONE = {
    "phone": "07700 900123",
    "relationship": "other",
}  # of a parent who asked for help without a name


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
    assert not is_mine_or_unowned(item, load_scope(cast["blackburn"]))
    assert is_mine_or_unowned(item, load_scope(cast["duty"]))


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
    page = client.get(reverse("worklist"), {"view": "gaps"})
    assert page.status_code == 200
    text = page.content.decode()
    assert "Trace the baby" in text
    assert "with Cora Carer, mother" in text
    assert AccessEntry.objects.get(view="worklist").listed == [family.pk]


def test_snoozing_is_one_page_and_stores_the_reason(cast, family, client):
    client.force_login(cast["blackburn"])
    infant = family.infants.get()
    address = reverse("due-decision", args=[infant.pk, "nhs_number_trace"])
    assert (
        "nhsuk-error-summary" in client.post(address, {"why": "Waiting for the registrar"}).content.decode()
    )
    later = timezone.localdate() + timedelta(days=5)
    assert client.post(address, {"why": "Waiting for the registrar", "until": later}).status_code == 302
    assert DueDecision.objects.get().why == "Waiting for the registrar"


def test_another_sites_item_is_not_there(cast, family, client):
    client.force_login(cast["hyndburn"])
    assert (
        client.get(reverse("due-decision", args=[family.infants.get().pk, "nhs_number_trace"])).status_code
        == 404
    )


def test_what_is_reassigned_stays_so_when_it_is_postponed(cast, family):
    """The newest decision counts, and says both halves."""
    today, me = timezone.localdate(), cast["blackburn"]
    decide_due_item(item=find_trace_item(cast), until=None, handed_to=cast["duty"], why="On leave", by=me)
    later = today + timedelta(days=3)
    decide_due_item(item=find_trace_item(cast), until=later, handed_to=None, why="Asked", by=me)
    assert find_trace_item(cast) is None
    assert find_trace_item(cast, on=later).owner_id == cast["duty"].pk


def test_safety_may_be_reassigned(cast, family, client):
    alert = raise_risk_alert(site=family.site, family=family, what="x", by=cast["blackburn"])
    client.force_login(cast["blackburn"])
    address = reverse("due-reassignment", args=[alert.pk, "risk_alert"])
    page = client.get(address).content.decode()
    assert "Review risk alert of" in page
    assert reverse("family", args=[family.pk]) in page  # whose it is
    assert "None" not in page
    assert client.post(address, {"why": "On leave", "handed_to": cast["duty"].pk}).status_code == 302
    item = next(
        item
        for item in list_all_due_items(load_scope(cast["blackburn"]), timezone.localdate())
        if item.code == "risk_alert"
    )
    assert item.owner_id == cast["duty"].pk


def test_two_referrals_that_name_no_one_yet_stay_two_each_by_its_reference(cast):
    referrals = [
        make_test_referral(None, infants=(), caregivers=[PHONE_ALONE], entry_point="self") for _ in range(2)
    ]
    scope, on = load_scope(cast["duty"]), timezone.localdate()
    groups = present_due_groups(scope, group_due_items(list_all_due_items(scope, on), on), on)
    assert {group["line"].name for group in groups} == {
        f"Baby not yet named, {each.reference}" for each in referrals
    }


def test_of_many_families_about_safety_twenty_come_first_and_the_rest_is_said(cast, client):
    for number in range(MAX_SHOWN_FOR_SAFETY + 2):
        family = make_family(reference=f"S{number}")
        raise_risk_alert(site=family.site, family=family, what="x", by=cast["blackburn"])
    client.force_login(cast["blackburn"])
    text = client.get(reverse("worklist")).content.decode()
    assert text.count('class="pairs-todo__head"') == MAX_SHOWN_FOR_SAFETY
    assert "Show 2 more families, 2 of them about safety" in text
    whole = client.get(reverse("worklist"), {"show": "all"}).content.decode()
    assert whole.count('class="pairs-todo__head"') == MAX_SHOWN_FOR_SAFETY + 2


# ---------------------------------------------------------------- by family, with the act in the row
@pytest.fixture
def decision(cast, family):
    me = cast["blackburn"]
    session = SupervisionSession.objects.create(
        site=family.site, supervisor=cast["supervisor"], supervisee=me, held_on=timezone.localdate()
    )
    return CaseDecision.objects.create(session=session, family=family, decision="Invite the father", owner=me)


def test_what_was_agreed_in_supervision_is_ticked_off_in_the_list_and_can_be_undone(cast, decision, client):
    client.force_login(cast["blackburn"])
    address = reverse("worklist") + "?view=supervision"
    text = client.get(address).content.decode()
    assert "Invite the father" in text
    assert reverse("decision-done", args=[decision.pk]) in text
    answer = client.post(reverse("decision-done", args=[decision.pk]), {"to": "worklist"})
    assert answer.headers["Location"] == reverse("worklist")
    text = client.get(address).content.decode()
    assert "<del>Invite the father</del>" in text
    client.post(reverse("decision-undone", args=[decision.pk]), {"to": "worklist"})
    decision.refresh_from_db()
    assert decision.done_at is None


def test_families_come_with_safety_first_and_gaps_are_no_part_of_it(cast, family, client):
    other = make_family(reference="O", born=LONG_AGO)
    raise_risk_alert(site=other.site, family=other, what="x", by=cast["blackburn"])
    make_accepted_referral(family, days_ago=3)
    client.force_login(cast["blackburn"])
    text = client.get(reverse("worklist")).content.decode()
    assert "Trace the baby" not in text
    assert text.index(reverse("family", args=[other.pk])) < text.index(reverse("family", args=[family.pk]))
    assert text.count("with Cora Carer, mother") == 2


# ---------------------------------------------------------------- the order
def list_headings(page):
    return re.findall(r'pairs-todo__head" id="group-\d+">(.*?)(?: <span|</h2>)', page)


def test_the_order_is_chosen_and_stays_until_another_is(cast, family, decision, client):
    """By date and by kind each row names its family; safety comes first in each; on the file as on the page."""
    other = make_family(reference="O", born=LONG_AGO)
    raise_risk_alert(site=other.site, family=other, what="x", by=cast["blackburn"])
    make_accepted_referral(family, days_ago=3)
    client.force_login(cast["blackburn"])
    address = reverse("worklist")
    by_family = client.get(address).content.decode()
    assert 'aria-current="true">By family<' in by_family
    by_date = client.get(address, {"order": "date"}).content.decode()
    assert list_headings(by_date)[0] == "Safety"
    assert set(list_headings(by_date)) <= set(DAY_SECTIONS)
    by_kind = client.get(address, {"order": "kind"}).content.decode()
    assert list_headings(by_kind)[0] == "Safety"
    assert "Contacts" in list_headings(by_kind)
    for page in (by_date, by_kind):
        assert page.count('class="pairs-todo__row"') == by_family.count('class="pairs-todo__row"')
        assert reverse("family", args=[family.pk]) in page
        assert reverse("family", args=[other.pk]) in page
    assert list_headings(client.get(address).content.decode()) == list_headings(by_kind)
    rows = client.get(reverse("worklist-csv"), {"order": "date"}).content.decode().splitlines()[1:]
    assert rows[0].rstrip('"').endswith("Safety")
    unknown = client.get(address, {"order": "x'; --"})
    assert list_headings(unknown.content.decode()) == list_headings(by_date)
    client.get(address, {"order": "family"})
    assert client.get(address).content.decode().count('aria-current="true">By family<') == 1


def test_every_order_lists_whom_it_shows_for_the_access_log(cast, family, client):
    client.force_login(cast["blackburn"])
    for order in ("family", "date", "kind"):
        client.get(reverse("worklist"), {"view": "gaps", "order": order})
        assert AccessEntry.objects.filter(view="worklist").order_by("-at").first().listed == [family.pk]


@pytest.mark.parametrize(
    ("code", "kind", "days", "section"),
    [
        ("risk_alert", SAFETY, -3, "Safety"),
        ("plan_review", CLINICAL, -1, "Overdue"),
        ("plan_review", CLINICAL, 0, "Today"),
        ("plan_review", CLINICAL, 7, "Next 7 days"),
        ("plan_review", CLINICAL, 8, "Later"),
        ("unsigned_contact", CLINICAL, -30, "No set day"),
    ],
)
def test_where_an_item_is_in_a_list_by_date(code, kind, days, section):
    on = date(2026, 11, 30)
    item = DueItem(
        code=code, kind=kind, title="x", href="/", due_on=on + timedelta(days=days), subject_id=uuid4(),
        site_id=uuid4(),
    )  # fmt: skip
    assert get_day_section(item, on) == section


def test_whatever_is_about_safety_is_shown_however_many_families_it_is(cast, client):
    me = cast["blackburn"]
    for number in range(FAMILIES_SHOWN + 2):
        family = make_family(reference=f"S{number}")
        RiskAlert.objects.create(family=family, site=family.site, what=f"Alert {number}", raised_by=me)
    client.force_login(me)
    page = client.get(reverse("worklist")).content.decode()
    assert page.count('class="pairs-todo"') == FAMILIES_SHOWN + 2
    assert "more families" not in page


def test_a_row_leads_nobody_to_a_refusal(cast, family):
    """Duty may not open an episode: the row leads to the family's page. Who may is led to the act itself."""
    href = reverse("open-episode", args=[PLACEHOLDER_ID])
    for name, leads_to in (("duty", reverse("family", args=[family.pk])), ("blackburn", href)):
        assert lead_in(load_scope(cast[name]), href, at=family.site_id, of=family.pk) == leads_to, name
        onward = lead_in(load_scope(cast[name]), f"{href}?then=contact", at=family.site_id, of=family.pk)
        assert onward.partition("?")[0] == leads_to
