"""A consultation is asked for, arranged, held or taken back: each step a row, and whoever waits hears of it."""

from datetime import date, datetime
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from pairs.families.actions import holders, next_reference
from pairs.service.links import full_address
from pairs.service.models import Place, User
from pairs.service.refusals import Refused
from referrals.actions.doors import site_for
from referrals.models import Consultation, ConsultationStep, Referral
from referrals.rules.consulting import why_not_arranged, why_not_asked, why_not_held, why_not_step


@transaction.atomic
def ask_for_consultation(
    *,
    by: User,
    about: str,
    place: Place | None = None,
    named: bool = False,
    permission: str = "",
    permission_reason: str = "",
    who: str = "",
    best_times: str = "",
    referral: Referral | None = None,
    **asker: str,
) -> Consultation:
    """A professional would like to think with us, about a named or an unnamed family. Refused by field.

    ``referral``: one of theirs; the family is named then, on the ground it came with, at its own site and place.
    ``asker``: the asker_* columns, as far as they are known.
    """
    if referral:
        named, who = True, who or f"The family of {referral.reference}"
        permission, permission_reason = referral.permission, referral.permission_reason
    why = why_not_asked(
        about=about, named=named, permission=permission, permission_reason=permission_reason, who=who
    )
    if not (place or referral):
        why["place"] = "Choose the district."
    if why:
        raise Refused(why)
    now = timezone.now()
    consultation = Consultation.objects.create(
        reference=next_reference("C", timezone.localdate(now)),
        **_where(place, referral),
        asked_by=by,
        team=by.team,
        asked_at=now,
        named=named,
        permission=permission if named else "",
        permission_reason=permission_reason if named else "",
        who=who if named else "",
        about=about,
        best_times=best_times,
        **asker,
    )
    _step(consultation, "asked", by)
    for person in holders("triage_referrals", site=consultation.site):
        _tell(person, "A consultation is asked for", "Somebody would like to think with us", consultation)
    return consultation


def _where(place: Place | None, referral: Referral | None) -> dict[str, Any]:
    if referral:
        own = {"site": referral.site, "place": referral.place}
        return own | {"family": referral.family, "referral": referral}
    return {"site": site_for(place), "place": place}  # type: ignore[arg-type]


@transaction.atomic
def arrange_consultation(
    *, consultation: Consultation, clinician: User, at: datetime, by: User
) -> ConsultationStep:
    """Who thinks with them, and when. May be arranged anew."""
    _locked(consultation, "arranged")
    now = timezone.now()
    if why := why_not_arranged(at=at, now=now):
        raise Refused(why)
    consultation.change(status="arranged", clinician=clinician, arranged_for=at)
    for person in _others(by, consultation.asked_by, clinician):
        _tell(person, "A consultation is arranged", "See when and with whom", consultation)
    when = timezone.localtime(at)
    return _step(consultation, "arranged", by, reason=f"{clinician}, {when.day} {when:%B %Y at %H:%M}")


@transaction.atomic
def hold_consultation(
    *, consultation: Consultation, held_on: date, minutes: int, thoughts: str, outcome: str, by: User
) -> ConsultationStep:
    """It was held: what we thought together, which is theirs too, and what came of it."""
    held = _locked(consultation, "held")
    if why := why_not_held(
        held_on=held_on,
        asked_on=timezone.localdate(held.asked_at),
        on=timezone.localdate(),
        minutes=minutes,
        thoughts=thoughts,
        outcome=outcome,
    ):
        raise Refused(why)
    consultation.change(
        status="held",
        held_on=held_on,
        minutes=minutes,
        thoughts=thoughts,
        outcome=outcome,
        clinician=held.clinician or by,
    )
    if held.asked_by and held.asked_by != by:
        _tell(held.asked_by, "What we thought together", "It is written down for you", consultation)
    return _step(consultation, "held", by)


@transaction.atomic
def withdraw_consultation(*, consultation: Consultation, reason: str, by: User) -> ConsultationStep:
    """It is not needed any more, or cannot be held: with the reason, and whoever waited for it hears."""
    withdrawn = _locked(consultation, "withdrawn")
    if not reason.strip():
        raise Refused({"reason": "Say why, in a sentence."})
    consultation.change(status="withdrawn")
    for person in _others(by, withdrawn.asked_by, withdrawn.clinician):
        _tell(person, "A consultation does not take place", "See the reason", consultation)
    return _step(consultation, "withdrawn", by, reason=reason)


@transaction.atomic
def join_referral(*, consultation: Consultation, referral: Referral) -> None:
    """The family that was thought about has been referred: the two are joined, whichever is opened."""
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if locked.referral_id is None:
        consultation.change(referral=referral)


def _locked(consultation: Consultation, to: str) -> Consultation:
    locked = (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("asked_by", "clinician")
        .get(pk=consultation.pk)
    )
    if why := why_not_step(status=locked.status, to=to):
        raise Refused(why)
    return locked


def _step(consultation: Consultation, status: str, by: User, reason: str = "") -> ConsultationStep:
    return ConsultationStep.objects.create(
        consultation=consultation, status=status, at=timezone.now(), by=by, reason=reason
    )


def _others(by: User, *people: User | None) -> list[User]:
    """Those who hear of a step: everybody it concerns but whoever takes it, once each."""
    return list({person.pk: person for person in people if person and person != by}.values())


def _tell(person: User, subject: str, words: str, consultation: Consultation) -> None:
    """A reference and a link: nothing of what it is about leaves by e-mail."""
    if not (person.email and person.is_active):
        return
    link = full_address("consultation", consultation.pk)
    send_mail(
        f"{subject}: {consultation.reference}",
        f"{words}. Sign in to PaIRS:\n\n{link}\n",
        None,
        [person.email],
    )
