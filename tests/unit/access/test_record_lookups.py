"""Which look-ups by id are compiled once a process, and that they fetch what the QuerySet asks for."""

import uuid

import pytest
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext

from pairs.access.record_lookups import find_visible, get_kept_lookup
from pairs.access.scope import load_scope
from pairs.families.models import Dyad, Family, Infant
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db
WITHIN = "visible_to"


@pytest.fixture
def scope(me):
    return load_scope(me)


@pytest.mark.parametrize(
    ("build", "is_kept"),
    [
        (lambda: Infant.objects.all(), True),
        (lambda: Infant.objects.select_related("family"), True),
        (lambda: Infant.objects.order_by("created_at").only("family"), True),
        (lambda: Infant.objects.prefetch_related("dyads"), True),
        (lambda: Infant.objects, False),
        (lambda: Infant.objects.filter(lost_on=None), False),
        (lambda: Infant.objects.exclude(birth_date=None), False),
        (lambda: Infant.objects.annotate(one=Value(1)), False),
        (lambda: Infant.objects.select_for_update(), False),
        (lambda: Infant.objects.distinct(), False),
        (lambda: Infant.objects.none(), False),
        (lambda: Infant.objects.values("pk"), False),
        (lambda: Infant.objects.using("default"), False),
        (lambda: Infant.objects.all()[:1], False),
        (lambda: Family.objects.all(), True),
        (lambda: Family.objects.with_people(), False),
    ],
)
def test_what_asks_for_more_than_rows_is_built_anew(build, is_kept):
    assert bool(get_kept_lookup(build(), WITHIN)) is is_kept


def test_a_kept_one_narrows_as_the_queryset_did(scope, family):
    infant = family.infants.get()
    live, lost = Infant.objects.filter(lost_on=None), Infant.objects.exclude(lost_on=None)
    assert find_visible(live, scope, infant.pk, within=WITHIN) == infant
    assert find_visible(lost, scope, infant.pk, within=WITHIN) is None


def test_related_rows_come_with_it(scope, family):
    dyad = family.dyads.get()
    found = find_visible(Dyad.objects.select_related("infant"), scope, dyad.pk, within=WITHIN)
    with CaptureQueriesContext(connection) as asked:
        assert found.infant.pk == dyad.infant_id
        assert found.family_id_for_log == family.pk
    assert not asked.captured_queries


def test_what_is_prefetched_is_fetched_anew_each_time(scope, family):
    rows = Infant.objects.prefetch_related("dyads")
    infant = family.infants.get()
    assert len(find_visible(rows, scope, infant.pk, within=WITHIN).dyads.all()) == 1
    Dyad.objects.filter(infant=infant).delete()
    assert len(find_visible(rows, scope, infant.pk, within=WITHIN).dyads.all()) == 0


def test_fields_that_are_left_out_are_read_when_asked_for(scope, family):
    infant = family.infants.get()
    found = find_visible(Infant.objects.only("family"), scope, infant.pk, within=WITHIN)
    assert found.get_deferred_fields()
    assert found.birth_date == infant.birth_date


def test_one_person_after_another_finds_their_own(cast, scope, family):
    """Both have the same roles at different sites, and so share one statement."""
    other = load_scope(cast["hyndburn"])
    assert other.shape == scope.shape
    assert find_visible(Family.objects.all(), scope, family.pk, within=WITHIN) == family
    assert find_visible(Family.objects.all(), other, family.pk, within=WITHIN) is None
    assert find_visible(Family.objects.all(), scope, make_family(reference="U").pk, within=WITHIN)


def test_an_unknown_id_finds_nothing(scope):
    assert find_visible(Family.objects.all(), scope, uuid.uuid4(), within=WITHIN) is None
