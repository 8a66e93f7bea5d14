"""Every text that is marked for translation, found in templates and code: what a translator is handed."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template import engines

GETTEXT_NAMES = {"_", "gettext", "gettext_lazy", "gettext_noop"}
SOURCE_PACKAGES = ("pairs", "referrals", "interventions", "outcomes", "reporting")
CATALOGUE_HEADER = """# What PaIRS says to the public, to be translated. `manage.py collect_messages` writes this.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def build_catalogue() -> str:
    """The template of a catalogue (a .pot file): each text once, with the files that say it."""
    said: dict[str, set[str]] = {}
    for path, text in _find_template_texts():
        said.setdefault(text, set()).add(path)
    for path, text in _find_code_texts():
        said.setdefault(text, set()).add(path)
    return CATALOGUE_HEADER + "".join(_format_entry(text, sorted(said[text])) for text in sorted(said))


def _find_template_texts() -> Iterator[tuple[str, str]]:
    jinja = engines["jinja2"].env
    for path in sorted((settings.ROOT / "templates").rglob("*.html")):
        if "_django" not in path.parts:
            for _line, _function, said in jinja.extract_translations(path.read_text()):
                text = said[0] if isinstance(said, tuple) else said  # beside it stand its values
                if text:  # else a name, whose text is marked where it is written
                    yield _format_path(path), text


def _find_code_texts() -> Iterator[tuple[str, str]]:
    for package in SOURCE_PACKAGES:
        for path in sorted((settings.ROOT / package).rglob("*.py")):
            source = path.read_text()
            if "gettext" in source and path != Path(__file__):
                yield from ((_format_path(path), text) for text in _find_marked_texts(ast.parse(source)))


def _find_marked_texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        marks = isinstance(node, ast.Call) and getattr(node.func, "id", "") in GETTEXT_NAMES and node.args
        if marks and isinstance(node.args[0], ast.Constant):
            yield node.args[0].value


def _format_path(path: Path) -> str:
    return str(path.relative_to(settings.ROOT))


def _format_entry(text: str, paths: list[str]) -> str:
    where = "".join(f"#: {path}\n" for path in paths)
    form = "#, python-format\n" if "%(" in text else ""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'\n{where}{form}msgid "{quoted}"\nmsgstr ""\n'
