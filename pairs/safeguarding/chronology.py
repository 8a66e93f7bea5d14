"""What safeguarding adds to a family's chronology: each status from its first day, and concerns with their steps."""

from django.urls import reverse

from pairs.access.asking import Question, day, moment, name_of
from pairs.families.chronology import Event, about
from pairs.safeguarding.models import ConcernStep, SafeguardingConcern, SafeguardingStatus
from pairs.safeguarding.rules import CATEGORIES, DECISIONS, KINDS, STEPS

OF_A_STATUS = {"infant": "infant_id", "caregiver": "caregiver_id"}


def questions(scope, family):
    """Statuses, concerns, and what came after each. Cautions are said by families, whose rows they are."""
    return [_statuses(scope, family), _concerns(scope, family), _steps(scope, family)]


def _statuses(scope, family):
    rows = SafeguardingStatus.objects.visible_to(scope).filter(family=family)
    names = {"infant_name": name_of("infant"), "carer_name": name_of("caregiver"), "child": "child__name"}
    fields = {"kind": "kind", "categories": "categories", "order": "court_order"}
    href = reverse("safeguarding", args=[family.pk])
    fields |= {"recorded_by": "recorded_by__display_name"}
    spans = {"since": "since", "until": "until", "because": "ended_because"}

    def says(row):
        whose, who = about(row["infant"], row["caregiver"]), row["recorded_by"]
        title, text = f"{_name(row)}: {dict(KINDS)[row['kind']]}", _more(row)
        yield Event(
            "safeguarding", day(row["since"]), f"{title}, from this day", href, who, text, people=whose
        )
        if row["until"]:
            ended, because = f"{title}, ended", row["because"]
            yield Event("safeguarding", day(row["until"]), ended, href, text=because, people=whose)

    return Question(rows, fields | names | spans | OF_A_STATUS, says)


def _name(row):
    return row["infant_name"] or row["carer_name"] or row["child"] or "Not yet named"


def _more(row):
    """The categories of a plan, or the order in its words."""
    names = dict(CATEGORIES)
    return row["order"] or ", ".join(names.get(each, each) for each in row["categories"])


def _concerns(scope, family):
    rows = SafeguardingConcern.objects.visible_to(scope).filter(family=family)
    fields = {"id": "id", "on": "noticed_on", "what": "what", "told": "told", "why": "why"}
    fields |= {"decision": "decision", "by": "recorded_by__display_name"}

    def says(row):
        said = (("What was seen or heard", row["what"]), ("Who was told", row["told"]), ("Why", row["why"]))
        yield Event(
            "safeguarding",
            day(row["on"]),
            "Safeguarding concern",
            href=reverse("safeguarding-concern", args=[row["id"]]),
            who=row["by"],
            text=dict(DECISIONS)[row["decision"]],
            reading=tuple(each for each in said if each[1]),
            people=about(row["infant"], row["caregiver"]),
        )

    return Question(rows, fields | OF_A_STATUS, says)


def _steps(scope, family):
    """Of concerns in sight only: a step stands or falls with its concern."""
    concerns = SafeguardingConcern.objects.visible_to(scope).filter(family=family)
    rows = ConcernStep.objects.visible_to(scope).filter(concern__in=concerns)
    fields = {"id": "concern_id", "at": "at", "kind": "kind", "text": "text", "to_whom": "to_whom"}
    whose = {name: f"concern__{path}" for name, path in OF_A_STATUS.items()}

    def says(row):
        to_whom = f" (to {row['to_whom']})" if row["to_whom"] else ""
        yield Event(
            "safeguarding",
            moment(row["at"]),
            f"Safeguarding concern: {dict(STEPS)[row['kind']].lower()}{to_whom}",
            href=reverse("safeguarding-concern", args=[row["id"]]),
            who=row["by"],
            reading=((dict(STEPS)[row["kind"]], row["text"]),),
            people=about(row["infant"], row["caregiver"]),
        )

    return Question(rows, fields | whose | {"by": "by__display_name"}, says)
