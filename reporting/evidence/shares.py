"""Shares that can be trusted: from exact parts, with an interval, only where that tells nobody the parts.

A share of two rounded counts can be far off: 13 of 17 is 15 of 15 when rounded, "100 %" for 76 %. So a share is worked
from the exact parts and then made coarse: whole per cent, the nearest five, or words. The finest of these is taken
that leaves three numbers or more for the part, for the whole and for the rest, to a reader who knows both rounded
counts. The limits beside it are worked from what is printed, so they say nothing more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor

from reporting.evidence.disclosure import SUPPRESSED, Publishable, Published, get_reader_bounds
from reporting.evidence.statistics import wilson

# Of a smaller whole no percentage is printed. Source: National Center for Health Statistics, Data Presentation
# Standards for Proportions, Vital and Health Statistics 2(175), 2017: a sample of 30 or more. Judged by the rounded
# whole, so that it does not tell a 29 from a 30.
MIN_PERCENT_WHOLE = 30
PERCENT_STEPS = (1, 5)
MIN_POSSIBLE_VALUES = 3  # what any figure could be, to a reader of everything published
HALF_PERCENTS = 200  # bounds of a share are whole numbers of these in one
# (from, below, in half per cents, how it is said)
SHARES_IN_WORDS = (
    (0, 25, "fewer than one in eight"),
    (25, 75, "about a quarter"),
    (75, 125, "about half"),
    (125, 175, "about three quarters"),
    (175, 201, "more than seven in eight"),
)
SHARE_NOTE = (
    f"Percentages are worked from the exact numbers, where the whole is about {MIN_PERCENT_WHOLE} or more, and rounded "
    "to a whole per cent or, where that would reveal a number, to the nearest five. The limits in brackets are 95% "
    "limits (Wilson): another period of the same service could have given any share between them. Of fewer the share "
    "is given in words."
)


@dataclass(frozen=True, slots=True)
class ShareBounds:
    """What a printed share says: low <= part / whole < high, in half per cents."""

    low: int
    high: int

    def hold(self, part: int, whole: int) -> bool:
        return self.low * whole <= HALF_PERCENTS * part < self.high * whole


@dataclass(frozen=True, slots=True)
class PublishedShare(Publishable):
    """A share as it may be shown: per cent with 95 % limits, or words; both empty for *."""

    shown: int | None = None
    limits: tuple[int, int] | None = None
    words: str = ""
    bounds: ShareBounds | None = None

    @property
    def text(self) -> str:
        if self.shown is None or self.limits is None:
            return self.words or SUPPRESSED
        return f"{self.shown}% ({self.limits[0]} to {self.limits[1]}%)"


def publish_share(
    part: int, whole: int, shown_part: Published, shown_whole: Published, *, in_words: bool = False
) -> PublishedShare:
    """The finest form of part / whole that passes the gate (`in_words`: of words alone); * where either count is *."""
    if shown_part.shown is None or shown_whole.shown is None:
        return PublishedShare()
    return next(
        (
            share
            for share in list_share_forms(part, whole, shown_whole)
            if (share.words or not in_words) and _hides_its_parts(share.bounds, shown_part, shown_whole)
        ),
        PublishedShare(),
    )


def list_share_forms(part: int, whole: int, shown_whole: Published) -> Iterator[PublishedShare]:
    """The same share from fine to coarse: per cent where the whole is large enough, then words."""
    if shown_whole.shown is not None and shown_whole.shown >= MIN_PERCENT_WHOLE:
        for step in PERCENT_STEPS:
            yield _round_share(part, whole, shown_whole.shown, step)
    for low, high, words in SHARES_IN_WORDS:
        bounds = ShareBounds(low, high)
        if bounds.hold(part, whole):
            yield PublishedShare(words=words, bounds=bounds)


def _round_share(part: int, whole: int, shown_whole: int, step: int) -> PublishedShare:
    """To the nearest `step` per cent, halves up; limits from the rounded share of the rounded whole.

    The limits are rounded outwards and hold all that the share was rounded from: the exact share is always within.
    """
    percent = step * ((HALF_PERCENTS * part + step * whole) // (2 * step * whole))
    bounds = ShareBounds(2 * percent - step, 2 * percent + step)
    limits = wilson(percent / 100 * shown_whole, shown_whole)
    low = floor(min(100 * limits.low, bounds.low / 2))
    high = ceil(max(100 * limits.high, bounds.high / 2))
    return PublishedShare(percent, (max(low, 0), min(high, 100)), bounds=bounds)


def _hides_its_parts(bounds: ShareBounds | None, part: Published, whole: Published) -> bool:
    """Whether three or more numbers remain for each of part, whole and rest, given both rounded counts."""
    if bounds is None:
        return False
    parts, wholes = get_reader_bounds(part.shown), get_reader_bounds(whole.shown)
    possible = [
        (n, of)
        for of in range(wholes[0], wholes[1] + 1)
        for n in range(parts[0], min(parts[1], of) + 1)
        if bounds.hold(n, of)
    ]
    found = ({n for n, _ in possible}, {of for _, of in possible}, {of - n for n, of in possible})
    return min(map(len, found)) >= MIN_POSSIBLE_VALUES
