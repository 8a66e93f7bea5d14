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
from tests.form_client import FormClient
from tests.unit.endings.factories import HIDDEN_ADDRESS, SeparatedFamily

HOME_ADDRESSES = {"Cora": "1 Example Street", "Dan": HIDDEN_ADDRESS, "Fay": "9 Foster Road"}
GOALS_BY_CARER = {
    "Cora": "Cora asked for easier evenings",
    "Dan": "Dan asked for calm hand-overs",
    "Fay": "Fay asked for sleep",
}


@pytest.fixture
def practitioner(cast):
    return FormClient("blackburn")


@pytest.fixture
def separated_family(practitioner):
    apart = SeparatedFamily(practitioner.user)
    for carer in (apart.cora, apart.dan, apart.fay):
        apart.set_goal(apart.ana, carer, GOALS_BY_CARER[carer.given_name])
    return apart


def get_page_text(hands, name, *args, **asked):
    answer = hands.client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200, name
    return answer.content.decode()


def list_carers(apart):
    return {carer.given_name: carer for carer in (apart.cora, apart.dan, apart.fay)}


def test_no_list_asks_for_the_twin_who_died(practitioner, separated_family):
    """He stands in the family's own name, which is how they are known, and in nothing that is asked of anybody."""
    for name in ("caseload", "worklist", "diary", "record-gaps", "waits"):
        assert "Ben" not in get_page_text(practitioner, name).replace("Ana and Ben", ""), name


# What a note or a goal may be about: the work of grief is about the baby who died, and about being his parent.
NOTE_SUBJECTS = {"happened_about", "next_about", "baby_told_about"}
ABOUT_FIELDS = {
    "new-contact": NOTE_SUBJECTS,
    "new-message": NOTE_SUBJECTS,
    "new-liaison": NOTE_SUBJECTS,
    "plan-agreement": {"goal_dyad"},
    "new-formulation": {f"{part}_about" for part in ("understand", "helps", "hard", "saw", "baby_tells")},
}


@pytest.mark.parametrize("name", ["new-contact", "new-appointment", "new-message", "new-liaison", "new-film",
                                  "new-group-place", "plan-agreement", "new-formulation"])  # fmt: skip
def test_no_form_expects_the_twin_who_died(practitioner, separated_family, name):
    form = practitioner.get_form(name, separated_family.episode.pk)
    lost = [str(separated_family.ben.pk), *(str(dyad.pk) for dyad in separated_family.ben.dyads.all())]
    fields = form["fields"] if form else {}
    naming = {field for field, control in fields.items() if any(each in str(control) for each in lost)}
    rows = {field for field in naming if field.endswith("-person")}  # he may have come before he died
    assert not any("".join(fields[field.replace("person", "attendance")]["value"]) for field in rows)
    assert naming - rows <= ABOUT_FIELDS.get(name, set())
    form = str(form)
    if name in ("new-contact", "new-appointment"):
        assert all(
            str(each.pk) in form
            for each in (
                separated_family.ana,
                separated_family.cora,
                separated_family.dan,
                separated_family.fay,
            )
        )


def test_a_contact_and_a_visit_are_with_whom_they_are_made(practitioner, separated_family):
    """Dan's own visit: nobody else is expected, and the briefing says where Dan lives, and nobody else."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    practitioner.submit(
        "new-appointment",
        separated_family.episode.pk,
        starts_on=tomorrow.isoformat(),
        starts_time="10:00",
        location="A02",
        expected=[str(separated_family.ana.pk), str(separated_family.dan.pk)],
    )
    visit = Appointment.objects.get()
    people = {each.person for each in visit.expected.all()}
    assert people == {separated_family.ana, separated_family.dan}
    form = practitioner.get_form("write-up", visit.pk)["fields"]
    came = {
        form[name]["value"][0]: form[name.replace("-person", "-attendance")]["value"]
        for name in form
        if name.endswith("-person")
    }
    assert came[str(separated_family.dan.pk)] == came[str(separated_family.ana.pk)] == ["attended"]
    assert {
        tuple(said)
        for pk, said in came.items()
        if pk in (str(separated_family.cora.pk), str(separated_family.fay.pk))
    } <= {
        (),
        ("",),
    }
    assert HIDDEN_ADDRESS in get_page_text(practitioner, "visit-before-you-knock", visit.pk)


def test_the_family_page_says_who_is_who_and_that_ben_died(practitioner, separated_family):
    page = get_page_text(practitioner, "family", separated_family.family.pk)
    for words in ("Ana", "Ben", "Cora", "Dan", "Fay", "foster"):
        assert words.lower() in page.lower(), words
    assert "died" in page.lower()


@pytest.mark.parametrize("who", GOALS_BY_CARER)
def test_the_plan_on_paper_is_for_one_carer_alone(practitioner, separated_family, who):
    to = list_carers(separated_family)[who]
    practitioner.submit(
        "plan-agreement", separated_family.episode.pk, aims="To feel at ease", answer="yes", goal=""
    )
    plan = separated_family.episode.plans.get()
    paper = practitioner.submit("new-plan-paper", plan.pk, to=str(to.pk))
    check_only_own_words(get_printed_part(get_page_text(practitioner, "plan-paper", paper)), who)


@pytest.mark.parametrize("who", GOALS_BY_CARER)
def test_the_keepsake_holds_this_carers_lines_alone(practitioner, separated_family, who):
    for name, carer in list_carers(separated_family).items():
        separated_family.record_baby_told(
            f"{GOALS_BY_CARER[name]}, and Ana smiled",
            separated_family.get_dyad(separated_family.ana, carer),
            days_ago=9,
            there=[separated_family.ana, carer],
        )
    kept = practitioner.submit(
        "keepsakes", separated_family.get_dyad(separated_family.ana, list_carers(separated_family)[who]).pk
    )
    offered = get_page_text(practitioner, "keepsake", kept)
    assert f"{GOALS_BY_CARER[who]}, and Ana smiled" in offered
    for other in set(GOALS_BY_CARER) - {who}:
        assert f"{GOALS_BY_CARER[other]}, and Ana smiled" not in offered


def get_printed_part(page):
    """The frame: what goes on paper."""
    found = re.search(r'(?s)<(article|section) class="pairs-paper.*?</\1>', page)
    assert found, "nothing is framed"
    return found.group()


def check_only_own_words(words, who):
    for other in set(GOALS_BY_CARER) - {who}:
        assert HOME_ADDRESSES[other] not in words, f"{who} is told where {other} lives"
        assert GOALS_BY_CARER[other] not in words, f"{who} reads the words of {other}"
    assert "Ben" not in words
