"""The family whose record a page opens, with everybody the banner names: in scope or 404, in every room alike."""

from pairs.access.fetch import fetch
from pairs.families.models import Family


def family_of(request, family_id, may=None):
    """The family with its people, site and place; ``may``: the right needed at its site."""
    return fetch(request, Family.objects.with_people().select_related("site", "place"), pk=family_id, may=may)
