"""A family's record is restricted, reviewed and opened again: who may, who is named, who is shut out."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.actions import grant_family_access
from pairs.families.models import Family
from pairs.restrictions.actions import (
    end_named_access,
    end_restriction,
    name_person,
    query_named,
    restrict_family,
    review_restriction,
)
from pairs.restrictions.models import FamilyRestriction
from pairs.restrictions.rules import LONGEST_REVIEW, USUAL_REVIEW, find_review_date_error
from pairs.service.refusals import ActionRefused
from tests.cast import GIVEN_REASON
from tests.form_client import FormClient
from tests.project.form_filling import fill_form, parse_form
from tests.unit.episodes.factories import make_episode
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db
WHY = "A colleague’s own family"


def get_review_day():
    return timezone.localdate() + timedelta(days=30)


@pytest.fixture
def family(cast):
    return make_family()


def restrict(cast, family, *named, by="governance"):
    people = [cast[name] for name in named]
    return restrict_family(family=family, because=WHY, review_on=get_review_day(), named=people, by=cast[by])


def is_open(user, family):
    return Family.objects.visible_to(load_scope(user)).filter(pk=family.pk).exists()


def test_only_those_who_are_named_open_it_until_the_restriction_ends(cast, family):
    assert is_open(cast["duty"], family)
    made = restrict(cast, family, "blackburn")
    assert is_open(cast["blackburn"], family)
    assert not is_open(cast["duty"], family)
    assert not is_open(cast["supervisor"], family)
    assert is_open(cast["governance"], family)
    end_restriction(restriction=made, because="They have left the service", by=cast["governance"])
    family.refresh_from_db()
    assert (family.restricted, family.restricted_because) == (False, "")
    assert is_open(cast["duty"], family)
    assert not query_named(family).exists()


def test_access_for_thinking_together_does_not_outlast_it(cast, family):
    grant_family_access(
        family=family, user=cast["hub"], purpose="thought", reason="Asked", by=cast["supervisor"]
    )
    assert is_open(cast["hub"], family)
    restrict(cast, family)
    assert not is_open(cast["hub"], family)


def test_whoever_leads_open_work_has_to_be_named_and_keeps_access(cast):
    episode = make_episode(cast["blackburn"])
    with pytest.raises(ActionRefused, match="change the lead first"):
        restrict(cast, episode.family)
    assert not Family.objects.get(pk=episode.family_id).restricted
    restrict(cast, episode.family, "blackburn")
    with pytest.raises(ActionRefused, match="leads open work"):
        end_named_access(grant=query_named(episode.family).get(), by=cast["governance"])
    assert is_open(cast["blackburn"], episode.family)


def test_a_person_is_named_once_and_can_be_shut_out_again(cast, family):
    made = restrict(cast, family)
    name_person(restriction=made, person=cast["blackburn"], reason="Visits the family", by=cast["governance"])
    with pytest.raises(ActionRefused, match="already"):
        name_person(restriction=made, person=cast["blackburn"], reason="Once more", by=cast["governance"])
    assert is_open(cast["blackburn"], family)
    end_named_access(grant=query_named(family).get(), by=cast["governance"])
    assert not is_open(cast["blackburn"], family)


def test_it_is_restricted_once_and_reviewed_while_it_stands(cast, family):
    made = restrict(cast, family)
    with pytest.raises(ActionRefused, match="already restricted"):
        restrict(cast, family)
    later = get_review_day() + timedelta(days=30)
    reviewed = review_restriction(
        restriction=made, note="Still works here", review_on=later, by=cast["governance"]
    )
    assert (reviewed.review_on, reviewed.reviewed_by) == (later, cast["governance"])
    end_restriction(restriction=made, because="No longer needed", by=cast["governance"])
    for act, said in (
        (review_restriction, {"note": "Still", "review_on": later}),
        (end_restriction, {"because": "Again"}),
    ):
        with pytest.raises(ActionRefused, match="already ended"):
            act(restriction=made, by=cast["governance"], **said)


def test_two_that_a_merge_left_end_together(cast, family):
    made = restrict(cast, family)
    FamilyRestriction.objects.create(
        family=family, because="Address at risk", review_on=get_review_day(), made_by=cast["duty"]
    )
    end_restriction(restriction=made, because="No longer needed", by=cast["governance"])
    assert not FamilyRestriction.objects.current().filter(family=family).exists()


@pytest.mark.parametrize(
    ("days", "accepted"), [(-1, False), (0, False), (1, True), (LONGEST_REVIEW.days, True), (367, False)]
)
def test_a_review_is_after_today_and_within_a_year(days, accepted):
    today = timezone.localdate()
    assert (find_review_date_error(today + timedelta(days=days), today) == "") is accepted


def test_duty_restricts_at_intake_and_governance_is_told_without_names(cast, family):
    cast["governance"].email = "governance@pairs.example"
    cast["governance"].save()
    duty = FormClient("duty")
    page = reverse("restrict-family", args=[family.pk])
    assert page in duty.client.get(reverse("family", args=[family.pk])).content.decode()
    refused = duty.client.post(page, {"because": "short"}).content.decode()
    assert refused.count("nhsuk-error-message") >= 2
    duty.submit("restrict-family", family.pk, because=WHY, named=[str(cast["duty"].pk)])
    made = FamilyRestriction.objects.get()
    assert (made.family, made.because) == (family, WHY)
    assert made.review_on == timezone.localdate() + USUAL_REVIEW
    (told,) = mail.outbox
    assert reverse("restriction", args=[made.pk]) in told.body
    assert WHY not in told.body


def test_a_practitioner_may_not_restrict_and_sees_no_restriction(cast, family, client):
    made = restrict(cast, family, "blackburn")
    client.force_login(cast["blackburn"])
    for path in (reverse("restrict-family", args=[family.pk]), reverse("restriction", args=[made.pk])):
        assert client.get(path).status_code == 403
    assert not FamilyRestriction.objects.visible_to(load_scope(cast["blackburn"])).exists()


def test_governance_finds_it_reviews_it_and_ends_it(cast, family):
    made = restrict(cast, family, "blackburn", by="duty")
    governance = FormClient("governance")
    assert WHY in governance.client.get(reverse("restrictions")).content.decode()
    page = reverse("restriction", args=[made.pk])
    assert str(cast["blackburn"]) in governance.client.get(page).content.decode()
    governance.submit("restriction", made.pk, note="Still works here")
    governance.submit("name-person", made.pk, person=str(cast["duty"].pk), reason="Visits the family")
    grant = query_named(family).get(user=cast["duty"])
    governance.submit("end-named-access", grant.pk)
    assert [each.user for each in query_named(family)] == [cast["blackburn"]]
    governance.submit("end-restriction", made.pk, because="They have moved away")
    made.refresh_from_db()
    assert (made.review_note, made.ended_because) == ("Still works here", "They have moved away")
    assert "They have moved away" in governance.client.get(page).content.decode()
    assert WHY in governance.client.get(reverse("restrictions"), {"show": "ended"}).content.decode()


def test_the_api_restricts_with_a_reason_for_opening(cast, family, client):
    client.force_login(cast["governance"])
    sent = {"because": WHY, "review_on": get_review_day().isoformat(), "named": []}
    path = reverse("api-family-restricting", args=[family.pk])
    refused = client.post(path, sent, content_type="application/json")
    assert refused.status_code == 403
    made = client.post(path, sent, content_type="application/json", headers=GIVEN_REASON)
    assert made.status_code == 201, made.content
    assert made.json()["because"] == WHY
    assert client.get(reverse("api-restrictions")).json()["results"][0]["id"] == made.json()["id"]


def test_the_api_names_reviews_and_ends(cast, family, client):
    made = restrict(cast, family)
    client.force_login(cast["governance"])

    def send(name, pk, **said):
        return client.post(reverse(name, args=[pk]), said, content_type="application/json")

    later = (get_review_day() + timedelta(days=1)).isoformat()
    reviewed = send("api-restriction-review", made.pk, note="Still works here", review_on=later)
    assert reviewed.json()["review_on"] == later, reviewed.content
    outsider = send("api-named-access", made.pk, person=str(cast["healthvisitor"].pk), reason="Visits them")
    assert outsider.status_code == 400, outsider.content
    named = send("api-named-access", made.pk, person=str(cast["duty"].pk), reason="Visits the family")
    assert named.status_code == 201, named.content
    listed = client.get(reverse("api-named-access", args=[made.pk])).json()["results"]
    assert [each["id"] for each in listed] == [named.json()["id"]]
    assert send("api-named-access-ending", named.json()["id"]).status_code in (200, 201)
    assert not is_open(cast["duty"], family)
    assert send("api-restriction-ending", made.pk, because="short").status_code == 400
    assert send("api-restriction-ending", made.pk, because="They have moved away").status_code in (200, 201)
    assert client.get(reverse("api-restriction", args=[made.pk])).json()["ended_because"]
    assert is_open(cast["duty"], family)


def test_of_two_who_review_at_once_the_second_sees_both(cast, client, family):
    made = restrict(cast, family)
    path, later = reverse("restriction", args=[made.pk]), (get_review_day() + timedelta(days=9)).isoformat()
    client.force_login(cast["governance"])
    pages = [fill_form(parse_form(client.get(path).content.decode())) for _ in range(2)]
    first = client.post(path, pages[0] | {"note": "Still works here", "review_on": later})
    assert first.status_code == 302
    second = client.post(path, pages[1] | {"note": "Lives next door", "review_on": later})
    assert second.status_code == 200
    assert "Still works here" in second.content.decode()
    made.refresh_from_db()
    assert made.review_note == "Still works here"
