"""The establishment on a day: posts funded and filled, beside what is planned and recommended. Numbers only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from interventions.posts.choices import Band, StaffGroup
from interventions.posts.models import PlanLine, Post
from interventions.posts.rules import format_financial_year, list_year_ends
from pairs.service.models import Site

NOUGHT = Decimal(0)


@dataclass(frozen=True)
class Filled:
    """Whole-time equivalents that are funded on a day, and what of them is filled."""

    funded: Decimal = NOUGHT
    filled: Decimal = NOUGHT

    @property
    def vacant(self) -> Decimal:
        return self.funded - self.filled

    def __add__(self, other: "Filled") -> "Filled":
        return Filled(self.funded + other.funded, self.filled + other.filled)


@dataclass(frozen=True)
class EstablishmentRow:
    """One role group and band. ``line``: of the plan; None where posts are funded that no plan names."""

    group: str
    band: str
    now: Filled
    line: Any = None

    @property
    def name(self) -> str:
        """“Clinical psychologist (band 8a)”."""
        return (
            f"{StaffGroup(self.group).label} ({Band(self.band).label[0].lower()}{Band(self.band).label[1:]})"
        )

    @property
    def funded(self) -> Decimal:
        return self.now.funded

    @property
    def at_start(self) -> Decimal:
        return self.line.at_start if self.line else NOUGHT

    @property
    def additional(self) -> Decimal:
        return self.line.additional if self.line else NOUGHT

    @property
    def planned(self) -> Decimal:
        return self.at_start + self.additional

    @property
    def recommended(self) -> Decimal:
        return self.line.recommended if self.line else NOUGHT

    @property
    def gap(self) -> Decimal:
        """What the recommended model has beyond the plan; negative where the plan has more."""
        return self.recommended - self.planned


@dataclass(frozen=True)
class SiteRow:
    """One site: what is funded and filled, and what is planned there with or without a date.

    ``direct``: of what is filled, posts with direct work with families.
    """

    site: Site
    now: Filled
    planned: Decimal
    direct: Decimal


def add_up(posts: Iterable[Any]) -> Filled:
    """Of posts that came by ``with_filled``, all of them funded on its day."""
    return sum((Filled(post.wte, post.filled_wte) for post in posts), Filled())


def list_establishment(posts: Iterable[Any], lines: Iterable[PlanLine]) -> list[EstablishmentRow]:
    """A row for each line of the plan, in its order, then for each group and band that only posts have."""
    found: dict[tuple[str, str], Filled] = defaultdict(Filled)
    for post in posts:
        found[post.group, post.band] += Filled(post.wte, post.filled_wte)
    planned = {(line.group, line.band): line for line in lines}
    keys = [*planned, *sorted(found.keys() - planned.keys())]
    return [EstablishmentRow(*key, found[key], planned.get(key)) for key in keys]


def list_site_rows(sites: Iterable[Site], posts: Iterable[Any], on: date) -> list[SiteRow]:
    """``posts``: not ended by that day, by ``with_filled``; a post that begins later is planned."""
    by_site = defaultdict(list)
    for post in posts:
        by_site[post.site_id].append(post)
    return [_build_site_row(site, by_site[site.pk], on) for site in sites]


def _build_site_row(site: Site, posts: list[Any], on: date) -> SiteRow:
    funded = [post for post in posts if is_funded(post, on)]
    return SiteRow(
        site,
        add_up(funded),
        sum((post.wte for post in posts if not is_funded(post, on)), NOUGHT),
        sum((post.filled_wte for post in funded if not post.no_direct_work), NOUGHT),
    )


def is_funded(post: Post, on: date) -> bool:
    """Of a post that has not ended by that day: whether its funding has begun."""
    return post.funded_from is not None and post.funded_from <= on


@dataclass(frozen=True)
class YearRow:
    """A financial year by its end: whole-time equivalents that the recorded posts will have funded then."""

    end: date
    funded: Decimal

    @property
    def name(self) -> str:
        return format_financial_year(self.end)


def list_years(posts: Iterable[Post], on: date, last_year: int) -> list[YearRow]:
    """``posts``: all that have not ended by the day; those without a date are in no year."""
    posts = list(posts)
    return [
        YearRow(end, sum((post.wte for post in posts if _is_funded_then(post, end)), NOUGHT))
        for end in list_year_ends(on, last_year)
    ]


def _is_funded_then(post: Post, day: date) -> bool:
    return is_funded(post, day) and (post.funded_until is None or post.funded_until >= day)
