"""Somebody at the pages without a browser: opens a page, changes what they say, sends what else stood there."""

import re

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from tests.project.form_filling import UUID, parse_form


class FormClient:
    """One signed-in person."""

    def __init__(self, username):
        self.user = get_user_model().objects.get(username=username)
        self.client = Client()
        self.client.force_login(self.user)

    def get_form(self, name, /, *args):
        """The form of that page, {field: {kind, value, choices}}."""
        answer = self.client.get(reverse(name, args=args))
        assert answer.status_code == 200, f"{name}: {answer.status_code}"
        return parse_form(answer.content.decode())

    def submit(self, name, /, *args, **said):
        """Send the page's form as it stands, but for what is said; the id that the answer leads to, or None."""
        form = self.get_form(name, *args)
        unknown = set(said) - set(form["fields"])
        assert not unknown, f"{name} has no {unknown}: {sorted(form['fields'])}"
        answer = self.client.post(reverse(name, args=args), list_standing_values(form) | said)
        assert answer.status_code == 302, f"{name} was refused: {_list_errors(answer)}"
        found = UUID.search(answer.url)
        return found.group() if found else None


def list_standing_values(form):
    """{field: values} that a browser sends of a form that nobody touches."""
    values = {field: _get_default_value(control) for field, control in form["fields"].items()}
    return {field: value for field, value in values.items() if value}


def _get_default_value(control):
    """What a browser sends of a control that nobody touches; no button was pressed."""
    if control["kind"] == "button":
        return []
    return control["value"] or (control["choices"][:1] if control["kind"] == "select" else [])


def _list_errors(answer):
    page = answer.content.decode()
    found = re.findall(r'error-message".*?</span>(.*?)<', page, re.DOTALL)
    warned = re.findall(r"(?s)pairs-warning__title.*?</div>", page)
    return [each.strip() for each in found] or warned or page[-2000:]
