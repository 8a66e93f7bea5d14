"""script/images: pins the images of the Dockerfile and docker-compose.yml by digest, to what each tag means today.

A tag may mean another image tomorrow, a digest never does. It asks the registries by `docker buildx imagetools`, so it
needs Docker's client and a network, and no daemon. Run again, it takes what is new; where one image cannot be
found, nothing is written. Build and try the result before it is committed.
"""

import re
import subprocess
from collections.abc import Mapping

from script.local.state_folder import ROOT

FILES = ("Dockerfile", "docker-compose.yml")
# Not our own, which have no tag, and no other stage of the build.
IMAGE_PATTERN = re.compile(
    r"^(?P<before>FROM |\s+image: )(?P<name>[\w./-]+:[\w.-]+)(?:@sha256:[0-9a-f]{64})?", re.M
)
DIGEST_PATTERN = re.compile(r"sha256:[0-9a-f]{64}")


def list_images(text: str) -> list[str]:
    """Each image that the text names, with its tag and without a digest, once."""
    return list(dict.fromkeys(found["name"] for found in IMAGE_PATTERN.finditer(text)))


def pin_images(text: str, digests: Mapping[str, str]) -> str:
    """The text with each image's digest behind its tag, in place of an earlier one."""
    return IMAGE_PATTERN.sub(lambda found: f"{found['before']}{found['name']}@{digests[found['name']]}", text)


def ask_digest(image: str) -> str:
    """What the tag means now, for every kind of machine. Raises SystemExit where nobody can say."""
    command = ["docker", "buildx", "imagetools", "inspect", image, "--format", "{{.Manifest.Digest}}"]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise SystemExit("Docker's client is not here. Nothing was pinned.") from None
    found = DIGEST_PATTERN.search(asked.stdout)
    if asked.returncode or found is None:
        raise SystemExit(f"{image}: {asked.stderr.strip() or 'no digest'}. Nothing was pinned.")
    return found[0]


def main() -> None:
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in FILES}
    images = sorted({image for text in texts.values() for image in list_images(text)})
    digests = {image: ask_digest(image) for image in images}
    for name, text in texts.items():
        (ROOT / name).write_text(pin_images(text, digests), encoding="utf-8")
    for image, digest in digests.items():
        print(f"{image}  {digest}")


if __name__ == "__main__":
    main()
