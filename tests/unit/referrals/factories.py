"""A referral to test with: as the action takes it, as the API does, and page by page."""

from datetime import timedelta

from django.utils import timezone

from pairs.service.models import Place
from referrals.actions import make_referral
from referrals.recipients import list_recipients_owed
from referrals.rules.replies import ReplyDraft

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

# Everybody's replies, where a test is about something else.
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
    "caregivers-0-may_text": "yes",
    "caregivers-0-may_call": "no",
    "caregivers-0-language": "Urdu",
    "caregivers-0-needs_interpreter": "on",
    "caregivers-0-communication_needs": "Easy words",
    "caregivers-0-access_needs": "No stairs",
    "caregivers-1-given_name": "Dan",
    "caregivers-1-relationship": "father",
}
NOTICED = {
    "concerns": ["reading-cues"],
    "noticed": "Baby kicks when Dan sings.",
    "parent_says": "I can't picture him.",
    "hopes": "To look forward.",
}
INVOLVED = {
    "place": "blackburn-with-darwen",
    "at_home": "Mia, Dan and a cat.",
    "others_involved": "Her midwife, Zara.",
    "preferred_place": "home",
    "who_comes": "Dan's mum",
    "best_times": "Mornings",
    "unsafe_times": "After six",
    "safe_contact": "Text first.",
    "first_visit_together": "on",
    "asker_name": "Helen Visitor",
    "asker_role": "Health visitor",
    "asker_group": "health_visitor",
    "asker_organisation": "Example Community Trust",
    "asker_phone": "01632 960009",
}
DRAFT_PAGES = {
    "permission": PERMISSION,
    "babies": BABIES,
    "carers": CARERS,
    "noticed": NOTICED,
    "involved": INVOLVED,
}

REFERRAL_JSON = {
    **PERMISSION,
    **NOTICED,
    **INVOLVED,
    "first_visit_together": True,
    "infants": [{"born": "unborn", "estimated_due_date": DUE.isoformat()}],
    "caregivers": [
        {
            "given_name": "Mia",
            "relationship": "mother",
            "main_carer": True,
            "pregnant": True,
            "lives_with": "yes",
            "postcode": "BB1 7AA",
            "may_text": True,
            "may_call": False,
            "language": "Urdu",
            "needs_interpreter": True,
            "communication_needs": "Easy words",
            "access_needs": "No stairs",
        },
        {"given_name": "Dan", "relationship": "father"},
    ],
}


def make_test_referral(
    by, *, infants=(INFANT,), caregivers=(CARER, FATHER), place="blackburn-with-darwen", **changes
):
    """A referral made by the action."""
    details = PERMISSION | {
        key: (NOTICED | INVOLVED)[key] for key in ("noticed", "parent_says", "hopes", "preferred_place")
    }
    details |= {"concerns": [], "safe_contact": "Text first.", "entry_point": "professional"} | changes
    place = Place.objects.get(code=place)
    return make_referral(by=by, place=place, infants=list(infants), caregivers=list(caregivers), **details)


def build_decision_post(referral, *, who=None, **changes):
    """The decision page as it is posted: direct work, everybody new (or as ``who`` says), all phoned."""
    posted = {
        "response": "direct",
        "site": referral.site.code,
        "thrive": "help",
        "thrive_reason": "Time together",
    }
    people = [*referral.infants.live(), *referral.caregivers.live()]
    posted |= {"matches-TOTAL_FORMS": len(people), "matches-INITIAL_FORMS": len(people)}
    for number, person in enumerate(people):
        said = (who or {}).get(person.pk, "new")
        posted |= {f"matches-{number}-named": str(person.pk), f"matches-{number}-held": said}
    told = list_recipients_owed(referral)
    posted |= {"replies-TOTAL_FORMS": len(told), "replies-INITIAL_FORMS": len(told)}
    for number, to in enumerate(told):
        said = {
            "to": to,
            "way": "phone",
            "recipient": "Mia Example",
            "text": "We have decided, and rang you.",
        }
        posted |= {f"replies-{number}-{name}": value for name, value in said.items()}
    return posted | changes
