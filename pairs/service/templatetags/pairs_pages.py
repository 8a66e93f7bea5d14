"""For allauth's Django templates: our Jinja2 header, footer and form fields, so that each is written once."""

from typing import Any

from django import template
from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def part(context, name):
    """A piece of the page around the work: head, header, messages or footer."""
    html = render_to_string(f"components/{name}.html", request=context["request"], using="jinja2")
    return mark_safe(html)  # Jinja2 has escaped it already


@register.simple_tag
def form_fields(form: Any) -> str:
    """Every field of an allauth form, labelled; what its placeholder repeats is dropped."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    return _get_form_macros().form_fields(form)


@register.simple_tag
def form_field(bound, label=None):
    """One field, perhaps with a better label than allauth's."""
    bound.field.widget.attrs.pop("placeholder", None)
    return _get_form_macros().field(bound, label=label)


@register.simple_tag
def form_errors(form: Any) -> str:
    """The error summary."""
    return _get_form_macros().error_summary(form)


@register.simple_tag
def service_name():
    """What this service calls itself."""
    return settings.SERVICE_NAME


@register.simple_tag
def demo():
    """Is this the demo?"""
    return settings.DEMO


@register.simple_tag
def single_sign_on() -> dict[str, str] | None:
    """Id and name of the provider whose identities open accounts here; None where there is none."""
    if not settings.SINGLE_SIGN_ON_URL:
        return None
    return {"id": settings.SINGLE_SIGN_ON_ID, "name": settings.SINGLE_SIGN_ON_NAME}


def _get_form_macros() -> Any:
    return engines["jinja2"].env.get_template("components/form.html").module
