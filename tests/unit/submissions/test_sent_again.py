"""A form that was saved, sent again with other words: they are shown and can be saved; none is taken for saved."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from interventions.diary.models import Room
from interventions.episodes.models import Goal
from interventions.plans.record_forms import RewordGoal
from pairs.families.models import RiskAlert
from pairs.service.models import Site
from pairs.submissions.models import Submission
from pairs.submissions.sent_words import compute_form_digest, get_next_token
from pairs.submissions.unsaved_words import name_words
from pairs.submissions.views import JUST_SAVED
from tests.unit.episodes.factories import make_contact
from tests.unit.safeguarding.factories import keep_apart
from tests.unit.submissions.test_kept_posts import make_idle, unlock

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="submission" value="([^"]+)"')
RANDOM = re.compile(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|csrf-token" content="[^"]*"')
SAVED_BEFORE = "This was already saved on"


@pytest.fixture
def alert_page(me, family):
    return reverse("new-alert", args=[family.pk])


@pytest.fixture
def saved(client, alert_page):
    """The token of an alert that is saved."""
    token = str(uuid4())
    assert send_alert(client, alert_page, token, "A first worry").status_code == 302
    return token


def send_alert(client, path, token, what, **more):
    return client.post(path, {"submission": token, "what": what, "level": "amber"} | more)


def find_token(answer):
    return TOKEN.search(answer.content.decode().partition("<main")[2]).group(1)


def list_alerts():
    return sorted(RiskAlert.objects.values_list("what", flat=True))


# ---------------------------------------------------------------- what counts as the same words
@pytest.mark.parametrize(
    "again",
    [
        {"what": ["A worry\nat night"], "level": ["amber"]},
        {"level": ["amber"], "what": ["A worry\r\nat night"]},
        {
            "what": [" A worry\nat night \n"],
            "level": ["amber"],
            "rows-TOTAL_FORMS": ["3"],
            "rows-2-name": [""],
        },
        {
            "what": ["A worry\nat night"],
            "level": ["amber"],
            "shown": ["x:1"],
            "warned": ["5"],
            "window": ["w"],
        },
    ],
)
def test_the_same_words_however_they_are_sent(again):
    first = {"what": ["A worry\nat night"], "level": ["amber"]}
    assert compute_form_digest("t", first) == compute_form_digest("t", again)


@pytest.mark.parametrize(
    "other",
    [
        {"what": ["A worry"], "level": ["amber"]},
        {"what": ["A worry at night"], "level": ["red"]},
        {"what": ["a worry at night"], "level": ["amber"]},
        {"what": ["A worry at night"]},
        {"what": ["A worry at night"], "level": ["amber"], "rows-0-name": ["Ada"]},
        {"what": ["A worry at night"], "level": ["amber", "red"]},
    ],
)
def test_other_words(other):
    first = {"what": ["A worry at night"], "level": ["amber"]}
    assert compute_form_digest("t", first) != compute_form_digest("t", other)


def test_a_digest_tells_nothing_to_one_who_lacks_the_key(settings):
    before = compute_form_digest("t", {"level": ["amber"]})
    assert before != compute_form_digest("other", {"level": ["amber"]})
    settings.SECRET_KEY = "another"
    assert before != compute_form_digest("t", {"level": ["amber"]})


# ---------------------------------------------------------------- one more record
def test_the_same_words_go_where_the_first_went(client, alert_page, saved):
    again = send_alert(
        client, alert_page, saved, " A first worry\r\n", shown="x", csrfmiddlewaretoken="other"
    )
    assert (again.status_code, list_alerts()) == (302, ["A first worry"])


def test_other_words_are_shown_beside_what_was_saved_and_are_saved_when_sent_again(client, alert_page, saved):
    page = send_alert(client, alert_page, saved, "Another worry")
    text = page.content.decode()
    assert (page.status_code, list_alerts()) == (200, ["A first worry"])
    assert SAVED_BEFORE in text
    assert "Another worry" in text
    assert Submission.objects.get(pk=saved).result_path in text
    assert send_alert(client, alert_page, find_token(page), "Another worry").status_code == 302
    assert list_alerts() == ["A first worry", "Another worry"]


def test_other_words_sent_twice_make_one_more(client, alert_page, saved):
    pages = [send_alert(client, alert_page, saved, "Another worry") for _ in range(2)]
    tokens = {find_token(page) for page in pages}
    assert len(tokens) == 1
    for _ in range(2):
        assert send_alert(client, alert_page, *tokens, "Another worry").status_code == 302
    assert send_alert(client, alert_page, saved, "Another worry").status_code == 302
    assert list_alerts() == ["A first worry", "Another worry"]


def test_a_third_version_is_shown_too(client, alert_page, saved):
    send_alert(client, alert_page, find_token(send_alert(client, alert_page, saved, "Second")), "Second")
    third = send_alert(client, alert_page, saved, "Third")
    assert SAVED_BEFORE in third.content.decode()
    send_alert(client, alert_page, find_token(third), "Third")
    assert list_alerts() == ["A first worry", "Second", "Third"]


def test_other_words_that_are_not_valid_are_shown_with_their_errors(client, alert_page, saved):
    text = send_alert(client, alert_page, saved, "", level="nonsense").content.decode()
    assert SAVED_BEFORE in text
    assert "There is a problem" in text
    assert list_alerts() == ["A first worry"]


def test_a_token_that_was_used_on_another_page_loses_nothing(client, episode):
    saved = str(uuid4())
    alert = reverse("new-alert", args=[episode.family_id])
    assert send_alert(client, alert, saved, "A worry").status_code == 302
    path = reverse("new-goal", args=[episode.pk])
    posted = {"words": "Bath time", "dyad": episode.family.dyads.get().pk, "submission": saved}
    page = client.post(path, posted)
    assert "Bath time" in page.content.decode()
    assert client.post(path, posted | {"submission": find_token(page)}).status_code == 302
    assert Goal.objects.get().words == "Bath time"


# ---------------------------------------------------------------- an edit
def test_other_words_of_an_edit_are_one_more_edit(cast, sign_in_as):
    client = sign_in_as("supervisor")
    room = Room.objects.create(site=Site.objects.get(code="hyndburn"), name="The blue room")
    path = reverse("room", args=[room.pk])
    page = client.get(path).content.decode()
    posted = dict(re.findall(r'name="(submission|shown)" value="([^"]+)"', page))
    for name in ("Green", "Red", "Red"):
        answer = client.post(path, posted | {"name": name})
    room.refresh_from_db()
    text = answer.content.decode()
    assert (answer.status_code, room.name) == (200, "Green")
    assert "Save yours, as it is in the box" in text
    assert SAVED_BEFORE in text


def test_a_form_that_closes_what_it_is_about_shows_the_words_to_be_copied(client, me, family):
    caution = keep_apart(family, me, family.caregivers.get(), kept_from_name="Her uncle")
    path, token = reverse("caution-in-error", args=[caution.pk]), str(uuid4())
    sent = {"submission": token, "reason": "Wrong family"}
    first = client.post(path, sent)
    assert first.status_code == 302, first.content.decode()
    again = client.post(path, sent | {"reason": "It belongs to the twins"})
    text = again.content.decode()
    assert "Your changes are not saved" in text
    assert "It belongs to the twins" in text
    assert client.post(path, sent)["Location"] == first["Location"]


# ---------------------------------------------------------------- drafts
def test_other_words_posted_to_a_locked_session_are_kept(client, alert_page, saved):
    make_idle(client)
    send_alert(client, alert_page, saved, "Another worry")
    assert "Another worry" in client.get(unlock(client)).content.decode()
    assert Submission.objects.get(data__has_key="").pk == get_next_token(Submission.objects.get(pk=saved).pk)


def autosave(client, path, token, what):
    form = {"submission": token, "what": what, "level": "amber", "kind": "kept", "page": "", "path": path}
    return client.post(reverse("autosave", args=[token]), form).status_code


def test_what_is_typed_into_a_saved_form_is_kept_as_a_draft_of_its_own(client, alert_page, saved):
    assert (
        autosave(client, alert_page, saved, "Another wo") == 425
    )  # it may have been on its way while it was saved
    Submission.objects.update(used_at=F("used_at") - JUST_SAVED - timedelta(seconds=1))
    assert autosave(client, alert_page, saved, "A first worry") == 200
    assert not Submission.objects.filter(data__has_key="").exists()
    assert autosave(client, alert_page, saved, "Another worry") == 200
    assert Submission.objects.get(data__has_key="").data[""]["what"] == ["Another worry"]


# ---------------------------------------------------------------- words without a form
def test_words_are_called_what_their_form_calls_them():
    from referrals.wizard import BABIES_PAGE, PROFESSIONAL_PAGES

    babies = name_words({"form-0-given_name": ["Ada"], "form-TOTAL_FORMS": ["1"]}, BABIES_PAGE.form)
    assert babies == [(f"{BABIES_PAGE.form.form.base_fields['given_name'].label} 1", "Ada")]
    assert name_words({"no_such": ["x"], "empty": [" "]}, PROFESSIONAL_PAGES[0].form) == [("No such", "x")]


def test_a_page_of_a_referral_that_is_sent_shows_what_it_says_anew(client, cast, sign_in_as):
    sign_in_as("healthvisitor")
    draft = Submission.objects.create(user=cast["healthvisitor"], kind="refer", path="/refer/")
    draft.used_at, draft.result_path = draft.created_at, reverse("home")
    draft.save()
    path = reverse("refer-page", args=[draft.pk, "noticed"])
    page = client.post(path, {"noticed": "He turns away"}).content.decode()
    assert "Your changes are not saved" in page
    assert "He turns away" in page


# ---------------------------------------------------------------- the API
def test_a_key_with_another_body_is_refused_in_plain_words(client, episode):
    path, dyad = reverse("api-goals", args=[episode.pk]), str(episode.family.dyads.get().pk)
    bodies = [
        json.dumps({"words": "Bath time", "dyad": dyad}),
        json.dumps({"dyad": dyad, "words": "Bath time"}, indent=2),
        json.dumps({"words": "Meal time", "dyad": dyad}),
    ]
    answers = [
        client.post(path, each, "application/json", headers={"Idempotency-Key": "k"}) for each in bodies
    ]
    assert [each.status_code for each in answers] == [201, 200, 422]
    assert "another request" in answers[2].json()["errors"]["Idempotency-Key"][0]
    assert Goal.objects.get().words == "Bath time"


# ---------------------------------------------------------------- a page that a colleague has shut
@pytest.fixture
def goal(episode, me):
    dyad = episode.family.dyads.get()
    return Goal.objects.create(episode=episode, dyad=dyad, words="Bath time", set_on=timezone.localdate())


def test_words_about_what_a_colleague_has_just_closed_are_shown(client, goal):
    path = reverse("reword-goal", args=[goal.pk])
    assert client.post(path, {"submission": str(uuid4()), "words": "Calmer baths"}).status_code == 302
    late = client.post(path, {"submission": str(uuid4()), "words": "Baths without tears"})
    text = late.content.decode()
    assert late.status_code == 404
    assert "Your changes are not saved" in text
    assert "Baths without tears" in text
    assert client.get(path).status_code == 404


def test_it_is_closed_while_it_is_being_saved(client, goal, monkeypatch):
    """The record was there when the page was posted, and is out of sight once its row is locked."""
    path, lock_record = reverse("reword-goal", args=[goal.pk]), RewordGoal.lock_record

    def close_first(form):
        Goal.objects.filter(pk=goal.pk).update(entered_in_error_at=timezone.now())
        return lock_record(form)

    monkeypatch.setattr(RewordGoal, "lock_record", close_first)
    late = client.post(path, {"submission": str(uuid4()), "words": "Baths without tears"})
    assert late.status_code == 404
    assert "Baths without tears" in late.content.decode()


def test_what_is_not_there_and_what_is_out_of_scope_are_answered_alike(cast, goal, sign_in_as):
    client, sent = sign_in_as("hyndburn"), {"submission": str(uuid4()), "words": "Baths without tears"}
    answers = [client.post(reverse("reword-goal", args=[pk]), sent) for pk in (goal.pk, uuid4())]
    assert {each.status_code for each in answers} == {404}
    pages = [RANDOM.sub("", each.content.decode()) for each in answers]
    assert pages[0] == pages[1]
    assert "Bath time" not in pages[0]


def test_words_of_a_note_that_was_signed_in_another_window_are_shown(client, episode, me):
    contact = make_contact(episode, me)
    path = reverse("care-contact", args=[contact.pk])
    parse = dict(re.findall(r'name="(shown)" value="([^"]*)"', client.get(path).content.decode()))
    if not contact.signed_at:
        contact.change(signed_at=timezone.now())
    text = client.post(
        path, parse | {"submission": str(uuid4()), "happened": "He laughed twice"}
    ).content.decode()
    assert "He laughed twice" in text
    assert "Your changes are not saved" in text
