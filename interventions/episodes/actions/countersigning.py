"""Actions of a note's readers: countersign or ask for an amendment, star it; and show or hide the prompts."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from interventions.episodes.actions.notes import is_trainee_at
from interventions.episodes.contact_rules import CountersigningState, find_countersigning_error
from interventions.episodes.models import CareContact, CountersignStep, NotePrompts, StarredContact
from pairs.access.scope import load_scope
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all


def find_user_countersigning_error(contact: CareContact, by: User) -> str:
    """Why this user may not countersign the note now; '' when they may."""
    return find_countersigning_error(
        state=contact.countersigning,
        wrote_it=contact.practitioner_id == by.pk or contact.notes.live().filter(written_by=by).exists(),
        trainee=is_trainee_at(by, contact.site_id),
        supervises=load_scope(by).may("supervise", at=contact.site_id),
        leads=contact.episode.lead_id == by.pk,
        is_of_leaver=is_of_leaver(contact),
    )


def is_of_leaver(contact: CareContact) -> bool:
    """Whether the note is not signed, and its author's account is closed: a lead or a supervisor signs it."""
    return contact.signed_at is None and not contact.practitioner.is_active


@transaction.atomic
def countersign(*, contact: CareContact, by: User) -> CountersignStep:
    """Countersign a trainee's note; sign that of an author who has left, whose words stay as they are."""
    return _record_countersign_step(contact, CountersigningState.DONE, "", by)


@transaction.atomic
def ask_for_amendment(*, contact: CareContact, reason: str, by: User) -> CountersignStep:
    """Return a trainee's note to its author to be amended, with the reason."""
    left = "Its author has left and cannot amend it. Countersign it, or mark the contact as entered in error."
    refuse_all(
        {
            "reason": "" if reason.strip() else "Enter what should be amended, and why.",
            "outcome": left if is_of_leaver(contact) else "",
        }
    )
    return _record_countersign_step(contact, CountersigningState.RETURNED, reason, by)


def _record_countersign_step(contact: CareContact, status: str, reason: str, by: User) -> CountersignStep:
    contact = CareContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if problem := find_user_countersigning_error(contact, by):
        raise ActionRefused(problem)
    if is_of_leaver(contact):
        status = CountersigningState.LEFT
        contact.change(signed_at=timezone.now(), countersigning=status)
        contact.notes.filter(signed_at=None).update(signed_at=contact.signed_at)
    else:
        contact.change(countersigning=status)
    return CountersignStep.objects.create(care_contact=contact, status=status, reason=reason, by=by)


@transaction.atomic
def star_contact(*, contact: CareContact, by: User) -> StarredContact:
    """Star a contact for supervision. Idempotent."""
    try:
        with transaction.atomic():
            return StarredContact.objects.create(care_contact=contact, starred_by=by)
    except IntegrityError:
        return StarredContact.objects.live().active().get(care_contact=contact, starred_by=by)


def remove_star(*, contact: CareContact, by: User) -> None:
    """Remove the user's star from the contact."""
    for star in StarredContact.objects.live().active().filter(care_contact=contact, starred_by=by):
        star.change(taken_off_at=timezone.now())


def set_prompts_shown(*, show: bool, by: User) -> None:
    """Save whether the reflective prompts are shown beside the user's notes."""
    wish, _ = NotePrompts.objects.get_or_create(user=by, defaults={"hidden": not show})
    if wish.hidden == show:
        wish.hidden = not show
        wish.save(update_fields=["hidden"])
