"""A status, a concern and a caution to test with, made through the app's own actions."""

from datetime import timedelta

from django.utils import timezone

from pairs.families.choices import CautionKind
from pairs.safeguarding.actions import record_caution, record_concern, record_status


def make_status(family, by, person=None, *, kind="protection_plan", days_ago=30, **other):
    """A status of the family's first infant, or of the person given."""
    categories = ["neglect"] if kind == "protection_plan" else []
    return record_status(
        family=family,
        person=person or family.infants.order_by("twin_order").first(),
        kind=kind,
        since=timezone.localdate() - timedelta(days=days_ago),
        categories=categories,
        by=by,
        **other,
    )


def make_concern(family, by, person=None, **changed):
    """A concern about the whole family unless a person is given: referred, agreed, to be asked about today."""
    said = {
        "what": "A bruise on the left cheek",
        "noticed_on": timezone.localdate(),
        "told": "Social care, at noon",
        "decision": "referred",
        "why": "A baby who does not crawl",
        "family_told": "agreed",
        "without_agreement": "",
        "chase_by": timezone.localdate(),
    }
    return record_concern(family=family, person=person, by=by, **said | changed)


def keep_apart(family, by, person, *, kept_from=None, kept_from_name="", **other):
    """Two people to be kept apart since yesterday."""
    known = {"court_order": "", "what": "An order of the family court", "what_to_do": "See them on two days"}
    return record_caution(
        family=family,
        kind=CautionKind.KEEP_APART,
        person=person,
        kept_from=kept_from,
        kept_from_name=kept_from_name,
        since=timezone.localdate() - timedelta(days=1),
        by=by,
        **known | other,
    )
