"""Whose record was just saved, said beside what was done (pairs.submissions, which knows no families)."""

from uuid import UUID

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pairs.access.requests import ScopedRequest
from pairs.families.family_lines import load_visible_family_lines
from pairs.web.url_cache import reverse_cached


def link_to_family(request: ScopedRequest, family_id: UUID) -> SafeString | str:
    """ "Family: Leo Testcase.", with the way back to their page; "" of a family that the reader does not see."""
    lines = load_visible_family_lines(request.scope, [family_id], timezone.localdate())
    if family_id not in lines:
        return ""
    path = reverse_cached("family", family_id)
    return format_html('Family: <a class="nhsuk-link" href="{}">{}</a>.', path, lines[family_id].name)
