"""For information governance: who looked at what, by person or by family."""

from django.shortcuts import render

from pairs.access import policy
from pairs.access.fetch import fetch_page
from pairs.audit.models import AccessEntry
from pairs.service.pages import clock
from reporting.desk.forms import WhoLooked


@policy.permission("govern_records")
def access_log(request):
    """The access log, newest first; filtered by who looked or by the family looked at."""
    form = WhoLooked(request.GET or None)
    entries = AccessEntry.objects.select_related("user").order_by("-at")
    if form.is_bound and form.is_valid():
        entries = entries.matching(username=form.cleaned_data["username"], family=form.cleaned_data["family"])
    page = fetch_page(request, entries)
    return render(
        request, "desk/access_log.html", {"form": form, "page": page, "rows": list(map(_row, page))}
    )


def _row(entry):
    who = entry.user.username if entry.user else "Nobody signed in"
    answer = "refused" if entry.status in (403, 404) else "shown"
    return [clock(entry.at), who, entry.view, answer, len(entry.opened), len(entry.listed)]
