"""A family asks for help: one box and one way to contact you, sent once, stored as written, and nothing before."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from pairs.access.models import RateCount
from pairs.families.models import Infant
from pairs.geography.models import Area, Postcode
from pairs.service.models import Place, Site
from pairs.submissions.models import Submission
from referrals.forms.decision import BORN_WITH
from referrals.models import Concern, Referral
from referrals.views import self_referral
from tests.unit.referrals.factories import build_decision_post

pytestmark = pytest.mark.django_db
PAGE_PATH = "/ask-for-help/"
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _create_cast(cast):
    return cast


def build_request_data(**said):
    return {
        "submission": str(uuid.uuid4()),
        "parent_says": "I can't settle him.",
        "phone": "01632 960001",
        **said,
    }


def split_date_fields(name, day):
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def test_opening_the_page_writes_nothing_and_leaves_no_cookie(client):
    page = client.get(PAGE_PATH)
    assert page.status_code == 200
    assert not page.cookies
    assert "no-store" in page["Cache-Control"]
    assert not Submission.objects.exists()
    assert "data-autosave" not in page.content.decode()
    assert "data-quick-exit" in page.content.decode()


def test_the_page_asks_the_database_two_things(client, django_assert_num_queries):
    """The concerns, the places, and no more."""
    with django_assert_num_queries(2):
        client.get(PAGE_PATH)


def test_a_box_and_a_phone_number_are_enough(client):
    sent = client.post(PAGE_PATH, build_request_data())
    assert sent.status_code == 302
    referral = Referral.objects.get()
    assert (referral.entry_point, referral.source_code, referral.referrer) == ("self", "B1", None)
    assert (referral.parent_says, referral.noticed, referral.permission) == (
        "I can't settle him.",
        "",
        "parent_agrees",
    )
    assert (referral.place_assumed, referral.site) == (True, Site.objects.hub())
    assert (referral.place.code, referral.known_place) == (Site.objects.hub().code, None)
    carer = referral.caregivers.get()
    assert (carer.phone, carer.may_call, carer.may_text) == ("01632 960001", None, None)
    assert not referral.infants.exists()
    receipt = client.get(sent["Location"])
    assert referral.reference in receipt.content.decode()
    assert "four working hours" in receipt.content.decode()
    assert not receipt.cookies
    assert mail.outbox == [] or "settle" not in str([each.body for each in mail.outbox])


def test_it_is_sent_once_however_often_it_is_pressed(client, settings):
    settings.PUBLIC_LIMITS = settings.PUBLIC_LIMITS | {"ask-for-help": {"from_one": 1, "in_all": 9}}
    same = build_request_data()
    first, second = client.post(PAGE_PATH, same), client.post(PAGE_PATH, same)
    assert first["Location"] == second["Location"]
    assert Referral.objects.count() == 1
    assert {each.count for each in RateCount.objects.all()} == {1}


def test_everything_else_is_stored_as_written(client):
    concern = Concern.objects.offered().first()
    born = TODAY - timedelta(weeks=9)
    said = {
        "carer_name": "Mia May Example", "relationship": "mother", "at_home": "Me and Dan", "concerns": [concern.code],
        "others_involved": "Dan, his dad", "hopes": "To sleep", "preferred_place": "home", "who_comes": "My sister",
        "best_times": "mornings", "unsafe_times": "after five", "safe_ways": ["text"],
        "unsafe_ways": ["call", "post"], "language": "Urdu", "needs_interpreter": "on", "access_needs": "No stairs",
        "communication_needs": "Large print", "place": "hyndburn", "email": "mia@example.org",
        "address_lines": "1 Example Street", "postcode": "bb17aa", **split_date_fields("birth_date", born),
    }  # fmt: skip
    client.post(PAGE_PATH, build_request_data(**said))
    referral = Referral.objects.get()
    kept = (
        "at_home",
        "others_involved",
        "hopes",
        "preferred_place",
        "who_comes",
        "best_times",
        "unsafe_times",
    )
    assert {name: getattr(referral, name) for name in kept} == {name: said[name] for name in kept}
    assert [*referral.concerns.all()] == [concern]
    assert (referral.place.code, referral.place_assumed) == ("hyndburn", False)
    carer = referral.caregivers.get()
    assert (carer.given_name, carer.family_name, carer.relationship) == ("Mia May", "Example", "mother")
    assert (carer.may_call, carer.may_text, carer.may_post, carer.may_email) == (False, True, False, None)
    assert (carer.language, carer.needs_interpreter, carer.postcode) == ("Urdu", True, "BB1 7AA")
    assert (carer.access_needs, carer.communication_needs) == ("No stairs", "Large print")
    assert referral.infants.get().birth_date == born


def test_a_postcode_says_where_they_live(client):
    Area.objects.create(
        lsoa_code="E01099999", imd_version=2025, lsoa_name="Example 001A", lad_code="E06000008",
        lad_name="Blackburn with Darwen", imd_rank=10, imd_decile=1, imd_score=70,
    )  # fmt: skip
    Postcode.objects.create(
        postcode="BB1 7AA", lsoa_code="E01099999", lad_code="E06000008", icb_code="E54000048"
    )
    client.post(PAGE_PATH, build_request_data(postcode="BB1 7AA"))
    referral = Referral.objects.get()
    assert (referral.place.code, referral.place_assumed) == ("blackburn-with-darwen", False)
    assert (referral.lsoa_code, referral.imd_decile) == ("E01099999", 1)


def test_the_default_place_is_covered_by_the_hub(client):
    client.post(PAGE_PATH, build_request_data())
    assert Referral.objects.get().place in Place.objects.filter(covering_site=Site.objects.hub())


def test_somebody_else_may_fill_it_in_when_the_family_knows(client):
    aunt = {"asker_name": "Ana Example", "asker_role": "aunt"}
    refused = client.post(PAGE_PATH, build_request_data(**aunt))
    assert "talk to them first" in refused.content.decode()
    client.post(PAGE_PATH, build_request_data(**aunt, parent_knows="on"))
    referral = Referral.objects.get()
    assert (referral.asker_name, referral.asker_role, referral.source_code) == ("Ana Example", "aunt", "B2")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"parent_says": "  "}, "Tell us in a few words"),
        ({"phone": ""}, "one way to contact you"),
        ({"phone": "", "address_lines": "No fixed abode"}, "one way to contact you"),
        ({"phone": "07700 900123 " * 12}, "120 characters or fewer"),
        ({"postcode": "BBI-7AA"}, "Do you mean BB1 7AA?"),
        ({"phone": "ring me"}, "whole phone number"),
        ({"phone": "", "email": "mia"}, "like name@example.com"),
        ({"postcode": "BB1"}, "whole postcode"),
        ({"parent_says": "x" * 10_001}, "10000 characters or fewer"),
        (split_date_fields("birth_date", TODAY.replace(day=1, year=TODAY.year - 6)), "until they turn five"),
        (split_date_fields("birth_date", TODAY + timedelta(days=9)), "This date is in the future"),
        (split_date_fields("estimated_due_date", TODAY + timedelta(weeks=60)), "too far from today"),
        (split_date_fields("estimated_due_date", TODAY - timedelta(weeks=20)), "too far from today"),
        (
            {"birth_date-day": "31", "birth_date-month": "2", "birth_date-year": "2026"},
            "not a real date",
        ),
        ({"birth_date-day": "3"}, "Enter a day, a month and a year"),
        ({"birth_date": "0001-01-01"}, "until they turn five"),
        ({"birth_date": "9999-12-31"}, "This date is in the future"),
        ({"place": "atlantis"}, "valid choice"),
    ],
)
def test_errors_are_explained_kindly_and_no_text_is_lost(client, said, words):
    page = client.post(PAGE_PATH, build_request_data(hopes="To sleep again", **said))
    text = page.content.decode()
    assert page.status_code == 200
    assert words in text
    assert "To sleep again" in text
    assert "There is a problem" in text
    assert not Referral.objects.exists()
    assert not Submission.objects.exists()


def test_a_section_with_an_error_or_an_answer_is_open(client):
    page = client.post(PAGE_PATH, build_request_data(phone="", hopes="To sleep")).content.decode()
    assert sum(tag.endswith(" open>") for tag in re.findall(r"<details[^>]*>", page)) == 1


@pytest.mark.parametrize(
    "field", ["parent_says", "phone", "carer_name", "birth_date-day", "submission", "concerns"]
)
@pytest.mark.parametrize("hostile", ["\x00", "%00<script>", "\ud800", "9" * 5000, "'; DROP TABLE x; --"])
def test_nothing_that_is_typed_breaks_it(client, field, hostile):
    body = "&".join(f"{name}={value}" for name, value in build_request_data(**{field: "HOSTILE"}).items())
    raw = hostile.encode("utf-8", "surrogatepass")
    from urllib.parse import quote_from_bytes

    sent = client.generic(
        "POST",
        PAGE_PATH,
        body.replace("HOSTILE", quote_from_bytes(raw)),
        content_type="application/x-www-form-urlencoded",
    )
    assert sent.status_code in (200, 302, 400)


def test_too_many_are_refused_kindly_with_what_was_typed_and_nothing_is_stored(client, settings):
    settings.PUBLIC_LIMITS = settings.PUBLIC_LIMITS | {"ask-for-help": {"from_one": 2, "in_all": 9}}
    for _ in range(2):
        assert client.post(PAGE_PATH, build_request_data()).status_code == 302
    page = client.post(PAGE_PATH, build_request_data(parent_says="Words of mine"))
    text = page.content.decode()
    assert page.status_code == 429
    for said in ("Words of mine", "01632 960100", "tel:111", "tel:999", "Send"):
        assert said in text
    assert Referral.objects.count() == Submission.objects.count() == 2
    assert client.get(PAGE_PATH).status_code == 200


def test_the_receipt_is_for_half_an_hour_and_reveals_nothing_to_others(client, monkeypatch):
    where = client.post(PAGE_PATH, build_request_data())["Location"]
    reference = Referral.objects.get().reference
    bare = client.get(reverse("asked-for-help")).content.decode()
    forged = client.get(reverse("asked-for-help"), {"receipt": reference + ":1:x"}).content.decode()
    monkeypatch.setattr(self_referral, "RECEIPT_SECONDS", -1)
    late = client.get(where).content.decode()
    for page in (bare, forged, late):
        assert reference not in page
        assert "This page is closed" in page
        assert "tel:111" in page


def test_triage_reads_it_as_it_was_said_and_sees_that_nobody_said_where(client, cast):
    client.post(PAGE_PATH, build_request_data(unsafe_times="after five"))
    client.force_login(cast["duty"])
    page = client.get(reverse("referral", args=[Referral.objects.get().pk])).content.decode()
    for said in ("I can&#39;t settle him.", "Not stated", "01632 960001", "after five"):
        assert said in page


def test_somebody_signed_in_asks_as_anybody_does(client, cast):
    client.force_login(cast["healthvisitor"])
    client.post(PAGE_PATH, build_request_data())
    assert Referral.objects.get().referrer is None
    assert not Referral.objects.get().steps.get().by


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"safe_ways": ["call", "text"], "unsafe_ways": ["call"]}, "“Call me” is ticked as safe"),
        ({"safe_ways": ["email"], "unsafe_ways": ["email", "post"]}, "“E-mail me” is ticked as safe"),
        ({"unsafe_ways": ["call", "text"]}, "Give us one that is safe"),
    ],
)
def test_a_way_is_safe_or_forbidden_and_one_is_left(client, said, words):
    answer = client.post(PAGE_PATH, build_request_data(**({"phone": "07700 900001"} | said)))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert "Leave without sending" in page
    assert not Referral.objects.exists()
    mended = {"phone": "07700 900001", "safe_ways": ["text"], "unsafe_ways": ["call"]}
    assert client.post(PAGE_PATH, build_request_data(**mended)).status_code == 302


def test_the_receipt_leads_back_and_its_closed_page_promises_nothing(client):
    sent = client.post(PAGE_PATH, build_request_data())
    sent_page = client.get(sent.url).content.decode()
    assert "If you want to change something" in sent_page
    closed = client.get(sent.url.partition("?")[0]).content.decode()
    assert "This page is closed" in closed
    assert "We will contact you" in sent_page
    assert "We will contact you" not in closed


@pytest.mark.parametrize(("typed", "kept"), [("", None), ("1", 1), ("2", 2)])
def test_a_family_says_whether_they_are_twins(client, typed, kept):
    born = split_date_fields("birth_date", TODAY - timedelta(weeks=9))
    assert client.post(PAGE_PATH, build_request_data(plurality=typed, **born)).status_code == 302
    assert [each.plurality for each in Referral.objects.get().infants.all()] == [kept] * (kept or 1)


@pytest.mark.parametrize("day", ["birth_date", "estimated_due_date"])
@pytest.mark.parametrize("names", ["", "Ava\nMax", "Ava and Max", "Ava, Max"])
def test_twins_are_two_babies_of_one_birth_born_or_not(client, day, names):
    when = TODAY - timedelta(weeks=9) if day == "birth_date" else TODAY + timedelta(weeks=9)
    said = {"plurality": "2", "baby_names": names, **split_date_fields(day, when)}
    assert client.post(PAGE_PATH, build_request_data(**said)).status_code == 302
    babies = Referral.objects.get().infants.all()
    assert [(each.twin_order, each.plurality) for each in babies] == [(1, 2), (2, 2)]
    assert {getattr(each, day) for each in babies} == {when}
    assert [each.given_name for each in babies] == (["Ava", "Max"] if names else ["", ""])


def test_we_have_two_babies_is_enough(client):
    """Nothing but the box, a number and a phone: no day is asked for, no name."""
    assert client.post(PAGE_PATH, build_request_data(plurality="2")).status_code == 302
    assert [each.twin_order for each in Referral.objects.get().infants.all()] == [1, 2]


def test_one_name_of_twins_is_the_firsts(client):
    client.post(PAGE_PATH, build_request_data(plurality="2", baby_names="Ava"))
    assert [each.given_name for each in Referral.objects.get().infants.all()] == ["Ava", ""]


@pytest.mark.parametrize(
    ("plurality", "words"),
    [("", "Choose how many babies were born together"), ("1", "Give no more names than babies")],
)
def test_two_names_are_never_taken_for_twins_without_a_word(client, plurality, words):
    page = client.post(PAGE_PATH, build_request_data(baby_names="Ava\nMax", plurality=plurality, phone=""))
    text = page.content.decode()
    assert words in text
    assert "one way to contact you" in text
    assert "Max" in text
    assert not Referral.objects.exists()


def test_another_carer_is_named_beside_who_asks(client):
    client.post(
        PAGE_PATH,
        build_request_data(
            carer_name="Mia Example",
            relationship="mother",
            other_carer_name="Dan Example",
            other_carer_relationship="father",
        ),
    )
    mia, dan = Referral.objects.get().caregivers.order_by("order")
    assert (mia.given_name, mia.main_carer, mia.phone) == ("Mia", True, "01632 960001")
    assert (dan.given_name, dan.relationship, dan.main_carer, dan.phone) == ("Dan", "father", False, "")
    assert {dan.may_call, dan.may_text, dan.may_email, dan.may_post} == {None}


def test_the_decision_shows_two_babies_of_one_birth_and_makes_them_twins(client, cast):
    due = split_date_fields("estimated_due_date", TODAY + timedelta(weeks=9))
    client.post(
        PAGE_PATH, build_request_data(plurality="2", carer_name="Mia Example", relationship="mother", **due)
    )
    referral = Referral.objects.get()
    client.force_login(cast["supervisor"])
    page = client.get(reverse("decide-referral", args=[referral.pk])).content.decode()
    assert "2; this is number 1" in page
    assert "2; this is number 2" in page
    first, second = referral.infants.all()
    with_first = f"{BORN_WITH}{first.pk}"
    assert re.search(rf'value="{with_first}"[^>]*checked', page)  # offered as born together
    post = build_decision_post(referral, who={second.pk: with_first}, site="blackburn-with-darwen")
    answer = client.post(reverse("decide-referral", args=[referral.pk]), post)
    assert answer.status_code == 302, answer.content.decode()
    one, other = Infant.objects.order_by("twin_order")
    assert (one.pregnancy, one.plurality, other.twin_order) == (other.pregnancy, 2, 2)


@pytest.mark.parametrize("field", ["carer_name", "other_carer_name", "baby_names"])
def test_a_name_too_long_for_a_record_is_told(client, field):
    answer = client.post(PAGE_PATH, build_request_data(**{field: "A" * 100}))
    assert answer.status_code == 200
    assert "80 characters or fewer" in answer.content.decode()
