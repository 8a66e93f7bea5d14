"""Actions on consultations: request, arrange, hold, withdraw. Each adds a step and notifies people."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from pairs.families.actions import allocate_reference, list_permission_holders
from pairs.jobs.notifications import EmailTopic, send_notice
from pairs.service.models import Place, Site, User, get_place_of_site
from pairs.service.refusals import ActionRefused
from pairs.web.absolute_urls import build_absolute_url
from referrals.actions.submit import get_covering_site
from referrals.models import Consultation, ConsultationProfessional, ConsultationStep, Referral
from referrals.rules.choices import ConsultationStatus
from referrals.rules.consultations import (
    find_arrangement_errors,
    find_record_errors,
    find_request_errors,
    find_step_error,
)


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
    Where neither says where the family lives, the hub takes it. ``asker``: the asker_* columns that are known.
    """
    if referral:
        named, who = True, who or f"The family of {referral.reference}"
        permission, permission_reason = referral.permission, referral.permission_reason
    why = find_request_errors(
        about=about, named=named, permission=permission, permission_reason=permission_reason, who=who
    )
    if why:
        raise ActionRefused(why)
    now = timezone.now()
    consultation = Consultation.objects.create(
        reference=allocate_reference("C", timezone.localdate(now)),
        **_get_site_and_place(place, referral),
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
    _create_consultation_step(consultation, ConsultationStatus.ASKED, by)
    for person in list_permission_holders("triage_referrals", site=consultation.site):
        _send_consultation_mail(
            person, "Consultation requested", "A professional has requested a consultation", consultation, by
        )
    return consultation


def _get_site_and_place(place: Place | None, referral: Referral | None) -> dict[str, Any]:
    if referral:
        own = {"site": referral.site, "place": referral.place, "place_assumed": referral.place_assumed}
        return own | {"family": referral.family, "referral": referral}
    taken = place or get_place_of_site(Site.objects.hub())
    return {"site": get_covering_site(taken), "place": taken, "place_assumed": place is None}


@transaction.atomic
def arrange_consultation(
    *, consultation: Consultation, clinician: User, at: datetime, by: User
) -> ConsultationStep:
    """Who thinks with them, and when. May be arranged anew."""
    _lock_consultation(consultation, ConsultationStatus.ARRANGED)
    now = timezone.now()
    if why := find_arrangement_errors(at=at, now=now):
        raise ActionRefused(why)
    consultation.change(status=ConsultationStatus.ARRANGED, clinician=clinician, arranged_for=at)
    for person in _list_others_to_notify(by, consultation.asked_by, clinician):
        _send_consultation_mail(person, "Consultation booked", "See when and who with", consultation, by)
    when = timezone.localtime(at)
    return _create_consultation_step(
        consultation, ConsultationStatus.ARRANGED, by, reason=f"{clinician}, {when.day} {when:%B %Y at %H:%M}"
    )


@transaction.atomic
def hold_consultation(
    *,
    consultation: Consultation,
    held_on: date,
    minutes: int,
    thoughts: str,
    outcome: str,
    by: User,
    agreed: str = "",
    follow_up_on: date | None = None,
    starts_at: datetime | None = None,
    others: Sequence[Mapping[str, str]] = (),
) -> ConsultationStep:
    """It was held: what we thought together, which is theirs too, and what came of it.

    ``starts_at``: when it began, for the diary; without it the time that was booked stays. ``others``: who took part
    besides whoever asked (name, group, organisation).
    """
    held = _lock_consultation(consultation, ConsultationStatus.HELD)
    if why := find_record_errors(
        held_on=held_on,
        asked_on=timezone.localdate(held.asked_at),
        on=timezone.localdate(),
        minutes=minutes,
        thoughts=thoughts,
        outcome=outcome,
        follow_up_on=follow_up_on,
    ):
        raise ActionRefused(why)
    consultation.change(
        status=ConsultationStatus.HELD,
        held_on=held_on,
        minutes=minutes,
        thoughts=thoughts,
        agreed=agreed.strip(),
        outcome=outcome,
        follow_up_on=follow_up_on,
        clinician=held.clinician or by,
        **({"arranged_for": starts_at} if starts_at else {}),
    )
    record_professionals(consultation, others)
    if held.asked_by and held.asked_by != by:
        _send_consultation_mail(held.asked_by, "Consultation summary", "Consultation notes", consultation, by)
    return _create_consultation_step(consultation, ConsultationStatus.HELD, by)


@transaction.atomic
def follow_up_consultation(*, consultation: Consultation, happened_next: str, by: User) -> Consultation:
    """What happened next, in the words of whoever asked or of the team; may be corrected."""
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if locked.status != ConsultationStatus.HELD:
        raise ActionRefused("This consultation has not been held yet.")
    if not happened_next.strip():
        raise ActionRefused({"happened_next": "Enter what happened next."})
    return consultation.change(happened_next=happened_next.strip(), followed_up_on=timezone.localdate())


def record_professionals(consultation: Consultation, others: Sequence[Mapping[str, str]]) -> None:
    """Who took part besides whoever asked."""
    for each in others:
        ConsultationProfessional.objects.create(consultation=consultation, **each)


@transaction.atomic
def withdraw_consultation(*, consultation: Consultation, reason: str, by: User) -> ConsultationStep:
    """It is not needed any more, or cannot be held: with the reason, and whoever waited for it hears."""
    withdrawn = _lock_consultation(consultation, ConsultationStatus.WITHDRAWN)
    if not reason.strip():
        raise ActionRefused({"reason": "Enter why, in a sentence."})
    consultation.change(status=ConsultationStatus.WITHDRAWN)
    for person in _list_others_to_notify(by, withdrawn.asked_by, withdrawn.clinician):
        _send_consultation_mail(person, "Consultation cancelled", "See the reason", consultation, by)
    return _create_consultation_step(consultation, ConsultationStatus.WITHDRAWN, by, reason=reason)


@transaction.atomic
def link_consultation_to_referral(*, consultation: Consultation, referral: Referral) -> None:
    """Link a consultation to the referral that followed from it."""
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if locked.referral_id is None:
        consultation.change(referral=referral)


def _lock_consultation(consultation: Consultation, to: str) -> Consultation:
    locked = (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("asked_by", "clinician")
        .get(pk=consultation.pk)
    )
    if why := find_step_error(status=locked.status, to=to):
        raise ActionRefused(why)
    return locked


def _create_consultation_step(
    consultation: Consultation, status: str, by: User, reason: str = ""
) -> ConsultationStep:
    return ConsultationStep.objects.create(
        consultation=consultation, status=status, at=timezone.now(), by=by, reason=reason
    )


def _list_others_to_notify(by: User, *people: User | None) -> list[User]:
    """Those who hear of a step: everybody it concerns but whoever takes it, once each."""
    return list({person.pk: person for person in people if person and person != by}.values())


def _send_consultation_mail(
    person: User, subject: str, words: str, consultation: Consultation, by: User
) -> None:
    """A reference and a link: nothing of what it is about leaves by e-mail."""
    if not (person.email and person.is_active):
        return
    link = build_absolute_url("consultation", consultation.pk)
    send_notice(
        topic=EmailTopic.CONSULTATION,
        subject=f"{subject}: {consultation.reference}",
        text=f"{words}. Sign in to PaIRS:\n\n{link}\n",
        address=person.email,
        recipient=str(person),
        site_id=consultation.site_id,
        by=by,
    )
