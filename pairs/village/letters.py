"""What a letter may contain, checked anew whenever it is written, signed, shown, printed or sent."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pairs.families.last_day import find_last_day_error
from pairs.families.models import Address, Caregiver, Family
from pairs.families.rules import takes_post
from pairs.service.models import User
from pairs.village import disclosure_facts as knowledge
from pairs.village.disclosure import (
    DisclosureFacts,
    Matter,
    Recipient,
    find_undisclosable_error,
    is_address_withheld,
    may_be_told,
)
from pairs.village.models import Letter, LetterPart
from pairs.village.rules import TYPED_TOPICS, LetterTopic, find_posting_error

REWRITE_MESSAGE = "This letter must be rewritten: it includes information that may no longer be shared."


@dataclass(frozen=True)
class LetterPolicy:
    """The disclosure rules for one letter: its recipient and its family's facts, loaded once."""

    recipient: Recipient
    known: DisclosureFacts
    infants: tuple[UUID, ...]
    on: date
    gone: frozenset[UUID] = frozenset()  # carers who have died: nobody is given their phone or address

    def about(self, what: str) -> str:
        """'' when this may be told of every child the letter is about, else why not."""
        verdicts = (
            may_be_told(self.recipient, Matter(what, infant_id=infant), self.on, self.known)
            for infant in self.infants
        )
        return next((verdict.why for verdict in verdicts if not verdict), "")

    def find_details_error(self, carer_id: UUID) -> str:
        """'' when this carer's contact details may be told."""
        if carer_id in self.gone:
            return "They have died."
        matter = Matter(LetterTopic.CONTACT_DETAILS, caregiver_id=carer_id)
        return may_be_told(self.recipient, matter, self.on, self.known).problem

    def address(self, address_id: UUID) -> str:
        """'' when this address may be told; one that is no longer kept may not."""
        matter = next((each for each in self.known.matters if each.address_id == address_id), None)
        if matter is None:
            return "This address is no longer on the record."
        return may_be_told(self.recipient, matter, self.on, self.known).problem

    def words(self, text: str) -> str:
        """'' when the typed words hold no address or number that may not be told."""
        return find_undisclosable_error(text, self.recipient, self.on, self.known)


def load_letter_policy(letter: Letter, on: date) -> LetterPolicy:
    """A letter from Letter.objects.whole()."""
    infants = tuple(infant.pk for infant in letter.about.all())
    died = Caregiver.objects.filter(family=letter.family, died_on__isnull=False).values_list("pk", flat=True)
    facts = knowledge.load_disclosure_facts(letter.family)
    return LetterPolicy(build_recipient(letter), facts, infants, on, frozenset(died))


def build_recipient(letter: Letter) -> Recipient:
    """Whom the letter is to, by everything they are known by."""
    if letter.to_caregiver:
        return knowledge.build_caregiver_recipient(letter.to_caregiver)
    if letter.to_member:
        return knowledge.build_member_recipient(letter.to_member)
    assert letter.to_user  # the database holds that a letter is to one
    return knowledge.build_account_recipients(letter.to_user, [letter.family_id])[letter.family_id]


def find_letter_problems(letter: Letter, judge: LetterPolicy) -> list[str]:
    """Each thing in the letter that may not be told today, and why; empty when it may go out as it is."""
    problems = {_prefix_problem("The letter itself", judge.about(LetterTopic.INVOLVED))}
    problems.add(_prefix_problem("Recipient", find_last_day_error([letter.to_caregiver])))
    problems.add(_prefix_problem("The text", judge.words(letter.text)))
    for part in letter.parts.all():
        problems.add(_prefix_problem(str(part), find_part_error(part, judge)))
    return sorted(problems - {""})


def _prefix_problem(name: str, why: str) -> str:
    return f"{name}: {why}" if why else ""


def find_part_error(part: LetterPart, judge: LetterPolicy) -> str:
    """'' when this part may be told today."""
    if part.address_id:
        return judge.address(part.address_id)
    if part.caregiver_id:
        return judge.find_details_error(part.caregiver_id)
    return judge.about(part.what) or judge.words(part.text)


@dataclass(frozen=True)
class LetterOffer:
    """What this letter may carry: typed parts, and whose details; and why not the rest."""

    parts: tuple[str, ...]
    details: tuple[tuple[str, str], ...]  # (“caregiver:id” or “address:id”, words)
    left_out: tuple[tuple[str, str], ...]  # (words, why not)


def build_letter_offer(letter: Letter, judge: LetterPolicy) -> LetterOffer:
    """Only what may be told is offered; the rest is listed with its reason, never with its content."""
    reasons = {topic: judge.about(topic) for topic in TYPED_TOPICS}
    details, left_out = [], [(topic.label, why) for topic, why in reasons.items() if why]
    for row, words, why in _list_offered_details(letter.family, judge):
        if why:
            left_out.append((words, why))
        else:
            details.append((f"{row._meta.model_name}:{row.pk}", words))
    return LetterOffer(
        tuple(topic.value for topic, why in reasons.items() if not why), tuple(details), tuple(left_out)
    )


def _list_offered_details(family: Family, judge: LetterPolicy) -> list[tuple[Caregiver | Address, str, str]]:
    carers = Caregiver.objects.live().filter(family=family).order_by("created_at")
    addresses = Address.objects.live().current().filter(family=family).exclude(lines="")
    rows: list[tuple[Caregiver | Address, str, str]] = [
        (carer, f"How to reach {carer}", judge.find_details_error(carer.pk))
        for carer in carers
        if carer.phone
    ]
    for address in addresses.select_related("infant", "caregiver").order_by("created_at"):
        rows.append((address, f"Where {address.person} lives", judge.address(address.pk)))
    return rows


def format_details(row: Caregiver | Address) -> str:
    """What a ticked detail says in the letter."""
    if isinstance(row, Address):
        return "\n".join([f"{row.person} lives at:", *row.lines.splitlines(), row.postcode]).strip()
    return "\n".join(filter(None, [f"{row}:", row.phone, row.email]))


@dataclass(frozen=True)
class Envelope:
    """Name and address as they stand above the letter, and why it cannot be posted ('' when it can)."""

    lines: tuple[str, ...]
    why_not: str


def build_envelope(letter: Letter, judge: LetterPolicy) -> Envelope:
    """Their current address; never a refuge, a limited one, or one they asked us not to write to."""
    if letter.to_caregiver:
        return _build_carer_envelope(letter.to_caregiver, judge)
    if letter.to_member:
        who = letter.to_member
        lines = tuple(filter(None, [who.name, who.role, who.organisation, *who.lines.splitlines()]))
        arrives = takes_post(lines=who.lines, postcode="")
        why = find_posting_error(
            to_carer=False, may_post=None, lines=bool(who.lines), kept_back=False, takes_post=arrives
        )
        return Envelope(lines, why)
    return Envelope(_list_account_lines(letter.to_user), _describe_no_address())


def _describe_no_address() -> str:
    return find_posting_error(to_carer=False, may_post=None, lines=False, kept_back=False)


def _list_account_lines(user: User | None) -> tuple[str, ...]:
    team = user.team if user else None
    return tuple(filter(None, [str(user), team.name if team else "", team.organisation if team else ""]))


def _build_carer_envelope(carer: Caregiver, judge: LetterPolicy) -> Envelope:
    living = (
        Address.objects.live().current().filter(caregiver=carer).order_by("-since", "-created_at").first()
    )
    matter = next((each for each in judge.known.matters if living and each.address_id == living.pk), None)
    arrives = living is None or not living.lines or living.takes_post
    why = find_posting_error(
        to_carer=True,
        may_post=carer.may_post,
        lines=bool(living and (living.lines or not arrives)),
        takes_post=arrives,
        kept_back=bool(matter and is_address_withheld(matter, judge.on, judge.known)),
    )
    if why or living is None:
        return Envelope((str(carer),), why)
    return Envelope((str(carer), *living.lines.splitlines(), living.postcode), "")
