"""Destruction reaches every table with personal data: a table that is added later is reached, or a test says so."""

import pytest
from django.db import connection

from pairs.families.family_paths import get_family_path
from pairs.families.models import Caregiver, Infant
from reporting.retention.collecting import (
    collect_rows,
    find_references_from_elsewhere,
    list_tables,
)
from tests.project.test_models import APP_LABELS

WHERE = "blackburn"
PERSONAL = ("identifies", "contact", "clinical", "sensitive")
# Tables with fields of these classes that are about no family of ours, and what becomes of them instead.
OF_NO_FAMILY = {
    "experience.ExperienceAnswer": "nobody's: it says nowhere who answered",
    "groups.GroupNote": "of a whole group, not of one family",
    "jobs.OutboxEmail": "collected by the people that it is about",
    "outreach.OutreachSession": "of a session in public, about nobody",
    "referrals.ReferrerLink": "a professional's; the draft goes with its referral",
    "training.TrainingAttendee": "a professional's",
}


def list_our_tables():
    return [each for each in list_tables() if each._meta.app_label in APP_LABELS]


def list_personal_fields(model):
    privacy = getattr(model, "privacy", {})
    return sorted(name for kind in PERSONAL for name in privacy.get(kind, "").split())


def test_every_table_with_personal_data_is_reached_or_says_why_not():
    personal = {each._meta.label for each in list_our_tables() if list_personal_fields(each)}
    of_families = {each._meta.label for each in list_our_tables() if get_family_path(each)}
    assert personal - of_families == set(OF_NO_FAMILY)
    assert len(personal & of_families) > 60


@pytest.fixture(scope="module")
def home(sample_and_clients):
    homes, _ = sample_and_clients
    return homes[WHERE]


@pytest.fixture(scope="module")
def collected(home):
    return collect_rows(home.family)


def test_nearly_every_table_of_a_family_has_a_row_here_that_is_collected(home, collected):
    with_rows = {model._meta.label for model, ids in collected.rows.items() if ids}
    of_families = {each._meta.label for each in list_our_tables() if get_family_path(each)}
    assert len(with_rows & of_families) > 0.8 * len(of_families), of_families - with_rows


def test_nothing_that_names_the_family_is_left_out(home, collected):
    """No row that stays holds an id of the family or its people, or one of their names."""
    people = [
        *Infant._base_manager.filter(family=home.family),
        *Caregiver._base_manager.filter(family=home.family),
    ]
    marks = [str(each.pk) for each in (home.family, *people)]
    marks += ["Babyblackburn", "Corablackburn", "Elderblackburn"]
    left = set()
    with connection.cursor() as cursor:
        for model in list_tables():
            key, table = model._meta.pk.column, model._meta.db_table
            cursor.execute(f'SELECT "{key}", row_to_json(t)::text FROM "{table}" t')
            gone = collected.rows.get(model, set())
            left |= {
                model._meta.label
                for pk, text in cursor.fetchall()
                if pk not in gone and any(mark in text for mark in marks)
            }
    assert left - MAY_NAME_IT == set()


# The access log is cleaned of the id. An answer about another referral names a person here: it is not touched, and as
# long as it is there nothing is destroyed.
MAY_NAME_IT = {"audit.AccessEntry", "referrals.MatchAnswer"}


def test_what_another_record_says_of_the_family_forbids_its_destruction(collected):
    assert "referrals.MatchAnswer" in find_references_from_elsewhere(collected)
