"""Charts on paper: the same macros as on the screen, in a tagged PDF that passes the PDF/UA checker."""

from datetime import date

import page
import pytest
import weasyprint
from django.template import engines

CHARTS_TEMPLATE = """
{% from "components/chart.html" import bar_chart, funnel_chart, interval_chart, stacked_chart, time_chart %}
{{ bar_chart("Referrals by place", [("Here", 42, "42"), ("There", none, "*"), ("Nowhere", 0, "0")], table="plain") }}
{{ time_chart("How near a goal feels", chart_over_time(rated, 0, 10), table="plain") }}
{{ interval_chart("Seen per 1,000", rates, {"rate": 2.5}) }}
{{ funnel_chart("White", [("Referred", 140), ("With a pair", none)]) }}
{{ stacked_chart("By fifth", ["Most", "Least"], [("Here", [30, 2]), ("There", [none, 5])], table="plain") }}
"""
RATES = [
    {"label": "Here", "rate": 3.2, "low": 2.7, "high": 3.9},
    {"label": "Not known", "rate": None, "low": None, "high": None},
]
RATED = [(date(2026, 7, 3), 2), (date(2026, 11, 6), 8)]


@pytest.fixture
def rendered_charts():
    return engines["jinja2"].env.from_string(CHARTS_TEMPLATE).render({"rated": RATED, "rates": RATES})


def build_font_face(folder, weight):
    source = (folder / f"source-sans-3-latin-{weight}-normal.woff2").as_uri()
    return f"@font-face{{font-family:'Source Sans 3';font-weight:{weight};src:url({source})}}"


def test_charts_pass_pdf_ua(rendered_charts, settings):
    style = (
        build_font_face(settings.FONT_DIR, 400)
        + build_font_face(settings.FONT_DIR, 600)
        + "body{font-family:'Source Sans 3'}"
    )
    head = f"<head><title>t</title><style>{style}</style></head>"
    html = f'<!DOCTYPE html><html lang="en-GB">{head}<body>{rendered_charts}</body></html>'
    report = page.validate_pdf_bytes(
        weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"),
        profile=page.ValidationProfile.PDF_UA_1,
    )
    assert report.is_compliant, [failure.message for failure in report.failures]


def test_each_picture_is_named_and_has_its_numbers_beside_it_or_in_words(rendered_charts):
    assert rendered_charts.count('role="img"') == rendered_charts.count("<title>") == 5
    assert rendered_charts.count("<table") == 3
    for words in (
        "Referrals by place. Here: 42; There: not shown; Nowhere: 0.",
        "Seen per 1,000. Here: 3.2 (2.7 to 3.9); Not known: no rate; whole service: 2.5.",
        "White. Referred: 140; With a pair: not shown.",
    ):
        assert f'aria-label="{words}"' in rendered_charts
