"""script/faults: every test that kills or freezes something, one at a time; PAIRS_LONG= (empty) for the short form."""

import os
import sys

from script.local import results
from script.local.state import ROOT

if __name__ == "__main__":
    os.chdir(ROOT)
    os.environ.setdefault("PAIRS_LONG", "1")
    results.run("What was killed or frozen, and what held", "-q", "-m", "faults", *sys.argv[1:])
