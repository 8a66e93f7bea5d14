"""What plans add to a family's chronology: formulations, plans and reviews, grouping, co-work, is it helping, waits."""

from django.db.models import F
from django.urls import reverse

from interventions.episodes.models import Goal, InterventionWait
from interventions.episodes.rules import GOAL_ENDS, WAIT_ENDS
from interventions.plans.models import CoWorker, Formulation, GroupingStep, HelpingAnswer, Plan, PlanReview
from interventions.plans.rules import DECISIONS, FAMILY_ANSWERS, NEXT_STEPS, OUR_ANSWERS
from pairs.access.asking import Question, day
from pairs.families.chronology import Event, about
from referrals.rules.words import THRIVE_GROUPINGS


def questions(scope, family):
    """One question a kind of record."""
    asks = (_formulations, _plans, _reviews, _groupings, _co_workers, _helping, _waits, _goal_ends)
    return [ask(scope, family) for ask in asks]


def _formulations(scope, family):
    rows = Formulation.objects.visible_to(scope).filter(episode__family=family)
    fields = {"id": "id", "on": "written_on", "by": F("written_by__display_name")}

    def says(row):
        href = reverse("formulation", args=[row["id"]])
        yield Event("episode", day(row["on"]), "How we understand it, written", href=href, who=row["by"])

    return Question(rows, fields, says)


def _plans(scope, family):
    rows = Plan.objects.visible_to(scope).filter(episode__family=family)
    fields = {"id": "id", "on": "made_on", "by": F("written_by__display_name"), "aims": "aims"}
    fields |= {"old": "replaces_id", "why": "changed_because", "carer": "caregiver_id"}

    def says(row):
        yield Event(
            "episode",
            day(row["on"]),
            "Plan changed" if row["old"] else "Plan made",
            href=reverse("plan", args=[row["id"]]),
            who=row["by"],
            text=row["why"],
            reading=(("What they want to happen", row["aims"]),),
            people=about(row["carer"]),
        )

    return Question(rows, fields, says)


def _reviews(scope, family):
    rows = PlanReview.objects.visible_to(scope).filter(plan__episode__family=family)
    fields = {"plan": "plan_id", "on": "held_on", "by": F("by__display_name"), "how": "how_it_went"}
    fields |= {"decision": "decision", "carer": "plan__caregiver_id"}
    words = dict(DECISIONS)

    def says(row):
        yield Event(
            "episode",
            day(row["on"]),
            "Plan looked at together",
            href=reverse("plan", args=[row["plan"]]),
            who=row["by"],
            text=words[row["decision"]],
            reading=(("How it has gone", row["how"]),),
            people=about(row["carer"]),
        )

    return Question(rows, fields, says)


def _groupings(scope, family):
    rows = GroupingStep.objects.visible_to(scope).filter(episode__family=family)
    fields = {"episode": "episode_id", "on": "since", "to": "grouping", "why": "why", "agreed": "agreed"}
    words = dict(THRIVE_GROUPINGS)

    def says(row):
        agreed = "The family agrees" if row["agreed"] else "Not agreed with the family"
        href = reverse("episode", args=[row["episode"]])
        title = f"THRIVE grouping: {words[row['to']]}"
        text = f"{row['why']} ({agreed})"
        yield Event("episode", day(row["on"]), title, href=href, who=row["by"], text=text)

    return Question(rows, fields | {"by": F("by__display_name")}, says)


def _co_workers(scope, family):
    rows = CoWorker.objects.visible_to(scope).filter(episode__family=family)
    fields = {"episode": "episode_id", "on": "since", "until": "until", "why": "why"}

    def says(row):
        href = reverse("episode", args=[row["episode"]])
        yield Event("episode", day(row["on"]), "Co-work began", href=href, who=row["who"], text=row["why"])
        if row["until"]:
            yield Event("episode", day(row["until"]), "Co-work ended", href=href, who=row["who"])

    return Question(rows, fields | {"who": F("user__display_name")}, says)


def _helping(scope, family):
    rows = HelpingAnswer.objects.visible_to(scope).filter(use__episode__family=family)
    fields = {"episode": "use__episode_id", "way": "use__intervention__name", "on": "asked_on"}
    fields |= {"family": "family_says", "we": "we_say", "next": "what_next", "words": "family_words"}
    theirs, ours, steps = dict(FAMILY_ANSWERS), dict(OUR_ANSWERS), dict(NEXT_STEPS)

    def says(row):
        text = f"The family: {theirs[row['family']]}. We: {ours[row['we']]}. {steps[row['next']]}."
        yield Event(
            "episode",
            day(row["on"]),
            f"Is it helping? {row['way']}",
            href=reverse("episode", args=[row["episode"]]),
            who=row["by"],
            text=text,
            reading=(("In their words", row["words"]),) if row["words"] else (),
        )

    return Question(rows, fields | {"by": F("by__display_name")}, says)


def _waits(scope, family):
    rows = InterventionWait.objects.visible_to(scope).filter(episode__family=family)
    fields = {"episode": "episode_id", "way": "intervention__name", "since": "since"}
    words = dict(WAIT_ENDS)

    def says(row):
        href = reverse("episode", args=[row["episode"]])
        yield Event("episode", day(row["since"]), f"Waiting for {row['way']}", href=href)
        if row["ended"]:
            title, why = f"No longer waiting for {row['way']}", f"{words[row['how']]}. {row['why']}".strip()
            yield Event("episode", day(row["ended"]), title, href=href, text=why)

    return Question(rows, fields | {"ended": "closed_on", "how": "closed_as", "why": "closed_because"}, says)


def _goal_ends(scope, family):
    """How goals ended; that they were set is the episodes' to tell."""
    rows = Goal.objects.visible_to(scope).filter(episode__family=family).exclude(closed_on=None)
    fields = {"words": "words", "on": "closed_on", "how": "closed_as", "episode": "episode_id"}
    fields |= {"infant": "dyad__infant_id", "caregiver": "dyad__caregiver_id"}
    words = dict(GOAL_ENDS)

    def says(row):
        href, whose = reverse("episode", args=[row["episode"]]), about(row["infant"], row["caregiver"])
        title = f"Goal: {words[row['how']].lower()}"
        yield Event("goal", day(row["on"]), title, href=href, text=row["words"], people=whose)

    return Question(rows, fields, says)
