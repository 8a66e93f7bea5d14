"""A reader who wants the small numbers back: knows the rule, every published table and what adds up to what.

Written apart from the product's own audit: bounds are propagated along every sum, then searched completely.
To make it harder, the attacker also knows which * are small and which were withheld.
"""

from reporting.evidence.recovery import UNKNOWN


def collect_published_figures(tables, published):
    """{name of figure: Published} of all tables together; a figure shown in two ways is itself a leak."""
    seen = {}
    for table, shown in zip(tables, published, strict=True):
        columns = table.column_labels
        figures = {table.key(None, None): shown.total}
        figures |= {table.key(None, c): one for c, one in zip(columns, shown.column_totals, strict=True)}
        for at, row in enumerate(table.rows.labels):
            figures |= {table.key(row, c): one for c, one in zip(columns, shown.cells[at], strict=True)}
            figures[table.key(row, None)] = shown.row_totals[at]
        for key, one in figures.items():
            assert seen.setdefault(key, one) == one, "the same figure is published in two ways"
    return seen


def find_pinned_figures(seen, truth, sums):
    """The small figures that can be only one number, given everything published."""
    bounds = {key: _get_bounds(one.shown, truth[key]) for key, one in seen.items()}
    small = [key for key, count in truth.items() if count < 5]
    movable = set()
    for key in small:
        if key not in movable:
            other = _find_other_solution(bounds, sums, key, truth)
            if other is not None:
                movable |= {name for name in small if other[name] != truth[name]}
    return [key for key in small if key not in movable]


def _get_bounds(shown, count):
    if shown is None:
        return (0, 4) if count < 5 else (5, UNKNOWN)
    return max(5, shown - 2), shown + 2


def _find_other_solution(bounds, sums, key, truth):
    low, high = bounds[key]
    for part in ((low, truth[key] - 1), (truth[key] + 1, high)):
        if part[0] <= part[1] and (found := _solve({**bounds, key: part}, sums, truth)):
            return found
    return None


def _solve(bounds, sums, truth):
    bounds = _propagate_bounds(bounds, sums)
    if bounds is None:
        return None
    open_ = [key for key, (low, high) in bounds.items() if low < high]
    if not open_:
        return {key: low for key, (low, _) in bounds.items()}
    key = min(open_, key=lambda one: bounds[one][1] - bounds[one][0])
    low, high = bounds[key]
    near = min(max(truth[key], low), high)
    for part in ((near, near), (low, near - 1), (near + 1, high)):
        if part[0] <= part[1] and (found := _solve({**bounds, key: part}, sums, truth)):
            return found
    return None


def _propagate_bounds(bounds, sums):
    """Bounds made as narrow as the sums force them, or None if they contradict each other."""
    bounds, changed = dict(bounds), True
    while changed:
        changed = False
        for line in sums:
            signed = [(line.total, -1), *((part, 1) for part in line.parts)]
            least = sum(min(sign * bounds[key][0], sign * bounds[key][1]) for key, sign in signed)
            most = sum(max(sign * bounds[key][0], sign * bounds[key][1]) for key, sign in signed)
            for key, sign in signed:
                low, high = bounds[key]
                rest_least = least - min(sign * low, sign * high)
                rest_most = most - max(sign * low, sign * high)
                edges = sorted((-sign * rest_least, -sign * rest_most))
                new = max(low, edges[0]), min(high, edges[1])
                if new[0] > new[1]:
                    return None
                if new != (low, high):
                    bounds[key] = new
                    least += min(sign * new[0], sign * new[1]) - min(sign * low, sign * high)
                    most += max(sign * new[0], sign * new[1]) - max(sign * low, sign * high)
                    changed = True
    return bounds
