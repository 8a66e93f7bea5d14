"""Named people already on record: linked, told apart, or referred to the hub; and what acceptance does."""

import pytest
from django.core import mail

from pairs.access.scope import load_scope
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from referrals.actions import decide_referral
from referrals.actions.linking import MatchAnswerInput, answer_match, request_hub_check
from referrals.actions.named_people import add_named_caregiver, add_named_infant
from referrals.forms.decision import MatchForm
from referrals.matching import find_candidate_sets, find_possibly_known
from referrals.models import MatchAnswer, Referral, ReferralStatus
from tests.app_due_items import make_due_items
from tests.unit.families.factories import make_family
from tests.unit.referrals.factories import BORN, CARER, FATHER, INFANT, REPLIES, make_test_referral

list_app_due_items = make_due_items("referrals")
NHS_NUMBER = "9990000018"
CORA_NAMED = CARER | {"given_name": "Cora", "family_name": "Carer", "pregnant": True}
BABY_NAMED = INFANT | {
    "given_name": "Baby1",
    "family_name": "Carer",
    "birth_date": BORN,
    "estimated_due_date": None,
}
ACCEPTED = {"response": "direct", "thrive": "help", "thrive_reason": "Time together", "replies": REPLIES}


@pytest.fixture
def existing_family(cast):
    return make_family(born=BORN)


@pytest.fixture
def referral(cast, existing_family):
    made = make_test_referral(cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[CORA_NAMED, FATHER])
    return Referral.objects.with_people().get(pk=made.pk)


def look_up_candidates(referral, user):
    return {each.named.given_name: each for each in find_candidate_sets(referral, load_scope(user))}


def get_named_id(referral, given_name):
    people = [*referral.infants.live(), *referral.caregivers.live()]
    return next(each.pk for each in people if each.given_name == given_name)


def accept_with_matches(referral, by, *said, **changes):
    return decide_referral(referral=referral, by=by, matches=said, **ACCEPTED | changes)


def count_people():
    return Family.objects.count(), Infant.objects.count(), Caregiver.objects.count(), Dyad.objects.count()


def test_those_who_are_alike_are_found_with_the_evidence(cast, referral, existing_family):
    found = look_up_candidates(referral, cast["duty"])
    (baby,), (carer,) = found["Baby1"].here, found["Cora"].here
    assert (baby.person, carer.person) == (existing_family.infants.get(), existing_family.caregivers.get())
    assert {"same date of birth", "a carer with the same phone"} <= set(baby.likeness.evidence)
    assert (found["Dan"].here, found["Dan"].hub) == ((), "")


def test_linked_people_are_not_made_again_and_new_ones_join_them(cast, referral, existing_family):
    families, infants, carers, dyads = count_people()
    baby, cora = existing_family.infants.get(), existing_family.caregivers.get()
    said = [
        MatchAnswerInput(get_named_id(referral, "Baby1"), same=baby.pk),
        MatchAnswerInput(get_named_id(referral, "Cora"), same=cora.pk),
    ]
    accept_with_matches(referral, cast["duty"], *said)
    referral.refresh_from_db()
    assert (referral.family, referral.site) == (existing_family, existing_family.site)
    assert count_people() == (families, infants, carers + 1, dyads + 1)
    assert referral.infants.get().became == baby
    assert {each.became for each in referral.caregivers.all()} == {
        cora,
        existing_family.caregivers.get(given_name="Dan"),
    }
    new = Dyad.objects.get(infant=baby, caregiver__given_name="Dan")
    assert (new.family, new.relationship, new.main_carer) == (existing_family, "father", False)
    answers = set(referral.match_answers.values_list("answer", "by__username"))
    assert answers == {("same", "duty")}


def test_two_main_carers_are_two_and_one_named_alone_takes_nobodys_place(cast, existing_family):
    both = make_test_referral(
        cast["healthvisitor"], infants=[INFANT], caregivers=[CORA_NAMED, FATHER | {"main_carer": True}]
    )
    accept_with_matches(both, cast["duty"])
    assert list(Dyad.objects.filter(family=both.family).values_list("main_carer", flat=True)) == [True, True]
    alone = make_test_referral(cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[FATHER])
    accept_with_matches(
        alone,
        cast["duty"],
        MatchAnswerInput(get_named_id(alone, "Baby1"), same=existing_family.infants.get().pk),
    )
    assert not Dyad.objects.get(family=existing_family, caregiver__given_name="Dan").main_carer


def test_a_new_twin_joins_the_pregnancy_of_the_one_who_is_held(cast, existing_family):
    existing_family.infants.update(nhs_number=NHS_NUMBER, given_name="Ada")
    made = make_test_referral(
        cast["healthvisitor"], infants=[BABY_NAMED | {"given_name": "Zed"}], caregivers=[CORA_NAMED]
    )
    twin = look_up_candidates(Referral.objects.with_people().get(pk=made.pk), cast["duty"])["Zed"]
    held = existing_family.infants.get()
    assert [(each.person, each.likeness.strength) for each in twin.here] == [(held, "twin")]
    accept_with_matches(
        made,
        cast["duty"],
        MatchAnswerInput(get_named_id(made, "Cora"), same=existing_family.caregivers.get().pk),
        MatchAnswerInput(get_named_id(made, "Zed"), different=(held.pk,), born_with=held.pk),
    )
    assert set(made.match_answers.values_list("answer", flat=True)) == {"same", "twin"}
    one, two = existing_family.infants.order_by("twin_order")
    assert (one.twin_order, two.twin_order, one.plurality, two.plurality) == (1, 2, 2, 2)
    assert (one.pregnancy, two.carried_by) == (two.pregnancy, existing_family.caregivers.get())
    assert Dyad.objects.filter(
        infant=two, caregiver=existing_family.caregivers.get(), main_carer=True
    ).exists()


def make_newborn_referral(cast, *babies, carer=CORA_NAMED):
    """A referral of these babies, (given name, family name) each, born the day the family's baby was."""
    infants = [BABY_NAMED | {"given_name": given, "family_name": family} for given, family in babies]
    made = make_test_referral(cast["healthvisitor"], infants=infants, caregivers=[carer])
    return Referral.objects.with_people().get(pk=made.pk)


def list_twin_numbers(family):
    return sorted(family.infants.values_list("twin_order", "plurality"))


NEWBORN_NAMES = [
    ("Baby", "Smith"),
    ("Boy", "Carer"),
    ("Twin 1", "Carer"),
    ("Male Infant", ""),
    ("B/O Cora", "Carer"),
]


@pytest.mark.parametrize("named", NEWBORN_NAMES)
def test_a_newborn_referred_again_with_a_name_is_offered_as_the_same(cast, named):
    first = make_newborn_referral(cast, named)
    accept_with_matches(first, cast["duty"])
    held = first.family.infants.get()
    assert (held.given_name, held.name) == ("", named[1])
    again = make_newborn_referral(cast, ("Oliver", named[1]))
    baby, _ = find_candidate_sets(again, load_scope(cast["duty"]))
    assert [(each.person, each.likeness.strength) for each in baby.here] == [(held, "medium")]
    form = MatchForm({"named": str(again.infants.get().pk)}, looked={baby.key: baby})
    assert [label for _, label in form.fields["held"].choices][:2] == [
        f"The same as {held}", f"Another baby of the same birth as {held}",
    ]  # fmt: skip


def test_a_new_baby_of_the_day_is_refused_until_it_is_said_which(cast, existing_family):
    held = existing_family.infants.get()
    again = make_newborn_referral(cast, ("Zed", "Carer"), carer=CORA_NAMED | {"phone": "07700 900999"})
    linked = MatchAnswerInput(get_named_id(again, "Cora"), same=existing_family.caregivers.get().pk)
    with pytest.raises(ActionRefused, match="the same baby as Baby1, or another baby of the same birth"):
        accept_with_matches(again, cast["duty"], linked)
    accept_with_matches(
        again, cast["duty"], linked, MatchAnswerInput(get_named_id(again, "Zed"), own_birth=True)
    )
    assert list_twin_numbers(existing_family) == [(1, 1), (1, 1)]
    assert existing_family.infants.get(given_name="Zed").pregnancy != held.pregnancy


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ({}, [(1, 2), (2, 2)]),
        ({"own_birth": True}, [(1, 1), (1, 1)]),
        ({"born_with": "Ada"}, [(1, 2), (2, 2)]),
    ],
)
def test_babies_named_together_are_of_one_birth_unless_it_is_said_that_they_are_not(cast, said, numbers):
    made = make_newborn_referral(cast, ("Ada", "Carer"), ("Bea", "Carer"))
    if "born_with" in said:
        said = {"born_with": get_named_id(made, "Ada")}
    accept_with_matches(made, cast["duty"], MatchAnswerInput(get_named_id(made, "Bea"), **said))
    assert list_twin_numbers(made.family) == numbers


def test_the_second_twin_comes_later_and_is_the_second(cast):
    first = make_newborn_referral(cast, ("Twin 2", "Carer"))
    accept_with_matches(first, cast["duty"])
    assert list_twin_numbers(first.family) == [(2, 2)]
    again = make_newborn_referral(cast, ("Twin 1", "Carer"))
    baby, carer = find_candidate_sets(again, load_scope(cast["duty"]))
    assert [each.likeness.strength for each in baby.here] == ["twin"]
    held = baby.here[0].person
    accept_with_matches(
        again,
        cast["duty"],
        MatchAnswerInput(again.infants.get().pk, born_with=held.pk),
        MatchAnswerInput(again.caregivers.get().pk, same=carer.here[0].person.pk),
    )
    assert list_twin_numbers(first.family) == [(1, 2), (2, 2)]
    assert first.family.infants.values("pregnancy").distinct().count() == 1


def test_a_sibling_of_another_birth_joins_the_family_alone(cast, existing_family):
    made = make_test_referral(cast["healthvisitor"], infants=[INFANT], caregivers=[CORA_NAMED])
    accept_with_matches(
        made,
        cast["duty"],
        MatchAnswerInput(get_named_id(made, "Cora"), same=existing_family.caregivers.get().pk),
    )
    one, two = existing_family.infants.order_by("birth_date")
    assert one.pregnancy != two.pregnancy
    assert (two.twin_order, two.plurality, one.plurality) == (1, 1, 1)


def test_different_is_stored_with_its_reason_and_makes_new_people(cast, referral, existing_family):
    before = count_people()
    said = MatchAnswerInput(
        get_named_id(referral, "Cora"),
        different=(existing_family.caregivers.get().pk,),
        reason="Another Cora",
    )
    accept_with_matches(referral, cast["duty"], said)
    assert count_people()[0] == before[0] + 1
    assert referral.match_answers.get().reason == "Another Cora"
    accepted_again = MatchAnswer.objects.count()
    accept_with_matches(referral, cast["duty"], said)
    assert MatchAnswer.objects.count() == accepted_again


@pytest.mark.parametrize(
    ("how", "field", "words"),
    [
        ("site", "site", "already with Blackburn with Darwen"),
        ("twice", "matches.0.held", "cannot be matched to the same record"),
        ("two families", "matches.0.held", "two families"),
        ("unseen", "matches.0.held", "You cannot open"),
        ("carer for baby", "matches.0.held", "You cannot open"),
        ("everybody a mention", "left_out", "At least one carer"),
        ("lead elsewhere", "lead", "does not work at"),
    ],
)
def test_a_link_that_cannot_be_is_refused_kindly_and_writes_nothing(
    cast, referral, existing_family, how, field, words
):
    baby, cora = existing_family.infants.get(), existing_family.caregivers.get()
    one, dan = get_named_id(referral, "Cora"), get_named_id(referral, "Dan")
    other = make_family("hyndburn", reference="H")
    said, more = [MatchAnswerInput(one, same=cora.pk)], {}
    match how:
        case "site":
            more = {"site": Site.objects.get(code="hyndburn")}
        case "twice":
            said.append(MatchAnswerInput(dan, same=cora.pk))
        case "two families":
            said.append(MatchAnswerInput(get_named_id(referral, "Baby1"), same=other.infants.get().pk))
        case "unseen":
            Family.objects.filter(pk=existing_family.pk).update(restricted=True)
        case "carer for baby":
            said = [MatchAnswerInput(one, same=baby.pk)]
        case "everybody a mention":
            more = {"left_out": [one, dan]}
        case "lead elsewhere":
            more = {"lead": cast["hyndburn"]}
    before = count_people(), ReferralStatus.objects.count(), MatchAnswer.objects.count()
    with pytest.raises(ActionRefused) as refused:
        accept_with_matches(referral, cast["duty"], *said, **more)
    assert words in refused.value.errors[field]
    assert (count_people(), ReferralStatus.objects.count(), MatchAnswer.objects.count()) == before


def restrict_family(held):
    Family.objects.filter(pk=held.pk).update(restricted=True)
    held.infants.update(nhs_number=NHS_NUMBER)


@pytest.fixture
def hidden_match_referral(cast, existing_family):
    """A referral of a baby who is held in a restricted family, under the same NHS number; looked at by duty."""
    restrict_family(existing_family)
    made = make_test_referral(
        cast["healthvisitor"], infants=[BABY_NAMED | {"nhs_number": NHS_NUMBER}], caregivers=[FATHER]
    )
    mail.outbox.clear()
    return Referral.objects.with_people().get(pk=made.pk)


def test_whom_the_searcher_may_not_see_is_only_said_to_exist_and_is_asked_once(
    cast, hidden_match_referral, existing_family
):
    found = look_up_candidates(hidden_match_referral, cast["duty"])["Baby1"]
    assert (found.here, found.hub) == ((), "asked")
    for _ in "ab":
        request_hub_check(
            referral=hidden_match_referral,
            looked=list(look_up_candidates(hidden_match_referral, cast["duty"]).values()),
        )
    asked = MatchAnswer.objects.get()
    assert (asked.answer, asked.by, asked.infant) == ("asked", None, existing_family.infants.get())
    assert [each.to for each in mail.outbox] == [["governance@pairs.example"]]
    assert "Baby1" not in mail.outbox[0].subject + mail.outbox[0].body
    assert find_possibly_known([hidden_match_referral]) == {hidden_match_referral.pk}
    for who, waits in (("governance", [asked]), ("duty", []), ("blackburn", [])):
        assert list(MatchAnswer.objects.visible_to(load_scope(cast[who])).waiting()) == waits
    assert "match_check" in {each.code for each in list_app_due_items(load_scope(cast["governance"]), BORN)}
    assert "match_check" not in {each.code for each in list_app_due_items(load_scope(cast["duty"]), BORN)}


@pytest.mark.parametrize(("answer", "words"), [("same", "the hub will check"), ("different", "")])
def test_the_hub_answers_without_a_name_and_then_the_number_is_nobodys_or_anothers(
    cast, hidden_match_referral, existing_family, answer, words
):
    request_hub_check(
        referral=hidden_match_referral,
        looked=list(look_up_candidates(hidden_match_referral, cast["duty"]).values()),
    )
    with pytest.raises(ActionRefused, match="the hub will check"):
        accept_with_matches(hidden_match_referral, cast["duty"])
    check = MatchAnswer.objects.with_held().get()
    answer_match(check=check, answer=answer, reason="Looked", by=cast["governance"])
    assert look_up_candidates(hidden_match_referral, cast["duty"])["Baby1"].hub == answer
    assert not MatchAnswer.objects.waiting().exists()
    with pytest.raises(ActionRefused, match="has just"):
        answer_match(check=check, answer="same", reason="", by=cast["governance"])
    if words:
        with pytest.raises(ActionRefused, match=words):
            accept_with_matches(hidden_match_referral, cast["duty"])
        return
    accept_with_matches(hidden_match_referral, cast["duty"])
    baby = hidden_match_referral.infants.get().became
    assert (baby.nhs_number, baby.nhs_number_status) == (None, "05")  # details conflict: to be resolved
    assert baby.family != existing_family


def test_triage_adds_a_person_and_the_original_text_stays(cast):
    contact = {"phone": "01632 960009", "main_carer": True}
    made = make_test_referral(None, entry_point="self", infants=[], caregivers=[contact])
    with pytest.raises(ActionRefused, match="First name the baby"):
        accept_with_matches(made, cast["duty"], replies=REPLIES[1:])
    unsaid = make_dateless_infant(made)
    with pytest.raises(ActionRefused, match="date of birth or due date"):
        accept_with_matches(made, cast["duty"], replies=REPLIES[1:])
    baby = add_named_infant(referral=made, by=cast["duty"], given_name="Ada", birth_date=BORN)
    carer = add_named_caregiver(referral=made, by=cast["duty"], given_name="Mia", relationship="mother")
    assert (baby.added_by, carer.added_by, carer.main_carer) == (cast["duty"], cast["duty"], False)
    with pytest.raises(ActionRefused) as refused:
        add_named_infant(referral=made, by=cast["duty"], given_name="Old", birth_date=BORN.replace(year=2015))
    assert "birth_date" in refused.value.errors
    accept_with_matches(made, cast["duty"], replies=REPLIES[1:], left_out=[unsaid.pk])
    assert [each.given_name for each in made.family.infants.all()] == ["Ada"]
    with pytest.raises(ActionRefused, match="is decided"):
        add_named_infant(referral=made, by=cast["duty"], given_name="Bo", birth_date=BORN)


def make_dateless_infant(referral):
    return referral.infants.create(given_name="Ada", order=1)
