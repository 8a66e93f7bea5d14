"""Before the fork: what is registered is called, pages are loaded, and no connection is open."""

import gc
from types import SimpleNamespace

import jinja2
import pytest

from pairs.service import preload, template_cache


@pytest.fixture
def registered(monkeypatch):
    """Nothing registered but what the test registers; no page, and no memory set apart."""
    monkeypatch.setattr(preload, "_registered", [])
    for step in ("load_views", "load_templates", "freeze_memory"):
        monkeypatch.setattr(preload, step, lambda: None)
    monkeypatch.setattr(preload, "connections", SimpleNamespace(all=lambda initialized_only: []))


def test_what_is_registered_is_called_once_and_stays_itself(registered):
    calls = []

    @preload.register
    def compile_statements():
        calls.append("compiled")

    preload.prepare_to_fork()
    assert calls == ["compiled"]
    assert compile_statements.__name__ == "compile_statements"
    assert gc.isenabled()


def test_an_open_connection_stops_the_start(registered, monkeypatch):
    opened, closed = SimpleNamespace(alias="default", connection="open"), SimpleNamespace(connection=None)
    monkeypatch.setattr(preload.connections, "all", lambda initialized_only: [closed])
    preload.prepare_to_fork()
    preload.register(
        lambda: monkeypatch.setattr(preload.connections, "all", lambda initialized_only: [opened])
    )
    with pytest.raises(RuntimeError, match="open before the fork: default"):
        preload.prepare_to_fork()


def test_every_address_and_every_template_is_loaded():
    assert preload.load_views() > 400
    assert preload.load_templates() > 250


def test_what_is_loaded_is_set_apart_from_collection():
    try:
        preload.freeze_memory()
        assert gc.get_freeze_count() > 100_000
    finally:
        gc.unfreeze()


def compile_in(folder, maker):
    cache = template_cache.compiled_templates(folder, made_by=maker)
    jinja = jinja2.Environment(loader=jinja2.DictLoader({"page": "{{ 1 + 1 }}"}), bytecode_cache=cache)
    return cache, jinja.get_template("page").render()


def test_a_template_is_kept_compiled_until_its_compiler_changes(tmp_path):
    maker = tmp_path / "pages.py"
    maker.write_text("one")
    for _ in range(2):
        assert compile_in(tmp_path / "kept", maker)[1] == "2"
    assert len(list((tmp_path / "kept").rglob("*.cache"))) == 1
    maker.write_text("another")
    compile_in(tmp_path / "kept", maker)
    assert len(list((tmp_path / "kept").rglob("*.cache"))) == 2


def test_a_folder_that_cannot_be_written_to_is_no_fault(tmp_path, monkeypatch):
    def refuse(*arguments):
        raise OSError("Read-only file system")

    maker = tmp_path / "pages.py"
    maker.write_text("one")
    with monkeypatch.context() as read_only:
        read_only.setattr(jinja2.FileSystemBytecodeCache, "dump_bytecode", refuse)
        assert compile_in(tmp_path, maker)[1] == "2"
    occupied = tmp_path / "file"
    occupied.write_text("")
    assert template_cache.compiled_templates(occupied, made_by=maker) is None
