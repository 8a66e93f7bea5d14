"""What script/bench measured last: kept in a file, compared with the next run, held against the budgets."""

import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from script.local.budgets import is_over
from script.local.state_folder import ROOT, get_state_folder
from script.local.text_table import format_table

STEADY_SHARE = 0.005  # a smaller change than one in two hundred is none


@dataclass(frozen=True)
class Figure:
    """One number of a run. ``limit``: its budget; None when it has none and is shown for information."""

    name: str
    value: float
    limit: float | None = None

    @property
    def over(self) -> bool:
        return is_over(self.value, self.limit)


def get_record_file() -> Path:
    return get_state_folder() / "bench.json"


def read_last_figures(kind: str, path: Path | None = None) -> dict[str, float]:
    """{figure: value} of the last run of this kind; empty when there was none."""
    return _read_record(path or get_record_file()).get(kind, {}).get("figures", {})


def _read_record(path: Path) -> dict:
    return json.loads(path.read_text()) if path.exists() else {}


def write_figures(kind: str, figures: Iterable[Figure], path: Path | None = None) -> None:
    """Keep these in place of the last run's; what this run did not measure stays as it was."""
    path = path or get_record_file()
    runs = _read_record(path)
    kept = runs.get(kind, {}).get("figures", {}) | {each.name: round(each.value, 4) for each in figures}
    measured_at = f"{datetime.now(UTC):%Y-%m-%dT%H:%MZ}"
    runs[kind] = {"measured_at": measured_at, "commit": get_commit(), "figures": kept}
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(runs, indent=1, ensure_ascii=False) + "\n")
    draft.replace(path)


def get_commit() -> str:
    """The short name of the checked-out commit; empty where there is no git."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


def format_change(value: float, before: float | None) -> str:
    """How much more or less than the last run: "+12 %", "=" when it is the same, empty without a last run."""
    if before is None:
        return ""
    if before == 0:
        return "=" if value == 0 else "new"
    share = value / before - 1
    return "=" if abs(share) < STEADY_SHARE else f"{share:+.0%}".replace("%", " %")


def format_value(value: float) -> str:
    """Short enough for a table: 118,920 · 41.3 · 0.12."""
    if float(value).is_integer() or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


def format_verdict(figure: Figure) -> str:
    return "" if figure.limit is None else "OVER" if figure.over else "within"


def format_comparison(figures: Iterable[Figure], last: Mapping[str, float]) -> str:
    """A table: each figure, the change since the last run, its budget, and whether it is over."""
    heads = ["what", "measured", "last run", "change", "budget", ""]
    return format_table(heads, [_build_comparison_row(each, last.get(each.name)) for each in figures])


def _build_comparison_row(figure, before):
    last = "" if before is None else format_value(before)
    limit = "" if figure.limit is None else format_value(figure.limit)
    return (
        figure.name,
        format_value(figure.value),
        last,
        format_change(figure.value, before),
        limit,
        format_verdict(figure),
    )


def conclude_run(kind: str, figures: list[Figure]) -> None:
    """Print the figures beside the last run's, keep them, and end with status 1 when one is over its budget."""
    print(format_comparison(figures, read_last_figures(kind)))
    write_figures(kind, figures)
    print(f"\nKept in {get_record_file()}")
    over = [each.name for each in figures if each.over]
    if over:
        raise SystemExit("\n  ".join([f"Over budget: {len(over)} of {len(figures)} figures", *over]))
