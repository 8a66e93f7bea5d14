"""What is done about a made-up alert: seen and acted on the same day, the older ones closed."""

from datetime import date, timedelta
from random import Random

from pairs.demo import texts
from pairs.demo.calendar import choose_working_time, get_working_day, to_local_date
from pairs.demo.people import make_id
from pairs.demo.scenarios.records import Act, AlertStepRecord


def build_alert_steps(rng: Random, raised: Act, until: date) -> list[AlertStepRecord]:
    """The raising and its steps, as far as they have come; those of the last days still need somebody."""
    answers, day = [AlertStepRecord(make_id(rng), "raised", "", raised)], to_local_date(raised.at)
    last = until - timedelta(days=1)
    plan = (("seen", 0, "duty", ""), ("action", 0, "duty", rng.choice(texts.ALARM_ACTIONS)))
    for kind, days, who, note in (*plan, ("closed", rng.randrange(5, 40), "supervisor", texts.ALARM_CLOSED)):
        on = get_working_day(day + timedelta(days=days))
        if on > last or (day > last - timedelta(days=2)):
            break
        at = max(choose_working_time(rng, on), answers[-1].act.at + timedelta(minutes=7))
        answers.append(AlertStepRecord(make_id(rng), kind, note, Act(at, who)))
    return answers
