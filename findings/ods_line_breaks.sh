#!/bin/sh
# Line breaks and tabs in a cell of an OpenDocument spreadsheet.
#
# Much of what the ONS and NHS England publish is OpenDocument. In it a cell's text is one or more paragraphs, with elements for
# a line break and a tab, and a cell may leave out what kind of value it holds. Three readers, one file, three answers:
# pandas (by odfpy) joins all of it without so much as a space, calamine keeps paragraphs and drops line breaks and tabs, and
# both, like odfdo, take a cell without a kind for an empty one. "Blackburn with" and "Darwen" on two lines become
# "Blackburn withDarwen", which no list of districts knows.
# What PaIRS does: official files are read as CSV; its own spreadsheets give each cell its kind and one paragraph.
#
# Run by hand, outside CI: it installs into a temporary folder, and fails when the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==2.3.3 odfpy==1.4.1 python-calamine==0.9.1 odfdo==3.27.3
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import odfdo
import pandas
import python_calamine
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import LineBreak, P, Tab

EXPECTED = {
    "pandas": ["Blackburn withDarwen", "Blackburn withDarwen", "Blackburn withDarwen", None],
    "calamine": ["Blackburn with\nDarwen", "Blackburn withDarwen", "Blackburn withDarwen", None],
    "odfdo": ["Blackburn with\nDarwen", "Blackburn with\nDarwen", "Blackburn with\tDarwen", None],
}


def make_paragraph(*between):
    """"Blackburn with" and "Darwen" with an element between."""
    paragraph = P(text="Blackburn with")
    for element in between:
        paragraph.addElement(element)
    paragraph.addText("Darwen")
    return paragraph


def write_file(path):
    document, table = OpenDocumentSpreadsheet(), Table(name="Places")
    cells = [
        ("paragraphs", {"valuetype": "string"}, [P(text="Blackburn with"), P(text="Darwen")]),
        ("line break", {"valuetype": "string"}, [make_paragraph(LineBreak())]),
        ("tab", {"valuetype": "string"}, [make_paragraph(Tab())]),
        ("no kind of value", {}, [P(text="Preston")]),
    ]
    for name, kind, paragraphs in cells:
        row, label, cell = TableRow(), TableCell(valuetype="string"), TableCell(**kind)
        label.addElement(P(text=name))
        for paragraph in paragraphs:
            cell.addElement(paragraph)
        row.addElement(label)
        row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(path)


def read_file(path):
    """What each reader finds in the second column; None where it finds nothing."""
    frame = pandas.read_excel(path, engine="odf", header=None, keep_default_na=False)
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    rows = odfdo.Document(path).body.tables[0].get_values()
    return {
        "pandas": [value if value else None for value in frame[1]],
        "calamine": [row[1] or None for row in sheet.to_python()],
        "odfdo": [row[1] for row in rows],
    }


names = ("pandas", "odfpy", "python-calamine", "odfdo")
print(f"Python {sys.version.split()[0]}, " + ", ".join(f"{name} {version(name)}" for name in names))
write_file("places.ods")
found = read_file("places.ods")
for name, values in found.items():
    print(f"{name:<9} {values}")
assert found == EXPECTED, "the behaviour has changed"
PYTHON
