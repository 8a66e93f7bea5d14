"""Rows for the bulk writer are what the models' own constructors make."""

from uuid import UUID

import pytest

from pairs.demo.scenario_rows import WRITE_ORDER
from pairs.demo.writer import list_columns, make_row
from pairs.families.models import Infant


@pytest.mark.parametrize("model", WRITE_ORDER, ids=lambda model: model._meta.label)
def test_an_untouched_row_has_the_models_defaults(model):
    ours, theirs = make_row(model), model()
    for field in list_columns(model):
        mine, wanted = getattr(ours, field.attname), getattr(theirs, field.attname)
        assert type(mine) is type(wanted), field.name
        assert mine == wanted or isinstance(wanted, UUID), field.name  # a default of its own each time


def test_each_row_has_values_of_its_own():
    one, other = make_row(Infant), make_row(Infant)
    assert one.pk != other.pk
    assert one._state is not other._state


def test_what_is_no_column_is_refused():
    with pytest.raises(TypeError, match="Infant has no family, nickname"):
        make_row(Infant, family=None, nickname="Bee")
