"""For each address of the API that takes ids in its JSON: a payload that is accepted."""

from datetime import timedelta

from django.utils import timezone


def build_payloads(home):
    """{address: a payload that is accepted}."""
    made, today = {name: str(pk) for name, pk in home.list_ids().items()}, timezone.localdate()
    opening = {
        "referral": made["to_open"],
        "lead": made["user_id"],
        "opened_on": today.isoformat(),
        "focus": [made["dyad_id"]],
    }
    contact = {
        "held_on": (today - timedelta(days=1)).isoformat(),
        "held_at": "10:00",
        "minutes": 50,
        "mechanism": "01",
        "location": "A01",
        "happened": "Words",
        "happened_about": f"dyad:{made['dyad_id']}",
        "participants": [{"person": made["caregiver_id"], "attendance": "attended"}],
    }
    shared = {name: contact[name] for name in ("held_on", "held_at", "happened", "happened_about")}
    message = shared | {"mechanism": "09", "carers": [made["caregiver_id"]]}
    liaison = shared | {
        "mechanism": "02",
        "minutes": 15,
        "others": [{"who": f"villagemember:{made['member_id']}"}],
    }
    measure = {
        "measure": "prfq",
        "dyad": made["dyad_id"],
        "timepoint": "end",
        "completed_on": today.isoformat(),
        "q1": 3,
    }
    return {
        "api-episodes": opening,
        "api-contacts": contact,
        "api-liaisons": liaison,
        "api-messages": message,
        "api-goals": {"words": "To sleep", "dyad": made["dyad_id"]},
        "api-assessments": measure,
        "api-infant-merges": {
            "other": made["subject_id"],
            "given_name": "kept",
            "reason": "The same baby",
        },
        "api-infant-not-the-same": {"other": made["subject_id"], "reason": "Two babies"},
        "api-same-birth": {"together": [made["subject_id"]]},
        "api-birth": {"birth_date": today.isoformat(), "babies": [{"infant": made["infant_id"]}]},
        "api-pregnancies": {
            "estimated_due_date": (today + timedelta(days=90)).isoformat(),
            "plurality": 2,
            "carried_by": made["caregiver_id"],
        },
        "api-caregivers": {
            "family": made["family_id"],
            "given_name": "Ana",
            "dyads": [{"infant": made["infant_id"], "relationship": "partner"}],
        },
        "api-addresses": {
            "caregiver": made["caregiver_id"],
            "kind_of_address": "home",
            "lines": "2 New Street",
        },
        "api-plans": {"aims": "Words", "caregiver": made["caregiver_id"]},
        "api-plan-papers": {"to": made["caregiver_id"]},
        "api-formulations": {
            "written_on": today.isoformat(),
            "saw": "Words",
            "saw_about": f"dyad:{made['dyad_id']}",
        },
        "api-lead-changes": {
            "lead": str(home.colleague.pk),
            "why": "Words",
            "since": today.isoformat(),
        },
        "api-absences": {
            "person": str(home.worker.pk),
            "site": str(home.site.pk),
            "starts_on": (today + timedelta(days=90)).isoformat(),
            "ends_on": (today + timedelta(days=91)).isoformat(),
        },
        "api-co-workers": {
            "user": str(home.colleague.pk),
            "why": "Words",
            "since": today.isoformat(),
        },
        "api-training-register": {"came": [made["attendee_id"], made["certificate_id"]]},
        "api-issue-certificates": {"attendees": [made["attendee_id"]]},
        **build_safeguarding_payloads(made, today.isoformat()),
        **build_village_payloads(made, today),
        **build_diary_payloads(made, today),
        **build_film_and_group_payloads(made, today),
        **build_collaboration_payloads(made, today.isoformat()),
        **build_ending_payloads(home, made, today),
    }


def build_collaboration_payloads(made, today):
    """The same for work done with others."""
    joint = {"we_do": "Words", "they_do": "Words", "episode": made["episode_id"]}
    linked = {"supporter": made["supporter"], "caregiver": made["caregiver_id"], "agreed_on": today}
    asked = {"wants": "thought", "question": "Words", "urgency": "days", "episode": made["episode_id"]}
    return {
        "api-joint-works": joint | {"member": made["member_id"], "since": today},
        "api-joint-work": joint,
        "api-peer-support": linked | {"why": "Words"},
        "api-family-asks": asked,
    }


def build_film_and_group_payloads(made, today):
    """Films and groups."""
    guests = [f"infant:{made['subject_id']}", f"caregiver:{made['caregiver_id']}"]
    consent = {"consent_by": made["caregiver_id"], "consented_on": today.isoformat(), "consent_for": "Words"}
    came = {"place": made["place_id"], "person": made["caregiver_id"], "attendance": "attended"}
    return {
        "api-films": consent | {"dyad": made["dyad_id"], "intervention": "video-interaction-guidance"},
        "api-film-deletion": {"deleted_on": today.isoformat(), "copy_given_to": made["caregiver_id"]},
        "api-group-places": {
            "programme": made["other_group"],
            "people": guests,
            "joined_on": today.isoformat(),
        },
        "api-group-place": {"people": guests[1:]},
        "api-group-register": {"guests": [came], "lines": [{"place": made["place_id"], "words": "Words"}]},
    }


def build_diary_payloads(made, today):
    """A visit booked, and one changed."""
    visit = {"practitioner": made["user_id"], "expected": [made["caregiver_id"]], "room": made["room_id"]}
    when = {"starts_on": (today + timedelta(days=9)).isoformat(), "starts_time": "10:00"}
    how = {"minutes": 50, "mechanism": "01", "location": "K01"}
    return {"api-appointments": visit | when | how, "api-appointment": visit}


def build_safeguarding_payloads(made, today):
    carer = f"caregiver:{made['caregiver_id']}"
    concern = {"what": "Words", "noticed_on": today, "decision": "not_referred", "why": "Words"}
    apart = {"caution": "keep_apart", "about": f"infant:{made['infant_id']}", "kept_from": carer}
    return {
        "api-statuses": {"about": carer, "kind_of_status": "marac", "since": today},
        "api-concerns": concern | {"about": f"child:{made['child_id']}", "family_told": "agreed"},
        "api-cautions": apart | {"what": "Words", "since": today},
    }


def build_village_payloads(made, today):
    """The same for the people around the child, and what may be disclosed to them."""
    member = {"name": "Sam", "circle": "friend", "closeness": 1, "infant": f"infant:{made['subject_id']}"}
    agreement = {
        "party": f"villagemember:{made['member_id']}",
        "what": ["involved"],
        "agreed_by": f"caregiver:{made['caregiver_id']}",
        "agreed_on": today.isoformat(),
    }
    limit = {
        "subject": f"infant:{made['subject_id']}",
        "not_to_name": "Somebody",
        "reason": "Requested",
        "since": today.isoformat(),
    }
    letter = {"to": f"caregiver:{made['caregiver_id']}", "about": [f"infant:{made['subject_id']}"]}
    return {
        "api-village": member,
        "api-village-member": member,
        "api-agreements": agreement,
        "api-limits": limit,
        "api-letters": letter,
        "api-letter": {"text": "Dear Cora", "details": []},
    }


def build_ending_payloads(home, made, today):
    """The same at an ending."""
    line = home.objects["keepsake_id"].lines.get()
    letter = {"to": f"caregiver:{made['caregiver_id']}"}
    return {
        "api-ending": {
            "draft": True,
            "summary": "Words",
            "changed": [{"dyad": made["dyad_id"], "words": "Words"}],
        },
        "api-ending-letters": letter,
        "api-keepsake": {
            "title": "Words",
            "lines": [{"note": str(line.note_id), "use": True, "text": "Words"}],
        },
        "api-transitions": {
            "child": f"two:{made['subject_id']}",
            "who_next": "Nursery",
            "agreed_with": "Cora",
            "agreed_on": today.isoformat(),
        },
    }
