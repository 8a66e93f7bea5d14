"""Measure definitions as frozen dataclasses: facts with their source, never the items' wording."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from outcomes.rules import AgeAdjustment, AgeWindow, FormWindow, find_age_error

SUM, MEAN, MEAN_OF_ANSWERED, TEN_MEANS = "sum", "mean", "mean_of_answered", "ten_means_of_answered"
PRORATED = "prorated_sum"  # the sum of the answered items, scaled up to all of them
ANY = "any"  # 1 when one item is answered with the highest value; 0 when all are, with the lowest
TOTAL_OF, TYPED = "total_of", "typed"
COUNTED_METHODS = {SUM, MEAN, MEAN_OF_ANSWERED, TEN_MEANS, PRORATED, ANY}  # from the items' answers
SCORING_METHODS = COUNTED_METHODS | {TOTAL_OF, TYPED}
CARER, PRACTITIONER, CODER = "carer", "practitioner", "coder"
RELATIONSHIP = "relationship"
PREGNANCY_GROUP, BIRTH_GROUP, FATHER_GROUP = "pregnancy", "after birth", "father"
BAND_GROUPS = (PREGNANCY_GROUP, BIRTH_GROUP, FATHER_GROUP)
ITEMS, TOTALS, DONE_ONLY, GOAL, NOT_OFFERED = "items", "totals", "done", "goal", "none"


@dataclass(frozen=True)
class Band:
    """From this score up to the next band. Empty words: nothing is published about these scores."""

    at_least: float
    words: str
    source: str
    of: str = ""  # whom it is published for: "father", "pregnancy", "after birth"; empty: everybody


@dataclass(frozen=True)
class Threshold:
    """How many points a score must move before the change counts as reliable, and who says so."""

    points: float
    source: str


@dataclass(frozen=True)
class Scale:
    """One score of a measure. ``better``: lower, higher or neither; ``lowest`` and ``highest``: None if unverified."""

    id: str
    name: str
    method: str
    better: str
    meaning: str
    items: tuple[int, ...] = ()
    of: tuple[str, ...] = ()  # the scales that a total adds up
    lowest: float | None = None
    highest: float | None = None
    step: float = 1
    bands: tuple[Band, ...] = ()
    reliable: Threshold | None = None
    snomed: tuple[str, ...] = ()
    least_answered: int | None = None  # of the items; with fewer there is no score
    ask_below: float | None = None  # a total beyond these is asked about, where the range is only probable
    ask_above: float | None = None
    ask_if_fewer: int | None = None  # answered items

    def band(self, score: float | None, of: str = "") -> Band | None:
        """The published band that this score lies in, for somebody (``BAND_GROUPS``); None where none is published."""
        theirs = [each for each in self.bands if each.of == of]
        bands = theirs or [each for each in self.bands if not each.of]
        reached = [each for each in bands if score is not None and each.at_least <= score]
        return reached[-1] if reached and reached[-1].words else None

    @property
    def has_range(self) -> bool:
        """Its range is known, so that it can be drawn and checked."""
        return self.lowest is not None and self.highest is not None


@dataclass(frozen=True)
class NotApplicable:
    """Items that may be marked as not applying, and what such a mark counts; None: it is left out."""

    items: tuple[int, ...]
    counts: int | None
    words: str


@dataclass(frozen=True)
class FixedSum:
    """Scales whose typed values add up to a fixed number, by the way the instrument is coded."""

    scales: tuple[str, ...]
    to: float


@dataclass(frozen=True)
class LicensedWording:
    """The wording of a licensed copy that a service has put in place. ``answers``: what each value means."""

    licence: str
    instruction: str
    items: Mapping[int, str]
    answers: Mapping[float, str]


@dataclass(frozen=True)
class Measure:
    """One version of a measure."""

    id: str
    version: str
    name: str
    short_name: str
    kind: str  # items, totals, done, goal, or none: nothing may be recorded
    construct: str
    may_be_core: bool
    completed_by: str  # carer, practitioner or coder
    window: AgeWindow
    licence: str
    wording: str  # whether the licence seen lets its words be shown: "yes", "local" or "no"
    sources: tuple[str, ...]
    confidence: str
    for_whom: tuple[str, ...] = ()  # kinds of carer it is written for; empty: any
    forms: tuple[str, ...] = ()  # forms for different ages, which cannot be compared
    form_windows: tuple[
        FormWindow, ...
    ] = ()  # as far as they are known, from memory: asked about, never refused
    items: int = 0
    lowest: float = 0
    highest: float = 0
    step: float = 1
    lowest_means: str = ""
    highest_means: str = ""
    reversed: tuple[int, ...] = ()
    printed_downwards: tuple[int, ...] = ()  # items whose answers are printed from the highest value
    not_applicable: NotApplicable | None = None
    risk_items: tuple[int, ...] = ()
    scales: tuple[Scale, ...] = ()
    must_sum: tuple[FixedSum, ...] = ()
    totals_instead: bool = False  # the total and the risk items alone may be typed
    asks_concern: bool = False  # of one that is recorded as done: whether there is a concern
    once_confirmed: bool = False  # a licensed copy may confirm how it is scored
    minutes: int | None = None  # where a source says; else it is reckoned
    missing_rule: str = ""
    training: str = ""
    national_tool: str | None = None  # what the national list (MHSDS) calls it; None: it is not on the list
    item_snomed: tuple[str, ...] = ()  # the national list's codes, where each item has its own
    notes: tuple[str, ...] = ()
    words: LicensedWording | None = field(default=None, compare=False)

    @cached_property
    def by_id(self) -> Mapping[str, Scale]:
        return {each.id: each for each in self.scales}

    def scale(self, id: str) -> Scale:
        return self.by_id[id]

    @property
    def typed_scales(self) -> list[Scale]:
        """Those that are typed as numbers instead of being counted."""
        return [each for each in self.scales if each.method == TYPED]

    @property
    def is_about_relationship(self) -> bool:
        """One fact. Whether enough is verified for the core (``may_be_core``) is another."""
        return self.construct.startswith(RELATIONSHIP)

    @property
    def may_ask(self) -> bool:
        """Whether something that is entered may be so unusual that it is asked about."""
        limits = ((each.ask_below, each.ask_above, each.ask_if_fewer) for each in self.scales)
        return bool(self.form_windows) or any(limit is not None for each in limits for limit in each)

    @property
    def offered(self) -> bool:
        return self.kind in (ITEMS, TOTALS, DONE_ONLY)

    @property
    def allows_link(self) -> bool:
        """A parent may answer it alone, on their own phone: never where an answer could tell of a danger.

        Nor where it is about mood: whoever says how low they are should have somebody beside them.
        """
        alone = self.kind == ITEMS and self.completed_by == CARER
        return alone and not self.risk_items and "mood" not in self.construct

    @property
    def is_about_carer(self) -> bool:
        """It asks a carer about themselves, whatever the baby's age: also after a baby has died."""
        return self.completed_by == CARER and self.window.when == "any"

    def risky(self, answers: Mapping[int, float | None]) -> list[int]:
        """The risk items whose answer counts more than nought, in order."""
        counts = {item: self.value(item, answers.get(item)) for item in self.risk_items}
        return [item for item, count in counts.items() if count is not None and count > self.lowest]

    def value(self, item: int, answer: float | None) -> float | None:
        """What an answer counts: turned round where the item is reversed; None where there is none."""
        if answer is None:
            return None
        return self.lowest + self.highest - answer if item in self.reversed else answer

    def may_skip(self, item: int) -> bool:
        return self.not_applicable is not None and item in self.not_applicable.items

    def why_not(self, *, born: date | None, on: date) -> str:
        """'' when the infant is within the measure's age window on that day, else why not."""
        return find_age_error(name=self.short_name, window=self.window, born=born, on=on)


def parse_measure(sheet: Mapping[str, Any]) -> Measure:
    """A Measure from one YAML sheet; unknown and missing keys raise TypeError or KeyError."""
    return Measure(**{name: _MEASURE_PARSERS.get(name, to_tuple)(value) for name, value in sheet.items()})


def to_tuple(value: Any) -> Any:
    """Lists as tuples: a sheet is never changed."""
    return tuple(value) if isinstance(value, list) else value


def parse_scale(sheet: Mapping[str, Any]) -> Scale:
    """A Scale from a sheet's or a licensed copy's lines."""
    return Scale(**{name: _SCALE_PARSERS.get(name, to_tuple)(value) for name, value in sheet.items()})


def _make_list_parser(make: type[Any]) -> Callable[..., Any]:
    return lambda sheets: tuple(
        make(**{name: to_tuple(value) for name, value in each.items()}) for each in sheets
    )


def _make_optional_parser(make: type[Any]) -> Callable[..., Any]:
    return lambda sheet: (
        None if sheet is None else make(**{name: to_tuple(value) for name, value in sheet.items()})
    )


_SCALE_PARSERS = {"bands": _make_list_parser(Band), "reliable": _make_optional_parser(Threshold)}
_MEASURE_PARSERS = {
    "scales": lambda sheets: tuple(parse_scale(each) for each in sheets),
    "must_sum": _make_list_parser(FixedSum),
    "not_applicable": _make_optional_parser(NotApplicable),
    "window": lambda sheet: AgeWindow(
        **sheet | {"adjustment": _make_optional_parser(AgeAdjustment)(sheet.get("adjustment"))}
    ),
    "form_windows": _make_list_parser(FormWindow),
}
