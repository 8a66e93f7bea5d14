"""Every count of the service report a second time: plain SQL that fetches rows, and the standard library.

It uses no model, no queryset and no rule of the product: codes, ages, days and thresholds are written out again.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta

from django.db import connection

IN_FORCE_SQL = """SELECT s.row_id FROM matching_mergestep s JOIN matching_merge m ON m.id = s.merge_id
    WHERE s.what = 'sealed' AND m.undone_at IS NULL AND m.entered_in_error_at IS NULL"""
DIRECT = ("01", "02", "04", "11")
SEEN = ("attended", "late_seen")
SOURCES = {
    "A1": "GP practice", "A2": "Health visitor", "A3": "Other primary health care", "A4": "Maternity service",
    "B1": "Self", "B2": "Carer or relative", "C1": "Social services", "C2": "Education service, nursery included",
    "C3": "Housing service", "E1": "Police", "E2": "Courts", "E3": "Probation service", "F2": "Hospital paediatrics",
    "F3": "Community paediatrics", "G3": "Other independent sector mental health", "G4": "Voluntary sector",
    "H1": "Emergency department", "H2": "Other hospital specialty", "M1": "Asylum services",
    "M3": "Out of area agency", "M6": "Other service or agency", "M7": "Single point of access",
    "N3": "NHS Talking Therapies", "P1": "Internal referral",
}  # fmt: skip
ENTRY = {
    "professional": "Professional referral", "email": "Professional without an account", "api": "Another system",
    "phone": "Phone", "self": "Self-referral",
}  # fmt: skip
DECISIONS = {
    "accepted": "Accepted", "consultation": "Answered by a consultation", "not_accepted": "Not accepted",
    "withdrawn": "Withdrawn",
}  # fmt: skip
THRIVE = {
    "advice": "Getting Advice", "help": "Getting Help", "more_help": "Getting More Help",
    "risk_support": "Getting Risk Support", "thriving": "Thriving", "": "Not recorded",
}  # fmt: skip
SUPPORT = ["thriving", "advice", "help", "more_help", "risk_support"]
STATUSES = {
    "protection_plan": "Child protection plan", "in_need": "Child in need", "looked_after": "Looked after",
}  # fmt: skip


def fetch(sql, **asked):
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def local(column):
    return f"({column} AT TIME ZONE 'Europe/London')::date"


def add_months(day, months):
    """The same day so many months on; the first of the next month where there is none."""
    year, month = divmod(day.month - 1 + months, 12)
    try:
        return date(day.year + year, month + 1, day.day)
    except ValueError:
        return date(day.year + year + (month == 11), (month + 1) % 12 + 1, 1)


class Recount:
    """Rows of a window, fetched once; each method counts one section. `figures`: {whole: (count, {axis: Counter})}."""

    def __init__(self, first, last):
        self.first, self.last = first, last
        self.figures, self.values = {}, {}
        self.copies = {row["row_id"] for row in fetch(IN_FORCE_SQL)}
        into = {
            str(row["a"]): str(row["b"])
            for row in fetch(
                """SELECT birth_infant_id a, new_infant_id b FROM families_adoption WHERE entered_in_error_at IS NULL
                UNION ALL SELECT merged_id, kept_id FROM matching_merge
                WHERE kind = 'infant' AND undone_at IS NULL AND entered_in_error_at IS NULL"""
            )
        }
        self.into = into

    def child(self, record):
        record = str(record)
        while record in self.into:
            record = self.into[record]
        return record

    def counted(self, table, *columns, where="TRUE", join=""):
        """Rows of `table` that were not entered in error, without the copies that a merge put away."""
        rows = fetch(
            f"SELECT t.id, t.sealed_at, {', '.join(columns)} FROM {table} t {join} "
            f"WHERE t.entered_in_error_at IS NULL AND ({where})",
            first=self.first,
            last=self.last,
        )
        return [row for row in rows if row["sealed_at"] is None or str(row["id"]) not in self.copies]

    def note(self, name, total, **axes):
        self.figures[name] = (total, {axis: Counter(found) for axis, found in axes.items()})

    def in_window(self, day):
        return day is not None and self.first <= day <= self.last

    # ------------------------------------------------------------ demand and decisions
    def load_named(self):
        referrals = {
            row["id"]: row
            for row in self.counted(
                "referrals_referral", "t.received_at", f"{local('t.received_at')} received", "t.status",
                f"{local('t.decided_at')} decided", "t.entry_point", "t.source_code", "t.response",
                "t.first_visit_together", "t.place_assumed", "p.name place", "t.patient_id",
                join="JOIN service_place p ON p.id = t.place_id",
            )
        }  # fmt: skip
        infants = {
            row["id"]: row
            for row in fetch(
                """SELECT id, birth_date, estimated_due_date, lost_on FROM families_infant
                WHERE entered_in_error_at IS NULL"""
            )
        }
        named = self.counted(
            "referrals_referredinfant", "t.referral_id", "t.became_id", "t.birth_date", "t.estimated_due_date"
        )
        rows = []
        for row in named:
            if row["referral_id"] in referrals and (row["became_id"] is None or row["became_id"] in infants):
                became = infants.get(row["became_id"], {})
                rows.append(
                    row
                    | {
                        "referral": referrals[row["referral_id"]],
                        "child": self.child(row["became_id"] or row["id"]),
                        "born": became.get("birth_date") or row["birth_date"],
                        "due": became.get("estimated_due_date") or row["estimated_due_date"],
                    }
                )
        self.referrals, self.infants = referrals, infants
        self.named = sorted(
            rows, key=lambda row: (-row["referral"]["received_at"].timestamp(), str(row["referral_id"]))
        )

    def count_demand(self):
        newest = {}
        for row in self.named:
            if self.in_window(row["referral"]["received"]):
                newest.setdefault(row["child"], row)
        rows = list(newest.values())
        endings = defaultdict(list)
        for row in self.list_focus():
            if row["ended_on"]:
                endings[self.child(row["infant_id"])].append(row["ended_on"])
        returned = [
            any(day <= row["referral"]["received"] <= add_months(day, 12) for day in endings[row["child"]])
            for row in rows
        ]
        self.note(
            "referred",
            len(rows),
            **{
                "Entry point": [ENTRY[row["referral"]["entry_point"]] for row in rows],
                "Source of referral": [SOURCES[row["referral"]["source_code"]] for row in rows],
                "place": [
                    "Not known" if row["referral"]["place_assumed"] else row["referral"]["place"]
                    for row in rows
                ],
                "Age at referral": [self.name_age(row) for row in rows],
                "Return": [
                    "Referred again within a year of an ending" if each else "Not so" for each in returned
                ],
            },
        )

    def name_age(self, row):
        born, on = row["born"], row["referral"]["received"]
        if born is None:
            return "Unborn" if row["due"] and row["due"] >= on else "Not known"
        if on < born:
            return "Unborn"
        if on < born + timedelta(days=28):
            return "Under 28 days"
        bands = {
            3: "28 days to under 3 months", 6: "3 to under 6 months", 12: "6 to under 12 months", 24: "1 year",
            36: "2 years", 60: "3 and 4 years",
        }  # fmt: skip
        return next(
            (words for months, words in bands.items() if on < add_months(born, months)), "5 years and over"
        )

    def count_decisions(self):
        newest = {}
        for row in self.named:
            if row["referral"]["status"] in DECISIONS and self.in_window(row["referral"]["decided"]):
                newest.setdefault((row["child"], row["referral"]["status"]), row["referral"])
        states = [DECISIONS[state] for _, state in newest]
        self.note("decided", len(states), Decision=states)
        accepted = [referral for (_, state), referral in newest.items() if state == "accepted"]
        self.note(
            "accepted",
            len(accepted),
            Response=["Joint working" if each["response"] == "joint" else "Direct work" for each in accepted],
            Referrer=[
                "The referrer joins the first visit" if each["first_visit_together"] else "Not so"
                for each in accepted
            ],
        )
        refused = [referral["id"] for (_, state), referral in newest.items() if state == "not_accepted"]
        self.note(
            "not_accepted",
            len(refused),
            **{"Where the family was pointed": [self.name_destination(each) for each in refused]},
        )

    def name_destination(self, referral):
        (row,) = fetch(
            """SELECT s.destination, (SELECT count(*) FROM referrals_referralstatus_destinations d
                WHERE d.referralstatus_id = s.id) listed FROM referrals_referralstatus s
            WHERE s.referral_id = %(referral)s AND s.status = 'not_accepted' AND s.entered_in_error_at IS NULL
            ORDER BY s.at DESC LIMIT 1""",
            referral=referral,
        ) or [{"destination": "", "listed": 0}]
        if row["listed"]:
            return "A service of the directory"
        return "Elsewhere, in words" if row["destination"] else "Nowhere recorded"

    # ------------------------------------------------------------ caseload
    def list_focus(self):
        """(episode, baby) in focus, of records that count."""
        dyads = {row["id"] for row in self.counted("families_dyad", "t.infant_id")}
        rows = self.counted(
            "episodes_episode", "t.ended_on", "t.opened_on", "t.family_id", "t.referral_id", "t.ending_reason",
            "f.dyad_id", "d.infant_id", "t.thrive",
            join="JOIN episodes_episode_focus f ON f.episode_id = t.id JOIN families_dyad d ON d.id = f.dyad_id",
        )  # fmt: skip
        return [row for row in rows if row["dyad_id"] in dyads]

    def load_episodes(self):
        self.episodes = {
            row["id"]: row
            for row in self.counted(
                "episodes_episode", "t.opened_on", "t.ended_on", "t.family_id", "t.thrive", "s.name site",
                join="JOIN service_site s ON s.id = t.site_id",
            )
        }  # fmt: skip

    def count_caseload(self):
        there = [
            row
            for row in self.episodes.values()
            if row["opened_on"] <= self.last and (row["ended_on"] is None or row["ended_on"] > self.last)
        ]
        seen = {}
        for contact in self.contacts:
            if contact["mechanism"] in DIRECT and contact["came"] and contact["day"] <= self.last:
                seen[contact["episode_id"]] = max(contact["day"], seen.get(contact["episode_id"], date.min))
        steps = self.list_grouping_steps()
        groupings = [
            (
                [step["grouping"] for step in steps[row["id"]] if step["since"] <= self.last]
                or [row["thrive"]]
            )[-1]
            for row in there
        ]
        statuses = {
            (row["family_id"], row["kind"])
            for row in self.counted(
                "safeguarding_safeguardingstatus", "t.family_id", "t.kind", "t.since", "t.until"
            )
            if row["since"] <= self.last and (row["until"] is None or row["until"] > self.last)
        }
        axes = {
            "Site": [row["site"] for row in there],
            "THRIVE grouping": [THRIVE[each] for each in groupings],
            "Last seen": [self.name_last_seen(seen.get(row["id"])) for row in there],
        }
        for kind, words in STATUSES.items():
            axes[f"Safeguarding: {words}"] = [
                words if (row["family_id"], kind) in statuses else "Not so" for row in there
            ]
        self.note("caseload", len(there), **axes)
        self.note("opened", sum(self.in_window(row["opened_on"]) for row in self.episodes.values()))
        ended = [row for row in self.episodes.values() if self.in_window(row["ended_on"])]
        self.note(
            "ended_episodes",
            len(ended),
            **{"THRIVE grouping from start to end": [self.compare(row, steps[row["id"]]) for row in ended]},
        )

    def list_grouping_steps(self):
        found = defaultdict(list)
        for row in fetch(
            """SELECT episode_id, before, grouping, since FROM plans_groupingstep
            WHERE entered_in_error_at IS NULL ORDER BY since, created_at"""
        ):
            found[row["episode_id"]].append(row)
        return found

    def name_last_seen(self, day):
        if day is None:
            return "Not seen yet"
        return "Seen within 28 days" if (self.last - day).days < 28 else "Not seen for 28 days"

    def compare(self, episode, steps):
        first = (steps[0]["before"] or steps[0]["grouping"]) if steps else episode["thrive"]
        if not first or not episode["thrive"]:
            return "Not recorded"
        moved = SUPPORT.index(episode["thrive"]) - SUPPORT.index(first)
        return "The same" if not moved else "More support needed" if moved > 0 else "Less support needed"

    # ------------------------------------------------------------ contacts
    def load_contacts(self):
        people = defaultdict(list)
        for row in self.counted(
            "episodes_participant",
            "t.care_contact_id",
            "t.infant_id",
            "t.caregiver_id",
            "t.attendance",
            "t.seen",
        ):
            people[row["care_contact_id"]].append(row)
        rows = self.counted(
            "episodes_carecontact", "t.episode_id", "t.kind", "t.mechanism", "t.location", "t.minutes", "t.starts_at",
            f"{local('t.starts_at')} AS day",
        )  # fmt: skip
        for row in rows:
            row["people"] = people[row["id"]]
            row["came"] = [each for each in row["people"] if each["attendance"] in SEEN]
        self.contacts = sorted(rows, key=lambda row: (row["starts_at"], str(row["id"])))

    def is_open(self, begun, ended):
        return begun <= self.last and (ended is None or ended > self.last)


def recount(first, last):
    """The rows, and demand, decisions and caseload of them; the rest is counted by the modules beside this one."""
    made = Recount(first, last)
    made.load_named()
    made.load_contacts()
    made.load_episodes()
    made.count_demand()
    made.count_decisions()
    made.count_caseload()
    return made
