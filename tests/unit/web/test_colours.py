"""Light and dark: every pair of text and ground is told apart, as worked out from the tokens themselves (WCAG 2.2)."""

import re

import pytest

from script.local.state_folder import ROOT

TOKENS_FILE = ROOT / "templates" / "style" / "_tokens.scss"
TEXT_RATIO, LINE_RATIO = 4.5, 3  # WCAG 2.2, 1.4.3 and 1.4.11
CHIPS = [(name, f"{name}bg") for name in ("red", "amb", "grn", "teal", "plum", "grey")]
TEXT_PAIRS = [
    *CHIPS,
    *((text, ground) for text in ("ink", "ink2", "link", "red") for ground in ("bg", "surface", "sunk")),
    *((text, ground) for text in ("ink", "link") for ground in ("tealbg", "plumbg", "ambbg", "redbg")),
    ("on-action", "action"),
    ("on-action", "action-down"),
    ("focus-ink", "focus"),
]
LINE_PAIRS = [
    *(("edge", ground) for ground in ("bg", "surface", "sunk")),
    ("bar", "track"),
    ("warning-bar", "track"),
    ("chart-1", "surface"),
    ("chart-2", "surface"),
]


def read_tokens(scheme):
    mixin = re.search(rf"@mixin {scheme} {{(.*?)\n}}", TOKENS_FILE.read_text(), re.DOTALL).group(1)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", mixin))


def get_luminance(colour):
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def get_ratio(one, other):
    darker, lighter = sorted(map(get_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_lines_are_told_from_their_ground(scheme):
    tokens = read_tokens(scheme)
    faint = {
        pair: round(ratio, 2)
        for pairs, least in ((TEXT_PAIRS, TEXT_RATIO), (LINE_PAIRS, LINE_RATIO))
        for pair in pairs
        if (ratio := get_ratio(*(tokens[name] for name in pair))) < least
    }
    assert faint == {}


def test_dark_has_every_token_that_light_has():
    assert set(read_tokens("light")) == set(read_tokens("dark"))
