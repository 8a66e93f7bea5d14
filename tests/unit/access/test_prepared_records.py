"""A page's parts in one prepared statement: instances as Django makes them, in order, for whoever may see them."""

from datetime import date, datetime
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404

from pairs.access.asking import Question
from pairs.access.fetch import Sight, fetch_parts
from pairs.access.prepared_records import PreparedRecords, attach_rows, reader_of
from pairs.access.scope import NOBODY, scope_of
from pairs.families.models import Dyad, Family, Infant
from pairs.families.opened import family_of, open_family
from tests.unit.families.people import make_family

pytestmark = pytest.mark.django_db


def request_of(user):
    return SimpleNamespace(scope=scope_of(user), sight=Sight())


def parts(scope, family):
    infants = Infant.objects.visible_to(scope).filter(family=family)
    return {
        "infants": infants.select_related("family__site").order_by("-twin_order"),
        "dyads": Dyad.objects.filter(family=family).select_related("caregiver").only("caregiver__given_name"),
        "names": Question(infants.order_by("twin_order"), {"name": "given_name"}, lambda row: [row["name"]]),
        "nobody": Infant.objects.none(),
    }


RECORDS = PreparedRecords(parts)


def test_every_part_in_one_query_and_its_own_order(cast, django_assert_num_queries):
    family, scope = make_family(infants=2), scope_of(cast["blackburn"])
    with django_assert_num_queries(1):
        found = RECORDS.rows(scope, family=family.pk)
        sites = {infant.family.site.code for infant in found["infants"]}
        carers = {dyad.caregiver.given_name for dyad in found["dyads"]}
    assert found["infants"] == list(family.infants.order_by("-twin_order"))
    assert (sites, carers, found["names"], found["nobody"]) == (
        {"blackburn-with-darwen"},
        {"Cora"},
        ["Baby1", "Baby2"],
        [],
    )


def test_fields_come_back_as_they_are(cast):
    family = make_family()
    kept = family.infants.get()
    (infant,) = RECORDS.rows(scope_of(cast["blackburn"]), family=family.pk)["infants"]
    for field in Infant._meta.concrete_fields:
        assert getattr(infant, field.attname) == getattr(kept, field.attname), field.name


def test_out_of_scope_is_nothing(cast):
    family = make_family()
    for scope in (NOBODY, scope_of(cast["hyndburn"])):
        assert RECORDS.rows(scope, family=family.pk)["infants"] == []


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
    assert reader_of(field)(written) == read


def test_a_type_nobody_thought_of_is_refused_when_it_is_compiled():
    with pytest.raises(ValueError, match="DecimalField"):
        reader_of(models.DecimalField())


@pytest.mark.parametrize(
    "rows",
    [
        lambda: Infant.objects.distinct(),
        lambda: Dyad.objects.select_related("infant__carried_by", "caregiver", "family__site"),
    ],
    ids=["distinct", "more than a hundred columns"],
)
def test_what_cannot_be_written_as_lists_is_refused(rows):
    with pytest.raises(ValueError, match=r"only\(\)"):
        PreparedRecords(lambda scope: {"rows": rows()}).rows(NOBODY)


def test_rows_are_left_at_their_record(django_assert_num_queries):
    family = make_family(infants=2)
    rows = list(Infant.objects.filter(family=family))
    attach_rows(family, "infants", rows)
    with django_assert_num_queries(0):
        assert list(family.infants.all()) == rows
        assert rows[0].family is family


class TestOpening:
    """What a page is given of a record, and what the access log is told."""

    def test_the_family_is_noted_as_opened_and_why(self, cast):
        family, request = make_family(), request_of(cast["blackburn"])
        assert family_of(request, family.pk) == family
        assert (request.sight.opened, request.sight.listed) == ({family.pk}, set())

    @pytest.mark.parametrize("open_it", [family_of, open_family])
    def test_out_of_scope_is_404_and_not_noted(self, cast, open_it):
        family, request = make_family(), request_of(cast["hyndburn"])
        with pytest.raises(Http404):
            open_it(request, family.pk)
        assert not request.sight

    @pytest.mark.parametrize("open_it", [family_of, open_family])
    def test_a_right_that_is_held_elsewhere_is_403(self, cast, open_it):
        family, request = make_family(), request_of(cast["blackburn"])
        with pytest.raises(PermissionDenied):
            open_it(request, family.pk, may="manage_accounts")

    def test_rows_of_an_opened_record_are_noted_as_listed(self, cast):
        family, request = make_family(), request_of(cast["blackburn"])
        fetch_parts(request, RECORDS, of=family_of(request, family.pk), family=family.pk)
        assert request.sight.listed == {family.pk}

    @pytest.mark.parametrize("open_it", [family_of, lambda *args: open_family(*args).family])
    def test_with_the_same_people_as_djangos_prefetch(self, cast, open_it, django_assert_num_queries):
        made = make_family(infants=2)
        whole, request = Family.objects.with_people().get(pk=made.pk), request_of(cast["blackburn"])
        with django_assert_num_queries(1):
            family = open_it(request, made.pk)
            people = [list(getattr(family, name).all()) for name in ("infants", "dyads", "cautions")]
        assert people == [list(getattr(whole, name).all()) for name in ("infants", "dyads", "cautions")]
