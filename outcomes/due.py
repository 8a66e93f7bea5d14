"""What is due of measures: a first after the first contact, and a second before the window closes."""

from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import JSONObject, TruncDate
from django.urls import reverse

from interventions.episodes.models import CareContact, Episode, Participant
from interventions.episodes.rules import SEEN
from outcomes.measures import catalogue, core_measures
from outcomes.models import Assessment
from outcomes.rules import PAIR_LEAD_TIME, Kept, pair_about_to_be_missed, pair_begun, pair_closes, start_due
from pairs.access.asking import Question, day
from pairs.families.due import CLINICAL, DueItem, of_families
from pairs.families.models import Infant
from referrals.rules.clocks import DIRECT_MECHANISMS


def questions(scope, on, families=None):
    """For each open episode: no measure at the start, or a pair about to be missed."""
    rows = Episode.objects.visible_to(scope).open().filter(of_families(families))
    return [Question(rows, _facts(), lambda row: [*_start(row, on), *_endings(row, on)])]


def _facts():
    """Each open episode's first attended contact, its measures and its babies' birth dates."""
    core = [measure.id for measure in core_measures()]
    kept = Assessment.objects.live().filter(episode=OuterRef("pk"), measure__in=core).order_by("completed_on")
    babies = Infant.objects.active().filter(family=OuterRef("family")).order_by("birth_date", "twin_order")
    first = _attended().order_by("starts_at").annotate(day=TruncDate("starts_at")).values("day")[:1]
    return {
        "id": "id",
        "family": "family_id",
        "site": "site_id",
        "lead": "lead_id",
        "first_seen": Subquery(first),
        "kept": ArraySubquery(kept.values(row=JSONObject(**KEPT))),
        "babies": ArraySubquery(babies.values(row=JSONObject(born="birth_date", name=F("given_name")))),
    }


KEPT = {
    "id": "id",
    "measure": "measure",
    "version": "measure_version",
    "dyad": "dyad_id",
    "completed_on": "completed_on",
    "declined": "declined",
    "born": "dyad__infant__birth_date",
    "lost": "dyad__infant__lost_on",
}


def _attended():
    came = Participant.objects.live().filter(care_contact=OuterRef("pk"), attendance__in=SEEN)
    return CareContact.objects.live().filter(
        Exists(came), episode=OuterRef("pk"), mechanism__in=DIRECT_MECHANISMS
    )


def _kept(row):
    """The episode's core measures as the rules read them."""
    days = ("completed_on", "born", "lost")
    return [Kept(**(each | {name: day(each[name]) for name in days})) for each in row["kept"]]


def _start(row, on):
    """Nothing is due for a baby whom no relationship measure suits yet, or any more."""
    births = [day(baby["born"]) for baby in row["babies"]]
    suits = any(not measure.why_not(born=born, on=on) for measure in core_measures() for born in births)
    due = start_due(first_seen=day(row["first_seen"]), kept=_kept(row), ended=False)
    if not (suits and due):
        return []
    why = "The family has been seen, and no relationship measure offered yet. Their no counts too: record it."
    return [_item(row, "start_measure", "Offer a first relationship measure", row["id"], due, why)]


def _endings(row, on):
    """One item for each pair that has begun and whose window closes soon."""
    for start in pair_begun(_kept(row), first_seen=day(row["first_seen"])):
        measure = catalogue()[start.measure]
        closes = pair_closes(start, until_months=measure.age_until_months)
        if pair_about_to_be_missed(closes, on):
            weeks = PAIR_LEAD_TIME.days // 7
            why = f"{measure.short_name} needs its second time by then. We say so {weeks} weeks before."
            title = f"Repeat {measure.short_name} before the baby is too old for it"
            yield _item(row, "pair_closing", title, start.id, closes, why)


def _item(row, code, title, subject, due_on, why):
    return DueItem(
        code=code,
        kind=CLINICAL,
        title=title,
        subject_id=UUID(subject),
        href=reverse("new-assessment", args=[row["id"]]),
        due_on=due_on,
        family_id=UUID(row["family"]),
        site_id=UUID(row["site"]),
        owner_id=UUID(row["lead"]),
        who=" and ".join(baby["name"] for baby in row["babies"] if baby["name"]) or "Baby not yet named",
        why=why,
    )
