"""What `script/…` installs, in which order, and with what; nothing is installed here."""

import threading

import pytest

from script.local import install


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("PAIRS_STATE", str(tmp_path))
    return tmp_path


def test_a_shell_that_forbids_bytecode_gets_it_beside_the_data(state, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    install.keep_bytecode()
    assert "PYTHONDONTWRITEBYTECODE" not in install.os.environ
    assert install.os.environ["PYTHONPYCACHEPREFIX"] == str(state / "bytecode")


def test_any_other_shell_is_left_as_it_is(state, monkeypatch):
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    install.keep_bytecode()
    assert "PYTHONPYCACHEPREFIX" not in install.os.environ


def test_uv_is_fetched_once_by_its_hashes(state, monkeypatch):
    asked = []

    def fetch_uv(*command):
        asked.append(command)
        (state / "uv" / "bin").mkdir(parents=True)
        (state / "uv" / "bin" / "uv").touch()
        return True

    monkeypatch.setattr(install.shutil, "which", lambda name: None)
    monkeypatch.setattr(install, "is_working", fetch_uv)
    assert install.find_uv() == install.find_uv() == str(state / "uv" / "bin" / "uv")
    assert len(asked) == 1
    assert "--require-hashes" in asked[0]


def test_without_uv_pip_installs(state, monkeypatch):
    by_pip = []
    monkeypatch.setattr(install.shutil, "which", lambda name: None)
    monkeypatch.setattr(install, "is_working", lambda *command: False)
    monkeypatch.setattr(install, "VENV", state / "venv")
    (state / "venv").mkdir()
    monkeypatch.setattr(install, "install_with_pip", by_pip.append)
    install.install_python_packages("local.txt")
    assert by_pip[0][0].name == "local.txt"


@pytest.mark.parametrize(("npm", "order"), [([], ["packages", "pages"]), (["npm"], ["pages", "packages"])])
def test_the_pages_wait_for_the_packages_only_where_npm_is_one_of_them(monkeypatch, npm, order):
    done, pages_done = [], threading.Event()

    def install_packages(name):
        if npm:
            assert pages_done.wait(10), "nothing ran beside the packages"
        done.append("packages")

    def install_pages():
        done.append("pages")
        pages_done.set()

    monkeypatch.setattr(install, "is_venv_current", lambda name: False)
    monkeypatch.setattr(install, "find_system_npm", lambda: npm)
    monkeypatch.setattr(install, "install_python_packages", install_packages)
    monkeypatch.setattr(install, "install_pages", install_pages)
    install.install_side_by_side("local.txt")
    assert done == order


def test_a_failure_in_parallel_ends_the_start(monkeypatch):
    def fail_packages(name):
        raise SystemExit("no packages")

    monkeypatch.setattr(install, "is_venv_current", lambda name: False)
    monkeypatch.setattr(install, "find_system_npm", lambda: ["npm"])
    monkeypatch.setattr(install, "install_python_packages", fail_packages)
    monkeypatch.setattr(install, "install_pages", lambda: None)
    with pytest.raises(SystemExit, match="no packages"):
        install.install_side_by_side("local.txt")


def test_the_demo_installs_packages_first_and_leaves_the_pages_for_beside_the_tables(state, monkeypatch):
    done = []
    monkeypatch.setattr(install, "list_missing_packages", lambda browser: [])
    monkeypatch.setattr(install, "is_venv_current", lambda name: False)
    monkeypatch.setattr(install, "install_python_packages", done.append)
    monkeypatch.setattr(install, "install_pages", lambda: done.append("pages"))
    install.install("local.txt", pages=False)
    assert done == ["local.txt"]
    install.install_pages_in_turn()
    assert done == ["local.txt", "pages"]
