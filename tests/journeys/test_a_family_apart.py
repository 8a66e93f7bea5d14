"""Separated parents, twins of whom one died, a foster carer: every page, list and paper is right for each of them.

What staff write from now on asks for Ben nowhere and names him in no list; what a carer is given holds that carer's
own words and nobody else's address.
"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.diary.models import Appointment
from tests.hands import Hands
from tests.unit.endings.world import HIDDEN, Apart

HOMES = {"Cora": "1 Example Street", "Dan": HIDDEN, "Fay": "9 Foster Road"}
WORDS = {
    "Cora": "Cora asked for easier evenings",
    "Dan": "Dan asked for calm hand-overs",
    "Fay": "Fay asked for sleep",
}


@pytest.fixture
def bilal(cast):
    return Hands("blackburn")


@pytest.fixture
def apart(bilal):
    apart = Apart(bilal.user)
    for carer in (apart.cora, apart.dan, apart.fay):
        apart.goal(apart.ana, carer, WORDS[carer.given_name])
    return apart


def text_of(hands, name, *args, **asked):
    answer = hands.client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200, name
    return answer.content.decode()


def carers(apart):
    return {carer.given_name: carer for carer in (apart.cora, apart.dan, apart.fay)}


def test_no_list_asks_for_the_twin_who_died(bilal, apart):
    """He stands in the family's own name, which is how they are known, and in nothing that is asked of anybody."""
    for name in ("caseload", "worklist", "diary", "record-gaps", "waits"):
        assert "Ben" not in text_of(bilal, name).replace("Ana and Ben", ""), name


@pytest.mark.parametrize("name", ["new-contact", "new-appointment", "new-message", "new-liaison", "new-film",
                                  "new-group-place", "plan-agreement", "new-formulation"])  # fmt: skip
def test_no_form_expects_the_twin_who_died(bilal, apart, name):
    form = str(bilal.page(name, apart.episode.pk))
    lost = [str(apart.ben.pk), *(str(dyad.pk) for dyad in apart.ben.dyads.all())]
    assert not [each for each in lost if each in form]
    if name in ("new-contact", "new-appointment"):
        assert all(str(each.pk) in form for each in (apart.ana, apart.cora, apart.dan, apart.fay))


def test_a_contact_and_a_visit_are_with_whom_they_are_made(bilal, apart):
    """Dan's own visit: nobody else is expected, and before one knocks it says where Dan lives and nobody else does."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    bilal.do(
        "new-appointment", apart.episode.pk, starts_on=tomorrow.isoformat(), starts_time="10:00", location="A02",
        expected=[str(apart.ana.pk), str(apart.dan.pk)],
    )  # fmt: skip
    visit = Appointment.objects.get()
    people = {each.person for each in visit.expected.all()}
    assert people == {apart.ana, apart.dan}
    form = bilal.page("write-up", visit.pk)["fields"]
    came = {
        form[name]["value"][0]: form[name.replace("-person", "-attendance")]["value"]
        for name in form
        if name.endswith("-person")
    }
    assert came[str(apart.dan.pk)] == came[str(apart.ana.pk)] == ["attended"]
    assert {tuple(said) for pk, said in came.items() if pk in (str(apart.cora.pk), str(apart.fay.pk))} <= {
        (),
        ("",),
    }
    assert HIDDEN in text_of(bilal, "visit-before-you-knock", visit.pk)


def test_the_family_page_says_who_is_who_and_that_ben_died(bilal, apart):
    page = text_of(bilal, "family", apart.family.pk)
    for words in ("Ana", "Ben", "Cora", "Dan", "Fay", "foster"):
        assert words.lower() in page.lower(), words
    assert "died" in page.lower()


@pytest.mark.parametrize("who", WORDS)
def test_the_plan_on_paper_is_for_one_carer_alone(bilal, apart, who):
    to = carers(apart)[who]
    bilal.do("plan-agreement", apart.episode.pk, aims="To feel at ease", answer="yes", goal="")
    plan = apart.episode.plans.get()
    paper = bilal.do("new-plan-paper", plan.pk, to=str(to.pk))
    only_theirs(on_paper(text_of(bilal, "plan-paper", paper)), who)


@pytest.mark.parametrize("who", WORDS)
def test_the_keepsake_holds_this_carers_lines_alone(bilal, apart, who):
    for name, carer in carers(apart).items():
        apart.told(
            f"{WORDS[name]}, and Ana smiled",
            apart.dyad(apart.ana, carer),
            days_ago=9,
            there=[apart.ana, carer],
        )
    kept = bilal.do("keepsakes", apart.dyad(apart.ana, carers(apart)[who]).pk)
    offered = text_of(bilal, "keepsake", kept)
    assert f"{WORDS[who]}, and Ana smiled" in offered
    for other in set(WORDS) - {who}:
        assert f"{WORDS[other]}, and Ana smiled" not in offered


def on_paper(page):
    """The frame: what goes on paper."""
    found = re.search(r'(?s)<(article|section) class="pairs-paper.*?</\1>', page)
    assert found, "nothing is framed"
    return found.group()


def only_theirs(words, who):
    for other in set(WORDS) - {who}:
        assert HOMES[other] not in words, f"{who} is told where {other} lives"
        assert WORDS[other] not in words, f"{who} reads the words of {other}"
    assert "Ben" not in words
