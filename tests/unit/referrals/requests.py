"""A referral to test with: as the action takes it, as the API does, and page by page."""

from datetime import timedelta

from django.utils import timezone

from pairs.service.models import Place
from referrals.actions import make_referral
from referrals.rules.replying import ReplyDraft

DUE = timezone.localdate() + timedelta(weeks=12)
BORN = timezone.localdate() - timedelta(weeks=9)
INFANT = {
    "given_name": "",
    "family_name": "",
    "estimated_due_date": DUE,
    "birth_date": None,
    "sex": "",
    "nhs_number": "",
    "ethnicity": "99",
}
CARER = {
    "given_name": "Mia",
    "family_name": "Example",
    "relationship": "mother",
    "main_carer": True,
    "pregnant": True,
    "lives_with": True,
    "birth_date": None,
    "phone": "01632 960001",
    "email": "",
    "address_lines": "1 Example Street",
    "postcode": "BB1 7AA",
    "language": "Urdu",
    "needs_interpreter": True,
    "ethnicity": "J",
}
FATHER = CARER | {"given_name": "Dan", "relationship": "father", "main_carer": False, "pregnant": False}

# What everybody hears, where a test is about something else.
REPLIES = (
    ReplyDraft(to="referrer", recipient="Hana Example", way="phone", text="We have decided, and rang you."),
    ReplyDraft(to="family", recipient="Mia Example", way="phone", text="We have decided, and rang you."),
)

PERMISSION = {"permission": "parent_agrees", "permission_reason": ""}
BABIES = {
    "infants-TOTAL_FORMS": "1",
    "infants-INITIAL_FORMS": "0",
    "infants-0-born": "unborn",
    "infants-0-estimated_due_date-day": str(DUE.day),
    "infants-0-estimated_due_date-month": str(DUE.month),
    "infants-0-estimated_due_date-year": str(DUE.year),
}
CARERS = {
    "caregivers-TOTAL_FORMS": "2",
    "caregivers-INITIAL_FORMS": "0",
    "caregivers-0-given_name": "Mia",
    "caregivers-0-relationship": "mother",
    "caregivers-0-main_carer": "on",
    "caregivers-0-pregnant": "on",
    "caregivers-0-lives_with": "yes",
    "caregivers-0-postcode": "bb17aa",
    "caregivers-1-given_name": "Dan",
    "caregivers-1-relationship": "father",
}
NOTICED = {
    "concerns": ["reading-cues"],
    "noticed": "Baby kicks when Dan sings.",
    "parent_says": "I can't picture him.",
    "hopes": "To look forward.",
    "place": "blackburn-with-darwen",
    "preferred_place": "home",
    "safe_contact": "Text first.",
}
PAGES = {"permission": PERMISSION, "babies": BABIES, "carers": CARERS, "noticed": NOTICED}

JSON = {
    **PERMISSION,
    **NOTICED,
    "infants": [{"born": "unborn", "estimated_due_date": DUE.isoformat()}],
    "caregivers": [
        {"given_name": "Mia", "relationship": "mother", "main_carer": True, "pregnant": True},
        {"given_name": "Dan", "relationship": "father"},
    ],
}


def refer(by, *, infants=(INFANT,), caregivers=(CARER, FATHER), place="blackburn-with-darwen", **changes):
    """A referral made by the action."""
    details = PERMISSION | {
        key: NOTICED[key] for key in ("noticed", "parent_says", "hopes", "preferred_place")
    }
    details |= {"concerns": [], "safe_contact": "Text first.", "door": "professional"} | changes
    place = Place.objects.get(code=place)
    return make_referral(by=by, place=place, infants=list(infants), caregivers=list(caregivers), **details)
