# Finds a Python new enough for PaIRS and names it PYTHON; sourced by the commands in script/.
PYTHON=
for candidate in ${PAIRS_PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        PYTHON=$candidate
        break
    fi
done
if [ -z "$PYTHON" ]; then
    echo "PaIRS needs Python 3.11 or newer, and finds none. On Debian or Ubuntu: apt-get install python3 python3-venv" >&2
    exit 1
fi
