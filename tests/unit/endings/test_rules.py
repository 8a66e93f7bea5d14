"""The rules of endings, one test a row: turning two and five, what completes an ending, whose a line is."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from interventions.endings.rules.endings import (
    OutstandingItem,
    find_missing_ending_fields,
    find_unsettled_items,
)
from interventions.endings.rules.keepsakes import (
    ExcerptSource,
    find_keepsake_errors,
    find_other_name,
    may_be_in_keepsake,
)
from interventions.endings.rules.letter_drafts import (
    EndingSummary,
    draft_letter_after_loss,
    draft_letter_to_carer,
    draft_letter_to_professional,
    draft_parts_for_professional,
)
from interventions.endings.rules.transitions import (
    build_transition,
    find_due_transition,
    list_transitions,
)
from pairs.families.ages import add_months


@pytest.mark.parametrize(
    ("turning", "born", "announced", "birthday"),
    [
        ("two", date(2024, 6, 15), date(2025, 12, 15), date(2026, 6, 15)),
        ("five", date(2021, 6, 15), date(2025, 12, 15), date(2026, 6, 15)),
        # born on 29 February: the birthday of other years is 1 March
        ("two", date(2024, 2, 29), date(2025, 9, 1), date(2026, 3, 1)),
        ("five", date(2024, 2, 29), date(2028, 9, 1), date(2029, 3, 1)),
        # six months before the end of a month there may be no such day
        ("two", date(2024, 8, 31), date(2026, 2, 28), date(2026, 8, 31)),
        ("two", date(2022, 8, 30), date(2024, 2, 29), date(2024, 8, 30)),
        ("two", date(2024, 8, 28), date(2026, 2, 28), date(2026, 8, 28)),
        ("two", date(2024, 12, 31), date(2026, 6, 30), date(2026, 12, 31)),
        ("two", date(2024, 1, 1), date(2025, 7, 1), date(2026, 1, 1)),
        ("five", date(2021, 5, 31), date(2025, 11, 30), date(2026, 5, 31)),
    ],
)
def test_the_day_and_its_announcement(turning, born, announced, birthday):
    found = build_transition(turning, born)
    assert (found.announced_on, found.birthday) == (announced, birthday)


def test_the_last_day_of_eligibility_is_the_day_before_the_fifth_birthday():
    assert build_transition("five", date(2021, 6, 15)).last_day == date(2026, 6, 14)
    assert build_transition("five", date(2024, 2, 29)).last_day == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
    ],
)
def test_months_before(day, months, before):
    assert add_months(day, -months) == before


BORN = date(
    2024, 6, 15
)  # announced 15 December 2025, two on 15 June 2026; 15 December 2028, five on 15 June 2029


@pytest.mark.parametrize(
    ("words", "known", "on", "due"),
    [
        ("the day before it is announced", {}, date(2025, 12, 14), None),
        ("announced", {}, date(2025, 12, 15), "two"),
        ("the birthday itself", {}, date(2026, 6, 15), "two"),
        ("past, and nobody has planned it", {}, date(2027, 1, 1), "two"),
        ("five is announced: two is past", {}, date(2028, 12, 15), "five"),
        ("the last day of eligibility", {}, date(2029, 6, 14), "five"),
        ("an open episode outlives the fifth birthday", {}, date(2029, 9, 1), "five"),
        ("planned", {"planned": ["two"]}, date(2026, 1, 1), None),
        ("two was planned, five is not", {"planned": ["two"]}, date(2029, 1, 1), "five"),
        ("five was planned", {"planned": ["five"]}, date(2029, 1, 1), None),
        ("opened after the second birthday", {"opened_on": date(2026, 7, 1)}, date(2026, 8, 1), None),
        ("opened on the second birthday", {"opened_on": date(2026, 6, 15)}, date(2026, 8, 1), None),
        ("opened the day before", {"opened_on": date(2026, 6, 14)}, date(2026, 8, 1), "two"),
        ("opened after two, and five is near", {"opened_on": date(2026, 7, 1)}, date(2029, 1, 1), "five"),
        ("lost", {"lost": True}, date(2026, 1, 1), None),
        ("unborn", {"born": None}, date(2026, 1, 1), None),
    ],
)
def test_a_transition_is_due(words, known, on, due):
    usual = {"born": BORN, "lost": False, "opened_on": date(2025, 1, 1), "planned": []}
    found = find_due_transition(**usual | known, on=on)
    assert (found.turning if found else None) == due, words


def test_no_day_is_ahead_of_the_unborn_and_the_lost():
    assert list_transitions(None) == list_transitions(BORN, lost=True) == []


COMPLETE_ENDING = {
    "ended_on": date(2026, 1, 1), "reason": "02", "together": "all", "planned": "yes",
    "summary": "Calmer.", "held_next_by": "Health visitor",
}  # fmt: skip


@pytest.mark.parametrize("name", list(COMPLETE_ENDING))
def test_what_an_ending_must_state(name):
    assert find_missing_ending_fields(said=COMPLETE_ENDING) == {}
    assert list(find_missing_ending_fields(said=COMPLETE_ENDING | {name: ""})) == [name]


@pytest.mark.parametrize(
    ("settle", "handed", "refused"),
    [(True, "", True), (True, "Health visitor", False), (False, "", False), (False, "Sam", False)],
)
def test_each_open_thing_is_closed_or_handed_on(settle, handed, refused):
    thing = OutstandingItem("decision", uuid4(), "Ring the nursery", settle=settle)
    assert bool(find_unsettled_items([thing], {thing.key: handed})) is refused


INFANT, TWIN, DYAD, OTHER_DYAD, MUM, DAD = (UUID(int=number) for number in range(1, 7))


@pytest.mark.parametrize(
    ("words", "told", "kept"),
    [
        ("about these two", {"subject": "dyad", "dyad_id": DYAD}, True),
        (
            "about these two, the other carer there",
            {"subject": "dyad", "dyad_id": DYAD, "there": {MUM, DAD}},
            True,
        ),
        ("about the baby, this carer there", {"subject": "infant", "infant_id": INFANT}, True),
        ("about the baby, both there", {"subject": "infant", "infant_id": INFANT, "there": {MUM, DAD}}, True),
        (
            "about the baby, only the other there",
            {"subject": "infant", "infant_id": INFANT, "there": {DAD}},
            False,
        ),
        ("about the baby, nobody there", {"subject": "infant", "infant_id": INFANT, "there": set()}, False),
        ("about the twin", {"subject": "infant", "infant_id": TWIN}, False),
        ("about the baby and the other carer", {"subject": "dyad", "dyad_id": OTHER_DYAD}, False),
        ("about the carer alone", {"subject": "caregiver"}, False),
        ("about the couple", {"subject": "couple"}, False),
        ("about the family", {"subject": "family"}, False),
        ("in this carer's own record", {"subject": "dyad", "dyad_id": DYAD, "patient": MUM}, True),
        ("in the other carer's own record", {"subject": "dyad", "dyad_id": DYAD, "patient": DAD}, False),
    ],
)
def test_who_may_have_a_line(words, told, kept):
    note = ExcerptSource(
        note_id=UUID(int=9),
        subject=told["subject"],
        infant_id=told.get("infant_id"),
        dyad_id=told.get("dyad_id"),
        patient_id=told.get("patient"),
        there=frozenset(told.get("there", {MUM})),
    )
    assert may_be_in_keepsake(note, infant_id=INFANT, dyad_id=DYAD, carer_id=MUM) is kept, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You looked up at Dan and laughed", "Dan Away"),
        ("you looked at DAN", "Dan Away"),
        ("Danced with you", ""),
        ("Ben slept beside you", "Ben"),
        ("Ana looked at Cora", ""),
        ("you will come back", ""),
        ("Will held you", "Will Young"),
        ("", ""),
    ],
)
def test_a_name_that_is_anothers(text, found):
    others, own = ["Dan Away", "Ben", "Will Young"], ["Ana", "Cora Carer"]
    assert find_other_name(text, others=others, own=own) == found


def test_a_name_that_two_share_is_nobody_elses():
    assert find_other_name("Dan smiled", others=["Dan Away"], own=["Dan", "Cora"]) == ""


def test_a_keepsake_needs_a_title_and_a_line():
    assert find_keepsake_errors(lines=1, title="x") == {}
    assert set(find_keepsake_errors(lines=0, title=" ")) == {"title", "lines"}


def test_a_letter_says_only_what_is_known():
    plain = draft_letter_to_carer(name="Cora", ended=EndingSummary())
    assert plain.startswith("Dear Cora,\n\nThank you for letting us spend time with you and your baby.")
    assert "hoped" not in plain
    assert "you can contact" not in plain
    ended = EndingSummary(
        ended_on=date(2026, 3, 1), children=("Ana", "Ben"), changed=("Calmer evenings.",), goals=("Sleep",),
        helped="The films", held_next_by="Health visitor.", way_back="Ring the hub", phone="01632 960300",
    )  # fmt: skip
    full = draft_letter_to_carer(name="Cora", ended=ended)
    for words in (
        "you and Ana and Ben",
        "1 March 2026",
        "Calmer evenings.",
        "You hoped for this: Sleep.",
        "what helped: The films.",
        "From now on you can contact: Health visitor.",
        "You can call us on 01632 960300.",
        "Ring the hub.",
    ):
        assert words in full


def test_a_letter_after_a_loss_says_almost_nothing():
    text = draft_letter_after_loss(name="Cora", phone="01632 960300")
    assert "thinking of you" in text
    for words in ("hoped", "changed", "helped", "last day", "come back", "baby"):
        assert words not in text


def test_a_professional_reads_parts_each_by_its_agreement():
    text = draft_letter_to_professional(name="Nell", children=["Ana"], ended_on=date(2026, 3, 1))
    assert "We are writing about Ana. Our work together ended on 1 March 2026." in text
    parts = draft_parts_for_professional(summary="Calmer", goals=["Sleep"], held_next_by="Gran", way_back="")
    assert parts["progress"] == "Calmer"
    assert "Sleep" in parts["plan"]
    assert "Gran." in parts["plan"]
    assert draft_parts_for_professional(summary="", goals=[], held_next_by="", way_back="") == {}
