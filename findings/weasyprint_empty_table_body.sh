#!/bin/sh
# A table whose body holds nothing but a line break, in a tagged PDF.
#
# HTML allows a tbody without rows, with or without white space in it; a template that loops over no rows writes one with a
# line break. Asked for PDF/UA-1, WeasyPrint tags a body with rows, and one that is quite empty, as the standard wants. Of
# one with white space it puts a second TBody inside the first: a validator reports that a TBody holds something else
# than TR, and that one is in no Table. Nothing is seen on the page; a screen reader meets a table in a table's body.
# What PaIRS does: a table of its reports that has no rows is a sentence.
#
# Run by hand, outside CI: it installs into a temporary folder, and fails when the behaviour has changed. WeasyPrint needs
# Pango on the machine.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 page-validation==0.11.0 pypdf==7.1.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from io import BytesIO

import page
import pypdf
import weasyprint

PAGE = """<html lang="en"><head><title>Waits</title></head><body><h1>Waits</h1><table>
<thead><tr><th scope="col">Place</th><th scope="col">Babies</th></tr></thead><tbody>{}</tbody></table></body></html>"""
BODIES = {
    "a row": '<tr><th scope="row">Preston</th><td>12</td></tr>',
    "nothing": "",
    "a line break": "\n",
}


def list_parents(node, parent=""):
    """What each TBody stands in, as the file's structure says."""
    node = node.get_object()
    if not isinstance(node, dict):
        return []
    kind, kids = node.get("/S", ""), node.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    kids = kids if isinstance(kids, list) else [kids]
    found = [parent] if kind == "/TBody" else []
    return found + [each for kid in kids if hasattr(kid, "get_object") for each in list_parents(kid, kind)]


print(f"Python {sys.version.split()[0]}, WeasyPrint {weasyprint.__version__}, pypdf {pypdf.__version__}")
found = {}
for name, body in BODIES.items():
    pdf = weasyprint.HTML(string=PAGE.format(body)).write_pdf(pdf_variant="pdf/ua-1")
    parents = list_parents(pypdf.PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"])
    rules = sorted({each.rule_id for each in page.validate_pdf_bytes(pdf, profile="ua1").failures})
    found[name] = rules
    print(f"a body with {name:<13} each TBody stands in {parents}; against PDF/UA-1: {rules or 'nothing'}")
assert found["a row"] == found["nothing"] == [], "what was sound is no longer"
assert found["a line break"], "the behaviour has changed: a table of a report may have no rows again"
PYTHON
