"""What to do next, of published figures: named only where they say it."""

from reporting.evidence.next_steps import build_next_steps
from tests.unit.evidence.published_periods import OCTOBER, QUARTER, YEAR, make_published

NOTHING = ["Carry on as you do."]


def make_periods(month=None, year=None, waiting=(), unknown=()):
    found = [
        make_published(OCTOBER, month or {}),
        make_published(QUARTER, {}),
        make_published(YEAR, year or {}),
    ]
    found[0]["sections"] = [{"title": "Still waiting", "tables": [{"rows": list(waiting)}]}]
    found[-1]["quality"]["rows"] = list(unknown)
    return found


def find_acts(periods, access=None, ladders=()):
    return [each["act"] for each in build_next_steps(periods, access, ladders)]


def test_those_who_wait_longest_come_first_by_the_longest_band_that_is_shown():
    waiting = [
        ["All who were waiting", "40"],
        ["Over 4 weeks", "20"],
        ["Over 12 weeks", "5"],
        ["Over 18 weeks", "*"],
    ]
    (step,) = build_next_steps(make_periods(waiting=waiting), None, ())
    assert step["act"] == "Offer a first contact to those who have waited over 12 weeks."
    assert "About 5 babies" in step["why"]
    assert find_acts(make_periods(waiting=waiting[:1])) == NOTHING


def test_a_group_that_falls_behind_is_named_with_its_step():
    ladders = [{"gap": "The gap opens …", "gap_group": "Asian"}, {"gap": "No step …", "gap_group": ""}]
    assert find_acts(make_periods(), ladders=ladders) == ["Find out why fewer reach the next step: Asian."]


def rate(label, value, high):
    return {"label": label, "rate": value, "low": 0.5, "high": high}


def test_a_group_is_reached_out_to_when_its_upper_limit_is_below_the_whole_rate():
    """The least deprived is never: more is wanted where deprivation is high."""
    rates = {
        "quintile": [rate("1 (most deprived)", 3.2, 3.9), rate("5 (least deprived)", 1.3, 2.1)],
        "place": [rate("North", 1.5, 2.4), rate("South", 2.4, 2.6), rate("Elsewhere", None, None)],
    }
    access = {"whole": {"rate": 2.5}, "rates": rates}
    assert find_acts(make_periods(), access) == ["Reach out by place: North."]
    assert find_acts(make_periods(), access | {"whole": None}) == NOTHING
    rates["quintile"][0] = rate("1 (most deprived)", 1.0, 1.9)
    assert find_acts(make_periods(), access)[0] == "Reach out by deprivation: 1 (most deprived)."


def test_what_is_not_known_of_more_than_one_in_ten_is_asked_for():
    rows = [
        ["Ethnic group: not known", "30", "12%"],
        ["District: not known", "25", "10%"],
        ["Deprivation: not known", "*", "*"],
    ]
    found = build_next_steps(make_periods(year={"referred": 250}, unknown=rows), None, ())
    assert [each["act"] for each in found] == ["Ask families for what is missing: ethnic group."]
    assert "not known of about 30 of 250 babies" in found[0]["why"]


def test_more_referrals_than_usual_are_planned_for_and_fewer_are_not():
    assert find_acts(make_periods({"referred": 35}, {"referred": 250})) == ["Plan for more referrals."]
    assert find_acts(make_periods({"referred": 35}, {"referred": 420})) == NOTHING
    assert find_acts(make_periods({"referred": 5}, {"referred": 420})) == NOTHING


def test_pairs_are_asked_for_and_there_are_at_most_three_acts():
    waiting = [["All who were waiting", "40"], ["Over 4 weeks", "20"]]
    ladders = [{"gap": "…", "gap_group": "Asian"}, {"gap": "…", "gap_group": "North"}]
    year = {"referred": 250, "ended_with_pair": 65, "ended_fitting": 135}
    assert find_acts(make_periods(year=year))[0].startswith("Complete the relationship measure")
    acts = find_acts(make_periods(year=year, waiting=waiting), ladders=ladders)
    assert [act.split()[0] for act in acts] == ["Offer", "Find", "Find"]
