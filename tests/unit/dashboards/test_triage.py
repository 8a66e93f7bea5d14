"""The screen where one decides, and what the hub is asked, as each of the cast meets them."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pairs.audit.models import AccessEntry
from pairs.families.models import Family
from pairs.submissions.models import Submission
from referrals.actions import decide_referral
from referrals.models import Consultation, Destination, MatchAnswer, Referral, Reply
from tests.unit.families.factories import make_family
from tests.unit.referrals.factories import (
    BORN,
    CARER,
    INFANT,
    REPLIES,
    build_decision_post,
    make_test_referral,
)

pytestmark = pytest.mark.django_db
CORA_NAMED = CARER | {"given_name": "Cora", "family_name": "Carer"}
BABY_NAMED = INFANT | {
    "given_name": "Baby1",
    "family_name": "Carer",
    "birth_date": BORN,
    "estimated_due_date": None,
}


def test_the_screen_costs_the_same_whoever_is_held(cast, client):
    referral = make_test_referral(cast["healthvisitor"])
    client.force_login(cast["duty"])
    counts = []
    for _ in "ab":
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("decide-referral", args=[referral.pk]))
        counts.append(len(asked))
        make_family("hyndburn", reference=uuid.uuid4().hex[:6])
    assert max(counts) <= 60


def test_one_screen_shows_who_may_be_held_with_the_evidence_and_logs_whose_record_it_was(cast, open_page):
    held = make_family(born=BORN)
    referral = make_test_referral(cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[CORA_NAMED])
    _, text = open_page("duty", "decide-referral", referral.pk)
    for words in (
        "The same as Cora Carer",
        "same phone",
        "Site Blackburn",
        "to decide, ",
        "Continue to the replies",
    ):
        assert words in text.replace("Same name", "same name")
    assert held.pk in AccessEntry.objects.get(view="decide-referral").listed
    for link in ("withdraw-referral", "name-baby", "name-carer"):
        assert reverse(link, args=[referral.pk]) in text


def build_question_post(referral, **changes):
    """What the page sends for a question: who they are is left open, as it need not be known yet."""
    everybody = [*referral.infants.live(), *referral.caregivers.live()]
    silent = build_decision_post(referral, who={person.pk: "" for person in everybody})
    return silent | {"response": "more", "question": "Does she know?"} | changes


def test_asking_for_more_is_one_of_the_answers(cast, open_page):
    make_family(born=BORN)
    referral = make_test_referral(cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[CORA_NAMED])
    first = {
        name: value for name, value in build_question_post(referral).items() if not name.startswith("replies")
    }
    _, text = open_page(
        "duty", "decide-referral", referral.pk, post=first | {"question": "", "write_drafts": "1"}
    )
    assert "Enter what you need to know, in one line" in text
    _, text = open_page("duty", "decide-referral", referral.pk, post=first | {"write_drafts": "1"})
    assert "3. The question" in text
    assert 'name="replies-TOTAL_FORMS" value="1"' in text
    assert "we would like to ask you something" in text
    one = {"replies-TOTAL_FORMS": 1, "replies-0-text": "Does she know of the referral?"}
    status, path = open_page(
        "duty", "decide-referral", referral.pk, post=build_question_post(referral, **one)
    )
    assert (status, path) == (302, reverse("triage"))
    referral.refresh_from_db()
    assert (referral.status, referral.response, referral.decided_at) == ("more_asked", "", None)
    assert Reply.objects.get(referral=referral).text == "Does she know of the referral?"
    assert referral.steps.order_by("at").last().reason == "Does she know?"


def test_a_question_that_cannot_be_sent_says_why_and_keeps_what_was_typed(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    one = {"replies-TOTAL_FORMS": 1, "replies-0-way": "none", "replies-0-why_none": "No way"}
    _, text = open_page("duty", "decide-referral", referral.pk, post=build_question_post(referral, **one))
    assert "Choose how to send the question" in text
    assert 'value="Does she know?"' in text
    referral.refresh_from_db()
    assert referral.status != "more_asked"


def test_changing_from_an_answer_to_a_question_drafts_one_reply_and_back_again_two(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    own = {"replies-0-text": "My own words.", "write_drafts": "1"}
    _, text = open_page("duty", "decide-referral", referral.pk, post=build_question_post(referral, **own))
    assert 'name="replies-TOTAL_FORMS" value="1"' in text
    assert "My own words." in text
    back = build_decision_post(referral, **{"replies-TOTAL_FORMS": 1}, **own)
    _, text = open_page("duty", "decide-referral", referral.pk, post=back)
    assert 'name="replies-TOTAL_FORMS" value="2"' in text
    assert "My own words." in text


def test_nobody_is_accepted_while_somebody_may_be_held_and_nobody_says(cast, open_page):
    held = make_family(born=BORN)
    referral = make_test_referral(cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[CORA_NAMED])
    baby, cora = referral.infants.get(), referral.caregivers.get()
    silent = build_decision_post(referral, who={cora.pk: "", baby.pk: ""})
    _, text = open_page("duty", "decide-referral", referral.pk, post=silent)
    assert text.count("Choose whether this person already has a record") >= 2
    assert Family.objects.count() == 1
    linked = {cora.pk: str(held.caregivers.get().pk), baby.pk: str(held.infants.get().pk)}
    status, path = open_page(
        "duty", "decide-referral", referral.pk, post=build_decision_post(referral, who=linked)
    )
    assert (status, path) == (302, reverse("family", args=[held.pk]))
    assert Family.objects.count() == 1
    assert Reply.objects.filter(referral=referral).count() == 2


def test_a_hidden_match_is_only_said_to_exist_until_the_hub_has_answered(cast, open_page):
    held = make_family(born=BORN)
    Family.objects.update(restricted=True)
    referral = make_test_referral(cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[CORA_NAMED])
    _, text = open_page("duty", "decide-referral", referral.pk)
    assert "Possible match: the hub will check." in text
    for words in ("The same as", str(held.pk), str(held.infants.get().pk), "PI-T-1"):
        assert words not in text
    entry = AccessEntry.objects.get(view="decide-referral")
    assert (entry.listed, "not shown" in entry.reason) == ([held.pk], True)
    checks = MatchAnswer.objects.order_by("id")
    assert checks.count() == 2
    assert open_page("duty", "match-check", checks[0].pk)[0] == 404
    assert "No possible matches to check" in open_page("duty", "match-checks")[1]
    _, waiting = open_page("governance", "match-checks")
    for check in checks:
        assert reverse("match-check", args=[check.pk]) in waiting
        _, page = open_page("governance", "match-check", check.pk)
        assert "As named in the referral" in page
        assert "Baby kicks" not in page  # what was said is not theirs to read
        open_page("governance", "match-check", check.pk, post={"answer": "same", "reason": "Same birthday"})
    assert (
        "Someone else has just answered"
        in open_page("governance", "match-check", check.pk, post={"answer": "same"})[1]
    )
    _, text = open_page("duty", "decide-referral", referral.pk)
    assert "The hub has confirmed a match with a record you cannot open" in text
    assert "Same birthday" not in text


def leave_out_replies(posted):
    """As the first step sends it: there are no replies on its page yet."""
    return {name: value for name, value in posted.items() if not name.startswith("replies-")}


def test_the_replies_come_after_the_answer_and_nothing_is_lost_between_the_steps(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    _, first = open_page("duty", "decide-referral", referral.pk)
    assert "replies-TOTAL_FORMS" not in first
    assert "Continue to the replies" in first
    answered = build_decision_post(referral, thrive_reason="Bath time is hard", write_drafts="1")
    _, second = open_page("duty", "decide-referral", referral.pk, post=leave_out_replies(answered))
    for words in (
        "Bath time is hard",
        "We would like to work with",
        "Save the decision and send the replies",
    ):
        assert words in second
    assert "There is a problem" not in second
    assert Reply.objects.count() == 0


def test_the_first_step_says_everything_that_is_missing_at_once(cast, open_page):
    make_family(born=BORN)
    referral = make_test_referral(cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[CORA_NAMED])
    silent = {referral.caregivers.get().pk: ""}
    posted = leave_out_replies(build_decision_post(referral, thrive="", thrive_reason="", write_drafts="1"))
    _, text = open_page("duty", "decide-referral", referral.pk, post=posted)
    for words in ("Choose a grouping", "Enter why you chose this grouping", "Continue to the replies"):
        assert words in text
    posted = leave_out_replies(build_decision_post(referral, who=silent, write_drafts="1"))
    _, text = open_page("duty", "decide-referral", referral.pk, post=posted)
    assert "Choose whether this person already has a record" in text
    assert "replies-TOTAL_FORMS" not in text
    _, text = open_page("duty", "decide-referral", referral.pk, post={"write_drafts": "1"})
    assert "Choose an answer" in text


def test_what_was_typed_after_the_answer_was_changed_stays(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    own = {"replies-0-text": "My own words.", "response": "", "write_drafts": "1"}
    _, text = open_page("duty", "decide-referral", referral.pk, post=build_decision_post(referral, **own))
    assert "Choose an answer" in text
    assert "My own words." in text


def test_a_decision_that_was_begun_is_offered_and_opens_as_it_was_left(cast, client):
    referral = make_test_referral(cast["healthvisitor"])
    client.force_login(cast["duty"])
    path = reverse("decide-referral", args=[referral.pk])
    kept = {name: [value] for name, value in leave_out_replies(build_decision_post(referral)).items()}
    kept["thrive_reason"] = ["Half a thought"]
    draft = Submission.objects.create(user=cast["duty"], kind="decide-referral", path=path, data={"": kept})
    assert f"?draft={draft.pk}" in client.get(path).content.decode()
    opened = client.get(path, {"draft": draft.pk}).content.decode()
    assert "Half a thought" in opened
    assert "There is a problem" not in opened
    client.force_login(cast["supervisor"])
    assert f"?draft={draft.pk}" not in client.get(path).content.decode()


def test_drafting_stores_nothing_and_the_draft_names_where_to_turn(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    turn = Destination.objects.create(name="Example Family Hub", phone="01632 960111")
    other = Destination.objects.create(name="Elsewhere Hub")
    other.places.add(referral.place.__class__.objects.exclude(pk=referral.place_id).first())
    posted = build_decision_post(
        referral,
        response="none",
        reason="Sleep help fits better.",
        destinations=[str(turn.pk)],
        write_drafts="1",
    ) | {"replies-0-text": "", "replies-1-text": ""}
    status, text = open_page("duty", "decide-referral", referral.pk, post=posted)
    assert (status, Reply.objects.count()) == (200, 0)
    for words in ("Example Family Hub", "01632 960111", "Sleep help fits better."):
        assert words in text
    assert "Elsewhere Hub" not in text  # kept for another place
    assert "There is a problem" not in text
    del posted["write_drafts"]
    said = {"replies-0-text": "We have thought about it.", "replies-1-text": "We have thought about it."}
    assert open_page("duty", "decide-referral", referral.pk, post=posted | said)[0] == 302
    step = referral.steps.get(status="not_accepted")
    assert (list(step.destinations.all()), step.destination) == ([turn], "Example Family Hub")


def test_a_consultation_is_opened_and_says_again_what_was_asked(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    assert (
        open_page(
            "duty",
            "decide-referral",
            referral.pk,
            post=build_decision_post(referral, response="consultation"),
        )[0]
        == 302
    )
    made = Consultation.objects.get()
    assert (made.referral, made.asked_by, made.about) == (referral, cast["healthvisitor"], referral.noticed)
    assert made.steps.get().status == "asked"
    assert "Reopen" in open_page("duty", "decide-referral", referral.pk)[1]


def test_joint_work_has_a_lead_and_a_first_visit_together(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    joint = {"response": "joint", "first_visit_together": "on", "lead": str(cast["blackburn"].pk)}
    assert (
        open_page("duty", "decide-referral", referral.pk, post=build_decision_post(referral, **joint))[0]
        == 302
    )
    referral.refresh_from_db()
    assert (referral.response, referral.first_visit_together, referral.lead) == (
        "joint",
        True,
        cast["blackburn"],
    )
    wrong = make_test_referral(cast["healthvisitor"])
    lead = {"lead": str(cast["hyndburn"].pk)}
    assert (
        "does not work at"
        in open_page("duty", "decide-referral", wrong.pk, post=build_decision_post(wrong, **lead))[1]
    )


def test_a_self_referral_is_completed_and_accepted(cast, open_page):
    referral = make_test_referral(
        None, entry_point="self", infants=[], caregivers=[{"phone": "07700 900001", "given_name": "Mia"}]
    )
    assert "name a baby with a date of birth" in open_page("duty", "decide-referral", referral.pk)[1]
    due = BORN + timedelta(days=120)
    baby = {"born": "unborn", "estimated_due_date": due.isoformat(), "given_name": "Ada"}
    back = reverse("decide-referral", args=[referral.pk])
    assert open_page("duty", "name-baby", referral.pk, post=baby) == (302, back)
    assert (
        "Give the due date"
        in open_page("duty", "name-baby", referral.pk, post=baby | {"estimated_due_date": ""})[1]
    )
    carer = {"given_name": "Dan", "relationship": "father"}
    assert open_page("duty", "name-carer", referral.pk, post=carer) == (302, back)
    assert open_page("duty", "decide-referral", referral.pk, post=build_decision_post(referral))[0] == 302
    referral.refresh_from_db()
    assert [each.given_name for each in referral.family.infants.all()] == ["Ada"]
    assert "is decided" in open_page("duty", "name-carer", referral.pk, post=carer)[1]


def test_the_api_looks_names_decides_and_answers(cast, client):
    held = make_family(born=BORN)
    referral = make_test_referral(cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[CORA_NAMED])
    client.force_login(cast["duty"])
    looked = client.get(reverse("api-referral-matches", args=[referral.pk])).json()["results"]
    assert [each["candidates"][0]["family"] for each in looked] == [str(held.pk)] * 2
    more = client.post(
        reverse("api-referral-caregivers", args=[referral.pk]),
        {"given_name": "Dan", "relationship": "father"}, content_type="application/json",
    )  # fmt: skip
    assert more.status_code == 201
    address = reverse("api-referral-decision", args=[referral.pk])
    answer = {"response": "direct", "thrive": "help", "thrive_reason": "Time", "replies": [
        {"to": to, "way": "phone", "recipient": "Mia", "text": "We rang you."} for to in ("referrer", "family")
    ]}  # fmt: skip
    refused = client.post(address, answer, content_type="application/json")
    assert refused.status_code == 400
    assert "matches" in refused.json()["errors"]
    answer["matches"] = [{"named": each["named"], "held": each["candidates"][0]["id"]} for each in looked]
    made = client.post(address, answer, content_type="application/json")
    assert (made.status_code, made.json()["family"]) == (201, str(held.pk))
    assert sorted(each.given_name for each in held.caregivers.all()) == ["Cora", "Dan"]


def test_page_and_api_ask_whether_it_is_the_same_baby_or_a_twin(cast, client, open_page):
    held = make_family(born=BORN)
    zed = BABY_NAMED | {"given_name": "Zed"}
    referral = make_test_referral(cast["healthvisitor"], infants=[zed], caregivers=[CORA_NAMED])
    baby, carer = held.infants.get(), held.caregivers.get()
    text = open_page("duty", "decide-referral", referral.pk)[1]
    assert f"with:{baby.pk}" in text
    assert "Another baby of the same birth as Baby1" in text
    posted = build_decision_post(referral)
    posted |= {"matches-0-held": "", "matches-1-held": str(carer.pk)}
    status, text = open_page("duty", "decide-referral", referral.pk, post=posted)
    assert status == 200
    assert "Choose whether this is the same baby, or another baby of the same birth: Zed Carer" in text
    posted |= {"matches-0-held": f"with:{baby.pk}"}
    assert open_page("duty", "decide-referral", referral.pk, post=posted)[0] == 302
    assert sorted(held.infants.values_list("given_name", "twin_order", "plurality")) == [
        ("Baby1", 1, 2), ("Zed", 2, 2),
    ]  # fmt: skip


def test_whoever_reads_it_puts_the_parts_of_a_name_right(cast, open_page):
    carer = CORA_NAMED | {"given_name": "Khan Cora", "family_name": ""}
    referral = make_test_referral(cast["healthvisitor"], infants=[INFANT], caregivers=[carer])
    assert 'value="Khan Cora"' in open_page("duty", "decide-referral", referral.pk)[1]
    posted = build_decision_post(referral) | {"matches-1-given_name": "Cora", "matches-1-family_name": "Khan"}
    assert open_page("duty", "decide-referral", referral.pk, post=posted)[0] == 302
    referral.refresh_from_db()
    assert [each.name for each in referral.family.caregivers.all()] == ["Cora Khan"]
    assert [each.name for each in referral.caregivers.all()] == ["Khan Cora"]


@pytest.mark.parametrize("who", ["blackburn", "healthvisitor", "manager", "governance", "peer"])
def test_who_triages_nothing(cast, open_page, who):
    referral = make_test_referral(cast["healthvisitor"])
    for name in ("decide-referral", "name-baby", "name-carer", "api-referral-matches"):
        assert open_page(who, name, referral.pk)[0] in (403, 404, 405)
    assert open_page(who, "triage")[0] == 403


def test_a_referral_is_decided_once_by_two_people_at_once(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    posted = build_decision_post(referral, response="consultation")
    decide_referral(
        referral=Referral.objects.get(), response="consultation", by=cast["supervisor"], replies=REPLIES
    )
    _, text = open_page("duty", "decide-referral", referral.pk, post=posted)
    assert "was decided" in text
    assert Consultation.objects.count() == 1
