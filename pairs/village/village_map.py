"""A child's village drawn: rings by closeness, carers in the centre, names in two columns so that none overlap."""

from dataclasses import dataclass
from datetime import date
from math import cos, sin
from typing import Any

from pairs.village import disclosure_facts as knowledge
from pairs.village.disclosure import DisclosureFacts, Matter, Recipient
from pairs.village.models import VillageMember
from pairs.village.rules import Closeness, MemberKind

WIDTH, MIN_HEIGHT = 1100, 600
CENTRE_X = WIDTH / 2
RING_RADII: dict[int, int] = {Closeness.EVERY_DAY: 150, Closeness.OFTEN: 205, Closeness.NOW_AND_THEN: 260}
CENTRE_RADIUS = 98  # radius of the centre, where the child and the carers stand
ROW_HEIGHT = 46  # a name and a line below it
NAME_COLUMN_OFFSET = RING_RADII[Closeness.NOW_AND_THEN] + 50  # from the centre to where the names begin
MAX_ANGLE_RADIANS = 1.02  # radians from the horizontal: the rings' own names stand at the top, and stay free
MAX_TEXT_LENGTH = 30  # characters of a name or description that fit beside the rings


@dataclass(frozen=True)
class Dot:
    """One person on the map: the dot on its ring, and where the name stands."""

    name: str
    words: str
    kind: str
    ring: int
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str  # start (right of the rings) or end (left of them)

    @property
    def line(self) -> str:
        """A gentle curve from the dot to the name, as an SVG path."""
        side = 1 if self.anchor == "start" else -1
        end_x, end_y = self.label_x - 8 * side, self.label_y + 2
        bend = end_x - 34 * side
        return f"M{self.x:.1f} {self.y:.1f} Q{bend:.1f} {end_y:.1f} {end_x:.1f} {end_y:.1f}"

    @property
    def mark(self) -> str:
        """The corners of this kind's shape, as an SVG polygon; '' for a circle (family and kin)."""
        corners: dict[str, list[tuple[float, float]]] = {
            MemberKind.PROFESSIONAL: [(-8, -8), (8, -8), (8, 8), (-8, 8)],
            MemberKind.FRIEND: [(0, -11), (11, 0), (0, 11), (-11, 0)],
            MemberKind.COMMUNITY: [(0, -11), (10.5, 8), (-10.5, 8)],
        }
        return " ".join(f"{self.x + x:.1f},{self.y + y:.1f}" for x, y in corners.get(self.kind, []))


@dataclass(frozen=True)
class Drawing:
    """All that the template draws."""

    child: str
    carers: tuple[str, ...]
    dots: tuple[Dot, ...]
    members: tuple[VillageMember, ...]
    height: float
    withheld: bool = False  # nothing may be shown to them

    width = WIDTH
    heart = CENTRE_RADIUS
    centre_x = CENTRE_X

    @property
    def centre_y(self) -> float:
        return self.height / 2

    @property
    def heart_name(self) -> str:
        """The child's name, as much of it as the centre holds."""
        return _shorten(self.child, 16)

    @property
    def heart_lines(self) -> list[str]:
        """The carers, a line each; of more than four the rest are counted."""
        lines = [_shorten(carer, 22) for carer in self.carers[:4]]
        more = len(self.carers) - len(lines)
        return [*lines, f"and {more} more"] if more > 0 else lines

    @property
    def rings(self) -> list[tuple[int, str]]:
        """(radius, words), the outermost first."""
        return [(RING_RADII[ring], ring.label) for ring in reversed(Closeness)]


def build_village_map(infant: Any, family: Any, members: list, reader: Any, on: date) -> Drawing:
    """The child's village for staff (``reader`` None), or for one carer or member of the village."""
    carers = [dyad for dyad in family.dyads.all() if dyad.infant_id == infant.pk]
    if reader is not None:
        recipient = _build_recipient(reader)
        facts = knowledge.load_disclosure_facts(family)
        if not _may_be_shown(recipient, Matter("named", infant_id=infant.pk), on, facts):
            return Drawing("", (), (), (), MIN_HEIGHT, withheld=True)
        carers = [
            each
            for each in carers
            if _may_be_shown(recipient, Matter("named", caregiver_id=each.caregiver_id), on, facts)
        ]
        members = [
            each
            for each in members
            if _may_be_shown(recipient, Matter("named", member_id=each.pk), on, facts)
        ]
    height = max(MIN_HEIGHT, (len(members) + 1) // 2 * ROW_HEIGHT + 40)
    said = tuple(map(_describe_carer, carers))
    return Drawing(
        infant.given_name or infant.shown_name or "Baby",
        said,
        tuple(place_dots(members, height)),
        tuple(members),
        height,
    )


def _describe_carer(dyad: Any) -> str:
    """By the given name: the centre is small, and the child knows them by it."""
    return f"{dyad.caregiver.given_name or dyad.caregiver}, {dyad.get_relationship_display().lower()}"


def _build_recipient(reader: Any) -> Recipient:
    if isinstance(reader, VillageMember):
        return knowledge.build_member_recipient(reader)
    return knowledge.build_caregiver_recipient(reader)


def _may_be_shown(recipient: Recipient, matter: Matter, on: date, facts: DisclosureFacts) -> bool:
    """A map shows that somebody is there and what they are called: anybody no limit keeps from this reader.

    The family draws the map with us and decides who gets it, so no agreement is asked for; limits always hold.
    """
    return not any(
        each.live(on) and each.is_against(recipient) and each.covers(matter) for each in facts.limits
    )


def place_dots(members: list, height: float) -> list[Dot]:
    """A dot and a label for each: every other one to the right, each side evenly from top to bottom."""
    right, left = _spread_rings(members[::2]), _spread_rings(members[1::2])
    return [*_place_side(right, height, 1), *_place_side(left, height, -1)]


def _spread_rings(members: list) -> list:
    """From top to bottom, so that each ring's people stand all the way round, and no ring fills one corner."""
    seen: dict[int, int] = {}
    count = {ring: sum(each.closeness == ring for each in members) for ring in RING_RADII}
    keys = []
    for each in members:
        seen[each.closeness] = seen.get(each.closeness, 0) + 1
        keys.append((seen[each.closeness] - 0.5) / count[each.closeness])
    order = sorted(range(len(members)), key=lambda place: keys[place])
    return [members[place] for place in order]


def _place_side(members: list, height: float, side: int) -> list[Dot]:
    return [
        _place_dot(each, _compute_share(place, len(members)), height, side)
        for place, each in enumerate(members)
    ]


def _compute_share(place: int, count: int) -> float:
    """From -1 (top) to 1 (bottom); few people stand near the middle, and not at the poles."""
    if count == 1:
        return 0.0
    reach = min(1.0, 0.3 + 0.12 * count)
    return reach * (2 * place / (count - 1) - 1)


def _place_dot(member: Any, share: float, height: float, side: int) -> Dot:
    angle, radius = MAX_ANGLE_RADIANS * share, RING_RADII[member.closeness]
    return Dot(
        name=_shorten(member.name),
        words=_shorten(member.described),
        kind=member.kind,
        ring=member.closeness,
        x=CENTRE_X + side * radius * cos(angle),
        y=height / 2 + radius * sin(angle),
        label_x=CENTRE_X + side * NAME_COLUMN_OFFSET,
        label_y=height / 2 + share * (height / 2 - 34),
        anchor="start" if side == 1 else "end",
    )


def _shorten(text: str, longest: int = MAX_TEXT_LENGTH) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
