"""Documents in the languages that families read: whose letters are printed, and what is said of those we lack."""

import io
import json

import pypdf
import pytest

from pairs.documents.fonts import (
    COVERAGE,
    collect_text,
    find_missing_letters_error,
    list_needed_fonts,
)
from pairs.documents.pdf import build_style_sheet, load_style_sheet, render_pdf
from pairs.service.refusals import ActionRefused
from pairs.web.formats import format_paragraphs, mark_direction
from script.local.fonts import build_list

SHEET = "village/letter_pdf.css"
# A greeting, and the fonts it needs besides that of plain English.
GREETINGS = {
    "Urdu": ("السلام علیکم، آپ کا بچہ", ["Noto Sans arabic"]),
    "Arabic": ("مرحبا، طفلكم بخير", ["Noto Sans arabic"]),
    "Punjabi": ("ਸਤ ਸ੍ਰੀ ਅਕਾਲ ਜੀ", ["Noto Sans gurmukhi"]),
    "Gujarati": ("નમસ્તે, તમારું બાળક", ["Noto Sans gujarati"]),
    "Bengali": ("আপনার শিশু ভালো আছে", ["Noto Sans bengali"]),
    "Polish": ("Dzień dobry, żółć i źdźbło", ["Source Sans 3 latin-ext"]),
    "Romanian": ("Bună ziua, Ștefănița și Țuțu", ["Source Sans 3 latin-ext"]),
    "Ukrainian": ("Добрий день, дитино ї ґ", ["Source Sans 3 cyrillic"]),
    "English": ("Good morning: it’s “fine” – £5", []),
}


@pytest.mark.parametrize("language", GREETINGS)
def test_a_text_needs_the_fonts_of_its_letters_and_no_other(language):
    text, fonts = GREETINGS[language]
    assert find_missing_letters_error(text) == ""
    assert [each.family for each in list_needed_fonts(f"Dear family, {text}")] == ["Source Sans 3", *fonts]


def test_chinese_takes_a_few_files_of_its_hundred():
    fonts = list_needed_fonts("您好，您的宝宝很健康。")
    assert 2 <= len(fonts) < 12
    assert {each.family.rpartition(" ")[0] for each in fonts[1:]} == {"Noto Sans sc"}


def test_letters_that_no_font_has_are_named_before_anything_is_printed():
    said = find_missing_letters_error("A smile 😀 and ꆈ")
    assert "We cannot print these characters: ꆈ, 😀." in said
    assert find_missing_letters_error("joined: ب\u200cب \u202aLTR\u202c e\u0301 \ufeff\r\n\t") == ""
    with pytest.raises(ActionRefused, match="We cannot print these characters: 😀"):
        render_pdf("<p>A smile &#x1F600;</p>", SHEET)


def test_plain_english_loads_nothing_more():
    assert build_style_sheet(SHEET, list_needed_fonts("Plain")) is load_style_sheet(SHEET)


@pytest.mark.parametrize("language", ["Urdu", "Punjabi", "Gujarati", "Bengali", "Polish", "Romanian"])
def test_the_letters_are_in_the_pdf_with_their_font(language):
    text, fonts = GREETINGS[language]
    page, names = read_page(f"<p>Dear family</p>{format_paragraphs(text)}")
    assert text.split()[0] in page.extract_text()
    assert all(any(name.endswith(font.replace(" ", "-")) for name in names) for font in fonts), names
    assert not [
        name for name in names if "+" not in name
    ]  # each is embedded, and nothing of the machine's own


def test_chinese_is_in_the_pdf():
    page, names = read_page("<p>您好，您的宝宝很健康。</p>")
    assert "您的宝宝" in page.extract_text()
    assert all("Noto-Sans-sc" in name or "Source" in name for name in names)


def test_a_paragraph_that_runs_from_right_to_left_begins_at_the_right():
    text = GREETINGS["Urdu"][0]
    assert format_paragraphs(f"Hello\n\n{text}") == f'<p>Hello</p><p dir="rtl">{text}</p>'
    assert (mark_direction("12 שלום"), mark_direction("12 Hello"), mark_direction("")) == (
        ' dir="rtl"',
        "",
        "",
    )
    begins = {}
    for direction, html in (("left", f"<p>{text}</p>"), ("right", f'<p dir="rtl">{text}</p>')):
        page, _ = read_page(html)
        begins[direction] = min(find_places(page))
    assert begins["right"] > begins["left"] + 100


def find_places(page):
    """How far from the left each piece of text begins."""
    found = []

    def visit(words, _transformation, matrix, *_):
        if words.strip():
            found.append(matrix[4])

    page.extract_text(visitor_text=visit)
    return found


def read_page(body):
    """(its page, the names of its fonts)."""
    pdf = render_pdf(f'<html lang="en"><head><title>T</title></head><body>{body}</body></html>', SHEET)
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    return page, [font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()]


def test_every_text_of_a_paper_is_looked_at():
    paper = {"title": "a", "to": ("b", "c"), "parts": [("d", "e")], "site": None, "n": 3}
    assert collect_text(paper).split() == ["a", "b", "c", "d", "e", "3"]


def test_the_list_of_letters_is_that_of_the_fonts():
    assert json.loads(COVERAGE.read_text()) == build_list()
