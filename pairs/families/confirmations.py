"""Whose record was just saved, said beside what was done (pairs.submissions, which knows no families)."""

from uuid import UUID

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pairs.access.requests import ScopedRequest
from pairs.families.family_line import FamilyLine
from pairs.families.family_lines import describe_family, load_visible_family_lines
from pairs.families.models import Family
from pairs.web.url_cache import reverse_cached


def link_to_family(request: ScopedRequest, family_id: UUID, family: Family | None = None) -> SafeString | str:
    """ "Family: Leo Testcase.", with the way back to their page; "" of a family that the reader does not see.

    ``family``: with its people, where the page has read it in scope and what was done changed neither.
    """
    line = describe_family(family) if family else _find_visible_line(request, family_id)
    if line is None:
        return ""
    path = reverse_cached("family", family_id)
    return format_html('Family: <a class="nhsuk-link" href="{}">{}</a>.', path, line.name)


def _find_visible_line(request: ScopedRequest, family_id: UUID) -> FamilyLine | None:
    return load_visible_family_lines(request.scope, [family_id], timezone.localdate()).get(family_id)
