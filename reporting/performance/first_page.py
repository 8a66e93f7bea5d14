"""Page one of the service report: what to do next, and six findings. Of published texts alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from statistics import fmean
from typing import Any

from interventions.posts.report_sections import ALL_POSTS
from reporting.evidence import statistics
from reporting.evidence.disclosure import SUPPRESSED
from reporting.evidence.first_page import Sentence, parse_share
from reporting.evidence.next_steps import NextStep, keep_first_steps
from reporting.evidence.rules import WHOLE_SERVICE
from reporting.performance.counting.service import COUNTED_WEEKS
from reporting.performance.counting.waits import STEPS

Section = Mapping[str, Any]
Headline = Mapping[str, str]
WEEKS = (4, 12, 18)
FEW = "not shown, to protect small numbers"
HELD, DUE = f"Held in {COUNTED_WEEKS} weeks", f"Due in {COUNTED_WEEKS} weeks"
MOST_STEPS = 4


def build_first_page(
    headline: Headline,
    sections: Sequence[Section],
    year: Mapping[str, Any],
    name: str,
    earlier: Mapping[date, Headline],
) -> dict[str, Any]:
    """{next_steps, first_page} as JSON. ``headline``: {figure: its published text} of the month called ``name``;
    ``earlier``: those of months that were published before, by their first day.
    """
    findings = (
        _say_referred(headline, name, earlier),
        _say_first_contacts(headline, name),
        _say_waiting(headline, name),
        _say_seen(headline, name),
        _say_caseload(headline, name),
        _say_outcomes(_collect_texts(year["sections"]), year["name"]),
    )
    steps = (
        *_see_the_waiting(headline, name),
        *_shorten_steps(headline),
        *_hold_supervision(sections),
        *_fill_posts(sections),
        *_ask_for_pairs(year),
        *_reach_places(year),
    )
    return {
        "next_steps": keep_first_steps(steps, MOST_STEPS),
        "first_page": [asdict(each) for each in findings],
    }


# ---------------------------------------------------------------- findings
def _say_referred(headline: Headline, name: str, earlier: Mapping[date, Headline]) -> Sentence:
    text = _get(headline, "Babies referred")
    accepted = _word(_get(headline, "Babies accepted"))
    says = f"Accepted in the month: {accepted}."
    if not text.isdigit():
        return _say_hidden("babies were referred", name, says)
    low, high = statistics.count_interval(int(text))
    found = [int(value) for each in earlier.values() if (value := each.get("Babies referred", "")).isdigit()]
    return Sentence(
        text, "babies were referred", f"in {name} ({low:.0f} to {high:.0f}).",
        f"{_compare(found, low, high)} {says}",
    )  # fmt: skip


def _compare(found: Sequence[int], low: float, high: float) -> str:
    if not found:
        return "There is no earlier month to compare it with yet."
    usual = fmean(found)
    months = "The month before" if len(found) == 1 else f"The {len(found)} months before"
    if low <= usual <= high:
        return f"{months} had about {usual:.0f} a month: it cannot be said that demand has changed."
    return f"{months} had about {usual:.0f} a month: demand has {'risen' if usual < low else 'fallen'}, beyond chance."


def _say_first_contacts(headline: Headline, name: str) -> Sentence:
    count, share = (
        _get(headline, each) for each in ("Babies with a first contact", "First contact within 28 days")
    )
    middle, high = (
        _get(headline, f"Wait for the first contact: {each}") for each in ("median", "90th percentile")
    )
    lead = "babies had their first contact"
    says = f"Half waited {middle} or fewer" if middle != SUPPRESSED else ""
    says += f", nine in ten {high} or fewer." if says and high != SUPPRESSED else "." if says else ""
    if count == SUPPRESSED:
        return _say_hidden(lead, name, says)
    return Sentence(count, lead, f"in {name}; within 28 days of the referral: {_word(share)}.", says)


def _say_waiting(headline: Headline, name: str) -> Sentence:
    count = _get(headline, "Waiting for a first contact on the last day")
    shares = [(weeks, _get(headline, f"Waiting over {weeks} weeks")) for weeks in WEEKS]
    over = "; ".join(f"over {weeks} weeks {text}" for weeks, text in shares if text != SUPPRESSED)
    says = f"Of these, {over}." if over else f"How many of them have waited over 4, 12 or 18 weeks is {FEW}."
    lead = "were waiting for a first contact"
    if count == SUPPRESSED:
        return _say_hidden(lead, name, "")
    return Sentence(count, lead, f"on the last day of {name}.", says)


def _say_seen(headline: Headline, name: str) -> Sentence:
    count, missed = (_get(headline, each) for each in ("Babies seen", "Not brought, of those not cancelled"))
    says = f"Not brought, of attendances that no one cancelled: {_word(missed)}."
    if count == SUPPRESSED:
        return _say_hidden("babies were seen", name, says)
    return Sentence(count, "babies were seen", f"in {name}.", says)


def _say_caseload(headline: Headline, name: str) -> Sentence:
    count = _get(headline, "Episodes open on the last day")
    begun, ended = (_word(_get(headline, f"Episodes {each}")) for each in ("begun", "ended"))
    says = f"Begun in the month: {begun}. Ended: {ended}."
    if count == SUPPRESSED:
        return _say_hidden("episodes were open", name, says)
    return Sentence(count, "episodes were open", f"on the last day of {name}.", says)


def _say_outcomes(texts: Headline, name: str) -> Sentence:
    """Of the year, as few end in a month."""
    moved, rated = _get(texts, "Moved by 3 points or more"), _get(texts, "Goals rated twice or more")
    share = parse_share(moved)
    lead = "of goals moved by three points or more"
    pairs = _word(_get(texts, "Pair rate"))
    says = f"Of {rated} goals that were rated twice. Babies with a measure at both ends: {pairs}."
    if share:
        return Sentence(
            f"{share.value:.0f}%", lead, f"in {name} ({share.low:.0f} to {share.high:.0f}%).", says
        )
    return Sentence("–", lead, f"in {name}: {_word(moved)}.", says)


def _say_hidden(lead: str, name: str, says: str) -> Sentence:
    return Sentence(SUPPRESSED, lead, f"in {name}: {FEW}.", says)


def _get(texts: Headline, heading: str) -> str:
    return texts.get(heading, SUPPRESSED)


def _word(text: str) -> str:
    return FEW if text == SUPPRESSED else text


# ---------------------------------------------------------------- what to do next
def _see_the_waiting(headline: Headline, name: str) -> Iterator[NextStep]:
    """By the longest wait of which a share may be shown."""
    shown = [
        (weeks, text)
        for weeks in WEEKS[::-1]
        if (text := _get(headline, f"Waiting over {weeks} weeks")) != SUPPRESSED
    ]
    if shown:
        weeks, text = shown[0]
        yield NextStep(
            f"Offer a first contact to those who have waited over {weeks} weeks.",
            f"They are {text} of those waiting on the last day of {name} (Waiting times).",
        )


def _shorten_steps(headline: Headline) -> Iterator[NextStep]:
    """The step that took longest, by its median."""
    found = [
        (int(text.split()[0]), name)
        for _, name, _ in STEPS
        if (text := _get(headline, f"Wait for {name}: median")) != SUPPRESSED
    ]
    if len(found) > 1:
        days, name = max(found)
        others = "; ".join(f"{other} took {each}" for each, other in found if other != name)
        yield NextStep(
            f"Look at the wait for {name}: it is the longest step.",
            f"Half reached it in {days} days or fewer; {others} (Waiting times).",
        )


def _hold_supervision(sections: Sequence[Section]) -> Iterator[NextStep]:
    for row in _list_rows(sections, "supervision"):
        due, held = row.get(DUE, ""), row.get(HELD, "")
        if due.isdigit() and held.isdigit() and int(held) < int(due):
            yield NextStep(
                f"Book the {row['Kind'].lower()} supervision that is overdue.",
                f"{held} of {due} sessions due in twelve weeks were held; {row['Overdue on the last day']} agreements "
                "were overdue on the last day (Supervision).",
            )


def _fill_posts(sections: Sequence[Section]) -> Iterator[NextStep]:
    rows = {row["Role group"]: row for row in _list_rows(sections, "workforce") if "Role group" in row}
    total = rows.pop(ALL_POSTS, {})
    vacant = {name: float(row["Vacant"]) for name, row in rows.items() if _is_amount(row["Vacant"])}
    if total and vacant and max(vacant.values()) > 0:
        most = max(vacant, key=lambda name: vacant[name])
        yield NextStep(
            f"Fill the vacant posts, first {most}.",
            f"{total['Vacant']} of {total['Funded']} funded whole-time equivalents are vacant, {vacant[most]:g} of "
            "them there (Workforce).",
        )


def _ask_for_pairs(year: Mapping[str, Any]) -> Iterator[NextStep]:
    share = parse_share(_get(_collect_texts(year["sections"]), "Pair rate"))
    if share and share.high < 100:
        yield NextStep(
            "Complete the relationship measure at the first contact and again before the ending.",
            f"{share.value:.0f}% ({share.low:.0f} to {share.high:.0f}%) of babies had both in {year['name']} "
            "(Outcomes).",
        )


def _reach_places(year: Mapping[str, Any]) -> Iterator[NextStep]:
    """The place where least of the need is met, where two or more can be compared."""
    heading = "Seen of the need"
    rows = [row for row in _list_rows(year["sections"], "reach") if row.get(heading, "").endswith("%")]
    places = {row["Place"]: float(row[heading][:-1]) for row in rows if row["Place"] != WHOLE_SERVICE}
    if len(places) > 1:
        least = min(places, key=lambda name: places[name])
        yield NextStep(
            f"Reach more families in {least}.",
            f"{places[least]:g}% of the need there was reached in {year['name']}, the least of {len(places)} places "
            "(Reach against need).",
        )


def _is_amount(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _list_rows(sections: Sequence[Section], key: str) -> Iterator[dict[str, str]]:
    """{heading: text} of each row of the tables of a section."""
    for section in sections:
        if section["key"] == key:
            for table in section["tables"]:
                yield from (dict(zip(table["headers"], row, strict=True)) for row in table["rows"])


def _collect_texts(sections: Sequence[Section]) -> dict[str, str]:
    return {
        heading: text
        for section in sections
        for heading, text in (section["figures"] or {"rows": ()})["rows"]
    }
