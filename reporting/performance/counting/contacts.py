"""Contacts: how they were held, who came, whether the baby was seen, and what was missed or cancelled."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from interventions.episodes.contact_rules import ContactKind
from interventions.episodes.models import CareContact, Participant
from interventions.episodes.rules import (
    CAREGIVER_ATTENDANCES,
    INFANT_ATTENDANCES,
    MISSED_ATTENDANCES,
    NOT_BROUGHT_RATE_BASE,
    SEEN_ATTENDANCES,
    Attendance,
    Location,
    Mechanism,
)
from pairs.families.choices import Relationship
from pairs.families.models import Dyad
from pairs.matching.counted import select_counted
from reporting.evidence.indicators import Indicators
from reporting.performance.counting.demand import divide_places
from reporting.performance.figures import (
    NOT_RECORDED,
    Section,
    Share,
    Spread,
    Whole,
    Window,
    divide,
    divide_yes,
)

ATTENDED, MISSED, TOO_LATE = "Attended", "Not brought or did not attend", "Arrived too late to be seen"
BY_FAMILY, BY_SERVICE = "Cancelled by the family", "Cancelled by us"
CONTACT_LABELS = (ATTENDED, MISSED, TOO_LATE, BY_FAMILY, BY_SERVICE, NOT_RECORDED)
BABY_SEEN, BABY_NOT_SEEN = "Baby seen", "Baby not seen"
FATHERS = {Relationship.FATHER, Relationship.PARTNER}
# Words of an axis with and without → the relationships of a carer who came.
CARERS = {
    "A mother came": {Relationship.MOTHER},
    "A father or partner came": FATHERS,
    "Another carer came": set(Relationship) - FATHERS - {Relationship.MOTHER},
}
INFANT_LABELS = [each.label for each in Attendance if each in INFANT_ATTENDANCES]
ADULT_LABELS = [each.label for each in Attendance if each in CAREGIVER_ATTENDANCES]


@dataclass(frozen=True)
class Person:
    """One person expected at a contact."""

    infant: UUID | None
    caregiver: UUID | None
    attendance: str
    seen: bool | None

    @property
    def came(self) -> bool:
        return self.attendance in SEEN_ATTENDANCES


@dataclass(frozen=True)
class CountedContact:
    """One contact with the people who were expected."""

    id: UUID
    episode: UUID
    site: UUID
    starts_at: datetime
    minutes: int
    mechanism: str
    location: str
    people: tuple[Person, ...]

    @property
    def day(self) -> date:
        return timezone.localdate(self.starts_at)

    @property
    def outcome(self) -> str:
        """One for the contact: attended when anyone was seen, else missed, too late, cancelled."""
        found = {each.attendance for each in self.people}
        order = (
            (SEEN_ATTENDANCES, ATTENDED),
            (MISSED_ATTENDANCES, MISSED),
            ({Attendance.LATE_NOT_SEEN}, TOO_LATE),
            ({Attendance.CANCELLED_BY_FAMILY}, BY_FAMILY),
            ({Attendance.CANCELLED_BY_SERVICE}, BY_SERVICE),
        )
        return next((words for which, words in order if found & which), NOT_RECORDED)


def load_contacts(window: Window) -> list[CountedContact]:
    """Contacts with families in the window, attended or not, in order."""
    rows = select_counted(CareContact.objects.all()).with_family()
    rows = rows.filter(window.within("starts_at") & window.at_sites("episode__site")).order_by(
        "starts_at", "id"
    )
    found = list(
        rows.values_list(
            "id", "episode_id", "episode__site_id", "starts_at", "minutes", "mechanism", "location"
        )
    )
    people = _load_people([row[0] for row in found])
    return [CountedContact(*row, people=tuple(people[row[0]])) for row in found]


def _load_people(contacts: Collection[UUID]) -> dict[UUID, list[Person]]:
    rows = select_counted(Participant.objects.all()).filter(care_contact__in=contacts)
    found = defaultdict(list)
    for contact, *person in rows.values_list(
        "care_contact_id", "infant_id", "caregiver_id", "attendance", "seen"
    ):
        found[contact].append(Person(*person))
    return found


def query_attended_contacts() -> QuerySet[CareContact]:
    """Direct contacts at which anyone who was expected was seen."""
    came = select_counted(Participant.objects.all()).attended().filter(care_contact=OuterRef("pk"))
    return select_counted(CareContact.objects.all()).direct().filter(Exists(came))


def build_contacts(window: Window) -> Section:
    """Every contact with a family by its day; of those attended, who came and whether the baby was seen."""
    contacts = load_contacts(window)
    attended = [each for each in contacts if each.outcome == ATTENDED]
    episodes, relationships, births = _load_families(attended)
    return Section(
        "contacts",
        "Contacts",
        "Contacts with families by their day. A contact counts as attended when anyone who was expected was seen. "
        "Messages and talks with colleagues about a family are counted apart.",
        (
            _count_contacts(contacts),
            _count_attended(attended, relationships),
            _count_baby_seen(attended, episodes, births),
            _count_fathers(attended, relationships),
            *_count_people(contacts),
            *(_count_other(window, *kind) for kind in OTHER_KINDS),
        ),
        (
            Spread(
                "Length of an attended contact", "attended", "minutes", [each.minutes for each in attended]
            ),
        ),
    )


OTHER_KINDS = (
    (ContactKind.LIAISON, "liaison", "Talks with colleagues about a family (indirect activity)"),
    (ContactKind.MESSAGE, "messages", "Messages to families"),
)


def _count_other(window: Window, kind: str, key: str, heading: str) -> Whole:
    rows = select_counted(CareContact.objects.filter(kind=kind))
    return Whole(
        key, heading, rows.filter(window.within("starts_at") & window.at_sites("episode__site")).count()
    )


def _count_contacts(contacts: list[CountedContact]) -> Whole:
    return Whole(
        "contacts",
        "Contacts with families",
        len(contacts),
        (
            divide("Attendance", CONTACT_LABELS, [each.outcome for each in contacts], chart=True),
            divide(
                "How", Mechanism.labels, [Mechanism(each.mechanism).label for each in contacts], chart=True
            ),
            divide("Where", Location.labels, [Location(each.location).label for each in contacts]),
        ),
        (Share("Share of contacts attended", "Attendance", (ATTENDED,)),),
    )


def _count_attended(attended: list[CountedContact], relationships: dict[UUID, set[str]]) -> Whole:
    with_baby = sum(any(each.infant and each.came for each in contact.people) for contact in attended)
    divisions = [divide_yes("Babies", "A baby came", "Not so", with_baby, len(attended))]
    for words, wanted in CARERS.items():
        found = sum(_has_carer(contact, relationships, wanted) for contact in attended)
        divisions.append(divide_yes(words, words, "Not so", found, len(attended)))
    return Whole("attended", "Contacts attended", len(attended), tuple(divisions))


def _has_carer(contact: CountedContact, relationships: dict[UUID, set[str]], wanted: Collection[str]) -> bool:
    return any(
        each.came and each.caregiver and relationships.get(each.caregiver, set()) & set(wanted)
        for each in contact.people
    )


def _load_families(contacts: Iterable[CountedContact]) -> tuple[dict, dict, dict]:
    """(babies in focus by episode, relationships by carer, births by baby) of these contacts."""
    ids = {each.episode for each in contacts}
    dyads = select_counted(Dyad.objects.all())
    focus: dict[UUID, set[UUID]] = defaultdict(set)
    births: dict[UUID, date | None] = {}
    for episode, infant, born in dyads.filter(episodes__in=ids).values_list(
        "episodes", "infant_id", "infant__birth_date"
    ):
        focus[episode].add(infant)
        births[infant] = born
    carers = {each.caregiver for contact in contacts for each in contact.people if each.caregiver}
    relationships: dict[UUID, set[str]] = defaultdict(set)
    for carer, relationship in dyads.filter(caregiver__in=carers).values_list("caregiver_id", "relationship"):
        relationships[carer].add(relationship)
    return focus, relationships, births


def _count_baby_seen(attended: list[CountedContact], focus: dict, births: dict) -> Whole:
    """Of attended contacts after the birth of a baby in focus."""
    after_birth = [
        each
        for each in attended
        if any(births[infant] and births[infant] <= each.day for infant in focus.get(each.episode, ()))
    ]
    found = [_describe_baby(each) for each in after_birth]
    return Whole(
        "after_birth",
        "Attended contacts after the birth",
        len(found),
        (divide("Baby", (BABY_SEEN, BABY_NOT_SEEN, NOT_RECORDED), found),),
        (Share("Baby seen at contacts after the birth", "Baby", (BABY_SEEN,)),),
    )


def _describe_baby(contact: CountedContact) -> str:
    """Seen, or not; not recorded where a baby came and no one said."""
    came = [each for each in contact.people if each.infant and each.came]
    if any(each.seen for each in came):
        return BABY_SEEN
    return NOT_RECORDED if any(each.seen is None for each in came) else BABY_NOT_SEEN


def _count_fathers(attended: list[CountedContact], relationships: dict[UUID, set[str]]) -> Whole:
    episodes = {each.episode for each in attended}
    involved = {each.episode for each in attended if _has_carer(each, relationships, FATHERS)}
    words = "A father or partner came at least once"
    return Whole(
        "worked",
        "Families with an attended contact",
        len(episodes),
        (divide_yes("Father or partner", words, "Not so", len(involved), len(episodes)),),
        (Share("Families where a father or partner came", "Father or partner", (words,)),),
    )


def _count_people(contacts: list[CountedContact]) -> tuple[Whole, Whole]:
    """Attendances of babies and of carers, each expected person at each contact."""
    people = [each for contact in contacts for each in contact.people]
    babies = [Attendance(each.attendance).label for each in people if each.infant]
    carers = [Attendance(each.attendance).label for each in people if each.caregiver]
    expected = tuple(each.label for each in Attendance if each in NOT_BROUGHT_RATE_BASE)
    return (
        Whole(
            "baby_attendances",
            "Attendances of babies that were expected",
            len(babies),
            (divide("Baby’s attendance", INFANT_LABELS, babies),),
            (
                Share(
                    "Not brought, of those not cancelled",
                    "Baby’s attendance",
                    (Attendance.NOT_BROUGHT.label,),
                    expected,
                ),
            ),
        ),
        Whole(
            "carer_attendances",
            "Attendances of carers that were expected",
            len(carers),
            (divide("Carer’s attendance", ADULT_LABELS, carers),),
        ),
    )


def build_seen(counted: Indicators) -> Section:
    """Babies seen, as the equity report counts them, by where they live."""
    cells = counted.counts["seen"]
    places = [cell.place for cell, count in cells.items() for _ in range(count)]
    return Section(
        "seen",
        "Babies seen",
        "Babies with at least one attended direct contact in the period, each once.",
        (Whole("seen", "Babies seen", len(places), (divide_places(places),)),),
    )
