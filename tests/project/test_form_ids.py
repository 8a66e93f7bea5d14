"""Every page's form, sent with somebody else's ids and with fields that are not its own: nothing gets through."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.project import expected_access
from tests.project.crawler import (
    FORM_SENDERS,
    LONG_RUN,
    build_path,
    compute_turn,
    list_allowed_people,
    list_matrix_addresses,
)
from tests.project.extra_fields import build_extra_fields, find_changes_by_extra_fields
from tests.project.form_filling import UUID, fill_form, list_id_fields, parse_form
from tests.project.form_sending import send_form_and_roll_back

pytestmark = pytest.mark.prove


def split_date_fields(name, day):
    """A day as its three boxes are sent."""
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


FAR_DATE = "2099-01-01"
# What a guess cannot know, by address: the rest of its form is filled in by kind.
NO_COLLEAGUE_TYPED = {f"others-0-{name}": "" for name in ("name", "role", "organisation")}
NOBODY_WHO_DIED = {"form-3-attendance": ""}  # she may have come before, and is not expected
AWAY_LATER = {
    name: (timezone.localdate() + timedelta(days=days)).isoformat()
    for name, days in (("starts_on", 95), ("ends_on", 96))
}
# The samples' bookings are about this time of day, and a clash would be warned of first.
FREE_HOUR = f"{timezone.localtime() + timedelta(hours=12):%H:%M}"
NO_DAYS_OF_AGREEMENT = {
    "ends_on": "",
    **{f"under_twos_since-{part}": "" for part in ("day", "month", "year")},
}
FREE_DAY = {"held_on": (timezone.localdate() + timedelta(days=45)).isoformat()}
FREE_DAY |= {"starts": "10:00", "ends": "11:00"}
NO_DAY_TO_FOLLOW_UP = {"follow_up_on": ""}
KNOWN_VALUES = {
    "new-liaison": NO_COLLEAGUE_TYPED,
    "care-contact": {"prompts": ""},
    "change-group-session": {"held_at": FREE_HOUR},
    "contact-in-error": {"belongs_to": "", "reference": ""},
    "change-plan": {"review_on": FAR_DATE},
    "group-guests": {"people": lambda field: field["choices"][:1]},
    "new-group-place": {"programme": lambda field: field["choices"][-1]},  # the first has them already
    "intervention": {"sessions_from": "6", "sessions_to": "8", "snomed_code": ""},
    "family-retention": {"kind": "keep", "review_on": FAR_DATE},
    "is-it-helping": {"ask_again_on": FAR_DATE},
    "new-intervention": {"sessions_from": "6", "sessions_to": "8", "snomed_code": ""},
    "new-wait": {"intervention": "emdr"},
    "new-way": {"intervention": "emdr"},
    "plan-agreement": {"review_on": FAR_DATE},
    "review-plan": {"next_on": FAR_DATE},
    "reword-goal": {"words": "Other words"},
    "ask-for-help": {"phone": "01632 960009", "postcode": "", "asker_name": "", "asker_role": ""},
    "adoption": {"site": "blackpool", **split_date_fields("adopted_on", timezone.localdate())},
    "birth": {
        "another": [],
        "babies-0-dates_are_right": "on",
        "birth_date-day": "1",
        "birth_date-month": "1",
        **{
            f"babies-0-{name}": ""
            for name in (
                "nhs_number",
                "birth_date-day",
                "birth_date-month",
                "birth_date-year",
                "home_on",
                "birth_weight_grams",
                "gestation_weeks",
            )
        },
    },
    "new-facilitator": {"user": ""},
    "same-birth": {"plurality": ""},
    "opening-reason": {"reason": "A request to see the record"},
    "plan-supervision": {"starts_time": "10:00", "others": []},
    "change-supervision-agreement": {"every_days": "", "working_percent": "60"} | NO_DAYS_OF_AGREEMENT,
    "new-absence": {**AWAY_LATER, "cover": ""},
    "change-absence": {**AWAY_LATER, "cover": ""},
    "named-loss": {"loss": "death", **split_date_fields("lost_on", timezone.localdate())},
    "new-assessment": {"declined_why": ""},
    "infant-details": {"estimated_due_date-day": "28"},
    "loss": {"lost_on-day": "1", "lost_on-month": "1"},
    "new-pregnancy": split_date_fields("estimated_due_date", timezone.localdate() + timedelta(days=30)),
    "new-caregiver": {"nhs_number": ""},
    "caregiver-details": {"nhs_number": ""},
    "new-dyad": {"reference": ""},
    "new-address": {"postcode": "ZQ1 1AB"},
    "new-infant-address": {"postcode": "ZQ1 1AB"},
    "correct-address": {"postcode": "ZQ1 1AB"},
    "household-move": {"postcode": "ZQ1 1AB"},
    "decide-referral": {
        "response": "direct",
        "thrive": "help",
        "thrive_reason": "words",
        "site": "blackburn-with-darwen",
        "lead": "",
        "write_drafts": [],
        "matches-0-held": "new",
        "matches-1-held": "new",
        # The replies come with the step after: sent here as that one sends them.
        "replies-TOTAL_FORMS": "2",
        "replies-INITIAL_FORMS": "2",
        **{
            f"replies-{number}-{name}": value
            for number, to in enumerate(("referrer", "family"))
            for name, value in (("to", to), ("way", "phone"), ("recipient", "words"), ("text", "words"))
        },
    },
    "match-check": {"answer": "different"},
    "failed-email": {"how": "in_person", "address": ""},
    "name-baby": {
        "born": "unborn",
        "nhs_number": "",
        **split_date_fields("estimated_due_date", timezone.localdate() + timedelta(days=30)),
        **dict.fromkeys(split_date_fields("birth_date", timezone.localdate()), ""),
        **dict.fromkeys(split_date_fields("lost_on", timezone.localdate()), ""),
        "loss": "",
    },
    "name-carer": {"postcode": "", "phone": "", "nhs_number": ""},
    "new-caution": {"kept_from_name": ""},
    "new-contact": {
        **NOBODY_WHO_DIED,
        "minutes": "50",
        "prompts": "",
        **NO_COLLEAGUE_TYPED,
    },
    "new-appointment": {"travel_minutes": "", "times": "1"},
    "new-first-visit": {"travel_minutes": "", "times": "1"},
    "change-appointment": {"travel_minutes": ""},
    "write-up": {
        **NOBODY_WHO_DIED,
        "held_on": (timezone.localdate() - timedelta(days=1)).isoformat(),
        "minutes": "50",
        "prompts": "",
        **NO_COLLEAGUE_TYPED,
    },
    "caseload-review": {"no_change": []},
    "agreed-supervision": {"next_time": FREE_HOUR},
    "planned-supervision": {"next_time": FREE_HOUR},
    "new-supervision": {"minutes": "60", "others": [], "is_last": []},
    "new-post": {"wte": "1.0", "funded_until": "", "is_recruit_to_train": []},
    "change-post": {"wte": "3.0", "funded_from": "2020-01-01", "funded_until": "", "is_recruit_to_train": []},
    "fill-post": {"wte": "0.2", "ends_on": "", "qualifies_on": ""},
    "change-post-holder": {"wte": "0.2", "ends_on": "", "qualifies_on": ""},
    "change-plan-line": {"year": "2031"},
    "change-competence": {"level": "3"},
    "sign-off-delivery": {"arrangement": "colleague", "by_colleague": ""},
    "sign-off-group": {"arrangement": "colleague", "by_colleague": ""},
    "new-account": {"username": "somebody-new", "email": "new@pairs.example", "starts_on": "", "ends_on": ""},
    "edit-account": {"email": "changed@pairs.example"},
    "give-role": {"role": "duty", "starts_on": "", "ends_on": ""},
    "end-role": {"last_day": ""},
    "new-site": {"opens_on": "", "closes_on": ""},
    "site": {"opens_on": "2025-04-01", "closes_on": ""},
    "due-decision": {"until": "2099-01-01"},
    "api-tokens": {},
    "new-consultation": {"who": ""},
    "ask-for-more": {"replies-0-text": "Words"},
    "destination": {"website": "", "places": []},
    "new-destination": {"website": "", "places": []},
    "consultation-arrangement": {
        "on": (timezone.localdate() + timedelta(days=3)).isoformat(),
        "at": FREE_HOUR,
    },
    "consultation-record": {"minutes": "50", "held_at": "00:00", **NO_DAY_TO_FOLLOW_UP},
    "new-training-session": FREE_DAY | {"second_trainer": ""},
    "change-training-session": FREE_DAY | {"second_trainer": ""},
    "new-training-attendee": {
        "email": "new@maternity.example",
        "confidence_before": "",
        "confidence_after": "",
    },
    "training-attendee": {"email": "", "confidence_after": "", "organisation": "Another"},
    "issue-certificates": {"attendees": lambda field: field["choices"][:1]},  # the next attended no session
    "new-outreach": FREE_DAY,
    "change-outreach": FREE_DAY,
    "training-register": {"came": lambda field: field["choices"]},
    "new-training": {"topics": lambda field: field["choices"][:1], "places": "12"},
    "new-workforce-figure": {"headcount": "12"},
    "new-need": {"population": "7800", "percent": "5"},
    "change-training": {"topics": lambda field: field["choices"][:1]},
    "record-outreach": {"parents": "4", "children": "5", "professionals": "0"},
    "log-consultation": {
        "asker_email": "",
        "minutes": "50",
        "held_at": "00:00",
        "named": "no",
        "who": "",
        "permission": [],
        "permission_reason": "",
        **NO_DAY_TO_FOLLOW_UP,
    },
    "new-sharing-agreement": {"agency": "", "what": ["involved"], "without_consent_because": ""},
    "new-disclosure-limit": {"not_to_name": ""},
    "new-joint-work": {"who": ""},
    "new-peer-log": {"minutes": "40"},
    "new-subject-access": {
        "asked_as": "representative",
        "name": "",
        "identity_asked_on": "",
        "identity_shown_on": "",
        "identity_how": "",
    },
}
# Forms that are no write of a record, or belong to a wizard tried elsewhere, and why.
NOT_COVERED = {
    "emergency-access": "asks for a number that is out of one's scope: tried in tests/unit/emergency_access",
    "episode-focus": "asks for another focus than is ticked: tried in tests/unit/plans/test_pages.py",
    "first-readers": "asks for two different people, each tried in tests/unit/referrals/test_first_reader.py",
    "new-supervision-agreement": "its person and site go together: tests/unit/supervision/test_api.py",
    "new-competence": "its person and site go together: tests/unit/competencies/test_pages.py",
    "decision-undone": "undoes what another form does: tried in tests/unit/dashboards/test_worklist.py",
    "search": "writes nothing; what it finds is tried in tests/unit/matching and tests/unit/dashboards",
    "my-calendar": "has no field, and shows the new address once (tests/unit/diary/test_calendar_feed.py)",
    "new-measure-link": "makes a link each time, shown once (tests/unit/outcomes/test_measure_links.py)",
    "measure-link": "a parent's answers, once (tests/unit/outcomes/test_measure_links.py)",
    "experience": "is for nobody signed in, and has no id (tests/unit/experience/test_answers.py)",
    "consultation-feedback": "is for nobody signed in, and has no id (tests/unit/referrals/test_consultation_log.py)",
    "new-consultation-feedback": "shows the link on its own answer (tests/unit/referrals/test_consultation_log.py)",
    "new-experience-link": "shows the link on its own answer; a stranger's id: tests/unit/experience/test_links.py",
    "unlock": "asks for the password alone (tests/unit/submissions)",
    "referrer-link": "opens the link and has no field (tests/unit/referrals/test_by_email.py)",
    "referrer-link-page": "writes the draft of its link and nothing else (tests/unit/referrals/test_by_email.py)",
    "referrer-link-check": "sends the draft; it has no field",
    "refer": "its form posts to refer-page, one page of a draft of one's own",
    "refer-page": "writes a draft of one's own and nothing else",
    "refer-check": "sends the draft; it has no field",
    "phone-in": "its form posts to phone-in-page, one page of a draft of one's own",
    "phone-in-page": "writes a draft of one's own and nothing else",
    "phone-in-check": "sends the draft; it has no field",
    "access-log": "finds entries, and writes nothing",
    "record-changes": "finds changes, and writes nothing",
    "failed-work": "a job that is not there is no error: tried in tests/unit/jobs/test_jobs.py",
    "my-account": "its forms belong to other addresses",
    "reset-second-factor": "refused where there is none: tests/unit/accounts/test_administration.py",
}


def list_addresses_with_forms():
    return [
        each
        for each in list_matrix_addresses()
        if each.policy and not each.is_api and each.name not in NOT_COVERED
    ]


@pytest.fixture(scope="module")
def page_forms(sample_and_clients, crawler):
    """{address: (client, path, form)} for every page that has one, as the first person who may use it."""
    homes, clients = sample_and_clients
    found = {}
    for address in list_addresses_with_forms():
        where = expected_access.FORM_FILLED_AT.get(address.name, "blackburn") if address.ids else None
        path = build_path(address, homes, where)
        for who in list_allowed_people(address, "POST", where, FORM_SENDERS)[:1]:
            if form := crawler.get_form(who, path):
                found[address.name] = (clients[who], path, form)
    return found


@pytest.fixture(scope="module")
def accepted_forms(page_forms):
    """{address: (what a person might send, what came of it)}, as `send_form_and_roll_back` says."""
    filled_in = {
        name: fill_form(form, **KNOWN_VALUES.get(name, {})) for name, (_, _, form) in page_forms.items()
    }
    return {
        name: (values, send_form_and_roll_back(page_forms[name][0], page_forms[name][1], values))
        for name, values in filled_in.items()
    }


def test_every_form_can_be_filled_in(accepted_forms):
    """A form that cannot be sent here would prove nothing below."""
    assert {"new-contact", "new-alert", "decide-referral", "open-episode", "new-assessment"} <= set(
        accepted_forms
    )
    refused = {}
    for name, (_, (response, written, _)) in accepted_forms.items():
        if response.status_code != 302 or not written:
            errors = re.findall(r'error-message".*?</span>(.*?)<', response.content.decode(), re.DOTALL)
            refused[name] = (response.status_code, [each.strip() for each in errors])
    # Shown once on the page; kept in the session; an e-mail and a line in the log of accounts.
    elsewhere = {"api-tokens", "opening-reason", "password-link"}
    assert {name: why for name, why in refused.items() if name not in elsewhere} == {}


OUT_OF_SCOPE = "a field of a form with an id out of scope"
FOREIGN_FIELDS = "a form with every field of every table"
TRAINERS = ("trainer", "second_trainer")
# The sender supervises at every site: colleagues of another one are theirs to choose.
IN_SCOPE = {
    f"{name}.{field}"
    for name in ("plan-supervision", "new-supervision")
    for field in ("supervisee", "others")
} | {"fill-post.person"}  # an administrator keeps the posts of every site
# Colleagues of any site may train, and lead a session of outreach: the hub goes to the satellites.
IN_SCOPE |= {f"{name}-training-session.{field}" for name in ("new", "change") for field in TRAINERS}
IN_SCOPE |= {"new-outreach.lead", "change-outreach.lead"}
# A row in which nothing is said of the person: it is not read.
LEFT_EMPTY = {"new-contact.form-3-person", "write-up.form-3-person"}


def _find_value_with_id(field):
    """One of the field's own values that holds an id: it may be “dyad:…” or the id alone."""
    return next(value for value in [*field["value"], *field["choices"]] if UUID.search(value))


ID_KINDS = ("family_id", "infant_id", "caregiver_id", "dyad_id", "episode_id", "user_id", "goal_id")


def _list_out_of_scope_ids(homes, known):
    """Ids out of scope, of the ``known`` one's kind where that is known; of every kind in the long proof."""
    kind = next((kind for kind in ID_KINDS if str(homes["blackburn"].objects[kind].pk) == known), None)
    kinds = ID_KINDS if LONG_RUN else (kind,) if kind else ("family_id", "user_id")
    elsewhere = [str(homes["hyndburn"].objects[each].pk) for each in kinds]
    return [
        *elsewhere,
        *(str(homes["restricted"].objects[each].pk) for each in kinds if each in ID_KINDS[:4]),
    ]


def _choose_out_of_scope_ids(homes, name, field, known):
    """Every stranger in the long proof; in the suite one by turns, of another site or of a restricted family."""
    every = _list_out_of_scope_ids(homes, known)
    return every if LONG_RUN else [every[compute_turn(name, field) % len(every)]]


def test_an_id_out_of_scope_is_refused_in_every_field(page_forms, accepted_forms, sample_and_clients, cells):
    homes, _ = sample_and_clients
    allowed = IN_SCOPE | LEFT_EMPTY
    for name, (client, path, form) in page_forms.items():
        for field in list_id_fields(form):
            usual = _find_value_with_id(form["fields"][field])
            for stranger in _choose_out_of_scope_ids(homes, name, field, UUID.search(usual).group()):
                posted = accepted_forms[name][0] | {field: [UUID.sub(stranger, usual)]}
                response, written, _ = send_form_and_roll_back(client, path, posted)
                through = response.status_code == 302 or written
                problem = f"{name}.{field}: {stranger} got through"
                cells.add(OUT_OF_SCOPE, [problem] if through and f"{name}.{field}" not in allowed else [])
    assert cells.asked[OUT_OF_SCOPE] > 100
    cells.assert_none_wrong()


def test_fields_that_a_form_does_not_have_change_nothing(
    page_forms, accepted_forms, sample_and_clients, cells
):
    homes, _ = sample_and_clients
    extra = build_extra_fields(homes)
    for name, (client, path, form) in page_forms.items():
        plain, first = accepted_forms[name]
        problems = find_changes_by_extra_fields((client, path, form), plain, first, extra)
        cells.add(FOREIGN_FIELDS, [name] if problems else [])
    if LONG_RUN:
        for name, who, (client, path, form) in list_other_senders(page_forms, sample_and_clients):
            plain = fill_form(form, **KNOWN_VALUES.get(name, {}))
            first = send_form_and_roll_back(client, path, plain)
            problems = find_changes_by_extra_fields((client, path, form), plain, first, extra)
            cells.add(FOREIGN_FIELDS, [f"{path} as {who}"] if problems else [])
    cells.assert_none_wrong()


def list_other_senders(page_forms, sample_and_clients):
    """(page, who, (client, path, form)) of whoever may send a page's form beside the first."""
    homes, clients = sample_and_clients
    for address in list_addresses_with_forms():
        where = expected_access.FORM_FILLED_AT.get(address.name, "blackburn") if address.ids else None
        for who in list_allowed_people(address, "POST", where, FORM_SENDERS)[1:]:
            path = build_path(address, homes, where)
            page = clients[who].get(path)
            form = parse_form(page.content.decode()) if page.status_code == 200 else None
            if form and address.name in page_forms:
                yield address.name, who, (clients[who], path, form)
