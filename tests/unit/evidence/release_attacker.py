"""A reader with a pencil: what the published figures of several periods allow, worked out apart from the product.

Knows the printed numbers, the printed shares and the rules everybody knows; shares nothing with the product but the
published figures themselves. Bounds are narrowed along every rule until nothing moves.
"""

from datetime import date
from math import ceil, floor

HUGE = 10_000
INSIDE = {
    "within_limit": "first_contact", "not_brought": "expected", "ended_engaged": "ended",
    "ended_none_fits": "ended_engaged", "ended_fitting": "ended_engaged", "ended_with_pair": "ended_fitting",
}  # fmt: skip


def read_figures(periods, withheld):
    """{(period, count, where): (low, high)} and [(part, whole, low, high)] of the shares, in two-hundredths.

    ``withheld``: {period: counts} that are said to be withheld in full; any other * is under five.
    """
    bounds, shares = {}, []
    for period in periods:
        kept = period["published"]
        members = {(axis, name): labels for axis, name, labels in kept["groupings"]}

        def locate(count, by, period=period, members=members):
            where = frozenset((axis, frozenset(members[axis, name][label])) for axis, name, label in by)
            return period["key"], count, where

        for count, by, shown in kept["figures"]:
            hidden = (0, 4) if count not in withheld.get(period["key"], ()) else (0 if by else 5, HUGE)
            bounds[locate(count, by)] = hidden if shown is None else (max(5, shown - 2), shown + 2)
        for part, whole, said in kept["shares"]:
            shares.append((locate(*part), locate(*whole), *said))
    return bounds, shares


def list_rules(bounds, periods):
    """[{figure: weight}] sums that are 0, and [{figure: weight}] sums that are not below 0."""
    equal, at_least = [], []
    by_count = {}
    for key in bounds:
        by_count.setdefault(key[:2], []).append(key)
    for keys in by_count.values():
        equal += _list_sums(keys)
    for period, count, where in bounds:
        whole = (period, INSIDE.get(count), where)
        if whole in bounds:
            at_least.append({whole: 1, (period, count, where): -1})
    dates = {
        each["key"]: (date.fromisoformat(each["first"]), date.fromisoformat(each["last"])) for each in periods
    }
    for long, (first, last) in dates.items():
        parts = [key for key, (a, b) in dates.items() if key != long and first <= a and b <= last]
        for period, count, where in bounds:
            if period == long:
                same = [(part, count, where) for part in parts if (part, count, where) in bounds]
                at_least += [{(long, count, where): 1, each: -1} for each in same]
                if len(same) == len(parts) and _fill(parts, dates, first, last):
                    at_least.append({**dict.fromkeys(same, 1), (long, count, where): -1})
    return equal, at_least


def _fill(parts, dates, first, last):
    return sum((dates[part][1] - dates[part][0]).days + 1 for part in parts) == (last - first).days + 1


def _list_sums(keys):
    """Wherever printed groups are exactly the groups of another printed figure."""
    found = []
    for whole in keys:
        for axis in ("place", "ethnicity", "quintile"):
            above = dict(whole[2]).get(axis)
            rest = {each for each in whole[2] if each[0] != axis}
            parts = {
                key: dict(key[2])[axis]
                for key in keys
                if key != whole
                and axis in dict(key[2])
                and {each for each in key[2] if each[0] != axis} == rest
                and (above is None or dict(key[2])[axis] < above)
            }
            found += [{**dict.fromkeys(group, 1), whole: -1} for group in _list_partitions(parts, above)]
    return found


def _list_partitions(parts, above):
    """Of each grouping's labels, those that together are the whole (everybody, where `above` is None)."""
    everybody = frozenset().union(*parts.values()) if parts else frozenset()
    target = above or everybody
    chosen, covered = [], set()
    for key, labels in sorted(parts.items(), key=lambda each: (len(each[1]), sorted(each[1]))):
        if labels <= target and not labels & covered:
            chosen.append(key)
            covered |= labels
    return [chosen] if chosen and covered == target else []


def narrow(bounds, shares, equal, at_least):
    """Bounds as narrow as every rule by itself makes them; None where they contradict one another."""
    rules = [(rule, 0, 0) for rule in equal] + [(rule, 0, HUGE) for rule in at_least]
    for part, whole, low, high in shares:
        rules += [({part: 200, whole: -low}, 0, HUGE * 200)] if low else []
        rules.append(({whole: high, part: -200}, 1, HUGE * 200))
    bounds, moved = dict(bounds), True
    while moved:
        moved = False
        for rule, least, most in rules:
            for key, weight in rule.items():
                rest = [(w * bounds[k][0], w * bounds[k][1]) for k, w in rule.items() if k != key]
                low = least - sum(max(each) for each in rest)
                high = most - sum(min(each) for each in rest)
                edges = sorted((low / weight, high / weight))
                new = max(bounds[key][0], ceil(edges[0] - 1e-9)), min(bounds[key][1], floor(edges[1] + 1e-9))
                if new[0] > new[1]:
                    return None
                if new != bounds[key]:
                    bounds[key], moved = new, True
    return bounds


def find_narrow_cells(periods):
    """[(figure, low, high)] of hidden figures and of what is left beside a part, with fewer than three numbers.

    To a reader who believes what is printed: a count that is said to be withheld in full was five or more, and each of
    its groups can be any number; every other * is under five.
    """
    found = attack(periods, {each["key"]: each["published"]["withheld"] for each in periods})
    assert found is not None, "what is published contradicts itself"
    return found


def attack(periods, withheld):
    """The same for any belief of what is withheld ({period: counts}); None where it contradicts the figures."""
    bounds, shares = read_figures(periods, withheld)
    return find_narrow(bounds, shares, *list_rules(bounds, periods))


def find_narrow(bounds, shares, equal, at_least):
    """[(figure, low, high)] of those with fewer than three numbers, left over ones too; None for a contradiction."""
    hidden = [key for key, (low, _) in bounds.items() if low < 5]
    for rule in [each for each in at_least if len(each) == 2]:
        (whole, _), (part, _) = rule.items()
        if whole[0] == part[0]:
            left = ("left", whole, part)
            bounds[left] = (0, HUGE)
            equal.append({**rule, left: -1})
            hidden.append(left)
    found = narrow(bounds, shares, equal, at_least)
    if found is None:
        return None
    return [(key, *found[key]) for key in hidden if found[key][1] - found[key][0] < 2 and found[key][0] < 5]
