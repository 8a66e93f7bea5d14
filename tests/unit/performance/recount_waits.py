"""Babies seen, first contacts and the four-week clocks a second time, of the rows that `recount.Recount` fetched."""

from collections import defaultdict

from tests.unit.performance.recount import DIRECT, fetch


class Waits:
    """`made`: a Recount whose rows are loaded."""

    def __init__(self, made):
        self.made = made
        self.focus = defaultdict(set)
        self.referral_of = {}
        for row in made.list_focus():
            self.focus[row["id"]].add(row["infant_id"])
            self.referral_of[row["id"]] = row["referral_id"]
        self.held = defaultdict(list)
        for row in made.counted(
            "referrals_consultation",
            "t.referral_id",
            "t.held_on",
            where="t.status = 'held' AND t.referral_id IS NOT NULL",
        ):
            self.held[row["referral_id"]].append(row["held_on"])

    def list_reached(self, contact):
        """Babies whom a direct contact reached: those who came; where none was expected, those in focus."""
        if contact["mechanism"] not in DIRECT or not contact["came"]:
            return set()
        if any(each["infant_id"] for each in contact["people"]):
            return {each["infant_id"] for each in contact["came"] if each["infant_id"]}
        return (
            self.focus[contact["episode_id"]]
            if any(each["caregiver_id"] for each in contact["came"])
            else set()
        )

    def list_spoken_of(self, contact):
        """Babies whom a talk with a colleague was about."""
        if contact["kind"] != "liaison":
            return set()
        parts = fetch(
            """SELECT n.infant_id, d.infant_id dyad, n.caregiver_id FROM episodes_notepart n
            LEFT JOIN families_dyad d ON d.id = n.dyad_id
            WHERE n.care_contact_id = %(id)s AND n.entered_in_error_at IS NULL
            AND (n.infant_id IS NOT NULL OR n.dyad_id IS NOT NULL OR n.caregiver_id IS NOT NULL)""",
            id=contact["id"],
        )
        if not parts:
            return self.focus[contact["episode_id"]]
        return {part["infant_id"] or part["dyad"] for part in parts} - {None}

    def count_seen(self):
        newest = {}
        for contact in self.made.contacts:
            referral = self.made.referrals.get(self.referral_of.get(contact["episode_id"]))
            if referral is None or referral["patient_id"] or not self.made.in_window(contact["day"]):
                continue
            for infant in self.list_reached(contact):
                if infant in self.made.infants:
                    child = self.made.child(infant)
                    key = (-referral["received_at"].timestamp(), str(referral["id"]))
                    if child not in newest or key < newest[child][0]:
                        newest[child] = (key, "Not known" if referral["place_assumed"] else referral["place"])
        self.made.note("seen", len(newest), place=[place for _, place in newest.values()])

    def count_first_contacts(self):
        newest = {}
        for (pk, child), found in self.list_contact_days().items():
            referral = self.made.referrals.get(pk)
            after = [day for day in found if referral and day >= referral["received"]]
            if after and not referral["patient_id"] and self.made.in_window(min(after)):
                key = (-referral["received_at"].timestamp(), str(pk))
                if child not in newest or key < newest[child][0]:
                    newest[child] = (key, (min(after) - referral["received"]).days)
        waits = [wait for _, wait in newest.values()]
        self.made.note("first_contact", len(waits), Wait=[name_wait(wait) for wait in waits])
        self.made.values["Wait for the first contact"] = waits

    def list_contact_days(self):
        """{(referral, child): days of contacts, direct or indirect}."""
        days = defaultdict(list)
        for contact in self.made.contacts:
            referral = self.referral_of.get(contact["episode_id"])
            for infant in self.list_reached(contact) | self.list_spoken_of(contact):
                if infant in self.made.infants:
                    days[referral, self.made.child(infant)].append(contact["day"])
        for row in self.made.named:
            for held in self.held[row["referral_id"]]:
                if held <= self.made.last:
                    days[row["referral_id"], row["child"]].append(held)
        return days


def name_wait(days):
    return "Within 28 days" if days <= 28 else "After 28 days"
