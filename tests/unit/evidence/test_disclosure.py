"""The rule on single figures and tables, and an attacker who is given everything that is published."""

import os
import random
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reporting.evidence import disclosure, statistics
from reporting.evidence.disclosure import HES, Axis, Nesting, Publishable, Published, Table, publish_count
from tests.unit.evidence.attacker import collect_published_figures, find_pinned_figures

LONG_RUN = settings(max_examples=20_000 if os.environ.get("PAIRS_LONG") else 150, deadline=None)


# ---------------------------------------------------------------- single figures
# Source: NHS England MHSDS publication code (count suppression, rounding); figures recomputed.
@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "*"), (1, "*"), (4, "*"), (5, "5"), (6, "5"), (7, "5"), (8, "10"), (9, "10"), (10, "10"), (12, "10"),
        (13, "15"), (17, "15"), (18, "20"), (22, "20"), (23, "25"), (50, "50"), (144, "145"),
    ],
)  # fmt: skip
def test_a_count_is_suppressed_or_rounded(count, text):
    assert publish_count(count).text == text


# Source: NHS Digital, change to disclosure control methodology for HES and ECDS, 2018; figures recomputed.
@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (1, "*"), (7, "*"), (8, "10"), (9, "10"), (12, "10"), (13, "15"), (18, "20")],
)
def test_a_count_by_the_rule_of_hospital_episodes(monkeypatch, count, text):
    monkeypatch.setattr(disclosure, "RULE", HES)
    shown = publish_count(count)
    low, high = HES.hidden_bounds if shown.shown is None else HES.get_reader_bounds(shown.shown)
    assert shown.text == text
    assert low <= count <= high


def test_the_rule_of_a_service_is_the_one_of_its_settings():
    assert disclosure.RULE is disclosure.RULES["MHSDS"]
    assert set(disclosure.RULES) == {"MHSDS", "HES"}
    assert "from 1 to 7" in HES.note


@given(st.integers(0, 10**6))
def test_any_count_is_within_two_of_what_is_shown_or_a_star_under_five(count):
    shown = publish_count(count).shown
    assert (shown is None) == (count < 5)
    assert shown is None or (abs(shown - count) <= 2 and shown % 5 == 0)


@pytest.mark.parametrize("exact", [0, 3, 7, 51, -5])
def test_an_exact_number_cannot_be_passed_as_published(exact):
    with pytest.raises(ValueError, match="rounded"):
        Published(exact)


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative"):
        publish_count(-1)


@given(st.integers(0, 200), st.integers(-2, 2))
def test_a_rate_is_the_same_for_every_count_that_looks_the_same(count, off):
    other = max(count + off, 0)
    if publish_count(count) == publish_count(other):
        assert disclosure.publish_rate(publish_count(count), 3553) == disclosure.publish_rate(
            publish_count(other), 3553
        )


@pytest.mark.parametrize(
    ("values", "text"), [([], "*"), ([1, 2, 3, 4], "*"), ([1, 2, 3, 4, 9], "3"), ([1, 2, 3, 4, 5, 6], "4")]
)
def test_a_median_is_shown_with_its_count_and_whole(values, text):
    assert disclosure.publish_median(values, publish_count(len(values))).text == text


def test_a_median_is_withheld_with_its_count():
    assert disclosure.publish_median([1, 2, 3, 4, 5], Published(None)).text == "*"


def test_a_rate_comes_from_a_rounded_count():
    assert disclosure.publish_rate(publish_count(12), 3553).estimate == statistics.crude_rate(10, 3553)
    assert disclosure.publish_rate(publish_count(12), 3553).text == "2.8 (1.3 to 5.2)"
    assert disclosure.publish_rate(publish_count(4), 3553).text == "*"


# ---------------------------------------------------------------- tables
PLACES = Axis("place", ("Blackpool", "Blackburn with Darwen", "Hyndburn"))
GROUPS = Axis("ethnic group", ("White", "Asian", "Mixed", "Other"))
COUNTS = ((41, 3, 6, 0), (22, 31, 5, 2), (18, 9, 1, 6))  # invented
TABLE_LABELS = {"count": "referrals", "period": "2026-10"}


def list_cell_texts(table):
    return [" ".join(one.text for one in row) for row in table.cells]


def publish_table(table):
    return disclosure.publish_together([table])[0]


def test_a_table_by_the_rule():
    shown = publish_table(Table(TABLE_LABELS, PLACES, GROUPS, COUNTS))
    assert list_cell_texts(shown) == ["40 * 5 *", "20 30 5 *", "20 10 * 5"]
    assert [one.text for one in shown.row_totals] == ["50", "60", "35"]
    assert [one.text for one in shown.column_totals] == ["80", "45", "10", "10"]
    assert shown.total.text == "145"
    assert "may not sum" in shown.note


def make_one_way_table(*counts, about=TABLE_LABELS, axis="place"):
    return Table(
        about, Axis(axis, tuple(f"{axis} {n}" for n in range(len(counts)))), None, tuple((n,) for n in counts)
    )


def test_four_and_four_under_ten_would_be_four_and_four_so_the_total_is_withheld():
    shown = publish_table(make_one_way_table(4, 4))
    assert list_cell_texts(shown) == ["*", "*"]
    assert shown.total.text == "*"


def test_where_rounding_would_reveal_a_star_one_more_figure_is_withheld():
    shown = publish_table(make_one_way_table(4, 7, 7))
    assert list_cell_texts(shown) == ["*", "*", "5"]
    assert shown.total.text == "20"


def test_a_zero_that_rounding_would_reveal_is_withheld():
    shown = publish_table(make_one_way_table(0, 8, 8, 8, 8))
    assert list_cell_texts(shown) == ["*", "*", "10", "10", "10"]


def test_months_and_their_quarter_are_protected_together():
    months = [
        make_one_way_table(n, 20, about={"count": "ended", "period": f"2026-{m}"})
        for m, n in ((10, 4), (11, 4))
    ]
    two_months = make_one_way_table(8, 40, about={"count": "ended", "period": "both"})
    nesting = Nesting("period", "both", ("2026-10", "2026-11"))
    apart = disclosure.publish_together([*months, two_months])
    together = disclosure.publish_together([*months, two_months], [nesting])
    assert [list_cell_texts(table)[0] for table in apart] == ["*", "*", "10"]
    assert [list_cell_texts(table)[0] for table in together] == ["*", "*", "*"]


def test_a_figure_with_two_values_is_refused():
    with pytest.raises(ValueError, match="disagree"):
        disclosure.publish_together([make_one_way_table(5, 5), make_one_way_table(6, 5)])


def test_a_nesting_that_does_not_add_up_is_refused():
    parts = [make_one_way_table(5, about={"period": name}) for name in ("a", "b")]
    with pytest.raises(ValueError, match="not the sum"):
        disclosure.publish_together(
            [*parts, make_one_way_table(11, about={"period": "c"})], [Nesting("period", "c", ("a", "b"))]
        )


@pytest.mark.parametrize("counts", [((1, 2),), ((1,), (2,), (3,)), ()])
def test_a_table_has_a_count_for_each_label(counts):
    with pytest.raises(ValueError, match="one count for each"):
        Table(TABLE_LABELS, Axis("place", ("a", "b")), None, counts)


def test_an_exact_table_has_no_text_and_does_not_print_its_counts():
    table = make_one_way_table(1234567, 3)
    assert not isinstance(table, Publishable)
    assert not hasattr(table, "text")
    assert "1234567" not in repr(table)


# ---------------------------------------------------------------- the attacker
small = st.one_of(st.integers(0, 9), st.sampled_from([0, 4, 7, 8, 12, 13]), st.integers(0, 40))


def attack_tables(tables, nestings=()):
    """What an attacker pins down, by the product's tables and by the bare rule."""
    tables, nestings = list(tables), list(nestings)
    truth = disclosure._merge_figures(tables)
    sums = [line for table in tables for line in table.sums()] + disclosure._build_nested_sums(
        truth, nestings
    )
    published = disclosure.publish_together(tables, nestings)
    seen = collect_published_figures(tables, published)
    assert all(one.shown in (None, publish_count(truth[key]).shown) for key, one in seen.items())
    bare = {key: publish_count(count) for key, count in truth.items()}
    return find_pinned_figures(seen, truth, sums), find_pinned_figures(bare, truth, sums)


def make_two_way_table(counts, about=TABLE_LABELS):
    rows = Axis("place", tuple(f"place {n}" for n in range(len(counts))))
    columns = Axis("ethnic group", tuple(f"group {n}" for n in range(len(counts[0]))))
    return Table(about, rows, columns, tuple(map(tuple, counts)))


@pytest.mark.prove
@LONG_RUN
@given(st.lists(small, min_size=2, max_size=6))
@example([4, 4])
@example([4, 7, 7])
@example([0, 8, 8, 8, 8])
def test_nothing_is_pinned_in_one_row(counts):
    """One row with its total: the attacker pins no suppressed count."""
    assert attack_tables([make_one_way_table(*counts)])[0] == []


@pytest.mark.prove
@LONG_RUN
@given(st.data())
def test_nothing_is_pinned_in_a_two_way_table(data):
    """A crossed table with all its totals: the attacker pins no suppressed count."""
    width = data.draw(st.integers(2, 4))
    counts = data.draw(st.lists(st.lists(small, min_size=width, max_size=width), min_size=2, max_size=3))
    assert attack_tables([make_two_way_table(counts)])[0] == []


@st.composite
def draw_release(draw):
    """Two months and both together, by place for each, by group for the whole, and crossed for both together."""
    months = [
        draw(st.lists(st.lists(small, min_size=3, max_size=3), min_size=2, max_size=2)) for _ in range(2)
    ]
    both = [[a + b for a, b in zip(*rows, strict=True)] for rows in zip(*months, strict=True)]
    names = ("2026-10", "2026-11", "both")
    tables = []
    for name, counts in zip(names, [*months, both], strict=True):
        about = {"count": "seen", "period": name}
        tables.append(make_one_way_table(*map(sum, counts), about=about))
        tables.append(make_one_way_table(*map(sum, zip(*counts, strict=True)), about=about, axis="group"))
        quintiles = draw(st.permutations([counts[0][0] + counts[1][0], counts[0][1] + counts[1][1]]))
        rest = sum(map(sum, counts)) - sum(quintiles)
        if name != "both":
            tables.append(make_one_way_table(*quintiles, rest, about=about, axis="quintile"))
    tables.append(make_two_way_table(both, about={"count": "seen", "period": "both"}))
    return tables, [Nesting("period", "both", names[:2])]


@pytest.mark.prove
@LONG_RUN
@given(draw_release())
def test_nothing_is_pinned_in_all_the_tables_of_a_period_together(release):
    """All tables of a release together, periods within periods: the attacker pins no suppressed count."""
    assert attack_tables(*release)[0] == []


@pytest.mark.parametrize("counts", [[4, 4], [4, 7, 7], [0, 8, 8, 8, 8]])
def test_the_attacker_breaks_the_rule_when_applied_alone(counts):
    protected, bare = attack_tables([make_one_way_table(*counts)])
    assert bare
    assert not protected


def test_a_quarter_of_a_small_service_is_published_almost_wholly_by_the_bare_rule():
    """Three months and their quarter, 19 places, 7 groups, 6 quintiles, crossed: mostly noughts and ones."""
    chance = random.Random(1)
    axes = {"place": 19, "group": 7, "quintile": 6}
    months = [_draw_people(chance, axes) for _ in range(3)]
    names = ("2026-10", "2026-11", "2026-12")
    tables = [
        table
        for name, people in zip(names, months, strict=True)
        for table in _build_tables(people, name, axes, False)
    ]
    tables += _build_tables([one for people in months for one in people], "quarter", axes, True)
    shown = disclosure.publish_together(tables, [Nesting("period", "quarter", names)])
    pairs = [
        (one, count)
        for table, public in zip(tables, shown, strict=True)
        for line, counts in zip(public.cells, table.counts, strict=True)
        for one, count in zip(line, counts, strict=True)
    ]
    assert all(one.text == "*" for one, count in pairs if count < 5)
    assert sum(one.text == "*" and count >= 5 for one, count in pairs) <= 3


def _draw_people(chance, axes):
    return [tuple(int(chance.triangular(0, size, 0)) for size in axes.values()) for _ in range(60)]


def _build_tables(people, period, axes, crossed):
    about = {"count": "seen", "period": period}
    names = {name: Axis(name, tuple(f"{name} {n}" for n in range(size))) for name, size in axes.items()}
    at = list(axes)
    for name, axis in names.items():
        counts = Counter(one[at.index(name)] for one in people)
        yield Table(about, axis, None, tuple((counts[n],) for n in range(axes[name])))
    for first, other in combinations(at, 2) if crossed else ():
        counts = Counter((one[at.index(first)], one[at.index(other)]) for one in people)
        cells = tuple(tuple(counts[r, c] for c in range(axes[other])) for r in range(axes[first]))
        yield Table(about, names[first], names[other], cells)
