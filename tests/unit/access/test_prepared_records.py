"""A page's parts in one prepared statement: instances as Django makes them, in order, for whoever may see them."""

from datetime import date, datetime
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404

from pairs.access.batch_query import Query
from pairs.access.prepared_records import PreparedRecords, Total, attach_rows, get_json_reader
from pairs.access.requests import AccessLog
from pairs.access.scope import NOBODY, load_scope
from pairs.access.visible_records import list_parts_of
from pairs.families.access import get_family, open_family
from pairs.families.models import Dyad, Family, Infant
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db


def make_scoped_request(user):
    return SimpleNamespace(scope=load_scope(user), access_log=AccessLog())


def query_parts(scope, family):
    infants = Infant.objects.visible_to(scope).filter(family=family)
    return {
        "infants": infants.select_related("family__site").order_by("-twin_order"),
        "dyads": Dyad.objects.filter(family=family).select_related("caregiver").only("caregiver__given_name"),
        "names": Query(infants.order_by("twin_order"), {"name": "given_name"}, lambda row: [row["name"]]),
        "nobody": Infant.objects.none(),
    }


PREPARED_RECORDS = PreparedRecords(query_parts)


def test_every_part_in_one_query_and_its_own_order(cast, django_assert_num_queries):
    family, scope = make_family(infants=2), load_scope(cast["blackburn"])
    with django_assert_num_queries(1):
        found = PREPARED_RECORDS.rows(scope, family=family.pk)
        sites = {infant.family.site.code for infant in found["infants"]}
        carers = {dyad.caregiver.given_name for dyad in found["dyads"]}
    assert found["infants"] == list(family.infants.order_by("-twin_order"))
    assert (sites, carers, found["names"], found["nobody"]) == (
        {"blackburn-with-darwen"},
        {"Cora"},
        ["Baby1", "Baby2"],
        [],
    )


def query_lists_and_totals(scope, family):
    infants = Infant.objects.filter(family=family)
    named = Query(infants, {"name": "given_name", "born": "birth_date"}, lambda row: [row["name"]])
    nobody = Query(Infant.objects.none(), {"name": "given_name"})
    twins = infants.values_list("twin_order")
    return {
        "family": Family.objects.filter(pk=family),
        "lists": [named, nobody, Query(Dyad.objects.filter(family=family), {"carer": "caregiver_id"})],
        "total": Total([twins, twins]),
        "none": Total([infants.filter(twin_order=9).values_list("twin_order")]),
    }


def test_a_list_of_queries_and_a_total_are_parts_of_the_same_query(cast, django_assert_num_queries):
    family = make_family(infants=2)
    records = PreparedRecords(query_lists_and_totals)
    with django_assert_num_queries(1):
        found = records.rows(NOBODY, family=family.pk)
    names, nobody, dyads = found["lists"]
    assert (sorted(names), nobody, found["family"]) == (["Baby1", "Baby2"], [], [family])
    assert {row["carer"] for row in dyads} == {str(each.caregiver_id) for each in family.dyads.all()}
    expected = 2 * sum(infant.twin_order for infant in family.infants.all())
    assert (found["total"], found["none"]) == ([expected], [0])


def test_fields_come_back_as_they_are(cast):
    family = make_family()
    kept = family.infants.get()
    (infant,) = PREPARED_RECORDS.rows(load_scope(cast["blackburn"]), family=family.pk)["infants"]
    for field in Infant._meta.concrete_fields:
        assert getattr(infant, field.attname) == getattr(kept, field.attname), field.name


def test_out_of_scope_is_nothing(cast):
    family = make_family()
    for scope in (NOBODY, load_scope(cast["hyndburn"])):
        assert PREPARED_RECORDS.rows(scope, family=family.pk)["infants"] == []


@pytest.mark.parametrize(
    ("field", "written", "read"),
    [
        (models.UUIDField(), "6f1c3c5e-0000-4000-8000-000000000000", UUID("6f1c3c5e-0000-4000-8000-000000000000")),
        (models.DateField(), "2026-11-29", date(2026, 11, 29)),
        (models.DateTimeField(), "2026-11-29T10:00:00+00:00", datetime.fromisoformat("2026-11-29T10:00:00+00:00")),
        (ArrayField(models.DateField()), ["2026-11-29"], [date(2026, 11, 29)]),
    ],
)  # fmt: skip
def test_what_json_has_no_type_for_is_read(field, written, read):
    assert get_json_reader(field)(written) == read


def test_an_unsupported_type_is_refused_when_it_is_compiled():
    with pytest.raises(ValueError, match="BinaryField"):
        get_json_reader(models.BinaryField())


@pytest.mark.parametrize(
    "rows",
    [
        lambda: Infant.objects.distinct(),
        lambda: Dyad.objects.select_related("infant__carried_by", "caregiver", "family__site"),
    ],
    ids=["distinct", "more than a hundred columns"],
)
def test_queries_that_cannot_become_lists_are_refused(rows):
    with pytest.raises(ValueError, match=r"only\(\)"):
        PreparedRecords(lambda scope: {"rows": rows()}).rows(NOBODY)


def test_rows_are_left_at_their_record(django_assert_num_queries):
    family = make_family(infants=2)
    rows = list(Infant.objects.filter(family=family))
    attach_rows(family, "infants", rows)
    with django_assert_num_queries(0):
        assert list(family.infants.all()) == rows
        assert rows[0].family is family


class TestAccessLogOfRecords:
    """What a page gets of a record, and what the access log records."""

    def test_the_family_is_noted_as_opened_and_why(self, cast):
        family, request = make_family(), make_scoped_request(cast["blackburn"])
        assert get_family(request, family.pk) == family
        assert (request.access_log.opened, request.access_log.listed) == ({family.pk}, set())

    @pytest.mark.parametrize("open_it", [get_family, open_family])
    def test_out_of_scope_is_404_and_not_noted(self, cast, open_it):
        family, request = make_family(), make_scoped_request(cast["hyndburn"])
        with pytest.raises(Http404):
            open_it(request, family.pk)
        assert not request.access_log

    @pytest.mark.parametrize("open_it", [get_family, open_family])
    def test_a_right_that_is_held_elsewhere_is_403(self, cast, open_it):
        family, request = make_family(), make_scoped_request(cast["blackburn"])
        with pytest.raises(PermissionDenied):
            open_it(request, family.pk, may="manage_accounts")

    def test_rows_of_an_opened_record_are_noted_as_listed(self, cast):
        family, request = make_family(), make_scoped_request(cast["blackburn"])
        list_parts_of(request, PREPARED_RECORDS, of=get_family(request, family.pk), family=family.pk)
        assert request.access_log.listed == {family.pk}

    @pytest.mark.parametrize("open_it", [get_family, lambda *args: open_family(*args).family])
    def test_with_the_same_people_as_djangos_prefetch(self, cast, open_it, django_assert_num_queries):
        made = make_family(infants=2)
        whole, request = Family.objects.with_people().get(pk=made.pk), make_scoped_request(cast["blackburn"])
        with django_assert_num_queries(1):
            family = open_it(request, made.pk)
            people = [list(getattr(family, name).all()) for name in ("infants", "dyads", "cautions")]
        assert people == [list(getattr(whole, name).all()) for name in ("infants", "dyads", "cautions")]
