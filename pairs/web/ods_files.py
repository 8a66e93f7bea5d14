"""Tables as an OpenDocument spreadsheet, which every office program opens: texts and numbers, never a formula."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

Sheet = tuple[str, Iterable[Sequence[str]]]  # its name, and its rows
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MAX_SHEET_NAME = 31  # more is cut by some programs
_NUMBER = re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+|-?(0|[1-9][0-9]{0,14})(\.[0-9]+)?")  # 09 is a code
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]*?:/\\']")
_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""


def build_ods(sheets: Iterable[Sheet]) -> bytes:
    """The file. A text that is a number alone (12 or 1,234 or 3.5) is one there; all else stays text.

    A code stays text (such as 09), and so do digits that a spreadsheet could not hold exactly.
    """
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "mimetype", ODS_TYPE, zipfile.ZIP_STORED
        )  # first, and as it is: that is how a file is known
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", "".join(_write_content(sheets)))
    return file.getvalue()


def _write_content(sheets: Iterable[Sheet]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES} office:version="1.2">'
    yield "<office:body><office:spreadsheet>"
    for name, rows in sheets:
        yield f"<table:table table:name={quoteattr(_clean_name(name))}>"
        yield from map(_write_row, rows)
        yield "</table:table>"
    yield "</office:spreadsheet></office:body></office:document-content>"


def _write_row(row: Sequence[str]) -> str:
    """A line without cells is one empty cell: a row has one at least."""
    return f"<table:table-row>{''.join(map(_write_cell, row or ['']))}</table:table-row>"


def _write_cell(value: str) -> str:
    text = _NOT_IN_XML.sub("", str(value))
    shown = f"<text:p>{escape(text)}</text:p></table:table-cell>"
    if _NUMBER.fullmatch(text):
        number = text.replace(",", "")
        return f'<table:table-cell office:value-type="float" office:value="{number}">{shown}'
    return f'<table:table-cell office:value-type="string">{shown}'


def _clean_name(name: str) -> str:
    return _NOT_IN_NAMES.sub(" ", _NOT_IN_XML.sub("", name))[:MAX_SHEET_NAME]
