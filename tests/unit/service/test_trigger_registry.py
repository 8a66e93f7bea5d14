"""The indexed registry of triggers refuses what the library's own refuses, and holds what it would hold."""

import pgtrigger
import pytest
from pgtrigger import registry

from pairs.audit.models import AccessEntry
from pairs.database.trigger_registry import IndexedRegistry, use_indexed_registry
from pairs.service.models import Site

LIBRARY_REGISTRY = registry._Registry


@pytest.fixture
def use_registry(monkeypatch):
    """A registry of either kind with nothing in it, in the place of the one in use."""

    def use_empty_registry(kind):
        monkeypatch.setattr(registry, "_registry", kind())
        for model in (Site, AccessEntry):
            monkeypatch.setattr(model._meta, "triggers", [])
            monkeypatch.setitem(model._meta.original_attrs, "triggers", [])
        return registry._registry

    return use_empty_registry


def make_protect_trigger(name="kept"):
    return pgtrigger.Protect(name=name, operation=pgtrigger.Delete)


def test_it_is_the_one_in_use_and_its_tables_are_those_the_library_would_make():
    used = registry._registry
    assert isinstance(used, IndexedRegistry)
    assert len(used) > 300
    assert used.by_db_table == LIBRARY_REGISTRY.by_db_table.fget(used)
    assert set(used.pg_function_names) == LIBRARY_REGISTRY.pg_function_names.fget(used)


@pytest.mark.parametrize("kind", [LIBRARY_REGISTRY, IndexedRegistry])
def test_another_trigger_of_the_same_name_on_a_table_is_refused(use_registry, kind):
    use_registry(kind)
    make_protect_trigger().register(Site)
    with pytest.raises(KeyError, match="already used for model"):
        pgtrigger.Protect(name="kept", operation=pgtrigger.Update).register(Site)


@pytest.mark.parametrize("kind", [LIBRARY_REGISTRY, IndexedRegistry])
def test_a_function_name_that_another_trigger_has_is_refused(use_registry, kind, monkeypatch):
    use_registry(kind)
    monkeypatch.setattr(pgtrigger.Protect, "get_pgid", lambda self, model: "one_name")
    make_protect_trigger().register(Site)
    with pytest.raises(KeyError, match="already in use"):
        make_protect_trigger("other").register(AccessEntry)


@pytest.mark.parametrize("kind", [LIBRARY_REGISTRY, IndexedRegistry])
def test_the_same_trigger_may_be_registered_again_and_taken_away(use_registry, kind):
    used = use_registry(kind)
    trigger = make_protect_trigger()
    trigger.register(Site)
    trigger.register(Site)
    assert list(used) == ["service.Site:kept"]
    trigger.unregister(Site)
    assert (dict(used), dict(used.by_db_table), set(used.pg_function_names)) == ({}, {}, set())


def test_it_comes_before_the_first_trigger_or_not_at_all(use_registry):
    use_registry(LIBRARY_REGISTRY)
    make_protect_trigger().register(Site)
    with pytest.raises(RuntimeError, match="before the registry was changed"):
        use_indexed_registry()
