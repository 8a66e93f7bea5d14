"""Begins letters at an ending with what each recipient may know; then they are handled like any letter."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from interventions.endings.letter_recipients import LetterRecipient, draft_letter_parts
from interventions.endings.models import EndingLetter
from interventions.episodes.models import Episode
from pairs.families.models import Caregiver
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.village.actions import begin_letter, write_letter
from pairs.village.letters import build_letter_offer, load_letter_policy
from pairs.village.models import Letter, VillageMember

ALREADY_BEGUN = "A letter to them has already been started. Continue with that one."
NO_CHILD_TO_MENTION = (
    "A letter cannot be started: none of these children’s information can be shared with them."
)
LOSS_REFUSAL = (
    "A baby has died. Write a letter about the loss only if the family asks for one, and tick that they did."
)


@transaction.atomic
def begin_ending_letter(
    *, episode: Episode, to: Caregiver | VillageMember | User, by: User, asked_for: bool = False
) -> Letter:
    """Begin a draft to one recipient. Refused if they may not be told.

    After a loss no letter is begun unless ``asked_for``: a carer who lost every child here asked for it.
    """
    episode = (
        Episode.objects.select_for_update(of=("self",)).select_related("family__site").get(pk=episode.pk)
    )
    reader = LetterRecipient(episode, to)
    if not reader.may_be_written_to:
        raise ActionRefused({"to": NO_CHILD_TO_MENTION})
    if reader.grieves and not (asked_for and isinstance(to, Caregiver)):
        raise ActionRefused({"to": LOSS_REFUSAL})
    if EndingLetter.objects.filter(episode=episode, letter__in=_query_drafts_to(to)).exists():
        raise ActionRefused({"to": ALREADY_BEGUN})
    letter = begin_letter(family=episode.family, to=to, about=reader.children, by=by)
    EndingLetter.objects.create(episode=episode, letter=letter)
    return _fill_letter_draft(letter, reader, by)


def _query_drafts_to(to: Caregiver | VillageMember | User) -> QuerySet[Letter]:
    field = {"caregiver": "to_caregiver", "villagemember": "to_member", "user": "to_user"}
    return Letter.objects.live().filter(signed_at=None, **{field[str(to._meta.model_name)]: to})


def _fill_letter_draft(letter: Letter, reader: LetterRecipient, by: User) -> Letter:
    """Fill the draft, leaving out what this recipient may not be told; possibly only the greeting remains."""
    whole = Letter.objects.whole().get(pk=letter.pk)
    judge = load_letter_policy(whole, timezone.localdate())
    text, parts = draft_letter_parts(reader)
    offered = build_letter_offer(whole, judge).parts
    parts = {code: words for code, words in parts.items() if code in offered and not judge.words(words)}
    text = whole.text if judge.words(text) else text
    return write_letter(letter=letter, text=text, parts=parts, details=[], by=by)
