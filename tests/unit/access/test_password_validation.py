"""Long passwords that anybody would try are refused; words that do not belong together are not."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from pairs.demo.cast import PASSWORD
from pairs.service.models import User

OWNER = User(username="blackburn", display_name="Bilal Ravenscroft", email="b.ravenscroft@trust.example")


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "PasswordPassword1!",
        "p@ssw0rdp@ssw0rd",
        "password12345678",
        "qwertyuiopasdfgh",
        "1234567890123456",
        "abcdefghijklmnop",
        "aaaaaaaaaaaaaaaa",
        "letmeinletmeinletmein",
        "sunshinesunshine",
        "manchesterunited1",
        "Lancashire2026!!",
        "Blackburn-Blackburn",
        "pairs-pairs-pairs-pairs",
        "nhs-nhs-nhs-nhs-nhs",
        "ravenscroftravenscroft",
        "!QAZ2wsx#EDC4rfv",
        "zaq12wsxcde34rfv",
        "p a s s w o r d p a s s w o r d",
        "ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ",
        "blackburn-hub-2026",
        "blackburn with darwen",
        "Blackpool-Preston-Lancaster",
        "pairs-service-2026",
        "parent infant relationship service",
        "lancashireandsouthcumbria",
        "HealthVisitor123!",
        "perinatal-mental-health",
        "parentinfantpsychotherapist",
        "january february march",
        "MondayTuesdayWednesday",
        "one two three four five six",
        "29november2026!!",
        "Oldham-Rochdale-2027",
        "Manchester and Salford",
        "drowssapdrowssap",
        "1q2w3e4r5t6y7u8i",
        "qazwsxedcrfvtgby",
        "infantmentalhealth",
        "2026-11-30-2026-11",
        "5555-5555-5555-5555",
        "the quick brown fox jumps",
        "correcthorsebatterystaple",
        "Bilal.Ravenscroft-2026!",
        "b.ravenscroft@trust.example",
        "x" * 4000,
    ],
)
def test_what_anybody_would_try_is_refused(password):
    with pytest.raises(ValidationError, match=r"easy to guess|too common|too similar"):
        validate_password(password, OWNER)


@pytest.mark.parametrize(
    "password",
    [
        "violet-kettle-marching-otters",
        "seven lorries dance quietly",
        "kJ8#vQ2!mZx9pLw4",
        "8f3a9c2e7b1d4056",
        "wednesday lorries dance quietly",
        "krzesło lampa żółty ogródek",
    ],
)
def test_words_that_do_not_belong_together_are_taken(password):
    validate_password(password, OWNER)


def test_the_page_refuses_it_and_says_what_to_do(client, cast):
    client.force_login(cast["hub"])
    posted = {"oldpassword": PASSWORD, "password1": "passwordpassword", "password2": "passwordpassword"}
    page = client.post(reverse("account_change_password"), posted)
    assert "too easy to guess" in page.content.decode()
    cast["hub"].refresh_from_db()
    assert cast["hub"].check_password(PASSWORD)
