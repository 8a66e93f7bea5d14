"""Who may be told what: one small table of rules, tried from the top; the first that applies decides.

It applies where something leaves the service or is shown to somebody outside it: letters, printed maps, a
referrer's page. It never filters what staff see. Pure: no queries, no clock; the facts are passed in.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from pairs.village.rules import LetterTopic


@dataclass(frozen=True)
class Recipient:
    """Somebody to be told something, by everything they are known by here."""

    caregiver_id: UUID | None = None
    member_ids: frozenset[UUID] = frozenset()
    may_be_ids: frozenset[UUID] = (
        frozenset()
    )  # of the village, of the same team: perhaps they, perhaps a colleague
    user_id: UUID | None = None
    team_ids: frozenset[UUID] = frozenset()
    names: tuple[str, ...] = ()  # their own, and their organisation's
    cares_for: frozenset[UUID] = frozenset()  # infants with whom they have a current dyad


@dataclass(frozen=True)
class Matter:
    """One thing that may be told: which kind of it, and about whom."""

    what: str  # a code of rules.LetterTopic, or "named": that somebody is there at all, and how to reach them
    infant_id: UUID | None = None
    caregiver_id: UUID | None = None
    member_id: UUID | None = None
    address_id: UUID | None = None
    place: str = ""  # where an address is, as plain(): two people's rows may be one place
    refuge: bool = False
    carer_only: bool = False  # from a carer's own record as a patient
    words: tuple[str, ...] = ()  # what would tell it: never part of a letter when it may not be told


@dataclass(frozen=True)
class Agreement:
    """What one party may be told, agreed by a carer, or shared for a reason that is written down."""

    what: frozenset[str]
    member_id: UUID | None = None
    team_id: UUID | None = None
    agency: str = ""
    agreed_by_id: UUID | None = None  # None: without consent, reasoned
    agreed_on: date | None = None
    until: date | None = None
    withdrawn_on: date | None = None
    record: UUID | None = None  # the family's record it was written in, before any merge

    def live(self, on: date) -> bool:
        """Agreed, not run out, and not withdrawn: from the very day it is withdrawn it holds no more."""
        begun = self.agreed_on is None or self.agreed_on <= on
        return begun and (self.until is None or on <= self.until) and self.withdrawn_on is None

    def is_with(self, recipient: Recipient) -> bool:
        """With this person, their team, or the agency they are of (the whole name, not a part of it)."""
        names = {normalise_text(name) for name in recipient.names}
        return (
            self.member_id in recipient.member_ids
            or self.team_id in recipient.team_ids
            or (bool(self.agency) and normalise_text(self.agency) in names)
        )


@dataclass(frozen=True)
class Limit:
    """Do not disclose: about one person, one address, or (all empty) the whole family; and not to whom."""

    infant_id: UUID | None = None
    caregiver_id: UUID | None = None
    member_id: UUID | None = None
    address_id: UUID | None = None
    place: str = ""
    homes: frozenset[str] = (
        frozenset()
    )  # where the person it is about lives: whoever shares it would give it away
    not_to_caregiver_id: UUID | None = None
    not_to_member_id: UUID | None = None
    not_to_name: str = ""
    since: date = date.min
    until: date | None = None

    def live(self, on: date) -> bool:
        """A limit written for a later day holds at once: it protects, and waiting for it could not."""
        return self.until is None or on <= self.until

    def is_against(self, recipient: Recipient) -> bool:
        """Anybody it may mean: a name in words meets every name that shares all of its words."""
        return (
            (self.not_to_caregiver_id is not None and self.not_to_caregiver_id == recipient.caregiver_id)
            or self.not_to_member_id in recipient.member_ids | recipient.may_be_ids
            or any(may_mean(self.not_to_name, name) for name in recipient.names)
        )

    def covers(self, matter: Matter) -> bool:
        """About this very matter, or about the whole family."""
        mine = (self.infant_id, self.caregiver_id, self.member_id, self.address_id)
        theirs = (matter.infant_id, matter.caregiver_id, matter.member_id, matter.address_id)
        same = any(one is not None and one == other for one, other in zip(mine, theirs, strict=True))
        place = bool(matter.place) and (matter.place == self.place or matter.place in self.homes)
        return mine == (None,) * 4 or same or place


@dataclass(frozen=True)
class DisclosureFacts:
    """Everything a family has agreed and asked for, and what is kept about it that could be told."""

    agreements: tuple[Agreement, ...] = ()
    limits: tuple[Limit, ...] = ()
    matters: tuple[Matter, ...] = field(default=(), repr=False)
    # Of a family that was two records: {person: the records they stood in}, its own id, and its children.
    records: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict, hash=False)
    home: UUID | None = None
    children: tuple[UUID, ...] = ()
    # Addresses and numbers of the other family that a child of this one is in: never this family's to tell.
    elsewhere: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Verdict:
    """May it be told, and which rule says so."""

    may: bool
    why: str

    def __bool__(self) -> bool:
        return self.may

    @property
    def problem(self) -> str:
        """'' when it may be told, else why not."""
        return "" if self.may else self.why


RuleTest = Callable[[Recipient, Matter, date, DisclosureFacts], bool]


@dataclass(frozen=True)
class DisclosureRule:
    """One row of the table."""

    name: str
    applies: RuleTest
    may: bool
    why: str


def _is_refuge(to: Recipient, matter: Matter, on: date, facts: DisclosureFacts) -> bool:
    return matter.refuge


def _is_limited(to: Recipient, matter: Matter, on: date, facts: DisclosureFacts) -> bool:
    return any(each.live(on) and each.is_against(to) and each.covers(matter) for each in facts.limits)


def _is_their_own(to: Recipient, matter: Matter, on: date, facts: DisclosureFacts) -> bool:
    own = to.caregiver_id is not None and matter.caregiver_id == to.caregiver_id
    return own or (matter.member_id is not None and matter.member_id in to.member_ids)


def _is_carer_only(to: Recipient, matter: Matter, on: date, facts: DisclosureFacts) -> bool:
    return matter.carer_only


def _is_another_carers_details(to: Recipient, matter: Matter, on: date, facts: DisclosureFacts) -> bool:
    return to.caregiver_id is not None and matter.what in (LetterTopic.CONTACT_DETAILS, LetterTopic.ADDRESS)


def _is_safeguarding_for_carer(to: Recipient, matter: Matter, on: date, facts: DisclosureFacts) -> bool:
    return to.caregiver_id is not None and matter.what == LetterTopic.SAFEGUARDING


def _is_child_they_care_for(to: Recipient, matter: Matter, on: date, facts: DisclosureFacts) -> bool:
    return to.caregiver_id is not None and matter.infant_id in to.cares_for


def _is_agreed(to: Recipient, matter: Matter, on: date, facts: DisclosureFacts) -> bool:
    """A carer agrees for the children and for themself; another carer's details are the other's to share."""
    wanted = LetterTopic.CONTACT_DETAILS if matter.what == LetterTopic.ADDRESS else matter.what
    return any(
        each.live(on)
        and each.is_with(to)
        and wanted in each.what
        and is_within_agreement_records(each, matter, facts)
        and (matter.caregiver_id is None or each.agreed_by_id in (None, matter.caregiver_id))
        for each in facts.agreements
    )


def is_within_agreement_records(agreed: Agreement, matter: Matter, facts: DisclosureFacts) -> bool:
    """Merging two families widens no agreement: it is about the people of the record it was written in.

    What is about nobody in particular is about every child of the family.
    """
    named = {each for each in (matter.infant_id, matter.caregiver_id) if each}
    about = named or set(facts.children)
    stood = (facts.records.get(each, {facts.home}) for each in about)
    return not facts.records or all(agreed.record in records for records in stood)


DISCLOSURE_RULES = (
    DisclosureRule("refuge", _is_refuge, False, "A refuge address is never shared."),
    DisclosureRule(
        "do not disclose", _is_limited, False, "There is a “do not disclose” about this for them."
    ),
    DisclosureRule("their own", _is_their_own, True, "It is their own information."),
    DisclosureRule("a carer's own record", _is_carer_only, False, "It is from a carer's own record."),
    DisclosureRule(
        "another carer's details",
        _is_another_carers_details,
        False,
        "The other carer should decide whether to tell them.",
    ),
    DisclosureRule(
        "safeguarding to a carer", _is_safeguarding_for_carer, False, "Talk about this in person."
    ),
    DisclosureRule(
        "a child they care for", _is_child_they_care_for, True, "It is about a child in their care."
    ),
    DisclosureRule("agreed", _is_agreed, True, "An agreement covers it."),
)
NOT_AGREED = Verdict(may=False, why="No current agreement covers sharing this with them.")


def may_be_told(recipient: Recipient, about: Matter, on: date, facts: DisclosureFacts) -> Verdict:
    """The first rule that applies; where none does, nothing is told."""
    rule = find_deciding_rule(recipient, about, on, facts)
    return Verdict(may=rule.may, why=rule.why) if rule else NOT_AGREED


def find_deciding_rule(
    recipient: Recipient, about: Matter, on: date, facts: DisclosureFacts
) -> DisclosureRule | None:
    """The row of the table that decides; None where none applies."""
    return next((rule for rule in DISCLOSURE_RULES if rule.applies(recipient, about, on, facts)), None)


def find_undisclosable_error(text: str, recipient: Recipient, on: date, facts: DisclosureFacts) -> str:
    """'' or why the typed words may not stand: they hold an address or number that may not be told to them."""
    forbidden: set[str] = set(map(_normalise_for_search, facts.elsewhere))
    allowed: set[str] = set()
    for matter in facts.matters:
        told = _may_mention(recipient, matter, on, facts)
        (allowed if told else forbidden).update(map(_normalise_for_search, matter.words))
    there = normalise_text(text)
    found = any(len(words) >= 5 and words in there for words in forbidden - allowed)
    return (
        "The text includes something that must not be shared with them: a name, address, number or e-mail."
        if found
        else ""
    )


def _may_mention(recipient: Recipient, matter: Matter, on: date, facts: DisclosureFacts) -> bool:
    """Somebody of the village may be named and reached, unless a limit keeps them from this reader."""
    rule = find_deciding_rule(recipient, matter, on, facts)
    return rule.may if rule else matter.what == "named"


def _normalise_for_search(words: str) -> str:
    """As plain(); a phone number without its “0” or “+44”, which people write either way."""
    bare = normalise_text(words)
    return re.sub(r"^(0044|44|0)", "", bare) if bare.isdecimal() else bare


def is_address_withheld(matter: Matter, on: date, facts: DisclosureFacts) -> bool:
    """An address that stands on no envelope: a refuge, or one that somebody must not learn."""
    return matter.refuge or any(
        each.live(on) and (each.address_id or each.caregiver_id or each.infant_id) and each.covers(matter)
        for each in facts.limits
    )


def normalise_text(text: str) -> str:
    """Letters and digits alone, small: how “12 High St.” and “12 high st” are one."""
    return "".join(character for character in text.casefold() if character.isalnum())


def may_mean(said: str, name: str) -> bool:
    """Every word of one stands in the other: “Dan Smith” may mean “Mr Daniel Dan Smith” and “Smith”."""
    these, those = _split_words(said), _split_words(name)
    return bool(these and those) and (these <= those or those <= these)


def _split_words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold())) - {"mr", "mrs", "ms", "miss", "dr", "the", "of", "and"}
