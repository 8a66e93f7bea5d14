#!/bin/sh
# pytest-xdist 3.8.0 with pytest 9.2.0: --dist loadgroup keeps no group together, and says nothing.
#
# xdist writes a test's group at the end of its id, in the worker, by an attribute (_nodeid) that pytest 9.2 no longer
# reads: ids come from a structured value. The controller sees ids without a group, and hands tests out one by one.
# With pytest 9.1 the groups stay together. Seen on 29 November 2026; tests/xdist_groups.py writes the ending itself.
#
# Exits 0 while this is so, 1 when it has changed (then name_group in tests/xdist_groups.py may go).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > test_groups.py <<'PY'
import time

import pytest


@pytest.mark.xdist_group("together")
@pytest.mark.parametrize("number", range(8))
def test_together(number, worker_id):
    with open("workers.txt", "a") as seen:
        seen.write(f"{worker_id}\n")
    time.sleep(0.3)
PY

workers_with() {
    python3 -m venv "venv-$1"
    "venv-$1/bin/python" -m pip install --quiet "pytest==$1" "pytest-xdist==3.8.0"
    rm -f workers.txt
    "venv-$1/bin/python" -m pytest --quiet -p no:cacheprovider -n 2 --dist loadgroup test_groups.py >/dev/null
    sort -u workers.txt | wc -l | tr -d ' '
}

old=$(workers_with 9.1.0)
new=$(workers_with 9.2.0)
echo "one group of eight tests, pytest-xdist 3.8.0, two workers:"
echo "  pytest 9.1.0: it ran on $old worker(s)"
echo "  pytest 9.2.0: it ran on $new worker(s)"
[ "$old" = 1 ] && [ "$new" = 2 ]
