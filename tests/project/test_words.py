"""How pages speak (templates/README.md, "The words of the pages"): what they no longer say does not come back."""

import ast
import re

from script.local.state_folder import ROOT

PRODUCT_FOLDERS = ("templates", "pairs", "referrals", "interventions", "outcomes", "reporting")
NOT_SAID = ("/migrations/", "/demo/", "/apps.py")  # read by nobody who uses the product
JINJA_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
# A word or a turn that reads as translated: what to say instead is in templates/README.md.
RETIRED_WORDS = (
    r"\b(?:some|no|every|any)body\b",
    r"\b(?:goes|go|went) on\b(?! to\b)",
    r"\banew\b",
    r"\bwhoever\b",
    r"\bwould rather not\b(?! say)",
    r"\bstands? (?:here|there|in the way|again|beside|above)\b",
    r"\b(?:a moment ago|a moment before)\b",
    r"\bstill to come\b",
    r"(?-i:\bSay) (?:first|who|whom|why|how|when|where|whether|which|since when|to whom|on which)\b",
    r"\b(?:is|are) (?:recorded|held|signed|closed|ended|withdrawn|marked|begun) already\b",
    r"\bopen(?:ed)? it again\b|\bopened again\b",
    r"\btaken? (?:it|this line|the request) back\b",
    r"\bways? of working\b",
    r"\bby mistake\b",
    r"\bput right\b",
)
RETIRED_PHRASES = (
    *("Where else to turn", "what the four weeks still miss", "lack yet", "when each is to be deleted"),
    *("what was thought.", "Two records that may be of one person.", "Plan to look at now"),
    *("Look at the plan together", "Think about the missed contacts", "See this risk alert"),
    *("Act on this risk alert", "Put off or hand on", "Yours, or no one's yet", "do what is still missing"),
    *("We speak of it on day 21", "Day 21 has come", "Held twice", "Put these questions away"),
    *("is down as having come", "A link to choose a password goes here", "Leave it for now"),
    *("Name, as it stands above the reply", "Stays between the two of you"),
    *("No wish to come along said", "Their no counts too", "ask before you ring", "was said to be safe"),
    *("Who works on it too", "Before you ring or write: what is safe", "Go on with the referral of"),
    *("Before you knock", "Likely duplicates", "Recordings we hold"),
    *("Turning two", "held next by", "How can we answer you", "What everybody heard"),
    *("is here as you left it", "Look into your inbox", "unwanted mail", "Nothing waits", "is hoped for"),
    *("How the help was", "Totals are typed", "none is sourced here", "It can still be had until"),
    *("In no group", "The lead alone", "letters or fewer", "for {limit_value} letters"),
    *("Too many tries", "out of sight", "What became of it", "came of it", "Write down what"),
)


def list_page_texts() -> dict[str, list[str]]:
    """What each file of the product may show: a template without its comments, the strings of a module."""
    paths = [path for name in PRODUCT_FOLDERS for path in (ROOT / name).rglob("*.*")]
    names = {path: "/" + path.relative_to(ROOT).as_posix() for path in paths}
    shown = [path for path in paths if not any(part in names[path] for part in NOT_SAID)]
    readers = {".html": _read_template, ".txt": _read_template, ".py": _read_module}
    return {names[path][1:]: readers[path.suffix](path) for path in shown if path.suffix in readers}


def _read_template(path) -> list[str]:
    return [" ".join(JINJA_COMMENT.sub(" ", path.read_text()).split())]


def _read_module(path) -> list[str]:
    """Strings with a space in them, but not those that describe the code: they are statements of their own."""
    tree = ast.parse(path.read_text())
    described = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    strings = [
        each for each in ast.walk(tree) if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    texts = [each.value for each in strings if id(each) not in described]
    return [" ".join(each.split()) for each in texts if " " in each and "RAISE EXCEPTION" not in each]


def test_no_page_says_a_retired_word():
    texts = list_page_texts()
    assert len(texts) > 500
    patterns = [*RETIRED_WORDS, *(re.escape(each) for each in RETIRED_PHRASES)]
    retired = re.compile("|".join(patterns), re.IGNORECASE)
    said = {
        (name, found.group().lower())
        for name, parts in texts.items()
        for part in parts
        for found in retired.finditer(part)
    }
    assert sorted(said) == []


# Where a name is compared with others, or drawn up with a surname rule of its own, and not shown.
COMPARES_NAMES = {
    "interventions/endings/letter_recipients.py",
    "interventions/endings/keepsake_excerpts.py",
    "pairs/families/family_line.py",
}


def test_no_page_shows_a_babys_surname_alone():
    """``shown_name`` writes “Baby Testcase” until there is a first name; ``name`` reads as another person's."""
    paths = [path for folder in PRODUCT_FOLDERS for path in (ROOT / folder).rglob("*.*")]
    texts = {
        path.relative_to(ROOT).as_posix(): path.read_text()
        for path in paths
        if path.suffix in (".py", ".html") and "/demo/" not in path.as_posix()
    }
    shown = {name for name, text in texts.items() if re.search(r"\b(?:infant|baby|twin)\.name\b", text)}
    assert shown == COMPARES_NAMES
