"""A child's village drawn: rings by closeness, carers in the centre, names in two columns so that none overlap."""

from dataclasses import dataclass
from datetime import date
from math import cos, sin
from typing import Any

from pairs.village import known as knowledge
from pairs.village.disclosure import Known, Matter, Recipient
from pairs.village.models import VillageMember
from pairs.village.rules import CLOSENESS

WIDTH, LEAST_HEIGHT = 1100, 600
CENTRE_X = WIDTH / 2
RADII = {1: 150, 2: 205, 3: 260}
HEART = 98  # radius of the centre, where the child and the carers stand
ROW = 46  # a name and a line below it
COLUMN = RADII[3] + 50  # from the centre to where the names begin
STEEPEST = 1.02  # radians from the horizontal: the rings' own names stand at the top, and stay free
LONGEST = 30  # characters of a name or description that fit beside the rings


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
        corners = {
            "professional": [(-8, -8), (8, -8), (8, 8), (-8, 8)],
            "friend": [(0, -11), (11, 0), (0, 11), (-11, 0)],
            "community": [(0, -11), (10.5, 8), (-10.5, 8)],
        }.get(self.kind, [])
        return " ".join(f"{self.x + x:.1f},{self.y + y:.1f}" for x, y in corners)


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
    heart = HEART
    centre_x = CENTRE_X

    @property
    def centre_y(self) -> float:
        return self.height / 2

    @property
    def heart_name(self) -> str:
        """The child's name, as much of it as the centre holds."""
        return _short(self.child, 16)

    @property
    def heart_lines(self) -> list[str]:
        """The carers, a line each; of more than four the rest are counted."""
        lines = [_short(carer, 22) for carer in self.carers[:4]]
        more = len(self.carers) - len(lines)
        return [*lines, f"and {more} more"] if more > 0 else lines

    @property
    def rings(self) -> list[tuple[int, str]]:
        """(radius, words), the outermost first."""
        return [(RADII[ring], words) for ring, words in reversed(CLOSENESS)]


def map_for(infant: Any, family: Any, members: list, reader: Any, on: date) -> Drawing:
    """The child's village for staff (``reader`` None), or for one carer or member of the village."""
    carers = [dyad for dyad in family.dyads.all() if dyad.infant_id == infant.pk]
    if reader is not None:
        recipient = _recipient(reader)
        known = knowledge.known_of(family)
        if not _shown(recipient, Matter("named", infant_id=infant.pk), on, known):
            return Drawing("", (), (), (), LEAST_HEIGHT, withheld=True)
        carers = [
            each
            for each in carers
            if _shown(recipient, Matter("named", caregiver_id=each.caregiver_id), on, known)
        ]
        members = [
            each for each in members if _shown(recipient, Matter("named", member_id=each.pk), on, known)
        ]
    height = max(LEAST_HEIGHT, (len(members) + 1) // 2 * ROW + 40)
    said = tuple(map(_carer, carers))
    return Drawing(
        infant.given_name or infant.name or "Baby",
        said,
        tuple(placed(members, height)),
        tuple(members),
        height,
    )


def _carer(dyad: Any) -> str:
    """By the given name: the centre is small, and the child knows them by it."""
    return f"{dyad.caregiver.given_name or dyad.caregiver}, {dyad.get_relationship_display().lower()}"


def _recipient(reader: Any) -> Recipient:
    if isinstance(reader, VillageMember):
        return knowledge.member(reader)
    return knowledge.caregiver(reader)


def _shown(recipient: Recipient, matter: Matter, on: date, known: Known) -> bool:
    """A map shows that somebody is there and what they are called: anybody no limit keeps from this reader.

    The family draws the map with us and decides who gets it, so no agreement is asked for; limits always hold.
    """
    return not any(
        each.live(on) and each.is_against(recipient) and each.covers(matter) for each in known.limits
    )


def placed(members: list, height: float) -> list[Dot]:
    """A dot and a label for each: every other one to the right, each side evenly from top to bottom."""
    right, left = _round_about(members[::2]), _round_about(members[1::2])
    return [*_side(right, height, 1), *_side(left, height, -1)]


def _round_about(members: list) -> list:
    """From top to bottom, so that each ring's people stand all the way round, and no ring fills one corner."""
    seen: dict[int, int] = {}
    count = {ring: sum(each.closeness == ring for each in members) for ring in RADII}
    keys = []
    for each in members:
        seen[each.closeness] = seen.get(each.closeness, 0) + 1
        keys.append((seen[each.closeness] - 0.5) / count[each.closeness])
    order = sorted(range(len(members)), key=lambda place: keys[place])
    return [members[place] for place in order]


def _side(members: list, height: float, side: int) -> list[Dot]:
    return [_dot(each, _share(place, len(members)), height, side) for place, each in enumerate(members)]


def _share(place: int, count: int) -> float:
    """From -1 (top) to 1 (bottom); few people stand near the middle, and not at the poles."""
    if count == 1:
        return 0.0
    reach = min(1.0, 0.3 + 0.12 * count)
    return reach * (2 * place / (count - 1) - 1)


def _dot(member: Any, share: float, height: float, side: int) -> Dot:
    angle, radius = STEEPEST * share, RADII[member.closeness]
    return Dot(
        name=_short(member.name),
        words=_short(member.described),
        kind=member.kind,
        ring=member.closeness,
        x=CENTRE_X + side * radius * cos(angle),
        y=height / 2 + radius * sin(angle),
        label_x=CENTRE_X + side * COLUMN,
        label_y=height / 2 + share * (height / 2 - 34),
        anchor="start" if side == 1 else "end",
    )


def _short(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
