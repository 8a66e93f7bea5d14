"""script/prove: the property tests, with many more examples than an ordinary run has time for.

`script/prove merge`, `measures`, `api`, `pages`, `disclosure`, `mutation` or `schema` proves one matter alone.
"""

import os
import sys

from script.local import result_table
from script.local.state_folder import ROOT

TEST_FILES = {
    "merge": "tests/unit/matching/test_unmerge_restores.py",
    "measures": "tests/unit/outcomes/test_independent_scorer.py",
    "api": "tests/project/test_api_fuzzing.py",
    "pages": "tests/journeys/test_every_page.py",
    "disclosure": "tests/unit/evidence/test_release_attacked.py",
    "mutation": "tests/project/test_mutations.py",
    "schema": "tests/project/test_schema_comparison.py",
}

if __name__ == "__main__":
    os.chdir(ROOT)
    os.environ |= {"PAIRS_LONG": "1", "HYPOTHESIS_PROFILE": "long"}
    result_table.run_pytest(
        "What was proved", "-q", "-m", "prove", *(TEST_FILES.get(word, word) for word in sys.argv[1:])
    )
