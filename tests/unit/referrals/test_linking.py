"""Named people who are held already: linked, told apart, or put to the hub; and what acceptance makes of it."""

import pytest
from django.core import mail

from pairs.access.scope import scope_of
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.service.models import Site
from pairs.service.refusals import Refused
from referrals.actions import decide_referral
from referrals.actions.linking import MatchSaid, answer_match, ask_the_hub
from referrals.actions.people import name_caregiver, name_infant
from referrals.matching import look, maybe_held
from referrals.models import MatchAnswer, Referral, ReferralStatus
from tests.asking import due_in
from tests.unit.families.people import make_family
from tests.unit.referrals.requests import BORN, CARER, FATHER, INFANT, REPLIES, refer

due_items = due_in("referrals")
NUMBER = "9990000018"
CORA = CARER | {"given_name": "Cora", "family_name": "Carer", "pregnant": True}
BABY = INFANT | {
    "given_name": "Baby1",
    "family_name": "Carer",
    "birth_date": BORN,
    "estimated_due_date": None,
}
ACCEPTED = {"response": "direct", "thrive": "help", "thrive_reason": "Time together", "replies": REPLIES}


@pytest.fixture
def held(cast):
    return make_family(born=BORN)


@pytest.fixture
def referral(cast, held):
    made = refer(cast["healthvisitor"], infants=[BABY], caregivers=[CORA, FATHER])
    return Referral.objects.with_people().get(pk=made.pk)


def looked(referral, user):
    return {each.named.given_name: each for each in look(referral, scope_of(user))}


def named(referral, given_name):
    people = [*referral.infants.live(), *referral.caregivers.live()]
    return next(each.pk for each in people if each.given_name == given_name)


def accept(referral, by, *said, **changes):
    return decide_referral(referral=referral, by=by, matches=said, **ACCEPTED | changes)


def counts():
    return Family.objects.count(), Infant.objects.count(), Caregiver.objects.count(), Dyad.objects.count()


def test_those_who_are_alike_are_found_with_the_evidence(cast, referral, held):
    found = looked(referral, cast["duty"])
    (baby,), (carer,) = found["Baby1"].here, found["Cora"].here
    assert (baby.person, carer.person) == (held.infants.get(), held.caregivers.get())
    assert {"same date of birth", "a carer with the same phone"} <= set(baby.likeness.evidence)
    assert (found["Dan"].here, found["Dan"].hub) == ((), "")


def test_linked_people_are_not_made_again_and_new_ones_join_them(cast, referral, held):
    families, infants, carers, dyads = counts()
    baby, cora = held.infants.get(), held.caregivers.get()
    said = [
        MatchSaid(named(referral, "Baby1"), same=baby.pk),
        MatchSaid(named(referral, "Cora"), same=cora.pk),
    ]
    accept(referral, cast["duty"], *said)
    referral.refresh_from_db()
    assert (referral.family, referral.site) == (held, held.site)
    assert counts() == (families, infants, carers + 1, dyads + 1)
    assert referral.infants.get().became == baby
    assert {each.became for each in referral.caregivers.all()} == {
        cora,
        held.caregivers.get(given_name="Dan"),
    }
    new = Dyad.objects.get(infant=baby, caregiver__given_name="Dan")
    assert (new.family, new.relationship, new.main_carer) == (held, "father", False)
    answers = set(referral.match_answers.values_list("answer", "by__username"))
    assert answers == {("same", "duty")}


def test_two_main_carers_are_two_and_one_named_alone_takes_nobodys_place(cast, held):
    both = refer(cast["healthvisitor"], infants=[INFANT], caregivers=[CORA, FATHER | {"main_carer": True}])
    accept(both, cast["duty"])
    assert list(Dyad.objects.filter(family=both.family).values_list("main_carer", flat=True)) == [True, True]
    alone = refer(cast["healthvisitor"], infants=[BABY], caregivers=[FATHER])
    accept(alone, cast["duty"], MatchSaid(named(alone, "Baby1"), same=held.infants.get().pk))
    assert not Dyad.objects.get(family=held, caregiver__given_name="Dan").main_carer


def test_a_new_twin_joins_the_pregnancy_of_the_one_who_is_held(cast, held):
    held.infants.update(nhs_number=NUMBER)
    made = refer(cast["healthvisitor"], infants=[BABY | {"given_name": "Zed"}], caregivers=[CORA])
    twin = looked(Referral.objects.with_people().get(pk=made.pk), cast["duty"])["Zed"]
    assert (twin.here, twin.twins) == ((), (held.infants.get(),))
    accept(made, cast["duty"], MatchSaid(named(made, "Cora"), same=held.caregivers.get().pk))
    one, two = held.infants.order_by("twin_order")
    assert (one.twin_order, two.twin_order, one.plurality, two.plurality) == (1, 2, 2, 2)
    assert (one.pregnancy, two.carried_by) == (two.pregnancy, held.caregivers.get())
    assert Dyad.objects.filter(infant=two, caregiver=held.caregivers.get(), main_carer=True).exists()


def test_a_sibling_of_another_birth_joins_the_family_alone(cast, held):
    made = refer(cast["healthvisitor"], infants=[INFANT], caregivers=[CORA])
    accept(made, cast["duty"], MatchSaid(named(made, "Cora"), same=held.caregivers.get().pk))
    one, two = held.infants.order_by("birth_date")
    assert one.pregnancy != two.pregnancy
    assert (two.twin_order, two.plurality, one.plurality) == (1, 1, 1)


def test_not_the_same_is_kept_with_its_reason_and_makes_new_people(cast, referral, held):
    before = counts()
    said = MatchSaid(named(referral, "Cora"), different=(held.caregivers.get().pk,), reason="Another Cora")
    accept(referral, cast["duty"], said)
    assert counts()[0] == before[0] + 1
    assert referral.match_answers.get().reason == "Another Cora"
    accepted_again = MatchAnswer.objects.count()
    accept(referral, cast["duty"], said)
    assert MatchAnswer.objects.count() == accepted_again


@pytest.mark.parametrize(
    ("how", "field", "words"),
    [
        ("site", "site", "held by"),
        ("twice", "matches.0.held", "cannot be the same person"),
        ("two families", "matches.0.held", "two families"),
        ("unseen", "matches.0.held", "not open to you"),
        ("carer for baby", "matches.0.held", "not open to you"),
        ("everybody a mention", "left_out", "At least one carer"),
        ("lead elsewhere", "lead", "does not work at"),
    ],
)
def test_a_link_that_cannot_be_is_refused_kindly_and_writes_nothing(cast, referral, held, how, field, words):
    baby, cora = held.infants.get(), held.caregivers.get()
    one, dan = named(referral, "Cora"), named(referral, "Dan")
    other = make_family("hyndburn", reference="H")
    said, more = [MatchSaid(one, same=cora.pk)], {}
    match how:
        case "site":
            more = {"site": Site.objects.get(code="hyndburn")}
        case "twice":
            said.append(MatchSaid(dan, same=cora.pk))
        case "two families":
            said.append(MatchSaid(named(referral, "Baby1"), same=other.infants.get().pk))
        case "unseen":
            Family.objects.filter(pk=held.pk).update(restricted=True)
        case "carer for baby":
            said = [MatchSaid(one, same=baby.pk)]
        case "everybody a mention":
            more = {"left_out": [one, dan]}
        case "lead elsewhere":
            more = {"lead": cast["hyndburn"]}
    before = counts(), ReferralStatus.objects.count(), MatchAnswer.objects.count()
    with pytest.raises(Refused) as refused:
        accept(referral, cast["duty"], *said, **more)
    assert words in refused.value.errors[field]
    assert (counts(), ReferralStatus.objects.count(), MatchAnswer.objects.count()) == before


def restricted(held):
    Family.objects.filter(pk=held.pk).update(restricted=True)
    held.infants.update(nhs_number=NUMBER)


@pytest.fixture
def hidden(cast, held):
    """A referral of a baby who is held in a restricted family, under the same NHS number; looked at by duty."""
    restricted(held)
    made = refer(cast["healthvisitor"], infants=[BABY | {"nhs_number": NUMBER}], caregivers=[FATHER])
    mail.outbox.clear()
    return Referral.objects.with_people().get(pk=made.pk)


def test_whom_the_searcher_may_not_see_is_only_said_to_exist_and_is_asked_once(cast, hidden, held):
    found = looked(hidden, cast["duty"])["Baby1"]
    assert (found.here, found.twins, found.hub) == ((), (), "asked")
    for _ in "ab":
        ask_the_hub(referral=hidden, looked=list(looked(hidden, cast["duty"]).values()))
    asked = MatchAnswer.objects.get()
    assert (asked.answer, asked.by, asked.infant) == ("asked", None, held.infants.get())
    assert [each.to for each in mail.outbox] == [["governance@pairs.example"]]
    assert "Baby1" not in mail.outbox[0].subject + mail.outbox[0].body
    assert maybe_held([hidden]) == {hidden.pk}
    for who, waits in (("governance", [asked]), ("duty", []), ("blackburn", [])):
        assert list(MatchAnswer.objects.visible_to(scope_of(cast[who])).waiting()) == waits
    assert "match_check" in {each.code for each in due_items(scope_of(cast["governance"]), BORN)}
    assert "match_check" not in {each.code for each in due_items(scope_of(cast["duty"]), BORN)}


@pytest.mark.parametrize(("answer", "words"), [("same", "the hub will check"), ("different", "")])
def test_the_hub_answers_without_a_name_and_then_the_number_is_nobodys_or_anothers(
    cast, hidden, held, answer, words
):
    ask_the_hub(referral=hidden, looked=list(looked(hidden, cast["duty"]).values()))
    with pytest.raises(Refused, match="the hub will check"):
        accept(hidden, cast["duty"])
    check = MatchAnswer.objects.with_held().get()
    answer_match(check=check, answer=answer, reason="Looked", by=cast["governance"])
    assert looked(hidden, cast["duty"])["Baby1"].hub == answer
    assert not MatchAnswer.objects.waiting().exists()
    with pytest.raises(Refused, match="a moment before you"):
        answer_match(check=check, answer="same", reason="", by=cast["governance"])
    if words:
        with pytest.raises(Refused, match=words):
            accept(hidden, cast["duty"])
        return
    accept(hidden, cast["duty"])
    baby = hidden.infants.get().became
    assert (baby.nhs_number, baby.nhs_number_status) == (None, "05")  # details conflict: to be resolved
    assert baby.family != held


def test_triage_names_whom_nobody_named_and_what_was_said_stays(cast):
    contact = {"phone": "01632 960009", "main_carer": True}
    made = refer(None, door="self", infants=[], caregivers=[contact])
    with pytest.raises(Refused, match="Name the baby first"):
        accept(made, cast["duty"], replies=REPLIES[1:])
    unsaid = make_dateless(made)
    with pytest.raises(Refused, match="born or is due"):
        accept(made, cast["duty"], replies=REPLIES[1:])
    baby = name_infant(referral=made, by=cast["duty"], given_name="Ada", birth_date=BORN)
    carer = name_caregiver(referral=made, by=cast["duty"], given_name="Mia", relationship="mother")
    assert (baby.added_by, carer.added_by, carer.main_carer) == (cast["duty"], cast["duty"], False)
    with pytest.raises(Refused) as refused:
        name_infant(referral=made, by=cast["duty"], given_name="Old", birth_date=BORN.replace(year=2015))
    assert "birth_date" in refused.value.errors
    accept(made, cast["duty"], replies=REPLIES[1:], left_out=[unsaid.pk])
    assert [each.given_name for each in made.family.infants.all()] == ["Ada"]
    with pytest.raises(Refused, match="is decided"):
        name_infant(referral=made, by=cast["duty"], given_name="Bo", birth_date=BORN)


def make_dateless(referral):
    return referral.infants.create(given_name="Ada", order=1)
