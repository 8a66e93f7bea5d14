"""What is done about a made-up alert: seen and acted on the same day, the older ones closed."""

from datetime import date, timedelta
from random import Random

from reporting.demo import words
from reporting.demo.calendar import at_work, day_of, working_day
from reporting.demo.lives import Act, Answer
from reporting.demo.people import new_id


def answered(rng: Random, raised: Act, until: date) -> list[Answer]:
    """The raising and its steps, as far as they have come; those of the last days still need somebody."""
    answers, day = [Answer(new_id(rng), "raised", "", raised)], day_of(raised.at)
    last = until - timedelta(days=1)
    plan = (("seen", 0, "duty", ""), ("action", 0, "duty", rng.choice(words.ALARM_ACTIONS)))
    for kind, days, who, note in (*plan, ("closed", rng.randrange(5, 40), "supervisor", words.ALARM_CLOSED)):
        on = working_day(day + timedelta(days=days))
        if on > last or (day > last - timedelta(days=2)):
            break
        at = max(at_work(rng, on), answers[-1].act.at + timedelta(minutes=7))
        answers.append(Answer(new_id(rng), kind, note, Act(at, who)))
    return answers
