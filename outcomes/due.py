"""What is due of measures: a first after the first contact, and a second before the window closes."""

from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject, TruncDate
from django.urls import reverse

from interventions.episodes.models import Episode
from outcomes.contact_days import attended_days
from outcomes.measures import catalogue
from outcomes.models import Assessment, ChosenMeasure, MeasureLink
from outcomes.rules import PAIR_LEAD_TIME, Kept, pair_about_to_be_missed, pair_begun, pair_closes, start_due
from pairs.access.asking import Question, day
from pairs.families.due import CLINICAL, DueItem, of_families
from pairs.families.models import Infant


def family_questions(scope, on, families=None):
    """For each open episode: no measure at the start, a pair about to be missed, a parent's answers to read."""
    rows = Episode.objects.visible_to(scope).open().filter(of_families(families))
    links = MeasureLink.objects.visible_to(scope).to_read().filter(of_families(families, "episode__family"))
    return [
        Question(rows, _facts(), lambda row: [*_start(row, on), *_endings(row, on)]),
        Question(links, _answers(), _answered),
    ]


def _facts():
    """Each open episode's first attended contact, its measures and its babies' birth dates."""
    core = ChosenMeasure.objects.filter(core=True).values("measure")
    kept = Assessment.objects.live().filter(episode=OuterRef("pk"), measure__in=core).order_by("completed_on")
    babies = Infant.objects.active().filter(family=OuterRef("family")).order_by("birth_date", "twin_order")
    return {
        "id": "id",
        "family": "family_id",
        "site": "site_id",
        "lead": "lead_id",
        "first_seen": Subquery(attended_days(OuterRef("pk"))[:1]),
        "review_on": "review_on",
        "core": ArraySubquery(core),
        "kept": ArraySubquery(kept.values(row=JSONObject(**KEPT))),
        "babies": ArraySubquery(babies.values(row=JSONObject(born="birth_date", name=F("given_name")))),
    }


def _answers():
    """Each link that was answered: its measure, when, and whose baby it is about."""
    baby = Infant.objects.filter(dyads=OuterRef("dyad")).values(row=JSONObject(name=F("given_name")))
    return {
        "id": "assessment_id",
        "link": "id",
        "measure": "measure",
        "used_on": TruncDate("used_at"),
        "family": "episode__family_id",
        "site": "episode__site_id",
        "lead": "episode__lead_id",
        "babies": ArraySubquery(baby),
    }


KEPT = {
    "id": "id",
    "measure": "measure",
    "version": "measure_version",
    "dyad": "dyad_id",
    "completed_on": "completed_on",
    "declined": "declined",
    "form": "form",
    "role": "rater_role",
    "born": "dyad__infant__birth_date",
    "lost": "dyad__infant__lost_on",
}


def _kept(row):
    """The episode's core measures as the rules read them."""
    days = ("completed_on", "born", "lost")
    return [Kept(**(each | {name: day(each[name]) for name in days})) for each in row["kept"]]


def _start(row, on):
    """Nothing is due for a baby whom no measure of the core suits yet, or any more."""
    births = [day(baby["born"]) for baby in row["babies"]]
    core = [catalogue()[each] for each in row["core"]]
    suits = any(not measure.why_not(born=born, on=on) for measure in core for born in births)
    due = start_due(
        first_seen=day(row["first_seen"]),
        kept=_kept(row),
        ended=False,
        review_on=day(row["review_on"]),
        on=on,
    )
    if not (suits and due):
        return []
    why = "The family has been seen, and no relationship measure offered yet. Their no counts too: record it."
    return [_item(row, "start_measure", "Offer a first relationship measure", row["id"], due, why)]


def _endings(row, on):
    """One item for each pair that has begun and whose window closes soon."""
    for start in pair_begun(_kept(row), first_seen=day(row["first_seen"])):
        measure = catalogue()[start.measure]
        closes = pair_closes(start.born, measure.window)
        if pair_about_to_be_missed(closes, on):
            weeks = PAIR_LEAD_TIME.days // 7
            why = f"{measure.short_name} needs its second time by then. We say so {weeks} weeks before."
            title = f"Repeat {measure.short_name} before the baby is too old for it"
            yield _item(row, "pair_closing", title, start.id, closes, why)


def _answered(row):
    """A parent has answered on their own phone: somebody reads it, and talks about it with them."""
    name = catalogue()[row["measure"]].short_name
    why = "A parent answered on their own phone. Read it, and look at it together next time."
    title = f"Read the answers to {name}"
    return [_item(row, "answers_to_read", title, row["link"], day(row["used_on"]), why, href="assessment")]


def _item(row, code, title, subject, due_on, why, href="choose-measure"):
    return DueItem(
        code=code,
        kind=CLINICAL,
        title=title,
        subject_id=UUID(subject),
        href=reverse(href, args=[row["id"]]),
        due_on=due_on,
        family_id=UUID(row["family"]),
        site_id=UUID(row["site"]),
        owner_id=UUID(row["lead"]),
        who=" and ".join(baby["name"] for baby in row["babies"] if baby["name"]) or "Baby not yet named",
        why=why,
    )
