"""Page one: five sentences, each with a number, its 95 % limits and what follows. Of published figures alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from reporting.evidence import statistics
from reporting.evidence.definitions import WAIT_HEADING, WITHIN_LIMIT_HEADING
from reporting.evidence.disclosure import SUPPRESSED
from reporting.evidence.published_counts import PublishedCounts
from reporting.evidence.statistics import Estimate

MONTHS_A_YEAR = 12
SHARE_PATTERN = re.compile(r"(\d+)% \((\d+) to (\d+)%\)")
TOO_FEW = "Too few to show. Nothing can be said of so few."
WITHHELD = "Withheld, whatever its size, so that small numbers stay safe."


@dataclass(frozen=True)
class Sentence:
    """`number` and `lead` are read together; `text` says of when and within which limits; `says`: what follows."""

    number: str
    lead: str
    text: str
    says: str


def build_first_page(
    periods: Sequence[dict[str, Any]], access: dict[str, Any] | None
) -> list[dict[str, str]]:
    """The five, as JSON. ``periods``: the month, its quarter and its year as they are published."""
    month, _, year = periods
    sentences = (
        _say_referred(month, year),
        _say_access(year, access),
        _say_inequality(year, access),
        _say_waits(periods),
        _say_pairs(periods),
    )
    return [asdict(each) for each in sentences]


# ---------------------------------------------------------------- each sentence
def _say_referred(month: dict[str, Any], year: dict[str, Any]) -> Sentence:
    found, in_year = (PublishedCounts(each).get_whole("referred") for each in (month, year))
    lead = "babies were referred"
    if found is None:
        return _say_hidden(lead, "referred", month)
    low, high = statistics.count_interval(found)
    text = f"in {month['name']}. Chance alone gives between {low:.0f} and {high:.0f} from the same demand."
    return Sentence(str(found), lead, text, _compare_with_year(in_year, low, high, year["name"]))


def _compare_with_year(in_year: int | None, low: float, high: float, name: str) -> str:
    if in_year is None:
        return "There is no year to compare it with yet."
    usual = in_year / MONTHS_A_YEAR
    if low <= usual <= high:
        return f"{name} had about {usual:.0f} a month, so it cannot be said that demand has changed."
    word = "more" if usual < low else "fewer"
    return f"That is {word} than {name}, which had about {usual:.0f} a month, beyond chance."


def _say_access(year: dict[str, Any], access: dict[str, Any] | None) -> Sentence:
    rate = access and access["whole"]
    if rate:
        return Sentence(
            f"{rate['rate']:.1f}",
            "in every 1,000 children under five were seen",
            f"in {year['name']} ({rate['low']:.1f} to {rate['high']:.1f}).",
            "It says how many were reached, not how many needed help.",
        )
    seen = PublishedCounts(year).get_whole("seen")
    why = " ".join(access["missing"]) if access else ""
    if seen is None:
        return _say_hidden("babies were seen", "seen", year)
    low, high = statistics.count_interval(seen)
    return Sentence(str(seen), "babies were seen", f"in {year['name']} ({low:.0f} to {high:.0f}).", why)


def _say_inequality(year: dict[str, Any], access: dict[str, Any] | None) -> Sentence:
    fifths = [each for each in (access or {"rates": {}})["rates"].get("quintile", ()) if each["population"]]
    if len(fifths) < 2 or fifths[0]["rate"] is None or fifths[-1]["rate"] is None:
        return Sentence(
            "–", "can be said of deprivation", f"in {year['name']}.",
            "There is no rate by deprivation: it needs populations, and counts that are large enough to show.",
        )  # fmt: skip
    most, least = (Estimate(each["rate"], each["low"], each["high"]) for each in (fifths[0], fifths[-1]))
    apart = statistics.rate_difference(most, least)
    if apart.value < 0:
        apart = Estimate(-apart.value, -apart.high, -apart.low)
        return _word_inequality(apart, "fewer", fifths, year)
    return _word_inequality(apart, "more", fifths, year)


def _word_inequality(
    apart: Estimate, word: str, fifths: Sequence[dict[str, Any]], year: dict[str, Any]
) -> Sentence:
    other = "the least deprived fifth" if len(fifths) == 5 else fifths[-1]["label"].lower()
    if apart.low <= 0:
        says = "The limits leave open that there is no difference."
    elif word == "more":
        says = "Access follows deprivation. Whether it follows need cannot be said: need is not counted."
    else:
        says = "Access is lowest where deprivation is highest."
    return Sentence(
        f"{apart.value:.1f} {word}",
        f"in every 1,000 were seen in the most deprived fifth than in {other}",
        f"in {year['name']} ({apart.low:.1f} to {apart.high:.1f}).",
        says,
    )


def _say_waits(periods: Sequence[dict[str, Any]]) -> Sentence:
    lead = "had their first contact within 28 days of the referral"
    found = _find_share(periods, WITHIN_LIMIT_HEADING)
    if found is None:
        return _say_counts(lead, "within_limit", ("first_contact", "first contacts"), periods[-1])
    period, share = found
    middle = get_text(period, WAIT_HEADING)
    text = f"in {period['name']} ({share.low:.0f} to {share.high:.0f}%)."
    text += f" Half waited {middle} days or fewer." if middle != SUPPRESSED else ""
    return Sentence(
        f"{share.value:.0f}%", lead, text, _compare_share(period, share, periods[-1], WITHIN_LIMIT_HEADING)
    )


def _say_pairs(periods: Sequence[dict[str, Any]]) -> Sentence:
    lead = "of babies whose work ended have a measure at both ends"
    found = _find_share(periods[::-1], "Pair rate")
    if found is None:
        lead = "babies have a measure at both ends of the work"
        return _say_counts(lead, "ended_with_pair", ("ended_fitting", "who could have"), periods[-1])
    period, share = found
    text = f"in {period['name']} ({share.low:.0f} to {share.high:.0f}%), of those who came twice or more."
    return Sentence(
        f"{share.value:.0f}%", lead, text,
        "Of the others it cannot be said whether the work helped.",
    )  # fmt: skip


def _say_counts(lead: str, part: str, whole: tuple[str, str], period: dict[str, Any]) -> Sentence:
    """Where no share is published: the count, as it is shown, with its own limits, and of how many."""
    counts = PublishedCounts(period)
    found, of = counts.get_whole(part), counts.get_whole(whole[0])
    if found is None:
        return _say_hidden(lead, part, period)
    low, high = statistics.count_interval(found)
    among = f", of about {of} {whole[1]}" if of else ""
    text = f"in {period['name']} ({low:.0f} to {high:.0f}){among}."
    return Sentence(
        str(found),
        lead,
        text,
        "Beside the groups of this report an exact percentage would give small numbers away.",
    )


def _say_hidden(lead: str, name: str, period: dict[str, Any]) -> Sentence:
    """Of a count that is *: too small, or withheld in full."""
    says = WITHHELD if name in PublishedCounts(period).withheld else TOO_FEW
    return Sentence(SUPPRESSED, lead, f"in {period['name']}.", says)


# ---------------------------------------------------------------- shares as they were published
def get_text(period: dict[str, Any], heading: str) -> str:
    return dict(period["whole"]["rows"]).get(heading, SUPPRESSED)


def parse_share(text: str) -> Estimate | None:
    """“67% (62 to 72%)”; None of words and of *."""
    found = SHARE_PATTERN.fullmatch(text)
    return Estimate(*map(float, found.groups())) if found else None


def _find_share(periods: Sequence[dict[str, Any]], heading: str) -> tuple[dict[str, Any], Estimate] | None:
    """The first of these periods that published the share as a percentage."""
    return next(_list_shares(periods, heading), None)


def _list_shares(
    periods: Sequence[dict[str, Any]], heading: str
) -> Iterator[tuple[dict[str, Any], Estimate]]:
    for period in periods:
        share = parse_share(get_text(period, heading))
        if share:
            yield period, share


def _compare_share(period: dict[str, Any], share: Estimate, year: dict[str, Any], heading: str) -> str:
    before = parse_share(get_text(year, heading))
    if before is None or year["key"] == period["key"]:
        return "There is no other period to compare it with."
    had = f"{year['name']} had {before.value:.0f}%"
    if share.low <= before.value <= share.high:
        return f"{had}, within these limits: it cannot be said that waits have changed."
    return f"{had}: waits have become {'shorter' if share.value > before.value else 'longer'}, beyond chance."
