"""Recipients of ending letters: which children a letter may be about, and what each may read."""

from collections.abc import Iterable
from functools import cached_property

from interventions.endings.models import Ending, WayBack
from interventions.endings.rules import letter_drafts
from interventions.endings.rules.keepsakes import find_other_name
from interventions.episodes.models import Episode, Goal
from pairs.families.last_day import has_died
from pairs.families.models import Caregiver, Dyad, Infant
from pairs.service.models import User
from pairs.village.models import VillageMember


class LetterRecipient:
    """One recipient of an ending letter, and which parts of the record they may be told."""

    def __init__(self, episode: Episode, to: Caregiver | VillageMember | User) -> None:
        self.episode, self.to = episode, to
        self.is_carer = isinstance(to, Caregiver)

    @cached_property
    def all_dyads(self) -> list[Dyad]:
        """Every dyad of the family's record, past ones included."""
        dyads = Dyad.objects.live().filter(family=self.episode.family_id)
        return list(dyads.select_related("infant", "caregiver").order_by("-main_carer", "created_at"))

    @cached_property
    def dyads(self) -> list[Dyad]:
        """A carer's own current dyads; a professional's: those of the child whose network they belong to."""
        now = [each for each in self.all_dyads if each.until is None and not each.infant.is_hidden]
        if self.is_carer:
            return [each for each in now if each.caregiver_id == self.to.pk]
        around = getattr(self.to, "infant_id", None)
        return [each for each in now if around in (None, each.infant_id)]

    @property
    def infants(self) -> list[Infant]:
        return list({each.infant_id: each.infant for each in self.dyads}.values())

    @property
    def grieves(self) -> bool:
        """Whether every child that the letter could be about has died."""
        return bool(self.infants) and all(infant.lost_on for infant in self.infants)

    @property
    def children(self) -> list[Infant]:
        """Whom the letter is about: the living children; if all have died, those who died."""
        return self.infants if self.grieves else [each for each in self.infants if not each.lost_on]

    @property
    def may_be_written_to(self) -> bool:
        """A carer's own episode is shared with them alone; otherwise it is about a child of theirs."""
        patient = self.episode.referral.patient_id
        if has_died(self.to):
            return False
        if patient:
            return self.is_carer and self.to.pk == patient
        return bool(self.infants)

    @property
    def is_the_only_carer(self) -> bool:
        return self.is_carer and {each.caregiver_id for each in self.all_dyads} == {self.to.pk}

    def redact_if_others_named(self, text: str) -> str:
        """The text, or '' if it names another carer or a child who is not this recipient's."""
        others = {each.caregiver.name for each in self.all_dyads if each.caregiver_id != self.to.pk}
        mine = {each.infant_id for each in self.dyads if not each.infant.lost_on}
        others |= {each.infant.name for each in self.all_dyads if each.infant_id not in mine}
        ours = {str(self.to), *(each.infant.name for each in self.dyads if each.infant_id in mine)}
        return "" if find_other_name(text, others=others - {""}, own=ours) else text


def draft_letter_parts(reader: LetterRecipient) -> tuple[str, dict[str, str]]:
    """(text, {part code: text}) of a new draft to this recipient."""
    ending = Ending.objects.whole().filter(episode=reader.episode).first()
    name = str(reader.to)
    phone = WayBack.objects.phone_of(reader.episode.site_id)
    if reader.is_carer and reader.grieves:
        return letter_drafts.draft_letter_after_loss(name=name, phone=phone), {}
    if reader.is_carer:
        return letter_drafts.draft_letter_to_carer(
            name=name, ended=_build_ending_summary(reader, ending, phone)
        ), {}
    children = [child.name for child in reader.children if child.name]
    ended_on = reader.episode.ended_on or (ending.ended_on if ending else None)
    text = letter_drafts.draft_letter_to_professional(name=name, children=children, ended_on=ended_on)
    return text, _draft_professional_parts(reader, ending)


def _build_ending_summary(
    reader: LetterRecipient, ending: Ending | None, phone: str
) -> letter_drafts.EndingSummary:
    """The ending for this carer: their own dyads; the whole family's text only if they are the only carer."""
    theirs = {each.pk for each in reader.dyads if not each.infant.lost_on}
    changed = [part.text for part in _get_ending_parts(ending) if part.dyad_id in theirs and part.text]
    whole = [_get_shareable_text(reader, ending, "summary")] if reader.is_the_only_carer else []
    return letter_drafts.EndingSummary(
        ended_on=reader.episode.ended_on or (ending.ended_on if ending else None),
        children=tuple(child.name for child in reader.children if child.name),
        changed=tuple(filter(None, [*whole, *map(reader.redact_if_others_named, changed)])),
        goals=tuple(filter(None, map(reader.redact_if_others_named, _list_goal_words(reader, theirs)))),
        helped=reader.redact_if_others_named(ending.helped) if ending and reader.is_the_only_carer else "",
        held_next_by=_get_shareable_text(reader, ending, "held_next_by"),
        way_back=reader.redact_if_others_named(ending.way_back) if ending else "",
        phone=phone,
    )


def _get_ending_parts(ending: Ending | None) -> Iterable:
    return ending.parts.all() if ending else ()


def _list_goal_words(reader: LetterRecipient, dyads: set) -> list[str]:
    goals = Goal.objects.live().filter(episode=reader.episode, dyad__in=dyads)
    return list(goals.once_each().values_list("words", flat=True))


def _get_shareable_text(reader: LetterRecipient, ending: Ending | None, name: str) -> str:
    """The episode's field once it has ended, until then the draft's; '' if it names others."""
    on_episode = {"summary": "ending_summary", "held_next_by": "held_next_by"}[name]
    text = getattr(reader.episode, on_episode) or (getattr(ending, name) if ending else "")
    return reader.redact_if_others_named(text)


def _draft_professional_parts(reader: LetterRecipient, ending: Ending | None) -> dict[str, str]:
    """Letter parts for a professional, about the whole family; nothing that names a child who has died."""
    living = {each.pk for each in reader.dyads if not each.infant.lost_on}
    lost = [each.infant.name for each in reader.all_dyads if each.infant.lost_on and each.infant.name]

    def redact_if_lost_named(text: str) -> str:
        return "" if find_other_name(text, others=lost, own=()) else text

    summary = reader.episode.ending_summary or (ending.summary if ending else "")
    next_ = reader.episode.held_next_by or (ending.held_next_by if ending else "")
    return letter_drafts.draft_parts_for_professional(
        summary=redact_if_lost_named(summary),
        goals=[goal for goal in _list_goal_words(reader, living) if redact_if_lost_named(goal)],
        held_next_by=redact_if_lost_named(next_),
        way_back=redact_if_lost_named(ending.way_back) if ending else "",
    )
