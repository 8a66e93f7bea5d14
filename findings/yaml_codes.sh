#!/bin/sh
# A code with a leading zero, written by one YAML library and read by another.
#
# PyYAML writes the text "09" without quotation marks: in YAML 1.1, which it follows, digits after a zero are octal and 09
# is no number, so that no reader of YAML 1.1 can mistake it. "01" it does quote. Readers of YAML 1.2, in which every such
# word is a decimal number, take 09 for nine. OpenAPI's own specification names YAML 1.2, and drf-spectacular writes its YAML
# with PyYAML. The NHS Data Dictionary is full of such codes (consultation mechanism 09 is a text message), so an
# enumeration of them loses two of its values, or the whole shape, in a client that is made of the description.
# What PaIRS does: it publishes its description as JSON alone.
#
# Run by hand, outside CI: it installs into a temporary folder, and fails when the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PyYAML==6.0.3 ruamel.yaml==0.19.1
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys

import ruamel.yaml
import yaml

codes = ["01", "08", "09", "10"]
written = yaml.safe_dump({"enum": codes})
read_again = yaml.safe_load(written)["enum"]
read_by_1_2 = list(ruamel.yaml.YAML(typ="safe", pure=True).load(io.StringIO(written))["enum"])
print(f"Python {sys.version.split()[0]}, PyYAML {yaml.__version__}, ruamel.yaml {ruamel.yaml.__version__}")
print(f"the texts           {codes}")
print(f"as PyYAML writes    {written!r}")
print(f"read by PyYAML      {read_again}")
print(f"read as YAML 1.2    {read_by_1_2}")
assert read_again == codes, "PyYAML no longer reads back what it writes"
assert read_by_1_2 == ["01", 8, 9, "10"], "the behaviour has changed: see whether the description may be YAML again"
PYTHON
