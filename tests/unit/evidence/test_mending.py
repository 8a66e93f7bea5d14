"""What is said less of, and when: a cell that only seems narrow costs nobody a figure."""

from types import SimpleNamespace

import pytest

from reporting.evidence import protection
from reporting.evidence.attack import Attack, Cell
from reporting.evidence.protection import Proof

OLD, NEW = (Cell(period, ("seen",), ()) for period in ("year before", "month"))
RELEASES = [SimpleNamespace(key="month")]


@pytest.fixture
def mend(monkeypatch):
    """Runs the loop: ``answers`` of the attacks in order, ``repairs`` left. Returns (last attack, asked, repairs)."""

    def run(first, answers, repairs):
        asked, left = [], list(repairs)

        def attack_again(_found, suspects, *, to_the_end=False):
            asked.append((tuple(suspects), to_the_end))
            return Attack(2, tuple(answers[len(asked) - 1]))

        monkeypatch.setattr(protection, "_mend_all", lambda *_: [left.pop(0)] if left else [])
        proof = Proof(0, lambda: None)
        last = protection._mend_until_safe(Attack(2, first), attack_again, RELEASES, frozenset(), proof)
        return last, asked, proof.repairs

    return run


def test_what_was_published_before_is_asked_to_the_end_before_anything_is_said_less(mend):
    last, asked, repairs = mend((OLD,), [()], ["joined"])
    assert (last.narrow, asked, repairs) == ((), [((OLD,), True)], [])


def test_what_is_truly_narrow_is_mended_wherever_it_was_published(mend):
    last, asked, repairs = mend((OLD,), [(OLD,), ()], ["joined"])
    assert (last.narrow, asked, repairs) == ((), [((OLD,), True), ((OLD,), False)], ["joined"])


def test_what_is_published_now_is_mended_at_once_and_asked_to_the_end_when_nothing_is_left(mend):
    last, asked, repairs = mend((NEW,), [(NEW,), ()], ["joined"])
    assert (last.narrow, asked, repairs) == ((), [((NEW,), False), ((NEW,), True)], ["joined"])


def test_what_stays_narrow_with_nothing_left_to_say_less_ends_it(mend):
    last, asked, repairs = mend((NEW,), [(NEW,)], [])
    assert (last.narrow, asked, repairs) == ((NEW,), [((NEW,), True)], [])
