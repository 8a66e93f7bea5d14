"""Contacts, help, endings, pairs and goals a second time, of the rows that `recount.Recount` fetched."""

import json
from collections import defaultdict
from datetime import timedelta

from tests.unit.performance.recount import DIRECT, SEEN, add_months, fetch, local

MECHANISMS = {
    "01": "Face to face", "02": "Telephone", "11": "Video", "09": "Text message", "05": "E-mail",
    "04": "Text relay / speech-to-text", "98": "Other",
}  # fmt: skip
LOCATIONS = {
    "A01": "Family's home", "K01": "Family hub", "A02": "Another carer's home", "B01": "Health centre",
    "C01": "GP practice", "E01": "Out-patient clinic", "E02": "Hospital ward, neonatal unit included",
    "N03": "Voluntary sector premises", "X01": "Somewhere else, or by phone or video",
}  # fmt: skip
ATTENDANCES = {
    "attended": "Attended", "late_seen": "Arrived late, seen", "not_brought": "Was not brought",
    "did_not_attend": "Did not attend", "late_not_seen": "Arrived too late to be seen",
    "cancelled_family": "Cancelled by the family", "cancelled_service": "Cancelled by us",
}  # fmt: skip
REASONS = {
    "02": "Work completed", "04": "No further work appropriate at present", "07": "The family asked to end",
    "05": "Lost contact", "09": "The family declined to start", "03": "Moved out of the area",
    "08": "Transferred to another service", "01": "Admitted elsewhere", "06": "The baby has died",
}  # fmt: skip
PEER_MODES = {
    "met": "Met in person", "phone": "By phone", "video": "By video", "message": "By message", "group": "In a group",
}  # fmt: skip


def count_contacts(made):
    rows = [row for row in made.contacts if row["kind"] == "family" and made.in_window(row["day"])]
    made.note(
        "contacts",
        len(rows),
        Attendance=[name_outcome(row) for row in rows],
        How=[MECHANISMS[row["mechanism"]] for row in rows],
        Where=[LOCATIONS[row["location"]] for row in rows],
    )
    came = [row for row in rows if row["came"]]
    relations = defaultdict(set)
    for dyad in made.counted("families_dyad", "t.caregiver_id", "t.relationship"):
        relations[dyad["caregiver_id"]].add(dyad["relationship"])

    def is_there(row, wanted):
        return any(relations[each["caregiver_id"]] & wanted for each in row["came"] if each["caregiver_id"])

    fathers = {"father", "partner"}
    others = {"grandparent", "foster_carer", "kinship_carer", "adoptive_parent", "other"}
    kinds = {
        "A mother came": {"mother"},
        "A father or partner came": fathers,
        "Another carer came": others,
    }
    axes = {
        words: [words if is_there(row, which) else "Not so" for row in came] for words, which in kinds.items()
    }
    axes["Babies"] = [
        "A baby came" if any(each["infant_id"] for each in row["came"]) else "Not so" for row in came
    ]
    made.note("attended", len(came), **axes)
    made.values["Length of an attended contact"] = [row["minutes"] for row in came]
    worked = {row["episode_id"] for row in came}
    with_father = {row["episode_id"] for row in came if is_there(row, fathers)}
    words = "A father or partner came at least once"
    made.note(
        "worked",
        len(worked),
        **{"Father or partner": [words if each in with_father else "Not so" for each in worked]},
    )
    count_baby_seen(made, came)
    for kind, name in (("liaison", "liaison"), ("message", "messages")):
        made.note(name, sum(row["kind"] == kind and made.in_window(row["day"]) for row in made.contacts))
    people = [each for row in rows for each in row["people"]]
    babies = [ATTENDANCES[each["attendance"]] for each in people if each["infant_id"]]
    carers = [ATTENDANCES[each["attendance"]] for each in people if each["caregiver_id"]]
    made.note("baby_attendances", len(babies), **{"Baby’s attendance": babies})
    made.note("carer_attendances", len(carers), **{"Carer’s attendance": carers})


def count_baby_seen(made, came):
    births = defaultdict(list)
    for row in made.list_focus():
        infant = fetch("SELECT birth_date FROM families_infant WHERE id = %(id)s", id=row["infant_id"])
        births[row["id"]].append(infant[0]["birth_date"])
    found = []
    for row in came:
        if any(born and born <= row["day"] for born in births[row["episode_id"]]):
            babies = [each["seen"] for each in row["came"] if each["infant_id"]]
            found.append(
                "Baby seen" if True in babies else "Not recorded" if None in babies else "Baby not seen"
            )
    made.note("after_birth", len(found), Baby=found)


def count_help(made):
    episodes = "JOIN episodes_intervention i ON i.id = t.intervention_id"
    uses = made.counted("episodes_interventionuse", "t.started_on", "t.ended_on", "i.name", join=episodes)
    waits = made.counted("episodes_interventionwait", "t.since", "t.closed_on", "i.name", join=episodes)
    begun = [row["name"] for row in uses if made.in_window(row["started_on"])]
    in_use = [row["name"] for row in uses if made.is_open(row["started_on"], row["ended_on"])]
    waiting = [row["name"] for row in waits if made.is_open(row["since"], row["closed_on"])]
    for name, found in (("uses_begun", begun), ("uses_open", in_use), ("intervention_waits", waiting)):
        made.note(name, len(found), Intervention=found)
    sessions = fetch(
        f"""SELECT cancelled_at, {local("starts_at")} AS day FROM groups_groupsession
        WHERE entered_in_error_at IS NULL"""
    )
    held = ["Cancelled" if row["cancelled_at"] else "Held" for row in sessions if made.in_window(row["day"])]
    made.note("sessions", len(held), Session=held)
    lines = made.counted(
        "groups_groupline", "t.care_contact_id", join="JOIN groups_groupsession s ON s.id = t.session_id",
        where="s.cancelled_at IS NULL",
    )  # fmt: skip
    on_register = {row["care_contact_id"] for row in lines}
    register = [
        "Came" if row["came"] else "Did not come"
        for row in made.contacts
        if row["id"] in on_register and row["kind"] == "family" and made.in_window(row["day"])
    ]
    made.note("register", len(register), Register=register)
    places = made.counted("groups_groupplace", "t.joined_on", "t.left_on")
    made.note("group_places", sum(made.is_open(row["joined_on"], row["left_on"]) for row in places))
    count_peers(made)


def count_peers(made):
    links = made.counted(
        "collaboration_peersupport",
        "t.family_id",
        f"{local('t.linked_at')} linked",
        f"{local('t.ended_at')} ended",
    )
    families = {
        row["family_id"]
        for row in links
        if row["linked"] <= made.last and (row["ended"] is None or row["ended"] > made.last)
    }
    made.note("peer_families", len(families))
    logs = [
        row["how"]
        for row in made.counted("collaboration_peerlog", "t.day", "t.how")
        if made.in_window(row["day"])
    ]
    made.note("peer_logs", len(logs), **{"How in touch": [PEER_MODES[how] for how in logs]})


def count_endings(made):
    newest = {}
    received = {pk: row["received_at"] for pk, row in made.referrals.items() if row["patient_id"] is None}
    rows = [
        row
        for row in made.list_focus()
        if made.in_window(row["ended_on"])
        and row["referral_id"] in received
        and row["infant_id"] in made.infants
    ]
    for row in sorted(
        rows, key=lambda row: (-received[row["referral_id"]].timestamp(), str(row["referral_id"]))
    ):
        newest.setdefault(made.child(row["infant_id"]), row)
    planned = {
        row["episode_id"]: {"yes": "Planned", "no": "Sooner than planned"}[row["planned"]]
        for row in fetch(
            """SELECT episode_id, planned FROM endings_ending
            WHERE completed_at IS NOT NULL AND entered_in_error_at IS NULL"""
        )
    }
    found = list(newest.values())
    made.note(
        "ended",
        len(found),
        Reason=[REASONS[row["ending_reason"]] for row in found],
        Ending=[planned.get(row["id"], "Not recorded") for row in found],
    )


def count_goals(made):
    ended = {pk for pk, row in made.episodes.items() if made.in_window(row["ended_on"])}
    goals = [
        row["id"]
        for row in made.counted("episodes_goal", "t.episode_id", "t.closed_as")
        if row["episode_id"] in ended and row["closed_as"] != "reworded"
    ]
    ratings = defaultdict(list)
    for row in sorted(
        made.counted("outcomes_goalrating", "t.goal_id", "t.score", "t.rated_on", "t.created_at"),
        key=lambda row: (row["rated_on"], row["created_at"]),
    ):
        ratings[row["goal_id"]].append(row["score"])
    changes = [ratings[goal][-1] - ratings[goal][0] for goal in goals if len(ratings[goal]) > 1]
    made.note("goals_set", len(goals))
    made.note(
        "goals",
        len(changes),
        Goal=[
            "Moved by 3 points or more" if each >= 3 else "Moved by less than 3 points" for each in changes
        ],
    )
    made.values["Goals, points nearer"] = changes


def count_pairs(made):
    """First and last of a measure by one rater for one dyad, on or after contacts 1 and 2, not on one day."""
    ended = {pk: row for pk, row in made.episodes.items() if made.in_window(row["ended_on"])}
    days = defaultdict(list)
    for row in made.contacts:
        if row["mechanism"] in DIRECT and row["came"]:
            days[row["episode_id"]].append(row["day"])
    groups = defaultdict(list)
    dyads = {row["id"] for row in made.counted("families_dyad", "t.infant_id")}
    for row in made.counted(
        "outcomes_assessment", "t.episode_id", "t.dyad_id", "t.measure", "t.measure_version", "t.form", "t.rater_id",
        "t.rated_by_staff_id", "t.rater_role", "t.completed_on", "t.declined", "t.scores", "i.birth_date born",
        join="JOIN families_dyad d ON d.id = t.dyad_id JOIN families_infant i ON i.id = d.infant_id",
    ):  # fmt: skip
        if row["episode_id"] in ended and not row["declined"] and row["dyad_id"] in dyads:
            rater = row["rater_id"] or row["rater_role"] or row["rated_by_staff_id"]
            key = (
                row["episode_id"],
                row["dyad_id"],
                row["measure"],
                row["measure_version"],
                rater,
                row["form"],
            )
            groups[key].append(row)
    changes = defaultdict(list)
    for (episode, _, measure, *_), rows in groups.items():
        seen = sorted(days[episode])
        if len(seen) < 2:
            continue
        usable = sorted((row for row in rows if is_usable(row)), key=lambda row: row["completed_on"])
        firsts = [row for row in usable if row["completed_on"] >= seen[0]]
        lasts = [row for row in usable if row["completed_on"] >= seen[1]]
        if firsts and lasts and firsts[0]["completed_on"] < lasts[-1]["completed_on"]:
            start, end = read_scores(firsts[0]), read_scores(lasts[-1])
            for scale in start:
                if start[scale] is not None and end.get(scale) is not None:
                    changes[measure, scale].append(end[scale] - start[scale])
    return changes


def read_scores(row):
    return json.loads(row["scores"]) if isinstance(row["scores"], str) else row["scores"]


# The ages for which each measure of the demo is made: (from so many weeks, before so many months).
WINDOWS = {"prfq": (0, 60), "mors_sf": (0, 12), "piios": (6, 8)}


def is_usable(row):
    if not any(value is not None for value in read_scores(row).values()):
        return False
    if row["measure"] not in WINDOWS:
        return True
    first, before = WINDOWS[row["measure"]]
    born, on = row["born"], row["completed_on"]
    return born is not None and born + timedelta(weeks=first) <= on < add_months(born, before)


def name_outcome(row):
    found = {each["attendance"] for each in row["people"]}
    order = {
        "Attended": set(SEEN), "Not brought or did not attend": {"not_brought", "did_not_attend"},
        "Arrived too late to be seen": {"late_not_seen"}, "Cancelled by the family": {"cancelled_family"},
        "Cancelled by us": {"cancelled_service"},
    }  # fmt: skip
    return next((words for words, which in order.items() if found & which), "Not recorded")


def count_work(made):
    count_contacts(made)
    count_help(made)
    count_endings(made)
    count_goals(made)
