"""What a letter may carry, asked when it is written, signed, shown, printed, made and sent: each time anew."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pairs.families.models import Address, Caregiver, Family
from pairs.service.models import User
from pairs.village import known as knowledge
from pairs.village.disclosure import Known, Matter, Recipient, kept_back, may_be_told, told_by_mistake
from pairs.village.models import Letter, LetterPart
from pairs.village.rules import TYPED_PARTS, why_not_posted

WRITE_ANEW = "This letter must be written anew: something in it may no longer be told."


@dataclass(frozen=True)
class Judge:
    """One letter's recipient and what is known of its family, loaded once."""

    recipient: Recipient
    known: Known
    infants: tuple[UUID, ...]
    on: date

    def about(self, what: str) -> str:
        """'' when this may be told of every child the letter is about, else why not."""
        verdicts = (
            may_be_told(self.recipient, Matter(what, infant_id=infant), self.on, self.known)
            for infant in self.infants
        )
        return next((verdict.why for verdict in verdicts if not verdict), "")

    def details_of(self, carer_id: UUID) -> str:
        """'' when this carer's contact details may be told."""
        matter = Matter("contact_details", caregiver_id=carer_id)
        return may_be_told(self.recipient, matter, self.on, self.known).problem

    def address(self, address_id: UUID) -> str:
        """'' when this address may be told; one that is no longer kept may not."""
        matter = next((each for each in self.known.matters if each.address_id == address_id), None)
        if matter is None:
            return "This address is no longer on the record."
        return may_be_told(self.recipient, matter, self.on, self.known).problem

    def words(self, text: str) -> str:
        """'' when the typed words hold no address or number that may not be told."""
        return told_by_mistake(text, self.recipient, self.on, self.known)


def judge_of(letter: Letter, on: date) -> Judge:
    """A letter from Letter.objects.whole()."""
    infants = tuple(infant.pk for infant in letter.about.all())
    return Judge(recipient_of(letter), knowledge.known_of(letter.family), infants, on)


def recipient_of(letter: Letter) -> Recipient:
    """Whom the letter is to, by everything they are known by."""
    if letter.to_caregiver:
        return knowledge.caregiver(letter.to_caregiver)
    if letter.to_member:
        return knowledge.member(letter.to_member)
    assert letter.to_user  # the database holds that a letter is to one
    return knowledge.account(letter.to_user, [letter.family_id])[letter.family_id]


def why_not_whole(letter: Letter, judge: Judge) -> list[str]:
    """Each thing in the letter that may not be told today, and why; empty when it may go out as it is."""
    problems = {_with_name("The letter itself", judge.about("involved"))}
    problems.add(_with_name("The text", judge.words(letter.text)))
    for part in letter.parts.all():
        problems.add(_with_name(str(part), why_not_part(part, judge)))
    return sorted(problems - {""})


def _with_name(name: str, why: str) -> str:
    return f"{name}: {why}" if why else ""


def why_not_part(part: LetterPart, judge: Judge) -> str:
    """'' when this part may be told today."""
    if part.address_id:
        return judge.address(part.address_id)
    if part.caregiver_id:
        return judge.details_of(part.caregiver_id)
    return judge.about(part.what) or judge.words(part.text)


@dataclass(frozen=True)
class Offer:
    """What this letter may carry: typed parts, and whose details; and why not the rest."""

    parts: tuple[str, ...]
    details: tuple[tuple[str, str], ...]  # (“caregiver:id” or “address:id”, words)
    left_out: tuple[tuple[str, str], ...]  # (words, why not)


def offer_of(letter: Letter, judge: Judge) -> Offer:
    """Only what may be told is offered; the rest is listed with its reason, never with its content."""
    reasons = {code: judge.about(code) for code, _ in TYPED_PARTS}
    details, left_out = [], [(words, reasons[code]) for code, words in TYPED_PARTS if reasons[code]]
    for row, words, why in _details(letter.family, judge):
        if why:
            left_out.append((words, why))
        else:
            details.append((f"{row._meta.model_name}:{row.pk}", words))
    return Offer(tuple(code for code in reasons if not reasons[code]), tuple(details), tuple(left_out))


def _details(family: Family, judge: Judge) -> list[tuple[Caregiver | Address, str, str]]:
    carers = Caregiver.objects.live().filter(family=family).order_by("created_at")
    addresses = Address.objects.live().current().filter(family=family).exclude(lines="")
    rows: list[tuple[Caregiver | Address, str, str]] = [
        (carer, f"How to reach {carer}", judge.details_of(carer.pk)) for carer in carers if carer.phone
    ]
    for address in addresses.select_related("infant", "caregiver").order_by("created_at"):
        rows.append((address, f"Where {address.person} lives", judge.address(address.pk)))
    return rows


def details_text(row: Caregiver | Address) -> str:
    """What a ticked detail says in the letter."""
    if isinstance(row, Address):
        return "\n".join([f"{row.person} lives at:", *row.lines.splitlines(), row.postcode]).strip()
    return "\n".join(filter(None, [f"{row}:", row.phone, row.email]))


@dataclass(frozen=True)
class Envelope:
    """Name and address as they stand above the letter, and why it cannot be posted ('' when it can)."""

    lines: tuple[str, ...]
    why_not: str


def envelope_of(letter: Letter, judge: Judge) -> Envelope:
    """Their current address; never a refuge, a limited one, or one they asked us not to write to."""
    if letter.to_caregiver:
        return _carers(letter.to_caregiver, judge)
    if letter.to_member:
        who = letter.to_member
        lines = tuple(filter(None, [who.name, who.role, who.organisation, *who.lines.splitlines()]))
        why = why_not_posted(to_carer=False, may_post=None, lines=bool(who.lines), kept_back=False)
        return Envelope(lines, why)
    return Envelope(_account(letter.to_user), _no_address())


def _no_address() -> str:
    return why_not_posted(to_carer=False, may_post=None, lines=False, kept_back=False)


def _account(user: User | None) -> tuple[str, ...]:
    team = user.team if user else None
    return tuple(filter(None, [str(user), team.name if team else "", team.organisation if team else ""]))


def _carers(carer: Caregiver, judge: Judge) -> Envelope:
    living = (
        Address.objects.live().current().filter(caregiver=carer).order_by("-since", "-created_at").first()
    )
    matter = next((each for each in judge.known.matters if living and each.address_id == living.pk), None)
    why = why_not_posted(
        to_carer=True,
        may_post=carer.may_post,
        lines=bool(living and living.lines),
        kept_back=bool(matter and kept_back(matter, judge.on, judge.known)),
    )
    if why or living is None:
        return Envelope((str(carer),), why)
    return Envelope((str(carer), *living.lines.splitlines(), living.postcode), "")
