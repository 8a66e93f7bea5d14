"""Fills in the form of any page, as a browser would send it: what it finds filled stays, the rest gets a guess."""

import re
from datetime import date
from html.parser import HTMLParser

from django.utils import timezone

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class FormParser(HTMLParser):
    """The page's forms inside <main>: method, action, and for each control its kind, value and choices."""

    def __init__(self, page):
        super().__init__()
        self.forms, self.form, self.control, self.inside, self.pattern = [], None, None, False, False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.inside = self.inside or tag == "main"
        self.pattern = self.pattern or tag == "template"  # one more of a formset, not there yet
        if self.pattern:
            return
        if tag == "form" and self.inside:
            self.form = {
                "method": attrs.get("method", "get"),
                "action": attrs.get("action") or "",
                "fields": {},
            }
            self.forms.append(self.form)
        elif self.form is not None and tag in ("input", "select", "textarea", "button") and attrs.get("name"):
            self._add_control(tag, attrs)
        elif tag == "option" and self.control is not None:
            self.control["choices"].append(attrs.get("value", ""))
            if "selected" in attrs:
                self.control["value"] = [attrs.get("value", "")]

    def _add_control(self, tag, attrs):
        kind = attrs.get("type", "text") if tag == "input" else tag
        field = self.form["fields"].setdefault(attrs["name"], {"kind": kind, "choices": [], "value": []})
        if kind in ("radio", "checkbox"):
            field["choices"].append(attrs.get("value", "on"))
            field["value"] += [attrs.get("value", "on")] if "checked" in attrs else []
        elif kind == "button":
            field["choices"].append(attrs.get("value", ""))
        elif attrs.get("value"):
            field["value"] = [attrs["value"]]
        self.control = field if tag in ("select", "textarea") else None

    def handle_data(self, data):
        if self.control is not None and self.control["kind"] == "textarea" and data.strip():
            self.control["value"] = [data.strip()]

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        if tag in ("select", "textarea"):
            self.control = None
        if tag == "template":
            self.pattern = False
        if tag == "main":
            self.inside = False


def parse_form(page):
    """The page's own form: the posted one with the most controls; None when it has none."""
    posted = [
        form for form in FormParser(page).forms if form["method"].lower() == "post" and not form["action"]
    ]
    return max(posted, key=lambda form: len(form["fields"]), default=None)


def fill_form(form, **known):
    """{name: [values]} that a person might send; ``known`` wins: a value, some, or what to choose of the field."""
    values = {name: _guess(name, field) for name, field in form["fields"].items()}
    for name, value in known.items():
        chosen = value(form["fields"][name]) if callable(value) else value
        values[name] = chosen if isinstance(chosen, list) else [chosen]
    return {name: value for name, value in values.items() if value}


def _guess(name, field):
    if any(field["value"]):
        return field["value"]
    if field["kind"] in ("radio", "select"):
        return [next((choice for choice in field["choices"] if choice), "")]
    if field["kind"] == "checkbox" and field["choices"] and all(map(UUID.fullmatch, field["choices"])):
        return field["choices"][:1]  # a list of rows to choose from: nobody is ticked unless somebody is
    if field["kind"] == "button":
        return field["choices"][:1]
    return {"date": [timezone.localdate().isoformat()], "textarea": ["Some words"], "checkbox": []}.get(
        field["kind"], [_guess_text(name)]
    )


def _guess_text(name):
    today = timezone.localdate()
    year = today.year - (today < date(today.year, 3, 2))  # the last second of March that has been
    parts = {"day": "2", "month": "3", "year": str(year), "email": "a@pairs.example"}
    return parts.get(name.rpartition("-")[2], "words")


def list_id_fields(form):
    """Names of the controls whose values are ids of rows: choices, and hidden ids but those of draft and page."""
    return sorted(
        name
        for name, field in form["fields"].items()
        if name not in ("submission", "csrfmiddlewaretoken", "author")
        and any(UUID.search(value) for value in [*field["choices"], *field["value"]])
    )
