"""Markdown as a page: the project's own guides, in the classes of our style sheet. No HTML of a file passes through."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from markupsafe import Markup

from .formats import make_dom_id

if TYPE_CHECKING:
    from markdown_it.token import Token

CLASSES = {
    "h1": "nhsuk-heading-l",
    "h2": "nhsuk-heading-m",
    "h3": "nhsuk-heading-s",
    "ul": "nhsuk-list nhsuk-list--bullet",
    "ol": "nhsuk-list nhsuk-list--number",
    "table": "nhsuk-table",
    "img": "pairs-guide__picture",
}


def render_markdown(text: str, resolve: Callable[[str], str]) -> Markup:
    """The page of a Markdown text. ``resolve`` gives the address of whatever a link or a picture names.

    Each heading has its words as its anchor. The library is loaded only when something is rendered.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and after is not None:
            token.attrSet("id", make_dom_id(after.content))
        for each in (token, *(token.children or ())):
            _dress(each, resolve)
    return Markup(parser.renderer.render(tokens, parser.options, {}))


def _dress(token: "Token", resolve: Callable[[str], str]) -> None:
    if token.nesting >= 0 and token.tag in CLASSES:
        token.attrSet("class", CLASSES[token.tag])
    for name in ("href", "src"):
        if token.attrGet(name):
            token.attrSet(name, resolve(str(token.attrGet(name))))
    if token.tag == "img":
        token.attrSet("loading", "lazy")
