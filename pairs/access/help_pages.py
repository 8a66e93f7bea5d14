"""Help: the guide of one's role, and all the others."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.service.guides import ROLE_GUIDES, list_guide_names, load_guide, render_guide


@policy.signed_in
def list_guides(request: ScopedRequest) -> HttpResponse:
    """Every guide, one's own first."""
    own = {name for role, name in ROLE_GUIDES.items() if role in request.scope.roles}
    guides = filter(None, map(load_guide, list_guide_names()))
    context = {"guides": sorted(guides, key=lambda guide: guide.name not in own), "own": own}
    return render(request, "help/guides.html", context)


@policy.signed_in
def show_guide(request: ScopedRequest, guide: str) -> HttpResponse:
    """One guide as a page. Raises Http404 for one there is not."""
    found = load_guide(guide)
    if found is None:
        raise Http404
    return render(request, "help/guide.html", {"guide": found, "page": render_guide(guide)})
