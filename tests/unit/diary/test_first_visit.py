"""What a family asked for is there when its first visit is booked; a referrer who comes is told when it is."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from interventions.diary.actions import move_appointment
from interventions.diary.models import Appointment
from pairs.access.scope import load_scope
from referrals.models import Referral
from tests.app_due_items import make_due_items
from tests.project.form_filling import fill_form, parse_form
from tests.unit.diary.factories import get_time, make_visit
from tests.unit.episodes.factories import make_accepted_referral, make_contact, make_episode
from tests.unit.families.factories import make_family

list_app_due_items = make_due_items("interventions.diary")
WISHES = {
    "who_comes": "Dan's mum",
    "preferred_place": "video",
}


@pytest.fixture
def referral(me, cast):
    """Accepted for joint work, with wishes."""
    made = make_accepted_referral(make_family())
    made.change(referrer=cast["healthvisitor"], first_visit_together=True, **WISHES)
    return made


def list_joint_items(user):
    items = list_app_due_items(load_scope(user), timezone.localdate())
    return [each for each in items if each.code == "joint_first_visit"]


@pytest.mark.parametrize(
    ("place", "mechanism", "location"),
    [
        ("video", "11", "X01"),
        ("phone", "02", "X01"),
        ("hub", "01", "K01"),
        ("home", "01", "A01"),
        ("", "01", "A01"),
    ],
)
def test_the_form_begins_with_what_the_family_asked_for(client, referral, place, mechanism, location):
    referral.change(preferred_place=place)
    page = client.get(reverse("new-first-visit", args=[referral.pk])).content.decode()
    assert f'<option value="{mechanism}" selected' in page
    assert f'<option value="{location}" selected' in page
    assert "Comes along: Dan" in page


def test_once_a_visit_has_been_booked_the_next_is_like_it(me, client):
    episode = make_episode(me)
    episode.referral.change(preferred_place="video")
    make_contact(episode, me)
    path = reverse("new-appointment", args=[episode.pk])
    assert '<option value="11" selected' in client.get(path).content.decode()
    make_visit(episode, me)
    assert '<option value="01" selected' in client.get(path).content.decode()


def test_the_referrer_is_due_to_be_told_of_each_time_until_the_first_visit_has_been(
    me, client, cast, referral
):
    (item,) = list_joint_items(me)
    assert item.href == reverse("new-first-visit", args=[referral.pk])
    episode = make_episode(me, reference="E")
    Referral.objects.filter(pk=episode.referral_id).update(
        referrer=cast["healthvisitor"], first_visit_together=True, referrer_told_at=None
    )
    referral.change(first_visit_together=False)
    visit = make_visit(episode, me)
    (item,) = list_joint_items(me)
    path = reverse("tell-referrer", args=[episode.referral_id])
    assert item.href == path
    page = client.get(path).content.decode()
    assert str(cast["healthvisitor"]) in page
    client.post(path, {"how": "email"})
    (sent,) = mail.outbox
    assert sent.to == [cast["healthvisitor"].email]
    assert "Cora" not in sent.subject + sent.body
    assert list_joint_items(me) == []
    move_appointment(appointment=visit, starts_at=get_time(9), minutes=60, by=me)
    assert len(list_joint_items(me)) == 1
    make_contact(episode, me)
    assert list_joint_items(me) == []


def test_a_referrer_the_family_does_not_share_with_is_told_in_person(me, client, referral):
    referral.change(status="accepted")
    Referral.objects.filter(pk=referral.pk).update(referrer=None)
    make_first_visit(referral, me)
    answer = client.post(reverse("tell-referrer", args=[referral.pk]), {"how": "email"})
    assert b"They have no account. Call them, or tell them in person." in answer.content
    assert client.post(reverse("tell-referrer", args=[referral.pk]), {"how": "phone"}).status_code == 302
    assert mail.outbox == []


def make_first_visit(referral, me):
    Appointment.objects.create(
        family=referral.family,
        site=referral.site,
        referral=referral,
        starts_at=get_time(3),
        minutes=60,
        mechanism="01",
        location="A01",
        practitioner=me,
        booked_by=me,
    )


def test_what_they_asked_for_is_on_the_page_read_before_the_visit(me, client, referral):
    make_first_visit(referral, me)
    row = Appointment.objects.get()
    page = client.get(reverse("visit-before-you-knock", args=[row.pk])).content.decode()
    assert "Comes along: Dan" in page
    assert "Would like to meet: By video" in page
    assert "will join the first visit; they have not been told the date" in page


def test_of_two_who_tell_the_referrer_one_does(me, client, cast):
    episode = make_episode(me, reference="E")
    Referral.objects.filter(pk=episode.referral_id).update(
        referrer=cast["healthvisitor"], first_visit_together=True, referrer_told_at=None
    )
    make_visit(episode, me)
    path = reverse("tell-referrer", args=[episode.referral_id])
    pages = [fill_form(parse_form(client.get(path).content.decode())) for _ in range(2)]
    told = {"how": "email", "told_before": ""}  # as the page holds it
    assert client.post(path, pages[0] | told).status_code == 302
    second = client.post(path, pages[1] | told)
    assert "A colleague has told them meanwhile" in second.content.decode()
    assert len(mail.outbox) == 1
