"""script/faults: every test that kills or freezes something, one at a time; PAIRS_LONG= (empty) for the short form."""

import os
import sys

from script.local import result_table
from script.local.state_folder import ROOT

if __name__ == "__main__":
    os.chdir(ROOT)
    os.environ.setdefault("PAIRS_LONG", "1")
    result_table.run_pytest("What was killed or frozen, and what held", "-q", "-m", "faults", *sys.argv[1:])
