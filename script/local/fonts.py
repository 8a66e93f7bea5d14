"""script/fonts: writes pairs/documents/font_coverage.json: the letters of each font that documents are printed in.

Run it after the fonts in package.json have changed. The order is the order in which a letter is looked for.
"""

import json
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

from script.local.state_folder import ROOT

LIST = ROOT / "pairs" / "documents" / "font_coverage.json"
PACKAGES = ROOT / "node_modules"
LATIN = ("latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext")
# One file of all weights for each script that families of Lancashire and South Cumbria read; Chinese is a hundred.
SCRIPTS = ("arabic", "gurmukhi", "gujarati", "bengali")


def list_font_files() -> list[dict[str, Any]]:
    """[{family, weights}] without their letters."""
    folder = "@fontsource/source-sans-3/files"
    latin = [
        {
            "family": "Source Sans 3" if subset == "latin" else f"Source Sans 3 {subset}",
            "weights": {w: f"{folder}/source-sans-3-{subset}-{w}-normal.woff2" for w in ("400", "600")},
        }
        for subset in LATIN
    ]
    return latin + [_build_variable(script, script) for script in SCRIPTS] + _list_chinese()


def _build_variable(script: str, subset: str) -> dict[str, Any]:
    path = f"@fontsource-variable/noto-sans-{script}/files/noto-sans-{script}-{subset}-wght-normal.woff2"
    return {
        "family": f"Noto Sans {script} {subset}" if script != subset else f"Noto Sans {script}",
        "weights": {"100 900": path},
    }


def _list_chinese() -> list[dict[str, Any]]:
    """The numbered files: those by the names of scripts repeat what is above."""
    files = (PACKAGES / "@fontsource-variable" / "noto-sans-sc" / "files").glob("*-wght-normal.woff2")
    subsets = [each.name.removeprefix("noto-sans-sc-").removesuffix("-wght-normal.woff2") for each in files]
    return [_build_variable("sc", each) for each in sorted(filter(str.isdigit, subsets), key=int)]


def read_letters(path: Path) -> set[int]:
    """The code points that a font has a shape for."""
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())


def format_ranges(letters: set[int]) -> str:
    """'20-7E,A0', in hexadecimal."""
    parts: list[list[int]] = []
    for each in sorted(letters):
        if parts and each == parts[-1][1] + 1:
            parts[-1][1] = each
        else:
            parts.append([each, each])
    return ",".join(f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in parts)


def build_list() -> list[dict[str, Any]]:
    """[{family, weights, letters}]; letters that every weight of a file has."""
    files = list_font_files()
    for each in files:
        letters = (read_letters(PACKAGES / path) for path in each["weights"].values())
        each["letters"] = format_ranges(set.intersection(*letters))
    return files


def main() -> None:
    LIST.write_text("[\n" + ",\n".join(json.dumps(each) for each in build_list()) + "\n]\n")
    print(f"{LIST.relative_to(ROOT)} is written.")


if __name__ == "__main__":
    main()
