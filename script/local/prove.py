"""script/prove: the property tests, with many more examples than an ordinary run has time for.

`script/prove access`, `editors`, `once`, `drafts`, `fuzz`, `markup`, `api`, `backup`, `merge`, `measures`, `pages`,
`disclosure`, `mutation` or `schema` proves one matter alone, and `--share 1/4` a part of it. `access` asks each address
by every method, as everybody, of every kind of record, and sends each form and each body of the API with ids and fields
that are not its own. `editors` has two people save each page at the same moment, `once` sends each form that makes a
record twenty times at once, `drafts` ends the session while somebody writes, `fuzz` sends what nobody sends by mistake
to every form and every address of the API, and `markup` writes markup into every record and opens every page.
`script/prove calendar` is none of these: it runs the suite on other days than today.
"""

import os
import sys

from script.local import other_days, result_table
from script.local.share import take_share
from script.local.state_folder import ROOT

TEST_FILES = {
    "access": [
        "tests/project/test_access_matrix.py",
        "tests/project/test_sealed_rows.py",
        "tests/project/test_second_factor.py",
        "tests/project/test_form_ids.py",
        "tests/project/test_api_ids.py",
    ],
    "editors": ["tests/project/test_two_editors.py"],
    "once": ["tests/project/test_second_click.py", "tests/project/test_twenty_at_once.py"],
    "drafts": ["tests/project/test_drafts_kept.py"],
    "markup": ["tests/project/test_stored_markup.py"],
    "fuzz": ["tests/project/test_hostile_input.py"],
    "backup": ["tests/unit/local/test_backup.py"],
    "merge": ["tests/unit/matching/test_unmerge_restores.py"],
    "measures": ["tests/unit/outcomes/test_independent_scorer.py"],
    "api": ["tests/project/test_api_fuzzing.py"],
    "pages": ["tests/journeys/test_every_page.py"],
    "disclosure": ["tests/unit/evidence/test_release_attacked.py"],
    "mutation": ["tests/project/test_mutations.py"],
    "schema": ["tests/project/test_schema_comparison.py"],
}

if __name__ == "__main__":
    os.chdir(ROOT)
    if sys.argv[1:2] == ["calendar"]:
        other_days.main(sys.argv[2:])
        sys.exit()
    os.environ |= {"PAIRS_LONG": "1", "HYPOTHESIS_PROFILE": "long"}
    words, share = take_share(sys.argv[1:])
    asked = [file for word in words for file in TEST_FILES.get(word, [word])]
    result_table.run_pytest("What was proved", "-q", "-m", "prove", *asked, plugins=share)
