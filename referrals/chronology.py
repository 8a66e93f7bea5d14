"""What referrals add to a family's chronology: each as it came, and every step after that."""

from django.urls import reverse

from pairs.access.asking import Question, moment
from pairs.families.chronology import Event
from referrals.models import Referral, ReferralStatus
from referrals.rules.words import STATUSES


def questions(scope, family):
    """Received, with who referred; then each step with its reason."""
    return [_received(scope, family), _steps(scope, family)]


def _received(scope, family):
    rows = Referral.objects.visible_to(scope).filter(family=family)
    fields = {"id": "id", "reference": "reference", "at": "received_at", "door": "door"}
    fields |= {"by": "referrer__display_name", "noticed": "noticed", "says": "parent_says"}
    doors = dict(Referral.DOORS)

    def says(row):
        said = (("What was noticed", row["noticed"]), ("In the parent's words", row["says"]))
        yield Event(
            "referral",
            moment(row["at"]),
            f"Referral {row['reference']} received",
            href=reverse("referral", args=[row["id"]]),
            who=row["by"] or "",
            text=doors[row["door"]],
            reading=tuple(each for each in said if each[1]),
        )

    return Question(rows, fields, says)


def _steps(scope, family):
    rows = ReferralStatus.objects.visible_to(scope).filter(referral__family=family)
    fields = {"id": "referral_id", "reference": "referral__reference", "at": "at", "status": "status"}
    fields |= {"by": "by__display_name", "reason": "reason", "destination": "destination"}
    words = dict(STATUSES)

    def says(row):
        yield Event(
            "referral",
            moment(row["at"]),
            f"Referral {row['reference']}: {words[row['status']].lower()}",
            href=reverse("referral", args=[row["id"]]),
            who=row["by"] or "",
            text=". ".join(filter(None, [row["reason"], row["destination"]])),
        )

    return Question(rows.exclude(status="received"), fields, says)
