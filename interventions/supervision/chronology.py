"""What supervision adds to a family's chronology: what was decided about it, and when it was done."""

from interventions.supervision.models import CaseDecision
from pairs.access.asking import Question, day, moment
from pairs.families.chronology import Event


def questions(scope, family):
    """Decisions on the day of the session; nothing else of the session, which stays between staff."""
    rows = CaseDecision.objects.visible_to(scope).filter(family=family)
    fields = {"decision": "decision", "held_on": "session__held_on", "done_at": "done_at"}

    def says(row):
        text, who = row["decision"], row["owner"]
        yield Event("decision", day(row["held_on"]), "Decided in supervision", who=who, text=text)
        if row["done_at"]:
            yield Event("decision", moment(row["done_at"]), "Done as decided", who=who, text=text)

    return [Question(rows, fields | {"owner": "owner__display_name"}, says)]
