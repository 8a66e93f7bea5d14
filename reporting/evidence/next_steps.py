"""What to do next: a few acts that follow from published figures, each with the figures that it follows from.

In a declared order: who waits longest, where one group is lost, whom the service does not reach, what is not known. An
act is named only where the figures say it beyond chance, or count people who are waiting for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from reporting.evidence import statistics
from reporting.evidence.access import AXIS_WORDS
from reporting.evidence.first_page import MONTHS_A_YEAR
from reporting.evidence.published_counts import PublishedCounts
from reporting.evidence.still_waiting import STILL_WAITING

MOST_STEPS = 3
# Groups are not compared where more than one baby in this many is “not known”: our own choice, printed in the report.
UNKNOWN_OF = 10
NOTHING_TO_DO = {
    "act": "Carry on as you do.",
    "why": "No one is counted as waiting long, no group is seen less beyond chance, and the records are complete.",
}
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class NextStep:
    """`act`: what to do, as a sentence; `why`: the published figures that say so."""

    act: str
    why: str


def build_next_steps(
    periods: Sequence[Figures], access: Figures | None, ladders: Iterable[Figures]
) -> list[dict[str, str]]:
    """The first few, as JSON. ``periods``: the month, its quarter and its year as they are published."""
    month, year = periods[0], periods[-1]
    found = (
        *_see_the_waiting(month),
        *_close_the_gap(ladders),
        *_reach_out(access, year),
        *_ask_the_unknown(year),
        *_ask_for_pairs(year),
        *_plan_for_more(month, year),
    )
    return keep_first_steps(found)


def keep_first_steps(steps: Iterable[NextStep], most: int = MOST_STEPS) -> list[dict[str, str]]:
    return [asdict(each) for each in islice(steps, most)] or [NOTHING_TO_DO]


def _see_the_waiting(month: Figures) -> Iterator[NextStep]:
    """By the longest band that may be shown."""
    sections = [each for each in month.get("sections", ()) if each["title"] == STILL_WAITING.title]
    rows = [row for section in sections for table in section["tables"] for row in table["rows"][1:]]
    shown = [(name, text) for name, text in rows if text.isdigit() and int(text)]
    if shown:
        band, count = shown[-1]
        yield NextStep(
            f"Offer a first contact to those who have waited {band[0].lower()}{band[1:]}.",
            f"About {count} babies were still waiting at the end of {month['name']}.",
        )


def _close_the_gap(ladders: Iterable[Figures]) -> Iterator[NextStep]:
    for ladder in ladders:
        if ladder.get("gap_group"):
            yield NextStep(f"Find out why fewer reach the next step: {ladder['gap_group']}.", ladder["gap"])


def _reach_out(access: Figures | None, year: Figures) -> Iterator[NextStep]:
    """To groups whose upper limit is below the rate of the whole service. Of the fifths to the most deprived alone:
    more is wanted where deprivation is high."""
    whole = (access or {}).get("whole")
    if not access or not whole:
        return
    for axis, groups in access["rates"].items():
        for each in groups[:1] if axis == "quintile" else groups:
            if each["rate"] is not None and each["high"] < whole["rate"]:
                yield NextStep(
                    f"Reach out by {AXIS_WORDS[axis]}: {each['label']}.",
                    f"{each['rate']} in every 1,000 were seen ({each['low']} to {each['high']}) in {year['name']}, "
                    f"{whole['rate']} in the whole service.",
                )


def _ask_the_unknown(year: Figures) -> Iterator[NextStep]:
    referred = PublishedCounts(year).get_whole("referred")
    for name, count, *_ in year["quality"]["rows"]:
        if referred and count.isdigit() and int(count) * UNKNOWN_OF > referred:
            what, _, why = name.partition(": ")
            yield NextStep(
                f"Ask families for what is missing: {what.lower()}.",
                f"It is {why} of about {count} of {referred} babies referred in {year['name']}, so groups cannot be "
                "compared with confidence.",
            )


def _ask_for_pairs(year: Figures) -> Iterator[NextStep]:
    counts = PublishedCounts(year)
    paired, fitting = counts.get_whole("ended_with_pair"), counts.get_whole("ended_fitting")
    if paired is not None and fitting and paired < fitting:
        yield NextStep(
            "Complete the relationship measure at the first contact and again before the ending.",
            f"About {paired} of {fitting} babies for whom one fits had both in {year['name']}; of the others it cannot "
            "be said whether the work helped.",
        )


def _plan_for_more(month: Figures, year: Figures) -> Iterator[NextStep]:
    """Where more were referred than in a usual month of the year, beyond chance."""
    found, in_year = (PublishedCounts(each).get_whole("referred") for each in (month, year))
    if found is None or in_year is None:
        return
    usual = in_year / MONTHS_A_YEAR
    if statistics.count_interval(found)[0] > usual:
        yield NextStep(
            "Plan for more referrals.",
            f"About {found} babies were referred in {month['name']}; {year['name']} had about {usual:.0f} a month.",
        )
