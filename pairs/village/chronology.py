"""What the village adds to a family's chronology: what may be told and what may not, and the letters that went out."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse

from pairs.access.asking import Question, day, moment, name_of
from pairs.families.chronology import Event, about, in_sight
from pairs.village.models import DisclosureLimit, Letter, LetterAbout, SharingAgreement
from pairs.village.rules import WAYS_SENT, WHAT


def questions(scope, family):
    """Agreements, limits, and letters once they are signed; never what an address is."""
    return [_agreements(scope, family), _limits(scope, family), _letters(scope, family)]


def _agreements(scope, family):
    rows = in_sight(SharingAgreement.objects.visible_to(scope), "member", "agreed_by").filter(family=family)
    parties = {"member": "member__name", "team": "team__name", "agency": "agency"}
    agreed = {"on": "agreed_on", "at": "created_at", "what": "what", "parent": name_of("agreed_by")}
    withdrawn = {"withdrawn_on": "withdrawn_on", "because": "withdrawn_because"}
    by = {"by": "recorded_by__display_name", "withdrawn_by": "withdrawn_by__display_name"}
    href = reverse("sharing", args=[family.pk])

    def says(row):
        party = row["member"] or row["team"] or row["agency"]
        title = f"Sharing with {party} agreed" if row["on"] else f"Sharing with {party} without agreement"
        on = day(row["on"]) or moment(row["at"])
        yield Event("letter", on, title, href, row["by"], _agreed_words(row))
        if row["withdrawn_on"]:
            gone, who, because = day(row["withdrawn_on"]), row["withdrawn_by"], row["because"]
            yield Event("letter", gone, f"Sharing with {party} withdrawn", href, who, because)

    return Question(rows, parties | agreed | withdrawn | by, says)


def _agreed_words(row):
    """What it covers, and who agreed to it."""
    covers = ", ".join(words for code, words in WHAT if code in row["what"])
    return f"{covers}. Agreed by {row['parent']}" if row["parent"] else covers


def _limits(scope, family):
    named = ("infant", "caregiver", "member", "address", "address__infant", "address__caregiver")
    rows = in_sight(
        DisclosureLimit.objects.visible_to(scope), *named, "not_to_caregiver", "not_to_member"
    ).filter(family=family)
    to = {"carer": name_of("not_to_caregiver"), "member": "not_to_member__name", "name": "not_to_name"}
    fields = {"reason": "reason", "since": "since", "until": "until", "because": "ended_because"}
    fields |= {"infant": "infant_id", "caregiver": "caregiver_id", "by": "recorded_by__display_name"}
    href = reverse("sharing", args=[family.pk])

    def says(row):
        not_to = row["carer"] or row["member"] or row["name"] or "a carer, name not recorded"
        whose, title = about(row["infant"], row["caregiver"]), f"Not to be told to {not_to}"
        since = day(row["since"])
        yield Event("letter", since, f"{title}: from this day", href, row["by"], row["reason"], people=whose)
        if row["until"]:
            until, because = day(row["until"]), row["because"]
            yield Event("letter", until, f"{title}: until this day", href, text=because, people=whose)

    return Question(rows, fields | to, says)


def _letters(scope, family):
    rows = in_sight(Letter.objects.visible_to(scope), "to_caregiver", "to_member").filter(family=family)
    children = LetterAbout.objects.filter(letter=OuterRef("pk")).order_by("infant").values("infant")
    to = {"carer": name_of("to_caregiver"), "member": "to_member__name", "user": "to_user__display_name"}
    fields = {"id": "id", "signed_at": "signed_at", "signed_by": "signed_by__display_name"}
    fields |= {"sent_on": "sent_on", "how": "sent_how", "sent_by": "sent_by__display_name"}

    def says(row):
        href, whose = reverse("letter", args=[row["id"]]), about(*row["children"])
        title = f"Letter to {row['carer'] or row['member'] or row['user'] or 'a carer'}"
        signed, by = moment(row["signed_at"]), row["signed_by"]
        yield Event("letter", signed, f"{title} signed", href, by, people=whose)
        if row["sent_on"]:
            on, by, how = day(row["sent_on"]), row["sent_by"], dict(WAYS_SENT)[row["how"]]
            yield Event("letter", on, f"{title} sent", href, by, how, people=whose)

    return Question(rows.exclude(signed_at=None), fields | to | {"children": ArraySubquery(children)}, says)
