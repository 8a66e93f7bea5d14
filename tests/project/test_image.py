"""The Dockerfile's own steps, done on a clone as far as that goes without Docker: what is not copied is not there."""

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from script.local.state_folder import ROOT

IMAGE_ROOT = "/srv/pairs"
STAGE = re.compile(r"^FROM (\S+)(?: AS (\S+))?$", re.MULTILINE)
# Of another stage, what is installed there by npm or pip: here what this machine has installed.
INSTALLED = {"/build/node_modules/": ROOT / "node_modules"}
PYTHON_STEPS = re.compile(r"((?:\w+=\S+ )*)python (manage\.py \w+(?: --\w+)?)")


def read_stages():
    """{stage: its lines, continued ones joined}; the last has the name ''."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    parts = STAGE.split(text)[1:]
    return {name or "": body.splitlines() for _, name, body in zip(*[iter(parts)] * 3, strict=True)}


def is_in_context(path):
    """Whether .dockerignore lets it into the build; the last pattern that fits decides."""
    taken = True
    for line in (ROOT / ".dockerignore").read_text().split():
        pattern = line.removeprefix("!").removeprefix("**/")
        parts = [path, *(str(each) for each in path.parents if str(each) != ".")]
        if any(
            fnmatch.fnmatch(str(each), pattern) or fnmatch.fnmatch(getattr(each, "name", ""), pattern)
            for each in parts
        ):
            taken = line.startswith("!")
    return taken


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The image's working folder, as the last stage leaves it."""
    folder = tmp_path_factory.mktemp("image")
    clone, built, stages = folder / "clone", folder / "built", read_stages()
    subprocess.run(["git", "clone", "--quiet", "--depth=1", f"file://{ROOT}", clone], check=True)
    built.mkdir()
    style_sheet = build_style_sheet(clone, folder / "pages", stages["pages"])
    for line in stages[""]:
        copy_line(line, clone, built, style_sheet)
        run_line(line, built)
    return built


def build_style_sheet(clone, pages, lines):
    pages.mkdir()
    for line in lines:
        copy_line(line, clone, pages, None)
    (pages / "node_modules").symlink_to(ROOT / "node_modules")
    (pages / "static" / "build").mkdir(parents=True)
    subprocess.run(["npm", "run", "--silent", "style"], cwd=pages, check=True)
    return pages / "static" / "build"


def copy_line(line, clone, built, style_sheet):
    copied = re.match(r"COPY (--from=\S+ )?(.+) (\S+)$", line)
    if not copied or (copied[1] and "packages" in copied[1]):
        return
    for name in copied[2].split():
        source = find_source(name, clone, style_sheet) if copied[1] else clone / name
        assert source.exists(), line
        ignore = None if copied[1] else lambda path, names: list_left_out(clone, path, names)
        target = built / copied[3] / (name if copied[3] == "./" else "")
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=ignore, dirs_exist_ok=True)
        else:
            shutil.copyfile(source, target)


def find_source(name, clone, style_sheet):
    if name == "/build/static/build":
        return style_sheet
    prefix = next(each for each in INSTALLED if name.startswith(each))
    return INSTALLED[prefix] / name.removeprefix(prefix)


def list_left_out(clone, path, names):
    from pathlib import Path

    here = Path(path).relative_to(clone)
    return [each for each in names if not is_in_context(here / each)]


def run_line(line, built):
    """Its `python manage.py …`, with the environment that it is given there; the rest needs an image."""
    for given, command in PYTHON_STEPS.findall(line) if line.startswith("RUN ") else ():
        env = dict(each.split("=", 1) for each in given.replace(IMAGE_ROOT, str(built)).split())
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
        done = subprocess.run(
            [sys.executable, *command.split()],
            cwd=built,
            env=kept | env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"


def run_service(built, program):
    env = {
        "PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "SECRET_KEY": "k3Jx" * 15,
        "ALLOWED_HOSTS": "pairs.example", "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=built, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_service_starts_from_what_was_copied(built):
    assert run_service(built, "import config.wsgi; print(config.wsgi.application.__class__.__name__)").strip()
    assert any((built / "var" / "templates").iterdir())


def test_static_files_are_named_by_what_is_in_them_and_kept_for_good(built):
    program = """
import config.wsgi
from django.templatetags.static import static
from whitenoise.middleware import WhiteNoiseMiddleware
served = WhiteNoiseMiddleware(lambda request: None).files
for name in ("pairs.js", "build/pairs.css", "htmx/htmx.min.js"):
    url = static(name)
    print(url, dict(served[url].alternatives[-1][2])["Cache-Control"])
"""
    lines = [line.split(" ", 1) for line in run_service(built, program).splitlines()]
    assert all(re.search(r"\.[0-9a-f]{12}\.(js|css)$", url) for url, _ in lines), lines
    assert {kept for _, kept in lines} == {"max-age=315360000, public, immutable"}


def test_a_script_imports_the_named_files_too(built):
    names = json.loads((built / "var/static/staticfiles.json").read_text())["paths"]
    script = (built / "var/static" / names["pairs.js"]).read_text()
    imported = re.findall(r"""from\s*['"]\./([^'"]+)""", script)
    assert all(name in names.values() for name in imported), imported
