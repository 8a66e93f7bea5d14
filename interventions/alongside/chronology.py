"""What work done with others adds to a family's chronology."""

from django.urls import reverse

from interventions.alongside.models import AskStep, JointWork, PeerLog, PeerSupport
from interventions.alongside.rules import HOW, WANTS
from pairs.access.asking import Question, day, moment
from pairs.families.chronology import Event, about, in_sight


def questions(scope, family):
    """Joint work, peer supporters with their log, and what the hub was asked and answered."""
    return [_joint(scope, family), _links(scope, family), _log(scope, family), _asks(scope, family)]


def _joint(scope, family):
    rows = JointWork.objects.visible_to(scope).filter(family=family)
    fields = {"member": "member__name", "who": "who", "we": "we_do", "they": "they_do", "since": "since"}
    fields |= {"ended_on": "ended_on", "why": "ended_because", "by": "recorded_by__display_name"}
    fields |= {"ended_by": "ended_by__display_name"}
    href = reverse("joint-work", args=[family.pk])

    def says(row):
        party = row["member"] or row["who"]
        reading = (("What we do", row["we"]), ("What they do", row["they"]))
        title = f"Joint work with {party} began"
        yield Event("episode", day(row["since"]), title, href=href, who=row["by"], reading=reading)
        if row["ended_on"]:
            title, who = f"Joint work with {party} ended", row["ended_by"] or ""
            yield Event("episode", day(row["ended_on"]), title, href=href, who=who, text=row["why"])

    return Question(rows, fields, says)


def _links(scope, family):
    rows = in_sight(PeerSupport.objects.visible_to(scope).filter(family=family), "caregiver")
    fields = {"supporter": "supporter__display_name", "caregiver": "caregiver_id", "why": "why"}
    fields |= {"at": "linked_at", "by": "linked_by__display_name", "ended_at": "ended_at"}
    fields |= {"ended_by": "ended_by__display_name", "ended_why": "ended_because"}
    href = reverse("peer-support", args=[family.pk])

    def says(row):
        people, title = about(row["caregiver"]), f"{row['supporter']} linked as a peer supporter"
        yield Event(
            "episode", moment(row["at"]), title, href=href, who=row["by"], text=row["why"], people=people
        )
        if row["ended_at"]:
            title, who = f"Peer support by {row['supporter']} ended", row["ended_by"] or ""
            at, text = moment(row["ended_at"]), row["ended_why"]
            yield Event("episode", at, title, href=href, who=who, text=text, people=people)

    return Question(rows, fields, says)


def _log(scope, family):
    rows = in_sight(PeerLog.objects.visible_to(scope).filter(support__family=family), "support__caregiver")
    fields = {"day": "day", "how": "how", "minutes": "minutes", "who": "who", "line": "line"}
    fields |= {"by": "support__supporter__display_name", "caregiver": "support__caregiver_id"}
    words, href = dict(HOW), reverse("peer-support", args=[family.pk])

    def says(row):
        title = f"Peer supporter: {words[row['how']].lower()}, {row['minutes']} minutes, {row['who']}"
        whose = about(row["caregiver"])
        yield Event(
            "contact", day(row["day"]), title, href=href, who=row["by"], text=row["line"], people=whose
        )

    return Question(rows, fields, says)


def _asks(scope, family):
    rows = AskStep.objects.visible_to(scope).filter(ask__family=family)
    fields = {"ask": "ask_id", "reference": "ask__reference", "wants": "ask__wants", "status": "status"}
    fields |= {"question": "ask__question", "words": "words", "at": "at", "by": "by__display_name"}
    wants = dict(WANTS)
    titles = {
        "asked": "The hub was asked",
        "taken": "The hub took this on",
        "answered": "The hub answered",
        "declined": "The hub declined",
        "ended": "Asking the hub ended",
    }

    def says(row):
        title = f"{titles[row['status']]}: {wants[row['wants']].lower()} ({row['reference']})"
        words = row["question"] if row["status"] == "asked" else row["words"]
        reading = (("The words", words),) if words else ()
        href = reverse("ask", args=[row["ask"]])
        yield Event("decision", moment(row["at"]), title, href=href, who=row["by"], reading=reading)

    return Question(rows, fields, says)
