"""The lists that a service starts with: loaded at every update, and the service's own from then on."""

import pytest
from django.apps import apps
from django.db import connection
from django.utils.module_loading import module_has_submodule

from pairs.families.models import ExclusionGroup
from pairs.service.management.commands.prepare_database import run_app_steps
from tests.schema_comparison import describe_kind

pytestmark = pytest.mark.django_db
APPS_WITH_REFERENCE_DATA = [
    config for config in apps.get_app_configs() if module_has_submodule(config.module, "reference_data")
]


def load_all():
    run_app_steps("reference_data", "load_reference_data")


def test_loading_again_adds_nothing(db):
    with connection.cursor() as cursor:
        before = describe_kind(cursor, "rows")
        load_all()
        assert describe_kind(cursor, "rows") == before


def test_what_the_service_has_changed_stays_and_what_is_missing_comes(db):
    kept, lost = ExclusionGroup.objects.order_by("order")[:2]
    ExclusionGroup.objects.filter(pk=kept.pk).update(name="As we say it here")
    ExclusionGroup.objects.filter(pk=lost.pk).delete()
    load_all()
    assert ExclusionGroup.objects.get(pk=kept.pk).name == "As we say it here"
    assert ExclusionGroup.objects.filter(code=lost.code).exists()


def test_every_list_is_loaded_by_its_app():
    assert {config.label for config in APPS_WITH_REFERENCE_DATA} == {
        "families",
        "referrals",
        "training",
        "episodes",
        "outcomes",
        "posts",
    }
