"""script/prove: the property tests, with many more examples than an ordinary run has time for.

`script/prove merge` or `script/prove measures` proves one matter alone.
"""

import os
import sys

from script.local import results
from script.local.state import ROOT

MATTERS = {
    "merge": "tests/unit/matching/test_unmerge_restores.py",
    "measures": "tests/unit/outcomes/test_independent.py",
}

if __name__ == "__main__":
    os.chdir(ROOT)
    os.environ |= {"PAIRS_LONG": "1", "HYPOTHESIS_PROFILE": "long"}
    results.run("What was proved", "-q", "-m", "prove", *(MATTERS.get(word, word) for word in sys.argv[1:]))
