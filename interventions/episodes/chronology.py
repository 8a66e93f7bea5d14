"""What the work adds to a family's chronology: episodes, contacts with who came and what was signed, goals."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.contact_rules import described, is_late
from interventions.episodes.models import (
    CareContact,
    ContactColleague,
    Episode,
    Goal,
    NotePart,
    Participant,
    contact_title,
)
from interventions.episodes.rules import ATTENDANCES, ENDING_REASONS, LOCATIONS, MECHANISMS, NOTE_PARTS
from pairs.access.asking import Question, day, moment, name_of, name_of_user
from pairs.families.chronology import Event, about

PER_PAGE = 20  # contacts on an episode's page


def questions(scope, family):
    """Episodes, care contacts, goals."""
    return [_episodes(scope, family), _contacts(scope, family), _goals(scope, family)]


def _episodes(scope, family):
    rows = Episode.objects.visible_to(scope).filter(family=family)
    fields = {"id": "id", "opened": "opened_on", "ended": "ended_on", "lead": "lead__display_name"}
    fields |= {"reason": "ending_reason", "summary": "ending_summary", "next": "held_next_by"}
    reasons = dict(ENDING_REASONS)

    def says(row):
        href = reverse("episode", args=[row["id"]])
        yield Event("episode", day(row["opened"]), "Episode opened", href=href, who=row["lead"])
        if row["ended"]:
            told = (("What has changed", row["summary"]), ("Held next by", row["next"]))
            reading = tuple(each for each in told if each[1])
            text = reasons[row["reason"]]
            yield Event("episode", day(row["ended"]), "Episode ended", href=href, text=text, reading=reading)

    return Question(rows, fields, says)


def _contacts(scope, family):
    rows = CareContact.objects.visible_to(scope).filter(episode__family=family)
    fields = {"id": "id", "at": "starts_at", "how": "mechanism", "where": "location", "minutes": "minutes"}
    fields |= {"by": "practitioner__display_name", "came": came(), "notes": _signed()}
    fields |= {"kind": "kind", "with": spoken_with(), "written": "created_at"}
    parts = dict(NOTE_PARTS)

    def says(row):
        yield Event(
            "contact",
            moment(row["at"]),
            _title(row),
            href=reverse("care-contact", args=[row["id"]]),
            who=row["by"],
            text=who_was_there(row),
            reading=tuple((parts[note["part"]], note["text"]) for note in row["notes"]),
            people=about(*(each["infant"] or each["caregiver"] for each in row["came"])),
        )

    return Question(rows, fields, says)


def _title(row):
    how, where = dict(MECHANISMS)[row["how"]], dict(LOCATIONS)[row["where"]]
    what = (
        f"{how}, {where.lower()}"
        if row["kind"] == "family"
        else contact_title(row["kind"], row["how"], "X01")
    )
    length = f", {row['minutes']} minutes" if row["kind"] != "message" else ""
    return f"{what}{length}{late_mark(row)}"


def contacts_on_page(episode, number):
    """A page of an episode's contacts, the newest first, by the id of an episode that was fetched in scope."""
    start = (number - 1) * PER_PAGE
    rows = CareContact.objects.live().filter(episode=episode).newest_first()[start : start + PER_PAGE]
    fields = {"id": "id", "at": "starts_at", "kind": "kind", "how": "mechanism", "where": "location"}
    fields |= {
        "by": name_of_user("practitioner"),
        "signed_at": "signed_at",
        "came": came(),
        "with": spoken_with(),
    }
    return Question(rows, fields, _shown_contact)


def _shown_contact(row):
    title = contact_title(row["kind"], row["how"], row["where"])
    shown = {
        "id": row["id"],
        "at": moment(row["at"]),
        "title": title,
        "by": row["by"],
        "came": who_was_there(row),
    }
    yield shown | {"draft": not row["signed_at"]}


def late_mark(row):
    """ "The mark of a late entry where a contact was written up late, by the local rule; '' else."""
    ended = moment(row["at"]) + timedelta(minutes=row["minutes"])
    written = moment(row["written"])
    late = is_late(ended_at=ended, written_at=written, hours=settings.LATE_ENTRY_HOURS)
    return f" (late entry, written {timezone.localtime(written):%-d %B %Y})" if late else ""


def who_was_there(row):
    """Of a contact's row: who came and who did not; and who else was there, or was spoken with."""
    who = [who_came(row["came"], message=row["kind"] == "message")] if row["came"] else []
    return "; ".join([*who, *(f"with {_colleague(each)}" for each in row["with"])])


def _colleague(each):
    return each.pop("user") or described(**each)


def spoken_with():
    """A care contact's colleagues as [{name, role, organisation, user}]."""
    rows = ContactColleague.objects.live().filter(care_contact=OuterRef("pk")).order_by("created_at", "id")
    names = {name: name for name in ("name", "role", "organisation")}
    return ArraySubquery(rows.values(row=JSONObject(user="user__display_name", **names)))


def came():
    """A care contact's participants as [{infant, caregiver, name, attendance}], infants first."""
    rows = Participant.objects.live().filter(care_contact=OuterRef("pk")).with_person()
    names = {"infant_name": name_of("infant"), "caregiver_name": name_of("caregiver")}
    return ArraySubquery(
        rows.values(
            row=JSONObject(infant="infant_id", caregiver="caregiver_id", attendance="attendance", **names)
        )
    )


def who_came(participants, *, message=False):
    """Each person expected and whether they came, in words; of a message, whom it was exchanged with."""
    words = dict(ATTENDANCES)
    if message:
        return "; ".join(_name(each) for each in participants)
    return "; ".join(f"{_name(each)}: {words[each['attendance']].lower()}" for each in participants)


def _name(participant):
    return participant["infant_name"] or participant["caregiver_name"] or "Not yet named"


def _signed():
    """The signed parts of a contact's note that stand: not those an amendment has taken the place of."""
    parts = NotePart.objects.live().filter(care_contact=OuterRef("pk"), signed_at__isnull=False)
    standing = parts.filter(amended_by=None).order_by("created_at")
    return ArraySubquery(standing.values(row=JSONObject(part="part", text="text")))


def _goals(scope, family):
    rows = Goal.objects.visible_to(scope).filter(episode__family=family)
    fields = {"words": "words", "set_on": "set_on", "dyad": "dyad_id", "episode": "episode_id"}
    fields |= {"infant": "dyad__infant_id", "caregiver": "dyad__caregiver_id"}

    def says(row):
        href, whose = reverse("episode", args=[row["episode"]]), about(row["infant"], row["caregiver"])
        yield Event("goal", day(row["set_on"]), "Goal set", href=href, text=row["words"], people=whose)

    return Question(rows, fields, says)
