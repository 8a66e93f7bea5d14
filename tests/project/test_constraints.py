"""What must never be false is held by the database: every constraint is tried, and refuses."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from pairs.matching.actions import tell_apart
from tests.databases import triggers_off
from tests.project.factories import sample_families
from tests.project.test_models import list_models_with_fields, list_our_models

# constraint → what to write into one sound row of its table to break it.
BREAKING_CHANGES = {
    "a_feedback_link_lasts_some_days": {"last_day": date(2000, 1, 1)},
    "a_feedback_link_works_once": {"answered_on": date(2026, 1, 1), "token_hash": "0"},
    "a_follow_up_says_what_happened": {"happened_next": "Words"},
    "feedback_is_on_the_scale": {"answered_on": date(2026, 1, 1), "token_hash": None, "helped_to_think": 6},
    "a_corrected_report_says_why": {"edition": 2, "reason": ""},
    "a_report_is_signed_by_someone_once_made": {"signed_at": timezone.now(), "signed_by": None},
    "monthly_count_from_1": {"count": 0},
    "a_certificate_is_from_somebody": {"certificate_on": date(2026, 1, 1), "certificate_by": None},
    "cancelled_outreach_says_why": {"cancelled_at": timezone.now()},
    "cancelled_training_says_why": {"cancelled_at": timezone.now()},
    "confidence_is_on_the_scale": {"confidence_after": 11},
    "outreach_lasts_hours": {"minutes": 4},
    "recorded_outreach_has_numbers": {"recorded_on": date(2026, 1, 1)},
    "training_has_places": {"places": 0},
    "training_lasts_hours": {"minutes": 4},
    "two_trainers_are_two": {"second_trainer_id": models.F("trainer_id")},
    "workforce_is_somebody": {"headcount": 0},
    "need_is_of_children": {"population": 0},
    "need_is_a_percentage": {"percent": 0},
    "a_link_lasts_some_days": {"last_day": date(2000, 1, 1)},
    "an_answer_is_of_a_month": {"month": date(2026, 1, 2)},
    "an_answer_is_on_the_scale": {"trust": 6},
    "an_answer_says_something": dict.fromkeys(("overall", "time_and_place", "knew_where", "trust"), None)
    | {"words": ""},
    "a_baby_seen_was_there": {"present": False, "seen": True, "observed": False},
    "a_colleague_is_somebody": {"name": "", "user": None},
    "a_closed_goal_says_how": {"closed_on": date(2026, 1, 1)},
    "a_part_is_about_one_or_everybody": {
        "dyad_id": sample_families.UNKNOWN_ID,
        "caregiver_id": sample_families.UNKNOWN_ID,
    },
    "a_digest_is_of_days": {"since": date(2100, 1, 1)},
    "subject_access_is_for_one_person": {"infant_id": None, "caregiver_id": None},
    "a_baby_does_not_ask": {"asked_as": "self"},
    "an_extension_says_why_and_when_told": {"extended_because": "It is complex"},
    "subject_access_is_closed_by_somebody": {"closed_because": "It was withdrawn"},
    "a_refusal_is_told": {
        "status": "refused",
        "closed_at": timezone.now(),
        "closed_by": models.F("taken_by"),
        "closed_because": "Not a parent",
        "told_on": None,
    },
    "identity_says_how": {"identity_shown_on": date(2026, 1, 1), "identity_how": ""},
    "a_check_is_answered_by_somebody": {"answer": "clear", "answered_by": None},
    "an_entry_is_decided_by_somebody": {"decided_at": timezone.now(), "decided_by": None},
    "what_is_withheld_says_why": {"held_because": "", "decision": "withhold", "withheld_because": ""},
    "nothing_held_is_decided_silently": {
        "held_because": "others",
        "decision": "give",
        "decided_by": None,
        "decided_at": None,
    },
    "a_view_of_harm_says_why": {"given_at": timezone.now(), "finding": "none", "note": ""},
    "a_bundle_is_handed_to_somebody": {"handed_on": date(2026, 1, 1)},
    "two_people_open_a_sealed_identity": {
        "decided_by": models.F("asked_by"),
        "decided_at": timezone.now(),
        "approved": False,
        "decision_note": "Checked",
    },
    "a_sealed_reading_is_decided_by_somebody": {"approved": True},
    "emergency_access_says_why": {"reason": ""},
    "emergency_access_is_reviewed_by_somebody": {"finding": "justified"},
    "nobody_reviews_their_own_emergency_access": {
        "reviewed_at": timezone.now(),
        "reviewed_by": models.F("opened_by"),
        "finding": "justified",
        "finding_note": "Checked",
    },
    "nobody_resets_their_own_second_factor": {"asked_by": models.F("user")},
    "a_reset_of_a_factor_takes_two_people": {
        "confirmed_by": models.F("asked_by"),
        "confirmed_at": timezone.now(),
    },
    "a_reset_of_a_factor_ends_once": {"confirmed_at": timezone.now()},
    "a_hold_says_why": {"reason": ""},
    "a_hold_is_ended_by_somebody": {"ended_at": timezone.now(), "ended_by": None},
    "a_retention_decision_says_why": {"reason": ""},
    "a_record_is_kept_until_a_day": {"review_on": date(2060, 1, 1)},
    "a_destruction_is_confirmed_by_somebody": {"confirmed_at": timezone.now()},
    "a_destruction_takes_two_people": {
        "confirmed_at": timezone.now(),
        "confirmed_by": models.F("decided_by"),
        "signature": "0" * 64,
    },
    "a_retention_decision_is_withdrawn_by_somebody": {"withdrawn_at": timezone.now()},
    "two_people_destroyed_it": {"confirmed_by": models.F("decided_by")},
    "a_restriction_says_why": {"because": ""},
    "a_restriction_is_ended_by_somebody": {
        "ended_at": timezone.now() + timedelta(days=1),
        "ended_by": None,
    },
    "a_restriction_ends_after_it_began": {"ended_at": timezone.now() - timedelta(days=900)},
    "a_review_is_by_somebody": {"reviewed_at": None, "review_note": "Still needed"},
    "a_wait_that_ended_says_how": {"closed_on": date(2026, 1, 1)},
    "co_work_ends_after_it_began": {"until": date(2000, 1, 1)},
    "sessions_from_few_to_many": {"sessions_from": 8, "sessions_to": 6},
    "what_does_not_help_does_not_just_go_on": {"we_say": "not_now"},
    "what_goes_on_is_asked_again": {"ask_again_on": None},
    "what_goes_on_is_looked_at_again": {"decision": "keep", "next_on": None},
    "a_peer_log_has_its_minutes": {"minutes": 0},
    "an_ask_is_answered_by_who_took_it": {
        "status": "declined",
        "closed_at": timezone.now(),
        "taken_by": models.F("asked_by"),
        "taken_at": timezone.now(),
        "until": date(2026, 1, 1),
    },
    "an_ask_is_open_or_closed": {"status": "ended", "closed_at": None},
    "an_ask_is_taken_by_somebody": {
        "status": "ended",
        "closed_at": timezone.now(),
        "until": None,
        "taken_by": None,
    }
    | {"taken_at": timezone.now()},
    "joint_work_ends_after_it_began": {
        "ended_on": date(2000, 1, 1),
        "ended_because": "x",
        "ended_by": models.F("recorded_by"),
    },
    "joint_work_ends_for_a_reason": {"ended_because": "x"},
    "joint_work_is_with_somebody": {"member": None, "who": ""},
    "peer_support_ends_for_a_reason": {"ended_because": "x"},
    "a_contact_lasts_at_most_a_day": {"minutes": 721},
    "a_cancelled_visit_says_why": {"status": "cancelled_service", "why": ""},
    "a_kept_visit_has_its_contact": {"status": "kept", "care_contact": None},
    "a_moved_visit_says_where_to": {"status": "moved", "moved_to": None},
    "a_visit_is_for_some_work": {"episode": None, "referral": None},
    "a_visit_lasts_at_most_a_day": {"minutes": 721},
    "expected_is_one_person": {"infant": None, "caregiver": None},
    "a_closed_group_says_why": {"closed_on": date(2026, 1, 1)},
    "a_cancelled_session_says_why": {"cancelled_at": timezone.now()},
    "a_deletion_is_of_a_film_by_somebody": {"deleted_on": date(2099, 1, 1)},
    "a_facilitator_is_ours_or_named": {"user": None, "name": ""},
    "a_film_is_kept_somewhere_until_a_day": {"filmed_on": date(2000, 1, 1)},
    "a_group_has_places": {"capacity": 0},
    "a_guest_is_one_person": {"infant": None, "caregiver": None},
    "a_session_lasts_hours": {"minutes": 4},
    "planned_supervision_lasts_hours": {"minutes": 4},
    "a_post_has_whole_time_equivalents": {"wte": 0},
    "a_post_ends_after_it_began": {"funded_from": None, "funded_until": date(2026, 1, 1)},
    "a_trainee_post_has_a_course": {"is_recruit_to_train": True, "course": ""},
    "nobody_fills_more_than_whole_time": {"wte": 2},
    "filling_a_post_ends_after_it_began": {"ends_on": date(2000, 1, 1)},
    "planned_equivalents_are_not_negative": {"recommended": -1},
    "a_plan_is_of_this_century": {"year": 1999},
    "a_competence_has_a_level": {"level": 4},
    "an_accreditation_is_by_somebody": {"accredited_by": ""},
    "an_accreditation_ends_after_the_training": {"trained_on": date(2099, 1, 1)},
    "nobody_signs_off_their_own_delivery": {"signed_by_id": models.F("person_id")},
    "deliverysignoff_support_is_by_one": {"by_colleague_id": models.F("signed_by_id"), "by_outside": "x"},
    "groupsignoff_support_is_by_one": {"by_colleague_id": models.F("signed_by_id"), "by_outside": "x"},
    "a_lead_change_changes_the_lead": {"before_id": models.F("lead_id")},
    "a_hand_over_is_undone_by_somebody": {"undone_at": timezone.now()},
    "an_absence_ends_after_it_began": {"ends_on": date(2000, 1, 1)},
    "an_absence_is_covered_by_another": {"cover_id": models.F("person_id")},
    "agreed_supervision_lasts_hours": {"minutes": 4},
    "supervision_comes_round": {"every_days": 0},
    "a_working_week_is_a_share_of_full_time": {"working_percent": 101},
    "an_agreement_ends_after_it_began": {"ends_on": date(2000, 1, 1)},
    "nobody_agrees_to_supervise_themselves": {"supervisor_id": models.F("supervisee_id")},
    "a_decision_is_of_a_session_or_a_review": {"reviewed_on": date(2026, 1, 1)},
    "a_decision_says_something": {"decision": "", "action": ""},
    "cancelled_supervision_is_not_held": {
        "cancelled_at": timezone.now(),
        "held_as_id": sample_families.UNKNOWN_ID,
    },
    "consent_is_withdrawn_after_it_was_given": {"withdrawn_on": date(2000, 1, 1)},
    "only_a_film_is_watched": {"reviewed_on": date(2000, 1, 1)},
    "whoever_left_a_group_says_why": {"left_on": date(2099, 1, 1)},
    "a_merge_is_of_two": {"kept_id": models.F("merged_id")},
    "a_merge_is_looked_through_by_somebody": {"looked_through_at": timezone.now()},
    "a_merge_is_undone_by_somebody": {"undone_at": timezone.now()},
    "a_caution_ends_after_it_began": {"until": date(2000, 1, 1)},
    "a_challenge_is_said_to_somebody": {"kind": "challenge", "to_whom": ""},
    "a_court_order_is_named": {"kind": "court_order", "court_order": ""},
    "a_decision_says_why": {"why": ""},
    "a_plan_has_its_category": {"kind": "protection_plan", "categories": []},
    "a_status_ends_after_it_began": {"until": date(2000, 1, 1)},
    "a_move_goes_somewhere_else": {"to_site": models.F("from_site")},
    "a_move_is_answered_by_somebody": {"answered_at": timezone.now(), "answered_by": None},
    "address_ends_after_it_began": {"since": date(2026, 2, 1), "until": date(2026, 1, 1)},
    "a_move_is_called_back_by_somebody": {"called_back_at": timezone.now()},
    "address_is_of_one_person": {"caregiver": None},
    "alert_is_about_somebody": {"family": None, "about": ""},
    "an_accepted_move_has_a_lead_and_a_last_day": {
        "status": "accepted",
        "answered_at": timezone.now(),
        "answered_by": models.F("offered_by"),
    },
    "an_offer_waits_for_its_answer": {"status": "declined", "answered_at": None, "answered_by": None},
    "a_completed_ending_says_how": {"completed_at": timezone.now(), "completed_by": models.F("begun_by")},
    "an_ending_is_completed_by_somebody": {"completed_by": models.F("begun_by")},
    "a_keepsake_is_ready_by_somebody": {"ready_by": models.F("written_by"), "ready_at": None},
    "a_letter_is_sent_once_signed": {"sent_on": date(2026, 1, 1)},
    "a_letter_is_signed_by_somebody": {"signed_by": None, "signed_at": timezone.now()},
    "a_letter_is_to_one": {"to_caregiver": None},
    "a_limit_is_about_one_or_all": {"infant": models.F("caregiver")},
    "a_limit_is_against_somebody": {"not_to_name": None},
    "agreed_or_reasoned": {"agreed_by": None},
    "an_agreement_is_with_one_party": {"member": None},
    "an_agreement_says_what": {"what": []},
    "an_ending_has_a_reason": {"ended_on": date(2026, 1, 1), "ending_reason": ""},
    "area_decile_1_to_10": {"imd_decile": 11},
    "area_rank_from_1": {"imd_rank": 0},
    "a_no_has_no_answers": {"declined": True, "scores": {"total": 3}},
    "only_a_no_has_a_reason": {"declined": False, "declined_why": "Not now"},
    "a_used_link_has_its_answers": {"used_at": timezone.now()},
    "only_what_was_answered_is_read": {"read_at": timezone.now(), "read_by": models.F("made_by")},
    "assessment_has_one_rater": {"rater": None, "rated_by_staff": None},
    "concern_is_about_one_or_all": {
        "infant_id": sample_families.UNKNOWN_ID,
        "caregiver_id": sample_families.UNKNOWN_ID,
    },
    "closeness_is_a_ring": {"closeness": 4},
    "decile_names_its_index": {"imd_decile": 3, "imd_version": ""},
    "dyad_ends_after_it_began": {"since": date(2026, 2, 1), "until": date(2026, 1, 1)},
    "goal_rating_0_to_10": {"score": 11},
    "held_says_what_came": {"status": "held", "held_on": None, "outcome": ""},
    "named_with_permission": {"named": True, "permission": ""},
    "import_ends_after_start": {"finished_at": "2000-01-01T00:00Z"},
    "import_kind_known": {"kind": "rumour"},
    "import_run_kind_known": {"kind": "rumour"},
    "a_file_is_taken_after_its_check": {"takes": True},
    "a_role_ends_after_it_began": {"ends_on": date(2000, 1, 1)},
    "a_site_closes_after_it_opened": {"closes_on": date(2000, 1, 1)},
    "infant_born_or_due": {"birth_date": None, "estimated_due_date": None},
    "kept_apart_from_somebody": {"kept_from": None, "kept_from_name": ""},
    "loss_fits_the_birth": {
        "loss": "death",
        "lost_on": date(2026, 1, 1),
        "birth_date": date(2026, 1, 2),
    },
    "no_reply_says_why": {"way": "none", "why_none": ""},
    "reply_says_something": {"text": ""},
    "reply_sent_by_somebody": {"sent_by": None},
    "email_is_about_a_referral_or_a_notice": {"referral": None},
    "email_is_settled_by_somebody": {"settled_at": timezone.now()},
    "match_baby_with_baby": {"caregiver": None},
    "reader_and_deputy_differ": {"deputy": models.F("reader")},
    "only_the_timetable_is_nobody": {"kind": "seen", "by": None},
    "sharing_without_agreement_says_why": {"family_told": "not_told", "without_agreement": ""},
    "status_is_of_one_person": {"infant": None, "caregiver": None, "child": None},
    "loss_says_which": {"lost_on": date(2026, 1, 1), "loss": ""},
    "referred_loss_says_which": {"lost_on": date(2026, 1, 1), "loss": ""},
    "referred_twin_within_plurality": {"plurality": 2, "twin_order": 3},
    "participant_is_one_person": {"infant": None, "caregiver": None},
    "told_apart_in_order": {"other_id": models.F("one_id")},
    "twin_within_plurality": {"twin_order": 2, "plurality": 1},
    "unborn_has_no_nhs_number": {
        "birth_date": None,
        "estimated_due_date": date(2027, 1, 1),
        "nhs_number": "9",
    },
    "signed_before_countersigned": {"signed_at": None, "countersigning": "waiting"},
    "what_is_given_back_says_why": {"status": "returned", "reason": ""},
    "what_is_written_is_a_message": {"kind": "message", "mechanism": "01"},
    "withdrawn_by_somebody": {"withdrawn_on": date(2026, 1, 1)},
}
# What happened and who did it: one without the other says nothing. The rest is kept by one action each.
WHEN_AND_WHO_WITHOUT_CHECK = {
    "asked_at": "nobody asked for a report: the schedule did, and the empty author says so",
    "entered_in_error_at": "families.actions.mark_entered_in_error writes who, when and why in one UPDATE",
    "first_read_at": "referrals.actions.change_referral_status writes who and when in one UPDATE",
    "offered_at": "written once with its row, whose author may not be empty",
    "decided_at": "written once with its row, whose author may not be empty",
}


def list_check_constraints():
    """(model, constraint) of every CheckConstraint of ours."""
    return [
        (model, each)
        for model in list_our_models()
        for each in model._meta.constraints
        if isinstance(each, models.CheckConstraint)
    ]


@pytest.fixture
def sample_rows(cast):
    """One sound row of every table that has a constraint."""
    home = sample_families.build_sample_families(cast)["blackburn"]
    area = apps.get_model("geography.Area")
    area.objects.get_or_create(
        lsoa_code="E01099999",
        imd_version=2025,
        defaults={"imd_rank": 1, "imd_decile": 1, "imd_score": 1, "lsoa_name": "Made up", "lad_code": "E06"},
    )
    apps.get_model("geography.Population").objects.get_or_create(
        area_code="E01099999", area_name="Made up", lad_code="E06099999", year=2024, aged_0_to_4=90
    )
    now = timezone.now()
    apps.get_model("evidence.MonthlyCount").objects.create(
        month=date(2026, 1, 1),
        name="seen",
        place="Blackpool",
        ethnicity="White",
        quintile="2",
        count=5,
        rebuilt_at=now,
    )
    apps.get_model("geography.Import").objects.create(
        kind="postcodes",
        started_at=now,
        finished_at=now,
        rows_read=0,
        rows_written=0,
        rows_outside=0,
        rows_skipped=0,
    )
    apps.get_model("families.Address").objects.create(
        family=home.family, caregiver=home.objects["caregiver_id"]
    )
    apps.get_model("families.FamilyMove").objects.create(
        family=home.family,
        from_site=home.site,
        to_site=home.site.__class__.objects.hub(),
        reason="They moved",
        offered_by=home.worker,
        offered_at=now,
    )
    tell_apart(
        one=home.objects["infant_id"], other=home.objects["subject_id"], reason="Two babies", by=home.worker
    )
    return home


def test_every_check_is_tried():
    assert {each.name for _, each in list_check_constraints()} == set(BREAKING_CHANGES)


def test_every_check_refuses_what_it_is_there_for(sample_rows):
    for model, constraint in list_check_constraints():
        row = model._default_manager.order_by("pk").first()
        assert row, f"world.py makes no {model._meta.label}"
        # a trigger may refuse the change first: here the constraint is tried by itself
        with triggers_off(model), pytest.raises(IntegrityError, match=constraint.name), transaction.atomic():
            model._base_manager.filter(pk=row.pk).update(**BREAKING_CHANGES[constraint.name])


def test_what_happened_at_and_by_whom_go_together():
    """Every *_at with a *_by is held by a constraint, or by the one action that writes both."""
    loose = set()
    for model in list_models_with_fields():
        names = {field.name for field in model._meta.concrete_fields}
        held = " ".join(str(each.deconstruct()) for _, each in list_check_constraints() if _ is model)
        for at in {
            name for name in names if name.endswith("_at") and f"{name.removesuffix('_at')}_by" in names
        }:
            by = f"{at.removesuffix('_at')}_by"
            if model._meta.get_field(by).null and not (at in held and by in held):
                loose.add(at)
    assert loose <= set(WHEN_AND_WHO_WITHOUT_CHECK)


def test_unique_means_unique_among_live_records(sample_rows):
    """A twin of a sound row is refused: NHS numbers, the dyad, who was at a contact."""
    infants = apps.get_model("families.Infant").objects.filter(family=sample_rows.family, lost_on=None)
    infants.update(birth_date=date(2026, 1, 1))
    one, other = infants
    infants.filter(pk=one.pk).update(nhs_number="9990001235")
    with pytest.raises(IntegrityError, match="infant_nhs_number_once"), transaction.atomic():
        infants.filter(pk=other.pk).update(nhs_number="9990001235")
    infants.filter(pk=one.pk).update(entered_in_error_at=timezone.now())
    assert infants.filter(pk=other.pk).update(nhs_number="9990001235") == 1
