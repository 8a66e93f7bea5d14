"""What every page may use: filters, missing names, and the components drawn without a database."""

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import RequestFactory
from jinja2 import FileSystemLoader, UndefinedError
from markupsafe import Markup

from pairs.web import formats, jinja_environment
from pairs.web.gallery import build_samples
from pairs.web.status_tags import STATUS_TAGS

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = ROOT / "templates"
LAYOUT_CONTEXT = {
    "demo": True,
    "service_name": "PaIRS",
    "me": None,
    "role_names": [],
    "nav": [],
    "locked": False,
    "help_href": "/help/",
    "messages": [],
}
TAG_COLOURS = {"white", "grey", "green", "aqua-green", "blue", "purple", "pink", "red", "orange", "yellow"}


@pytest.fixture
def strict_templates(settings):
    settings.STRICT_TEMPLATES = True
    return jinja_environment.environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)


@pytest.fixture
def lenient_templates(settings):
    settings.STRICT_TEMPLATES = False
    return jinja_environment.environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)


@pytest.fixture
def rendered_gallery(strict_templates):
    request = RequestFactory().get("/gallery/?page=7&site=x")
    return strict_templates.get_template("service/gallery.html").render(
        **LAYOUT_CONTEXT, **build_samples(request), request=request
    )


class TagParser(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def list_ids(self):
        return [attrs["id"] for _, attrs in self.found if "id" in attrs]


# ---------------------------------------------------------------- filters

SUMMER = datetime(2026, 7, 1, 13, 5, tzinfo=UTC)
LATE_IN_SUMMER = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # already the first of July in London


@pytest.mark.parametrize(
    ("filter_name", "value", "shown"),
    [
        ("day", date(2026, 11, 20), "20 November 2026"),
        ("day", LATE_IN_SUMMER, "1 July 2026"),
        ("day", None, ""),
        ("short_day", date(2026, 11, 2), "2 Nov 2026"),
        ("clock", SUMMER, "1 Jul 2026, 14:05"),
        ("clock", datetime(2026, 12, 1, 14, 5, tzinfo=UTC), "1 Dec 2026, 14:05"),
        ("clock", None, ""),
        ("time", SUMMER, "14:05"),
        ("moment", SUMMER, "1 Jul 2026, 14:05"),
        ("moment", date(2026, 7, 1), "1 Jul 2026"),
        ("moment", "spring 2026", "spring 2026"),
        ("nhs_number", "9990001235", "999 000 1235"),
        ("nhs_number", "999 000 1235", "999 000 1235"),
        ("nhs_number", None, ""),
        ("nhs_number", "12", "12"),
        ("dom_id", "October’s report!", "october-s-report"),
    ],
)
def test_a_value_is_shown_as_people_read_it(filter_name, value, shown):
    assert jinja_environment.FILTERS[filter_name](value) == shown


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (None, "unborn"),
        (date(2026, 11, 21), "unborn"),
        (date(2026, 11, 20), "0 days"),
        (date(2026, 11, 19), "1 day"),
        (date(2026, 11, 7), "13 days"),
        (date(2026, 11, 6), "2 weeks"),
        (date(2026, 9, 18), "9 weeks"),
        (date(2026, 5, 21), "26 weeks"),
        (date(2026, 5, 20), "6 months"),
        (date(2025, 9, 20), "14 months"),
        (date(2025, 9, 21), "13 months"),
        (date(2024, 11, 21), "23 months"),
        (date(2024, 11, 20), "2 years"),
        (date(2023, 11, 21), "2 years 11 months"),
        (date(2023, 11, 20), "3 years"),
        (date(2021, 11, 21), "4 years 11 months"),
        (date(1995, 3, 2), "31 years"),
    ],
)
def test_age_in_the_words_people_use(born, words):
    assert formats.format_age(born, date(2026, 11, 20)) == words


@pytest.mark.parametrize(("count", "words"), [(0, "0 families"), (1, "1 family"), (1204, "1,204 families")])
def test_plural(count, words):
    assert formats.format_plural(count, "family", "families") == words


def test_what_a_person_typed_is_escaped_and_keeps_its_paragraphs():
    assert formats.format_paragraphs("one\r\n<b>two\n\n\nthree") == Markup(
        "<p>one<br>&lt;b&gt;two</p><p>three</p>"
    )
    assert formats.format_paragraphs(None) == ""


def test_the_query_string_preserves_the_other_parameters():
    request = RequestFactory().get("/?page=2&site=x&status=open")
    assert jinja_environment.build_query_string(request, page=3, status=None) == "?page=3&site=x"


# ---------------------------------------------------------------- missing names


def test_showing_a_missing_name_raises_where_templates_are_strict(strict_templates):
    for wrong in ("{{ family.name }}", "{{ 'a' ~ family }}", "{{ family.a.b | upper }}"):
        with pytest.raises(UndefinedError):
            strict_templates.from_string(wrong).render()


def test_a_missing_name_may_always_be_tested(strict_templates):
    assert strict_templates.from_string("{% if family.name %}a{% else %}b{% endif %}").render() == "b"


def test_in_production_a_missing_name_is_logged_and_the_page_is_served(lenient_templates, caplog):
    assert lenient_templates.from_string("a{{ family.name }}b").render() == "ab"
    assert "family" in caplog.text


def test_an_unknown_status_raises_where_templates_are_strict_and_reads_as_it_is_elsewhere(settings):
    settings.STRICT_TEMPLATES = True
    with pytest.raises(KeyError):
        jinja_environment.get_status_tag("referral", "half_read")
    settings.STRICT_TEMPLATES = False
    assert jinja_environment.get_status_tag("referral", "half_read") == ("Half read", "grey")


@pytest.mark.parametrize("context", [{}, {"banner": None}, {"banner": {"people": []}}])
def test_a_record_page_without_its_person_is_refused_even_in_use(lenient_templates, context):
    with pytest.raises(UndefinedError):
        lenient_templates.get_template("record.html").render(**LAYOUT_CONTEXT, **context)


# ---------------------------------------------------------------- components


def test_every_component_renders_without_a_database_and_without_none(rendered_gallery):
    assert not re.search(r">\s*None\s*<", rendered_gallery)


def test_pages_carry_no_inline_script_or_style(rendered_gallery):
    for tag, attrs in TagParser(rendered_gallery).found:
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]
        assert tag != "style"
        assert tag != "script" or attrs.get("src")


def test_ids_are_unique_and_every_reference_finds_its_target(rendered_gallery):
    tags = TagParser(rendered_gallery)
    ids = tags.list_ids()
    assert len(ids) == len(set(ids))
    for _, attrs in tags.found:
        for name in ("for", "aria-describedby", "aria-labelledby", "data-reveals"):
            for target in (attrs.get(name) or "").split():
                assert target in ids or "__prefix__" in target, (name, target)


def test_each_error_links_to_a_control_that_is_there(rendered_gallery):
    summary = rendered_gallery[rendered_gallery.index("nhsuk-error-summary__body") :].split("</ul>")[0]
    targets = re.findall(r'href="#([^"]+)"', summary)
    controls = {
        attrs.get("id")
        for tag, attrs in TagParser(rendered_gallery).found
        if tag in ("input", "select", "textarea")
    }
    assert len(targets) == 7
    assert set(targets) <= controls


def list_public_macros(file):
    return re.findall(r"{% macro ([a-z]\w*)\(", file.read_text())


@pytest.mark.parametrize(
    "file", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda file: file.stem
)
def test_every_component_is_in_the_gallery_and_in_the_readme(file):
    gallery, readme = (TEMPLATES / "service/gallery.html").read_text(), (TEMPLATES / "README.md").read_text()
    for macro in list_public_macros(file):
        assert f"{macro}(" in gallery, f"{macro} is not shown in the gallery"
        assert f"{macro}(" in readme, f"{macro} is not told in templates/README.md"


def test_what_people_typed_never_becomes_markup(strict_templates):
    nasty = "<script>alert(1)</script>"
    call = {
        "person_banner.html": "person_banner([{'name': n, 'born': n, 'alerts': [{'text': n, 'severity': 'high'}]}])",
        "table.html": "data_table([n], [[n], [{'text': n, 'href': n}]], n)",
        "summary_list.html": "summary_list([{'key': n, 'value': n, 'href': n}, {'key': n, 'value': [n, n]}], title=n)",
        "due_list.html": "due_list([{'title': n, 'href': n, 'severity': 'soon', 'who': n, 'when': n, 'why': n}])",
        "timeline.html": "timeline_item(n, n, href=n, who=n, text=n)",
        "empty.html": "empty(n, n, n, n)",
        "chart.html": "bar_chart(n, [(n, 1, n)], text=n)",
        "status_tag.html": "tag(n)",
        "progress.html": "progress(n, 3, n, n)",
    }
    for file, words in call.items():
        macro = words.split("(")[0]
        source = f"{{% from 'components/{file}' import {macro} %}}{{{{ {words} }}}}"
        html = strict_templates.from_string(source).render(n=nasty)
        assert "<script" not in html, file
        assert "&lt;script&gt;" in html, file


def test_a_small_number_is_a_star_and_never_a_bar(strict_templates):
    source = "{% from 'components/chart.html' import bar_chart %}{{ bar_chart('t', rows) }}"
    html = strict_templates.from_string(source).render(rows=[("Here", 40, "40"), ("There", None, "3")])
    assert html.count("<rect") == 3  # two tracks, one bar
    assert "not shown" in html
    assert ">3<" not in html


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("3, 28", "Waiting 3 days<"),
        ("1", "Waiting 1 day<"),
        ("22, 28", "Waiting 22 days, limit 28<"),
        ("28, 28", "Waiting 28 days, limit 28<"),
        ("29, 28", "Waiting 29 days, over 28<"),
        ("0, 28, stopped=True", "Took 0 days<"),
        ("40, 28, stopped=True", "Took 40 days, over 28<"),
    ],
)
def test_a_clock_says_how_long_and_whether_it_is_too_long(strict_templates, arguments, words):
    source = f"{{% from 'components/clock_tag.html' import clock_tag %}}{{{{ clock_tag({arguments}) }}}}"
    assert words in strict_templates.from_string(source).render()


def test_statuses_use_the_tag_colours_there_are():
    for kind, codes in STATUS_TAGS.items():
        for code, (words, colour) in codes.items():
            assert words, (kind, code)
            assert colour in TAG_COLOURS, (kind, code)


# ---------------------------------------------------------------- pages of no app


@pytest.mark.parametrize("name", ["404.html", "403.html", "500.html"])
def test_error_pages_need_nothing_and_reveal_nothing(strict_templates, name):
    html = strict_templates.get_template(name).render()
    assert html == strict_templates.get_template(name).render(
        me="Sam Worker", nav=[{"text": "x", "href": "x"}], csrf_input="x"
    )
    assert "<form" not in html
    assert "nonce" not in html


def test_the_500_page_is_one_plain_file():
    assert "{" not in (TEMPLATES / "500.html").read_text()


def test_the_script_imports_the_design_system_that_is_installed():
    name = re.search(r'from "\./nhsuk/([^"]+)"', (ROOT / "static" / "pairs.js").read_text()).group(1)
    version = re.search(
        r'"version": "([^"]+)"', (ROOT / "node_modules/nhsuk-frontend/package.json").read_text()
    )
    assert name == f"nhsuk-frontend-{version.group(1)}.min.js"


def render_header(env, **who):
    return env.get_template("components/header.html").render(
        {**LAYOUT_CONTEXT, **who, "csrf_input": Markup("<input>")}
    )


def test_the_header_shows_user_navigation_and_sign_out(strict_templates):
    nav = [{"text": "Caseload", "href": "/caseload/", "current": True}]
    html = render_header(strict_templates, me="Sam Worker", role_names=["Practitioner"], nav=nav)
    assert "Sam Worker" in html
    assert 'href="/caseload/" aria-current="page"' in html
    assert 'method="post" action="/account/logout/"' in html


def test_a_locked_session_shows_no_name_and_no_menu(strict_templates):
    html = render_header(
        strict_templates,
        me="Sam Worker",
        nav=[{"text": "Caseload", "href": "/caseload/", "current": True}],
        locked=True,
    )
    assert "Sam Worker" not in html
    assert "/caseload/" not in html
