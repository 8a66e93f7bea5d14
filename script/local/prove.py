"""script/prove: the property tests, with many more examples than an ordinary run has time for."""

import os
import sys

from script.local import results
from script.local.state import ROOT

if __name__ == "__main__":
    os.chdir(ROOT)
    os.environ |= {"PAIRS_LONG": "1", "HYPOTHESIS_PROFILE": "long"}
    results.run("What was proved", "-q", "-m", "prove", *sys.argv[1:])
