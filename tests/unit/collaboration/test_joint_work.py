"""Joint work: agreed with one party, what each may share beside it, looked at again, ended."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.collaboration import actions
from interventions.collaboration.models import JointWork
from pairs.access.scope import load_scope
from pairs.service.refusals import ActionRefused
from pairs.village.models import SharingAgreement, VillageMember
from tests.app_due_items import make_due_items
from tests.unit.episodes.factories import make_episode
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
AGREED_DETAILS = {
    "we_do": "We film on Thursdays.",
    "they_do": "She weighs on Mondays.",
    "days": "Mondays and Thursdays",
}


def begin_joint_work(family, by, **other):
    values = {"member": None, "who": "", "organisation": "", "they_share": "", "episode": None}
    values |= {"since": TODAY() - timedelta(days=9), "look_again_on": None}
    return actions.begin_joint_work(family=family, by=by, **(values | AGREED_DETAILS | other))


@pytest.fixture
def episode(cast):
    return make_episode(cast["blackburn"])


@pytest.fixture
def health_visitor(episode):
    return VillageMember.objects.create(
        family=episode.family, kind="professional", name="Gita Visitor", role="Health visitor", closeness=2
    )


@pytest.fixture
def worker_client(cast, client):
    client.force_login(cast["blackburn"])
    return client


def test_joint_work_from_start_to_end_by_the_pages(episode, health_visitor, worker_client):
    family = episode.family
    sent = AGREED_DETAILS | {"member": health_visitor.pk, "since": TODAY(), "episode": episode.pk}
    sent |= {"look_again_on": TODAY() + timedelta(days=30)}
    answer = worker_client.post(reverse("new-joint-work", args=[family.pk]), sent)
    assert answer.headers["Location"] == reverse("joint-work", args=[family.pk])
    page = worker_client.get(answer.headers["Location"]).content.decode()
    for words in ("Gita Visitor", "Health visitor", "We film on Thursdays.", "No agreement recorded"):
        assert words in page
    for name, pk in (("family-plan", family.pk), ("episode", episode.pk)):
        assert "Mondays and Thursdays" in worker_client.get(reverse(name, args=[pk])).content.decode(), name
    joint = JointWork.objects.get()
    changed = AGREED_DETAILS | {"they_do": "She weighs once a month.", "episode": ""}
    worker_client.post(reverse("joint-terms", args=[joint.pk]), changed)
    joint.refresh_from_db()
    assert (joint.they_do, joint.episode, joint.look_again_on) == ("She weighs once a month.", None, None)
    worker_client.post(
        reverse("joint-ending", args=[joint.pk]), {"ended_on": TODAY(), "ended_because": "He thrives."}
    )
    joint.refresh_from_db()
    assert (joint.ended_on, joint.ended_because) == (TODAY(), "He thrives.")
    page = worker_client.get(reverse("chronology", args=[family.pk])).content.decode()
    assert "Joint work with Gita Visitor began" in page
    assert "Joint work with Gita Visitor ended" in page


def test_what_may_be_shared_follows_todays_agreement(cast, episode, health_visitor, worker_client):
    family = episode.family
    begin_joint_work(family, cast["blackburn"], member=health_visitor)
    begin_joint_work(family, cast["blackburn"], who="Sure Start", organisation="Example Council")
    common = {
        "agreed_by": family.dyads.get().caregiver,
        "agreed_on": TODAY(),
        "recorded_by": cast["blackburn"],
    }
    of_visitor = SharingAgreement.objects.create(
        family=family, member=health_visitor, what=["plan"], **common
    )
    SharingAgreement.objects.create(family=family, agency="example council", what=["progress"], **common)
    page = worker_client.get(reverse("joint-work", args=[family.pk])).content.decode()
    assert "The plan and its goals" in page
    assert "Progress" in page
    assert "No agreement recorded" not in page
    of_visitor.change(withdrawn_on=TODAY(), withdrawn_by=cast["blackburn"])
    page = worker_client.get(reverse("joint-work", args=[family.pk])).content.decode()
    assert "The plan and its goals" not in page
    assert "No agreement recorded" in page


def test_with_one_party_of_this_family(cast, episode, health_visitor):
    by = cast["blackburn"]
    both = {"member": health_visitor, "who": "Somebody"}
    for wrong, words in (
        ({}, "Choose someone from the village, or enter who it is."),
        (both, "Either choose someone from the village or name someone else, not both."),
    ):
        with pytest.raises(ActionRefused, match=words):
            begin_joint_work(episode.family, by, **wrong)
    other = make_family(reference="O")
    with pytest.raises(ActionRefused, match="this family"):
        begin_joint_work(other, by, member=health_visitor)
    with pytest.raises(ActionRefused, match="this family"):
        begin_joint_work(other, by, who="Somebody", episode=episode)
    with pytest.raises(ActionRefused, match="after the work began"):
        begin_joint_work(other, by, who="Somebody", look_again_on=TODAY() - timedelta(days=30))


def test_what_has_ended_is_not_changed(cast, episode, health_visitor):
    joint = begin_joint_work(episode.family, cast["blackburn"], member=health_visitor)
    with pytest.raises(ActionRefused, match="before the joint work began"):
        actions.end_joint_work(
            joint=joint, ended_on=TODAY() - timedelta(days=20), ended_because="x", by=cast["hub"]
        )
    actions.end_joint_work(joint=joint, ended_on=TODAY(), ended_because="Done", by=cast["blackburn"])
    for act in (
        lambda: actions.change_joint_work(joint=joint, by=cast["hub"], look_again_on=None, episode=None),
        lambda: actions.end_joint_work(joint=joint, ended_on=TODAY(), ended_because="x", by=cast["hub"]),
    ):
        with pytest.raises(ActionRefused, match="has ended"):
            act()


def test_due_on_the_day_that_was_agreed(cast, episode, health_visitor):
    day = TODAY() + timedelta(days=7)
    begin_joint_work(
        episode.family, cast["blackburn"], member=health_visitor, look_again_on=day, episode=episode
    )
    due = make_due_items("interventions.collaboration")
    assert due(load_scope(cast["blackburn"]), day - timedelta(days=1)) == []
    (item,) = due(load_scope(cast["blackburn"]), day)
    assert (item.code, item.owner_id) == ("joint_work", cast["blackburn"].pk)
    assert due(load_scope(cast["hyndburn"]), day) == []


def test_by_api_as_by_the_page(episode, health_visitor, worker_client):
    path = reverse("api-joint-works", args=[episode.family_id])
    sent = AGREED_DETAILS | {"who": "Sure Start", "since": TODAY().isoformat()}
    made = worker_client.post(path, sent, content_type="application/json", headers={"Idempotency-Key": "one"})
    again = worker_client.post(
        path, sent, content_type="application/json", headers={"Idempotency-Key": "one"}
    )
    assert (made.status_code, again.status_code) == (201, 200)
    assert worker_client.get(path).json()["results"][0]["party"] == "Sure Start"
    one = reverse("api-joint-work", args=[made.json()["id"]])
    assert (
        worker_client.patch(one, {"days": "Fridays"}, content_type="application/json").json()["days"]
        == "Fridays"
    )
    assert JointWork.objects.get().we_do == AGREED_DETAILS["we_do"]
    ended = reverse("api-joint-ending", args=[made.json()["id"]])
    answer = worker_client.post(ended, {"ended_on": TODAY().isoformat()}, content_type="application/json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["ended_because"])
