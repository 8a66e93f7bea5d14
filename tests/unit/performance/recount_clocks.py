"""The four-week clocks a second time, written from NHS England's rule: of babies and of carers referred themselves."""

import re
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

from tests.unit.performance.recount import DIRECT, fetch
from tests.unit.performance.recount_waits import name_wait

CATALOGUE = Path(__file__).parents[3] / "outcomes" / "catalogue"
EXCLUDED_CODES = {"11429006", "975131000000104", "2386021000000108"}
WEEKS = ((4, "Up to 4 weeks"), (12, "Over 4, up to 12 weeks"), (18, "Over 12, up to 18 weeks"))


def list_national_measures():
    """Ids of the measures that say which tool of the national list they are."""
    texts = {path.stem: path.read_text() for path in CATALOGUE.glob("*.yaml")}
    return {name for name, text in texts.items() if re.search(r"^national_tool: \S", text, re.MULTILINE)}


class Clocks:
    """`waits`: a Waits, whose rows these are too. Only rows that are neither entered in error nor sealed."""

    def __init__(self, waits):
        self.waits, self.made = waits, waits.made
        episodes = fetch(
            """SELECT id, referral_id, ended_on, plan_agreed_on FROM episodes_episode
            WHERE entered_in_error_at IS NULL AND sealed_at IS NULL"""
        )
        self.episodes = {row["referral_id"]: row for row in episodes}
        open_ones = fetch(
            """SELECT referral_id FROM referrals_consultation WHERE status IN ('asked', 'arranged')
            AND entered_in_error_at IS NULL AND sealed_at IS NULL AND referral_id IS NOT NULL"""
        )
        self.consulting = {row["referral_id"] for row in open_ones}
        self.events = self.load_events()
        self.same = self.load_same_babies()
        self.contacts = defaultdict(list)
        for contact in self.made.contacts:
            self.contacts[contact["episode_id"]].append(contact)

    def load_events(self):
        """{episode: {"baseline": days, "help": days}}."""
        listed, found = list_national_measures(), defaultdict(lambda: {"baseline": [], "help": []})
        for row in fetch(
            """SELECT g.episode_id, r.rated_on FROM outcomes_goalrating r JOIN episodes_goal g ON g.id = r.goal_id
            WHERE r.entered_in_error_at IS NULL AND g.entered_in_error_at IS NULL
            AND r.sealed_at IS NULL AND g.sealed_at IS NULL"""
        ):
            found[row["episode_id"]]["baseline"].append(row["rated_on"])
        for row in fetch(
            """SELECT episode_id, measure, completed_on FROM outcomes_assessment
            WHERE NOT declined AND entered_in_error_at IS NULL AND sealed_at IS NULL"""
        ):
            if row["measure"] in listed:
                found[row["episode_id"]]["baseline"].append(row["completed_on"])
        for row in fetch(
            """SELECT u.episode_id, u.started_on, i.snomed_code FROM episodes_interventionuse u
            JOIN episodes_intervention i ON i.id = u.intervention_id
            WHERE u.entered_in_error_at IS NULL AND u.sealed_at IS NULL AND i.snomed_code <> ''"""
        ):
            if row["snomed_code"] not in EXCLUDED_CODES:
                found[row["episode_id"]]["help"].append(row["started_on"])
        return found

    def load_same_babies(self):
        """{record of a baby: the referrals that name it}."""
        found = defaultdict(set)
        for row in fetch(
            """SELECT n.became_id baby, n.referral_id FROM referrals_referredinfant n
            WHERE n.became_id IS NOT NULL AND n.entered_in_error_at IS NULL AND n.sealed_at IS NULL"""
        ):
            found[row["baby"]].add(row["referral_id"])
        return found

    def get_end(self, referral):
        episode, row = self.episodes.get(referral), self.made.referrals[referral]
        if episode and episode["ended_on"]:
            return episode["ended_on"]
        held = sorted(self.waits.held[referral])
        if row["status"] == "consultation" and (referral in self.consulting or held):
            return None if referral in self.consulting else held[-1]
        return row["decided"] if row["status"] in ("consultation", "not_accepted", "withdrawn") else None

    def find_spell(self, referrals, of):
        """(first receipt, last end or None) of the joined referrals that `of` is in: at most five days between."""
        spells = []
        order = [(self.made.referrals[pk]["received"], self.get_end(pk)) for pk in referrals]
        for received, ended in sorted(order, key=lambda each: (each[0], each[1] or date.max)):
            if spells and (spells[-1][1] is None or received - spells[-1][1] <= timedelta(days=5)):
                before = spells[-1][1]
                spells[-1] = (spells[-1][0], max(before, ended) if before and ended else None)
            else:
                spells.append((received, ended))
        received = self.made.referrals[of]["received"]
        return [spell for spell in spells if spell[0] <= received][-1]

    def list_subjects(self):
        """(referral, the referrals of the same baby, born, is met at a contact) of each person in each referral."""
        named = defaultdict(list)
        for row in self.made.named:
            if row["sealed_at"] is None:
                named[row["referral_id"]].append(row)
        for pk, row in self.made.referrals.items():
            if row["patient_id"]:
                yield pk, {pk}, None, lambda each, who=row["patient_id"]: each["caregiver_id"] == who
                continue
            for baby in named[pk]:
                record = baby["became_id"]
                lost = record and self.made.infants[record]["lost_on"]
                if (record or row["status"] != "accepted") and not lost:
                    yield (
                        pk,
                        {pk} | (self.same[record] & self.made.referrals.keys() if record else set()),
                        baby["born"],
                        lambda each, who=record: each["infant_id"] in (None, who),
                    )
            if not named[pk]:
                yield pk, {pk}, None, lambda each: each["infant_id"] is None

    def list_contact_days(self, referrals, is_theirs):
        days = []
        for pk in referrals:
            days += self.waits.held[pk]
            episode = self.episodes.get(pk)
            for contact in self.contacts[episode["id"]] if episode else ():
                no_baby = not any(each["infant_id"] for each in contact["people"])
                patient = self.made.referrals[pk]["patient_id"]
                met = [
                    each
                    for each in contact["came"]
                    if is_theirs(each) and (each["infant_id"] or no_baby or each["caregiver_id"] == patient)
                ]
                if met and contact["mechanism"] in DIRECT:
                    days.append(contact["day"])
                if contact["kind"] == "liaison" and self.is_about(contact, is_theirs):
                    days.append(contact["day"])
        return days

    def is_about(self, contact, is_theirs):
        about = self.waits.list_spoken_of(contact)
        parts = fetch(
            """SELECT infant_id, caregiver_id FROM episodes_notepart WHERE care_contact_id = %(id)s
            AND entered_in_error_at IS NULL
            AND (infant_id IS NOT NULL OR dyad_id IS NOT NULL OR caregiver_id IS NOT NULL)""",
            id=contact["id"],
        )
        babies = [{"infant_id": infant, "caregiver_id": None} for infant in about]
        carers = [{"infant_id": "a carer", "caregiver_id": part["caregiver_id"]} for part in parts]
        return not parts or any(is_theirs(each) for each in (*babies, *carers))

    def run(self):
        """[(referral, clock)]: start, end, contact, baseline and help of each, and the national start or None."""
        for pk, referrals, born, is_theirs in self.list_subjects():
            start, ended = self.find_spell(referrals, pk)
            days = {"contact": self.list_contact_days(referrals, is_theirs), "baseline": [], "help": []}
            for each in referrals:
                episode = self.episodes.get(each)
                if episode:
                    days["baseline"] += self.events[episode["id"]]["baseline"]
                    days["help"] += self.events[episode["id"]]["help"]
                    days["help"] += [episode["plan_agreed_on"]] if episode["plan_agreed_on"] else []
            clock = {"start": start, "ended": ended} | {
                name: min((day for day in found if start <= day <= (ended or day)), default=None)
                for name, found in days.items()
            }
            yield pk, clock, self.run_national(pk, referrals, born, start, ended, days)

    def run_national(self, pk, referrals, born, start, ended, days):
        """Days from the start to the last of the three and that last day, where the national measure has the spell."""
        if born is None:
            return None
        if start < born:
            within = [
                each
                for each in referrals
                if self.made.referrals[each]["received"] >= born
                and (ended is None or self.made.referrals[each]["received"] <= ended)
            ]
            if not within:
                return None
            first = (
                pk if pk in within else min(within, key=lambda each: self.made.referrals[each]["received"])
            )
            start, ended = self.find_spell(within, first)
        firsts = [
            min((day for day in days[name] if start <= day <= (ended or day)), default=None)
            for name in ("contact", "baseline", "help")
        ]
        return (start, max(firsts)) if all(firsts) else None


def count_clocks(waits):
    made, clocks = waits.made, list(Clocks(waits).run())
    took = [
        (stop - start).days
        for _, _, found in clocks
        if found
        for start, stop in [found]
        if made.in_window(stop)
    ]
    made.note("four_weeks", len(took), **{"Four-week measure": [name_wait(days) for days in took]})
    made.values["Days to the four-week standard"] = took
    decided = [
        (row["decided"] - row["received"]).days
        for pk, _, _ in clocks
        for row in [made.referrals[pk]]
        if made.in_window(row["decided"])
    ]
    steps = {"wait_decision": ("a decision", decided)}
    for name, words, field in (
        ("wait_measure", "a first measure", "baseline"),
        ("wait_help", "a plan or an intervention", "help"),
    ):
        steps[name] = (
            words,
            [(clock[field] - clock["start"]).days for _, clock, _ in clocks if made.in_window(clock[field])],
        )
    for name, (words, found) in steps.items():
        made.note(name, len(found))
        made.values[f"Wait for {words}"] = found
    waiting = [
        (made.last - clock["start"]).days
        for _, clock, _ in clocks
        if clock["start"] <= made.last
        and not any(clock[each] and clock[each] <= made.last for each in ("contact", "ended"))
    ]
    bands = [
        next((words for weeks, words in WEEKS if days <= 7 * weeks), "Over 18 weeks") for days in waiting
    ]
    made.note("waiting", len(waiting), **{"How long": bands})
