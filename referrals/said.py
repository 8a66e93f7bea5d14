"""What was said in a referral, as rows of summary lists, from a draft or as it is kept; and what may be said back."""

from django.utils import timezone

from pairs.service.pages import day
from pairs.service.reference import ETHNIC_CATEGORIES
from pairs.village.known import shared_with
from referrals.models import Referral, ReferredCaregiver, ReferredInfant
from referrals.rules.words import PREFERRED_PLACES


def agreed_with(user, referrals) -> dict:
    """{family: what it agreed this referrer may be told, or None}: three queries, whatever the length of the list."""
    families = {referral.family_id for referral in referrals} - {None}
    return shared_with(user, families, timezone.localdate()) if families else {}


def said(referral) -> dict:
    """A kept referral with its people prefetched."""
    return _said(
        referral, list(referral.infants.all()), list(referral.caregivers.all()), list(referral.concerns.all())
    )


def said_so_far(details: dict) -> dict:
    """The same of what make_referral would be given."""
    details = dict(details)
    infants, carers = details.pop("infants"), details.pop("caregivers")
    concerns = list(details.pop("concerns"))
    return _said(
        Referral(**details),
        [ReferredInfant(**each) for each in infants],
        [ReferredCaregiver(**each) for each in carers],
        concerns,
    )


def _said(referral, infants, carers, concerns):
    return {
        "permission": _permission(referral),
        "infants": [(infant.name or "Not yet named", _infant(infant)) for infant in infants],
        "carers": [(carer.name or "Name not known", _carer(carer)) for carer in carers],
        "noticed": _noticed(referral, concerns),
    }


def _permission(referral):
    own = (
        [{"key": "Help for", "value": f"{referral.patient.name_or_role} themselves"}]
        if referral.patient
        else []
    )
    return [
        *own,
        {"key": "Permission", "value": referral.get_permission_display()},
        {"key": "Reason", "value": referral.permission_reason, "missing": "None needed"},
    ]


def _infant(infant):
    born = infant.birth_date
    when = f"Born {day(born)}" if born else f"Due {day(infant.estimated_due_date)}"
    return [
        {"key": "Born or due", "value": when},
        {"key": "Sex", "value": infant.get_sex_display()},
        {"key": "NHS number", "value": infant.nhs_number or "", "missing": "Not yet known"},
        {"key": "Ethnic background", "value": _ethnicity(infant)},
    ]


def _carer(carer):
    marks = [("main carer", carer.main_carer), ("is or was pregnant with the baby", carer.pregnant)]
    lives = {True: "lives with the baby", False: "lives apart from the baby", None: ""}[carer.lives_with]
    named = [carer.get_relationship_display(), *(text for text, holds in marks if holds), lives]
    language = carer.language + (", with an interpreter" if carer.needs_interpreter else "")
    return [
        {"key": "Relationship", "value": ", ".join(filter(None, named))},
        {"key": "Date of birth", "value": day(carer.birth_date), "missing": "Not recorded"},
        {"key": "Phone", "value": carer.phone, "missing": "Not recorded"},
        {"key": "E-mail", "value": carer.email, "missing": "Not recorded"},
        {"key": "Address", "value": _address(carer), "missing": "Not recorded"},
        {"key": "Language", "value": language.removeprefix(", "), "missing": "Not recorded"},
        {"key": "Ethnic background", "value": _ethnicity(carer)},
    ]


def _address(carer):
    return [line for line in [*carer.address_lines.splitlines(), carer.postcode] if line]


def _ethnicity(person):
    return dict(ETHNIC_CATEGORIES)[person.ethnicity]


def _noticed(referral, concerns):
    return [
        {"key": "Concerns", "value": [str(concern) for concern in concerns], "missing": "None chosen"},
        {"key": "Noticed", "value": referral.noticed.splitlines()},
        {"key": "The parent says", "value": referral.parent_says.splitlines(), "missing": "Not recorded"},
        {"key": "Hopes", "value": referral.hopes.splitlines(), "missing": "Not recorded"},
        {"key": "District", "value": str(referral.place)},
        {"key": "Likes to meet", "value": dict(PREFERRED_PLACES).get(referral.preferred_place, "")},
        {"key": "Safe contact", "value": referral.safe_contact, "missing": "Not recorded"},
    ]
