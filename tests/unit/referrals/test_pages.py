"""The professional's referral form, my referrals, the board and the decision, for each of the cast."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.due import SAFETY
from pairs.families.models import Family, RiskAlert
from pairs.submissions.models import Submission
from pairs.web.formats import format_day_and_time
from referrals.actions import mark_referral_read
from referrals.actions.reminders import remind_of_unsent
from referrals.forms import BabyFormSet, CarerFormSet
from referrals.forms.voices import TEXTS_BY_VOICE
from referrals.models import Referral
from tests.app_due_items import make_due_items
from tests.unit.referrals.factories import BABIES, DRAFT_PAGES, build_decision_post, make_test_referral

list_app_due_items = make_due_items("referrals")

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_page(client, cast):
    """The page as somebody sees it."""

    def get_page_as(username, name, *args, post=None, follow=False):
        client.force_login(cast[username])
        address = reverse(name, args=args)
        return client.get(address) if post is None else client.post(address, post, follow=follow)

    return get_page_as


@pytest.fixture
def finished_draft(open_page):
    """A draft with every page saved; its token."""
    token = uuid.uuid4()
    for slug, values in DRAFT_PAGES.items():
        answer = open_page("healthvisitor", "refer-page", token, slug, post=values)
        assert answer.status_code == 302, answer.content.decode()
    return token


def test_opening_the_form_writes_nothing(open_page):
    answer = open_page("healthvisitor", "refer")
    assert answer.status_code == 200
    assert "not a safeguarding referral" in answer.content.decode()
    assert not Submission.objects.exists()


def test_pages_are_saved_shown_again_and_sent_once(open_page, finished_draft):
    assert (
        'value="Dan"' in open_page("healthvisitor", "refer-page", finished_draft, "carers").content.decode()
    )
    check = open_page("healthvisitor", "refer-check", finished_draft).content.decode()
    for words in ("Mia", "BB1 7AA", "Baby kicks when Dan sings.", "Text first.", "Send the referral"):
        assert words in check
    answers = [open_page("healthvisitor", "refer-check", finished_draft, post={}) for _ in range(3)]
    referral = Referral.objects.get()
    assert {answer.url for answer in answers} == {reverse("referral-sent", args=[referral.pk])}
    done = open_page("healthvisitor", "referral-sent", referral.pk).content.decode()
    assert referral.reference in done
    assert f"will read it by {format_day_and_time(referral.read_by_time)}" in done
    assert [carer.given_name for carer in referral.caregivers.all()] == ["Mia", "Dan"]
    assert open_page("healthvisitor", "refer-page", finished_draft, "babies").status_code == 302


def test_a_question_that_may_be_left_out_says_so_once(open_page, finished_draft):
    page = open_page("healthvisitor", "refer-page", finished_draft, "noticed").content.decode()
    label = page.split("Select any that apply")[1].split("</legend>")[0]
    assert label.count("(optional)") == 1
    worded = [label for texts in TEXTS_BY_VOICE.values() for label, _ in texts.values()]
    assert not [each for each in worded if "optional" in each]


def test_a_draft_is_offered_to_its_author_alone(open_page, finished_draft):
    link = reverse("refer-check", args=[finished_draft])
    for name in ("refer", "my-referrals"):
        assert link in open_page("healthvisitor", name).content.decode()
        assert link not in open_page("healthvisitor2", name).content.decode()
    assert open_page("healthvisitor2", "refer-check", finished_draft).status_code == 404
    assert open_page("healthvisitor2", "refer-page", finished_draft, "babies").status_code == 404
    assert open_page("healthvisitor2", "refer-page", finished_draft, "babies", post=BABIES).status_code == 404


def test_a_draft_that_its_author_deletes_is_offered_and_due_and_reminded_of_no_more(
    cast, open_page, finished_draft
):
    Submission.objects.update(updated_at=timezone.now() - timedelta(days=40))  # however old: it is still due
    page = open_page("healthvisitor", "drafts").content.decode()
    assert "Refer a family" in page
    assert str(finished_draft) in page
    assert str(finished_draft) not in open_page("healthvisitor2", "drafts").content.decode()
    open_page("healthvisitor", "drafts", post={"draft": finished_draft})
    assert "No unfinished forms" in open_page("healthvisitor", "drafts").content.decode()
    for name in ("refer", "my-referrals"):
        assert str(finished_draft) not in open_page("healthvisitor", name).content.decode()
    scope = load_scope(cast["healthvisitor"])
    assert "unsent_referral" not in {item.code for item in list_app_due_items(scope, timezone.localdate())}
    assert not remind_of_unsent(draft_id=finished_draft, at=timezone.now())


@pytest.mark.parametrize(
    ("slug", "change", "words"),
    [
        ("permission", {"permission": "lawful_basis"}, "Enter the reason for referring without"),
        ("permission", {"permission": ""}, "Choose whether the parent agrees"),
        ("babies", {"infants-0-born": ""}, "Choose whether the baby is born"),
        ("babies", {"infants-0-estimated_due_date-year": "2019"}, "The due date has passed"),
        ("babies", {"infants-0-nhs_number": "1234567890"}, "digits do not add up"),
        ("babies", {"infants-TOTAL_FORMS": "x"}, "There is a problem"),
        ("babies", {"infants-TOTAL_FORMS": "999999999"}, "There is a problem"),
        ("carers", {"caregivers-0-postcode": "nowhere"}, "Enter a full postcode"),
        ("carers", {"caregivers-0-given_name": "x" * 81}, "There is a problem"),
        ("carers", {"caregivers-0-main_carer": ""}, "Tick “Main carer”"),
        ("noticed", {"noticed": ""}, "Enter what you have noticed"),
        ("noticed", {"noticed": "x" * 10_001}, "There is a problem"),
        ("noticed", {"concerns": ["nothing"]}, "There is a problem"),
        ("involved", {"place": "atlantis"}, "There is a problem"),
        ("involved", {"place": ""}, "Choose the district"),
        ("involved", {"asker_phone": "0" * 121}, "There is a problem"),
        ("carers", {"caregivers-0-may_call": "perhaps"}, "There is a problem"),
    ],
)
def test_each_page_is_validated_by_itself(open_page, slug, change, words):
    answer = open_page("healthvisitor", "refer-page", uuid.uuid4(), slug, post=DRAFT_PAGES[slug] | change)
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_text_that_cannot_be_stored_is_refused(open_page):
    values = DRAFT_PAGES["noticed"] | {"noticed": "a\x00b"}
    assert open_page("healthvisitor", "refer-page", uuid.uuid4(), "noticed", post=values).status_code == 400


def test_everything_is_validated_again_before_it_is_sent(open_page, finished_draft):
    open_page(
        "healthvisitor",
        "refer-page",
        finished_draft,
        "carers",
        post=DRAFT_PAGES["carers"] | {"caregivers-0-postcode": "x"},
    )
    answer = open_page("healthvisitor", "refer-check", finished_draft, post={})
    assert answer.status_code == 200
    assert "is not finished" in answer.content.decode()
    assert not Referral.objects.exists()


def test_another_baby_can_be_added_without_scripts(open_page):
    token = uuid.uuid4()
    answer = open_page(
        "healthvisitor", "refer-page", token, "babies", post=BABIES | {"another": "1"}, follow=True
    )
    text = answer.content.decode()
    assert "infants-1-born" in text
    assert "There is a problem" not in text


def test_an_unknown_page_or_draft_is_404(open_page):
    assert open_page("healthvisitor", "refer-page", uuid.uuid4(), "babies").status_code == 404
    assert open_page("healthvisitor", "refer-page", uuid.uuid4(), "nonsense").status_code == 404
    assert open_page("healthvisitor", "refer-check", uuid.uuid4()).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("healthvisitor", 200),
        ("healthvisitor2", 404),
        ("duty", 200),
        ("supervisor", 200),
        ("blackburn", 404),
        ("hyndburn", 404),
        ("peer", 403),
        ("manager", 403),
        ("administrator", 403),
    ],
)
def test_who_may_open_a_referral_before_it_is_accepted(cast, open_page, who, status):
    referral = make_test_referral(cast["healthvisitor"])
    assert open_page(who, "referral", referral.pk).status_code == status


def test_a_referrer_follows_it_and_reads_nothing_clinical(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"], permission="lawful_basis", permission_reason="Court")
    open_page("duty", "decide-referral", referral.pk, post=build_decision_post(referral))
    page = open_page("healthvisitor", "referral", referral.pk).content.decode()
    assert "Decided" in page
    assert "Accepted" not in page
    assert "Time together" not in page
    assert referral.reference in open_page("healthvisitor", "my-referrals").content.decode()
    assert referral.reference not in open_page("healthvisitor2", "my-referrals").content.decode()


def test_duty_reads_and_accepts_and_is_taken_to_the_family_page(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    board = open_page("duty", "triage").content.decode()
    for words in (referral.reference, "Unborn", "Interpreter", "Helen Visitor", "Blackburn with Darwen"):
        assert words in board
    open_page("duty", "referral-read", referral.pk, post={})
    assert referral.steps.filter(status="read", by=cast["duty"]).exists()
    assert "Baby kicks when Dan sings." in open_page("duty", "decide-referral", referral.pk).content.decode()
    answer = open_page("duty", "decide-referral", referral.pk, post=build_decision_post(referral))
    assert answer.url == reverse("family", args=[Family.objects.get().pk])
    assert "No referrals are waiting" in open_page("duty", "triage").content.decode()
    assert open_page("blackburn", "referral", referral.pk).status_code == 200
    assert open_page("hyndburn", "referral", referral.pk).status_code == 404


def test_two_who_mark_it_as_read_at_once_both_land_on_it(cast, open_page, monkeypatch):
    referral = make_test_referral(cast["healthvisitor"])

    def mark_read_by_hub_first(*, referral, by):
        mark_referral_read(referral=referral, by=cast["hub"])
        mark_referral_read(referral=referral, by=by)

    monkeypatch.setattr("reporting.dashboards.triage.first_reader.mark_referral_read", mark_read_by_hub_first)
    answer = open_page("duty", "referral-read", referral.pk, post={})
    assert answer.url == reverse("decide-referral", args=[referral.pk])
    assert "has just" in open_page("duty", "decide-referral", referral.pk).content.decode()
    assert [step.by for step in referral.steps.filter(status="read")] == [cast["hub"]]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"response": ""}, "Choose an answer"),
        ({"thrive": ""}, "Choose a grouping"),
        ({"response": "none"}, "Choose at least one signposting entry"),
        ({"site": "preston"}, "There is a problem"),
        ({"matches-0-held": str(uuid.uuid4())}, "There is a problem"),
        ({"matches-0-named": str(uuid.uuid4())}, "There is a problem"),
        ({"lead": str(uuid.uuid4())}, "There is a problem"),
        ({"destinations": [str(uuid.uuid4())]}, "There is a problem"),
    ],
)
def test_a_decision_is_refused_beside_its_field(cast, open_page, change, words):
    referral = make_test_referral(cast["healthvisitor"])
    answer = open_page("duty", "decide-referral", referral.pk, post=build_decision_post(referral) | change)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Family.objects.exists()


def test_one_decision_however_often_it_is_sent(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    token = str(uuid.uuid4())
    posted = build_decision_post(referral, submission=token)
    urls = {open_page("duty", "decide-referral", referral.pk, post=posted).url for _ in "ab"}
    assert len(urls) == 1
    assert Family.objects.count() == 1
    assert "was decided" in open_page("duty", "decide-referral", referral.pk).content.decode()


def test_an_alert_can_be_raised_before_there_is_a_family(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    answer = open_page(
        "duty", "referral-alert", referral.pk, post={"alert-what": "Alone with three under five"}
    )
    alert = RiskAlert.objects.get()
    assert answer.url == reverse("alert", args=[alert.pk])
    assert (alert.about, alert.site, alert.family) == (referral.reference, referral.site, None)
    assert open_page("duty", "referral-alert", referral.pk, post={"alert-what": ""}).status_code == 200


def test_only_those_who_triage_see_the_board(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    for name, *args in (("triage",), ("decide-referral", referral.pk), ("referral-read", referral.pk)):
        assert {
            open_page(who, name, *args).status_code for who in ("blackburn", "healthvisitor", "manager")
        } == {403}


def test_the_board_asks_as_often_for_ten_as_for_fifty(cast, client, django_assert_max_num_queries):
    client.force_login(cast["duty"])
    counts = []
    for more in (10, 40):
        for _ in range(more):
            make_test_referral(cast["healthvisitor"])
        client.get(reverse("triage"))
        with django_assert_max_num_queries(20) as asked:
            client.get(reverse("triage"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_referrals_to_triage_and_own_unsent_drafts_are_due(cast, finished_draft, django_assert_num_queries):
    referral, on = make_test_referral(cast["healthvisitor"]), timezone.localdate()
    scopes = {who: load_scope(cast[who]) for who in ("duty", "hyndburn", "healthvisitor", "healthvisitor2")}
    with django_assert_num_queries(1):
        (item,) = list_app_due_items(scopes["duty"], on)
    assert (item.code, item.subject_id, item.kind) == ("unread_referral", referral.pk, SAFETY)
    mark_referral_read(referral=referral, by=cast["duty"])
    (item,) = list_app_due_items(scopes["duty"], on)
    assert (item.code, item.subject_id, item.due_on) == ("awaiting_triage", referral.pk, on)
    assert list_app_due_items(scopes["hyndburn"], on + timedelta(days=1)) == []
    assert list_app_due_items(scopes["healthvisitor"], on) == []
    (unsent,) = list_app_due_items(scopes["healthvisitor"], on + timedelta(days=1))
    assert (unsent.code, unsent.subject_id) == ("unsent_referral", finished_draft)
    assert list_app_due_items(scopes["healthvisitor2"], on + timedelta(days=1)) == []


def test_a_person_named_by_mistake_is_removed_and_never_deleted():
    labels = {each(prefix="x").forms[0].fields["DELETE"].label for each in (BabyFormSet, CarerFormSet)}
    assert labels == {"Remove this person"}
