"""script/images: every image that the deployment names is pinned to what its tag means, or none is."""

import hashlib
import re

import pytest

from script.local import images
from script.local.state_folder import ROOT

OLD = "sha256:" + "0" * 64


def make_digest(image):
    return "sha256:" + hashlib.sha256(image.encode()).hexdigest()


@pytest.fixture
def project(tmp_path, monkeypatch):
    for name in images.FILES:
        (tmp_path / name).write_text((ROOT / name).read_text())
    monkeypatch.setattr(images, "ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def docker(tmp_path, monkeypatch):
    """Puts a client in the way that answers with this script."""

    def install(script):
        client = tmp_path / "programs" / "docker"
        client.parent.mkdir(exist_ok=True)
        client.write_text(f"#!/bin/sh\n{script}\n")
        client.chmod(0o755)
        monkeypatch.setenv("PATH", f"{client.parent}:/usr/bin:/bin")

    return install


def test_every_image_is_pinned_and_pinned_anew(project, docker):
    docker('printf "sha256:"; printf %s "$4" | sha256sum | cut -c1-64')
    (project / "Dockerfile").write_text(
        (project / "Dockerfile").read_text().replace("node:22-bookworm-slim", f"node:22-bookworm-slim@{OLD}")
    )
    images.main()
    pinned = 0
    for name in images.FILES:
        text = (project / name).read_text()
        for image in re.findall(r"(?:FROM|image:) (\S+)", text):
            if ":" not in image:  # our own
                continue
            tag, _, digest = image.partition("@")
            assert digest == make_digest(tag)
            pinned += 1
        assert OLD not in text
    assert pinned >= 7


def test_nothing_is_written_where_one_cannot_be_found(project, docker):
    docker('case "$4" in valkey*) echo "no such image" >&2; exit 1;; esac; echo sha256:' + "1" * 64)
    before = [(project / name).read_text() for name in images.FILES]
    with pytest.raises(SystemExit, match="no such image"):
        images.main()
    assert [(project / name).read_text() for name in images.FILES] == before
