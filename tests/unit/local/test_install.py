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

    def fetch(*command):
        asked.append(command)
        (state / "uv" / "bin").mkdir(parents=True)
        (state / "uv" / "bin" / "uv").touch()
        return True

    monkeypatch.setattr(install.shutil, "which", lambda name: None)
    monkeypatch.setattr(install, "works", fetch)
    assert install.find_uv() == install.find_uv() == str(state / "uv" / "bin" / "uv")
    assert len(asked) == 1
    assert "--require-hashes" in asked[0]


def test_without_uv_pip_installs(state, monkeypatch):
    by_pip = []
    monkeypatch.setattr(install.shutil, "which", lambda name: None)
    monkeypatch.setattr(install, "works", lambda *command: False)
    monkeypatch.setattr(install, "VENV", state / "venv")
    (state / "venv").mkdir()
    monkeypatch.setattr(install, "install_with_pip", by_pip.append)
    install.install_python_packages("local.txt")
    assert by_pip[0][0].name == "local.txt"


@pytest.mark.parametrize(("npm", "order"), [([], ["packages", "pages"]), (["npm"], ["pages", "packages"])])
def test_the_pages_wait_for_the_packages_only_where_npm_is_one_of_them(monkeypatch, npm, order):
    done, pages_done = [], threading.Event()

    def packages(name):
        if npm:
            assert pages_done.wait(10), "nothing ran beside the packages"
        done.append("packages")

    def pages():
        done.append("pages")
        pages_done.set()

    monkeypatch.setattr(install, "venv_is_current", lambda name: False)
    monkeypatch.setattr(install, "machines_npm", lambda: npm)
    monkeypatch.setattr(install, "install_python_packages", packages)
    monkeypatch.setattr(install, "install_pages", pages)
    install.install_side_by_side("local.txt")
    assert done == order


def test_what_fails_beside_something_else_ends_the_start(monkeypatch):
    def fail(name):
        raise SystemExit("no packages")

    monkeypatch.setattr(install, "venv_is_current", lambda name: False)
    monkeypatch.setattr(install, "machines_npm", lambda: ["npm"])
    monkeypatch.setattr(install, "install_python_packages", fail)
    monkeypatch.setattr(install, "install_pages", lambda: None)
    with pytest.raises(SystemExit, match="no packages"):
        install.install_side_by_side("local.txt")
