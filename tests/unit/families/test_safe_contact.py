"""How it is safe to reach a carer: one sentence from one place."""

from datetime import date

import pytest
from django.urls import reverse

from pairs.families.models import Caregiver, Dyad
from pairs.families.safe_contact import build_safe_contact
from tests.unit.families.factories import make_family

WAYS = ("may_call", "may_text", "may_leave_message", "may_email", "may_post")
ASK = "Ask before you text, call, e-mail or post."
UNKNOWN = "Safe contact not recorded. Ask before you call."


def answer(call=None, text=None, message=None, email=None, post=None):
    return dict(zip(WAYS, (call, text, message, email, post), strict=True))


@pytest.mark.parametrize(
    ("answers", "said", "sentence"),
    [
        (answer(), "", UNKNOWN),
        (answer(), "  ", UNKNOWN),
        (answer(), "Text first, after six", "Text first, after six."),
        (answer(False, True, None, True, True), "", "Text, e-mail or post. Never call."),
        (answer(False, True, None, True, False), "", "Text or e-mail. Never call or post."),
        (answer(True, True, True, True, True), "", "Call, text, e-mail or post. Messages are safe."),
        (answer(True, True, False, False, False), "", "Call or text. Never e-mail or post. Never leave a message."),
        (answer(True, None, None, None, None), "", "Call. Ask before you text, e-mail or post. Leave no message."),
        (answer(None, True, None, True, True), "", "Text, e-mail or post. Ask before you call."),
        (answer(None, None, False, None, None), "", f"{ASK} Never leave a message."),
        (answer(False, False, False, False, False), "", "Never text, call, e-mail or post."),
        (answer(False, True, None, True, True), "Not on Mondays", "Text, e-mail or post. Never call. Not on Mondays."),
    ],
)  # fmt: skip
def test_one_sentence(answers, said, sentence):
    found = build_safe_contact(answers, said)
    assert found.sentence == sentence
    assert found.asked == (sentence != UNKNOWN)


def test_nobody_who_has_died_is_written_to():
    found = build_safe_contact(answer(True, True, True, True, True), died_on=date(2026, 11, 4))
    assert found.sentence == "Died 4 Nov 2026. Do not write or call."


# ---------------------------------------------------------------- on every page of the record
NEVER_CALL = dict(zip(WAYS, (False, True, None, True, True), strict=True))


def read_family_page(client, cast, family):
    client.force_login(cast["blackburn"])
    return client.get(reverse("family-people", args=[family.pk])).content.decode()


@pytest.mark.django_db
def test_the_banner_says_it_for_one_carer_without_a_name(client, cast):
    family = make_family()
    Caregiver.objects.filter(family=family).update(**NEVER_CALL)
    text = read_family_page(client, cast, family)
    assert ">Text, e-mail or post. Never call.</span>" in text
    assert UNKNOWN not in text


@pytest.mark.django_db
def test_the_banner_says_it_for_each_of_several_carers(client, cast):
    family = make_family()
    first = family.caregivers.get()
    second = Caregiver.objects.create(family=family, given_name="Ben", family_name="Carer")
    Dyad.objects.create(family=family, infant=family.infants.get(), caregiver=second, relationship="father")
    Caregiver.objects.filter(pk=first.pk).update(**NEVER_CALL)
    text = read_family_page(client, cast, family)
    assert f"{first.name_or_role}: Text, e-mail or post. Never call." in text
    assert f"{second.name_or_role}: {UNKNOWN}" in text


@pytest.mark.django_db
def test_the_banner_says_that_nobody_asked(client, cast):
    assert UNKNOWN in read_family_page(client, cast, make_family())
