"""What cannot be of posts, cover, supervision, training and outreach: refused beside its field, by page and by API."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from interventions.posts.models import Post, PostHolding
from interventions.supervision.models import SupervisionAgreement
from interventions.training.models import TrainingAttendee, TrainingSession
from interventions.workforce.actions import record_absence
from interventions.workforce.models import Absence
from referrals.outreach.models import OutreachSession
from tests.unit.posts.factories import make_holding, make_post
from tests.unit.supervision.factories import get_site
from tests.unit.training.factories import make_programme

pytestmark = pytest.mark.django_db
DAY, SITE = timedelta(days=1), "blackburn-with-darwen"


def day(days):
    return (timezone.localdate() + days * DAY).isoformat()


def build_post(cast):
    return [], {"title": "Therapist", "site": SITE, "group": "therapist", "band": "7", "wte": "1"}


def build_filling(cast):
    """Of a post that the same colleague fills already, until further notice."""
    post = make_post(cast)
    make_holding(cast, post, wte="0.40")
    return [post.pk], {"person": str(cast["blackburn"].pk), "wte": "0.40"}


def build_absence(cast):
    """Of somebody who is away this week already."""
    me, today = cast["blackburn"], timezone.localdate()
    site = get_site(me)
    record_absence(person=me, site=site, cover=None, starts_on=today, ends_on=today + 4 * DAY, by=me)
    return [], {"person": str(me.pk), "site": str(site.pk)}


def build_agreement(cast):
    who = {"supervisee": str(cast["blackburn"].pk), "supervisor": str(cast["supervisor"].pk)}
    return [], who | {
        "site": str(get_site(cast["blackburn"]).pk), "sort": "clinical", "starts_on": day(0), "minutes": "60",
        "working_percent": "100",
    }  # fmt: skip


def build_session(cast):
    programme = make_programme(cast["blackburn"])
    known = {"place": SITE, "held_on": day(9), "trainer": str(cast["blackburn"].pk)}
    return [programme.pk], known


def build_outreach(cast):
    known = {"site": SITE, "place": SITE, "community": "Young parents", "lead": str(cast["blackburn"].pk)}
    return [], known | {"held_on": day(9)}


def build_certificates(cast):
    return [make_programme(cast["blackburn"]).pk], {}


# (page, API, who, what is made, what else is known, what is wrong, field, words)
CASES = [
    ("new-post", "api-posts", "administrator", Post, build_post,
     {"funded_from": day(9), "funded_until": day(8)}, "funded_until", "not before the first day"),
    ("fill-post", "api-post-holders", "administrator", PostHolding, build_filling,
     {"starts_on": day(0)}, "starts_on", "already fill this post"),
    ("fill-post", "api-post-holders", "administrator", PostHolding, build_filling,
     {"starts_on": day(9), "ends_on": day(8)}, "ends_on", "not before the first day"),
    ("new-absence", "api-absences", "blackburn", Absence, build_absence,
     {"starts_on": day(4), "ends_on": day(6)}, "starts_on", "recorded as away on some of these days"),
    ("new-absence", "api-absences", "blackburn", Absence, build_absence,
     {"starts_on": day(9), "ends_on": day(8)}, "ends_on", "not before the first day"),
    ("new-supervision-agreement", "api-supervision-agreements", "supervisor", SupervisionAgreement, build_agreement,
     {"ends_on": day(-1)}, "ends_on", "not before the first day"),
    ("new-supervision-agreement", "api-supervision-agreements", "supervisor", SupervisionAgreement, build_agreement,
     {"supervisee": "supervisor"}, "supervisor", "no one supervises themselves"),
    ("new-training-session", "api-training-sessions", "blackburn", TrainingSession, build_session,
     {"starts": "11:00", "ends": "10:00"}, "ends", "The end is before the start"),
    ("new-outreach", "api-outreach", "blackburn", OutreachSession, build_outreach,
     {"starts": "11:00", "ends": "10:00"}, "ends", "The end is before the start"),
    ("issue-certificates", "api-issue-certificates", "blackburn", TrainingAttendee, build_certificates,
     {}, "attendees", "Choose who receives a certificate"),
]  # fmt: skip


def prepare(cast, client, username, build, wrong):
    """(arguments of the address, what is sent), signed in; a name of the cast stands for its id."""
    args, known = build(cast)
    client.force_login(cast[username], backend="pairs.access.backends.StaffBackend")
    return args, known | {
        name: str(cast[value].pk) if value in cast else value for name, value in wrong.items()
    }


@pytest.mark.parametrize(
    ("page", "api", "username", "model", "build", "wrong", "field", "words"),
    CASES,
    ids=[f"{case[0]}: {case[6]}" for case in CASES],
)
def test_refused_beside_the_field_and_nothing_is_saved(
    cast, client, page, api, username, model: type[Model], build, wrong, field, words
):
    args, sent = prepare(cast, client, username, build, wrong)
    before = list(model.objects.order_by("pk").values())
    shown = client.post(reverse(page, args=args), sent | {"submission": str(uuid.uuid4())})
    assert shown.status_code == 200
    text = shown.content.decode()
    assert f'id="id_{field}_error"' in text
    assert words in text
    answer = client.post(reverse(api, args=args), json.dumps(sent), content_type="application/json")
    assert answer.status_code == 400, answer.content
    assert field in answer.json().get("errors", answer.json()), answer.content
    assert list(model.objects.order_by("pk").values()) == before
