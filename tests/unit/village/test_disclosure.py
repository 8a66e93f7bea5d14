"""The table of what may be disclosed to whom: a test for each row, and what no row covers."""

import uuid
from datetime import date, timedelta

import pytest

from pairs.village.disclosure import (
    DISCLOSURE_RULES,
    Agreement,
    DisclosureFacts,
    Limit,
    Matter,
    Recipient,
    find_deciding_rule,
    find_undisclosable_error,
    is_address_withheld,
    may_be_told,
    may_mean,
)
from pairs.village.disclosure_facts import list_phone_identifiers

TODAY = date(2026, 11, 21)
CORA, DAN, BABY, NELL, TEAM, HOME, REFUGE = (uuid.uuid4() for _ in range(7))
cora = Recipient(caregiver_id=CORA, names=("Cora Carer",), cares_for=frozenset([BABY]))
dan = Recipient(caregiver_id=DAN, names=("Dan Away",), cares_for=frozenset([BABY]))
nell = Recipient(member_ids=frozenset([NELL]), names=("Nell Key", "Acorn Nursery"))
referrer = Recipient(team_ids=frozenset([TEAM]), names=("Helen Visitor",))
ALL_TOPICS = frozenset(["involved", "appointments", "plan", "contact_details"])
with_nell = Agreement(ALL_TOPICS, member_id=NELL, agreed_by_id=CORA, agreed_on=TODAY)
home = Matter("address", caregiver_id=CORA, address_id=HOME, place="1examplestreetzq11aa")
DISCLOSURE_ROWS = [
    (
        "refuge",
        cora,
        Matter("address", caregiver_id=CORA, address_id=REFUGE, refuge=True),
        DisclosureFacts(),
        False,
    ),
    ("refuge", nell, Matter("address", refuge=True), DisclosureFacts((with_nell,)), False),
    (
        "do not disclose",
        dan,
        Matter("plan", infant_id=BABY),
        DisclosureFacts(limits=(Limit(not_to_caregiver_id=DAN),)),
        False,
    ),
    (
        "do not disclose",
        nell,
        home,
        DisclosureFacts((with_nell,), (Limit(address_id=HOME, not_to_member_id=NELL),)),
        False,
    ),
    ("their own", cora, home, DisclosureFacts(), True),
    ("their own", nell, Matter("named", member_id=NELL), DisclosureFacts(), True),
    (
        "a carer's own record",
        dan,
        Matter("progress", infant_id=BABY, carer_only=True),
        DisclosureFacts(),
        False,
    ),
    ("another carer's details", dan, home, DisclosureFacts(), False),
    ("another carer's details", dan, Matter("contact_details", caregiver_id=CORA), DisclosureFacts(), False),
    ("safeguarding to a carer", dan, Matter("safeguarding", infant_id=BABY), DisclosureFacts(), False),
    ("a child they care for", dan, Matter("plan", infant_id=BABY), DisclosureFacts(), True),
    ("agreed", nell, Matter("plan", infant_id=BABY), DisclosureFacts((with_nell,)), True),
    ("agreed", nell, home, DisclosureFacts((with_nell,)), True),
    (None, nell, Matter("plan", infant_id=BABY), DisclosureFacts(), False),
    (None, nell, Matter("measures", infant_id=BABY), DisclosureFacts((with_nell,)), False),
    (None, referrer, Matter("involved", infant_id=BABY), DisclosureFacts((with_nell,)), False),
    (None, nell, Matter("contact_details", caregiver_id=DAN), DisclosureFacts((with_nell,)), False),
    (None, dan, Matter("plan", infant_id=uuid.uuid4()), DisclosureFacts(), False),
]


@pytest.mark.parametrize(("rule", "recipient", "matter", "known", "told"), DISCLOSURE_ROWS)
def test_each_row_of_the_table(rule, recipient, matter, known, told):
    decided = find_deciding_rule(recipient, matter, TODAY, known)
    assert (decided.name if decided else None) == rule
    verdict = may_be_told(recipient, matter, TODAY, known)
    assert (verdict.may, bool(verdict.why)) == (told, True)


def test_every_row_is_tried():
    assert {rule.name for rule in DISCLOSURE_RULES} == {name for name, *_ in DISCLOSURE_ROWS} - {None}


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        ({}, True),
        ({"until": TODAY}, True),
        ({"until": TODAY - timedelta(days=1)}, False),
        ({"agreed_on": TODAY + timedelta(days=1)}, False),
        ({"withdrawn_on": TODAY}, False),
        ({"withdrawn_on": TODAY + timedelta(days=9)}, False),
        ({"agreed_on": None, "agreed_by_id": None}, True),
    ],
)
def test_an_agreement_holds_until_it_ends_or_is_withdrawn(change, holds):
    agreed = Agreement(**{"what": ALL_TOPICS, "member_id": NELL, "agreed_on": TODAY} | change)
    assert bool(may_be_told(nell, Matter("plan", infant_id=BABY), TODAY, DisclosureFacts((agreed,)))) is holds


@pytest.mark.parametrize(
    ("agency", "told"),
    [("acorn nursery", True), ("Acorn", False), ("Acorn Nursery School", False), ("", False)],
)
def test_an_agency_is_matched_by_its_whole_name(agency, told):
    agreed = Agreement(ALL_TOPICS, agency=agency, agreed_on=TODAY)
    assert bool(may_be_told(nell, Matter("plan"), TODAY, DisclosureFacts((agreed,)))) is told


@pytest.mark.parametrize(
    ("said", "name", "meant"),
    [
        ("Dan", "Dan Away", True),
        ("Mr Dan Away", "dan away", True),
        ("Dan Away of Burnley", "Dan Away", True),
        ("Dan", "Daniel Away", False),
        ("Acorn Nursery", "Acorn Nursery", True),
        ("", "Dan", False),
        ("Mr", "Dan", False),
    ],
)
def test_a_limit_in_words_matches_whoever_it_may_mean(said, name, meant):
    assert may_mean(said, name) is meant


def test_a_limit_holds_from_when_it_is_written_to_its_last_day():
    plan = Matter("plan", infant_id=BABY)
    for until, told in ((None, False), (TODAY, False), (TODAY - timedelta(days=1), True)):
        facts = DisclosureFacts(
            limits=(Limit(not_to_name="Dan", since=TODAY + timedelta(days=3), until=until),)
        )
        assert bool(may_be_told(dan, plan, TODAY, facts)) is told


def test_a_limited_address_is_one_place_whoevers_row_it_is():
    limit = Limit(address_id=HOME, place=home.place, not_to_member_id=NELL)
    babys = Matter("address", infant_id=BABY, address_id=uuid.uuid4(), place=home.place)
    assert not may_be_told(nell, babys, TODAY, DisclosureFacts((with_nell,), (limit,)))


def test_typed_text_that_would_disclose_it_is_found():
    hidden = Matter("address", caregiver_id=CORA, address_id=HOME, words=("1 Example Street", "ZQ1 1AA"))
    facts = DisclosureFacts(matters=(hidden,))
    assert find_undisclosable_error("She lives at 1, example street.", dan, TODAY, facts)
    assert find_undisclosable_error("Her postcode is zq11aa", dan, TODAY, facts)
    assert find_undisclosable_error("She lives at 1 Example Street", cora, TODAY, facts) == ""
    assert find_undisclosable_error("We met twice.", dan, TODAY, facts) == ""


def test_a_refuge_or_limited_address_is_on_no_envelope():
    assert is_address_withheld(Matter("address", refuge=True), TODAY, DisclosureFacts())
    assert is_address_withheld(
        home, TODAY, DisclosureFacts(limits=(Limit(address_id=HOME, not_to_name="x"),))
    )
    assert is_address_withheld(
        home, TODAY, DisclosureFacts(limits=(Limit(caregiver_id=CORA, not_to_name="x"),))
    )
    assert not is_address_withheld(home, TODAY, DisclosureFacts(limits=(Limit(not_to_name="x"),)))


def test_a_number_is_the_same_however_it_is_written():
    hers = Matter("contact_details", caregiver_id=CORA, words=("01632 960777", "cora@example.org"))
    facts = DisclosureFacts(matters=(hers,))
    for text in ("Ring 01632960777", "Ring +44 1632 960 777", "Ring 0044-1632-960777", "CORA@example.org"):
        assert find_undisclosable_error(text, dan, TODAY, facts), text
        assert find_undisclosable_error(text, cora, TODAY, facts) == ""
    assert find_undisclosable_error("Ring 01632 960778", dan, TODAY, facts) == ""


def test_a_village_member_may_be_named_unless_a_limit_forbids_it():
    gran = uuid.uuid4()
    hers = Matter("named", member_id=gran, words=("Rose Elder", "01632 960555"))
    limit = Limit(member_id=gran, not_to_caregiver_id=DAN)
    for text in ("Rose Elder looks after her.", "Ring +441632960555"):
        assert find_undisclosable_error(text, dan, TODAY, DisclosureFacts(matters=(hers,))) == ""
        assert find_undisclosable_error(text, dan, TODAY, DisclosureFacts(limits=(limit,), matters=(hers,)))
        assert (
            find_undisclosable_error(text, cora, TODAY, DisclosureFacts(limits=(limit,), matters=(hers,)))
            == ""
        )


def test_a_limit_about_a_person_is_about_where_they_live_whoevers_row_it_is():
    limit = Limit(caregiver_id=CORA, homes=frozenset([home.place]), not_to_member_id=NELL)
    babys = Matter("address", infant_id=BABY, address_id=uuid.uuid4(), place=home.place)
    assert not may_be_told(nell, babys, TODAY, DisclosureFacts((with_nell,), (limit,)))
    elsewhere = Matter("address", infant_id=BABY, address_id=uuid.uuid4(), place="another")
    assert may_be_told(nell, elsewhere, TODAY, DisclosureFacts((with_nell,), (limit,)))


def test_facts_of_the_childs_other_family_are_disclosed_to_nobody():
    facts = DisclosureFacts((with_nell,), elsewhere=("5 Foster Road", "01632 960111"))
    for text in ("The baby is at 5 Foster Road.", "Ring 01632 960 111"):
        for reader in (cora, dan, nell):
            assert find_undisclosable_error(text, reader, TODAY, facts)


@pytest.mark.parametrize(
    "text",
    [
        "Ring 07700900123.",
        "on +44 (0)7700 900 123",
        "her mum’s: 01254-55555",
        "0044 1254 55555",
        "or 960 0770",
    ],
)
def test_each_number_of_a_line_with_two_is_kept_out_of_a_text(text):
    """The line as a whole stands in no letter, and each of its numbers rings."""
    line = "07700 900123 (mum’s) or 01254 55555 ext 4; 9600770 at work"
    facts = DisclosureFacts(elsewhere=list_phone_identifiers(line))
    assert find_undisclosable_error(text, Recipient(), date(2026, 11, 29), facts)
    assert not find_undisclosable_error("Ring 07700 900999.", Recipient(), date(2026, 11, 29), facts)
