"""What the API is sent: an id out of scope is answered as an id of nobody, and writes nothing."""

import pytest
from django.db import connection, transaction

from tests.project.api_contract import find_mismatch
from tests.project.api_payloads import build_payloads
from tests.project.crawler import WriteRecorder, build_path
from tests.project.factories import sample_families
from tests.project.form_filling import UUID
from tests.project.url_addresses import list_url_addresses

pytestmark = pytest.mark.prove
ADDRESSES_WITHOUT_IDS = {
    "api-focus": "it takes another focus than there is: a stranger's is tried in tests/unit/plans/test_pages.py",
    "api-end-co-work": "it takes no id",
    "api-groupings": "it takes no id",
    "api-ways": "its ids are codes of the catalogue, the same for everybody",
    "api-end-way": "it takes no id",
    "api-helping": "it takes no id",
    "api-episode-waits": "its ids are codes of the catalogue, the same for everybody",
    "api-end-wait": "it takes no id",
    "api-plan-versions": "it takes no id",
    "api-plan-reviews": "it takes no id",
    "api-declined": "it takes no id",
    "api-goal-rewording": "it takes no id",
    "api-goal-closing": "it takes no id",
    "api-intervention": "the catalogue is the same for everybody",
    "api-referrals": "its ids are codes of reference data, the same for everybody",
    "api-consultations": "its ids are codes of reference data, the same for everybody",
    "api-training-topics": "it takes no id",
    "api-retire-training-topic": "its id is the code of a topic, the same for everybody",
    "api-training": "its ids are codes of sites and topics",
    "api-training-programme": "its ids are codes of topics",
    "api-training-attendees": "its id is the code of a district",
    "api-training-attendee": "its id is the code of a district",
    "api-remove-training-attendee": "it takes no id",
    "api-cancel-training-session": "it takes no id",
    "api-training-certificate-pdf": "it takes nothing",
    "api-workforce-figures": "its id is the code of a district",
    "api-training-sessions": "its ids are colleagues', the same for everybody who runs training",
    "api-training-session": "its ids are colleagues', the same for everybody who runs training",
    "api-outreach": "its ids are colleagues' and codes, the same for everybody who does outreach",
    "api-outreach-session": "its ids are colleagues' and codes, the same for everybody who does outreach",
    "api-record-outreach": "it takes no id",
    "api-cancel-outreach": "it takes no id",
    "api-referral-outreach": "only those who triage may: tests/unit/outreach/test_outreach.py",
    "api-consultation-log": "its ids are codes of sites and districts",
    "api-consultation-record": "it takes no id",
    "api-consultation-follow-up": "it takes no id",
    "api-referral-decision": "its ids are codes of sites, and carers of this very referral",
    "api-adoption": "it takes the code of a site, and governance alone may",
    "api-match-check": "it takes no id",
    "api-failed-email": "it takes no id",
    "api-referral-differences": "its ids are people of this very referral: tests/unit/referrals/test_differences.py",
    "api-referral-infants": "it takes no id",
    "api-named-loss": "it takes no id",
    "api-referral-caregivers": "it takes no id",
    "api-referral-question": "its ids are carers of this very referral: tests/unit/referrals/test_after_sending.py",
    "api-referral-withdrawal": "its ids are carers of this very referral: tests/unit/referrals/test_after_sending.py",
    "api-referral-reopening": "it takes no id",
    "api-referral-additions": "it takes no id",
    "api-my-withdrawal": "it takes no id",
    "api-another-baby": "it takes no id",
    "api-amendments": "it takes no id",
    "api-contact": "it takes no id",
    "api-contact-in-error": "its ids are tried in tests/unit/episodes/test_refiling.py: there is one episode here",
    "api-contact-star": "it takes no id",
    "api-absence": "its id is a colleague's at the site, as of api-absences",
    "api-cancel-absence": "it takes no id",
    "api-posts": "only an administrator may, who keeps posts at every site",
    "api-post": "it takes no id",
    "api-post-holders": "only an administrator may, and every colleague may fill a post",
    "api-post-holder": "it takes no id",
    "api-remove-post-holder": "it takes no id",
    "api-plan-line": "it takes no id",
    "api-competencies": "only a supervisor may: tests/unit/competencies/test_pages.py",
    "api-competence": "it takes no id",
    "api-remove-competence": "it takes no id",
    "api-requirement": "it takes no id",
    "api-sign-offs": "only a supervisor may: tests/unit/competencies/test_deliveries.py",
    "api-group-sign-offs": "only a supervisor may: tests/unit/groups/test_deliveries.py",
    "api-hand-over-work": "its ids are of those who may take it: tests/unit/workforce/test_hand_overs.py",
    "api-undo-hand-over": "it takes no id",
    "api-cancel-supervision": "it takes no id",
    "api-emergency-access-review": "it takes no id",
    **dict.fromkeys(
        [
            "api-family-restricting",
            "api-restriction-review",
            "api-named-access",
            "api-restriction-ending",
            "api-named-access-ending",
        ],
        "duty and information governance alone may: tests/unit/restrictions/test_restrictions.py",
    ),
    "api-supervision-agreements": "only a supervisor may: tests/unit/supervision/test_api.py",
    "api-supervision-sessions": "only a supervisor may: tests/unit/supervision/test_api.py",
    "api-planned-supervision": "only a supervisor may: tests/unit/supervision/test_api.py",
    "api-supervision-agreement": "it takes no id",
    "api-caseload-review": "only a supervisor may: tests/unit/supervision/test_caseload_review.py",
    "api-agenda-items": "it takes no id",
    "api-close-agenda-item": "it takes no id",
    "api-decision-done": "it takes no id",
    "api-decision-undone": "it takes no id",
    "api-my-digest": "it takes no id",
    "api-countersigning": "it takes no id",
    "api-reopening": "it takes no id",
    "api-keepsakes": "it takes no id",
    "api-keepsake-preview": "it takes no id: tests/unit/endings/test_keepsakes.py",
    "api-keepsake-pdf": "it takes nothing",
    "api-ways-back": "its id is the code of a site, the same for everybody",
    "api-way-back": "its id is the code of a site, the same for everybody",
    "api-plan-agreement": "it takes no id",
    "api-appointment-moving": "it takes no id",
    "api-appointment-cancelling": "it takes no id",
    "api-appointment-restoring": "it takes nothing",
    "api-appointment-contact": "the same form and people as api-contacts; tests/unit/diary/test_api.py",
    "api-first-visits": "the same form and people as api-appointments; tests/unit/diary/test_api.py",
    "api-tell-referrer": "it takes no id",
    "api-destinations": "its ids are codes of districts, the same for everybody",
    "api-destination": "its ids are codes of districts, the same for everybody",
    "api-accounts": "its id is the code of a site, the same for everybody",
    "api-account": "it takes no id",
    "api-give-role": "its id is the code of a site, the same for everybody",
    "api-end-role": "it takes the codes of a role and a site",
    "api-reset-second-factor": "it takes no id",
    **{f"api-{step}": "it takes nothing" for step in ("password-link", "close-account", "open-account")},
    "api-site-settings": "it takes no id",
    "api-site": "it takes no id",
    "api-district": "its id is the code of a site, the same for everybody",
    "api-official-files": "it takes the name of a file",
    "api-take-official-file": "it takes nothing",
    "api-rooms": "its id is the code of a site, the same for everybody",
    "api-room": "it takes no id",
    **{f"api-film-{step}": "it takes no id" for step in ("made", "review", "withdrawal")},
    "api-groups": "its ids are codes of sites and interventions, the same for everybody",
    "api-group": "its ids are codes of sites, the same for everybody",
    "api-group-sessions": "it takes no id",
    "api-group-session": "it takes no id",
    "api-group-session-cancellation": "it takes no id",
    "api-facilitators": "its id is a colleague's, the same for everybody who writes records",
    "api-facilitator-ending": "it takes no id",
    "api-group-ending": "it takes no id",
    "api-group-place-ending": "it takes no id",
    "api-infant": "it takes no id",
    "api-caregiver": "its ids are codes of groups, the same for everybody",
    "api-dyad": "it takes no id",
    "api-status": "it takes no id",
    "api-caution": "it takes no id",
    "api-household-child": "it takes no id",
    "api-loss": "it takes no id",
    "api-loss-in-error": "it takes no id",
    "api-goal-ratings": "it takes no id",
    "api-paper-answers": "its id is the code of a site where one reads reports: tests/unit/experience/test_paper.py",
    "api-reports": "it takes a month",
    "api-sign-report": "it takes nothing",
    "api-correct-report": "it takes no id",
    "api-service-reports": "it takes a month",
    "api-needs": "its id is the code of a district",
    "api-search": "it takes words, and writes nothing",
    "api-merge-undoing": "it takes no id",
    "api-merge-looked-through": "it takes nothing",
    "api-caregiver-merges": "the same view as api-infant-merges, of carers",
    "api-caregiver-not-the-same": "the same view as api-infant-not-the-same, of carers",
    "api-family-moves": "its id is the code of a site, the same for everybody",
    "api-accept-move": "the lead's id is tried in tests/unit/moves/test_api.py: nobody here may answer",
    **{f"api-{step}-move": "it takes no id" for step in ("decline", "withdraw", "call-back")},
    "api-status-ending": "it takes no id",
    "api-household-children": "it takes no id",
    "api-concern-steps": "it takes no id",
    "api-caution-ending": "it takes no id",
    "api-withdrawal": "it takes no id",
    "api-limit-end": "it takes no id",
    "api-letter-pdf": "it takes nothing",
    "api-plan-paper-pdf": "it takes nothing",
    "api-reply-pdf": "it takes nothing",
    "api-letter-sending": "it takes no id",
    "api-joint-ending": "it takes no id",
    "api-peer-ending": "it takes no id",
    "api-own-log": "it takes no id",
    "api-worry": "it takes no id",
    "api-peer-log-in-error": "it takes no id",
    **{f"api-{step}-ask": "it takes no id" for step in ("take", "decline", "answer", "end", "prolong")},
}
ID_FIELDS = (
    "family", "infant", "caregiver", "carried_by", "referral", "lead", "focus", "dyad", "person", "happened_about",
    "other", "about", "kept_from", "party", "subject", "to", "who", "carers", "saw_about", "user",
    "practitioner", "expected", "room", "consent_by", "copy_given_to", "programme", "people", "place",
    "member", "supporter", "episode", "note", "child", "came", "attendees",
)  # fmt: skip


def get_write_method(address):
    return "post" if "post" in address.view.cls.http_method_names else "patch"


def replace_id(payload, name, other):
    """The payload with this one id replaced, wherever it stands."""
    if isinstance(payload, list):
        return [replace_id(each, name, other) for each in payload]
    if not isinstance(payload, dict):
        return payload
    return {
        key: _replace_value(value, other) if key == name else replace_id(value, name, other)
        for key, value in payload.items()
    }


def _replace_value(value, other):
    if isinstance(value, list):
        return [_replace_value(value[0], other)]
    kind, colon, _ = str(value).rpartition(":")
    return f"{kind}{colon}{other}"


def list_id_names(payload):
    sets = ("participants", "babies", "dyads", "others", "guests", "changed", "lines")
    rows = [payload, *(row for name in sets for row in payload.get(name, []))]
    return [name for name in ID_FIELDS if any(name in row for row in rows)]


def send_and_roll_back_json(client, way, payload):
    """``way``: method and address."""
    watch, (method, path) = WriteRecorder(), way
    with transaction.atomic(), connection.execute_wrapper(watch):
        response = getattr(client, method)(path, payload, content_type="application/json")
        transaction.set_rollback(True)
    mismatch = find_mismatch(method, path, response.status_code, response.headers, response.content)
    assert not mismatch, f"{method} {path}: {response.status_code}: {mismatch}"
    return response, watch.tables


def test_every_writable_api_address_is_covered(sample_and_clients):
    homes, _ = sample_and_clients
    writing = {each.name for each in list_url_addresses() if each.is_api and each.name and is_writable(each)}
    assert writing == set(build_payloads(homes["blackburn"])) | set(ADDRESSES_WITHOUT_IDS)


def is_writable(address):
    described = getattr(address.view, "cls", None)  # the pages about the API are functions
    methods = getattr(described, "http_method_names", ())
    return bool({"post", "patch"} & set(methods))


def test_a_sound_payload_is_accepted(sample_and_clients, django_db_blocker):
    homes, clients = sample_and_clients
    with django_db_blocker.unblock():
        for way, payload, name in list_payload_cases(homes):
            response, written = send_and_roll_back_json(clients["blackburn"], way, payload)
            assert (response.status_code in (200, 201), bool(written)) == (True, True), (
                name,
                response.content,
            )


def test_an_id_out_of_scope_is_answered_as_nobodys(sample_and_clients, django_db_blocker, cells):
    homes, clients = sample_and_clients
    with django_db_blocker.unblock():
        for way, payload, name in list_payload_cases(homes):
            for field in list_id_names(payload):
                nobody, _ = send_and_roll_back_json(
                    clients["blackburn"], way, replace_id(payload, field, sample_families.UNKNOWN_ID)
                )
                for where in ("hyndburn", "restricted"):
                    answer, written = send_and_roll_back_json(
                        clients["blackburn"],
                        way,
                        replace_id(payload, field, get_other_sites_id(homes[where], field)),
                    )
                    problems = []
                    if written or answer.status_code not in (400, 404):
                        problems.append(f"{name}.{field} of {where} got through: {answer.status_code}")
                    elif get_body_without_ids(answer) != get_body_without_ids(nobody):
                        problems.append(
                            f"{name}.{field} of {where} differs: {answer.content} / {nobody.content}"
                        )
                    cells.add("a field of the API with an id out of scope", problems)
    cells.assert_none_wrong()


def get_body_without_ids(answer):
    return answer.status_code, UUID.sub("id", answer.content.decode())


def get_other_sites_id(home, field):
    kinds = {
        "family": "family_id",
        "infant": "infant_id",
        "caregiver": "caregiver_id",
        "carried_by": "caregiver_id",
        "referral": "to_open",
        "lead": "user_id",
        "user": "user_id",
        "practitioner": "user_id",
        "expected": "caregiver_id",
        "room": "room_id",
        "person": "caregiver_id",
        "other": "subject_id",
        "to": "caregiver_id",
        "subject": "subject_id",
        "about": "subject_id",
        "party": "member_id",
        "who": "member_id",
        "carers": "caregiver_id",
        "consent_by": "caregiver_id",
        "copy_given_to": "caregiver_id",
        "programme": "other_group",
        "people": "caregiver_id",
        "place": "place_id",
        "came": "attendee_id",
        "attendees": "attendee_id",
        "member": "member_id",
        "episode": "episode_id",
        "note": "note_id",
        "child": "subject_id",
    }
    if field in ("lead", "user", "practitioner", "room", "programme") and home.name == "restricted":
        return (
            sample_families.UNKNOWN_ID
        )  # the same colleague works at both, and the same site holds both groups
    return home.objects[kinds.get(field, "dyad_id")].pk


def list_payload_cases(homes):
    by_name = {each.name: each for each in list_url_addresses()}
    for name, payload in build_payloads(homes["blackburn"]).items():
        address = by_name[name]
        path = build_path(address, homes, "blackburn" if address.ids else None)
        yield (get_write_method(address), path), payload, name
