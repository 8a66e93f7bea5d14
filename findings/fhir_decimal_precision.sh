#!/bin/sh
# A decimal number of a FHIR resource, read and written again.
#
# FHIR says of its type decimal that the precision is part of the value: 1.50 is not 1.5, and what was written has to be kept
# for whoever reads it. fhir.resources reads the number into a Decimal that still has its last nought, and writes it as a
# floating-point number, in which it is gone. Nothing is said; the resource stays valid.
# What PaIRS does: nothing yet is sent as FHIR (docs/fhir.md); whoever builds it writes decimals from their text.
#
# Run by hand, outside CI: it installs into a temporary folder, and fails when the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fhir.resources==8.3.0
"$folder/venv/bin/python" - <<'PYTHON'
import json
import sys
from decimal import Decimal
from importlib.metadata import version

from fhir.resources.observation import Observation

WRITTEN = {"3.50": "3.5", "0.010": "0.01", "2.0": "2.0", "12": "12"}
TEXT = '{"resourceType":"Observation","status":"final","code":{"text":"Birth weight"},"valueQuantity":{"value":%s,"unit":"kg"}}'


def write_number(observation):
    """The number as it stands in the JSON of an observation."""
    return json.loads(observation.model_dump_json(), parse_float=str, parse_int=str)["valueQuantity"]["value"]


print(f"Python {sys.version.split()[0]}, fhir.resources {version('fhir.resources')}")
for number, expected in WRITTEN.items():
    by_json = Observation.model_validate_json(TEXT % number)
    by_decimal = Observation.model_validate(json.loads(TEXT % number, parse_float=Decimal))
    in_memory = [str(each.valueQuantity.value) for each in (by_json, by_decimal)]
    written = [write_number(each) for each in (by_json, by_decimal)]
    print(f"sent {number:<6} read as JSON {in_memory[0]:<5} written {written[0]:<5} given as Decimal {in_memory[1]:<6} written {written[1]}")
    assert in_memory == [expected, number] and written == [expected, expected], "the behaviour has changed"
PYTHON
