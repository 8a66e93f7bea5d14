"""Before the fork: what is registered is called, pages are loaded, and no connection is open."""

import gc
from types import SimpleNamespace

import jinja2
import pytest

from pairs.web import preload, template_cache


@pytest.fixture
def empty_preload(monkeypatch):
    """Nothing registered but what the test registers; no page, and no memory set apart."""
    monkeypatch.setattr(preload, "_registered_functions", [])
    for step in ("load_views", "load_templates", "freeze_memory"):
        monkeypatch.setattr(preload, step, lambda: None)
    monkeypatch.setattr(preload, "connections", SimpleNamespace(all=lambda initialized_only: []))


def test_a_registered_function_is_called_once_and_stays_usable(empty_preload):
    calls = []

    @preload.register_preparation
    def compile_statements():
        calls.append("compiled")

    preload.prepare_to_fork()
    assert calls == ["compiled"]
    assert compile_statements.__name__ == "compile_statements"
    assert gc.isenabled()


def test_an_open_connection_stops_the_start(empty_preload, monkeypatch):
    opened, closed = SimpleNamespace(alias="default", connection="open"), SimpleNamespace(connection=None)
    monkeypatch.setattr(preload.connections, "all", lambda initialized_only: [closed])
    preload.prepare_to_fork()
    preload.register_preparation(
        lambda: monkeypatch.setattr(preload.connections, "all", lambda initialized_only: [opened])
    )
    with pytest.raises(RuntimeError, match="open before the fork: default"):
        preload.prepare_to_fork()


def test_every_address_and_every_template_is_loaded():
    assert preload.load_views() > 400
    assert preload.load_templates() > 250


def test_loaded_memory_is_frozen_for_garbage_collection():
    try:
        preload.freeze_memory()
        assert gc.get_freeze_count() > 100_000
    finally:
        gc.unfreeze()


def compile_template_in(folder, maker):
    cache = template_cache.open_template_cache(folder, made_by=[maker])
    jinja = jinja2.Environment(loader=jinja2.DictLoader({"page": "{{ 1 + 1 }}"}), bytecode_cache=cache)
    return cache, jinja.get_template("page").render()


def test_a_compiled_template_is_reused_until_its_compiler_changes(tmp_path):
    maker = tmp_path / "pages.py"
    maker.write_text("one")
    for _ in range(2):
        assert compile_template_in(tmp_path / "kept", maker)[1] == "2"
    assert len(list((tmp_path / "kept").rglob("*.cache"))) == 1
    maker.write_text("another")
    compile_template_in(tmp_path / "kept", maker)
    assert len(list((tmp_path / "kept").rglob("*.cache"))) == 2


def test_a_folder_that_cannot_be_written_to_is_no_fault(tmp_path, monkeypatch):
    def raise_read_only(*arguments):
        raise OSError("Read-only file system")

    maker = tmp_path / "pages.py"
    maker.write_text("one")
    with monkeypatch.context() as read_only:
        read_only.setattr(jinja2.FileSystemBytecodeCache, "dump_bytecode", raise_read_only)
        assert compile_template_in(tmp_path, maker)[1] == "2"
    occupied = tmp_path / "file"
    occupied.write_text("")
    assert template_cache.open_template_cache(occupied, made_by=[maker]) is None
