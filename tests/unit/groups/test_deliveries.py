"""Who may deliver a group: one facilitator with the competence is enough, else a supervisor signs off."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.competencies.rules import MAY_DELIVER, Needs
from interventions.competencies.standings import load_standings
from interventions.episodes.deliveries import TO_SIGN_OFF
from interventions.groups.actions import add_facilitator, close_programme, end_facilitator, sign_off_group
from interventions.groups.deliveries import needs_group_sign_off, query_unsigned_groups
from interventions.groups.models import GroupSignOff
from pairs.access.scope import load_scope
from pairs.service.refusals import ActionRefused
from reporting.dashboards.due_items import list_all_due_items
from tests.unit.competencies.factories import get_way, make_competence, require
from tests.unit.groups.factories import CIRCLE_OF_SECURITY, make_group

pytestmark = pytest.mark.django_db
UNSIGNED = {"arrangement": "supervised", "by_colleague": None, "by_outside": "", "note": ""}


@pytest.fixture
def me(cast):
    require(cast, code=CIRCLE_OF_SECURITY)
    return cast["blackburn"]


def is_due(programme):
    return needs_group_sign_off(programme, timezone.localdate())


def list_due_codes(user):
    items = list_all_due_items(load_scope(user), timezone.localdate())
    return [(item.code, item.subject_id) for item in items if item.code == "group_to_sign_off"]


def test_planning_a_group_says_who_may_deliver_it(me, client):
    client.force_login(me)
    assert f"{me} delivers it under supervision" in client.get(reverse("new-group")).content.decode()
    first = timezone.localdate() + timedelta(days=7)
    posted = {"name": "Circle, spring", "intervention": CIRCLE_OF_SECURITY, "site": "blackburn-with-darwen",
              "capacity": 8, "sessions": 2, "held_on": first, "held_at": "10:00", "minutes": 90,
              "location": "K01"}  # fmt: skip
    page = client.post(reverse("new-group"), posted, follow=True).content.decode()
    assert TO_SIGN_OFF in page
    assert "(under supervision)" in page
    assert "To be signed off" in page


def test_a_group_without_the_competence_is_the_supervisors_to_sign_off(me, cast, sign_in_as):
    group = make_group(me)
    due = [("group_to_sign_off", group.pk)]
    assert list_due_codes(cast["supervisor"]) == due
    assert list_due_codes(me) == list_due_codes(cast["hyndburn"]) == []
    client, path = sign_in_as("supervisor"), reverse("sign-off-group", args=[group.pk])
    assert "No facilitator has what it asks for" in client.get(path).content.decode()
    refused = client.post(path, {"arrangement": "supervised"}).content.decode()
    assert "Choose a colleague, or enter someone outside the service." in refused
    data = {"arrangement": "supervised", "by_outside": "An accredited supervisor"}
    page = client.post(path, data, follow=True).content.decode()
    assert "The facilitators deliver it under supervision (An accredited supervisor)" in page
    assert list_due_codes(cast["supervisor"]) == []
    add_facilitator(programme=group, user=cast["trainee"], name="", organisation="", by=me)
    assert list_due_codes(cast["supervisor"]) == due


def test_one_facilitator_with_the_competence_is_enough_while_they_facilitate(me, cast):
    group = make_group(me)
    make_competence(cast, "trainee", code=CIRCLE_OF_SECURITY)
    assert is_due(group)
    added = add_facilitator(programme=group, user=cast["trainee"], name="", organisation="", by=me)
    assert not is_due(group)
    end_facilitator(facilitator=added, by=me)
    assert not is_due(group)  # today is their last day
    type(added).objects.filter(pk=added.pk).update(until=timezone.localdate() - timedelta(days=1))
    assert is_due(group)
    close_programme(programme=group, closed_on=timezone.localdate(), because="Summer", by=me)
    assert not query_unsigned_groups(timezone.localdate()).exists()


@pytest.mark.parametrize("needs", Needs.values)
@pytest.mark.parametrize("level", [None, 1, 2, 3])
@pytest.mark.parametrize(("by", "days"), [("", None), ("COS", None), ("COS", 0), ("COS", -1)])
def test_the_query_says_what_the_rule_says(cast, needs, level, by, days):
    on = timezone.localdate()
    require(cast, needs, code=CIRCLE_OF_SECURITY)
    group = make_group(cast["blackburn"])
    if level:
        until = None if days is None else on + timedelta(days=days)
        make_competence(cast, code=CIRCLE_OF_SECURITY, level=level, accredited_by=by, accredited_until=until)
    way = get_way(CIRCLE_OF_SECURITY)
    standing = load_standings(cast["blackburn"].pk, on).get(way.pk, "free")
    assert is_due(group) == (standing not in MAY_DELIVER)


def test_what_a_sign_off_refuses(me, cast):
    group, supervisor = make_group(me), cast["supervisor"]
    for changed, field in (
        ({}, "by_colleague"),
        ({"by_colleague": me}, "by_colleague"),
        ({"by_colleague": cast["hub"]}, "by_colleague"),
        ({"arrangement": "not_yet", "by_outside": "Someone"}, "by_outside"),
    ):
        with pytest.raises(ActionRefused) as refused:
            sign_off_group(programme=group, by=supervisor, **UNSIGNED | changed)
        assert set(refused.value.errors) == {field}
    add_facilitator(programme=group, user=supervisor, name="", organisation="", by=me)
    with pytest.raises(ActionRefused, match="You facilitate this group"):
        sign_off_group(programme=group, by=supervisor, **UNSIGNED | {"arrangement": "not_yet"})
    close_programme(programme=group, closed_on=timezone.localdate(), because="Summer", by=me)
    with pytest.raises(ActionRefused, match="closed"):
        sign_off_group(programme=group, by=supervisor, **UNSIGNED | {"arrangement": "not_yet"})
    assert not GroupSignOff.objects.exists()


def test_through_the_api(me, cast, sign_in_as):
    group, client = make_group(me), sign_in_as("supervisor")
    path = reverse("api-group-sign-offs", args=[group.pk])
    make_competence(cast, "hub", level=3, code=CIRCLE_OF_SECURITY, site="blackpool")
    sent = {"arrangement": "supervised", "by_colleague": str(cast["hub"].pk)}
    assert client.post(path, sent, content_type="application/json").status_code == 201
    [row] = client.get(path).json()["results"]
    assert row["by_colleague"] == str(cast["hub"].pk)
    assert not is_due(group)
