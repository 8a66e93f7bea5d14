"""Takes the pictures of docs/guide anew from a running demo: python -m script.local.guide_pictures

docs/guide/pictures.json says of each whose page it is and what stands on it; tests/project/test_guides.py finds a
picture whose page says something else by now. PORT is the demo's.
"""

import io
import json
import os
import shutil
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from script.local.demo import PASSWORD
from script.local.install import BROWSERS
from script.local.ports import get_demo_port
from script.local.state_folder import ROOT

LIST = ROOT / "docs" / "guide" / "pictures.json"
FOLDER = ROOT / "static" / "guide"
SIZE = {"width": 1000, "height": 640}
COLOURS = 64  # enough for a page of our few colours, and a quarter of the bytes
SHOWN_WIDTH = 800


def list_pictures() -> list[dict[str, Any]]:
    return json.loads(LIST.read_text(encoding="utf-8"))


def compress(png: bytes) -> bytes:
    """As wide as a guide shows it, in few colours."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    height = round(picture.height * SHOWN_WIDTH / picture.width)
    picture = picture.resize((SHOWN_WIDTH, height), Image.Resampling.LANCZOS)
    small = io.BytesIO()
    picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        small, "PNG", optimize=True
    )
    return small.getvalue()


def take_picture(browser: Browser, base_url: str, wanted: dict[str, Any], path: str) -> bytes:
    """One page as its own user sees it first."""
    context = browser.new_context(viewport=SIZE, locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.goto(f"{base_url}/account/login/")
    page.locator("input[name=login]").fill(wanted["user"])
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_load_state()
    page.goto(base_url + path)
    page.wait_for_load_state("networkidle")
    png = page.screenshot()
    context.close()
    return png


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("PAIRS_DEMO", "1")
    os.environ.setdefault(
        "DATABASE_URL", "postgres://nobody@127.0.0.1:9/none"
    )  # only addresses are asked for
    import django
    from django.urls import reverse

    django.setup()
    FOLDER.mkdir(exist_ok=True)
    program = next(filter(None, map(shutil.which, BROWSERS)))
    base_url = f"http://localhost:{get_demo_port()}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for wanted in list_pictures():
            png = compress(take_picture(browser, base_url, wanted, reverse(wanted["page"])))
            (FOLDER / f"{wanted['name']}.png").write_bytes(png)
            print(f"{wanted['name']}: {len(png) // 1024} KB")


if __name__ == "__main__":
    main()
