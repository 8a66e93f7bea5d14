"""What pages do otherwise than Jinja, to be quicker: the text is the same."""

import pytest
from jinja2 import Environment

from pairs.web.jinja_environment import PageEnvironment

ENVIRONMENTS = [Environment(autoescape=True), PageEnvironment(autoescape=True)]


@pytest.mark.parametrize(
    "text",
    [
        "{{ row.name }} {{ row.items() | list }} {{ row.get('name') }}",
        "{% set kept %}<b>{{ row.name }}</b>{% endset %}{{ kept }}{{ kept ~ row.name }}",
        "{% macro said(what) %}<i>{{ what }}</i>{{ caller() if caller }}{% endmacro %}{{ said(row.name) }}",
        "{% autoescape false %}{{ row.name }}{% endautoescape %}{{ row.missing is defined }}{{ row.name | upper }}",
    ],
)
def test_a_template_says_the_same_as_by_jinja_itself(text):
    row = {"name": "O'Hara <& sons>", "items": "never shown: a dict's own method comes first"}
    plain, ours = (each.from_string(text).render(row=row) for each in ENVIRONMENTS)
    assert ours == plain
