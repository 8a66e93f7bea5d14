"""Random months with their quarters and years, as they would leave the service, attacked by somebody else's program."""

import os
import random
import re
import time
from datetime import date

import pytest

from reporting.evidence import attack, disclosure, protection, published, release
from reporting.evidence.attack import Attack, Cell, is_part_of
from reporting.evidence.disclosure import HES
from reporting.evidence.indicators import Indicators
from reporting.evidence.protection import ReleaseRefused
from reporting.evidence.published_counts import describe_withheld
from reporting.evidence.release import ExactCounts, find_nested_counts, plan_release
from reporting.evidence.rules import build_month_period
from reporting.evidence.solver import OutOfTime
from tests.unit.evidence.independent_counts import find_share_error
from tests.unit.evidence.random_releases import LADDERS, count_month, publish_months
from tests.unit.evidence.release_attacker import attack as attack_figures
from tests.unit.evidence.release_attacker import find_narrow_cells

# Of these, a reader who took each * for a small number could narrow others by that mistake.
MISLEADING_SERVICES = [(6, 14), (6, 17), (6, 20)]
# (months one after the other, babies referred in each): 38 months, and 1,000 in the long run.
SERVICES = [(6, 12), (6, 30), (4, 60), (4, 25), *MISLEADING_SERVICES]
LONG_SERVICES = [(12, size) for size in range(8, 92)]
PERCENT = re.compile(r"(\d+)% \((\d+) to (\d+)%\)")


@pytest.mark.prove
@pytest.mark.parametrize(("months", "size"), LONG_SERVICES if os.environ.get("PAIRS_LONG") else SERVICES)
def test_no_hidden_cell_of_all_releases_together_has_fewer_than_three_numbers(months, size, record_property):
    """All releases of a made-up service together: no small cell can be narrowed to fewer than three numbers."""
    began = time.process_time()
    published, truth, proofs = publish_service(months, size)
    spent = time.process_time() - began
    narrow = find_narrow_cells(published)
    misleading = [
        each for period in published for each in list_misleading_shares(period, truth[period["key"]])
    ]
    cells, recovered = sum(proof.cells for proof in proofs), sum(low == high for _, low, high in narrow)
    found = cells, recovered, len(narrow), len(misleading), f"{spent:.1f}"
    record_property("attacked", (f"{size:02} babies a month", months, *found))
    assert (narrow, misleading) == ([], [])
    assert max(proof.earlier for proof in proofs) >= min(months, 3) - 1
    for period in published:
        check_texts(period, truth[period["key"]])


def list_misleading_shares(period, found):
    """Shares that do not hold the truth; and percentages without limits, or more than five points off it."""
    exact = ExactCounts(found, LADDERS)
    misleading = []
    for part, whole, (low, high) in period["published"]["shares"]:
        counts = [exact.count(name, tuple(map(tuple, by))) for name, by in (part, whole)]
        if not low * counts[1] <= 200 * counts[0] < high * counts[1]:
            misleading.append((period["key"], part, whole, low, high))
    tables = [period["whole"], *(table for each in period["breakdowns"] for table in each["tables"])]
    tables += [table for each in period["crossed"] for table in each["tables"]]
    texts = [cell for table in tables for row in table["rows"] for cell in row[1:] if "%" in cell]
    return misleading + [(period["key"], text) for text in texts if not PERCENT.fullmatch(text)]


def publish_service(months, size):
    return publish_months(random.Random(1000 * months + size), size, months)


@pytest.mark.parametrize(("months", "size"), MISLEADING_SERVICES)
def test_the_line_of_what_is_withheld_leaves_no_cell_to_be_narrowed_by_mistake(months, size):
    """Told what is withheld in full, a reader narrows nothing; who is told of nothing takes large numbers for small."""
    published, truth, _ = publish_service(months, size)
    assert attack_figures(published, {})
    for period in published:
        names = period["published"]["withheld"]
        assert all(sum(truth[period["key"]].counts[name].values()) >= 5 for name in names)
        assert describe_withheld(period).count(";") == max(len(names) - 1, 0)
        assert bool(names) == bool(describe_withheld(period))


def check_texts(period, found):
    """Every printed number is the rule's for the exact count, every share true to its exact parts."""
    exact = ExactCounts(found, LADDERS)
    kept = period["published"]
    for name, by, shown in kept["figures"]:
        count = exact.count(name, tuple(map(tuple, by)))
        assert shown is None or (abs(shown - count) <= 2 and shown % 5 == 0 and count >= 5)
    counts = {name: exact.count(name, ()) for name, by, _ in kept["figures"] if not by}
    rows = dict(period["whole"]["rows"])
    assert find_share_error(rows["In 28 days"], counts["within_limit"], counts["first_contact"]) == ""
    assert find_share_error(rows["Not brought"], counts["not_brought"], counts["expected"]) == ""


def test_a_share_that_misleads_is_seen():
    """Told with other limits than its parts have, or as a bare percentage."""
    (period, *_), truth, _ = publish_months(random.Random(7), 60, 1)
    found = truth[period["key"]]
    assert list_misleading_shares(period, found) == []
    period["whole"]["rows"].append(["Made up", "71%"])
    period["published"]["shares"][0][2] = [199, 200]
    assert len(list_misleading_shares(period, found)) == 2


def test_the_attacker_finds_what_the_bare_rule_gives_away():
    """Four and four under a total of ten can only be four and four: seen by the same program."""
    where = [["ethnicity", "two", "White"]], [["ethnicity", "two", "Others"]]
    groupings = [["ethnicity", "two", {"White": ["White"], "Others": ["Mixed", "Asian"]}]]
    figures = [["seen", [], 10], ["seen", where[0], None], ["seen", where[1], None]]
    period = {
        "key": "month from 2026-10", "first": "2026-10-01", "last": "2026-10-31",
        "published": {"figures": figures, "shares": [], "groupings": groupings, "withheld": []},
    }  # fmt: skip
    assert len(find_narrow_cells([period])) == 2


def test_groups_are_joined_before_anything_is_withheld():
    """A month of thirty is divided by White and the rest, or not at all, and never shows mostly stars."""
    found = Indicators(build_month_period(date(2026, 10, 1)))
    found.counts = count_month(random.Random(7), 30)
    release = plan_release(ExactCounts(found, LADDERS), crossed=False)
    for (name, axis), step in release.divisions.items():
        grouping = release.get_division(name, axis)
        shown = [release.get_figure(name, by).shown for by in release.list_divided(grouping)]
        assert shown.count(None) <= 0.15 * len(shown), (name, axis, step)


def test_what_cannot_be_made_safe_is_refused_and_not_published(monkeypatch):
    """A cell that stays narrow whatever is left out, and a solver without an answer in time: both refuse the whole."""
    narrow = Attack(1, (Cell("month from 2025-04", ("seen",), ()),))
    monkeypatch.setattr(protection, "attack_counts", lambda *asked, **how: narrow)
    with pytest.raises(ReleaseRefused, match="nothing was published"):
        publish_months(random.Random(3), 20, 1)

    def wait_for_ever(*asked, **how):
        raise OutOfTime

    monkeypatch.setattr(protection, "attack_counts", wait_for_ever)
    with pytest.raises(ReleaseRefused, match="month that ends the quarter"):
        publish_months(random.Random(3), 20, 1)


def test_a_quarter_by_the_rule_of_hospital_episodes_is_made_safe_too(monkeypatch):
    """None is shown as 0, 1 to 7 as *, and what a shown 0 says of the groups in it is no secret."""
    for module in (attack, disclosure, published, release):
        monkeypatch.setattr(module, "RULE", HES)
    made, truth, proofs = publish_months(random.Random(3), 40, 3)
    figures = [(period, *figure) for period in made for figure in period["published"]["figures"]]
    for period, name, by, shown in figures:
        count = ExactCounts(truth[period["key"]], LADDERS).count(name, tuple(map(tuple, by)))
        assert not HES.hides(count) or shown is None
        assert shown is None or abs(shown - count) <= 2
    assert 0 in {shown for *_, shown in figures}
    assert sum(proof.cells for proof in proofs) > 0


def test_counts_that_are_part_of_one_another_are_attacked_together():
    assert find_nested_counts("ended_with_pair") == {
        "ended", "ended_engaged", "ended_fitting", "ended_none_fits", "ended_with_pair",
    }  # fmt: skip
    assert find_nested_counts("seen") == {"seen"}
    assert is_part_of("ended_with_pair", "ended")
    assert not is_part_of("ended", "ended_with_pair")
