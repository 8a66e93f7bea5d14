"""Summary lists of a referral or consultation, from a draft or a saved record, for staff or for the asker."""

from typing import Any

from django.utils import timezone

from pairs.code_lists.reference import ETHNIC_CATEGORIES
from pairs.families.safe_contact import describe_safe_contact
from pairs.service.models import User
from pairs.village.disclosure_facts import load_shared_with_referrer
from pairs.web.formats import format_day, format_day_and_time
from referrals.models import Concern, Consultation, Referral, ReferredCaregiver, ReferredInfant
from referrals.rules.choices import DISTRICT_NOT_STATED, PREFERRED_PLACES, ConsultationStatus


def load_agreements(user: User, referrals: Any) -> dict:
    """{family: what it agreed this referrer may be told, or None}: three queries, whatever the length of the list."""
    families = {referral.family_id for referral in referrals} - {None}
    return load_shared_with_referrer(user, families, timezone.localdate()) if families else {}


def summarise_referral(referral: Any) -> dict:
    """Summary of a saved referral with its people prefetched."""
    return _build_summary(
        referral, list(referral.infants.all()), list(referral.caregivers.all()), list(referral.concerns.all())
    )


def summarise_draft(details: dict) -> dict:
    """The same summary from the keyword arguments of make_referral."""
    details = dict(details)
    infants, carers = details.pop("infants"), details.pop("caregivers")
    concerns = list(details.pop("concerns"))
    where = {"place": details.pop("place")} if details.get("place") else {"place_assumed": True}
    details.pop("place", None)
    return _build_summary(
        Referral(**details, **where),
        [ReferredInfant(**each) for each in infants],
        [ReferredCaregiver(**each) for each in carers],
        concerns,
    )


def _build_summary(
    referral: Referral,
    infants: list[ReferredInfant],
    carers: list[ReferredCaregiver],
    concerns: list[Concern],
) -> dict[str, list[Any]]:
    return {
        "permission": _build_permission_rows(referral),
        "infants": [(infant.shown_name or "Not yet named", _build_infant_rows(infant)) for infant in infants],
        "carers": [
            (carer.name or "Name not known", _build_carer_rows(carer, referral.safe_contact))
            for carer in carers
        ],
        "noticed": _build_noticed_rows(referral, concerns),
        "meeting": _build_meeting_rows(referral),
        "asker": _build_asker_rows(referral),
    }


def _build_permission_rows(referral: Referral) -> list[dict[str, str]]:
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


def _build_infant_rows(infant: ReferredInfant) -> list[dict[str, str]]:
    born = infant.birth_date
    when = f"Born {format_day(born)}" if born else f"Due {format_day(infant.estimated_due_date)}"
    lost = f"{infant.get_loss_display()}, {format_day(infant.lost_on)}" if infant.lost_on else ""
    return [
        {"key": "Born or due", "value": when},
        *([{"key": "This baby has died", "value": lost}] if lost else []),
        {"key": "Babies of this birth", "value": _describe_twin(infant), "missing": "Not stated"},
        {"key": "Sex", "value": infant.get_sex_display()},
        {"key": "NHS number", "value": infant.nhs_number or "", "missing": "Not yet known"},
        {"key": "Ethnic background", "value": _describe_ethnicity(infant)},
    ]


def _describe_twin(infant: ReferredInfant) -> str:
    if infant.plurality is None:
        return ""
    order = f"; this is number {infant.twin_order}" if infant.twin_order and infant.plurality > 1 else ""
    return f"{infant.plurality}{order}"


def _build_carer_rows(carer: ReferredCaregiver, said: str) -> list[dict[str, Any]]:
    """``said`` of safe contact for the whole referral: it may be about any of the numbers, so it stands by each."""
    marks = [("main carer", carer.main_carer), ("is or was pregnant with the baby", carer.pregnant)]
    lives = {True: "lives with the baby", False: "lives apart from the baby", None: ""}[carer.lives_with]
    named = [carer.get_relationship_display(), *(text for text, holds in marks if holds), lives]
    language = carer.language + (", with an interpreter" if carer.needs_interpreter else "")
    return [
        {"key": "Relationship", "value": ", ".join(filter(None, named))},
        {"key": "Date of birth", "value": format_day(carer.birth_date), "missing": "Not recorded"},
        {"key": "NHS number", "value": carer.nhs_number or "", "missing": "Not known"},
        {
            "key": "Phone",
            "value": list(filter(None, (carer.phone, carer.phone and said))),
            "missing": "Not recorded",
        },
        {"key": "E-mail", "value": carer.email, "missing": "Not recorded"},
        {"key": "Address", "value": _list_address_lines(carer), "missing": "Not recorded"},
        {"key": "Language", "value": language.removeprefix(", "), "missing": "Not recorded"},
        {"key": "Safe contact", "value": describe_safe_contact(carer, said="").sentence},
        {"key": "Communication", "value": carer.communication_needs, "missing": "Not recorded"},
        {"key": "Access", "value": carer.access_needs, "missing": "Not recorded"},
        {"key": "Ethnic background", "value": _describe_ethnicity(carer)},
    ]


def _list_address_lines(carer: ReferredCaregiver) -> list[str]:
    return [line for line in [*carer.address_lines.splitlines(), carer.postcode] if line]


def _describe_ethnicity(person: ReferredCaregiver | ReferredInfant) -> str:
    return dict(ETHNIC_CATEGORIES)[person.ethnicity]


def _build_noticed_rows(referral: Referral, concerns: list[Any]) -> list[dict[str, Any]]:
    return [
        {"key": "Concerns", "value": [str(concern) for concern in concerns], "missing": "None chosen"},
        {"key": "Noticed", "value": referral.noticed.splitlines()},
        {"key": "The parent says", "value": referral.parent_says.splitlines(), "missing": "Not recorded"},
        {"key": "Hopes", "value": referral.hopes.splitlines(), "missing": "Not recorded"},
    ]


def _build_meeting_rows(referral: Referral) -> list[dict[str, Any]]:
    return [
        {"key": "District", "value": describe_district(referral)},
        {"key": "At home", "value": referral.at_home.splitlines(), "missing": "Not recorded"},
        {"key": "Who else is involved", "value": referral.others_involved.splitlines(), "missing": "Not recorded"},
        {"key": "Likes to meet", "value": dict(PREFERRED_PLACES).get(referral.preferred_place, "")},
        {"key": "Comes along", "value": referral.who_comes, "missing": "Not recorded"},
        {"key": "Good times", "value": referral.best_times, "missing": "Not recorded"},
        {"key": "Do not contact", "value": referral.unsafe_times, "missing": "Not recorded"},
        {"key": "Said about safe contact", "value": referral.safe_contact, "missing": "Not recorded"},
        {"key": "First visit", "value": "The referrer would like to come" if referral.first_visit_together else "",
         "missing": "Joint first visit: not requested"},
    ]  # fmt: skip


def describe_district(referral: Any) -> str:
    """The district; where nobody said it, that it is not stated and whose own stands in, so that triage asks.

    Of a referral or a consultation.
    """
    if referral.known_place:
        return str(referral.known_place)
    return f"{DISTRICT_NOT_STATED} ({referral.site} assumed)" if referral.site_id else DISTRICT_NOT_STATED


def _build_asker_rows(referral: Any) -> list[Any]:
    """Who asks, as far as they said it: nothing at all for an account that added nothing."""
    how = [referral.asker_phone, referral.asker_email]
    rows = [
        {"key": "Name", "value": referral.asker_name},
        {"key": "Role", "value": referral.asker_role},
        {"key": "Professional group", "value": referral.get_asker_group_display()},
        {"key": "Organisation", "value": referral.asker_organisation},
        {"key": "Contact details", "value": [line for line in how if line]},
    ]
    return [row for row in rows if row["value"]]


def build_consultation_rows(consultation: Consultation) -> list[dict]:
    """What was asked for, and what came of it: rows for the team."""
    asker = consultation.asker_name or str(consultation.asked_by or "")
    group = [
        consultation.asker_role or consultation.get_asker_group_display(),
        consultation.asker_organisation,
    ]
    how = [line for line in (consultation.asker_phone, consultation.asker_email) if line]
    return [
        {"key": "Asked by", "value": [asker, *filter(None, group)]},
        {"key": "How it came about", "value": consultation.get_came_by_display()},
        {"key": "Contact details", "value": how, "missing": _describe_missing_contact(consultation)},
        {"key": "District", "value": describe_district(consultation)},
        {"key": "The family", "value": consultation.who if consultation.named else "Stays unnamed"},
        *_build_consent_rows(consultation),
        {"key": "To think about", "value": consultation.about.splitlines()},
        {"key": "Good times", "value": consultation.best_times, "missing": "Not stated"},
        *_build_outcome_rows(consultation),
        *_build_later_rows(consultation),
    ]


def _describe_missing_contact(consultation: Consultation) -> str:
    return "Through their account" if consultation.asked_by_id else "Not recorded"


def _build_later_rows(consultation: Consultation) -> list[dict[str, Any]]:
    """For the team alone: who else took part, and what happened next."""
    if consultation.status != ConsultationStatus.HELD:
        return []
    others = [str(each) for each in consultation.professionals.all()]
    asked_on = consultation.follow_up_on
    later = f"To be asked on {format_day(asked_on)}" if asked_on else "Not recorded"
    return [
        {"key": "Others who took part", "value": others, "missing": "No one else"},
        {"key": "What happened next", "value": consultation.happened_next.splitlines(), "missing": later},
    ]


def _build_consent_rows(consultation: Consultation) -> list[Any]:
    if not consultation.named:
        return []
    said = [consultation.get_permission_display(), consultation.permission_reason]
    return [{"key": "Permission", "value": [line for line in said if line]}]


def _build_outcome_rows(consultation: Any) -> list[dict[str, str]]:
    """When and with whom; once it was held, what we thought together."""
    arranged = consultation.arranged_for
    rows = [
        {"key": "With", "value": str(consultation.clinician or ""), "missing": "Not arranged yet"},
        {
            "key": "When",
            "value": format_day_and_time(arranged) if arranged else "",
            "missing": "Not arranged yet",
        },
    ]
    if consultation.status != ConsultationStatus.HELD:
        return rows
    how_long = f"{format_day(consultation.held_on)}, {consultation.minutes} minutes"
    return [
        rows[0],
        {"key": "Held", "value": how_long},
        {"key": "Consultation summary", "value": consultation.thoughts.splitlines()},
        {"key": "Agreed", "value": consultation.agreed.splitlines()},
        {"key": "Outcome", "value": consultation.get_outcome_display()},
    ]


def summarise_for_asker(consultation: Consultation, *, mine: bool) -> dict:
    """To whoever asked: their words, when and with whom, once held what we thought; to their team, the status."""
    reasons = [
        step.reason for step in consultation.steps.all() if step.status == ConsultationStatus.WITHDRAWN
    ]
    own = [
        {"key": "To think about", "value": consultation.about.splitlines()},
        *_build_outcome_rows(consultation),
        *({"key": "Why it did not take place", "value": reason} for reason in reasons),
    ]
    return {
        "reference": consultation.reference,
        "status": consultation.status,
        "asked": consultation.asked_at,
        "rows": own if mine else [],
        "may_refer": mine
        and consultation.referral_id is None
        and consultation.status != ConsultationStatus.WITHDRAWN,
    }
