"""Letters at an ending: begun with what is their one reader's own; then written, signed and sent as every letter."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from interventions.endings.models import EndingLetter
from interventions.endings.readers import Reader, words_for
from interventions.episodes.models import Episode
from pairs.families.models import Caregiver
from pairs.service.models import User
from pairs.service.refusals import Refused
from pairs.village.actions import begin_letter, write_letter
from pairs.village.letters import judge_of, offer_of
from pairs.village.models import Letter, VillageMember

BEGUN = "A letter to them is begun already. Go on with that one."
NOBODYS = "No letter is begun here: none of the children whom it could be about is theirs to be told of."
LOST = "A baby has died. A letter about the loss is written only when the family asks for one; say so."


@transaction.atomic
def begin_ending_letter(
    *, episode: Episode, to: Caregiver | VillageMember | User, by: User, asked_for: bool = False
) -> Letter:
    """A draft to one reader. Refused where they may not be told.

    After a loss nothing is begun by itself: ``asked_for`` says that a carer whose every child here was lost asked.
    """
    episode = (
        Episode.objects.select_for_update(of=("self",)).select_related("family__site").get(pk=episode.pk)
    )
    reader = Reader(episode, to)
    if not reader.may_be_written_to:
        raise Refused({"to": NOBODYS})
    if reader.grieves and not (asked_for and isinstance(to, Caregiver)):
        raise Refused({"to": LOST})
    if EndingLetter.objects.filter(episode=episode, letter__in=_drafts_to(to)).exists():
        raise Refused({"to": BEGUN})
    letter = begin_letter(family=episode.family, to=to, about=reader.children, by=by)
    EndingLetter.objects.create(episode=episode, letter=letter)
    return _filled(letter, reader, by)


def _drafts_to(to: Caregiver | VillageMember | User) -> QuerySet[Letter]:
    field = {"caregiver": "to_caregiver", "villagemember": "to_member", "user": "to_user"}
    return Letter.objects.live().filter(signed_at=None, **{field[str(to._meta.model_name)]: to})


def _filled(letter: Letter, reader: Reader, by: User) -> Letter:
    """What may not be told them stays out of the draft; the greeting is then all there is."""
    whole = Letter.objects.whole().get(pk=letter.pk)
    judge = judge_of(whole, timezone.localdate())
    text, parts = words_for(reader)
    offered = offer_of(whole, judge).parts
    parts = {code: words for code, words in parts.items() if code in offered and not judge.words(words)}
    text = whole.text if judge.words(text) else text
    return write_letter(letter=letter, text=text, parts=parts, details=[], by=by)
