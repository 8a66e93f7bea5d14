"""The renderer reaches nothing: no address, no file, no page of ours; and what was typed stays text."""

import gc
import http.server
import threading

import pytest
from weasyprint import HTML

from pairs.documents import pdf
from pairs.documents.pdf import render_document, render_pdf
from reporting.evidence.documents import REPORT


@pytest.fixture
def canary_server():
    """(address, what was asked of it) of a server on this machine that nobody should ever visit."""
    visits = []

    class Canary(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            visits.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Canary)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", visits
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_renderer_visits_no_address_and_opens_no_file(canary_server, tmp_path):
    address, visits = canary_server
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="20">CANARY-IN-A-FILE</text></svg>')
    style = tmp_path / "secret.css"
    style.write_text("body::before { content: 'CANARY-IN-A-STYLE' }")
    html = f"""<html lang="en"><head><title>Hostile</title>
        <link rel="stylesheet" href="{address}/style"><link rel="stylesheet" href="{style.as_uri()}">
        <link rel="attachment" href="{secret.as_uri()}">
        <style>@import url({address}/import); @font-face {{ font-family: x; src: url({address}/font) }}
        body {{ background: url({address}/background); font-family: x }}</style></head>
        <body><img alt="a" src="{address}/img"><img alt="b" src="{secret.as_uri()}">
        <object data="{address}/object"></object><embed src="{address}/embed">
        <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{address}/svg"/>
        <use href="{secret.as_uri()}#a"/></svg>Words</body></html>"""
    paper = render_pdf(html, REPORT.stylesheet)
    plain = render_pdf(
        '<html lang="en"><head><title>Hostile</title></head><body>Words</body></html>', REPORT.stylesheet
    )
    assert visits == []
    assert b"EmbeddedFile" not in paper
    assert b"CANARY" not in paper
    assert abs(len(paper) - len(plain)) < 5000


def test_typed_text_is_never_markup(canary_server):
    address, visits = canary_server
    snapshot = {
        "title": "Report", "month": "2026-10", "definitions_version": 1, "note": "", "about": [],
        "definitions": [], "sources": [], "periods": [], "made_on": "today", "proof": {},
        "asked_by": f"<img src='{address}/name'><script>1</script>",
    }  # fmt: skip
    assert render_document(REPORT, snapshot).startswith(b"%PDF")
    assert visits == []


def test_the_smaller_default_style_draws_the_same_page(monkeypatch):
    html = """<html lang="en"><head><title>Lists</title></head><body><h1>Lists</h1><ul><li>one <q>quoted</q></ul>
        <ol><li>two<br>lines</ol><table><tr><th>Head<td>Cell</table><details open><summary>More</summary>x</details>
        </body></html>"""
    ours = render_pdf(html, REPORT.stylesheet)
    monkeypatch.setattr(pdf, "PdfPage", HTML)
    assert render_pdf(html, REPORT.stylesheet) == ours


def test_a_cell_is_given_no_pseudo_elements_and_a_list_item_its_marker():
    assert list_pseudo_elements(HTML, "td")
    assert list_pseudo_elements(pdf.PdfPage, "td") == set()
    assert list_pseudo_elements(pdf.PdfPage, "li") == {"marker"}


def list_pseudo_elements(kind, name):
    """The pseudo-elements of these elements that the default style of this kind of page has rules for."""
    html = kind(string="<ul><li>one</ul><table><tr><td>two</table>")
    (sheet,) = html._ua_stylesheets()
    elements = [each for each in html.wrapper_element.iter_subtree() if each.local_name == name]
    return {pseudo for each in elements for _, _, pseudo, _ in sheet.matcher.match(each) if pseudo}


def test_garbage_is_collected_again_after_a_page_that_fails(monkeypatch):
    during = []

    def fail(*_, **__):
        during.append(gc.isenabled())
        raise RuntimeError

    monkeypatch.setattr(pdf.PdfPage, "write_pdf", fail)
    with pytest.raises(RuntimeError):
        render_pdf("<p>", REPORT.stylesheet)
    assert during == [False]
    assert gc.isenabled()
