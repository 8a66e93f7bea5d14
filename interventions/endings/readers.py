"""To whom an ending is told, about which children, and the words that are theirs alone."""

from collections.abc import Iterable
from functools import cached_property

from interventions.endings.models import Ending, WayBack
from interventions.endings.rules import drafting
from interventions.endings.rules.keepsakes import names_somebody_else
from interventions.episodes.models import Episode, Goal
from pairs.families.models import Caregiver, Dyad, Infant
from pairs.service.models import User
from pairs.village.models import VillageMember


class Reader:
    """One person to whom an ending may be told, and what of it is theirs."""

    def __init__(self, episode: Episode, to: Caregiver | VillageMember | User):
        self.episode, self.to = episode, to
        self.is_carer = isinstance(to, Caregiver)

    @cached_property
    def all_dyads(self) -> list[Dyad]:
        """Every two of the family's record, also those who are no longer together."""
        dyads = Dyad.objects.live().filter(family=self.episode.family_id)
        return list(dyads.select_related("infant", "caregiver").order_by("-main_carer", "created_at"))

    @cached_property
    def dyads(self) -> list[Dyad]:
        """Their own, if they are a carer; of a professional those in whose child's village they stand."""
        now = [each for each in self.all_dyads if each.until is None and not each.infant.is_out_of_sight]
        if self.is_carer:
            return [each for each in now if each.caregiver_id == self.to.pk]
        around = getattr(self.to, "infant_id", None)
        return [each for each in now if around in (None, each.infant_id)]

    @property
    def infants(self) -> list[Infant]:
        return list({each.infant_id: each.infant for each in self.dyads}.values())

    @property
    def grieves(self) -> bool:
        """Every child that it could be about was lost."""
        return bool(self.infants) and all(infant.lost_on for infant in self.infants)

    @property
    def children(self) -> list[Infant]:
        """Whom a letter is about: those who live; after a loss, when it was asked for, the one who was lost."""
        return self.infants if self.grieves else [each for each in self.infants if not each.lost_on]

    @property
    def may_be_written_to(self) -> bool:
        """A carer's own record is told to that carer alone; otherwise it is about a child of theirs."""
        patient = self.episode.referral.patient_id
        if patient:
            return self.is_carer and self.to.pk == patient
        return bool(self.infants) and not getattr(self.to, "died_on", None)

    @property
    def is_the_only_carer(self) -> bool:
        return self.is_carer and {each.caregiver_id for each in self.all_dyads} == {self.to.pk}

    def own(self, text: str) -> str:
        """The words, or '' when they name another carer or a child who is not this reader's."""
        others = {each.caregiver.name for each in self.all_dyads if each.caregiver_id != self.to.pk}
        mine = {each.infant_id for each in self.dyads if not each.infant.lost_on}
        others |= {each.infant.name for each in self.all_dyads if each.infant_id not in mine}
        ours = {str(self.to), *(each.infant.name for each in self.dyads if each.infant_id in mine)}
        return "" if names_somebody_else(text, others=others - {""}, own=ours) else text


def words_for(reader: Reader) -> tuple[str, dict[str, str]]:
    """(the text, {code of a part: words}) that a draft to this reader begins with."""
    ending = Ending.objects.whole().filter(episode=reader.episode).first()
    name = str(reader.to)
    phone = WayBack.objects.phone_of(reader.episode.site_id)
    if reader.is_carer and reader.grieves:
        return drafting.letter_after_a_loss(name=name, phone=phone), {}
    if reader.is_carer:
        return drafting.letter_to_carer(name=name, ended=_told(reader, ending, phone)), {}
    children = [child.name for child in reader.children if child.name]
    ended_on = reader.episode.ended_on or (ending.ended_on if ending else None)
    text = drafting.letter_to_professional(name=name, children=children, ended_on=ended_on)
    return text, _parts(reader, ending)


def _told(reader: Reader, ending: Ending | None, phone: str) -> drafting.Ended:
    """The ending as this carer lived it: their own relationships; the family's words only where they are alone."""
    theirs = {each.pk for each in reader.dyads if not each.infant.lost_on}
    changed = [part.text for part in _parts_of(ending) if part.dyad_id in theirs and part.text]
    whole = [_said(reader, ending, "summary")] if reader.is_the_only_carer else []
    return drafting.Ended(
        ended_on=reader.episode.ended_on or (ending.ended_on if ending else None),
        children=tuple(child.name for child in reader.children if child.name),
        changed=tuple(filter(None, [*whole, *map(reader.own, changed)])),
        goals=tuple(filter(None, map(reader.own, _goals(reader, theirs)))),
        helped=reader.own(ending.helped) if ending and reader.is_the_only_carer else "",
        held_next_by=_said(reader, ending, "held_next_by"),
        way_back=reader.own(ending.way_back) if ending else "",
        phone=phone,
    )


def _parts_of(ending: Ending | None) -> Iterable:
    return ending.parts.all() if ending else ()


def _goals(reader: Reader, dyads: set) -> list[str]:
    goals = Goal.objects.live().filter(episode=reader.episode, dyad__in=dyads)
    return list(goals.once_each().values_list("words", flat=True))


def _said(reader: Reader, ending: Ending | None, name: str) -> str:
    """What the episode says, once it has ended; until then what the draft says."""
    on_episode = {"summary": "ending_summary", "held_next_by": "held_next_by"}[name]
    text = getattr(reader.episode, on_episode) or (getattr(ending, name) if ending else "")
    return reader.own(text)


def _parts(reader: Reader, ending: Ending | None) -> dict[str, str]:
    """For a professional: the family as a whole, where their agreement covers it; nothing of a baby who was lost."""
    living = {each.pk for each in reader.dyads if not each.infant.lost_on}
    lost = [each.infant.name for each in reader.all_dyads if each.infant.lost_on and each.infant.name]

    def kept(text):
        return "" if names_somebody_else(text, others=lost, own=()) else text

    summary = reader.episode.ending_summary or (ending.summary if ending else "")
    next_ = reader.episode.held_next_by or (ending.held_next_by if ending else "")
    return drafting.parts_for_professional(
        summary=kept(summary),
        goals=[goal for goal in _goals(reader, living) if kept(goal)],
        held_next_by=kept(next_),
        way_back=kept(ending.way_back) if ending else "",
    )
