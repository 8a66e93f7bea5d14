"""What a row of the board says of a referral, and to which group it belongs: for page and CSV file. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from pairs.families.family_line import FamilyLine
from pairs.families.safe_contact import describe_contact_limit
from pairs.web.formats import format_near_day, format_plural, format_time
from pairs.web.url_cache import reverse_cached
from referrals.bank_holidays import ENGLAND
from referrals.models import Referral
from referrals.rules.choices import DISTRICT_NOT_STATED, EntryPoint, PermissionBasis, ReferralState
from referrals.rules.clocks import FOUR_WEEK_LIMIT_DAYS, WARN_AFTER
from referrals.rules.reading_deadline import calculate_working_time, format_working_time, get_reading_deadline
from reporting.dashboards.triage.referral_header import describe_referrer, get_decision_wait

Chip = tuple[str, str]  # words, colour
OVERDUE, TO_READ, WAITING, DECIDED = "overdue", "to_read", "waiting", "decided"
MOST_CHIPS = 3
MOST_LETTERS = 90  # of the concern: one line
# For so long after a colleague has opened a referral by "Read", the board says that they are at it.
IS_READING_FOR = timedelta(minutes=30)
CSV_HEADERS = (
    *("Family", "Age", "With", "Concern", "Referred by", "Source", "District", "Site", "Received", "Read by"),
    *("First read", "Status", "Days waiting", "Take note", "Reference"),
)


@dataclass(frozen=True)
class Deadline:
    """By when a referral has to be read, and how that stands now."""

    by: datetime
    late: bool
    words: str  # "4 working hours left", "Overdue by 10 working hours"


def get_deadline(received_at: datetime, read_by: datetime | None, now: datetime) -> Deadline:
    """Of a referral that nobody has read."""
    by = read_by or get_reading_deadline(received_at, ENGLAND)
    if now > by:
        return Deadline(
            by, True, f"Overdue by {format_working_time(calculate_working_time(by, now, ENGLAND))}"
        )
    return Deadline(by, False, f"{format_working_time(calculate_working_time(now, by, ENGLAND))} left")


def is_unread(status: str, first_read_at: Any) -> bool:
    return status == ReferralState.RECEIVED and not first_read_at


def choose_group(referral: Any, now: datetime) -> str:
    """Which of the groups of the board this referral is in."""
    if referral.decided_at:
        return DECIDED
    if not is_unread(referral.status, referral.first_read_at):
        return WAITING
    return OVERDUE if get_deadline(referral.received_at, referral.read_by_time, now).late else TO_READ


# ---------------------------------------------------------------- a row
def build_board_row(
    referral: Any, line: FamilyLine, now: datetime, me: Any, *, known: bool, returning: bool
) -> dict[str, Any]:
    """One referral. ``known``: whether somebody named may be held already; ``returning``: within a year."""
    group = choose_group(referral, now)
    by = referral.read_by_time or get_reading_deadline(referral.received_at, ENGLAND)
    chips = _list_chips(referral, group, now, known=known, returning=returning)
    return {
        "id": referral.pk,
        "group": group,
        "due_today": timezone.localdate(by) == timezone.localdate(now),
        "line": line,
        "href": reverse_cached("decide-referral", referral.pk),
        "read_href": reverse_cached("referral-read", referral.pk),
        "reference": referral.reference,
        "chips": chips[:MOST_CHIPS],
        "more": [words for words, _ in chips[MOST_CHIPS:]],
        "all_chips": [words for words, _ in chips],
        "concern": describe_concern(referral),
        "by": describe_who_referred(referral),
        "place": describe_district(referral),
        "site": str(referral.site),
        "clock": _describe_clock(referral, group, now),
        "note": _describe_step(referral, group, now),
        "reading": _name_reading_colleague(referral, group, now, me),
        "days": get_decision_wait(referral, timezone.localdate(now)).days,
    }


def _list_chips(referral: Any, group: str, now: datetime, *, known: bool, returning: bool) -> list[Chip]:
    """What to take note of, safety first."""
    answers = referral.safe_answers or {}
    limit = describe_contact_limit(answers)
    late = get_deadline(referral.received_at, referral.read_by_time, now).words if group == OVERDUE else ""
    found = [
        ("Risk alert", "red", referral.worried),
        (late, "red", late),
        ("Waiting for referrer", "grey", referral.status == ReferralState.MORE_ASKED),
        (limit, "purple", limit),
        ("Withdrawal requested", "yellow", referral.withdrawal_asked_at),
        ("Possible match", "orange", known),
        ("New information", "yellow", _has_news(referral) and group != DECIDED),
        *_list_family_flags(referral),
        ("Returning", "blue", returning),
    ]
    return [(words, colour) for words, colour, holds in found if holds]


def _has_news(referral: Any) -> bool:
    """Whether something was added since its newest step, besides the wish to withdraw it."""
    return bool(referral.news_at) and referral.news_at != referral.withdrawal_asked_at


def _list_family_flags(referral: Any) -> list[tuple[str, str, Any]]:
    named = referral.named or referral.patient_id
    return [
        ("Without agreement", "yellow", referral.permission == PermissionBasis.LAWFUL_BASIS),
        (_describe_interpreter(referral.interpreter), "purple", referral.interpreter is not None),
        ("No one named yet", "yellow", not named),
        ("Unborn", "purple", referral.unborn),
        ("Carer’s own help", "purple", referral.patient_id is not None),
    ]


def _describe_interpreter(language: str | None) -> str:
    return f"Interpreter: {language}" if language else "Interpreter"


def describe_concern(referral: Any) -> str:
    """The first line of what was noticed; else of what the parent says or hopes, as their own words."""
    if line := _get_first_line(referral.noticed):
        own = referral.entry_point == EntryPoint.SELF
        return f"“{_shorten(line, MOST_LETTERS - 2)}”" if own else _shorten(line, MOST_LETTERS)
    said = _get_first_line(referral.parent_says) or _get_first_line(referral.hopes)
    return f"“{_shorten(said, MOST_LETTERS - 2)}”" if said else (referral.first_concern or "")


def _get_first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def _shorten(text: str, most: int) -> str:
    """At most so many letters, cut between words where there are any."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    whole = cut.rpartition(" ")[0] if " " in cut[most // 2 :] else cut
    return f"{whole.rstrip(' ,;.')}…"


def describe_who_referred(referral: Any) -> str:
    """“Iona Modelford, health visitor”; a family that asked for itself by how it came."""
    if referral.entry_point == EntryPoint.SELF and not referral.referrer and not referral.asker_name:
        return "Asked for help online"
    role = referral.referrer.profession if referral.referrer else referral.asker_role
    name = describe_referrer(referral) if not referral.referrer else str(referral.referrer)
    return f"{name}, {role[:1].lower()}{role[1:]}" if role else name


def describe_district(referral: Any) -> str:
    """The district as it was said; “Not stated” where the site's own only stands in."""
    return str(referral.known_place or DISTRICT_NOT_STATED)


# ---------------------------------------------------------------- its clock
def _describe_clock(referral: Any, group: str, now: datetime) -> dict[str, Any]:
    """In words, and for those that wait as a bar of days."""
    if group == OVERDUE:
        return {"words": f"Received {format_row_day(referral.received_at, now)}", "bar": None}
    if group == TO_READ:
        by = get_deadline(referral.received_at, referral.read_by_time, now).by
        return {"words": f"Read by {_format_row_time(by, now)}", "bar": None}
    if group == DECIDED:
        return {"words": referral.get_response_display() or referral.get_status_display(), "bar": None}
    days = get_decision_wait(referral, timezone.localdate(now)).days
    over = days > FOUR_WEEK_LIMIT_DAYS
    words = f"{format_plural(days, 'day')}{f', over {FOUR_WEEK_LIMIT_DAYS}' if over else ''}"
    return {"words": words, "bar": min(days, FOUR_WEEK_LIMIT_DAYS), "long": days >= WARN_AFTER.days}


def _describe_step(referral: Any, group: str, now: datetime) -> str:
    """The line under the clock: what has been done last, or what is left."""
    if group == OVERDUE:
        by = get_deadline(referral.received_at, referral.read_by_time, now).by
        return f"Due {_format_row_time(by, now)}"
    if group == TO_READ:
        return get_deadline(referral.received_at, referral.read_by_time, now).words
    if group == DECIDED:
        return f"Decided {format_row_day(referral.decided_at, now)}"
    if referral.status == ReferralState.MORE_ASKED:
        return f"Details requested {format_row_day(referral.stepped_at, now)}"
    return f"Read {format_row_day(referral.first_read_at, now)}" if referral.first_read_at else ""


def format_row_day(moment: datetime, now: datetime) -> str:
    """today; Fri 27 Nov."""
    day, on = timezone.localdate(moment), timezone.localdate(now)
    return "today" if day == on else f"{day:%a} {format_near_day(day, on)}"


def _format_row_time(moment: datetime, now: datetime) -> str:
    """11:05; of another day with the day."""
    if timezone.localdate(moment) == timezone.localdate(now):
        return format_time(moment)
    return f"{format_row_day(moment, now)} {format_time(moment)}"


def _name_reading_colleague(referral: Any, group: str, now: datetime, me: Any) -> str:
    """Who else opened it to read a moment ago; '' for nobody."""
    reader = referral.first_read_by
    if group != WAITING or reader is None or reader.pk == me or now - referral.first_read_at > IS_READING_FOR:
        return ""
    return str(reader)


# ---------------------------------------------------------------- groups
def group_rows(rows: Sequence[dict[str, Any]], totals: dict[str, int]) -> list[dict[str, Any]]:
    """[{name, title, rows}] in the order of the board; groups of nobody are left out."""
    titles = {
        OVERDUE: "Overdue to be read",
        TO_READ: "To read today"
        if all(row["due_today"] for row in rows if row["group"] == TO_READ)
        else "To read",
        WAITING: "Waiting for a decision",
        DECIDED: "Decided in the last 7 days",
    }
    found = [
        {
            "name": name,
            "title": f"{title}: {totals.get(name, 0)}",
            "rows": [row for row in rows if row["group"] == name],
        }
        for name, title in titles.items()
    ]
    return [group for group in found if group["rows"]]


def summarise_board(totals: dict[str, int]) -> str:
    """“14 referrals. 2 are overdue to be read; 3 are still to be read.”"""
    counted = ((OVERDUE, "overdue to be read"), (TO_READ, "still to be read"))
    parts = [
        f"{totals[name]} {'is' if totals[name] == 1 else 'are'} {words}"
        for name, words in counted
        if totals.get(name)
    ]
    sentences = [format_plural(sum(totals.values()), "referral"), "; ".join(parts)]
    return " ".join(f"{each}." for each in sentences if each)


def build_csv_row(row: dict[str, Any], referral: Referral) -> list[Any]:
    line: FamilyLine = row["line"]
    return [
        line.name, line.age, line.carers, row["concern"], row["by"], referral.get_entry_point_display(), row["place"],
        row["site"], f"{timezone.localtime(referral.received_at):%Y-%m-%d %H:%M}",
        _to_csv_time(referral.read_by_time), _to_csv_time(referral.first_read_at), referral.get_status_display(),
        row["days"], "; ".join(row["all_chips"]), row["reference"],
    ]  # fmt: skip


def _to_csv_time(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
