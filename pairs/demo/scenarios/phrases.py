"""Fills sentence templates with one family's names."""

from random import Random

from pairs.demo import texts
from pairs.demo.scenarios.records import BabyRecord, CarerRecord


class PhraseBook:
    """Fills the banks of words.py for one family."""

    def __init__(self, rng: Random, babies: list[BabyRecord], carers: list[CarerRecord]) -> None:
        self.rng, self.babies = rng, babies
        self.parent = carers[0].given_name
        self.pronoun = "them" if len(babies) > 1 else {"female": "her", "male": "him"}[babies[0].sex]
        self.names = " and ".join(baby.given_name for baby in babies)
        self.unborn = not babies[0].born_at_referral

    def say(self, bank: tuple[str, ...], *, unborn: bool | None = None, where: str = "") -> str:
        """A sentence of the bank; an unborn baby has no name yet."""
        baby = "the baby" if (self.unborn if unborn is None else unborn) else self.names
        subject = {"her": "she", "him": "he", "them": "they"}[self.pronoun]
        them = "them" if baby == "the baby" else self.pronoun
        they = "they" if baby == "the baby" else subject
        single = they != "they"
        said = self.rng.choice(bank).format(
            parent=self.parent, baby=baby, them=them, they=they, s="s" if single else "",
            do="does" if single else "do", where=where, where_cap=where.capitalize(),
        )  # fmt: skip
        return said[:1].upper() + said[1:]

    def noticed(self) -> str:
        bank = texts.NOTICED_UNBORN if self.unborn else texts.NOTICED
        return " ".join(filter(None, [self.say(bank), self.say(texts.NOTICED_MORE)]))
