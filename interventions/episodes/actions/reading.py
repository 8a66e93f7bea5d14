"""What others do with a note: countersign it or ask for an amendment, star it; and put the prompts away."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from interventions.episodes.actions.notes import is_trainee_at
from interventions.episodes.contact_rules import why_not_countersigned
from interventions.episodes.models import CareContact, CountersignStep, NotePrompts, Star
from pairs.access.scope import scope_of
from pairs.service.models import User
from pairs.service.refusals import Refused


def why_not_countersigned_by(contact: CareContact, by: User) -> str:
    """'' when this person may countersign the note as it stands, else why not."""
    return why_not_countersigned(
        state=contact.countersigning,
        wrote_it=contact.practitioner_id == by.pk or contact.notes.live().filter(written_by=by).exists(),
        trainee=is_trainee_at(by, contact.site_id),
        supervises=scope_of(by).may("supervise", at=contact.site_id),
        leads=contact.episode.lead_id == by.pk,
    )


@transaction.atomic
def countersign(*, contact: CareContact, by: User) -> CountersignStep:
    """A trainee's note was read, and stands."""
    return _step(contact, "done", "", by)


@transaction.atomic
def ask_for_amendment(*, contact: CareContact, reason: str, by: User) -> CountersignStep:
    """A trainee's note was read, and is to be amended first: with the reason, which its author reads."""
    if not reason.strip():
        raise Refused({"reason": "Say what should be amended, and why."})
    return _step(contact, "returned", reason, by)


def _step(contact: CareContact, status: str, reason: str, by: User) -> CountersignStep:
    contact = CareContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if problem := why_not_countersigned_by(contact, by):
        raise Refused(problem)
    contact.change(countersigning=status)
    return CountersignStep.objects.create(care_contact=contact, status=status, reason=reason, by=by)


@transaction.atomic
def star_contact(*, contact: CareContact, by: User) -> Star:
    """To be talked about in supervision; starred twice it is starred once."""
    try:
        with transaction.atomic():
            return Star.objects.create(care_contact=contact, starred_by=by)
    except IntegrityError:
        return Star.objects.live().shining().get(care_contact=contact, starred_by=by)


def take_off_star(*, contact: CareContact, by: User) -> None:
    """It has been talked about, or need not be."""
    for star in Star.objects.live().shining().filter(care_contact=contact, starred_by=by):
        star.change(taken_off_at=timezone.now())


def show_prompts(*, show: bool, by: User) -> None:
    """Whether the gentle questions stand beside a note that this person writes."""
    wish, _ = NotePrompts.objects.get_or_create(user=by, defaults={"hidden": not show})
    if wish.hidden == show:
        wish.hidden = not show
        wish.save(update_fields=["hidden"])
